import { describe, expect, it } from "vitest";
import type { Part } from "./contract-body.ts";
import { applyReport } from "./fold.ts";
import { aBox, anId, aPart, aReport, aWorld, strips } from "./samples.ts";
import type { ReportFacts, World } from "./state.ts";

const { whole, parts } = strips(103, 13, 103.003, [40_000, 60_000]);
const [lower, upper] = parts as [typeof whole, typeof whole];
const area = anId(1);
const code = "HA-1";

/** A world in which a survey of 10 January 2024 found a confirmed area of 100,000 m². */
function surveyed(areaClass: Part["areaClass"] = "cha"): World {
  const world = aWorld();
  const found = aPart(1, { outcome: "identified", geometry: whole, areaClass, code });
  const effects = applyReport(world, aReport(100, { effectiveOn: "2024-01-10", body: { parts: [found] } }));
  expect(effects.findings).toEqual([]);
  return world;
}

/** What is found about one part of a report of 1 February 2024, with the square metres that it posts. */
function told(world: World, type: ReportFacts["type"], part: Part, about: string | null = area) {
  const report = aReport(101, { type, effectiveOn: "2024-02-01", area: about, body: { parts: [part] } });
  const { findings, postings } = applyReport(world, report);
  return { found: findings.map(({ check, severity, params }) => ({ check, severity, ...params })), postings };
}

describe("ground that cannot be", () => {
  it("a product larger than its area counts only what the area has", () => {
    const larger = aBox(102.99, 12.99, 103.02, 13.02);
    const { found, postings } = told(surveyed(), "cancellation", aPart(2, { outcome: "cancelled", geometry: larger }));
    expect(found).toMatchObject([{ check: "part-beyond-area", severity: "warning", code }]);
    expect(postings.map(({ account, squareMetres }) => [account, squareMetres])).toEqual([
      ["confirmed", -100_000],
      ["cancelled", 100_000],
    ]);
  });

  it("clearance may reach a little beyond the area, and much beyond is told", () => {
    const slightly = strips(103, 13, 103.003, [100_000, 5_000]).whole;
    const clear = (geometry: typeof whole) => aPart(2, { outcome: "cleared", geometry, depthCentimetres: 20 });
    expect(told(surveyed(), "clearance", clear(slightly)).found).toEqual([]);
    const much = strips(103, 13, 103.003, [100_000, 15_000]).whole;
    expect(told(surveyed(), "clearance", clear(much)).found).toMatchObject([
      { check: "fade-out-large", severity: "warning", code, squareMetres: 15_000 },
    ]);
  });

  it("a part that another holds wholly, or that was released, vanishes", () => {
    const world = surveyed();
    const same = aPart(3, { outcome: "identified", geometry: lower, areaClass: "sha" });
    expect(told(world, "non-technical-survey", same, null).found).toMatchObject([
      { check: "overlaps-open-area", severity: "warning", code, squareMetres: 40_000 },
      { check: "area-vanishes", severity: "error" },
    ]);
    const elsewhere = aPart(4, { outcome: "cancelled", geometry: aBox(104, 13, 104.001, 13.001) });
    expect(told(surveyed(), "cancellation", elsewhere).found).toMatchObject([
      { check: "part-elsewhere", severity: "error", code, metres: 108_159 },
    ]);
  });

  it("ground beside the area is told, even when it is small, and ground far from it changes nothing", () => {
    const beside = (metres: number) =>
      aPart(2, {
        outcome: "cleared",
        geometry: aBox(103.003 + metres / 108_500, 13, 103.003 + metres / 108_500 + 1e-5, 13.0001),
        depthCentimetres: 20,
      });
    expect(told(surveyed(), "clearance", beside(50)).found).toMatchObject([
      { check: "part-beside", severity: "warning", code, metres: 50 },
    ]);
    for (const outcome of ["cleared", "boundary-increase", "reclassified"] as const) {
      const world = surveyed();
      const before = world.areas.get(area);
      const far = { ...beside(2000), outcome, areaClass: "sha" } as const;
      const { found, postings } = told(world, "technical-survey", far);
      expect(found).toMatchObject([{ check: "part-elsewhere", severity: "error", code, metres: 2000 }]);
      expect(postings).toEqual([]);
      expect(world.areas.get(area)).toBe(before);
    }
  });

  it("parts of one polygon that overlap are counted once, and heights are left out", () => {
    const high = (box: typeof whole) => box.coordinates.map((ring) => ring.map(([x, y]) => [x ?? 0, y ?? 0, 12.5, 7]));
    const twice = { type: "MultiPolygon" as const, coordinates: [high(whole), high(upper)] };
    const world = aWorld();
    const found = aPart(1, { outcome: "identified", geometry: twice, areaClass: "cha" });
    const { postings } = told(world, "non-technical-survey", found, null);
    expect(postings.find(({ account }) => account === "confirmed")?.squareMetres).toBe(100_000);
    const { perimeter } = world.areas.get(area) as { perimeter: typeof twice };
    expect(perimeter.coordinates.flat(2).every((position) => position.length === 2)).toBe(true);
  });

  it("a polygon below half a square metre is called too small", () => {
    const speck = aPart(2, { outcome: "identified", geometry: aBox(104, 13, 104.000005, 13.000005), areaClass: "sha" });
    expect(told(aWorld(), "non-technical-survey", speck, null).found).toMatchObject([
      { check: "polygon-too-small", severity: "error" },
    ]);
  });

  it("what is left between two borders is told when it is a sliver", () => {
    const nearly = strips(103, 13, 103.003, [99_990, 10]).parts[0] as typeof whole;
    const { found } = told(surveyed(), "cancellation", aPart(2, { outcome: "cancelled", geometry: nearly }));
    expect(found).toMatchObject([{ check: "sliver-remains", severity: "warning", code, squareMetres: 10 }]);
  });

  it("land that was given back and is reported again needs a second look", () => {
    const world = surveyed();
    expect(told(world, "cancellation", aPart(2, { outcome: "cancelled", geometry: lower })).found).toEqual([]);
    const again = aPart(3, { outcome: "identified", geometry: lower, areaClass: "sha" });
    expect(told(world, "non-technical-survey", again, null).found).toMatchObject([
      { check: "overlaps-released-land", severity: "warning", code, squareMetres: 40_000 },
    ]);
  });
});

