import Flatbush from "flatbush";
import type { MultiPolygon, Polygon } from "geojson";
import { orient2d } from "robust-predicates";
import { distanceMetres } from "./geodesic.ts";
import { GeometryError } from "./problem.ts";

/** A country or other area, prepared once to be asked about many places. */
export interface Region {
  /** West, south, east, north in degrees. */
  readonly bounds: readonly [west: number, south: number, east: number, north: number];
  /** Whether a place (degrees) is in the area or on its border. */
  contains(lon: number, lat: number): boolean;
  /** Distance on the ground from a place outside to the border, metres; 0 inside. */
  distanceMetres(lon: number, lat: number): number;
  /** Whether a place is in the area or no further from it than the tolerance. */
  isWithin(lon: number, lat: number, toleranceMetres: number): boolean;
}

const metresPerDegree = 111_320;

/**
 * Prepares a polygon or multipolygon for quick questions. Its sides go into a spatial index, so that a question looks
 * at the few sides that matter and not at the whole border. Border sides are straight in longitude and latitude.
 * @param geometry rings of at least three points; the area must not cross the 180th meridian
 * @throws GeometryError `region.empty` when there is no side
 */
export function prepareRegion(geometry: Polygon | MultiPolygon): Region {
  const sides: number[] = [];
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  for (const ring of polygons.flat()) {
    ring.forEach(([lon = Number.NaN, lat = Number.NaN], index) => {
      const [toLon = Number.NaN, toLat = Number.NaN] = ring[(index + 1) % ring.length] ?? [];
      if (lon !== toLon || lat !== toLat) sides.push(lon, lat, toLon, toLat);
    });
  }
  const count = sides.length / 4;
  if (count === 0) throw new GeometryError("region.empty");
  const coordinates = Float64Array.from(sides);
  const at = (side: number, ordinate: 0 | 1 | 2 | 3) => coordinates[side * 4 + ordinate] ?? Number.NaN;
  const index = new Flatbush(count);
  for (let side = 0; side < count; side++) {
    const [ax, ay, bx, by] = [at(side, 0), at(side, 1), at(side, 2), at(side, 3)];
    index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  }
  index.finish();

  const contains = (lon: number, lat: number): boolean => {
    if (!(lon >= index.minX && lon <= index.maxX && lat >= index.minY && lat <= index.maxY)) return false;
    let inside = false;
    let onBorder = false;
    // Sides that a ray to the nearer of east and west can meet; an odd number of crossings means inside.
    const eastward = index.maxX - lon <= lon - index.minX;
    const visit = (side: number): boolean => {
      const [ax, ay, bx, by] = [at(side, 0), at(side, 1), at(side, 2), at(side, 3)];
      const turn = orient2d(ax, ay, bx, by, lon, lat);
      if (turn === 0 && lon >= Math.min(ax, bx) && lon <= Math.max(ax, bx)) onBorder = true;
      if (ay > lat !== by > lat) {
        // In this library a point to the left of the side gives a negative number; left of an upward side is west.
        const westOfSide = by > ay ? turn < 0 : turn > 0;
        if (westOfSide === eastward) inside = !inside;
      }
      return false;
    };
    if (eastward) index.search(lon, lat, index.maxX, lat, visit);
    else index.search(index.minX, lat, lon, lat, visit);
    return onBorder || inside;
  };

  /** The nearest point of a side, found in a plane scaled for the latitude. */
  const nearestOn = (side: number, lon: number, lat: number): readonly [number, number] => {
    const shrink = Math.cos((lat * Math.PI) / 180);
    const [ax, ay] = [(at(side, 0) - lon) * shrink, at(side, 1) - lat];
    const [dx, dy] = [(at(side, 2) - at(side, 0)) * shrink, at(side, 3) - at(side, 1)];
    const t = Math.min(1, Math.max(0, -(ax * dx + ay * dy) / (dx * dx + dy * dy)));
    return [at(side, 0) + t * (at(side, 2) - at(side, 0)), at(side, 1) + t * (at(side, 3) - at(side, 1))];
  };

  const distance = (lon: number, lat: number): number => {
    if (!Number.isFinite(lon) || !Number.isFinite(lat)) return Number.NaN;
    if (contains(lon, lat)) return 0;
    const metresTo = (side: number) => {
      const [nearLon, nearLat] = nearestOn(side, lon, lat);
      return distanceMetres({ lon, lat }, { lon: nearLon, lat: nearLat });
    };
    // The side whose box is nearest in degrees gives a first answer; the true nearest lies within that distance.
    const [first = 0] = index.neighbors(lon, lat, 1);
    let best = metresTo(first);
    const dLat = (best / metresPerDegree) * 1.02;
    const dLon = dLat / Math.max(0.01, Math.cos((Math.min(89, Math.abs(lat) + dLat) * Math.PI) / 180));
    index.search(lon - dLon, lat - dLat, lon + dLon, lat + dLat, (side, x0, y0, x1, y1) => {
      // The box is measured first, which is cheap, so that few sides need a geodesic.
      const gapLon = Math.max(0, x0 - lon, lon - x1) * Math.cos((lat * Math.PI) / 180);
      const gapLat = Math.max(0, y0 - lat, lat - y1);
      if (Math.hypot(gapLon, gapLat) * metresPerDegree * 0.97 < best) best = Math.min(best, metresTo(side));
      return false;
    });
    return best;
  };

  return {
    bounds: [index.minX, index.minY, index.maxX, index.maxY],
    contains,
    distanceMetres: distance,
    isWithin: (lon, lat, toleranceMetres) =>
      contains(lon, lat) || (toleranceMetres > 0 && distance(lon, lat) <= toleranceMetres),
  };
}
