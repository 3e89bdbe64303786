import { describe, expect } from "vitest";
import { barriers, frameFaults, picture, untranslated } from "./support/page-checks.ts";
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

describe("Anybody who plots a surveyed polygon", () => {
  const journey = setStage();

  journey(
    "types a traverse, sees how it closes, mends a slip by a tap and takes it back",
    90_000,
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
      const feature = JSON.parse(await (await import("node:fs/promises")).readFile(path, "utf8"));
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

  journey("does the same on a phone in Khmer", 90_000, async ({ visit }) => {
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
    await closure.scrollIntoViewIfNeeded();
    await picture(page, "km-360 polygon traverse");
  });

  journey("draws an outline by pointer, changes it in the table, and steps back", 90_000, async ({ visit }) => {
    const visitor = await visit({ language: "en", width: 1280 });
    const { page, words } = visitor;
    await visitor.open("/tools/polygon?country=KHM");
    await page.getByRole("tab", { name: words("land.survey.method.drawn"), exact: true }).click();
    const canvas = page.locator("canvas.maplibregl-canvas");
    await canvas.waitFor();
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
  });
});
