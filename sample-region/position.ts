import { frameAt, type Point } from "./geometry/frame.ts";
import { contains, type Region } from "./geometry/region.ts";
import type { Random } from "./random.ts";

/**
 * The position fields of a record that lies at a point: read from a receiver, from a map, or only known by the village,
 * whose own place then stands for it.
 */
export function pointPosition(place: Point, village: Point, random: Random, gpsShare: number): Record<string, unknown> {
  if (random.chance(gpsShare)) {
    return {
      geometry: { type: "Point", coordinates: place },
      coordinatesAsTyped: `${place[1].toFixed(5)}, ${place[0].toFixed(5)}`,
      coordinateFormat: "decimal",
      datum: "wgs-84",
      fixedBy: "gps",
      accuracyMetres: random.integer(3, 15),
    };
  }
  return random.chance(0.6)
    ? { geometry: { type: "Point", coordinates: place }, fixedBy: "map", accuracyMetres: 250 }
    : { geometry: { type: "Point", coordinates: village }, fixedBy: "unit-centroid", accuracyMetres: 3000 };
}

/** A place at a distance between two bounds in metres from another, inside the region if one of some tries is. */
export function placeNear(centre: Point, least: number, most: number, region: Region, random: Random): Point {
  const frame = frameAt(centre);
  for (let i = 0; i < 12; i++) {
    const [x, y] = [random.between(-1, 1), random.between(-1, 1)];
    const length = Math.sqrt(x * x + y * y);
    if (length > 1 || length < 0.01) continue;
    const reach = random.between(least, most) / length;
    const [lon, lat] = frame.toDegrees(x * reach, y * reach);
    const place: Point = [Math.round(lon * 1e5) / 1e5, Math.round(lat * 1e5) / 1e5];
    if (contains(region, place)) return place;
  }
  return [Math.round(centre[0] * 1e5) / 1e5, Math.round(centre[1] * 1e5) / 1e5];
}
