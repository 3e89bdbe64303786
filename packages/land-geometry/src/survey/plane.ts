import type { LonLat } from "../datums.ts";

/** A place in metres east and north of an origin. */
export type PlanePoint = readonly [east: number, north: number];

/** A flat picture of the ground around an origin. */
export interface Plane {
  toPlane(place: LonLat): PlanePoint;
  toPlace(point: PlanePoint): LonLat;
}

const semiMajor = 6_378_137;
const eccentricitySquared = 0.006694379990141317;

/**
 * The plane that touches the WGS 84 ellipsoid at an origin, with lengths along the meridian and the parallel there.
 * Within 5 km of the origin lengths are right to about 3 in 10,000, which is enough to compare distances of metres; it
 * is not for areas. Source: radii of curvature of an ellipsoid of revolution.
 */
export function planeAt(origin: LonLat): Plane {
  const latitude = (origin.lat * Math.PI) / 180;
  const w = 1 - eccentricitySquared * Math.sin(latitude) ** 2;
  const degree = Math.PI / 180;
  const perLat = ((semiMajor * (1 - eccentricitySquared)) / w ** 1.5) * degree;
  const perLon = (semiMajor / Math.sqrt(w)) * Math.cos(latitude) * degree;
  return {
    toPlane: ({ lon, lat }) => [(lon - origin.lon) * perLon, (lat - origin.lat) * perLat],
    toPlace: ([east, north]) => ({ lon: origin.lon + east / perLon, lat: origin.lat + north / perLat }),
  };
}

/** Distance between two points of a plane, metres. */
export function planeDistance([ax, ay]: PlanePoint, [bx, by]: PlanePoint): number {
  return Math.hypot(bx - ax, by - ay);
}

/** The point of a side nearest to a point, how far along the side it lies (0 to 1), and how far away, metres. */
export function nearestOnSide(
  [ax, ay]: PlanePoint,
  [bx, by]: PlanePoint,
  [px, py]: PlanePoint,
): { readonly point: PlanePoint; readonly along: number; readonly metres: number } {
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / squared));
  const point: PlanePoint = [ax + along * dx, ay + along * dy];
  return { point, along, metres: planeDistance(point, [px, py]) };
}
