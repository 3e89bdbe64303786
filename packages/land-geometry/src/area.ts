import geographicLib from "geographiclib-geodesic";
import type { MultiPolygon, Polygon, Position } from "geojson";

const wgs84 = geographicLib.Geodesic.WGS84;

interface RingMeasure {
  /** Square metres, positive for an anticlockwise ring. */
  readonly signedArea: number;
  /** Metres. */
  readonly perimeter: number;
}

function measureRing(ring: readonly Position[]): RingMeasure {
  const polygon = wgs84.Polygon(false);
  const first = ring[0];
  const last = ring[ring.length - 1];
  const closed = ring.length > 1 && first?.[0] === last?.[0] && first?.[1] === last?.[1];
  const count = closed ? ring.length - 1 : ring.length;
  for (let index = 0; index < count; index++) {
    const [lon = Number.NaN, lat = Number.NaN] = ring[index] ?? [];
    polygon.AddPoint(lat, lon);
  }
  if (count === 0) return { signedArea: 0, perimeter: 0 };
  const result = polygon.Compute(false, true);
  return { signedArea: count < 3 ? 0 : (result.area ?? 0), perimeter: result.perimeter };
}

function polygonsOf(geometry: Polygon | MultiPolygon): readonly Position[][][] {
  return geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
}

/**
 * Area enclosed by a polygon on the WGS 84 ellipsoid, its sides taken as geodesics, in square metres and unrounded.
 * Holes are taken off, parts of a multipolygon are added. The direction of the rings does not matter; UTM zones play
 * no part.
 *
 * A ring that crosses itself has no area in any useful sense: check for that first.
 * Source: C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87 (2013).
 */
export function geodesicArea(geometry: Polygon | MultiPolygon): number {
  let total = 0;
  for (const rings of polygonsOf(geometry)) {
    rings.forEach((ring, index) => {
      const area = Math.abs(measureRing(ring).signedArea);
      total += index === 0 ? area : -area;
    });
  }
  return total;
}

/**
 * Area in whole square metres, rounded once after everything has been added: the figure that is stored, counted and
 * apportioned.
 */
export function areaSquareMetres(geometry: Polygon | MultiPolygon): number {
  return Math.round(geodesicArea(geometry));
}

/**
 * Area of one ring in square metres, positive when it runs anticlockwise, negative when clockwise. The closing point
 * may be there or not.
 */
export function signedRingArea(ring: readonly Position[]): number {
  return measureRing(ring).signedArea;
}

/** Length of all rings, holes included, in metres along geodesics on WGS 84, unrounded. */
export function perimeterMetres(geometry: Polygon | MultiPolygon): number {
  return polygonsOf(geometry)
    .flat()
    .reduce((sum, ring) => sum + measureRing(ring).perimeter, 0);
}
