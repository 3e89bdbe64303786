import { classifyRings, VectorTile } from "@mapbox/vector-tile";
import fc from "fast-check";
import { PbfReader } from "pbf";
import { describe, expect, it } from "vitest";
import { encodeTile } from "./encode-tile.ts";
import type { GeoJsonGeometry } from "./geojson.ts";
import { packShape } from "./packed-shape.ts";
import { area, type Corner, expectValid, holds, totalArea } from "./valid-rings.ts";
import { latitudeOf, longitudeOf, WORLD_SIZE } from "./world.ts";

/** A polygon or multipolygon in tile units of tile 8/200/118. */
const TILE = { z: 8, x: 200, y: 118 };
const UNIT = WORLD_SIZE / 2 ** TILE.z / 4096;
const degrees = ([x, y]: Corner): [number, number] => [
  longitudeOf((TILE.x * 4096 + x) * UNIT),
  latitudeOf((TILE.y * 4096 + y) * UNIT),
];
const multiPolygon = (parts: readonly (readonly (readonly Corner[])[])[]): GeoJsonGeometry => ({
  type: "MultiPolygon",
  coordinates: parts.map((rings) => rings.map((ring) => [...ring, ring[0] as Corner].map(degrees))),
});

/** The rings of the only feature of a tile, without closing points; undefined when the tile is empty. */
function decode(bytes: Uint8Array): Corner[][] | undefined {
  const feature = new VectorTile(new PbfReader(bytes)).layers.a?.feature(0);
  return feature?.loadGeometry().map((ring) => ring.slice(0, -1).map(({ x, y }): Corner => [x, y]));
}

const draw = (geometry: GeoJsonGeometry, buffer = 64) =>
  decode(encodeTile(TILE, [{ name: "a", buffer, features: [{ geometry }] }]));
const drawLevel = (geometry: GeoJsonGeometry) =>
  decode(encodeTile(TILE, [{ name: "a", columns: { levels: packShape(geometry).levels[TILE.z] as string } }]));

/** Corners of a star round a centre: the radius differs from corner to corner, so rounding damages small ones. */
const star = (reach: number, lowest: number, highest: number) =>
  fc
    .record({
      x: fc.double({ min: lowest, max: highest, noNaN: true }),
      y: fc.double({ min: lowest, max: highest, noNaN: true }),
      radius: fc.double({ min: 0.3, max: reach, noNaN: true }),
      shares: fc.array(fc.double({ min: 0.1, max: 1, noNaN: true }), { minLength: 3, maxLength: 40 }),
    })
    .map(({ x, y, radius, shares }) =>
      shares.map((share, i): Corner => {
        const angle = (2 * Math.PI * i) / shares.length;
        return [x + radius * share * Math.cos(angle), y + radius * share * Math.sin(angle)];
      }),
    );
/** Corners in any order: rings that cross themselves, for which the even-odd rule decides. */
const scribble = (highest: number) =>
  fc.array(
    fc.tuple(fc.double({ min: 0, max: highest, noNaN: true }), fc.double({ min: 0, max: highest, noNaN: true })),
    {
      minLength: 3,
      maxLength: 14,
    },
  );
const shrunk = (ring: readonly Corner[], share: number): Corner[] => {
  const x = ring.reduce((sum, corner) => sum + corner[0], 0) / ring.length;
  const y = ring.reduce((sum, corner) => sum + corner[1], 0) / ring.length;
  return ring.map((corner) => [x + (corner[0] - x) * share, y + (corner[1] - y) * share]);
};

const RUNS = { numRuns: 400 };

