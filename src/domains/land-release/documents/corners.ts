import { bearingDegrees, distanceMetres, formatCoordinate } from "@santi/land-geometry";
import type { Geometry, Position } from "geojson";
import type { SurveyPoint } from "./data.ts";

/** The rings of a geometry's polygons, without the repeated last point. */
function ringsOf(geometry: Geometry): Position[][] {
  const open = (ring: Position[]) => ring.slice(0, -1);
  if (geometry.type === "Polygon") return geometry.coordinates.map(open);
  if (geometry.type === "MultiPolygon") return geometry.coordinates.flat().map(open);
  return [];
}

/** The corners of each ring of a geometry as turning points: `TP1`, `TP2`, … and in further rings `2.TP1`. */
export function cornersOf(geometry: Geometry | null): SurveyPoint[][] {
  if (geometry === null) return [];
  return ringsOf(geometry).map((ring, part) =>
    ring.map(([longitude = 0, latitude = 0], i) => ({
      name: `${part === 0 ? "" : `${part + 1}.`}TP${i + 1}`,
      kind: "turning",
      longitude,
      latitude,
      fixedBy: null,
      accuracyMetres: null,
    })),
  );
}

/** A corner with the way to the next. */
export interface Leg {
  point: SurveyPoint;
  bearing: { degrees: number; north: "true" | "grid" | "magnetic" } | null;
  metres: number | null;
}

/**
 * The legs of a closed outline. Where a survey did not say bearing or distance they are computed on the ellipsoid
 * (WGS 84), the bearing true.
 */
export function legsOf(points: readonly SurveyPoint[]): Leg[] {
  return points.map((point, i) => {
    const next = points[(i + 1) % points.length];
    if (!next || points.length < 2)
      return { point, bearing: point.bearing ?? null, metres: point.distanceMetres ?? null };
    const from = { lon: point.longitude, lat: point.latitude };
    const to = { lon: next.longitude, lat: next.latitude };
    return {
      point,
      bearing: point.bearing ?? { degrees: bearingDegrees(from, to), north: "true" },
      metres: point.distanceMetres ?? distanceMetres(from, to),
    };
  });
}

/** A position in UTM on WGS 84 with zone and band, to the decimetre. */
export function utmText(longitude: number, latitude: number): string {
  const written = formatCoordinate(longitude, latitude, "utm", "WGS 84", { decimals: 1 });
  return written.ok ? written.text : "–";
}
