import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxAround } from "./ground-box.ts";

describe("the box in which neighbours are looked for", () => {
  it("holds every outline with at least half a step around it, and is the same for a slightly larger one", () => {
    const lon = fc.double({ min: 100, max: 108, noNaN: true });
    const lat = fc.double({ min: 10, max: 22, noNaN: true });
    fc.assert(
      fc.property(lon, lat, lon, lat, (a, b, c, d) => {
        const given = [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)] as const;
        const [west, south, east, north] = boxAround([null, given]) ?? [0, 0, 0, 0];
        expect(given[0] - west).toBeGreaterThan(0.0049);
        expect(given[1] - south).toBeGreaterThan(0.0049);
        expect(east - given[2]).toBeGreaterThan(0.0049);
        expect(north - given[3]).toBeGreaterThan(0.0049);
      }),
    );
    expect(boxAround([[103.101, 13.101, 103.102, 13.102]])).toEqual(boxAround([[103.1015, 13.1012, 103.103, 13.103]]));
  });
  it("is none without an outline", () => {
    expect(boxAround([null, null])).toBeNull();
  });
});
