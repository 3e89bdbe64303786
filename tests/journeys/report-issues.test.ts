import { createServer } from "node:http";
import { describe, expect } from "vitest";
import { barriers, frameFaults, picture, untranslated } from "./support/page-checks.ts";
import { setStage } from "./support/stage.ts";
import { settled } from "./support/visitor.ts";

const year = new Date().getFullYear() - 1;
const period = `from=${year}-01-01&to=${year}-12-31`;
const report = `/reports?country=KHM&definition=operator-tables&${period}`;

/** A page of another site with an iframe in it. */
async function aSite(lines: () => string): Promise<{ address: string; close: () => Promise<void> }> {
  const server = createServer((_, answer) => {
    answer.setHeader("content-type", "text/html; charset=utf-8");
    answer.end(`<!doctype html><html lang="en"><title>News</title><h1>News</h1>${lines()}</html>`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  const port = typeof bound === "object" && bound ? bound.port : 0;
  return {
    address: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

describe("Reports leave the node", () => {
  const journey = setStage();

  journey("by a timetable: made, issued at once, paused, deleted", 120_000, async ({ visit }) => {
    const manager = await visit({ role: "information-manager", language: "en", width: 1280 });
    const { page, words } = manager;
    await manager.open(report);
    await page.getByRole("button", { name: words("reporting.schedule"), exact: true }).click();
    await page.getByLabel(words("reporting.schedule.every"), { exact: true }).selectOption("quarterly");
    await page.getByLabel(words("reporting.download.csv"), { exact: true }).check();
    expect(await barriers(page)).toEqual([]);
    await picture(page, "en-1280 reports schedule dialog");
    await page.getByRole("button", { name: words("reporting.schedule.keep"), exact: true }).click();
    const list = page.getByRole("table", { name: words("reporting.schedules"), exact: true });
    await list.getByText(words("reporting.schedule.every.quarterly"), { exact: true }).waitFor();
    await list.getByText(words("reporting.schedule.issue"), { exact: true }).click();
    await list.getByText(/2 files kept, no mail/).waitFor({ timeout: 60_000 });
    expect(await barriers(page)).toEqual([]);
    expect(await frameFaults(page)).toEqual([]);
    await picture(page, "en-1280 reports schedules");
    await list.getByText(words("reporting.schedule.issues"), { exact: true }).click();
    const issues = page.getByRole("dialog");
    await issues.getByText(/\.csv/).waitFor();
    expect(await issues.getByRole("row").count()).toBe(2);
    expect(await barriers(page)).toEqual([]);
    await picture(page, "en-1280 reports issues of a schedule");
    await page.keyboard.press("Escape");
    await list.getByText(words("reporting.schedule.pause"), { exact: true }).click();
    await list.getByText(words("reporting.schedule.paused"), { exact: true }).waitFor();
    const phone = await visit({ role: "information-manager", language: "km", width: 360 });
    await phone.open(report);
    await phone.page.getByText(phone.words("reporting.schedule.paused"), { exact: true }).waitFor();
    await settled(phone.page);
    expect(await frameFaults(phone.page)).toEqual([]);
    expect(await untranslated(phone.page, "km")).toEqual([]);
    expect(await barriers(phone.page)).toEqual([]);
    await picture(phone.page, "km-360 reports schedules");
    await phone.page.getByText(phone.words("reporting.schedule.issues"), { exact: true }).click();
    await phone.page.getByRole("dialog").getByText(/\.csv/).waitFor();
    expect(await frameFaults(phone.page)).toEqual([]);
    expect(await untranslated(phone.page, "km")).toEqual([]);
    expect(await barriers(phone.page)).toEqual([]);
    await picture(phone.page, "km-360 reports issues of a schedule");
    await phone.page.keyboard.press("Escape");
    await phone.page.getByRole("button", { name: phone.words("reporting.schedule"), exact: true }).click();
    await settled(phone.page);
    expect(await frameFaults(phone.page)).toEqual([]);
    expect(await untranslated(phone.page, "km")).toEqual([]);
    expect(await barriers(phone.page)).toEqual([]);
    await picture(phone.page, "km-360 reports schedule dialog");
    await list.getByText(words("reporting.schedule.remove"), { exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: words("reporting.schedule.remove"), exact: true }).click();
    await list.waitFor({ state: "detached" });
  });

  journey("into the page of another site, when the country names that site", 180_000, async (stage) => {
    const { visit, browser, program } = stage;
    const manager = await visit({ role: "information-manager", language: "en", width: 1280 });
    const { page, words } = manager;
    await manager.open(`/reports?country=KHM&definition=country-profile&${period}`);
    await page.getByRole("button", { name: words("reporting.publish"), exact: true }).click();
    await page.getByLabel(words("reporting.publish.public"), { exact: true }).check();
    await page.getByRole("button", { name: words("reporting.publish.now"), exact: true }).click();
    await page.getByRole("button", { name: words("reporting.embed"), exact: true }).click();
    await page.getByText(words("reporting.embed.none"), { exact: true }).waitFor();
    await page.getByLabel(words("reporting.schedule.language"), { exact: true }).selectOption("km");
    await page
      .getByLabel(words("reporting.embed.only"), { exact: true })
      .selectOption({ label: words("reporting.table.remaining") });
    expect(await barriers(page)).toEqual([]);
    await picture(page, "en-1280 reports embed dialog");
    const lines = await page.getByLabel(words("reporting.embed.lines"), { exact: true }).inputValue();
    const address = /src="([^"]+)"/.exec(lines)?.[1]?.replaceAll("&amp;", "&") ?? "";

    const khmer = await visit({ language: "km", width: 360 });
    await khmer.page.goto(address);
    const heading = khmer.words("reporting.table.remaining");
    await khmer.page.getByRole("heading", { level: 3, name: heading, exact: true }).waitFor();
    expect(await frameFaults(khmer.page)).toEqual([]);
    expect(await untranslated(khmer.page, "km")).toEqual([]);
    expect(await barriers(khmer.page)).toEqual([]);
    await picture(khmer.page, "km-360 embedded table");
    await khmer.page.goto(address.replace(/&only=\w+/, ""));
    expect(await frameFaults(khmer.page)).toEqual([]);
    expect(await barriers(khmer.page)).toEqual([]);
    await picture(khmer.page, "km-360 embedded report");

    const site = await aSite(() => lines);
    const elsewhere = await browser.newContext();
    try {
      const reader = await elsewhere.newPage();
      const shown = reader.frameLocator("iframe").getByRole("heading", { level: 3, name: heading, exact: true });
      await reader.goto(site.address, { waitUntil: "load" });
      await reader.waitForTimeout(1000);
      expect(await shown.count()).toBe(0);
      const administrator = await visit({ role: "administrator", language: "en", width: 1280 });
      const answer = await administrator.context.request.put(
        `${program.address}/api/settings/reporting.embed-origins`,
        { data: { country: "KHM", value: site.address, expected: null }, headers: { origin: program.address } },
      );
      expect(answer.status(), await answer.text()).toBe(200);
      await reader.goto(site.address, { waitUntil: "load" });
      await shown.waitFor();
    } finally {
      await elsewhere.close();
      await site.close();
    }
  });
});
