import { computeSurvey, type SurveyedPolygon } from "@santi/land-geometry";
import { describe, expect, it } from "vitest";
import type { Areal } from "../ground.ts";
import { aBox, aPart } from "../samples.ts";
import { cornersOf } from "./corners.ts";
import type { ReleasedPolygon } from "./data.ts";
import { fieldSurvey, marksOf, pieceOf, surveyedCorners, surveysOf } from "./field-survey.ts";

/** A rectangle of 50 m by 40 m as a team wrote it down, with slips of half a metre. */
const typed: SurveyedPolygon = {
  method: "bearing-distance",
  reading: { datum: "wgs-84" },
  referencePoint: { text: "16.8195, 107.0995", fixedBy: "gps", accuracyMetres: 3 },
  start: { text: "16.82, 107.1", fixedBy: "gps", accuracyMetres: 3 },
  points: [
    { kind: "turning", bearing: "90", distance: "50" },
    { kind: "turning", bearing: "0", distance: "40" },
    { kind: "intermediate", bearing: "270", distance: "49.5" },
  ],
  closingLeg: { bearing: "180.5", distance: "40.2" },
  north: "magnetic",
  declinationDegrees: -0.8,
  declinationDate: "2026-03-01",
  distanceUnit: "metre",
  adjust: true,
};
const geometry = computeSurvey(typed).geometry as Areal;
const part = (outcome: "cleared" | "identified", survey: unknown = typed) =>
  aPart(1, { outcome, geometry, survey: survey as Record<string, unknown> });
const piece = (outcome: ReleasedPolygon["outcome"], ground: Areal): ReleasedPolygon => ({
  ...{ code: null, outcome, geometry: ground, squareMetres: 2000, depthCentimetres: 20, methods: [], assets: [] },
  ...{ startedOn: null, endedOn: null, corners: null },
});

describe("a survey in a document", () => {
  const [survey] = surveysOf([part("cleared")]);
  if (!survey) throw new Error("The survey is one");

  it("says every value as typed, beside what the compass rule made of it", () => {
    const { traverse, coordinates } = fieldSurvey(survey, "1");
    expect(coordinates).toBeNull();
    expect(traverse).toMatchObject({
      north: "magnetic",
      declinationDegrees: -0.8,
      start: "16.82, 107.1",
      adjusted: true,
    });
    expect(traverse?.legs.map(({ from, to, bearing, distance }) => [from, to, bearing, distance])).toEqual([
      ["SP", "TP1", "90", "50"],
      ["TP1", "TP2", "0", "40"],
      ["TP2", "IP1", "270", "49.5"],
      ["IP1", "SP", "180.5", "40.2"],
    ]);
    expect(Math.round(traverse?.precision ?? 0)).toBe(724);
    expect(traverse?.misclosureMetres).toBeCloseTo(0.248, 3);
    for (const way of ["north", "east"] as const)
      expect(traverse?.legs.reduce((sum, { adjusted }) => sum + (adjusted?.[way] ?? Number.NaN), 0)).toBeCloseTo(0, 9);
  });

  it("names the corners of its piece as in the field, and no corner that nobody measured", () => {
    const [ring = []] = cornersOf(geometry);
    expect(surveyedCorners(survey, ring)?.map(({ name, kind }) => [name, kind])).toEqual([
      ["SP", "start"],
      ["TP1", "turning"],
      ["TP2", "turning"],
      ["IP1", "intermediate"],
    ]);
    expect(surveyedCorners(survey, ring)?.[0]).toMatchObject({ accuracyMetres: 3, longitude: 107.1, latitude: 16.82 });
    const cut = ring.map((corner, i) => (i === 2 ? { ...corner, latitude: corner.latitude - 0.00001 } : corner));
    expect(surveyedCorners(survey, cut)).toBeNull();
    expect(surveyedCorners(survey, ring.slice(1))).toBeNull();
  });

  it("belongs to the released piece that it is the outline of", () => {
    const elsewhere = aBox(107.2, 16.9, 107.201, 16.901);
    const pieces = [piece("cleared", elsewhere), piece("reduced-with-asset", geometry), piece("cleared", geometry)];
    expect(pieceOf(survey, pieces)).toBe(2);
    expect(pieceOf(survey, pieces.slice(0, 2))).toBe(-1);
    const [found] = surveysOf([part("identified")]);
    expect(found && pieceOf(found, pieces)).toBe(-1);
  });

  it("tells the reference point with how it was fixed", () => {
    expect(marksOf(survey)).toEqual([
      {
        ...{ name: "RP", kind: "reference", longitude: 107.0995, latitude: 16.8195, accuracyMetres: 3 },
        fixedBy: { list: "fixed-by", value: "gps" },
      },
    ]);
  });

  it("of coordinates keeps their texts and datum; whatever is no survey is left out", () => {
    const points = ["48P 304854 1448889", "48P 304900 1448889", "48P 304900 1448950"].map((coordinate) => ({
      ...{ kind: "turning" as const, coordinate },
    }));
    const { start: _, closingLeg: __, referencePoint: ___, ...rest } = typed;
    const listed = surveysOf([
      part("cleared", { ...rest, method: "coordinates", reading: { datum: "indian-1960" }, points }),
    ]);
    expect(listed[0] && fieldSurvey(listed[0], "HA-1").coordinates).toEqual({
      datum: "indian-1960",
      points: points.map(({ coordinate }, i) => ({ name: ["SP", "TP1", "TP2"][i], asTyped: coordinate })),
    });
    const wrong = [null, {}, { ...typed, points: [null] }, { ...typed, north: "east" }, { ...typed, method: "drawn" }];
    expect(
      surveysOf(wrong.map((survey) => ({ ...part("cleared"), survey: survey as Record<string, unknown> | null }))),
    ).toEqual([]);
  });
});
