import { describe, expect, it } from "vitest";
import { TravelTimeProblem } from "../problem.ts";
import { parseFeatures } from "./features.ts";

const point = { type: "Feature", properties: null, geometry: { type: "Point", coordinates: [105, 12, 30] } };
const collection = (...features: unknown[]) => JSON.stringify({ type: "FeatureCollection", features });

function refusal(text: string): TravelTimeProblem {
  try {
    parseFeatures(text);
  } catch (cause) {
    if (cause instanceof TravelTimeProblem) return cause;
    throw cause;
  }
  throw new Error("This was read.");
}

describe("parseFeatures", () => {
  it("reads features of every kind, without a geometry too, after a byte order mark", () => {
    const area = {
      type: "Polygon",
      coordinates: [
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 0],
        ],
      ],
    };
    const all = { type: "GeometryCollection", geometries: [point.geometry, area] };
    const features = [
      point,
      { type: "Feature", properties: {}, geometry: null },
      { type: "Feature", properties: {} },
      { ...point, geometry: area },
      { ...point, geometry: { type: "MultiPolygon", coordinates: [area.coordinates] } },
      { ...point, geometry: { type: "MultiLineString", coordinates: area.coordinates } },
      { ...point, geometry: all },
    ];
    expect(parseFeatures(`\uFEFF${collection(...features)}`).features).toEqual(features);
  });

  it.each(["", "null", "[]", "{}", '{"type":"FeatureCollection"}', '{"type":"FeatureCollection","features":{}}', "{"])(
    "refuses what is no collection: %j",
    (text) => {
      expect(refusal(text)).toMatchObject({ code: "file-unsupported", details: {} });
    },
  );

  it.each([
    [null],
    [7],
    [{ ...point, geometry: { type: "Point" } }],
    [{ ...point, geometry: { type: "Point", coordinates: null } }],
    [{ ...point, geometry: { type: "Point", coordinates: [] } }],
    [{ ...point, geometry: { type: "Point", coordinates: ["105", "12"] } }],
    [{ ...point, geometry: { type: "Point", coordinates: [[105, 12]] } }],
    [{ ...point, geometry: { type: "LineString", coordinates: [105, 12] } }],
    [{ ...point, geometry: { type: "Circle", coordinates: [105, 12] } }],
    [{ ...point, geometry: { type: "GeometryCollection", geometries: [null] } }],
  ])("names the feature whose geometry is none: %j", (feature) => {
    expect(refusal(collection(point, feature))).toMatchObject({ code: "file-unsupported", details: { feature: 2 } });
  });
});
