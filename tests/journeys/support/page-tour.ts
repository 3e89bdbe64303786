import { barriers, frameFaults, picture, setTheme, untranslated } from "./page-checks.ts";
import type { Stage } from "./stage.ts";
import { settled, type Visitor } from "./visitor.ts";

const wide = { width: 1280, height: 900 };
const phone = { width: 360, height: 740 };

/** The paths that the navigation offers to a visitor, in its order. */
export async function navigationPaths(visitor: Visitor): Promise<string[]> {
  const side = visitor.page.getByRole("navigation", { name: visitor.words("app.navigation"), exact: true });
  await side.getByRole("link").first().waitFor();
  return side
    .getByRole("link")
    .evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
}

/** The path of the first record of a list, or null when the page is no list of records or the list is empty. */
async function firstRecord(visitor: Visitor): Promise<string | null> {
  const links = visitor.page.locator("main [data-row-link] a");
  if ((await links.count()) === 0) return null;
  return links.first().evaluate((link) => new URL((link as HTMLAnchorElement).href).pathname);
}

/**
 * Looks at one page in English: frame, texts and barriers, in light at a desk and in dark on a phone. Tables become
 * cards there; colours depend on the theme alone, so that the other two pairs would repeat what these say.
 */
async function lookInEnglish(visitor: Visitor, path: string, who: string): Promise<string[]> {
  const { page } = visitor;
  const faults: string[] = [];
  const note = (where: string, found: readonly string[]) =>
    faults.push(...found.map((fault) => `${path} ${where}: ${fault}`));
  note("en 1280 light", await barriers(page));
  note("en 1280", await frameFaults(page));
  note("en untranslated", await untranslated(page, "en"));
  await picture(page, `en-1280-light ${who} ${path}`);
  await setTheme(page, "dark");
  await picture(page, `en-1280-dark ${who} ${path}`);
  await page.setViewportSize(phone);
  await settled(page);
  note("en 360 dark", await barriers(page));
  note("en 360", await frameFaults(page));
  await picture(page, `en-360-dark ${who} ${path}`);
  await setTheme(page, "light");
  await page.setViewportSize(wide);
  return faults;
}

/** Looks at one page in Khmer on a phone: frame, texts, and that nothing is wider than the screen. */
async function lookInKhmer(visitor: Visitor, path: string, who: string): Promise<string[]> {
  const { page } = visitor;
  await visitor.open(path);
  await picture(page, `km-360-light ${who} ${path}`);
  return [
    ...(await frameFaults(page)).map((fault) => `${path} km 360: ${fault}`),
    ...(await untranslated(page, "km")).map((text) => `${path} km untranslated: ${text}`),
  ];
}

/**
 * Walks through pages and the first record of every list, and tells what is wrong with them.
 * @param english a visitor who reads English at 1280 pixels
 * @param khmer a visitor of the same rights who reads Khmer at 360 pixels
 * @param who what the pictures are called by
 */
export async function tour(english: Visitor, khmer: Visitor, paths: readonly string[], who: string): Promise<string[]> {
  const faults: string[] = [];
  const look = async (path: string) => {
    const [own, khmerOwn] = await Promise.all([lookInEnglish(english, path, who), lookInKhmer(khmer, path, who)]);
    faults.push(...own, ...khmerOwn);
  };
  for (const path of paths) {
    await english.open(path);
    const record = await firstRecord(english);
    await look(path);
    if (record !== null && record !== path) {
      await english.open(record);
      await look(record);
    }
  }
  return faults;
}

/** The two visitors of a tour. */
export async function tourists(
  stage: Stage,
  role: "information-manager" | "administrator",
): Promise<[Visitor, Visitor]> {
  const english = await stage.visit({ role, language: "en", width: wide.width });
  const khmer = await stage.visit({ role, language: "km", width: phone.width });
  await english.open("/");
  return [english, khmer];
}
