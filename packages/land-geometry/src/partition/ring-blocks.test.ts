import fc from "fast-check";
import type { Position } from "geojson";
import { describe, expect, test } from "vitest";
import { createBalance } from "./balance.ts";
import { sideOf, toGridRing } from "./grid.ts";
import { partition } from "./overlay.ts";
import { blocksOf, isBeside, sidesPerBlock } from "./ring-blocks.ts";
import { polygon } from "./samples.test-helper.ts";

/** A long outline around a place: corners in turn, each nearer or further by its own share. */
function jagged(lon: number, lat: number, reach: number, shares: readonly number[]): Position[] {
  return shares.map((share, at) => {
    const angle = (at / shares.length) * 2 * Math.PI;
    return [lon + reach * (0.6 + 0.4 * share) * Math.cos(angle), lat + reach * (0.6 + 0.4 * share) * Math.sin(angle)];
  });
}

const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 200, maxLength: 700, size: "max" });
const grid = fc.integer({ min: -2e10, max: 2e10 });

describe("blocks of a long ring", () => {
  test("a block is beside a line only when all its points are strictly to one side of it", () => {
    let beside = 0;
    fc.assert(
      fc.property(shares, grid, grid, grid, grid, (each, ax, ay, bx, by) => {
        fc.pre(ax !== bx || ay !== by);
        const ring = toGridRing(jagged(0, 0, 0.01, each)) ?? [];
        const blocks = blocksOf(ring);
        expect(blocks).toHaveLength(4 * Math.ceil(ring.length / 2 / sidesPerBlock));
        if (!blocks) return;
        for (let block = 0; block < blocks.length / 4; block++) {
          if (!isBeside(blocks, block, ax, ay, bx, by)) continue;
          beside++;
          const from = block * sidesPerBlock - 1;
          const sides = Array.from({ length: sidesPerBlock + 1 }, (_, i) => from + i)
            .filter((at) => at < ring.length / 2)
            .map((at) => (at + ring.length / 2) % (ring.length / 2))
            .map((at) => Math.sign(sideOf(ax, ay, bx, by, ring[2 * at] as number, ring[2 * at + 1] as number)));
          expect(Math.abs(sides.reduce((sum, side) => sum + side, 0))).toBe(sides.length);
        }
      }),
      { numRuns: 60 },
    );
    expect(beside).toBeGreaterThan(100);
  });

  test("short rings have none", () => {
    expect(blocksOf([0, 0, 10, 0, 10, 10])).toBeNull();
  });

  test("with them a balance is what drawing the shares gives, with long common borders and islands", () => {
    fc.assert(
      fc.property(shares, shares, shares, (one, two, three) => {
        const west = jagged(103, 0, 0.01, one);
        const [shell, hole] = [jagged(103, 0, 0.03, two), west.toReversed()];
        // The first fills a hole of the second exactly; the third lies across both.
        const members = [polygon(west), polygon(shell, hole), polygon(jagged(103.012, 0.004, 0.015, three))];
        const areas = partition(members).areas;
        const balance = createBalance(
          members.map((geometry, at) => ({ id: `${at}`, class: `${at}`, order: at, geometry })),
        );
        members.forEach((_, at) => {
          const area = balance.areaOf(`${at}`) ?? Number.NaN;
          expect(Math.abs(area - (areas[at] ?? Number.NaN))).toBeLessThan(1e-9 * area + 1e-3);
        });
      }),
      { numRuns: 5 },
    );
  });
});
