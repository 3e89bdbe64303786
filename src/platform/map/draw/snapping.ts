import type { MultiPolygon, Polygon, Position } from "geojson";

/** A place on the screen, CSS pixels. */
export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
}

/** Where a drawn corner goes when it comes near a border that is already there. */
export interface SnapTarget {
  readonly position: Position;
  /** A corner of the border, which is preferred, or a place on one of its sides. */
  readonly kind: "corner" | "side";
}

/**
 * The corner of a border within reach of a place on the screen, or else the nearest place on a side within reach.
 *
 * @param borders polygons that can be followed
 * @param project longitude and latitude to the screen
 * @param at the place on the screen
 * @param reach CSS pixels
 * @returns null when nothing is near
 */
export function snapTarget(
  borders: readonly (Polygon | MultiPolygon)[],
  project: (position: Position) => ScreenPoint,
  at: ScreenPoint,
  reach: number,
): SnapTarget | null {
  let corner: { position: Position; away: number } | null = null;
  let side: { position: Position; away: number } | null = null;
  const rings = borders.flatMap((border) =>
    border.type === "Polygon" ? border.coordinates : border.coordinates.flat(),
  );
  for (const ring of rings) {
    const points = ring.map((position) => ({ position, screen: project(position) }));
    points.forEach(({ position, screen }, index) => {
      const away = Math.hypot(screen.x - at.x, screen.y - at.y);
      if (away <= reach && (!corner || away < corner.away)) corner = { position: position.slice(0, 2), away };
      const next = points[index + 1];
      if (!next) return;
      const [dx, dy] = [next.screen.x - screen.x, next.screen.y - screen.y];
      const squared = dx * dx + dy * dy;
      if (squared === 0) return;
      const along = Math.min(1, Math.max(0, ((at.x - screen.x) * dx + (at.y - screen.y) * dy) / squared));
      const gap = Math.hypot(screen.x + along * dx - at.x, screen.y + along * dy - at.y);
      if (gap > reach || (side && gap >= side.away)) return;
      const [lon = 0, lat = 0] = position;
      const [toLon = 0, toLat = 0] = next.position;
      // Between two corners of a few kilometres the screen is as straight as longitude and latitude.
      side = { position: [lon + along * (toLon - lon), lat + along * (toLat - lat)], away: gap };
    });
  }
  const found = corner ?? side;
  return found && { position: (found as { position: Position }).position, kind: corner ? "corner" : "side" };
}

/** The index of the corner of a ring within reach of a place on the screen, the nearest one; null when none is. */
export function cornerAt(
  ring: readonly Position[],
  project: (position: Position) => ScreenPoint,
  at: ScreenPoint,
  reach: number,
): number | null {
  let best: { index: number; away: number } | null = null;
  for (const [index, position] of ring.entries()) {
    const screen = project(position);
    const away = Math.hypot(screen.x - at.x, screen.y - at.y);
    if (away <= reach && (!best || away < best.away)) best = { index, away };
  }
  return best?.index ?? null;
}