describe("areas that cannot be", () => {
  it.each([
    ["nobody knows", aPart(2, { outcome: "cancelled" }), anId(50), "area-unknown"],
    [
      "is in the ledger already",
      aPart(2, { outcome: "identified", area, areaClass: "cha" }),
      null,
      "area-already-in-ledger",
    ],
    [
      "has no class",
      aPart(2, { outcome: "identified", geometry: aBox(104, 13, 104.001, 13.001) }),
      null,
      "class-missing",
    ],
    ["has that class", aPart(2, { outcome: "reclassified", areaClass: "cha" }), area, "class-unchanged"],
    ["is to have no class", aPart(2, { outcome: "reclassified" }), area, "class-missing"],
    ["moves its border nowhere", aPart(2, { outcome: "boundary-increase" }), area, "geometry-missing"],
    ["moves its border inwards", aPart(2, { outcome: "boundary-increase", geometry: upper }), area, "area-vanishes"],
    [
      "is made by a part that made one",
      aPart(1, { outcome: "identified", geometry: upper, areaClass: "sha" }),
      null,
      "part-taken",
    ],
    [
      "is split off by a part that made one",
      aPart(1, { outcome: "reclassified", geometry: upper, areaClass: "sha" }),
      area,
      "part-taken",
    ],
  ])("an area that %s is refused, and nothing changes", (_what, part, about, check) => {
    const world = surveyed();
    const before = world.areas.get(area);
    const { found, postings } = told(world, about === null ? "non-technical-survey" : "re-survey", part, about);
    expect(found).toMatchObject([{ check, severity: "error" }]);
    expect(postings).toEqual([]);
    expect(world.areas.get(area)).toEqual(before);
    expect(world.areas.size).toBe(1);
  });

  it("an area is split into two of its class, but not into itself and nothing", () => {
    const world = surveyed();
    const split = aPart(2, { outcome: "reclassified", geometry: lower, areaClass: "cha" });
    const { found, postings } = told(world, "re-survey", split);
    expect(found).toEqual([]);
    expect(postings.map(({ area: of, account, squareMetres }) => [of, account, squareMetres])).toEqual([
      [area, "confirmed", -40_000],
      [anId(2), "confirmed", 40_000],
    ]);
    expect(world.areas.get(anId(2))).toMatchObject({ openSquareMetres: 40_000, parent: area, evidence: "direct" });
    expect(world.areas.get(area)).toMatchObject({ openSquareMetres: 60_000, status: "open" });
    const all = aPart(3, { outcome: "reclassified", geometry: whole, areaClass: "cha" });
    expect(told(surveyed(), "re-survey", all).found).toMatchObject([{ check: "class-unchanged", severity: "error" }]);
  });

  it("work reported after an area was closed is told", () => {
    const world = surveyed();
    told(world, "cancellation", aPart(2, { outcome: "cancelled" }));
    const progress = (effectiveOn: string) =>
      applyReport(world, aReport(102, { type: "progress", effectiveOn, area, body: {} })).findings;
    expect(progress("2024-02-01")).toEqual([]);
    expect(progress("2024-02-02")).toMatchObject([
      { check: "work-after-closing", severity: "warning", params: { code, date: "2024-02-01" } },
    ]);
  });

  it("an area without a polygon is taken in with nothing, and told", () => {
    const part = aPart(2, { outcome: "identified", areaClass: "sha" });
    const { found, postings } = told(aWorld(), "non-technical-survey", part, null);
    expect(found).toMatchObject([{ check: "area-without-polygon", severity: "warning" }]);
    expect(postings).toEqual([]);
  });

  it("an area that the ledger does not have releases nothing", () => {
    const world = surveyed();
    const noted = { ...(world.areas.get(area) as object), id: anId(2), code: "HA-2", carried: false };
    world.areas.set(anId(2), noted as never);
    const { found, postings } = told(world, "cancellation", aPart(3, { outcome: "cancelled" }), anId(2));
    expect(found).toMatchObject([{ check: "area-not-in-ledger", severity: "error", code: "HA-2" }]);
    expect(postings).toEqual([]);
  });
});
