import fc from "fast-check";
import type { Position } from "geojson";
import { describe, expect, it } from "vitest";
import { distanceToSegment, simplifyLine } from "./simplify.ts";

const positions = fc.array(
  fc.tuple(fc.double({ min: 100, max: 101, noNaN: true }), fc.double({ min: 10, max: 11, noNaN: true })),
  { minLength: 2, maxLength: 60 },
);

function distanceToLine(point: Position, line: readonly Position[]): number {
  return Math.min(...line.slice(1).map((end, i) => distanceToSegment(point, line[i] as Position, end)));
}

describe("thinning a line", () => {
  it("keeps the ends and leaves every dropped point within the tolerance", () => {
    fc.assert(
      fc.property(positions, fc.integer({ min: 1, max: 20_000 }), (line, tolerance) => {
        const thin = simplifyLine(line, tolerance);
        expect([thin[0], thin.at(-1)]).toEqual([line[0], line.at(-1)]);
        for (const point of line) expect(distanceToLine(point, thin)).toBeLessThanOrEqual(tolerance);
      }),
    );
  });

  it("keeps a small island a polygon", () => {
    const island = [
      [100, 10],
      [100.001, 10],
      [100.001, 10.001],
      [100, 10.001],
      [100, 10],
    ];
    expect(simplifyLine(island, 100_000).length).toBeGreaterThanOrEqual(4);
  });

  it("measures on the ground: a degree of longitude is half as long at 60 degrees north", () => {
    expect(distanceToSegment([1, 60], [0, 59], [0, 61]) / distanceToSegment([1, 0], [0, -1], [0, 1])).toBeCloseTo(
      0.5,
      6,
    );
  });
});
