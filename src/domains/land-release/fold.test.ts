import { areaSquareMetres, intersectionArea } from "@santi/land-geometry";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { amountsOf, imbalance, movementGap, movementOf, type Posting } from "../ledger/model.ts";
import { applyReport } from "./fold.ts";
import { type Areal, isEmpty } from "./ground.ts";
import { aBox, anId, aPart, aReport, aWorld, strips } from "./samples.ts";
import type { Effects, ReportFacts, World } from "./state.ts";

function run(world: World, ...reports: ReportFacts[]): Effects[] {
  return reports.map((report) => applyReport(world, report));
}
const postingsOf = (effects: readonly Effects[]) => effects.flatMap(({ postings }) => postings);
const errorsOf = (effects: readonly Effects[]) =>
  effects.flatMap(({ findings }) => findings.filter(({ severity }) => severity === "error").map(({ check }) => check));

/** A minefield of 100,000 m² in four strips. */
const { whole, parts: quarters } = strips(103, 13, 103.003, [40_000, 35_000, 20_000, 5_000]);
const [lowest, second, third] = quarters as [Areal, Areal, Areal];
const area = anId(1);
const identified = aReport(100, {
  effectiveOn: "2024-01-10",
  body: { parts: [aPart(1, { outcome: "identified", geometry: whole, areaClass: "cha", code: "HA-1" })] },
});
const says = (n: number, type: ReportFacts["type"], effectiveOn: string, part: ReturnType<typeof aPart>) =>
  aReport(n, { type, effectiveOn, area, body: { parts: [part] } });
const cancelled = says(101, "cancellation", "2024-02-01", aPart(2, { outcome: "cancelled", geometry: lowest }));
const reduced = says(
  102,
  "technical-survey",
  "2024-03-01",
  aPart(3, { outcome: "reduced", geometry: second, withAsset: true }),
);
const cleared = says(
  103,
  "clearance",
  "2024-04-01",
  aPart(4, { outcome: "cleared", geometry: third, depthCentimetres: 20 }),
);

describe("the balance of a task", () => {
  it("closes: 100,000 = 40,000 cancelled + 35,000 reduced + 20,000 cleared + 5,000 remaining", () => {
    const world = aWorld();
    const effects = run(world, identified, cancelled, reduced, cleared);
    expect(errorsOf(effects)).toEqual([]);
    expect(amountsOf(postingsOf(effects))).toEqual({
      identified: -100_000,
      confirmed: 5_000,
      cancelled: 40_000,
      "reduced-with-asset": 35_000,
      cleared: 20_000,
    });
    expect(world.areas.get(area)).toMatchObject({ openSquareMetres: 5_000, status: "worked-on" });
    for (const { postings } of effects) expect(imbalance(postings)).toBe(0);
  });

  it("takes clearance beyond the border as a boundary increase of the same size", () => {
    const fadeOut = strips(103, 13, 103.003, [75_000, 20_000, 5_000, 1_500]);
    const world = aWorld();
    const beyond = aReport(104, {
      type: "clearance",
      area,
      effectiveOn: "2024-04-01",
      body: {
        parts: [
          aPart(5, { outcome: "cleared", geometry: fadeOut.parts[1] as Areal, depthCentimetres: 20 }),
          aPart(6, { outcome: "cleared", geometry: fadeOut.parts[3] as Areal, depthCentimetres: 20 }),
        ],
      },
    });
    const amounts = amountsOf(postingsOf(run(world, identified, cancelled, reduced, beyond)));
    expect(amounts).toEqual({
      identified: -100_000,
      "boundary-increase": -1_500,
      confirmed: 5_000,
      cancelled: 40_000,
      "reduced-with-asset": 35_000,
      cleared: 21_500,
    });
  });

  it("moves suspected land to confirmed without changing the total", () => {
    const world = aWorld();
    const suspected = strips(104, 13, 104.02, [300_000, 700_000]);
    const effects = run(
      world,
      aReport(110, {
        body: { parts: [aPart(10, { outcome: "identified", geometry: suspected.whole, areaClass: "sha" })] },
      }),
      aReport(111, {
        type: "technical-survey",
        effectiveOn: "2024-06-01",
        area: anId(10),
        body: {
          parts: [aPart(11, { outcome: "reclassified", geometry: suspected.parts[0] as Areal, areaClass: "cha" })],
        },
      }),
    );
    expect(amountsOf(postingsOf(effects.slice(1)))).toEqual({ suspected: -300_000, confirmed: 300_000 });
    expect(world.areas.get(anId(11))).toMatchObject({ areaClass: "cha", parent: anId(10), openSquareMetres: 300_000 });
  });
});

