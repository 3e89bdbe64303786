import geographicLib from "geographiclib-geodesic";
import type { LonLat } from "./datums.ts";

const wgs84 = geographicLib.Geodesic.WGS84;

/**
 * Length of the shortest line on the WGS 84 ellipsoid between two places, metres.
 * Source: C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87 (2013).
 */
export function distanceMetres(from: LonLat, to: LonLat): number {
  return wgs84.Inverse(from.lat, from.lon, to.lat, to.lon).s12 ?? Number.NaN;
}

/**
 * True bearing in degrees (0 to 360) at the first place of the shortest line to the second, on WGS 84. Zero for two
 * equal places.
 */
export function bearingDegrees(from: LonLat, to: LonLat): number {
  const azimuth = wgs84.Inverse(from.lat, from.lon, to.lat, to.lon).azi1 ?? Number.NaN;
  return (azimuth + 360) % 360;
}

/**
 * The place reached from another by going a distance on a true bearing along a geodesic on WGS 84.
 * @param bearing degrees clockwise from true north
 * @param metres distance; negative goes backwards
 */
export function destination(from: LonLat, bearing: number, metres: number): LonLat {
  const line = wgs84.Direct(from.lat, from.lon, bearing, metres);
  return { lon: line.lon2 ?? Number.NaN, lat: line.lat2 ?? Number.NaN };
}
