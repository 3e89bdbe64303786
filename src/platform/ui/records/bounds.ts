import type { GeometryValue } from "../../contract/fields.ts";
import type { MapBounds } from "../../map/layers.ts";

/** The box around a geometry, widened to at least `margin` degrees on each side; null when it holds no position. */
export function boundsOf(geometry: GeometryValue, margin = 0.005): MapBounds | null {
  let west = Number.POSITIVE_INFINITY;
  let south = Number.POSITIVE_INFINITY;
  let east = Number.NEGATIVE_INFINITY;
  let north = Number.NEGATIVE_INFINITY;
  const walk = (part: unknown): void => {
    if (!Array.isArray(part)) return;
    const [x, y] = part;
    if (typeof x === "number" && typeof y === "number") {
      west = Math.min(west, x);
      east = Math.max(east, x);
      south = Math.min(south, y);
      north = Math.max(north, y);
    } else for (const inner of part) walk(inner);
  };
  walk(geometry.coordinates);
  if (!Number.isFinite(west)) return null;
  return [west - margin, south - margin, east + margin, north + margin];
}
