import { readWkb as decodeWkb, writeWkb as encodeWkb, GeometryError } from "@santi/land-geometry";
import type { Geometry, Position } from "geojson";
import { FileProblem } from "./problem.ts";

/**
 * Reads a geometry in well-known binary of any form. Measures are dropped, heights kept; parts without a position are
 * left out, and a geometry without any is null. Throws `geometry.malformed` and `geometry.unsupported-type` (curves,
 * surfaces).
 */
export function readWkb(bytes: Uint8Array): Geometry | null {
  try {
    return withoutEmpty(decodeWkb(bytes).geometry);
  } catch (cause) {
    if (!(cause instanceof GeometryError)) throw cause;
    const code = cause.problem.code === "wkb.geometry-unsupported" ? "geometry.unsupported-type" : "geometry.malformed";
    throw new FileProblem(code, { bytes: bytes.byteLength });
  }
}

/**
 * Writes a geometry as little-endian ISO well-known binary, with heights when its first position has one; positions
 * that lack one then get 0.
 */
export function writeWkb(geometry: Geometry): Buffer {
  return Buffer.from(encodeWkb(geometry, { form: "iso", level: true }).buffer);
}

/** The geometry without parts that have no position; null when nothing is left. */
function withoutEmpty(geometry: Geometry): Geometry | null {
  if (geometry.type === "GeometryCollection") {
    const geometries = geometry.geometries.flatMap((part) => withoutEmpty(part) ?? []);
    return geometries.length === 0 ? null : { type: "GeometryCollection", geometries };
  }
  if (geometry.type.startsWith("Multi")) {
    const coordinates = (geometry.coordinates as unknown[][]).filter(({ length }) => length > 0);
    return coordinates.length === 0 ? null : ({ ...geometry, coordinates } as Geometry);
  }
  return geometry.coordinates.length === 0 ? null : geometry;
}

/** Every position of a geometry, in order. */
export function* positionsOf(geometry: Geometry): Generator<Position> {
  switch (geometry.type) {
    case "Point":
      if (geometry.coordinates.length >= 2) yield geometry.coordinates;
      break;
    case "LineString":
    case "MultiPoint":
      yield* geometry.coordinates;
      break;
    case "Polygon":
    case "MultiLineString":
      for (const line of geometry.coordinates) yield* line;
      break;
    case "MultiPolygon":
      for (const polygon of geometry.coordinates) for (const ring of polygon) yield* ring;
      break;
    case "GeometryCollection":
      for (const inner of geometry.geometries) yield* positionsOf(inner);
  }
}

/** The bounding box of a geometry as west, south, east, north in its own units; null when it has no position. */
export function boundsOf(geometry: Geometry): [number, number, number, number] | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x = 0, y = 0] of positionsOf(geometry)) {
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < south) south = y;
    if (y > north) north = y;
  }
  return west <= east ? [west, south, east, north] : null;
}
