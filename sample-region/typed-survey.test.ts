import { areaSquareMetres, computeSurvey } from "@santi/land-geometry";
import fc from "fast-check";
import type { Polygon } from "geojson";
import { describe, expect, it } from "vitest";
import { Random } from "./random.ts";
import { typedTraverse } from "./typed-survey.ts";

/** A convex outline around a place in Cambodia. */
const outline = fc
  .tuple(
    fc.double({ min: 102.5, max: 107, noNaN: true }),
    fc.double({ min: 10.5, max: 14, noNaN: true }),
    fc.integer({ min: 4, max: 30 }),
  )
  .map(([lon, lat, corners]): Polygon => {
    const at = (i: number) => {
      const angle = (2 * Math.PI * i) / corners;
      return [Number((lon + 0.001 * Math.cos(angle)).toFixed(6)), Number((lat + 0.0007 * Math.sin(angle)).toFixed(6))];
    };
    return { type: "Polygon", coordinates: [[...Array.from({ length: corners }, (_, i) => at(i)), at(0)]] };
  });

describe("a survey as somebody would have typed it", () => {
  it("leads over landmark and benchmark to the outline that it is of, and closes", () => {
    fc.assert(
      fc.property(outline, fc.string(), (polygon, seed) => {
        const survey = typedTraverse(polygon, new Random(seed));
        if (!survey) throw new Error("an outline of 4 to 30 corners has a survey");
        const { geometry, traverse, findings } = computeSurvey(survey);
        expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
        expect(traverse?.precision ?? Number.POSITIVE_INFINITY).toBeGreaterThan(1000);
        if (!geometry) throw new Error("the survey has an outline");
        expect(Math.abs(areaSquareMetres(geometry) / areaSquareMetres(polygon) - 1)).toBeLessThan(2e-3);
      }),
      { numRuns: 50 },
    );
  });

  it("is of no outline with a hole", () => {
    const hole: Polygon = {
      type: "Polygon",
      coordinates: [
        [
          [0, 0],
          [3, 0],
          [3, 3],
          [0, 3],
          [0, 0],
        ],
        [
          [1, 1],
          [1, 2],
          [2, 2],
          [1, 1],
        ],
      ],
    };
    expect(typedTraverse(hole, new Random("hole"))).toBeNull();
  });
});
