import type { Feature, FeatureCollection, Geometry, Position } from "geojson";
import { TravelTimeProblem } from "../problem.ts";

/** How deep positions lie in the coordinates of each kind of geometry. */
const DEPTH: Readonly<Record<string, number>> = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
};

function holdsPositions(value: unknown, depth: number): boolean {
  if (!Array.isArray(value)) return false;
  if (depth > 0) return value.every((part) => holdsPositions(part, depth - 1));
  return value.length >= 2 && value.every((number) => typeof number === "number" && Number.isFinite(number));
}

function isGeometry(value: unknown): boolean {
  const { type, coordinates, geometries } = (value ?? {}) as Partial<Record<string, unknown>>;
  if (type === "GeometryCollection") return Array.isArray(geometries) && geometries.every(isGeometry);
  const depth = typeof type === "string" ? DEPTH[type] : undefined;
  return depth !== undefined && holdsPositions(coordinates, depth);
}

const isFeature = (value: unknown): value is Feature<Geometry | null> => {
  const { type, geometry = null } = (value ?? {}) as Partial<Record<string, unknown>>;
  return type === "Feature" && (geometry === null || isGeometry(geometry));
};

/**
 * Reads a GeoJSON feature collection of UTF-8 text, with or without a byte order mark; members it does not know are kept.
 * Refuses text that is none, and features whose geometry is none (`file-unsupported`; `feature` in the details is the
 * number of the first such feature, from 1).
 */
export function parseFeatures(text: string): FeatureCollection {
  let read: Partial<FeatureCollection> | null = null;
  try {
    read = JSON.parse(text.replace(/^\uFEFF/, "")) as Partial<FeatureCollection> | null;
  } catch {
    // Told below.
  }
  if (read?.type !== "FeatureCollection" || !Array.isArray(read.features)) {
    throw new TravelTimeProblem("file-unsupported", "The file is no GeoJSON feature collection.");
  }
  const wrong = read.features.findIndex((feature) => !isFeature(feature));
  if (wrong >= 0) {
    const feature = wrong + 1;
    throw new TravelTimeProblem("file-unsupported", `Feature ${feature} has no geometry that can be read.`, {
      feature,
    });
  }
  return read as FeatureCollection;
}

/** Every position of a geometry's coordinates, however deep they lie. */
export function* positionsOf(coordinates: unknown): Generator<Position, void, undefined> {
  if (!Array.isArray(coordinates)) return;
  if (typeof coordinates[0] === "number") yield coordinates as Position;
  else for (const part of coordinates) yield* positionsOf(part);
}
