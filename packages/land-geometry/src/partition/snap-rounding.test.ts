import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sideOf, toDegrees, toGrid } from "./grid.ts";
import { crossingPoint, type NodedSides, nodeSides } from "./snap-rounding.ts";

/** Sides with ends on a small grid, where almost every crossing has to be rounded and many cells are passed. */
const smallSides = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 12 }),
    fc.integer({ min: 0, max: 12 }),
    fc.integer({ min: 0, max: 12 }),
    fc.integer({ min: 0, max: 12 }),
  ),
  { minLength: 1, maxLength: 24 },
);

/** The same far from the origin, with long sides that run close to each other. */
const longSides = fc
  .array(
    fc.tuple(
      fc.integer({ min: -30, max: 30 }),
      fc.integer({ min: -30, max: 30 }),
      fc.integer({ min: -30, max: 30 }),
      fc.integer({ min: -30, max: 30 }),
    ),
    { minLength: 2, maxLength: 12 },
  )
  .map((sides) => sides.map(([a, b, c, d]) => [1.03e14 + a, 1.3e13 + b, 1.0302e14 + c, 1.3007e13 + d]));

function node(sides: readonly (readonly number[])[]): NodedSides {
  return nodeSides({ ends: sides.flat(), sources: sides.map((_, at) => at) });
}

const at = ({ points }: NodedSides, point: number | undefined): [number, number] => [
  points[2 * (point ?? 0)] ?? Number.NaN,
  points[2 * (point ?? 0) + 1] ?? Number.NaN,
];

function isFullyNoded(noded: NodedSides): boolean {
  const pieces = noded.sources.map((_, k) => [noded.pieces[2 * k] ?? 0, noded.pieces[2 * k + 1] ?? 0] as const);
  for (const [a, b] of pieces) {
    const [ax, ay, bx, by] = [...at(noded, a), ...at(noded, b)] as [number, number, number, number];
    for (let point = 0; point < noded.points.length / 2; point++) {
      if (point === a || point === b) continue;
      const [x, y] = at(noded, point);
      const inBox = x >= Math.min(ax, bx) && x <= Math.max(ax, bx) && y >= Math.min(ay, by) && y <= Math.max(ay, by);
      if (inBox && sideOf(ax, ay, bx, by, x, y) === 0) return false;
    }
    for (const [c, d] of pieces) {
      const [cx, cy, dx, dy] = [...at(noded, c), ...at(noded, d)] as [number, number, number, number];
      const crosses =
        Math.sign(sideOf(ax, ay, bx, by, cx, cy)) * Math.sign(sideOf(ax, ay, bx, by, dx, dy)) < 0 &&
        Math.sign(sideOf(cx, cy, dx, dy, ax, ay)) * Math.sign(sideOf(cx, cy, dx, dy, bx, by)) < 0;
      if (crosses) return false;
    }
  }
  return true;
}

describe("sides on the grid", () => {
  test("grid steps survive the way to degrees and back", () => {
    fc.assert(
      fc.property(fc.integer({ min: -180e12, max: 180e12 }), (steps) => {
        expect(toGrid(toDegrees(steps))).toBe(steps);
      }),
    );
  });

  test("no pieces cross and none passes through a point in its middle", () => {
    fc.assert(
      fc.property(smallSides, (sides) => isFullyNoded(node(sides))),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(longSides, (sides) => isFullyNoded(node(sides))),
      { numRuns: 150 },
    );
  });

  test("the pieces of a side lead from one of its ends to the other", () => {
    fc.assert(
      fc.property(smallSides, (sides) => {
        const noded = node(sides);
        sides.forEach(([ax, ay, bx, by], side) => {
          let [x, y] = [ax, ay] as [number, number];
          noded.sources.forEach((source, piece) => {
            if (source !== side) return;
            expect(at(noded, noded.pieces[2 * piece])).toEqual([x, y]);
            [x, y] = at(noded, noded.pieces[2 * piece + 1]);
          });
          expect([x, y]).toEqual([bx, by]);
        });
      }),
      { numRuns: 200 },
    );
  });

  test("the order and the direction of the sides make no difference", () => {
    const drawn = (noded: NodedSides, sourceOf: (at: number) => number) =>
      noded.sources
        .map((source, k) => {
          const ends = [noded.pieces[2 * k], noded.pieces[2 * k + 1]].map((point) => at(noded, point).join(" "));
          return `${sourceOf(source)}: ${ends.sort().join(" – ")}`;
        })
        .sort();
    fc.assert(
      fc.property(fc.oneof(smallSides, longSides), (sides) => {
        const turned = sides.map(([a = 0, b = 0, c = 0, d = 0]) => [c, d, a, b]).toReversed();
        const last = sides.length - 1;
        expect(drawn(node(turned), (source) => last - source)).toEqual(drawn(node(sides), (source) => source));
      }),
      { numRuns: 200 },
    );
  });

  test("a crossing goes to the nearest point of the grid, halves to the north and east", () => {
    expect(crossingPoint(0, 0, 3, 3, 0, 3, 3, 0)).toEqual([2, 2]);
    expect(crossingPoint(0, 0, -3, -3, 0, -3, -3, 0)).toEqual([-1, -1]);
    expect(crossingPoint(0, 0, 10, 1, 5, 1, 5, -1)).toEqual([5, 1]);
    expect(crossingPoint(0, 0, 10, 1, 4, 1, 4, -1)).toEqual([4, 0]);
  });
});