describe("what may not be", () => {
  const opened = () => {
    const world = aWorld();
    run(world, identified);
    return world;
  };

  it.each([
    [
      "a report before the area exists",
      says(120, "cancellation", "2023-12-31", aPart(20, { outcome: "cancelled" })),
      "report-before-area",
    ],
    [
      "cleared land without a depth",
      says(121, "clearance", "2024-05-01", aPart(21, { outcome: "cleared" })),
      "depth-missing",
    ],
    [
      "ground that is nowhere near",
      says(122, "cancellation", "2024-05-01", aPart(22, { outcome: "cancelled", geometry: aBox(99, 9, 99.01, 9.01) })),
      "part-elsewhere",
    ],
    [
      "an area that nobody knows",
      { ...says(123, "cancellation", "2024-05-01", aPart(23, { outcome: "cancelled" })), area: anId(999) },
      "area-unknown",
    ],
    [
      "completion while land is open",
      aReport(124, { type: "completion", effectiveOn: "2024-05-01", area, body: {} }),
      "land-open-remains",
    ],
    [
      "handover of an open area",
      aReport(125, { type: "handover", effectiveOn: "2024-05-01", area, body: {} }),
      "transition-not-allowed",
    ],
  ])("%s", (_what, report, check) => {
    const world = opened();
    expect(errorsOf(run(world, report))).toEqual([check]);
  });

  it("nothing of a closed area is released again", () => {
    const world = opened();
    const all = says(130, "cancellation", "2024-05-01", aPart(30, { outcome: "cancelled" }));
    const again = says(131, "cancellation", "2024-06-01", aPart(31, { outcome: "cancelled" }));
    expect(errorsOf(run(world, all, again))).toEqual(["area-closed"]);
  });
});

describe("a metre counts once", () => {
  it("where a new area overlaps an open one", () => {
    const world = aWorld();
    run(world, identified);
    const half = aBox(103.0015, 13, 103.0045, 13.001);
    const [effects] = run(
      world,
      aReport(140, {
        effectiveOn: "2024-02-01",
        body: { parts: [aPart(40, { outcome: "identified", geometry: half, areaClass: "sha", code: "HA-2" })] },
      }),
    ) as [Effects];
    const overlap = Math.round(intersectionArea(half, whole));
    expect(effects.findings).toMatchObject([
      { check: "overlaps-open-area", params: { code: "HA-1", squareMetres: overlap } },
    ]);
    expect(
      Math.abs((world.areas.get(anId(40))?.openSquareMetres ?? 0) - areaSquareMetres(half) + overlap),
    ).toBeLessThan(2);
  });

  it("where two products of one area overlap", () => {
    const world = aWorld();
    const most = strips(103, 13, 103.003, [60_000]).whole;
    const again = says(141, "cancellation", "2024-03-01", aPart(41, { outcome: "cancelled", geometry: most }));
    const effects = run(world, identified, cancelled, again);
    expect(amountsOf(postingsOf(effects)).cancelled).toBe(60_000);
    expect(effects[2]?.findings.map(({ check }) => check)).toEqual(["overlaps-own-product"]);
  });

  it("nor does an indication that a survey struck off count: it was never a hazardous area", () => {
    for (const geometry of [null, whole]) {
      const world = aWorld();
      const noted = aReport(160, {
        effectiveOn: "2024-01-10",
        body: { parts: [aPart(1, { outcome: "identified", geometry: whole, areaClass: "indication" })] },
      });
      const nothing = says(161, "non-technical-survey", "2024-02-01", aPart(60, { outcome: "cancelled", geometry }));
      const effects = run(world, noted, nothing);
      expect(errorsOf(effects)).toEqual([]);
      expect(postingsOf(effects)).toEqual([]);
      expect(effects.flatMap(({ products }) => products)).toEqual([]);
      expect(world.areas.get(area)).toMatchObject({ status: "closed", closureReason: "cancelled" });
    }
    const world = aWorld();
    const noted = aReport(162, {
      effectiveOn: "2024-01-10",
      body: { parts: [aPart(1, { outcome: "identified", geometry: whole, areaClass: "indication" })] },
    });
    const half = says(163, "non-technical-survey", "2024-02-01", aPart(61, { outcome: "cancelled", geometry: lowest }));
    expect(postingsOf(run(world, noted, half))).toEqual([]);
    expect(world.areas.get(area)).toMatchObject({ status: "open", openSquareMetres: 0 });
  });

  it("but land where an item was missed is a new area, and the released figure stays", () => {
    const world = aWorld();
    const gone = says(150, "clearance", "2024-04-01", aPart(50, { outcome: "cleared", depthCentimetres: 20 }));
    const missed = says(
      151,
      "non-technical-survey",
      "2024-09-01",
      aPart(51, { outcome: "missed-item", geometry: third, areaClass: "cha" }),
    );
    const amounts = amountsOf(postingsOf(run(world, identified, gone, missed)));
    expect(amounts).toMatchObject({ cleared: 100_000, confirmed: 20_000, identified: -120_000 });
    expect(world.areas.get(anId(51))).toMatchObject({ parent: area, status: "open" });
  });
});

