import fc from "fast-check";
import type { Geometry, Position } from "geojson";
import { describe, expect, test } from "vitest";
import { readWkb, readWkbHex, writeWkb, writeWkbHex } from "./wkb.ts";

const ordinate = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value));

function geometries(position: fc.Arbitrary<Position>): fc.Arbitrary<Geometry> {
  const line = fc.array(position, { maxLength: 12 });
  const rings = fc.array(line, { maxLength: 3 });
  const simple = fc.oneof(
    position.map((coordinates): Geometry => ({ type: "Point", coordinates })),
    line.map((coordinates): Geometry => ({ type: "LineString", coordinates })),
    rings.map((coordinates): Geometry => ({ type: "Polygon", coordinates })),
    line.map((coordinates): Geometry => ({ type: "MultiPoint", coordinates })),
    rings.map((coordinates): Geometry => ({ type: "MultiLineString", coordinates })),
    fc.array(rings, { maxLength: 3 }).map((coordinates): Geometry => ({ type: "MultiPolygon", coordinates })),
  );
  return fc.oneof(
    simple,
    fc.array(simple, { maxLength: 3 }).map((list): Geometry => ({ type: "GeometryCollection", geometries: list })),
  );
}

test("every geometry comes back as it went in, with and without a spatial reference and a height", () => {
  const flat = geometries(fc.tuple(ordinate, ordinate));
  const high = geometries(fc.tuple(ordinate, ordinate, ordinate));
  fc.assert(
    fc.property(fc.oneof(flat, high), fc.option(fc.integer({ min: 1, max: 999_999 })), (geometry, srid) => {
      const options = srid === null ? {} : { srid };
      expect(readWkb(writeWkb(geometry, options))).toEqual({ geometry, srid });
      expect(readWkbHex(writeWkbHex(geometry, options))).toEqual({ geometry, srid });
    }),
  );
});

describe("texts printed by PostGIS", () => {
  test.each([
    [
      "SRID=4326;POINT(1 2)",
      "0101000020E6100000000000000000F03F0000000000000040",
      { type: "Point", coordinates: [1, 2] },
      4326,
    ],
    [
      "big endian POINT(1 2)",
      "00000000013FF00000000000004000000000000000",
      { type: "Point", coordinates: [1, 2] },
      null,
    ],
    [
      "ISO POINT Z (1 2 3)",
      "01E9030000000000000000F03F00000000000000400000000000000840",
      { type: "Point", coordinates: [1, 2, 3] },
      null,
    ],
    [
      "extended POINT Z (1 2 3)",
      "0101000080000000000000F03F00000000000000400000000000000840",
      { type: "Point", coordinates: [1, 2, 3] },
      null,
    ],
    [
      "POINT M (1 2 9), the measure dropped",
      "0101000040000000000000F03F00000000000000400000000000002240",
      { type: "Point", coordinates: [1, 2] },
      null,
    ],
    ["POINT EMPTY", "0101000000000000000000F87F000000000000F87F", { type: "Point", coordinates: [] }, null],
    ["POLYGON EMPTY", "010300000000000000", { type: "Polygon", coordinates: [] }, null],
  ])("%s", (_name, hex, geometry, srid) => {
    expect(readWkbHex(hex)).toEqual({ geometry, srid });
  });

  test("the extended form is written to the last digit", () => {
    expect(writeWkbHex({ type: "Point", coordinates: [1, 2] }, { srid: 4326 })).toBe(
      "0101000020E6100000000000000000F03F0000000000000040",
    );
    expect(writeWkbHex({ type: "Point", coordinates: [] })).toBe("0101000000000000000000F87F000000000000F87F");
  });
});

test("bytes cut short anywhere are refused, and a count beyond the end does not allocate", () => {
  const whole = writeWkb(
    {
      type: "MultiPolygon",
      coordinates: [
        [
          [
            [1, 2],
            [3, 4],
            [5, 6],
            [1, 2],
          ],
        ],
      ],
    },
    { srid: 4326 },
  );
  for (let length = 0; length < whole.length; length++) {
    expect(() => readWkb(whole.subarray(0, length))).toThrow("wkb.truncated");
  }
  expect(() => readWkbHex("0102000000FFFFFFFF")).toThrow("wkb.truncated");
  expect(() => readWkbHex("0102000000zz")).toThrow("wkb.truncated");
});

test("curves are refused by name", () => {
  expect(() => readWkbHex("010800000000000000")).toThrow("wkb.geometry-unsupported");
});

test("bytes that begin inside a larger buffer are read from their own start", () => {
  const point = writeWkb({ type: "Point", coordinates: [104.9, 11.5] });
  const padded = Buffer.concat([Buffer.from([9, 9, 9]), point]);
  expect(readWkb(padded.subarray(3)).geometry).toEqual({ type: "Point", coordinates: [104.9, 11.5] });
});

test("positions of mixed dimension are refused", () => {
  expect(() =>
    writeWkb({
      type: "LineString",
      coordinates: [
        [1, 2],
        [3, 4, 5],
      ],
    }),
  ).toThrow("wkb.dimension-unsupported");
});

test("positions of mixed dimension are made like the first one when asked", () => {
  const line = (coordinates: Position[]): Geometry => ({ type: "LineString", coordinates });
  const mixed = line([
    [1, 2, 9],
    [3, 4],
  ]);
  expect(readWkb(writeWkb(mixed, { level: true })).geometry).toEqual(
    line([
      [1, 2, 9],
      [3, 4, 0],
    ]),
  );
  const flat = line([
    [3, 4],
    [1, 2, 9],
  ]);
  expect(readWkb(writeWkb(flat, { level: true })).geometry).toEqual(
    line([
      [3, 4],
      [1, 2],
    ]),
  );
});

test("the ISO form says the height in thousands and has no spatial reference", () => {
  const point: Geometry = { type: "Point", coordinates: [1, 2, 3] };
  expect(writeWkbHex(point, { form: "iso", srid: 4326 })).toBe(
    "01E9030000000000000000F03F00000000000000400000000000000840",
  );
  expect(readWkb(writeWkb(point, { form: "iso" }))).toEqual({ geometry: point, srid: null });
});

test("parts of another type than their whole and endless collections are refused", () => {
  const point = "0101000000000000000000F03F0000000000000040";
  expect(() => readWkbHex(`010500000001000000${point}`)).toThrow("wkb.geometry-unsupported");
  const nested = (depth: number) => `${"010700000001000000".repeat(depth)}${point}`;
  expect(readWkbHex(nested(16)).geometry.type).toBe("GeometryCollection");
  expect(() => readWkbHex(nested(17))).toThrow("wkb.geometry-unsupported");
});

test("a height that is not a number is left out", () => {
  expect(readWkbHex("0101000080000000000000F03F0000000000000040000000000000F87F").geometry).toEqual({
    type: "Point",
    coordinates: [1, 2],
  });
});
