import { VectorTile, type VectorTileFeature } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import { describe, expect, it } from "vitest";
import { encodeTile, splitColumn } from "./encode-tile.ts";
import type { GeoJsonGeometry } from "./geojson.ts";
import { packShape } from "./packed-shape.ts";
import { latitudeOf, longitudeOf, WORLD_SIZE } from "./world.ts";

const decode = (bytes: Uint8Array) => new VectorTile(new PbfReader(bytes));

/** A position in degrees from tile units of tile 0/0/0 with extent 4096. */
const at = (x: number, y: number): [number, number] => [
  longitudeOf((x * WORLD_SIZE) / 4096),
  latitudeOf((y * WORLD_SIZE) / 4096),
];
const polygon = (...rings: [number, number][][]): GeoJsonGeometry => ({
  type: "Polygon",
  coordinates: rings.map((ring) => [...ring, ring[0] as [number, number]].map(([x, y]) => at(x, y))),
});
const line = (...points: [number, number][]): GeoJsonGeometry => ({
  type: "LineString",
  coordinates: points.map(([x, y]) => at(x, y)),
});
const world = { z: 0, x: 0, y: 0 };

function draw(geometry: GeoJsonGeometry, tile = world): VectorTileFeature | undefined {
  return decode(encodeTile(tile, [{ name: "a", features: [{ geometry }] }])).layers.a?.feature(0);
}

const pairs = (feature: VectorTileFeature | undefined) =>
  feature?.loadGeometry().map((part) => part.map(({ x, y }) => [x, y]));

describe("encodeTile: layers, keys, values and identifiers", () => {
  it("writes every type of value, and each key and value once", () => {
    const geometry = { type: "Point", coordinates: [0, 0] } as const;
    const values = {
      text: "ដី",
      yes: true,
      no: false,
      small: 7,
      negative: -7,
      half: 0.5,
      huge: 2 ** 53 - 1,
      nothing: null,
    };
    const bytes = encodeTile(world, [
      { name: "first", features: [1, 2, 3].map((id) => ({ id, geometry, properties: values })) },
      { name: "empty", features: [] },
      { name: "second", extent: 512, features: [{ id: 2n ** 64n - 1n, geometry, properties: { big: 2n ** 40n } }] },
    ]);
    const { layers } = decode(bytes);
    expect(Object.keys(layers)).toEqual(["first", "second"]);
    const { nothing: _, ...present } = values;
    for (let i = 0; i < 3; i++) {
      const feature = layers.first?.feature(i);
      expect(feature?.id).toBe(i + 1);
      expect(feature?.properties).toEqual(present);
    }
    expect(layers.first?.version).toBe(2);
    expect(layers.second?.extent).toBe(512);
    expect(layers.second?.feature(0).properties).toEqual({ big: 2 ** 40 });
    expect(pairs(layers.second?.feature(0))).toEqual([[[256, 256]]]);
    const text = new TextDecoder("latin1").decode(bytes);
    expect(text.split("negative").length).toBe(2);
  });

  it("leaves out identifiers the format cannot hold", () => {
    const geometry = { type: "Point", coordinates: [0, 0] } as const;
    const ids = [-1, 1.5, undefined, 2n ** 64n, 2 ** 40];
    const layer = decode(encodeTile(world, [{ name: "a", features: ids.map((id) => ({ id, geometry })) }])).layers.a;
    expect(ids.map((_, i) => layer?.feature(i).id)).toEqual([undefined, undefined, undefined, undefined, 2 ** 40]);
  });

  it("gives no bytes for nothing, and refuses two layers of one name and impossible addresses", () => {
    expect(encodeTile(world, [{ name: "a", features: [] }])).toHaveLength(0);
    expect(() => encodeTile(world, [{ name: "a" }, { name: "a" }])).toThrow("called");
    expect(() => encodeTile({ z: 1, x: 2, y: 0 }, [])).toThrow(RangeError);
  });

  it("draws columns like features, and refuses columns that do not match", () => {
    const shapes = [
      polygon([
        [10, 10],
        [20, 10],
        [20, 20],
      ]),
      line([1, 1], [2, 2]),
      polygon([
        [5, 5],
        [5.2, 5],
        [5, 5.2],
      ]),
    ];
    const codes = ["A-1", "A-2", null];
    const columns = {
      shapes: shapes.map((shape) => packShape(shape).shape).join(""),
      ids: [1, 2, 3],
      properties: { code: splitColumn("A-1\u001fA-2\u001f\u001e"), area: splitColumn("5\u001f6\u001f7", Number) },
    };
    const asColumns = encodeTile(world, [{ name: "a", columns }]);
    const features = shapes.map((geometry, i) => ({
      id: i + 1,
      geometry,
      properties: { code: codes[i], area: i + 5 },
    }));
    expect(asColumns).toEqual(encodeTile(world, [{ name: "a", features }]));
    expect(decode(asColumns).layers.a).toHaveLength(2);
    const short = { ...columns, properties: { code: ["A-1"] } };
    expect(() => encodeTile(world, [{ name: "a", columns: short }])).toThrow('"code" has 1 values for 3');
    expect(splitColumn(null)).toEqual([]);
  });
});

