export { LANGMUIR, type LangmuirWalk } from "./engine/edges.ts";
export { MOVES, type Move } from "./engine/moves.ts";
export { START, UNREACHED } from "./engine/routes.ts";
export { type TravelTimeCode, TravelTimeProblem } from "./problem.ts";
export { type CellWindow, cellAt, cellCentre, type Grid, type Raster, windowGrid } from "./raster/raster.ts";
export { openGeoTiff, type RasterFile } from "./raster/read-geotiff.ts";
export { type GeoTiffOptions, writeGeoTiff } from "./raster/write-geotiff.ts";
export { referenceTravelTime } from "./reference.ts";
export type { Movement, Source, TravelOptions, TravelTime } from "./travel.ts";
