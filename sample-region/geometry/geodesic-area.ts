import { cosine, radiansPerDegree, sine, smallArcTangent, smallTangent } from "../exact-math.ts";
import type { Ring } from "./frame.ts";

const flattening = 1 / 298.257223563;
const e2 = flattening * (2 - flattening);
const e4 = e2 * e2;
const e6 = e4 * e2;
const authalicRadius = 6_371_007.180918474;

/** Authalic latitude in radians: on a sphere of equal surface it cuts off the same area (Snyder 1987, eq. 3-18). */
function authalic(latitude: number): number {
  const phi = latitude * radiansPerDegree;
  return (
    phi -
    (e2 / 3 + (31 * e4) / 180 + (59 * e6) / 560) * sine(2 * phi) +
    ((17 * e4) / 360 + (61 * e6) / 1260) * sine(4 * phi) -
    ((383 * e6) / 45_360) * sine(6 * phi)
  );
}

/**
 * Area that a closed ring (first point repeated at the end) encloses on WGS 84, in square metres, positive when it runs
 * counter-clockwise. Edges are great circles of the authalic sphere, which for edges of a few kilometres agrees with
 * geodesics to well below a square metre; the spherical excess of each edge over the equator is added up.
 */
export function ringSquareMetres(ring: Ring): number {
  let sum = 0;
  let [lonA] = ring[0] ?? [0, 0];
  let betaA = authalic(ring[0]?.[1] ?? 0);
  for (let i = 1; i < ring.length; i++) {
    const [lonB, latB] = ring[i] as readonly [number, number];
    const betaB = authalic(latB);
    const half = smallTangent(((lonB - lonA) * radiansPerDegree) / 2);
    sum -= 2 * smallArcTangent((half * sine((betaA + betaB) / 2)) / cosine((betaB - betaA) / 2));
    lonA = lonB;
    betaA = betaB;
  }
  return sum * authalicRadius * authalicRadius;
}

/** Whole square metres of a polygon given as an outer ring and holes, in any direction; rounded once. */
export function polygonSquareMetres(polygon: readonly Ring[]): number {
  return Math.round(rawSquareMetres(polygon));
}

/** Whole square metres of several polygons that do not overlap; rounded once. */
export function multiPolygonSquareMetres(polygons: readonly (readonly Ring[])[]): number {
  return Math.round(polygons.reduce((sum, polygon) => sum + rawSquareMetres(polygon), 0));
}

function rawSquareMetres(polygon: readonly Ring[]): number {
  return polygon.reduce((sum, ring, i) => sum + (i === 0 ? 1 : -1) * Math.abs(ringSquareMetres(ring)), 0);
}
