import type { MultiPolygon, Polygon } from "geojson";
import type { MapBounds } from "../../../../platform/map/layers.ts";

/** How far around a plot its neighbourhood is looked at, metres. */
export const aroundMetres = 500;

/** Metres of one degree of latitude, and of longitude at the equator, on a sphere as large as the earth. */
const metresPerDegree = 111_195;

/**
 * The box around a plot, widened by so many metres on each side. It is for asking about a neighbourhood, not for
 * measuring: a degree counts as on a sphere, half a per cent off at most.
 * @returns west, south, east, north in degrees; null for a plot without corners
 */
export function boxAround(plot: Polygon | MultiPolygon, metres: number): MapBounds | null {
  const corners = plot.type === "Polygon" ? plot.coordinates.flat() : plot.coordinates.flat(2);
  if (corners.length === 0) return null;
  const lons = corners.map(([lon = 0]) => lon);
  const lats = corners.map(([, lat = 0]) => lat);
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  const up = metres / metresPerDegree;
  const across = up / Math.cos((Math.max(Math.abs(south), Math.abs(north)) * Math.PI) / 180);
  return [Math.min(...lons) - across, south - up, Math.max(...lons) + across, north + up];
}

/** A box as a polygon. */
export function boxPolygon([west, south, east, north]: MapBounds): Polygon {
  return {
    type: "Polygon",
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  };
}
