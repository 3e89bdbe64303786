import { cosine, radiansPerDegree } from "../exact-math.ts";

/** Longitude and latitude in degrees (WGS 84), or metres east and north of a frame's origin. */
export type Point = readonly [number, number];
export type Ring = readonly Point[];

/** A degree rounded to seven decimals (about a centimetre), the precision in which the sample region writes places. */
export function roundDegree(degree: number): number {
  return Math.round(degree * 1e7) / 1e7;
}

/**
 * A local frame in metres around an origin, true to scale on the WGS 84 ellipsoid at the origin; good to a few parts
 * in ten thousand within some tens of kilometres.
 */
export interface Frame {
  readonly origin: Point;
  readonly metresPerDegree: Point;
  /** Degrees, rounded to seven decimals, of a point in metres. */
  toDegrees(east: number, north: number): Point;
  /** Metres east and north of the origin. */
  toMetres(place: Point): Point;
}

/** Makes the local frame of an origin; the lengths of a degree are the usual series in the cosine of the latitude. */
export function frameAt(origin: Point): Frame {
  const [lon0, lat0] = origin;
  const phi = lat0 * radiansPerDegree;
  const north = 111_132.954 - 559.822 * cosine(2 * phi) + 1.175 * cosine(4 * phi) - 0.0023 * cosine(6 * phi);
  const east = 111_412.84 * cosine(phi) - 93.5 * cosine(3 * phi) + 0.118 * cosine(5 * phi);
  return {
    origin,
    metresPerDegree: [east, north],
    toDegrees: (x, y) => [roundDegree(lon0 + x / east), roundDegree(lat0 + y / north)],
    toMetres: ([lon, lat]) => [(lon - lon0) * east, (lat - lat0) * north],
  };
}
