import fc from "fast-check";
import geodesic from "geographiclib-geodesic";
import { describe, expect, test } from "vitest";
import { cosine, exponential, sine, smallArcTangent, smallTangent } from "../exact-math.ts";
import { Random } from "../random.ts";
import { frameAt, type Point } from "./frame.ts";
import { polygonSquareMetres } from "./geodesic-area.ts";
import { boxSurvey, cutInTwo, flatArea, isSimple, reachOf, strikeFootprint, surveyedShape } from "./shapes.ts";

const seed = fc.integer().map((n) => new Random(`${n}`));
const radius = fc.integer({ min: 90, max: 1200 });

describe("outlines", () => {
  test("of every kind are simple, counter-clockwise, within their radius and have at most 40 turning points", () => {
    fc.assert(
      fc.property(seed, radius, fc.constantFrom("survey", "boxes", "fade-out"), (random, r, kind) => {
        const { ring } =
          kind === "survey"
            ? surveyedShape(r, random)
            : kind === "boxes"
              ? boxSurvey(r, 50, random)
              : strikeFootprint(r, 50, random);
        expect(isSimple(ring)).toBe(true);
        expect(flatArea(ring)).toBeGreaterThan(1000);
        expect(reachOf(ring)).toBeLessThanOrEqual(r * 1.0001);
        expect(ring.length).toBeLessThanOrEqual(40);
        expect(ring.length).toBeGreaterThanOrEqual(kind === "boxes" ? 4 : 8);
      }),
    );
  });

  test("of a strike keep the fade-out distance from every evidence point", () => {
    fc.assert(
      fc.property(seed, radius, (random, r) => {
        const { ring, inside } = strikeFootprint(r, 50, random);
        for (const [x, y] of inside) {
          ring.forEach(([ax, ay], i) => {
            const [bx, by] = ring[(i + 1) % ring.length] as Point;
            const length = Math.hypot(bx - ax, by - ay);
            // Convex and counter-clockwise, so the distance to every edge's line is the distance to the left of it.
            if (length > 1e-6) expect(((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / length).toBeGreaterThan(49.999);
          });
        }
      }),
    );
  });

  test("of boxes run along the grid", () => {
    fc.assert(
      fc.property(seed, radius, (random, r) => {
        for (const [x, y] of boxSurvey(r, 50, random).ring) expect([x % 50, y % 50].map(Math.abs)).toEqual([0, 0]);
      }),
    );
  });

  test("cut in two keep their area", () => {
    fc.assert(
      fc.property(seed, radius, (random, r) => {
        const { ring } = surveyedShape(r, random);
        const parts = cutInTwo(ring, random);
        expect(parts.every(isSimple)).toBe(true);
        expect(flatArea(parts[0]) + flatArea(parts[1])).toBeCloseTo(flatArea(ring), 4);
        expect(Math.min(flatArea(parts[0]), flatArea(parts[1]))).toBeGreaterThan(0);
      }),
    );
  });
});

test("a ring that crosses itself is not simple", () => {
  expect(
    isSimple([
      [0, 0],
      [10, 10],
      [10, 0],
      [0, 10],
    ]),
  ).toBe(false);
});

test("areas agree with geodesic areas to a square metre, or to a ten-millionth where that is more", () => {
  fc.assert(
    fc.property(
      seed,
      radius,
      fc.double({ min: 92, max: 127, noNaN: true }),
      fc.double({ min: 4, max: 28, noNaN: true }),
      (random, r, lon, lat) => {
        const frame = frameAt([lon, lat]);
        const ring = surveyedShape(r * 3, random).ring.map(([x, y]) => frame.toDegrees(x, y));
        const polygon = geodesic.Geodesic.WGS84.Polygon(false);
        for (const [x, y] of ring) polygon.AddPoint(y, x);
        const exact = Math.abs(polygon.Compute(false, true).area ?? 0);
        const own = polygonSquareMetres([[...ring, ring[0] as Point]]);
        expect(Math.abs(own - exact)).toBeLessThan(Math.max(1, 1e-7 * exact));
      },
    ),
  );
});

test("the elementary functions agree with the engine's", () => {
  fc.assert(
    fc.property(fc.double({ min: -20, max: 20, noNaN: true }), (x) => {
      expect(sine(x)).toBeCloseTo(Math.sin(x), 13);
      expect(cosine(x)).toBeCloseTo(Math.cos(x), 13);
      expect(exponential(x) / Math.exp(x)).toBeCloseTo(1, 13);
      expect(smallTangent(x / 400)).toBeCloseTo(Math.tan(x / 400), 13);
      expect(smallArcTangent(x / 400)).toBeCloseTo(Math.atan(x / 400), 13);
    }),
  );
});
