import { clipTo, geodesicArea, intersectionArea } from "@santi/land-geometry";
import type { MultiPolygon, Polygon, Position } from "geojson";
import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { barriers, frameFaults, picture, untranslated } from "./support/page-checks.ts";
import { setStage } from "./support/stage.ts";
import { settled, type Visitor } from "./support/visitor.ts";

type Areal = Polygon | MultiPolygon;

/** What the program answers, asked with the session of a visitor. */
async function ask<T>({ page }: Visitor, path: string): Promise<T> {
  const answer = await page.context().request.get(new URL(path, page.url()).href);
  expect(answer.ok(), `${path}: ${answer.status()}`).toBe(true);
  return (await answer.json()) as T;
}

interface OpenArea {
  id: string;
  code: string;
  /** Corners of a box inside its open ground, latitude first, as a surveyor reads them out. */
  corners: string[];
  openSquareMetres: number;
}

/** A box around the middle of some ground, as large as fits into it among a few sizes. */
function boxInside(ground: Areal): Polygon | null {
  const rings = ground.type === "Polygon" ? ground.coordinates : (ground.coordinates[0] ?? []);
  const ring = rings[0] ?? [];
  const middle = (at: 0 | 1) => ring.reduce((sum, position) => sum + (position[at] ?? 0), 0) / ring.length;
  const [lon, lat] = [middle(0), middle(1)];
  for (const half of [0.0004, 0.0002, 0.0001]) {
    const corners = [
      [lon - half, lat - half],
      [lon + half, lat - half],
      [lon + half, lat + half],
      [lon - half, lat + half],
    ].map((position) => position.map((ordinate) => Number(ordinate.toFixed(6))));
    const box: Polygon = { type: "Polygon", coordinates: [[...corners, corners[0] ?? []]] };
    if (Math.abs(geodesicArea(clipTo(box, ground)) - geodesicArea(box)) < 0.01) return box;
  }
  return null;
}

/** An open area of the ledger in which a box of ground can be cleared. */
async function anOpenArea(visitor: Visitor): Promise<OpenArea> {
  const { items } = await ask<{ items: { id: string; code: string }[] }>(
    visitor,
    "/api/land/areas?country=KHM&filter.status=open&filter.areaClass=cha&limit=50",
  );
  for (const { id, code } of items) {
    const { state } = await ask<{ state: { ground: Areal | null; openSquareMetres: number } | null }>(
      visitor,
      `/api/land/areas/KHM/${id}/state`,
    );
    const box = state?.ground ? boxInside(state.ground) : null;
    if (!state || !box) continue;
    const corners = (box.coordinates[0] ?? []).slice(0, -1).map(([lon, lat]) => `${lat}, ${lon}`);
    return { id, code, corners, openSquareMetres: state.openSquareMetres };
  }
  throw new Error("The sample has no open area with room for a box");
}

/** A strip from one to forty metres beside the way from a corner to the next, on its right. */
function stripAlong(from: Position, to: Position): Polygon {
  const [west = 0, south = 0] = from;
  const [east = 0, north = 0] = to;
  const metresPerDegree = 111_320;
  const shrink = Math.cos((south * Math.PI) / 180);
  const [x, y] = [(east - west) * shrink, north - south];
  const length = Math.hypot(x, y) || 1;
  const beside = ([lon = 0, lat = 0]: Position, metres: number): Position =>
    [lon + ((y / length) * metres) / metresPerDegree / shrink, lat - ((x / length) * metres) / metresPerDegree].map(
      (ordinate) => Number(ordinate.toFixed(7)),
    );
  const corners = [beside(from, 1), beside(from, 40), beside(to, 40), beside(to, 1)];
  return { type: "Polygon", coordinates: [[...corners, corners[0] as Position]] };
}

/**
 * An open area whose outline is one ring of few corners, and beside it a strip as another survey would have it: a metre
 * off along the area's longest side, forty metres wide.
 */
