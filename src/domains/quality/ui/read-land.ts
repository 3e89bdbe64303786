import type { MultiPolygon, Polygon, Position } from "geojson";

const isPosition = (value: unknown): value is Position =>
  Array.isArray(value) &&
  value.length >= 2 &&
  typeof value[0] === "number" &&
  typeof value[1] === "number" &&
  Math.abs(value[0]) <= 180 &&
  Math.abs(value[1]) <= 90;

const isPolygon = (value: unknown): value is Position[][] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((ring) => Array.isArray(ring) && ring.length >= 3 && ring.every(isPosition));

/** The first polygon in a GeoJSON value: a geometry, a feature or a collection of features. */
function polygonIn(value: unknown): Polygon | MultiPolygon | null {
  if (typeof value !== "object" || value === null) return null;
  const { type, coordinates, geometry, features } = value as Record<string, unknown>;
  if (type === "Feature") return polygonIn(geometry);
  if (type === "FeatureCollection" && Array.isArray(features))
    return features.map(polygonIn).find((found) => found !== null) ?? null;
  if (type === "Polygon" && isPolygon(coordinates)) return { type, coordinates };
  if (type === "MultiPolygon" && Array.isArray(coordinates) && coordinates.length > 0 && coordinates.every(isPolygon))
    return { type, coordinates };
  return null;
}

/**
 * Reads land as people paste it: GeoJSON, or one corner a line as latitude and longitude in degrees WGS 84.
 * @returns the polygon, or "unreadable"
 */
export function readLand(text: string): Polygon | MultiPolygon | "unreadable" {
  const trimmed = text.trim();
  if (trimmed.startsWith("{")) {
    try {
      return polygonIn(JSON.parse(trimmed)) ?? "unreadable";
    } catch {
      return "unreadable";
    }
  }
  const corners: Position[] = [];
  for (const line of trimmed.split(/\r?\n/).filter((each) => each.trim() !== "")) {
    const [lat, lon, more] = line
      .trim()
      .split(/[\s,;]+/)
      .map(Number);
    if (lat === undefined || lon === undefined || more !== undefined || !isPosition([lon, lat])) return "unreadable";
    corners.push([lon, lat]);
  }
  const [first] = corners;
  if (!first || corners.length < 3) return "unreadable";
  return { type: "Polygon", coordinates: [[...corners, first]] };
}
