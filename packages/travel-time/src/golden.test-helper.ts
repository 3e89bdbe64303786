import { fileURLToPath } from "node:url";
import type { GrassRun } from "./grass.test-helper.ts";
import type { Source } from "./travel.ts";

/** The runs of GRASS GIS 8.2.1 whose results are kept in `golden/`, by the name of the file. */
export const GOLDEN_RUNS: readonly (GrassRun & { name: string })[] = [
  { name: "r-cost", module: "r.cost" },
  { name: "r-cost-k", module: "r.cost", flags: "-k" },
  { name: "r-walk", module: "r.walk" },
  { name: "r-walk-k", module: "r.walk", flags: "-k" },
];

/** Where their travel starts. */
export const GOLDEN_SOURCES: readonly Source[] = [{ cell: 20 * 67 + 9 }, { cell: 51 * 67 + 60 }, { cell: 40 }];

/** The path of a golden raster. */
export const goldenPath = (name: string): string => fileURLToPath(new URL(`../golden/${name}.tif`, import.meta.url));