async function besideAnArea(visitor: Visitor): Promise<OpenArea> {
  const { items } = await ask<{ items: { id: string; code: string }[] }>(
    visitor,
    "/api/land/areas?country=KHM&filter.status=open&filter.areaClass=cha&limit=50",
  );
  for (const { id, code } of items) {
    const { state } = await ask<{ state: { ground: Areal | null; openSquareMetres: number } | null }>(
      visitor,
      `/api/land/areas/KHM/${id}/state`,
    );
    const rings = state?.ground?.type === "MultiPolygon" ? state.ground.coordinates.flat() : state?.ground?.coordinates;
    const [ring] = rings ?? [];
    if (!state || !ring || rings?.length !== 1 || ring.length > 20 || state.openSquareMetres < 2000) continue;
    const strips = ring.slice(1).map((to, at) => stripAlong(ring[at] as Position, to));
    const [strip] = strips
      .filter((each) => intersectionArea(each, state.ground as Areal) < 1)
      .sort((one, other) => geodesicArea(other) - geodesicArea(one));
    const corners = strip?.coordinates[0]?.slice(0, -1).map(([lon = 0, lat = 0]) => `${lat}, ${lon}`);
    if (corners) return { id, code, corners, openSquareMetres: state.openSquareMetres };
  }
  throw new Error("The sample has no open area with a simple outline");
}

const today = new Date().toISOString().slice(0, 10);

/** All that is cleared in the ledger up to today. */
async function clearedSquareMetres(visitor: Visitor): Promise<number> {
  const { total } = await ask<{ total: { cleared: number } }>(
    visitor,
    `/api/ledger/table?country=KHM&to=${today}&by=none`,
  );
  return total.cleared;
}

const inField = (page: Page, field: string) => page.locator(`[data-field="${field}"]`);

/** Picks a record by its code in a field that searches. */
async function pick(page: Page, field: string, code: string): Promise<void> {
  const input = inField(page, field).getByRole("combobox");
  await input.fill(code);
  await page.getByRole("option", { name: code, exact: false }).first().click();
}

/** Takes one step with the report that a visitor looks at, and confirms it. */
async function act({ page, words }: Visitor, step: string): Promise<void> {
  const name = words(`land-reports.act.${step}`);
  await page.getByRole("main").getByRole("button", { name, exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name, exact: true }).click();
}

const stateTag = ({ page, words }: Visitor, state: string) =>
  page
    .getByRole("main")
    .getByText(words(`code.report-state.${state}`), { exact: true })
    .first();

