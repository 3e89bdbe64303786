import { LINE, POINT, POLYGON, type Shape, type ShapeKind } from "./shape.ts";

/** A GeoJSON geometry (RFC 7946), as far as tiles read it. */
export type GeoJsonGeometry =
  | { readonly type: "Point"; readonly coordinates: readonly number[] }
  | { readonly type: "MultiPoint"; readonly coordinates: readonly (readonly number[])[] }
  | { readonly type: "LineString"; readonly coordinates: readonly (readonly number[])[] }
  | { readonly type: "MultiLineString"; readonly coordinates: readonly (readonly (readonly number[])[])[] }
  | { readonly type: "Polygon"; readonly coordinates: readonly (readonly (readonly number[])[])[] }
  | {
      readonly type: "MultiPolygon";
      readonly coordinates: readonly (readonly (readonly (readonly number[])[])[])[];
    }
  | { readonly type: "GeometryCollection"; readonly geometries: readonly GeoJsonGeometry[] };

/**
 * Reads a GeoJSON geometry in EPSG:4326 degrees into a shape. Of a collection only the members of the highest
 * dimension are kept, as a tile feature has one kind.
 * @param geometry the geometry
 * @param into the shape to overwrite
 */
export function readGeoJson(geometry: GeoJsonGeometry, into: Shape): void {
  const kind = kindOf(geometry);
  into.clear(kind);
  append(geometry, kind, into);
}

function kindOf(geometry: GeoJsonGeometry): ShapeKind {
  switch (geometry.type) {
    case "Point":
    case "MultiPoint":
      return POINT;
    case "LineString":
    case "MultiLineString":
      return LINE;
    case "Polygon":
    case "MultiPolygon":
      return POLYGON;
    case "GeometryCollection":
      return Math.max(POINT, ...geometry.geometries.map(kindOf)) as ShapeKind;
  }
}

function append(geometry: GeoJsonGeometry, kind: ShapeKind, into: Shape): void {
  if (geometry.type === "GeometryCollection") {
    for (const member of geometry.geometries) append(member, kind, into);
    return;
  }
  if (kindOf(geometry) !== kind) return;
  if (geometry.type === "Point") addPoints([geometry.coordinates], into);
  else if (geometry.type === "MultiPoint") addPoints(geometry.coordinates, into);
  else if (geometry.type === "LineString") addParts([geometry.coordinates], into);
  else if (geometry.type === "MultiPolygon") for (const rings of geometry.coordinates) addParts(rings, into);
  else addParts(geometry.coordinates, into);
}

function addPoints(positions: readonly (readonly number[])[], into: Shape): void {
  for (const position of positions) {
    // An empty GeoJSON point has no coordinates.
    if (position.length >= 2) into.addDegrees(position[0] as number, position[1] as number);
  }
}

function addParts(parts: readonly (readonly (readonly number[])[])[], into: Shape): void {
  for (const part of parts) {
    addPoints(part, into);
    into.endPart();
  }
}
