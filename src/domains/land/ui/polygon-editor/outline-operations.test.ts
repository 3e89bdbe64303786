import { computeSurvey, geodesicArea, intersectionArea, type SurveyNeighbour, subtract } from "@santi/land-geometry";
import fc from "fast-check";
import type { Polygon } from "geojson";
import { describe, expect, it } from "vitest";
import {
  fadeOut,
  mergeOutline,
  nearNeighbours,
  type OperationBase,
  splitOutline,
  subtractNeighbour,
} from "./outline-operations.ts";
import { emptySurvey, ringPoints } from "./survey-state.ts";

const box = (west: number, south: number, east: number, north: number): Polygon => ({
  type: "Polygon",
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
});
const outline = box(103.1, 13.1, 103.104, 13.102);
const typed = {
  ...emptySurvey("coordinates"),
  reading: { datum: "wgs-84" },
  points: ringPoints((outline.coordinates[0] ?? []).slice(0, -1), 7),
};
const base: OperationBase = { survey: typed, geometry: outline, name: "outline" };
const neighbour = (id: string, geometry: Polygon): SurveyNeighbour => ({ id, label: id, state: "open", geometry });

describe("an outline made from another", () => {
  it("keeps what had been typed, however often it is changed", () => {
    const [west] = splitOutline(base, [
      [103.102, 13.09],
      [103.102, 13.11],
    ]);
    if (!west) throw new Error("nothing was cut off");
    const wider = fadeOut({ survey: west.survey, geometry: west.geometry, name: "outline" }, 5);
    expect(wider?.survey.origin?.survey).toEqual(typed);
    expect(wider?.survey.origin?.operations.map(({ kind }) => kind)).toEqual(["split", "fade-out"]);
  });

  it("computes to the same ground again", () => {
    const joined = mergeOutline(base, neighbour("A", box(103.104, 13.1, 103.106, 13.102)));
    expect(computeSurvey(joined.survey).squareMetres).toBe(joined.squareMetres);
    const hole = subtractNeighbour(base, neighbour("B", box(103.101, 13.1005, 103.102, 13.101)));
    expect(hole?.survey.method).toBe("file");
    expect(hole && computeSurvey(hole.survey).squareMetres).toBe(hole?.squareMetres);
  });
});

describe("cutting an outline", () => {
  it("leaves pieces that together are the outline and do not overlap, wherever the line crosses", () => {
    const share = fc.double({ min: 0.02, max: 0.98, noNaN: true });
    fc.assert(
      fc.property(share, share, (from, to) => {
        const pieces = splitOutline(base, [
          [103.1 + from * 0.004, 13.09],
          [103.1 + to * 0.004, 13.11],
        ]);
        expect(pieces).toHaveLength(2);
        // Nothing of the outline is lost, nothing is added: exactly, whatever figures come out.
        const grounds = pieces.map(({ geometry }) => geometry);
        expect(subtract(outline, grounds).coordinates).toEqual([]);
        for (const ground of grounds) expect(subtract(ground, [outline]).coordinates).toEqual([]);
        const [one, two] = pieces;
        expect(one && two && intersectionArea(one.geometry, two.geometry)).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it("cuts nothing off where the line ends inside", () => {
    const line = [
      [103.102, 13.09],
      [103.102, 13.101],
    ];
    expect(splitOutline(base, line)).toHaveLength(1);
    expect(splitOutline(base, line.slice(0, 1))).toEqual([]);
  });

  it("goes from corner to corner", () => {
    const pieces = splitOutline(base, [
      [103.1, 13.1],
      [103.104, 13.102],
    ]);
    expect(pieces).toHaveLength(2);
  });
});

describe("neighbours", () => {
  it("lose no ground and give none twice", () => {
    const other = neighbour("C", box(103.103, 13.1, 103.106, 13.102));
    const left = subtractNeighbour(base, other);
    expect(left && intersectionArea(left.geometry, other.geometry)).toBe(0);
    const joined = mergeOutline(base, other);
    expect(Math.abs(joined.squareMetres - (left?.squareMetres ?? 0) - geodesicArea(other.geometry))).toBeLessThan(1);
  });

  it("that cover an outline leave nothing of it", () => {
    expect(subtractNeighbour(base, neighbour("D", box(103, 13, 104, 14)))).toBeNull();
    expect(fadeOut(base, -500)).toBeNull();
  });

  it("are offered when they are near", () => {
    const near = neighbour("near", box(103.1042, 13.1, 103.105, 13.102));
    const far = neighbour("far", box(103.2, 13.1, 103.21, 13.102));
    expect(nearNeighbours(outline, [far, near]).map(({ id }) => id)).toEqual(["near"]);
  });
});
