/**
 * Makes the rasters in `golden/` with an installed GRASS GIS: the terrain, and what r.cost and r.walk find on it.
 *
 * npx tsx packages/travel-time/scripts/make-golden.ts
 */
import { writeFileSync } from "node:fs";
import { GOLDEN_RUNS, GOLDEN_SOURCES, goldenPath } from "../src/golden.test-helper.ts";
import { runGrass } from "../src/grass.test-helper.ts";
import { writeGeoTiff } from "../src/raster/write-geotiff.ts";
import { madeUpTerrain } from "../src/samples.test-helper.ts";

const { friction, elevation } = madeUpTerrain(67, 59, 11, 75);
const { results } = runGrass({ friction, elevation }, GOLDEN_SOURCES, GOLDEN_RUNS);
const save = async (name: string, raster: Parameters<typeof writeGeoTiff>[0]) =>
  writeFileSync(
    goldenPath(name),
    new Uint8Array(await (await writeGeoTiff(raster, { layout: "striped" })).arrayBuffer()),
  );
await save("friction", friction);
await save("elevation", elevation);
for (const [index, run] of GOLDEN_RUNS.entries()) {
  await save(run.name, { grid: friction.grid, data: results[index] as Float64Array });
}
