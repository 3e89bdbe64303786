import { readFileSync } from "node:fs";
import { describe, expect } from "vitest";
import { barriers, frameFaults, picture, setTheme, untranslated } from "./support/page-checks.ts";
import { setStage } from "./support/stage.ts";
import { settled, type Visitor } from "./support/visitor.ts";

/** The demining-size example: bearing and distance of each side, the last one back to the start. */
const sides = [
  ["90", "50"],
  ["0", "40.0"],
  ["270", "49.5"],
  ["180.5", "40.2"],
] as const;

/** Types the example, from true north and a start on WGS 84, with the keyboard alone once the first field is reached. */
async function typeTraverse({ page, words }: Visitor): Promise<void> {
  await page.getByLabel(words("land.survey.north"), { exact: true }).selectOption("true");
  const start = page.getByRole("group", { name: words("land.survey.place.start"), exact: true });
  await start.getByLabel(words("land.survey.coordinate"), { exact: false }).fill("16.82, 107.1");
  await page
    .getByLabel(words("land.survey.datum"), { exact: false })
    .and(page.locator("select[required]"))
    .selectOption("wgs-84");
  const legs = page.getByRole("list", { name: words("land.survey.legs"), exact: true });
  const first = legs.getByRole("textbox", { name: words("land.survey.bearing-of", { leg: "SP → TP1" }) });
  await first.fill(sides[0][0]);
  await first.press("Tab");
  await page.keyboard.type(sides[0][1]);
  const second = legs.getByRole("textbox", { name: words("land.survey.bearing-of", { leg: "TP1 → TP2" }) });
  await second.fill(sides[1][0]);
  await second.press("Tab");
  await page.keyboard.type(sides[1][1]);
  // Enter in the last side adds another one and goes there.
  await page.keyboard.press("Enter");
  const third = legs.getByRole("textbox", { name: words("land.survey.bearing-of", { leg: "TP2 → TP3" }) });
  await expect.poll(() => third.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.type(sides[2][0]);
  await page.keyboard.press("Tab");
  await page.keyboard.type(sides[2][1]);
  const closing = (part: "bearing" | "distance") =>
    legs.getByRole("textbox", { name: words(`land.survey.${part}-of`, { leg: "TP3 → SP" }) });
  await closing("bearing").fill(sides[3][0]);
  await closing("distance").fill(sides[3][1]);
}

/** Points along the sides of a square of a thousandth of a degree, so many a side. */
function sidesOfSquare(count: number): (readonly [lon: number, lat: number])[] {
  const corners = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ] as const;
  return corners.flatMap(([x, y], side) => {
    const [toX, toY] = corners[(side + 1) % 4] ?? [0, 0];
    return Array.from({ length: count }, (_, at) => {
      const share = at / count;
      return [107.1 + (x + share * (toX - x)) / 1000, 16.82 + (y + share * (toY - y)) / 1000] as const;
    });
  });
}

