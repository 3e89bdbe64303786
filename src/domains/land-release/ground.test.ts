import { geodesicArea, prepareRegion } from "@santi/land-geometry";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Areal, countedOnce, metresApart, metresOf, placeInside } from "./ground.ts";
import { aBox } from "./samples.ts";

describe("ground", () => {
  it("is as far from other ground as their boxes are, and not at all when they meet", () => {
    const box = aBox(103, 13, 103.01, 13.01);
    expect(metresApart(box, aBox(103.02, 13.005, 103.03, 13.02))).toBeCloseTo(1084.7, 0);
    expect(metresApart(aBox(103.02, 13.005, 103.03, 13.02), box)).toBeCloseTo(1084.7, 0);
    expect(metresApart(box, aBox(103.002, 13.02, 103.003, 13.03))).toBeCloseTo(1106.3, 0);
    expect(metresApart(box, aBox(103.01, 13.01, 103.02, 13.02))).toBe(0);
    expect(metresApart(box, aBox(103.002, 13.002, 103.003, 13.003))).toBe(0);
  });

  it("has a place inside, also where the middle of its box is a bay, a hole or between its parts", () => {
    const bay: Areal = {
      type: "Polygon",
      coordinates: [
        [
          [0, 0],
          [3, 0],
          [3, 3],
          [2.5, 3],
          [2.5, 1],
          [0.2, 1],
          [0.2, 3],
          [0, 3],
          [0, 0],
        ],
      ],
    };
    const holed: Areal = {
      type: "Polygon",
      coordinates: [...aBox(0, 0, 3, 3).coordinates, ...aBox(0.5, 0.5, 2, 2.9).coordinates],
    };
    const apart: Areal = {
      type: "MultiPolygon",
      coordinates: [aBox(0, 0, 1, 1).coordinates, aBox(5, 5, 6, 6).coordinates],
    };
    for (const ground of [bay, holed, apart, aBox(102, 13, 103, 14)])
      expect(prepareRegion(ground).contains(...placeInside(ground))).toBe(true);
  });

  it("of parts that overlap counts once, whatever the parts", () => {
    const corner = fc.integer({ min: 0, max: 20 });
    const box = fc.record({ x: corner, y: corner, size: fc.integer({ min: 1, max: 9 }) });
    const at = (x: number, y: number, size: number) =>
      aBox(103 + x / 1e4, 13 + y / 1e4, 103 + (x + size) / 1e4, 13 + (y + size) / 1e4);
    fc.assert(
      fc.property(fc.array(box, { minLength: 1, maxLength: 4 }), (boxes) => {
        const coordinates = boxes.map(({ x, y, size }) => at(x, y, size).coordinates);
        let covered = 0;
        for (let x = 0; x < 30; x++)
          for (let y = 0; y < 30; y++)
            if (boxes.some((b) => x >= b.x && x < b.x + b.size && y >= b.y && y < b.y + b.size))
              covered += geodesicArea(at(x, y, 1));
        expect(Math.abs(metresOf(countedOnce({ type: "MultiPolygon", coordinates })) - covered)).toBeLessThan(1);
      }),
    );
  });
});
