import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { Language } from "../../../src/platform/contract/fields.ts";
import { languageTable } from "../../../src/platform/i18n/languages.ts";
import { catalogue } from "./words.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core tells of one broken rule. */
interface Violation {
  id: string;
  impact: string | null;
  nodes: { target: string[]; failureSummary?: string }[];
}

/** The serious and critical barriers that axe-core finds on the page, one line each. */
export async function barriers(page: Page): Promise<string[]> {
  // Evaluated rather than added as an element: the content security policy forbids scripts that are not files.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(context: object, options: object): Promise<{ violations: Violation[] }> };
    };
    // The rows of a table are alike; the first ones stand for all.
    const context = { include: [["html"]], exclude: [["[data-row]:nth-child(n+6)"]] };
    return (await axe.run(context, { resultTypes: ["violations"], preload: false })).violations;
  });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, impact, nodes }) =>
        `${impact} ${id}: ${nodes
          .slice(0, 3)
          .map(({ target, failureSummary }) => `${target.join(" ")} (${(failureSummary ?? "").replace(/\s+/g, " ")})`)
          .join("; ")}`,
    );
}

/** Everything a page shows or reads out: its texts, and the names that only screen readers hear. */
function shownTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!parent || /^(SCRIPT|STYLE|CODE)$/.test(parent.tagName)) continue;
      // The language switch writes each language in itself.
      if (parent.closest("[lang]:not(html)")) continue;
      const text = (node.textContent ?? "").trim();
      if (text !== "") found.add(text);
    }
    for (const element of document.querySelectorAll("[aria-label], [title], [placeholder], img[alt]"))
      for (const name of ["aria-label", "title", "placeholder", "alt"]) {
        const text = element.getAttribute(name)?.trim();
        if (text) found.add(text);
      }
    found.add(document.title);
    return [...found];
  });
}

const keyLike = /^[a-z][a-z0-9-]*(\.[a-zA-Z][a-zA-Z0-9-]*)+$/;

/**
 * Whole sentences of the English catalogue that read otherwise in another language, without arguments. Names that are
 * English on every screen are left out: a language is written in itself, and sample accounts are called by their roles.
 */
function foreignSentences(language: Language): Set<string> {
  const own = catalogue(language);
  const english = Object.entries(catalogue("en"));
  const kept = new Set([
    ...Object.values(own),
    ...Object.values(languageTable).map(({ endonym }) => endonym),
    ...english.filter(([key]) => key.startsWith("role.")).map(([, text]) => text),
  ]);
  const texts = english.map(([, text]) => text);
  return new Set(texts.filter((text) => text.length > 2 && !/[{}]/.test(text) && !kept.has(text)));
}

/** Texts on the page that nobody translated: bare keys, and outside English also English sentences of the catalogue. */
export async function untranslated(page: Page, language: Language): Promise<string[]> {
  const texts = await shownTexts(page);
  const foreign = language === "en" ? new Set<string>() : foreignSentences(language);
  return texts.filter((text) => keyLike.test(text) || foreign.has(text));
}

/** What a page lacks of the frame that every page has, and whether it is wider than the window. */
export async function frameFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const headings = document.querySelectorAll("h1");
    if (headings.length !== 1) faults.push(`${headings.length} h1`);
    const heading = headings[0]?.textContent?.trim() ?? "";
    if (document.querySelectorAll("main, [role=main]").length !== 1) faults.push("not one main");
    if (heading === "" || !document.title.startsWith(heading))
      faults.push(`title "${document.title}", h1 "${heading}"`);
    if (!document.documentElement.lang) faults.push("no language");
    const wide = document.documentElement.scrollWidth;
    if (wide > window.innerWidth) {
      const culprits = [...document.querySelectorAll("main *, header *")]
        .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1)
        .slice(0, 3)
        .map((element) => `${element.tagName.toLowerCase()}.${String(element.getAttribute("class"))}`);
      faults.push(`${wide} px wide in a window of ${window.innerWidth}: ${culprits.join(", ")}`);
    }
    return faults;
  });
}

/** Changes the system's theme and waits until the page follows. */
export async function setTheme(page: Page, theme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  await page.waitForFunction((wanted) => document.documentElement.dataset.theme === wanted, theme);
  // Colours fade, and what inherits a colour that fades starts to fade after it: two still frames end it.
  await page.evaluate(async () => {
    const fading = () => document.getAnimations().some((animation) => animation instanceof CSSTransition);
    for (let still = 0; still < 2; still = fading() ? 0 : still + 1)
      await new Promise((resolve) => requestAnimationFrame(resolve));
  });
}

/** The folder in which whoever wants to look at every page finds pictures; set by SANTI_JOURNEY_PICTURES. */
const pictures = process.env.SANTI_JOURNEY_PICTURES;

/** Keeps a picture of the page for people to look at, when they asked for it. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  const file = name.replaceAll(/[^a-zA-Z0-9]+/g, "-").replace(/^-|-$/g, "");
  // A map draws for a while after its page stands; a request that is held back on purpose never ends.
  await page.waitForLoadState("networkidle", { timeout: 3000 }).catch(() => {});
  await page.screenshot({ path: join(pictures, `${file}.png`), fullPage: false });
}
