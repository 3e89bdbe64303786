import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TravelTimeProblem } from "../problem.ts";
import { cellAt, cellCentre, type Raster } from "./raster.ts";
import { openGeoTiff } from "./read-geotiff.ts";
import { writeGeoTiff } from "./write-geotiff.ts";

function wavy(columns: number, rows: number): Raster {
  const data = Float32Array.from({ length: columns * rows }, (_, i) => (i % 17 === 3 ? Number.NaN : Math.sin(i) * 100));
  return {
    grid: { columns, rows, west: 489_000, north: 1_276_000, cellWidth: 100, cellHeight: 90, epsg: 32648 },
    data,
  };
}

describe("GeoTIFF", () => {
  for (const layout of ["tiled", "striped"] as const) {
    for (const compression of ["deflate", "none"] as const) {
      it(`comes back bit for bit from a ${layout} file, compression ${compression}`, async () => {
        const raster = wavy(301, 270);
        const blob = await writeGeoTiff(raster, { layout, compression });
        const file = await openGeoTiff(await blob.arrayBuffer());
        expect(file.grid).toEqual(raster.grid);
        const { data } = await file.read();
        expect(data.findIndex((value, i) => !Object.is(value, raster.data[i]))).toBe(-1);
        expect(data.length).toBe(raster.data.length);
      });

      it(`reads any window of a ${layout} file, compression ${compression}`, async () => {
        const raster = wavy(290, 40);
        const file = await openGeoTiff(await writeGeoTiff(raster, { layout, compression }));
        await fc.assert(
          fc.asyncProperty(fc.nat(289), fc.nat(39), fc.integer({ min: 1, max: 60 }), async (column, row, size) => {
            const window = {
              firstColumn: column,
              firstRow: row,
              lastColumn: Math.min(290, column + size),
              lastRow: Math.min(40, row + size),
            };
            const part = await file.read({ window });
            const { columns } = part.grid;
            const last = part.data.length - 1;
            for (const i of [0, last >> 1, last]) {
              const source = (row + Math.floor(i / columns)) * 290 + column + (i % columns);
              expect(part.data[i]).toBe(raster.data[source]);
            }
            const { x, y } = cellCentre(part.grid, last);
            expect(cellAt(raster.grid, x, y)).toBe((window.lastRow - 1) * 290 + window.lastColumn - 1);
          }),
          { numRuns: 25 },
        );
      });
    }
  }

  it("keeps doubles and geographic coordinates", async () => {
    const data = Float64Array.from([1 / 3, Number.NaN, 2 ** -40, 1e300]);
    const grid = {
      columns: 2,
      rows: 2,
      west: 104.5,
      north: 12.25,
      cellWidth: 1 / 1200,
      cellHeight: 1 / 1200,
      epsg: 4326,
    };
    const file = await openGeoTiff(await writeGeoTiff({ grid, data }, { geographic: true, layout: "striped" }));
    expect(file.grid).toEqual(grid);
    expect((await file.readDouble()).data).toEqual(data);
  });

  it("refuses a window outside the grid and a band that is not there", async () => {
    const file = await openGeoTiff(await writeGeoTiff(wavy(20, 20)));
    const window = { firstColumn: 0, firstRow: 0, lastColumn: 21, lastRow: 5 };
    await expect(file.read({ window })).rejects.toThrow(TravelTimeProblem);
    await expect(file.read({ band: 1 })).rejects.toThrow("no band 1");
  });
});

describe("cellAt", () => {
  const { grid } = wavy(10, 5);
  it("finds the cell of every centre, gives the outer edges to the grid, and -1 outside", () => {
    for (let cell = 0; cell < 50; cell++) {
      const { x, y } = cellCentre(grid, cell);
      expect(cellAt(grid, x, y)).toBe(cell);
    }
    expect(cellAt(grid, 490_000, 1_276_000 - 450)).toBe(49);
    expect(cellAt(grid, 490_000.1, 1_276_000)).toBe(-1);
    expect(cellAt(grid, 489_000, 1_276_000.1)).toBe(-1);
    expect(cellAt(grid, Number.NaN, 1_276_000)).toBe(-1);
  });
});
