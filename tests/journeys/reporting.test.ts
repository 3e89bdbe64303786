import { describe, expect } from "vitest";
import { barriers, frameFaults, picture, setTheme, untranslated } from "./support/page-checks.ts";
import { setStage } from "./support/stage.ts";
import { settled } from "./support/visitor.ts";

const year = new Date().getFullYear() - 1;
const period = `from=${year}-01-01&to=${year}-12-31`;

describe("Whoever makes reports", () => {
  const journey = setStage();

  journey("opens a figure down to its records, which come to it", 180_000, async ({ visit }) => {
    const visitor = await visit({ role: "information-manager", language: "en", width: 1280 });
    const { page, words } = visitor;
    await visitor.open(`/reports?country=KHM&definition=country-profile&in=m2&${period}`);
    const table = page.getByRole("table", { name: words("reporting.table.remaining"), exact: true });
    await table.waitFor();
    const total = table.getByRole("row").last();
    const link = total.getByRole("link").last();
    const figure = (await link.innerText()).trim();
    expect(await barriers(page)).toEqual([]);
    await setTheme(page, "dark");
    expect(await barriers(page)).toEqual([]);
    await setTheme(page, "light");
    await picture(page, "en-1280 reports profile");
    await link.click();
    await page.getByRole("heading", { level: 1, name: words("reporting.records.title"), exact: true }).waitFor();
    await page.getByText(`together ${figure} `, { exact: false }).waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(await frameFaults(page)).toEqual([]);
    await picture(page, "en-1280 reports records");
    const record = page.locator("[data-row] a").first();
    const code = (await record.innerText()).trim();
    await record.click();
    await page.getByRole("heading", { level: 1, name: code, exact: true }).waitFor();
  });

  journey("writes a text, publishes for everybody, and everybody reads it", 120_000, async ({ visit }) => {
    const manager = await visit({ role: "information-manager", language: "en", width: 1280 });
    const { page, words } = manager;
    await manager.open(`/reports?country=KHM&definition=country-profile&${period}`);
    const background = words("reporting.national.context");
    await page.getByRole("button", { name: words("reporting.write.of", { of: background }), exact: true }).click();
    await page
      .getByLabel(words("reporting.text-in", { language: "English" }), { exact: true })
      .fill("Fighting ended long ago.");
    await page.getByRole("button", { name: words("reporting.keep"), exact: true }).click();
    await page.getByText("Fighting ended long ago.", { exact: true }).waitFor();
    await page.getByRole("button", { name: words("reporting.publish"), exact: true }).click();
    await page.getByLabel(words("reporting.publish.public"), { exact: true }).check();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("button", { name: words("reporting.publish.now"), exact: true }).click();
    const title = words("reporting.edition.name", {
      title: words("reporting.definition.country-profile"),
      number: "1",
    });
    await page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
    await page.getByRole("button", { name: words("reporting.differences.before"), exact: true }).click();
    await page.getByText(words("reporting.differences.first"), { exact: true }).waitFor();
    await page.getByRole("button", { name: words("reporting.differences.now"), exact: true }).click();
    await settled(page);
    expect(await barriers(page)).toEqual([]);
    await picture(page, "en-1280 reports edition");
    const anybody = await visit({ language: "km", width: 360 });
    await anybody.open("/figures?country=KHM");
    await anybody.page
      .getByRole("heading", { level: 1, name: anybody.words("reporting.public.title"), exact: true })
      .waitFor();
    await anybody.page
      .getByRole("heading", { level: 2, name: anybody.words("reporting.editions"), exact: true })
      .waitFor();
    await settled(anybody.page);
    expect(await frameFaults(anybody.page)).toEqual([]);
    expect(await barriers(anybody.page)).toEqual([]);
    await picture(anybody.page, "km-360 public figures");
  });

  journey("reads every report in Khmer on a phone", 180_000, async ({ visit }) => {
    const visitor = await visit({ role: "information-manager", language: "km", width: 360 });
    const { page } = visitor;
    const others = [
      "/reports/new?country=KHM",
      "/reports/completion?country=KHM",
      "/figures?country=LAO",
      "/results?country=KHM",
    ];
    const definitions = [
      "apmbc-article-7",
      "ccm-article-7",
      "extension-request",
      "casualty-tables",
      "operator-tables",
      "donor-results",
      "fact-sheet",
      "country-profile",
      "regional-overview",
      "data-quality",
    ];
    const reports = definitions.map((definition) => `/reports?country=KHM&definition=${definition}&${period}`);
    for (const address of [...reports, ...others]) {
      await visitor.open(address);
      await settled(page);
      await page.waitForLoadState("networkidle");
      expect(await frameFaults(page), address).toEqual([]);
      expect(await untranslated(page, "km"), address).toEqual([]);
      expect(await barriers(page), address).toEqual([]);
      await picture(page, `km-360 ${address.slice(1).replace(/\W+/g, " ")}`);
    }
  });

  journey(
    "follows a project from the start page to what it came to, and a contribution behind it",
    180_000,
    async ({ visit }) => {
      const visitor = await visit({ role: "information-manager", language: "en", width: 1280 });
      const { page, words } = visitor;
      await visitor.open("/results?country=KHM");
      expect(await barriers(page)).toEqual([]);
      await page
        .getByRole("link", { name: words("records.results.project"), exact: true })
        .first()
        .click();
      await page.locator("[data-row] a").first().click();
      const came = page.getByRole("heading", { level: 2, name: words("reporting.project-panel.title"), exact: true });
      await came.waitFor();
      const table = page.getByRole("table", { name: words("reporting.table.contributions-by-donor"), exact: true });
      await table.waitFor();
      await settled(page);
      expect(await barriers(page)).toEqual([]);
      const khmer = await visit({ role: "information-manager", language: "km", width: 360 });
      await khmer.open(new URL(page.url()).pathname);
      await khmer.page
        .getByRole("table", { name: khmer.words("reporting.table.contributions-by-donor"), exact: true })
        .waitFor();
      await settled(khmer.page);
      expect(await frameFaults(khmer.page)).toEqual([]);
      expect(await barriers(khmer.page)).toEqual([]);
      await picture(khmer.page, "km-360 results project");
      await table.getByRole("link").first().click();
      await page.getByRole("heading", { level: 1, name: words("reporting.records.title"), exact: true }).waitFor();
      await page.locator("[data-row] a").first().click();
      await page.getByText(words("field.results.contribution.rateSource"), { exact: true }).waitFor();
    },
  );
});
