import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { travelTime } from "./compiled.ts";
import { anyQuestion } from "./questions.test-helper.ts";
import { referenceTravelTime } from "./reference.ts";
import { differingCells, madeUpSources, madeUpTerrain } from "./samples.test-helper.ts";

describe("travelTime", () => {
  it("finds the same bits, links and nearest sources as the twin on every kind of ground", () => {
    fc.assert(
      fc.property(anyQuestion, ({ friction, sources, options }) => {
        const ours = travelTime(friction, sources, { ...options, routes: true });
        const twin = referenceTravelTime(friction, sources, { ...options, routes: true });
        expect(differingCells(ours.time, twin.time)).toBe(0);
        expect({ ...ours, time: undefined, opened: 0 }).toEqual({ ...twin, time: undefined, opened: 0 });
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ["friction", false],
    ["friction", true],
    ["langmuir", false],
    ["langmuir", true],
  ] as const)("finds the same bits as the twin in 130,000 cells: %s, knight's moves %s", (kind, knight) => {
    const { friction, elevation } = madeUpTerrain(411, 317, 3);
    const sources = madeUpSources(friction, 30, 9);
    const movement = kind === "langmuir" ? ({ kind, elevation } as const) : ({ kind } as const);
    const ours = travelTime(friction, sources, { movement, knight });
    const twin = referenceTravelTime(friction, sources, { movement, knight });
    expect(differingCells(ours.time, twin.time)).toBe(0);
    expect(ours.opened).toBeLessThan(friction.data.length * 1.3);
  });
});
