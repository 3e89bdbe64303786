import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cellCentre, type Grid, openGeoTiff, projectionOf, type Raster, writeGeoTiff } from "@santi/travel-time";
import type { FeatureCollection } from "geojson";
import { santi as runSanti, type Said } from "../testing.ts";

/** Runs `santi access` with some arguments. */
export const santi = (...args: string[]): Promise<Said> => runSanti("access", ...args);

/** A folder of its own for the files of a test, and how they are written. */
export function testFolder() {
  const folder = mkdtempSync(join(tmpdir(), "santi-cli-access-"));
  const at = (name: string) => join(folder, name);
  return {
    at,
    /** Writes a GeoTIFF and returns its path. */
    async save(name: string, raster: Raster<Float32Array | Float64Array>) {
      writeFileSync(at(name), new Uint8Array(await (await writeGeoTiff(raster)).arrayBuffer()));
      return at(name);
    },
    /** Writes JSON and returns its path. */
    saveJson(name: string, value: unknown) {
      writeFileSync(at(name), JSON.stringify(value));
      return at(name);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The middles of cells as points with names (S1, S2, …), in degrees or in the coordinates of the grid. */
export function points(
  grid: Grid,
  cells: readonly number[],
  degrees: boolean,
  properties: object = {},
): FeatureCollection {
  return {
    type: "FeatureCollection",
    features: cells.map((cell, i) => {
      const { x, y } = cellCentre(grid, cell);
      const place = degrees ? projectionOf(grid).toWgs84(x, y) : [x, y];
      return {
        type: "Feature",
        properties: { name: `S${i + 1}`, ...properties },
        geometry: { type: "Point", coordinates: [...place] },
      };
    }),
  };
}

/** The values of a GeoTIFF as doubles. */
export const readValues = async (path: string): Promise<Float64Array> =>
  (await (await openGeoTiff(path)).readDouble()).data;