/** Reports in any order about boxes on a coarse grid, so that they share borders, overlap and repeat each other. */
const cell = fc.tuple(
  fc.integer({ min: 0, max: 6 }),
  fc.integer({ min: 0, max: 6 }),
  fc.integer({ min: 1, max: 4 }),
  fc.integer({ min: 1, max: 4 }),
);
const anyBox = cell.map(([x, y, w, h]) =>
  aBox(103 + x / 1000, 13 + y / 1000, 103 + (x + w) / 1000, 13 + (y + h) / 1000),
);
const anyStep = fc.record({
  outcome: fc.constantFrom(
    "identified",
    "cancelled",
    "reduced",
    "cleared",
    "boundary-increase",
    "boundary-decrease",
    "reclassified",
    "administrative",
    "missed-item",
  ) as fc.Arbitrary<Parameters<typeof aPart>[1]["outcome"]>,
  geometry: fc.option(anyBox, { freq: 4 }),
  about: fc.nat({ max: 5 }),
  areaClass: fc.constantFrom("sha", "cha") as fc.Arbitrary<"sha" | "cha">,
});

describe("whatever is reported", () => {
  it("every report balances, accounts equal the ground, and no metre is open or released twice", () => {
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 1, maxLength: 12 }), (wanted) => {
        const world = aWorld();
        const postings: Posting[] = [];
        wanted.forEach((step, i) => {
          const known = [...world.areas.keys()];
          const outcome = known.length === 0 ? "identified" : step.outcome;
          const geometry = outcome === "identified" ? (step.geometry ?? aBox(103, 13, 103.002, 13.002)) : step.geometry;
          const part = aPart(1000 + i, {
            outcome,
            geometry,
            areaClass: step.areaClass,
            depthCentimetres: 20,
            withAsset: i % 2 === 0,
          });
          const report = aReport(2000 + i, {
            type: "re-survey",
            effectiveOn: `2024-${String(i + 1).padStart(2, "0")}-01`,
            area: known[step.about % Math.max(1, known.length)] ?? null,
            body: { parts: [part] },
          });
          const trial = aWorld({ areas: new Map(world.areas) });
          const effects = applyReport(trial, report);
          if (effects.findings.some(({ severity }) => severity === "error")) return;
          world.areas = trial.areas;
          expect(imbalance(effects.postings)).toBe(0);
          postings.push(...effects.postings);
        });
        const all = amountsOf(postings);
        expect(movementGap(movementOf({}, all))).toBe(0);
        const states = [...world.areas.values()];
        for (const state of states) {
          const mine = amountsOf(postings.filter((posting) => posting.area === state.id));
          expect((mine.suspected ?? 0) + (mine.confirmed ?? 0)).toBe(state.openSquareMetres);
          const drawn = isEmpty(state.ground) ? 0 : areaSquareMetres(state.ground);
          // The half that was split off is the rest of its parent's balance: one metre of rounding may lie between.
          expect(Math.abs(drawn - state.openSquareMetres)).toBeLessThanOrEqual(state.parent ? 1 : 0);
          state.released.forEach((one, i) => {
            if (!isEmpty(state.ground)) expect(intersectionArea(one, state.ground)).toBeLessThan(0.5);
            for (const other of state.released.slice(i + 1)) expect(intersectionArea(one, other)).toBeLessThan(0.5);
          });
        }
        states.forEach((one, i) => {
          for (const other of states.slice(i + 1))
            if (!isEmpty(one.ground) && !isEmpty(other.ground))
              expect(intersectionArea(one.ground, other.ground)).toBeLessThan(0.5);
        });
      }),
      { numRuns: 150 },
    );
  });
});
