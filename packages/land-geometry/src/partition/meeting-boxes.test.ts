import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createBalance } from "./balance.ts";
import { meetingBoxes } from "./meeting-boxes.ts";
import { box } from "./samples.test-helper.ts";

const place = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1e14, max: 1.1e14 }));
const anyBox = fc
  .tuple(place, place, fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }))
  .map(([west, south, width, height]) => ({ west, south, east: west + width, north: south + height }));

describe("boxes that meet", () => {
  test("are those that a comparison of all with all finds, touching ones among them", () => {
    fc.assert(
      fc.property(fc.array(anyBox, { maxLength: 60 }), (boxes) => {
        const meetings = meetingBoxes(boxes);
        if (!meetings) throw new Error("so few boxes are always swept");
        boxes.forEach((own, at) => {
          const expected = boxes.flatMap((other, i) =>
            i !== at &&
            own.west <= other.east &&
            own.east >= other.west &&
            own.south <= other.north &&
            own.north >= other.south
              ? [i]
              : [],
          );
          const found = [...meetings.others.slice(meetings.starts[at], meetings.starts[at + 1])];
          expect(found.sort((one, two) => one - two)).toEqual(expected);
        });
      }),
      { numRuns: 300 },
    );
  });

  test("are left to an index when all lie in one narrow strip, and a balance has the same figures", () => {
    const strip = Array.from({ length: 600 }, (_, n) => ({ west: 0, east: 10, south: 20 * n, north: 20 * n + 10 }));
    expect(meetingBoxes(strip)).toBeNull();
    const polygons = Array.from({ length: 600 }, (_, n) => box(103, n / 1e4, 103.0001, n / 1e4 + 1.5e-4));
    const members = polygons.map((geometry, n) => ({ id: `${n}`, class: "all", order: n, geometry }));
    const once = createBalance(members).areaByClass().get("all") ?? 0;
    const whole = createBalance([{ id: "", class: "all", order: 0, geometry: box(103, 0, 103.0001, 0.06005) }]);
    expect(Math.abs(once / (whole.areaByClass().get("all") ?? 0) - 1)).toBeLessThan(1e-9);
  });
});
