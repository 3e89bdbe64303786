export {
  COLUMN_NULL,
  COLUMN_SEPARATOR,
  encodeTile,
  splitColumn,
  type TileColumns,
  type TileFeature,
  type TileLayer,
  type TileValue,
} from "./encode-tile.ts";
export type { GeoJsonGeometry } from "./geojson.ts";
export { encodeLevels, LAST_LEVEL } from "./level.ts";
export { encodeShape, type PackedShape, PackedShapeReader, packShape } from "./packed-shape.ts";
export { type ArchiveOptions, type ArchiveTile, tileId, writePmtiles } from "./pmtiles.ts";
export { LINE, POINT, POLYGON, Shape, type ShapeKind } from "./shape.ts";
export { readWkb } from "./wkb.ts";
export {
  checkTile,
  latitudeOf,
  longitudeOf,
  MAX_LATITUDE,
  MERCATOR_HALF,
  smallestSize,
  type TileAddress,
  tileBounds,
  WORLD_BITS,
  WORLD_SIZE,
  worldX,
  worldY,
} from "./world.ts";
