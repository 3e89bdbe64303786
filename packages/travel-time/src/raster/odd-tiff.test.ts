import { describe, expect, it } from "vitest";
import { type OddImage, oddTiff, placed, type Tag } from "./odd-tiff.test-helper.ts";
import { openGeoTiff } from "./read-geotiff.ts";

const floats = (...values: number[]): OddImage => ({
  ...{ columns: 2, rows: values.length / 2, bits: 32, format: 3, tags: placed },
  cells: new Uint8Array(Float32Array.from(values).buffer),
});
const shorts = (values: number[], ...tags: Tag[]): OddImage => ({
  ...{ columns: 2, rows: values.length / 2, bits: 16, format: 2, tags: [...placed, ...tags] },
  cells: new Uint8Array(Int16Array.from(values).buffer),
});
const valuesOf = async (bytes: ArrayBuffer) => [...(await (await openGeoTiff(bytes)).read()).data];
const reading = (...images: OddImage[]) => valuesOf(oddTiff(...images));
const matrix = (right: number, skew: number, tilt: number, down: number): Tag => [
  34264,
  12,
  [right, skew, 0, 500_000, tilt, down, 0, 1_200_000, 0, 0, 0, 0, 0, 0, 0, 1],
];
const refused = (words: RegExp) => ({ code: "file-unsupported", message: expect.stringMatching(words) });

describe("GeoTIFF that other programs write", () => {
  const corner = { west: 500_000, north: 1_200_000, cellWidth: 10, cellHeight: 10 };

  it("finds the corner by a tie point of any cell, by a matrix, and by the middle of the first cell", async () => {
    const grid = async (...tags: Tag[]) => (await openGeoTiff(oddTiff({ ...floats(1, 2, 3, 4), tags }))).grid;
    const scale: Tag = [33550, 12, [10, 10, 0]];
    expect(await grid(...placed)).toMatchObject(corner);
    expect(await grid(scale, [33922, 12, [1, 1, 0, 500_010, 1_199_990, 0]])).toMatchObject(corner);
    expect(await grid(matrix(10, 0, 0, -10))).toMatchObject(corner);
    const point: Tag = [34735, 3, [1, 1, 0, 1, 1025, 0, 1, 2]];
    expect(await grid(scale, [33922, 12, [0, 0, 0, 500_005, 1_199_995, 0]], point)).toMatchObject(corner);
  });

  it.each([
    [[matrix(10, 0, 0, 10)], /north-up/],
    [[matrix(-10, 0, 0, -10)], /north-up/],
    [[matrix(10, 1, 0, -10)], /rotated/],
    [[], /where it lies/],
    [[placed[1] as Tag], /where it lies/],
  ])("refuses a raster that does not lie as rasters here do: %#", async (tags, words) => {
    await expect(openGeoTiff(oddTiff({ ...floats(1, 2), tags }))).rejects.toMatchObject(refused(words));
  });

  it("refuses a file that ends before its cells do, which would be read as zeros", async () => {
    const whole = oddTiff(floats(1, 2, 3, 4));
    expect(await valuesOf(whole)).toEqual([1, 2, 3, 4]);
    for (const lost of [1, 7, 16]) {
      await expect(valuesOf(whole.slice(0, -lost))).rejects.toMatchObject(refused(/cut off/));
    }
  });

  it("refuses cells of a type or a compression that it cannot read, in words", async () => {
    const cells = new Uint8Array(32);
    const odd = { ...floats(1, 2, 3, 4), cells };
    await expect(reading({ ...odd, bits: 64, format: 2 })).rejects.toMatchObject(refused(/cannot be read \(/));
    await expect(reading({ ...odd, bits: 64, format: 5 })).rejects.toMatchObject(refused(/cannot be read \(/));
    const packed = (method: number): OddImage => ({ ...odd, tags: [...placed, [259, 3, [method]]] });
    await expect(reading(packed(34925))).rejects.toMatchObject(refused(/cannot be read \(/));
    await expect(reading(packed(34887))).rejects.toMatchObject(refused(/LERC/));
  });

  it("takes a lowest or highest number for no value, however few of its digits are written", async () => {
    const low = -3.4028234663852886e38;
    const said = (text: string, ...values: number[]) =>
      reading({ ...floats(...values), tags: [...placed, [42113, 2, text]] });
    expect(await said("-3.40282e+38", low, 1)).toEqual([Number.NaN, 1]);
    expect(await said("-1.79769313486232e+308", Number.NEGATIVE_INFINITY, 1)).toEqual([Number.NaN, 1]);
    expect(await said("3.40282e+38", low, -low)).toEqual([low, Number.NaN]);
    expect(await said("-9999 ", -9999, 0)).toEqual([Number.NaN, 0]);
  });

  it("applies the scale and the offset that a band names, after taking out what has no value", async () => {
    const items = '<Item name="OFFSET" sample="0" role="offset">100</Item><Item name="SCALE" sample="0">0.5</Item>';
    const metadata: Tag = [42112, 2, `<GDALMetadata>${items}</GDALMetadata>`];
    expect(await reading(shorts([3, -1], metadata, [42113, 2, "-1"]))).toEqual([101.5, Number.NaN]);
  });

  it("leaves out the cells that the file's own mask leaves out", async () => {
    const mask = (kind: number): OddImage => ({
      ...{ columns: 2, rows: 2, bits: 8, format: 1, cells: Uint8Array.from([255, 0, 0, 255]) },
      tags: [[254, 4, [kind]]],
    });
    expect(await reading(floats(1, 2, 3, 4), mask(4))).toEqual([1, Number.NaN, Number.NaN, 4]);
    expect(await reading(floats(1, 2, 3, 4), mask(1))).toEqual([1, 2, 3, 4]);
  });
});
