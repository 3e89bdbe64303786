import { expect, test } from "vitest";
import { readLand } from "./read-land.ts";

const ring = [
  [103, 13],
  [103.001, 13],
  [103, 13.001],
  [103, 13],
];
const polygon = { type: "Polygon", coordinates: [ring] };

test("land is read from a geometry, a feature, a collection and corners line by line", () => {
  const feature = { type: "Feature", properties: {}, geometry: polygon };
  for (const value of [
    polygon,
    feature,
    { type: "FeatureCollection", features: [{ type: "Feature", geometry: null }, feature] },
  ])
    expect(readLand(JSON.stringify(value))).toEqual(polygon);
  expect(readLand("13, 103\n13 103.001\r\n\n13.001;103")).toEqual(polygon);
  const multi = { type: "MultiPolygon", coordinates: [[ring]] };
  expect(readLand(JSON.stringify(multi))).toEqual(multi);
});

test("what is no land is told apart", () => {
  for (const text of [
    "{",
    "{}",
    "13, 103\n13, 104",
    "103, 13, 5\n1 2\n3 4",
    "one two\nthree four\nfive six",
    "103, 13\n103, 14\n104, 13",
    JSON.stringify({ type: "Point", coordinates: [103, 13] }),
    JSON.stringify({
      type: "Polygon",
      coordinates: [
        [
          ["a", 13],
          [1, 2],
          [3, 4],
        ],
      ],
    }),
  ])
    expect(readLand(text), text).toBe("unreadable");
});
