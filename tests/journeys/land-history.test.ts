import { describe, expect } from "vitest";
import { barriers, frameFaults, picture, setTheme, untranslated } from "./support/page-checks.ts";
import { setStage } from "./support/stage.ts";
import { settled, type Visitor } from "./support/visitor.ts";

/** The three figures below the map: open suspected, open confirmed, released to date. */
async function figuresOf({ page }: Visitor): Promise<string[]> {
  return page.locator("section[aria-labelledby=day-figures] a strong").allInnerTexts();
}

/** The outline of the first area of a list that the reader may see. */
async function anArea({ page }: Visitor, address: string, status: string) {
  const answer = await page.request.get(`${address}/api/land/areas?country=KHM&filter.status=${status}&limit=1`);
  const [area] = ((await answer.json()) as { items: { id: string; code: string; geometry: object }[] }).items;
  if (!area) throw new Error(`no area is ${status}`);
  return area;
}

/** Gives the outline of a plot as a file and asks what is known. */
async function ask({ page, words }: Visitor, geometry: object): Promise<void> {
  await page.getByRole("tab", { name: words("land.survey.method.file"), exact: true }).click();
  const feature = JSON.stringify({ type: "Feature", properties: {}, geometry });
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "plot.geojson", mimeType: "application/geo+json", buffer: Buffer.from(feature) });
  const button = page.getByRole("button", { name: words("plot-check.ask"), exact: true });
  await expect.poll(() => button.isEnabled(), { timeout: 8000 }).toBe(true);
  await button.click();
  await page.getByRole("heading", { name: words("plot-check.answer"), exact: true }).waitFor();
}

