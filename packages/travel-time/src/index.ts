export { allocateCapacity, type CapacityAllocation } from "./access/capacity.ts";
export {
  type Catchment,
  type CatchmentOptions,
  type CatchmentSearch,
  catchmentSearch,
  catchments,
} from "./access/catchments.ts";
export { coverageByUnit, type UnitCoverage } from "./access/coverage.ts";
export { type AccessMethod, type AccessScores, accessScores, type Decay, decayWeights } from "./access/scores.ts";
export { type Siting, type Spending, siteByCoverage, siteByTime } from "./access/siting.ts";
export { type AnywhereOptions, populatedCells, type SitingProgress, siteAnywhere } from "./access/siting-anywhere.ts";
export { travelTime } from "./compiled.ts";
export { LANGMUIR, type LangmuirWalk } from "./engine/edges.ts";
export { MODE } from "./engine/modes.ts";
export { MOVES, type Move } from "./engine/moves.ts";
export { START, UNREACHED } from "./engine/routes.ts";
export { buildFriction } from "./friction/build.ts";
export { findCrossings } from "./friction/crossings.ts";
export { checkFrictionInput, FrictionInputProblem } from "./friction/input.ts";
export { type Place, type PlacedSource, placeSources } from "./friction/place.ts";
export { groundSlope, perCell, withSlope } from "./friction/slope.ts";
export { SPEEDS, speedBand, varySpeeds } from "./friction/speeds.ts";
export type {
  BuiltFriction,
  ClassRaster,
  FrictionChoices,
  FrictionFinding,
  FrictionFindingCode,
  FrictionInput,
  FrictionRule,
  ModeName,
  Season,
  SpeedRule,
  SpeedTable,
} from "./friction/types.ts";
export { type TravelTimeCode, TravelTimeProblem } from "./problem.ts";
export { burnPolygon, cellSpace, type FeatureCoordinates, unitsOf } from "./raster/burn.ts";
export { cornersOf, metricGrid, type Projection, projectionOf, type XY } from "./raster/coordinates.ts";
export { parseFeatures, positionsOf } from "./raster/features.ts";
export {
  type CellWindow,
  cellAt,
  cellCentre,
  checkSameGrid,
  type Grid,
  isGeographic,
  type Raster,
  windowGrid,
} from "./raster/raster.ts";
export { openGeoTiff, type RasterFile } from "./raster/read-geotiff.ts";
export { coarserGrid, type MovedPeople, movePeople, resample } from "./raster/resample.ts";
export { type GeoTiffOptions, writeGeoTiff } from "./raster/write-geotiff.ts";
export { referenceTravelTime } from "./reference.ts";
export type { ModeMovement, Movement, Source, TravelOptions, TravelTime } from "./travel.ts";