describe("Anybody who plots a surveyed polygon", () => {
  const journey = setStage();

  journey(
    "types a traverse, sees how it closes, mends a slip by a tap and takes it back",
    180_000,
    async ({ visit }) => {
      const visitor = await visit({ language: "en", width: 1280 });
      const { page, words } = visitor;
      await visitor.open("/tools/polygon?country=VNM");
      expect(await barriers(page)).toEqual([]);
      await typeTraverse(visitor);

      const closure = page.getByRole("region", { name: words("land.survey.closure"), exact: true });
      await closure.getByText("1:724", { exact: true }).waitFor();
      await closure.getByText("0.248 m", { exact: true }).waitFor();
      await closure.getByText("1,994.9 m²", { exact: true }).waitFor();
      await closure.getByText("1,990 m²", { exact: true }).waitFor();
      const result = page.getByRole("region", { name: words("land.survey.result"), exact: true });
      await result.getByText("1,995 m²", { exact: true }).waitFor();
      const checks = page.getByRole("region", { name: words("land.survey.findings"), exact: true });
      await checks.getByText(words("land.survey.findings.none"), { exact: true }).waitFor();
      await closure.getByText(words("land.survey.closure.table"), { exact: true }).first().click();
      await closure.getByRole("row", { name: /TP3 → SP 180\.500 40\.200 -40\.198 -0\.351/ }).waitFor();
      await picture(page, "en-1280 polygon traverse");

      // The outline leaves as a file, with the survey as typed.
      const saved = page.waitForEvent("download");
      await page.getByRole("button", { name: words("land.survey.download.geojson"), exact: true }).click();
      const path = await (await saved).path();
      const feature = JSON.parse(readFileSync(path, "utf8"));
      expect(feature.properties).toMatchObject({ squareMetres: 1995, precision: 724 });
      expect(feature.properties.survey.closingLeg).toEqual({ bearing: "180.5", distance: "40.2" });

      // Coordinates in the wrong order are put right by one tap, and the tap is taken back.
      await page.getByRole("tab", { name: words("land.survey.method.coordinates"), exact: true }).click();
      await page
        .getByLabel(words("land.survey.paste.label"), { exact: true })
        .fill("SP: 16.82, 107.1\nTP1: 16.8204, 107.1004\nTP2: 16.82, 107.1004\nTP3: 16.8204, 107.1");
      await page.getByRole("button", { name: words("land.survey.paste.take", { count: 4 }), exact: true }).click();
      await checks.getByText(words("land.survey.finding.polygon.vertex-order"), { exact: false }).waitFor();
      await checks.getByRole("button", { name: words("land.survey.suggestion.reorder"), exact: true }).click();
      await checks.getByText(words("land.survey.findings.none"), { exact: true }).waitFor();
      await page
        .getByRole("button", { name: words("land.survey.undo"), exact: true })
        .first()
        .click();
      await checks.getByText(words("land.survey.finding.polygon.vertex-order"), { exact: false }).waitFor();
      expect(await barriers(page)).toEqual([]);
      expect(await frameFaults(page)).toEqual([]);
      await picture(page, "en-1280 polygon coordinates");

      // Going back to the first tab brings back what was typed there.
      await page.getByRole("tab", { name: words("land.survey.method.bearing-distance"), exact: true }).click();
      await closure.getByText("1:724", { exact: true }).waitFor();
    },
  );

  journey("does the same on a phone in Khmer", 180_000, async ({ visit }) => {
    const visitor = await visit({ language: "km", width: 360 });
    const { page, words } = visitor;
    await visitor.open("/tools/polygon?country=VNM");
    await picture(page, "km-360 polygon empty");
    await typeTraverse(visitor);
    const closure = page.getByRole("region", { name: words("land.survey.closure"), exact: true });
    await closure.getByText("1:724", { exact: true }).waitFor();
    await settled(page);
    expect(await frameFaults(page)).toEqual([]);
    expect(await untranslated(page, "km")).toEqual([]);
    expect(await barriers(page)).toEqual([]);
    await picture(page, "km-360 polygon traverse");
    await setTheme(page, "dark");
    expect(await barriers(page)).toEqual([]);
    await setTheme(page, "light");

    // A track from a receiver, read in the browser.
    await page.getByRole("tab", { name: words("land.survey.method.gps-track"), exact: true }).click();
    const around = [...sidesOfSquare(20), [107.1, 16.82] as const];
    const gpx = `<gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>${around
      .map(([lon, lat]) => `<trkpt lat="${lat}" lon="${lon}"/>`)
      .join("")}</trkseg></trk></gpx>`;
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "walk.gpx", mimeType: "application/gpx+xml", buffer: Buffer.from(gpx) });
    await page.getByText(words("land.survey.track.read", { name: "walk.gpx", count: 81 }), { exact: true }).waitFor();
    await page.getByText(words("land.survey.corners.count", { count: 4 }), { exact: true }).waitFor();
    expect(await frameFaults(page)).toEqual([]);

    // Drawing with a finger.
    await page.getByRole("tab", { name: words("land.survey.method.drawn"), exact: true }).click();
    const canvas = page.locator("canvas.maplibregl-canvas");
    await canvas.scrollIntoViewIfNeeded();
    await page.getByRole("button", { name: words("land.survey.draw.draw"), exact: true }).click();
    const box = await canvas.boundingBox();
    if (!box) throw new Error("The map is not shown");
    const wire = await visitor.context.newCDPSession(page);
    await wire.send("Emulation.setTouchEmulationEnabled", { enabled: true });
    const tap = async (x: number, y: number) => {
      const touchPoints = [{ x: box.x + box.width * x, y: box.y + box.height * y }];
      await wire.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
      await wire.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
      await page.waitForTimeout(350);
    };
    for (const [x, y] of [
      [0.3, 0.5],
      [0.6, 0.5],
      [0.6, 0.8],
      [0.3, 0.5],
    ] as const)
      await tap(x, y);
    const list = page.getByRole("list", { name: words("land.survey.corners"), exact: true });
    await expect.poll(() => list.getByRole("textbox").count()).toBe(3);
    await picture(page, "km-360 polygon drawn");
  });

  journey("draws an outline by pointer, changes it in the table, and steps back", 180_000, async ({ visit }) => {
    const visitor = await visit({ language: "en", width: 1280 });
    const { page, words } = visitor;
    await visitor.open("/tools/polygon?country=KHM");
    await page.getByRole("tab", { name: words("land.survey.method.drawn"), exact: true }).click();
    const canvas = page.locator("canvas.maplibregl-canvas");
    await canvas.waitFor();
    // The map goes to the country first.
    await page.waitForLoadState("networkidle");
    await page.getByRole("button", { name: words("land.survey.draw.draw"), exact: true }).click();
    const box = await canvas.boundingBox();
    if (!box) throw new Error("The map is not shown");
    const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
    const corners = [at(0.35, 0.4), at(0.65, 0.4), at(0.65, 0.75), at(0.35, 0.75)] as const;
    for (const corner of [...corners, corners[0]]) {
      await page.mouse.move(...corner);
      await page.mouse.click(...corner);
      await page.waitForTimeout(120);
    }
    const list = page.getByRole("list", { name: words("land.survey.corners"), exact: true });
    await expect.poll(() => list.getByRole("textbox").count()).toBe(4);
    const result = page.getByRole("region", { name: words("land.survey.result"), exact: true });
    const area = result.locator("[data-area]");
    const drawn = await area.innerText();
    expect(drawn).toMatch(/\d m²$/);
    await picture(page, "en-1280 polygon drawn");

    // A corner is dragged, the middle of a side becomes a corner, and a corner is taken away.
    const drag = async (from: readonly [number, number], to: readonly [number, number]) => {
      await page.mouse.move(...from);
      await page.mouse.down();
      await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2, { steps: 12 });
      await page.mouse.move(...to, { steps: 12 });
      await page.mouse.up();
    };
    const lastCorner = list.getByRole("textbox").nth(2);
    const lower = await lastCorner.inputValue();
    await drag(corners[2], at(0.72, 0.75));
    await expect.poll(() => lastCorner.inputValue()).not.toBe(lower);
    await drag(at(0.35, 0.575), at(0.25, 0.575));
    await expect.poll(() => list.getByRole("textbox").count()).toBe(5);
    const longitude = async (row: number) =>
      Number((await list.getByRole("textbox").nth(row).inputValue()).split(", ")[1]);
    expect(await longitude(1)).toBeLessThan(await longitude(0));
    await page.getByRole("button", { name: words("land.survey.draw.remove"), exact: true }).click();
    await page.mouse.click(...corners[1]);
    await expect.poll(() => list.getByRole("textbox").count()).toBe(4);
    for (let steps = 0; steps < 3; steps++)
      await page
        .getByRole("button", { name: words("land.survey.undo"), exact: true })
        .first()
        .click();
    await expect.poll(() => area.innerText()).toBe(drawn);

    // The keyboard's way: the same corners in a table.
    const first = list.getByRole("textbox").first();
    const before = await first.inputValue();
    await first.fill(before.replace(/^(\d+)\.\d/, "$1.9"));
    await expect.poll(() => area.innerText()).not.toBe(drawn);
    await page
      .getByRole("button", { name: words("land.survey.undo"), exact: true })
      .first()
      .click();
    await expect.poll(() => area.innerText()).toBe(drawn);
    expect(await first.inputValue()).toBe(before);

    // Cut from corner to corner by the keyboard's way, one piece kept, and taken back by keys.
    await page.getByRole("button", { name: words("land.survey.tool.split"), exact: true }).click();
    await page.getByLabel(words("land.survey.split.from"), { exact: true }).selectOption("SP");
    await page.getByLabel(words("land.survey.split.to"), { exact: true }).selectOption("TP2");
    await page.getByRole("button", { name: /^A: / }).click();
    await expect.poll(() => list.getByRole("textbox").count()).toBe(3);
    expect(await area.innerText()).not.toBe(drawn);
    await page.getByRole("button", { name: words("land.survey.tool.split"), exact: true }).focus();
    await page.keyboard.press("Control+z");
    await expect.poll(() => area.innerText()).toBe(drawn);
    await page.keyboard.press("Control+Shift+z");
    await expect.poll(() => list.getByRole("textbox").count()).toBe(3);
    await page.keyboard.press("Control+z");

    // A fade-out says what it makes of the outline before it does so.
    await page.getByRole("button", { name: words("land.survey.tool.fade-out"), exact: true }).click();
    await page.getByLabel(words("land.survey.tool.metres"), { exact: false }).fill("5");
    await page.getByRole("button", { name: words("land.survey.tool.apply"), exact: true }).click();
    await expect.poll(() => area.innerText()).not.toBe(drawn);
    expect(await barriers(page)).toEqual([]);
  });
});