describe("polygons in a tile", () => {
  it("are valid after rounding, for stars from under a unit to some units", () => {
    fc.assert(
      fc.property(star(12, 100, 4000), (ring) => {
        const rings = draw(multiPolygon([[ring]]));
        if (rings !== undefined) expectValid(rings);
      }),
      { numRuns: 1500 },
    );
  });

  it("are valid when parts with holes overlap, touch and cross the tile's edge", () => {
    const part = fc
      .tuple(star(400, -300, 4400), fc.double({ min: 0.05, max: 0.999, noNaN: true }), fc.boolean())
      .map(([ring, share, hole]) => (hole ? [ring, shrunk(ring, share)] : [ring]));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
        const rings = draw(multiPolygon(parts));
        if (rings !== undefined) expectValid(rings);
      }),
      RUNS,
    );
  });

  it("are valid when rings cross themselves on a few units", () => {
    fc.assert(
      fc.property(scribble(10), (ring) => {
        const rings = draw(multiPolygon([[ring]]));
        if (rings !== undefined) expectValid(rings);
      }),
      { numRuns: 1500 },
    );
    fc.assert(
      fc.property(scribble(5000), (ring) => {
        const rings = draw(multiPolygon([[ring]]));
        if (rings !== undefined) expectValid(rings);
      }),
      RUNS,
    );
  });

  it("enclose exactly the squares of odd cover, when made of squares", () => {
    const square = fc
      .tuple(fc.nat(11), fc.nat(11), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
      .map(([x, y, w, h]): Corner[] => [
        [x, y],
        [x + w, y],
        [x + w, y + h],
        [x, y + h],
      ]);
    fc.assert(
      fc.property(fc.array(square, { minLength: 1, maxLength: 9 }), (squares) => {
        let odd = 0;
        for (let x = 0; x < 20; x++) {
          for (let y = 0; y < 20; y++) {
            odd += squares.filter((ring) => holds(ring, [x + 0.5, y + 0.5])).length % 2;
          }
        }
        const rings = draw(multiPolygon(squares.map((ring) => [ring])));
        expect(totalArea(rings)).toBe(odd);
        if (rings !== undefined) expectValid(rings);
      }),
      { numRuns: 1000 },
    );
  });

  it("keep their area but for the rounding of their outline", () => {
    fc.assert(
      fc.property(star(800, 1000, 3000), (ring) => {
        const outline = ring.reduce((sum, a, i) => {
          const b = ring[(i + 1) % ring.length] as Corner;
          return sum + Math.hypot(b[0] - a[0], b[1] - a[1]);
        }, 0);
        const drawn = totalArea(draw(multiPolygon([[ring]])));
        expect(Math.abs(drawn - Math.abs(area(ring)))).toBeLessThanOrEqual(2 + outline);
      }),
      RUNS,
    );
  });

  it("are cut so that four tiles without buffer add up to one twice as fine", () => {
    fc.assert(
      fc.property(star(2500, 0, 4096), (ring) => {
        const geometry = multiPolygon([[ring]]);
        const whole = totalArea(draw(geometry, 0));
        let parts = 0;
        let outline = 0;
        for (const [dx, dy] of [
          [0, 0],
          [1, 0],
          [0, 1],
          [1, 1],
        ] as const) {
          const child = { z: TILE.z + 1, x: 2 * TILE.x + dx, y: 2 * TILE.y + dy };
          const rings = decode(encodeTile(child, [{ name: "a", buffer: 0, features: [{ geometry }] }]));
          if (rings !== undefined) expectValid(rings);
          parts += totalArea(rings) / 4;
          for (const corners of rings ?? []) {
            for (const [i, a] of corners.entries()) {
              const b = corners[(i + 1) % corners.length] as Corner;
              outline += Math.hypot(b[0] - a[0], b[1] - a[1]) / 2;
            }
          }
        }
        expect(Math.abs(whole - parts)).toBeLessThanOrEqual(4 + outline);
      }),
      RUNS,
    );
  });

  it("are grouped by a decoder as they were written", () => {
    const ring: Corner[] = [
      [10, 10],
      [60, 10],
      [60, 60],
      [10, 60],
    ];
    const island = shrunk(ring, 0.3);
    const geometry = multiPolygon([
      [ring, shrunk(ring, 0.6)],
      [island, shrunk(island, 0.5)],
    ]);
    const feature = new VectorTile(
      new PbfReader(encodeTile(TILE, [{ name: "a", features: [{ geometry }] }])),
    ).layers.a?.feature(0);
    expect(classifyRings(feature?.loadGeometry() ?? []).map((part) => part.length)).toEqual([2, 2]);
  });
});

describe("levels", () => {
  it("give the very tile that the geometry gives, when it lies within the tile", () => {
    fc.assert(
      fc.property(fc.oneof(star(30, 100, 4000), scribble(40)), (ring) => {
        const geometry = multiPolygon([[ring]]);
        expect(drawLevel(geometry)).toEqual(draw(geometry));
      }),
      { numRuns: 1000 },
    );
  });

  it("give valid polygons when they cross the tile's edge", () => {
    fc.assert(
      fc.property(fc.oneof(star(60, -100, 40), star(60, 4060, 4200), star(9000, -3000, 6000)), (ring) => {
        const rings = drawLevel(multiPolygon([[ring]]));
        if (rings !== undefined) expectValid(rings);
      }),
      { numRuns: 800 },
    );
  });

  it("carry points and lines", () => {
    const points: GeoJsonGeometry = {
      type: "MultiPoint",
      coordinates: [
        [5, 5],
        [9000, 9],
        [7, 8],
      ].map((p) => degrees(p as [number, number])),
    };
    const line: GeoJsonGeometry = {
      type: "LineString",
      coordinates: [
        [4000, 5],
        [4300, 5],
        [4300, 50],
        [4000, 50],
      ].map((p) => degrees(p as [number, number])),
    };
    for (const geometry of [points, line]) {
      const level = encodeTile(TILE, [{ name: "a", columns: { levels: packShape(geometry).levels[8] as string } }]);
      expect(level).toEqual(encodeTile(TILE, [{ name: "a", features: [{ geometry }] }]));
      expect(level.length).toBeGreaterThan(0);
    }
  });

  it("refuse another extent and damaged text", () => {
    const levels = packShape(
      multiPolygon([
        [
          [
            [1, 1],
            [9, 1],
            [9, 9],
          ],
        ],
      ]),
    ).levels[8] as string;
    expect(() => encodeTile(TILE, [{ name: "a", extent: 512, columns: { levels } }])).toThrow("4096");
    expect(() => encodeTile(TILE, [{ name: "a", columns: { levels: levels.slice(0, -2) } }])).toThrow("cut short");
  });
});