describe("A clearance report", () => {
  const journey = setStage();

  journey("goes from the field to the ledger, and is put right", 120_000, async ({ visit }) => {
    const operator = await visit({ role: "operator", language: "km", width: 360 });
    const quality = await visit({ role: "quality-officer", language: "en" });
    const manager = await visit({ role: "information-manager", language: "en" });
    await manager.open("/land/reports?country=KHM");
    const area = await anOpenArea(manager);
    const clearedBefore = await clearedSquareMetres(manager);
    const [organisation] = (
      await ask<{ items: { code: string }[] }>(
        manager,
        "/api/organisations?country=KHM&filter.type=ngo-international&limit=1",
      )
    ).items;

    // On a phone, in Khmer: the form is silent until somebody has been there.
    const { page, words } = operator;
    await operator.open("/land/reports?country=KHM");
    await page
      .getByRole("link", { name: words("land-reports.new"), exact: true })
      .first()
      .click();
    await page
      .getByRole("link", { name: words("code.report-type.clearance"), exact: false })
      .first()
      .click();
    await page.getByRole("heading", { level: 1, name: words("code.report-type.clearance"), exact: true }).waitFor();
    await inField(page, "organisation").getByRole("combobox").waitFor();
    expect(await page.locator("[aria-invalid=true]").count()).toBe(0);

    // Handing in too early names what is missing; each line leads to its field.
    await page.getByText(words("land-reports.findings.to-fill", { count: 5 }), { exact: true }).waitFor();
    await page.getByRole("button", { name: words("land-reports.save-and-submit"), exact: true }).click();
    const summary = page.locator("[data-error-summary]");
    await summary.getByRole("button", { name: words("land-reports.field.effectiveOn"), exact: false }).click();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest("[data-field]")?.getAttribute("data-field")))
      .toBe("effectiveOn");
    expect(await barriers(page)).toEqual([]);
    expect(await frameFaults(page)).toEqual([]);
    await picture(page, "km-360 report summary");

    await page.keyboard.type(today);
    await pick(page, "organisation", organisation?.code ?? "");
    await pick(page, "area", area.code);
    await inField(page, "methods").getByLabel(words("code.release-method.manual"), { exact: true }).check();
    await page.getByRole("button", { name: words("land-reports.part.add"), exact: true }).click();
    const part = page.locator('[data-field^="part."]').first();
    await part.getByLabel(words("land-reports.field.depthCentimetres"), { exact: false }).fill("20");
    await part.getByLabel(words("land-reports.polygon"), { exact: true }).check();
    await part.getByRole("tab", { name: words("land.survey.method.coordinates"), exact: true }).click();
    await part
      .getByLabel(words("land.survey.datum"), { exact: false })
      .and(page.locator("select[required]"))
      .selectOption("wgs-84");
    await part.getByLabel(words("land.survey.paste.label"), { exact: true }).fill(area.corners.join("\n"));
    await part
      .getByRole("button", { name: words("land.survey.paste.take", { count: area.corners.length }), exact: true })
      .click();
    const figure = part.locator("[data-area]");
    await expect.poll(() => figure.innerText()).toMatch(/\d/);

    // The line is lost and the page with it: nothing that was typed is.
    await page.getByText(words("land-reports.kept"), { exact: true }).waitFor();
    await page.reload();
    await settled(page);
    await page.getByText(words("ui.draft.restored"), { exact: true }).waitFor();
    await expect.poll(() => summary.count()).toBe(0);
    await page.getByText(words("land-reports.findings.ready"), { exact: true }).waitFor();
    expect(await untranslated(page, "km")).toEqual([]);
    expect(await frameFaults(page)).toEqual([]);
    await page.getByRole("button", { name: words("land-reports.save-and-submit"), exact: true }).click();
    await page.waitForURL(/\/land\/reports\/KHM\/[0-9a-f-]{36}$/);
    await stateTag(operator, "submitted").waitFor();
    expect(
      await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("santi.draft."))),
    ).toEqual([]);
    const path = new URL(page.url()).pathname;
    const code = await page.getByRole("heading", { level: 1 }).innerText();

    // Two people have it open; the faster one decides, the other is told who it was.
    await quality.open("/land/reports?country=KHM");
    await quality.page.getByRole("link", { name: code, exact: true }).click();
    await stateTag(quality, "submitted").waitFor();
    await manager.open(path);
    await act(quality, "verify");
    await stateTag(quality, "verified").waitFor();
    manager.expectTrouble(/409/);
    await act(manager, "verify");
    const dialog = manager.page.getByRole("dialog");
    await dialog.getByText(manager.words("land-reports.overtaken"), { exact: true }).waitFor();
    await dialog.getByText(/Quality officer/).waitFor();
    await picture(manager.page, "en-1280 report overtaken");
    await dialog.getByRole("button", { name: manager.words("land-reports.show-newer"), exact: true }).click();
    await stateTag(manager, "verified").waitFor();

    // What approving it changes stands there before: the entries, and the area after.
    const entries = manager.page.getByRole("table", {
      name: manager.words("land-reports.difference.entries"),
      exact: true,
    });
    const cleared = entries.getByRole("row", { name: new RegExp(manager.words("ledger.account.cleared")) });
    const squareMetres = Number(
      (await cleared.innerText()).replace(/^.*\+/s, "").replace(/[^\d]/g, "").replace(/2$/, ""),
    );
    expect(squareMetres).toBeGreaterThan(100);
    expect(await barriers(manager.page)).toEqual([]);
    await picture(manager.page, "en-1280 report difference");
    await act(manager, "approve");
    await stateTag(manager, "approved").waitFor();
    expect(await clearedSquareMetres(manager)).toBe(clearedBefore + squareMetres);
    const after = await ask<{ state: { openSquareMetres: number } }>(manager, `/api/land/areas/KHM/${area.id}/state`);
    expect(after.state.openSquareMetres).toBe(area.openSquareMetres - squareMetres);

    // A correction is a report of its own and says what it says otherwise.
    await operator.open(path);
    await page.getByRole("link", { name: words("land-reports.put-right"), exact: true }).click();
    await page
      .getByRole("button", { name: words("land-reports.part.open"), exact: true })
      .first()
      .click();
    await page.getByLabel(words("land-reports.field.depthCentimetres"), { exact: false }).first().fill("30");
    await page.getByText(words("land-reports.findings.ready"), { exact: true }).waitFor();
    await page.getByRole("button", { name: words("land-reports.save-and-submit"), exact: true }).click();
    await page.waitForURL((url) => /\/land\/reports\/KHM\/[0-9a-f-]{36}$/.test(url.pathname) && url.pathname !== path);
    await stateTag(operator, "submitted").waitFor();
    await quality.open(new URL(page.url()).pathname);
    const changed = quality.page.getByRole("region", { name: quality.words("land-reports.changed"), exact: true });
    await changed.getByText(/20 cm/).first().waitFor();
    await changed.getByText(/30 cm/).first().waitFor();
    await quality.page
      .getByRole("link", { name: quality.words("land-reports.corrects", { code }), exact: true })
      .waitFor();
    expect(await frameFaults(quality.page)).toEqual([]);
  });

  journey(
    "draws along its neighbours, and leaves nothing on the device of who signs out",
    180_000,
    async ({ visit }) => {
      const operator = await visit({ role: "data-entry", language: "en" });
      const { page, words } = operator;
      await operator.open("/land/reports?country=KHM");
      const area = await besideAnArea(operator);
      await operator.open("/land/reports/new?country=KHM&type=non-technical-survey");
      await page.getByRole("button", { name: words("land-reports.part.add"), exact: true }).click();
      const part = page.locator('[data-field^="part."]').first();
      await part.getByLabel(words("land-reports.polygon"), { exact: true }).check();
      await part.getByRole("tab", { name: words("land.survey.method.coordinates"), exact: true }).click();
      await part
        .getByLabel(words("land.survey.datum"), { exact: false })
        .and(page.locator("select[required]"))
        .selectOption("wgs-84");
      await part.getByLabel(words("land.survey.paste.label"), { exact: true }).fill(area.corners.join("\n"));
      await part
        .getByRole("button", { name: words("land.survey.paste.take", { count: area.corners.length }), exact: true })
        .click();
      const squareMetres = async () => Number((await part.locator("[data-area]").innerText()).replace(/ m²|,/g, ""));
      await expect.poll(squareMetres).toBeGreaterThan(100);
      const typed = await squareMetres();
      const tool = (name: string) =>
        part.getByRole("button", { name: words(`land.survey.tool.${name}`), exact: true }).click();
      const choose = () =>
        part
          .getByLabel(words("land.survey.tool.neighbour"), { exact: true })
          .selectOption({ label: words("land.survey.tool.neighbour.open", { label: area.code }) });
      const apply = () => part.getByRole("button", { name: words("land.survey.tool.apply"), exact: true }).click();
      // Following the border, neither gap nor overlap is left: joined, both have exactly what each of them had.
      await tool("snap");
      await part.getByLabel(words("land.survey.tool.snap-metres"), { exact: false }).fill("3");
      await apply();
      await expect.poll(squareMetres).toBeGreaterThan(typed);
      const fitted = await squareMetres();
      await tool("merge");
      await choose();
      await part.getByText(/\(\+[\d,]+ m²\)/).waitFor();
      await apply();
      await expect.poll(squareMetres).toBeGreaterThan(area.openSquareMetres);
      expect(Math.abs((await squareMetres()) - fitted - area.openSquareMetres)).toBeLessThanOrEqual(1);

      // The neighbour taken out again, the strip is what it was.
      await tool("subtract");
      await choose();
      await part.getByText(/\(−[\d,]+ m²\)/).waitFor();
      await apply();
      await expect.poll(squareMetres).toBeLessThan(area.openSquareMetres);
      expect(Math.abs((await squareMetres()) - fitted)).toBeLessThanOrEqual(1);
      await picture(page, "en-1280 polygon follows borders");
      expect(await barriers(page)).toEqual([]);

      const drafts = () =>
        page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("santi.draft.")).length);
      await expect.poll(drafts).toBeGreaterThan(0);
      const { account } = await ask<{ account: { name: string } }>(operator, "/api/session");
      await page.getByRole("button", { name: words("access.account", { name: account.name }), exact: true }).click();
      await page.getByRole("button", { name: words("access.sign-out"), exact: true }).click();
      await expect.poll(drafts).toBe(0);
    },
  );
});
