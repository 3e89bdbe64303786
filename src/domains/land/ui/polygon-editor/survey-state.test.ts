import { computeSurvey, type SurveyedPolygon } from "@santi/land-geometry";
import { describe, expect, test } from "vitest";
import { cornersCsv, outlineGeoJson } from "./downloads.ts";
import {
  changeMethod,
  emptySurvey,
  insertPoint,
  movePoint,
  pastedPoints,
  removePoint,
  ringPoints,
  withClosingLeg,
  withPoint,
} from "./survey-state.ts";

const square: SurveyedPolygon = {
  ...emptySurvey("coordinates"),
  reading: { datum: "wgs-84" },
  points: pastedPoints("13, 103\n13, 103.0004\n13.0004, 103.0004\n13.0004, 103"),
};

describe("rows", () => {
  test("are changed, put in, moved and removed without touching the others", () => {
    const three = insertPoint(withPoint(emptySurvey(), 0, { bearing: "90", distance: "50" }), 1);
    expect(three.points.map(({ bearing }) => bearing)).toEqual(["90", undefined, undefined]);
    const moved = movePoint(three, 0, 1);
    expect(moved.points.map(({ bearing }) => bearing)).toEqual([undefined, "90", undefined]);
    expect(movePoint(moved, 2, 1)).toBe(moved);
    expect(removePoint(moved, 1).points).toHaveLength(2);
    expect(withClosingLeg(emptySurvey(), { distance: "40" }).closingLeg).toEqual({ bearing: "", distance: "40" });
  });
});

describe("a pasted list", () => {
  test.each([
    ["one corner a line, empty lines left out", "13.1, 103.2\n\n 13.2, 103.2 \r\n", ["13.1, 103.2", "13.2, 103.2"]],
    ["names in front", "SP: 13.1, 103.2\nTP1\t13.2\t103.2", ["13.1, 103.2", "13.2; 103.2"]],
    [
      "grids, whose zone is no name",
      "48P 304854 1448889\n48PUV 12345 67890",
      ["48P 304854 1448889", "48PUV 12345 67890"],
    ],
    ["letters of the compass", "N13 00 00 E103 00 00", ["N13 00 00 E103 00 00"]],
  ])("%s", (_, text, coordinates) => {
    expect(pastedPoints(text).map(({ coordinate }) => coordinate)).toEqual(coordinates);
  });
});

describe("another method", () => {
  test("drawing starts from the outline that is there, to the square metre", () => {
    const computed = computeSurvey(square);
    const drawn = changeMethod(square, "drawn", {}, computed);
    expect(drawn.reading).toEqual({ datum: "wgs-84", order: "lat-lon" });
    expect(computeSurvey(drawn).squareMetres).toBe(computed.squareMetres);
  });

  test("what was entered before by that method comes back", () => {
    const other = changeMethod(square, "bearing-distance", {}, computeSurvey(square));
    expect(other.points.every(({ coordinate }) => coordinate === undefined)).toBe(true);
    expect(changeMethod(other, "coordinates", { coordinates: square }, computeSurvey(other))).toBe(square);
  });

  test("a drawn corner on a border keeps every digit that decides", () => {
    const [point] = ringPoints([[103.123456789012, 13.000000000001]], 12);
    expect(point?.coordinate).toBe("13.000000000001, 103.123456789012");
    expect(ringPoints([[103.123456789, 13]], 7)[0]?.coordinate).toBe("13, 103.1234568");
  });
});

describe("files", () => {
  test("the corners as CSV, the outline as GeoJSON with the survey as typed", () => {
    const computed = computeSurvey(square);
    const [head, first] = cornersCsv(computed).split("\r\n");
    expect(head).toBe("name,kind,longitude,latitude,bearing_degrees,distance_metres");
    expect(first).toMatch(/^SP,turning,103\.00000000,13\.00000000,(90\.0000|89\.9999),43\.39/);
    const feature = JSON.parse(outlineGeoJson(square, computed) ?? "null");
    expect(feature.properties.survey).toEqual(square);
    expect(feature.properties.squareMetres).toBe(computed.squareMetres);
    expect(outlineGeoJson(emptySurvey(), computeSurvey(emptySurvey()))).toBeNull();
  });
});