describe("encodeTile: what is drawn", () => {
  it("keeps points within the buffer, and each place once", () => {
    const geometry = { type: "MultiPoint", coordinates: [at(5, 5), at(5.2, 5), at(4096, 9), at(3, 3)] } as const;
    expect(pairs(draw(geometry))).toEqual([[[5, 5]], [[4096, 9]], [[3, 3]]]);
    // In the south-west tile of zoom 1 the point (2048 + 30, 2048 - 40) is 60 and 80 units outside.
    expect(draw({ type: "Point", coordinates: at(2048 + 30, 2048 + 40) }, { z: 1, x: 0, y: 1 })).toBeDefined();
    expect(draw({ type: "Point", coordinates: at(2048 + 30, 2048 - 40) }, { z: 1, x: 0, y: 1 })).toBeUndefined();
  });

  it("cuts lines at the buffer into pieces", () => {
    const zigzag = line([1000, 1000], [3000, 1000], [3000, 1010], [1000, 1010]);
    expect(pairs(draw(zigzag, { z: 1, x: 0, y: 0 }))).toEqual([
      [
        [2000, 2000],
        [4160, 2000],
      ],
      [
        [4160, 2020],
        [2000, 2020],
      ],
    ]);
  });

  it("drops lines and polygons whose box is under half a unit, as ST_AsMVTGeom does", () => {
    expect(draw(line([10.3, 10.3], [10.7, 10.7]))).toBeUndefined();
    expect(pairs(draw(line([10.3, 10.3], [10.9, 10.9])))).toEqual([
      [
        [10, 10],
        [11, 11],
      ],
    ]);
    expect(
      draw(
        polygon([
          [10.3, 10.3],
          [10.7, 10.3],
          [10.7, 10.7],
          [10.3, 10.7],
        ]),
      ),
    ).toBeUndefined();
    expect(
      draw(
        polygon([
          [10.2, 10.2],
          [10.8, 10.2],
          [10.8, 10.8],
          [10.2, 10.8],
        ]),
      ),
    ).toBeDefined();
    expect(
      draw(
        polygon([
          [10.3, 10.2],
          [10.7, 10.2],
          [10.7, 11.8],
          [10.3, 11.8],
        ]),
      ),
    ).toBeDefined();
  });

  it("drops holes that round to nothing and keeps those that do not", () => {
    const outer: [number, number][] = [
      [10, 10],
      [20, 10],
      [20, 20],
      [10, 20],
    ];
    const lost: [number, number][] = [
      [12, 12],
      [12.4, 12],
      [12.4, 12.4],
      [12, 12.4],
    ];
    const kept: [number, number][] = [
      [14.3, 14.3],
      [14.7, 14.3],
      [14.7, 14.7],
      [14.3, 14.7],
    ];
    expect(pairs(draw(polygon(outer, lost, kept)))).toHaveLength(2);
  });

  it("covers the whole buffered tile when a polygon lies around it", () => {
    const large = polygon([
      [100, 100],
      [4000, 100],
      [4000, 4000],
      [100, 4000],
    ]);
    expect(pairs(draw(large, { z: 4, x: 7, y: 7 }))).toEqual([
      [
        [-64, 4160],
        [-64, -64],
        [4160, -64],
        [4160, 4160],
        [-64, 4160],
      ],
    ]);
  });

  it("splits a polygon that the tile's edge cuts in two", () => {
    const comb = polygon([
      [1000, 1000],
      [3000, 1000],
      [3000, 1010],
      [1010, 1010],
      [1010, 1020],
      [3000, 1020],
      [3000, 1030],
      [1000, 1030],
    ]);
    const right = draw(comb, { z: 1, x: 1, y: 0 });
    expect(pairs(right)).toHaveLength(2);
  });

  it("splits a ring that touches itself after rounding", () => {
    const waist = polygon([
      [10, 10],
      [20, 10],
      [15.1, 15],
      [20, 20],
      [10, 20],
      [14.9, 15],
    ]);
    const rings = pairs(draw(waist));
    expect(rings).toHaveLength(2);
    expect(rings?.every((ring) => ring.length === 4)).toBe(true);
  });

  it("keeps the highest dimension of a collection", () => {
    const geometry = {
      type: "GeometryCollection",
      geometries: [
        { type: "Point", coordinates: [1, 1] },
        polygon([
          [10, 10],
          [20, 10],
          [20, 20],
        ]),
      ],
    } as const;
    expect(draw(geometry)?.type).toBe(3);
  });

  it("merges two parts that overlap by the even-odd rule", () => {
    const parts = [
      polygon([
        [10, 10],
        [20, 10],
        [20, 20],
        [10, 20],
      ]),
      polygon([
        [15, 15],
        [25, 15],
        [25, 25],
        [15, 25],
      ]),
    ];
    const coordinates = parts.map((part) => (part.type === "Polygon" ? part.coordinates : []));
    const rings = pairs(draw({ type: "MultiPolygon", coordinates }));
    expect(rings).toHaveLength(2);
  });
});