describe("Land as it was and as it is", () => {
  const journey = setStage();

  journey("is replayed with the keyboard, and its figures are those of the ledger", 180_000, async ({ visit }) => {
    const visitor = await visit({ role: "information-manager", language: "en", width: 1280 });
    const { page, words } = visitor;
    await visitor.open("/land/history?country=KHM");
    const slider = page.getByRole("slider", { name: words("land-history.slider"), exact: true });
    await slider.waitFor();
    const today = await figuresOf(visitor);
    expect(today).toHaveLength(3);
    await slider.focus();
    await page.keyboard.press("Home");
    const first = await slider.getAttribute("aria-valuetext");
    await expect.poll(() => figuresOf(visitor), { timeout: 8000 }).not.toEqual(today);
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => slider.getAttribute("aria-valuetext"), { timeout: 8000 }).not.toBe(first);

    // A typed day, kept in the address.
    await page.getByLabel(words("land-history.day"), { exact: true }).fill("2020-06-30");
    await expect.poll(() => new URL(page.url()).searchParams.get("on"), { timeout: 8000 }).toBe("2020-06-30");
    const then = await figuresOf(visitor);
    expect(then).not.toEqual(today);
    await page.locator("canvas.maplibregl-canvas").waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(await frameFaults(page)).toEqual([]);
    await picture(page, "en-1280 history");
    await page.locator("summary", { hasText: words("land-history.table") }).click();
    await page.getByRole("row").nth(2).waitFor();

    // Play goes on by itself until it is paused.
    const before = await slider.inputValue();
    await page.getByRole("button", { name: words("land-history.play"), exact: true }).click();
    await expect.poll(() => slider.inputValue(), { timeout: 8000 }).not.toBe(before);
    await page.getByRole("button", { name: words("land-history.pause"), exact: true }).click();

    // The confirmed land of that day is the same in the ledger.
    await visitor.open("/land/history?country=KHM&on=2020-06-30");
    const confirmed = page.getByRole("link", { name: words("land-history.figure.cha"), exact: false });
    const shown = Number((await confirmed.locator("strong").innerText()).split(" ")[0]);
    await confirmed.click();
    const open = words("ledger.open", {
      figure: words("ledger.movement.closingConfirmed"),
      row: words("ledger.by.none"),
    });
    const figure = page.getByRole("button", { name: open, exact: false });
    await figure.waitFor();
    expect(Number(await figure.innerText())).toBeCloseTo(shown, 1);
  });

  journey("works in Khmer on a phone, in the dark too", 180_000, async ({ visit }) => {
    const visitor = await visit({ role: "information-manager", language: "km", width: 360 });
    const { page } = visitor;
    await visitor.open("/land/history?country=KHM&on=2021-12-31&step=year");
    await page.locator("canvas.maplibregl-canvas").waitFor();
    await settled(page);
    expect(await frameFaults(page)).toEqual([]);
    expect(await untranslated(page, "km")).toEqual([]);
    expect(await barriers(page)).toEqual([]);
    await picture(page, "km-360 history");
    await setTheme(page, "dark");
    expect(await barriers(page)).toEqual([]);
  });

  journey("of one area stands on its page: statement, versions, reports", 180_000, async ({ visit, program }) => {
    const visitor = await visit({ role: "information-manager", language: "en", width: 1280 });
    const { page, words } = visitor;
    const area = await anArea(visitor, program.address, "released");
    await visitor.open(`/land/areas/KHM/${area.id}`);
    const panel = (key: string) => page.getByRole("region", { name: words(key), exact: true }).first();
    await panel("ledger.statement").scrollIntoViewIfNeeded();
    await page.getByText(words("ledger.statement.done"), { exact: true }).waitFor();
    const versions = panel("area-panels.versions");
    await versions.scrollIntoViewIfNeeded();
    const chosen = versions.getByLabel(words("area-panels.versions.choose"), { exact: true });
    await chosen.waitFor();
    const last = await chosen.inputValue();
    await versions.getByRole("button", { name: words("area-panels.versions.back"), exact: true }).click();
    expect(Number(await chosen.inputValue())).toBe(Number(last) - 1);
    for (const key of ["devices", "tasks", "quality", "documents"])
      await panel(`area-panels.${key}`).scrollIntoViewIfNeeded();
    await settled(page);
    expect(await panel("area-panels.reports").locator("[data-row]").count()).toBeGreaterThan(0);
    expect(await barriers(page)).toEqual([]);
    expect(await frameFaults(page)).toEqual([]);
    await picture(page, "en-1280 area panels");
  });

  journey(
    "is told about a plot, with class, date and source to whoever may see it",
    180_000,
    async ({ visit, program }) => {
      const visitor = await visit({ role: "information-manager", language: "en", width: 1280 });
      const { page, words } = visitor;
      const area = await anArea(visitor, program.address, "worked-on");
      await visitor.open("/land/check?country=KHM");
      await ask(visitor, area.geometry);
      const inside = page.getByRole("region", { name: words("plot-check.inside"), exact: true }).first();
      await inside.getByRole("link", { name: area.code, exact: true }).waitFor();
      await page.getByText(words("plot-check.not-safe"), { exact: true }).waitFor();
      expect(await barriers(page)).toEqual([]);
      expect(await frameFaults(page)).toEqual([]);
      await picture(page, "en-1280 plot check");
      // On paper only the answer is left.
      await page.emulateMedia({ media: "print" });
      expect(await page.getByRole("tablist").isVisible()).toBe(false);
      await page.getByText(words("plot-check.not-safe"), { exact: true }).waitFor({ state: "visible" });
      await page.emulateMedia({ media: "screen" });
      // Another plot is another question: the answer to the first one is gone.
      await page
        .getByRole("button", { name: words("land.survey.undo"), exact: true })
        .first()
        .click();
      await page.getByRole("heading", { name: words("plot-check.answer"), exact: true }).waitFor({ state: "detached" });
    },
  );

  journey("never reads as nothing known to somebody without an account", 180_000, async ({ visit, program }) => {
    const manager = await visit({ role: "information-manager" });
    const area = await anArea(manager, program.address, "worked-on");
    const visitor = await visit({ language: "km", width: 360 });
    const { page, words } = visitor;
    await visitor.open("/land/check?country=KHM");
    await ask(visitor, area.geometry);
    await page.getByText(words("plot-check.headline.closed"), { exact: true }).waitFor();
    await page.getByText(words("plot-check.not-safe"), { exact: true }).waitFor();
    expect(await page.getByText(words("plot-check.headline.nothing"), { exact: true }).count()).toBe(0);
    expect(await page.getByText(area.code, { exact: false }).count()).toBe(0);
    expect(await frameFaults(page)).toEqual([]);
    expect(await untranslated(page, "km")).toEqual([]);
    expect(await barriers(page)).toEqual([]);
    await picture(page, "km-360 plot check");
  });
});
