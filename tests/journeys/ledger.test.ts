import { describe, expect } from "vitest";
import { barriers, frameFaults, picture, setTheme, untranslated } from "./support/page-checks.ts";
import { setStage } from "./support/stage.ts";
import { settled, type Visitor } from "./support/visitor.ts";

/** The button of a figure of the ledger, by its name and that of its row. */
function figureOf({ page, words }: Visitor, figure: string, row: string) {
  return page.getByRole("button", {
    name: words("ledger.open", { figure: words(`ledger.movement.${figure}`), row }),
    exact: false,
  });
}

const tab = ({ page, words }: Visitor, view: string) =>
  page.getByRole("tab", { name: words(`ledger.view.${view}`), exact: true });

/** A figure as written, without the words that lead to its entries. */
const written = async (button: ReturnType<typeof figureOf>) => (await button.innerText()).trim();

describe("Whoever reads the land ledger", () => {
  const journey = setStage();

  journey("opens a figure down to the report behind it, and finds the way back", 180_000, async ({ visit }) => {
    const visitor = await visit({ role: "information-manager", language: "en", width: 1280 });
    const { page, words } = visitor;
    await visitor.open("/land/ledger?country=KHM");
    const cleared = figureOf(visitor, "cleared", words("ledger.total"));
    await cleared.waitFor();
    const amount = await written(cleared);
    await page.getByText(words("ledger.closes"), { exact: false }).waitFor();
    await cleared.click();
    const title = words("ledger.figure-of", {
      figure: words("ledger.movement.cleared"),
      row: words("ledger.total"),
    });
    const heading = page.getByRole("heading", { name: words("ledger.entries", { of: title }), exact: true });
    await heading.waitFor();
    await expect
      .poll(() => heading.evaluate((element) => element === document.activeElement), { timeout: 8000 })
      .toBe(true);
    // The entries add up to the figure that they stand behind.
    await page.getByText(`${amount} ${words("ledger.unit.km2")} together`, { exact: false }).waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(await frameFaults(page)).toEqual([]);
    await picture(page, "en-1280 ledger entries");
    const report = page.getByRole("region", { name: words("ledger.entries", { of: title }) }).locator("[data-row] a");
    const code = await report.first().innerText();
    await report.first().click();
    await page.getByRole("heading", { level: 1, name: code, exact: true }).waitFor();
    await page.goBack();
    await heading.waitFor();
  });

  journey("sees charts with their numbers, statements, and what became known later", 180_000, async ({ visit }) => {
    const visitor = await visit({ role: "information-manager", language: "en", width: 1280 });
    const { page, words } = visitor;
    await visitor.open("/land/ledger?country=KHM");
    await tab(visitor, "charts").click();
    const charts = page.getByRole("img");
    await expect.poll(() => charts.count(), { timeout: 8000 }).toBe(3);
    expect(await barriers(page)).toEqual([]);
    await setTheme(page, "dark");
    expect(await barriers(page)).toEqual([]);
    await setTheme(page, "light");
    await picture(page, "en-1280 ledger charts");
    // Each number of a chart leads to its entries.
    await page.getByText(words("ui.chart.table"), { exact: true }).first().click();
    await page.locator("details[open] td a").first().click();
    await page.getByRole("button", { name: words("ledger.close"), exact: true }).waitFor();

    await tab(visitor, "statement").click();
    const statement = page.getByRole("table", {
      name: words("ledger.statement.period", { of: words("ledger.total") }),
      exact: true,
    });
    await statement.waitFor();
    // What is left after the last line is what stands below it.
    const rows = await statement.getByRole("row").allInnerTexts();
    const last = (row: string | undefined) => row?.trim().split(/\s+/).at(-1);
    const closing = rows.findIndex((row) => row.startsWith(words("ledger.statement.closing", { date: "" }).trim()));
    expect(closing).toBeGreaterThan(5);
    expect(last(rows[closing])).toBe(last(rows[closing - 1]));
    await picture(page, "en-1280 ledger statement");

    // In square metres nothing is rounded.
    await visitor.open("/land/ledger?country=KHM&view=compare&in=m2");
    const total = page.getByRole("row", { name: new RegExp(`^${words("ledger.total")} `) });
    await total.waitFor();
    const cells = await total.getByRole("cell").allInnerTexts();
    const [before = Number.NaN, after = Number.NaN, difference = Number.NaN] = cells.map((cell) =>
      Number(cell.replace("−", "-").replaceAll(",", "")),
    );
    expect(before).toBeGreaterThan(0);
    expect(after - before).toBe(difference);
    expect(difference).not.toBe(0);
    // The reports named below explain the whole of it.
    await page.getByText(`${cells[2]?.trim()} ${words("ledger.unit.m2")} together`, { exact: false }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await picture(page, "en-1280 ledger compare");
  });

  journey("reads it in Khmer on a phone", 180_000, async ({ visit }) => {
    const visitor = await visit({ role: "information-manager", language: "km", width: 360 });
    const { page } = visitor;
    await visitor.open("/land/ledger?country=KHM");
    for (const view of ["table", "charts", "statement", "compare"]) {
      await tab(visitor, view).click();
      await settled(page);
      await page.waitForLoadState("networkidle");
      expect(await frameFaults(page), view).toEqual([]);
      expect(await untranslated(page, "km"), view).toEqual([]);
      expect(await barriers(page), view).toEqual([]);
      await picture(page, `km-360 ledger ${view}`);
    }
  });
});
