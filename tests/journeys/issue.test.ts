import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { setStage } from "./support/stage.ts";
import { loginOf, settled, switchLanguage, typeSignIn } from "./support/visitor.ts";
import { wordsOf } from "./support/words.ts";

interface Accident {
  country: string;
  id: string;
  code: string;
  revision: number;
  injured: number | null;
  geometry: { type: "Point"; coordinates: [number, number] } | null;
}

/** What the program answers, asked with the session of the page. */
async function ask<T>(page: Page, path: string): Promise<T> {
  const answer = await page.context().request.get(new URL(path, page.url()).href);
  expect(answer.ok(), `${path}: ${answer.status()}`).toBe(true);
  return (await answer.json()) as T;
}

const kind = "accidents.accident";

describe.each([
  { database: "embedded", postgres: undefined },
  ...(process.env.SANTI_TEST_DATABASE_URL
    ? [{ database: "PostgreSQL", postgres: process.env.SANTI_TEST_DATABASE_URL }]
    : []),
])("An information manager who reads Khmer ($database)", ({ postgres }) => {
  const journey = setStage({ postgres });

  journey("filters accidents, finds one on the map, corrects it and sees its history", 180_000, async (stage) => {
    const visitor = await stage.visit({ language: "en" });
    const { page } = visitor;
    const english = wordsOf("en");

    await visitor.open("/");
    await page
      .getByRole("banner")
      .getByRole("link", { name: english("access.sign-in"), exact: true })
      .click();
    await typeSignIn(visitor, await loginOf(stage.program, "information-manager"));
    await switchLanguage(visitor, "km");
    const km = visitor.words;
    expect(await page.locator("html").getAttribute("lang")).toBe("km");

    // The table, filtered by the year that has most.
    const side = page.getByRole("navigation", { name: km("app.navigation"), exact: true });
    await side.getByRole("link", { name: km(`records.${kind}`), exact: true }).click();
    await page.getByRole("heading", { level: 1, name: km(`records.${kind}`), exact: true }).waitFor();
    await settled(page);
    const counts = await ask<{ rows: { keys: string[]; count: number }[] }>(
      page,
      "/api/accidents/counts?by=occurredOn&country=KHM",
    );
    const best = counts.rows.toSorted((a, b) => b.count - a.count)[0];
    const year = best?.keys[0]?.slice(0, 4) ?? "";
    const count = best?.count ?? 0;
    expect(count).toBeGreaterThan(1);
    await page
      .getByRole("banner")
      .getByRole("combobox", { name: km("app.country") })
      .selectOption("KHM");
    await page
      .getByRole("link", { name: km("ui.chart.bar", { label: year, count }), exact: true })
      .first()
      .click();
    await page.waitForURL(/filter\.occurredOn\.from=/);
    const address = new URL(page.url()).searchParams;
    expect(address.get("filter.occurredOn.from")).toBe(`${year}-01-01`);
    expect(address.get("filter.occurredOn.to")).toBe(`${year}-12-31`);
    expect(address.get("country")).toBe("KHM");
    await page.getByText(km("ui.list.total", { count }), { exact: false }).first().waitFor();
    const rows = page.locator("tbody [data-row-link] a");
    await expect.poll(() => rows.count()).toBe(count);
    await page.getByRole("list", { name: km("ui.filters.active") }).waitFor();
    for (const column of ["code", "occurredOn", "device", "activity", "killed"]) {
      const label = column === "code" ? km("field.code") : km(`field.${kind}.${column}`);
      await page.getByRole("columnheader", { name: label }).first().waitFor();
    }

    // The same address opens the same list.
    const other = await visitor.another();
    await other.goto(page.url());
    await settled(other);
    await expect.poll(() => other.locator("tbody [data-row-link] a").count()).toBe(count);
    await other.close();

    // The same filter on the map.
    const tile = page.waitForResponse((answer) => answer.url().includes(`/tiles/${kind}/`));
    await page.getByRole("link", { name: km("ui.list.on-map"), exact: true }).click();
    const firstTile = await tile;
    expect(firstTile.ok()).toBe(true);
    expect(new URL(firstTile.url()).searchParams.get("filter.occurredOn.from")).toBe(`${year}-01-01`);
    await page.getByRole("heading", { level: 1, name: km("app.map"), exact: true }).waitFor();
    const inView = page.getByRole("region", { name: km(`records.${kind}`), exact: true });
    await inView.getByRole("link", { name: km("ui.list.total", { count }), exact: true }).waitFor();
    expect(await inView.getByRole("listitem").count()).toBe(Math.min(5, count));

    // Around one of them, a press on its symbol chooses it.
    const list = await ask<{ items: Accident[] }>(
      page,
      `/api/accidents?country=KHM&filter.occurredOn.from=${year}-01-01&filter.occurredOn.to=${year}-12-31&limit=100`,
    );
    const accident = list.items.find((item) => item.geometry !== null && item.injured !== null);
    if (!accident?.geometry) throw new Error("No accident of the sample has a place");
    const [longitude, latitude] = accident.geometry.coordinates;
    const view = [longitude - 0.01, latitude - 0.01, longitude + 0.01, latitude + 0.01];
    const search = new URL(page.url()).searchParams;
    search.set("bbox", view.join(","));
    await visitor.open(`/map?${search}`);
    const canvas = page.locator("canvas.maplibregl-canvas");
    await canvas.waitFor();
    const box = await canvas.boundingBox();
    if (!box) throw new Error("The map is not shown");
    const chosen = page.getByRole("region", { name: km("app.map.chosen"), exact: true });
    await expect
      .poll(
        async () => {
          await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
          return chosen.isVisible();
        },
        { timeout: 15_000, interval: 300 },
      )
      .toBe(true);
    await chosen.getByText(accident.code, { exact: false }).first().waitFor();
    await chosen.getByRole("link", { name: km("app.map.open-record"), exact: true }).click();
    await page.waitForURL(new RegExp(`/accidents/KHM/${accident.id}`));
    await settled(page);

    // A second window stays on the old revision.
    const late = await visitor.another();
    await late.goto(page.url());
    await settled(late);
    await late.getByRole("button", { name: km("ui.correct"), exact: true }).click();
    await late.getByRole("dialog").waitFor();

    // The correction.
    const before = accident.injured ?? 0;
    const injured = km(`field.${kind}.injured`);
    await page.getByRole("button", { name: km("ui.correct"), exact: true }).click();
    const dialog = page.getByRole("dialog", { name: km("ui.correct.title", { record: km(`record.${kind}`) }) });
    const send = (count: number) => km("ui.correct.send", { count });
    await dialog.getByRole("button", { name: send(0), exact: true }).waitFor();
    expect(await dialog.getByRole("button", { name: send(0), exact: true }).isDisabled()).toBe(true);
    await dialog.getByLabel(injured).fill(String(before + 2));
    await dialog.getByLabel(km("ui.correct.reason")).fill("មន្ទីរពេទ្យបានរាប់ឡើងវិញ");
    await dialog.getByRole("button", { name: send(1), exact: true }).click();
    await dialog.waitFor({ state: "hidden" });
    await page.getByText(km("ui.correct.done"), { exact: true }).waitFor();
    const entry = page
      .getByRole("region", { name: km("ui.history"), exact: true })
      .getByRole("listitem")
      .first();
    await entry.getByText(km("ui.history.action.corrected"), { exact: true }).waitFor();
    const session = await ask<{ account: { name: string } }>(page, "/api/session");
    const revision = accident.revision + 1;
    await entry.getByText(km("ui.history.by", { author: session.account.name, revision }), { exact: true }).waitFor();
    await entry.getByText("មន្ទីរពេទ្យបានរាប់ឡើងវិញ", { exact: true }).waitFor();
    await entry.getByText(injured, { exact: true }).waitFor();
    expect(await entry.locator("del").innerText()).toBe(String(before));
    expect(await entry.locator("ins").innerText()).toBe(String(before + 2));

    // Who was slower is told, sees both values, and overwrites nothing.
    visitor.expectTrouble(/status of 409/);
    const refused = late.waitForResponse((answer) => answer.url().endsWith("/correct"));
    const slow = late.getByRole("dialog");
    await slow.getByLabel(injured).fill(String(before + 7));
    await slow.getByLabel(km("ui.correct.reason")).fill("រាប់តាមបញ្ជីចាស់");
    await slow.getByRole("button", { name: send(1), exact: true }).click();
    expect((await refused).status()).toBe(409);
    await slow.getByText(km("ui.stale.title"), { exact: true }).waitFor();
    await slow
      .getByText(km("ui.stale.yours", { field: injured, value: String(before + 7) }), { exact: true })
      .waitFor();
    expect(await slow.getByLabel(injured).inputValue()).toBe(String(before + 7));
    const stored = await ask<{ record: Accident }>(page, `/api/accidents/KHM/${accident.id}`);
    expect(stored.record).toMatchObject({ injured: before + 2, revision });
    await slow.getByRole("button", { name: km("ui.stale.take-theirs"), exact: true }).click();
    await slow.getByRole("button", { name: send(0), exact: true }).waitFor();
  });
});
