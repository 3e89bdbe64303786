import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PackedShapeReader, packShape } from "./packed-shape.ts";
import { Shape } from "./shape.ts";
import { readWkb } from "./wkb.ts";
import { latitudeOf, longitudeOf, smallestSize, tileBounds, WORLD_SIZE, worldX, worldY } from "./world.ts";

/** Writes WKB of one geometry; `flags` are added to the type code. */
function wkb(type: number, little: boolean, numbers: (number | "count")[], counts: number[], flags = 0): Uint8Array {
  const bytes: number[] = [little ? 1 : 0];
  const put = (size: number, write: (view: DataView) => void) => {
    const view = new DataView(new ArrayBuffer(size));
    write(view);
    for (let i = 0; i < size; i++) bytes.push(view.getUint8(i));
  };
  put(4, (view) => view.setUint32(0, (type | flags) >>> 0, little));
  if ((flags & 0x20000000) !== 0) put(4, (view) => view.setUint32(0, counts.shift() as number, little));
  for (const number of numbers) {
    if (number === "count") put(4, (view) => view.setUint32(0, counts.shift() as number, little));
    else put(8, (view) => view.setFloat64(0, number, little));
  }
  return Uint8Array.from(bytes);
}

const read = (bytes: Uint8Array) => {
  const shape = new Shape();
  readWkb(bytes, shape);
  return shape;
};

const triangle: (number | "count")[] = ["count", "count", 0, 0, 10, 0, 10, 10, 0, 0];

describe("readWkb", () => {
  it("reads both byte orders, EWKB and ISO dimensions to the same shape", () => {
    const plain = read(wkb(3, true, triangle, [1, 4]));
    expect(plain.points).toBe(3);
    expect([...plain.coordinates.subarray(0, 2)]).toEqual([WORLD_SIZE / 2, WORLD_SIZE / 2]);
    const others = [
      wkb(3, false, triangle, [1, 4]),
      wkb(3, true, triangle, [4326, 1, 4], 0x20000000),
      wkb(3, true, ["count", "count", 0, 0, 7, 10, 0, 7, 10, 10, 7, 0, 0, 7], [1, 4], 0x80000000),
      wkb(3003, false, ["count", "count", 0, 0, 7, 7, 10, 0, 7, 7, 10, 10, 7, 7, 0, 0, 7, 7], [1, 4]),
    ];
    for (const bytes of others) expect(read(bytes)).toEqual(plain);
  });

  it("reads the members of the highest dimension of a collection", () => {
    const point = wkb(1, true, [5, 5], []);
    const polygon = wkb(3, true, triangle, [1, 4]);
    const head = wkb(7, true, ["count"], [3]);
    const shape = read(Uint8Array.from([...head, ...point, ...polygon, ...polygon]));
    expect([shape.kind, shape.points, shape.parts]).toEqual([3, 6, 2]);
  });

  it("reads an empty point as no point", () => {
    expect(read(wkb(1, true, [Number.NaN, Number.NaN], [])).points).toBe(0);
  });

  it("refuses what is cut short, of another system, or not drawable", () => {
    const whole = wkb(3, true, triangle, [1, 4]);
    for (let length = 0; length < whole.length; length++) {
      expect(() => read(whole.subarray(0, length))).toThrow(RangeError);
    }
    expect(() => read(wkb(3, true, triangle, [32648, 1, 4], 0x20000000))).toThrow("SRID 32648");
    expect(() => read(wkb(8, true, ["count"], [0]))).toThrow("type 8");
  });
});

describe("packShape", () => {
  it("comes back to the nearest world unit", () => {
    const position = fc.tuple(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: -85, max: 85, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(position, { minLength: 2, maxLength: 60 }), fc.nat(9), (coordinates, extra) => {
        const geometry = { type: "MultiPoint", coordinates } as const;
        const { shape, size } = packShape(geometry);
        expect(/^[!-~]*$/.test(shape)).toBe(true);
        expect(size).toBe(WORLD_SIZE);
        const reader = new PackedShapeReader(shape.repeat(extra + 1));
        const back = new Shape();
        for (let i = 0; i <= extra; i++) {
          expect(reader.next(back, 0)).toBe(true);
          expect(back.points).toBe(coordinates.length);
          for (const [k, [longitude, latitude]] of coordinates.entries()) {
            expect(Math.abs((back.coordinates[2 * k] as number) - worldX(longitude))).toBeLessThanOrEqual(0.5);
            expect(Math.abs((back.coordinates[2 * k + 1] as number) - worldY(latitude))).toBeLessThanOrEqual(0.5);
          }
        }
        expect(reader.done).toBe(true);
      }),
    );
  });

  it("is refused when damaged", () => {
    const { shape } = packShape({
      type: "LineString",
      coordinates: [
        [1, 2],
        [3, 4],
      ],
    });
    for (let length = 1; length < shape.length; length++) {
      expect(() => new PackedShapeReader(shape.slice(0, length)).next(new Shape(), 0)).toThrow(RangeError);
    }
  });

  it("skips what is smaller than asked for", () => {
    const { shape, size } = packShape({
      type: "LineString",
      coordinates: [
        [1, 2],
        [1.0001, 2],
      ],
    });
    expect(size).toBe(Math.round((0.0001 / 360) * WORLD_SIZE));
    const reader = new PackedShapeReader(shape + shape);
    expect(reader.next(new Shape(), size + 1)).toBe(false);
    expect(reader.next(new Shape(), size)).toBe(true);
  });
});

describe("the world", () => {
  it("goes from degrees and back", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.double({ min: -85, max: 85, noNaN: true }),
        (x, y) => {
          expect(longitudeOf(worldX(x))).toBeCloseTo(x, 9);
          expect(latitudeOf(worldY(y))).toBeCloseTo(y, 9);
        },
      ),
    );
    expect([worldY(90), worldY(-90), worldX(-181), worldX(200)]).toEqual([0, WORLD_SIZE, 0, WORLD_SIZE]);
  });

  it("gives the box of a tile with its buffer", () => {
    const { west, east, north, south } = tileBounds({ z: 1, x: 1, y: 0 }, 0);
    expect([west, south, east].map((value) => Math.round(value * 10) / 10 + 0)).toEqual([0, 0, 180]);
    expect(north).toBeCloseTo(85.0511, 3);
    expect(tileBounds({ z: 1, x: 1, y: 0 }).west).toBeCloseTo((-180 * 64.5) / 4096, 9);
    expect(smallestSize(16)).toBe(0.5);
  });
});
