import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import type { Role } from "../../../src/platform/access/model.ts";
import type { Language } from "../../../src/platform/contract/fields.ts";
import { languageTable } from "../../../src/platform/i18n/languages.ts";
import { outputFolder, type Program, root } from "./program.ts";
import { type Words, wordsOf } from "./words.ts";

/** What a visitor looks like to the program. */
export interface VisitorOptions {
  language?: Language;
  /** Width of the window in pixels. */
  width?: number;
  theme?: "light" | "dark";
  /** Signed in from the start, without the form, as the sample account of a role. */
  role?: Role;
}

/** Somebody in front of a browser of their own. */
export interface Visitor {
  page: Page;
  context: BrowserContext;
  language: Language;
  /** Words of the visitor's language; change it with `speak`. */
  words: Words;
  speak(language: Language): void;
  /** Opens a path and waits until its content stands. */
  open(path: string): Promise<void>;
  /** Another window of the same browser. */
  another(): Promise<Page>;
  /** Lets a trouble pass that the journey causes on purpose, such as a refused request. */
  expectTrouble(pattern: RegExp): void;
  /** What went wrong that nobody expected: errors of scripts, refused resources, requests to other sites. */
  troubles(): string[];
  /** Addresses of all requests that left the program's origin. */
  strangers(): string[];
}

/** An account of the sample region. */
export interface SampleLogin {
  role: string;
  email: string;
  password: string;
}

/** Starts the system's browser without anything that calls home. */
export async function launchBrowser(): Promise<Browser> {
  const debian = (await import(pathToFileURL(join(root, "scripts", "support", "debian.js")).href)) as {
    chromium: readonly string[];
  };
  const executablePath = debian.chromium.find((path) => existsSync(path));
  if (!executablePath) throw new Error("The journeys need Chromium: sudo apt-get install chromium");
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--enable-unsafe-swiftshader",
    ],
  });
}

const logins = new WeakMap<Program, Promise<SampleLogin[]>>();

/** The account that the sample region has for a role. */
export async function loginOf(program: Program, role: Role): Promise<SampleLogin> {
  let known = logins.get(program);
  if (!known) {
    known = fetch(`${program.address}/api/system`).then(
      async (answer) => ((await answer.json()) as { sampleAccounts: SampleLogin[] }).sampleAccounts,
    );
    logins.set(program, known);
  }
  const found = (await known).find((login) => login.role === role);
  if (!found) throw new Error(`The sample region has no account for the role ${role}`);
  return found;
}

const cookies = new WeakMap<Program, Map<Role, Awaited<ReturnType<BrowserContext["cookies"]>>>>();

/** Puts the session of a role's sample account into a browser; one sign-in serves all visitors of that role. */
async function adoptSession(program: Program, context: BrowserContext, role: Role): Promise<void> {
  const known = cookies.get(program) ?? new Map();
  cookies.set(program, known);
  const kept = known.get(role);
  if (kept) {
    await context.addCookies(kept);
    return;
  }
  const { email, password } = await loginOf(program, role);
  const answer = await context.request.post(`${program.address}/api/session/sign-in`, {
    data: { email, password },
    headers: { origin: program.address },
  });
  if (!answer.ok()) throw new Error(`Signing in as ${role} was answered ${answer.status()}: ${await answer.text()}`);
  known.set(role, await context.cookies());
}

/** Collects what goes wrong in a page, and where its requests go. */
function watch(page: Page, program: Program, troubles: string[], strangers: string[]): void {
  page.on("pageerror", (error) => troubles.push(`script: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") troubles.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (!["data:", "blob:"].includes(url.protocol) && url.origin !== program.address) strangers.push(request.url());
  });
}

/** Waits until nothing on the page says that it is loading. */
export async function settled(page: Page): Promise<void> {
  // Asked at every frame: a locator would ask again after half a second.
  await page.waitForFunction(
    () =>
      document.querySelector("main h1") !== null &&
      document.querySelector('main [role="status"] [aria-hidden="true"]') === null,
  );
}

/**
 * Opens a browser window for somebody with a language, a width and a theme, signed in or not.
 * @throws Error when signing in is refused
 */
export async function visit(browser: Browser, program: Program, options: VisitorOptions = {}): Promise<Visitor> {
  const { language = "en", width = 1280, theme = "light" } = options;
  const context = await browser.newContext({
    viewport: { width, height: width < 500 ? 740 : 900 },
    locale: "en-GB",
    timezoneId: "Asia/Phnom_Penh",
    colorScheme: theme,
    reducedMotion: "reduce",
    acceptDownloads: true,
    storageState: {
      cookies: [],
      origins: [{ origin: program.address, localStorage: [{ name: "santi.language", value: language }] }],
    },
  });
  context.setDefaultTimeout(30_000);
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) =>
      console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  if (options.role) await adoptSession(program, context, options.role);
  const troubles: string[] = [];
  const strangers: string[] = [];
  const expected: RegExp[] = [];
  context.on("page", (opened) => watch(opened, program, troubles, strangers));
  const page = await context.newPage();
  const visitor: Visitor = {
    page,
    context,
    language,
    words: wordsOf(language),
    speak(next) {
      visitor.language = next;
      visitor.words = wordsOf(next);
    },
    async open(path) {
      await page.goto(`${program.address}${path}`);
      await settled(page);
    },
    another: () => context.newPage(),
    expectTrouble: (pattern) => void expected.push(pattern),
    troubles: () => troubles.filter((trouble) => !expected.some((pattern) => pattern.test(trouble))),
    strangers: () => strangers,
  };
  return visitor;
}

/** Keeps a picture of every window of a visitor, for whoever looks into a failure. */
export async function keepPictures(visitor: Visitor, name: string): Promise<void> {
  mkdirSync(outputFolder, { recursive: true });
  const file = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  for (const [index, page] of visitor.context.pages().entries())
    await page.screenshot({ path: join(outputFolder, `${file}-${index + 1}.png`), timeout: 5000 }).catch(() => {});
}

/** Fills in the form of the sign-in page and waits until it is left behind. */
export async function typeSignIn(visitor: Visitor, login: { email: string; password: string }): Promise<void> {
  const { page, words } = visitor;
  await page.getByLabel(words("access.email"), { exact: true }).fill(login.email);
  await page.getByLabel(words("access.password"), { exact: true }).fill(login.password);
  await page
    .getByRole("main")
    .getByRole("button", { name: words("access.sign-in"), exact: true })
    .click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  await settled(page);
}

/** Chooses a language in the switch of the header; the visitor reads it from then on. */
export async function switchLanguage(visitor: Visitor, language: Language): Promise<void> {
  const { page } = visitor;
  const name = visitor.words("ui.language", { name: languageTable[visitor.language].endonym });
  await page.getByRole("button", { name, exact: true }).click();
  await page.getByRole("button", { name: languageTable[language].endonym, exact: true }).click();
  visitor.speak(language);
  await page.waitForFunction((lang) => document.documentElement.lang === lang, language);
}
