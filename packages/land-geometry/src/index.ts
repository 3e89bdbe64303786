export { apportion } from "./apportion.ts";
export { areaSquareMetres, geodesicArea, perimeterMetres, signedRingArea } from "./area.ts";
export { bearingFrom, type NorthCorrections, type NorthReference, parseBearing, trueBearing } from "./bearings.ts";
export type { Finding, GeometryCheck, SuggestionReason } from "./checks/finding.ts";
export { overlapShare } from "./checks/overlap.ts";
export {
  checkOutsideRegion,
  checkPlace,
  checkSigns,
  checkSwappedAxes,
  checkUtmZone,
  type ExpectedPlace,
  type ZoneReading,
} from "./checks/place.ts";
export { checkPolygon } from "./checks/polygon.ts";
export { mapPositions, type PlacedPosition, positionsOf, type SimpleGeometry } from "./checks/positions.ts";
export {
  checkDefaultPoint,
  checkMisclosure,
  checkPrecision,
  type DefaultPoint,
  findRepeatedPoints,
  type MisclosureLimits,
  type RepeatedPoint,
} from "./checks/precision.ts";
export { type Repair, type RepairedPolygon, repairPolygon } from "./checks/repair.ts";
export type { Areal } from "./checks/rings.ts";
export {
  checkDuplicateParts,
  checkOrientation,
  checkPartOverlap,
  checkRingRelations,
  checkSelfIntersection,
  checkVertexOrder,
} from "./checks/topology.ts";
export {
  checkConsecutiveDuplicates,
  checkLastRepeatsFirst,
  checkLongSides,
  checkRepeatedFirstPair,
  checkRepeatedVertices,
  checkRingClosure,
  checkSpikes,
  checkVertexCount,
  type SpikeLimits,
} from "./checks/vertices.ts";
export { formatCoordinate, type WritingOptions, type WrittenCoordinate } from "./coordinates/format.ts";
export { parseCoordinate, parseCoordinateCells } from "./coordinates/parse.ts";
export type { CoordinateFormat, CoordinateResult, ReadCoordinate, ReadingOptions } from "./coordinates/types.ts";
export {
  type AreaOfUse,
  type Datum,
  type DatumId,
  type DatumOperation,
  datumOperations,
  datums,
  type Ellipsoid,
  type HelmertParameters,
} from "./datum-table.ts";
export {
  findDatum,
  findOperation,
  fromWgs84,
  isWithinAreaOfUse,
  type LonLat,
  operationsFor,
  toWgs84,
} from "./datums.ts";
export { bearingDegrees, destination, distanceMetres } from "./geodesic.ts";
export { fromMgrs, type MgrsSquare, toMgrs } from "./mgrs.ts";
export {
  type AreaAccounts,
  accountsOf,
  type Product,
  type ProductAccount,
  type ProductOverlap,
} from "./partition/accounts.ts";
export { type Balance, type BalanceOptions, type BalancePolygon, createBalance } from "./partition/balance.ts";
export { intersectionArea } from "./partition/common-area.ts";
export {
  clipTo,
  merge,
  type Overlap,
  type Partition,
  partition,
  splitByLine,
  subtract,
  unionArea,
} from "./partition/overlay.ts";
export { fastGeodesicArea } from "./partition/side-area.ts";
export { GeometryError, type Problem, type ProblemCode, type Result } from "./problem.ts";
export {
  fromTm3,
  fromUtm,
  type GridPosition,
  toTm3,
  toUtm,
  type UtmZone,
  utmZoneOf,
  vn2000Meridians,
} from "./projections.ts";
export { prepareRegion, type Region } from "./region.ts";
export * from "./survey/index.ts";
export {
  adjustTraverse,
  layOut,
  planeArea,
  type Traverse,
  type TraverseLeg,
  type TraversePoint,
  type TraverseRow,
  traversePoints,
  traversePolygon,
} from "./traverse.ts";
export { type DecodedWkb, readWkb, readWkbHex, type WkbOptions, writeWkb, writeWkbHex } from "./wkb.ts";
