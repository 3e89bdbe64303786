import { inflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writePng } from "./engine/png.ts";
import {
  beyondBin,
  binOf,
  longestSeconds,
  memoryNeed,
  minutesPerBin,
  peopleIn,
  peopleWithin,
  rankGaps,
} from "./model.ts";

describe("bins of travel time", () => {
  it("hold their upper end, so that people within so many minutes are those of the bins up to it", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: longestSeconds * 1.2, noNaN: true }), { maxLength: 60 }),
        fc.integer({ min: 1, max: longestSeconds / 60 / minutesPerBin }),
        (times, steps) => {
          const bins = new Array<number>(beyondBin + 1).fill(0);
          for (const time of times) bins[binOf(time)] = (bins[binOf(time)] ?? 0) + 1;
          const minutes = steps * minutesPerBin;
          expect(peopleWithin(bins, minutes)).toBe(times.filter((time) => time <= minutes * 60).length);
          expect(peopleIn(bins)).toBe(times.length);
        },
      ),
    );
    expect(binOf(Number.NaN)).toBe(beyondBin);
    expect(binOf(0)).toBe(0);
    expect([300, 300.1].map(binOf)).toEqual([0, 1]);
  });
});

describe("gaps", () => {
  it("are ranked by people outside, whatever order they come in", () => {
    const unit = fc.record({ unit: fc.uuid(), population: fc.nat(9000), outside: fc.nat(900) });
    fc.assert(
      fc.property(fc.uniqueArray(unit, { maxLength: 20, selector: (each) => each.unit }), (units) => {
        const ranked = rankGaps(units);
        expect(rankGaps([...units].reverse())).toEqual(ranked);
        for (let i = 1; i < ranked.length; i++)
          expect(ranked[i - 1]?.outside).toBeGreaterThanOrEqual(ranked[i]?.outside ?? 0);
      }),
    );
  });
});

describe("memory", () => {
  it("is refused with the least factor that fits", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40_000 }),
        fc.integer({ min: 1, max: 40_000 }),
        fc.integer({ min: 50, max: 4000 }),
        (columns, rows, limit) => {
          const { coarsen, megabytes } = memoryNeed({ columns, rows }, limit);
          expect(coarsen === 1).toBe(megabytes <= limit);
          expect(memoryNeed({ columns, rows }, limit, coarsen).megabytes).toBeLessThanOrEqual(limit);
          if (coarsen > 1) expect(memoryNeed({ columns, rows }, limit, coarsen - 1).megabytes).toBeGreaterThan(limit);
        },
      ),
    );
  });
});

describe("writePng", () => {
  it("keeps every pixel, row by row", () => {
    const pixels = Uint8Array.from({ length: 15 }, (_, i) => i % 3);
    const png = writePng(5, 3, pixels, [
      [1, 2, 3, 255],
      [4, 5, 6, 128],
      [0, 0, 0, 0],
    ]);
    expect(png.readUInt32BE(16)).toBe(5);
    expect(png.readUInt32BE(20)).toBe(3);
    const at = png.indexOf("IDAT");
    const lines = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
    expect(Array.from({ length: 3 }, (_, row) => [...lines.subarray(row * 6 + 1, row * 6 + 6)]).flat()).toEqual([
      ...pixels,
    ]);
  });
});
