import type { MultiPolygon, Polygon, Position } from "geojson";

/** Two shapes that agree too well to have been surveyed apart. */
export interface ShapePair {
  one: string;
  two: string;
  /** `same`: the same corners at the same place; `copied`: the same shape shifted or turned. */
  kind: "same" | "copied";
  corners: number;
  /** Between the middles of the two, whole metres. */
  metresApart: number;
  /** How far one is turned against the other, whole degrees from 0 to 180. */
  turnedDegrees: number;
}

/** One ring in metres around its own middle. */
interface Outline {
  id: string;
  middle: readonly [lon: number, lat: number];
  points: readonly (readonly [number, number])[];
  perimeter: number;
  /** A rectangle is laid out so often that another like it says nothing. */
  rectangle: boolean;
}

const metresPerDegree = 111_320;

function outlineOf(id: string, ring: readonly Position[]): Outline | null {
  const [first] = ring;
  const last = ring.at(-1);
  const open =
    first && last && ring.length > 1 && first[0] === last[0] && first[1] === last[1] ? ring.slice(0, -1) : ring;
  if (open.length < 3) return null;
  const lon = open.reduce((sum, [x = 0]) => sum + x, 0) / open.length;
  const lat = open.reduce((sum, [, y = 0]) => sum + y, 0) / open.length;
  const shrink = Math.cos((lat * Math.PI) / 180);
  let points = open.map(
    ([x = 0, y = 0]) => [(x - lon) * shrink * metresPerDegree, (y - lat) * metresPerDegree] as const,
  );
  // All outlines run the same way round.
  const turning = points.reduce((sum, [x, y], i) => {
    const [nx, ny] = points[(i + 1) % points.length] as readonly [number, number];
    return sum + x * ny - nx * y;
  }, 0);
  if (turning < 0) points = [...points].reverse();
  const perimeter = points.reduce((sum, point, i) => sum + distance(point, points[(i + 1) % points.length]), 0);
  return { id, middle: [lon, lat], points, perimeter, rectangle: isRectangle(points) };
}

function distance(a: readonly [number, number], b: readonly [number, number] | undefined): number {
  return b ? Math.hypot(a[0] - b[0], a[1] - b[1]) : 0;
}

function isRectangle(points: readonly (readonly [number, number])[]): boolean {
  if (points.length !== 4) return false;
  return points.every(([x, y], i) => {
    const [bx, by] = points[(i + 3) % 4] as readonly [number, number];
    const [ax, ay] = points[(i + 1) % 4] as readonly [number, number];
    const [ux, uy, vx, vy] = [bx - x, by - y, ax - x, ay - y];
    const lengths = Math.hypot(ux, uy) * Math.hypot(vx, vy);
    return lengths > 0 && Math.abs((ux * vx + uy * vy) / lengths) < Math.sin((2 * Math.PI) / 180);
  });
}

/**
 * How one outline must be turned to lie on another, in radians, if their corners then agree within the tolerance.
 * Tries every corner as the first; the turn is the one that fits all corners best (the angle of Σ conj(a)·b).
 */
function turnBetween(a: Outline, b: Outline, tolerance: number): number | null {
  const n = a.points.length;
  for (let shift = 0; shift < n; shift++) {
    let real = 0;
    let imaginary = 0;
    for (let i = 0; i < n; i++) {
      const [ax, ay] = a.points[i] as readonly [number, number];
      const [bx, by] = b.points[(i + shift) % n] as readonly [number, number];
      real += ax * bx + ay * by;
      imaginary += ax * by - ay * bx;
    }
    const turn = Math.atan2(imaginary, real);
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const fits = a.points.every(([ax, ay], i) => {
      const [bx, by] = b.points[(i + shift) % n] as readonly [number, number];
      return Math.hypot(ax * cos - ay * sin - bx, ax * sin + ay * cos - by) <= tolerance;
    });
    if (fits) return turn;
  }
  return null;
}

/**
 * Finds pairs of polygons with the same outline: at the same place, or shifted and turned. Only outlines with as many
 * corners and nearly the same perimeter are compared, so that many thousands can be looked at. Rectangles count only at
 * the same place.
 * @param toleranceMetres how far each corner may be off
 */
export function copiedShapes(
  shapes: readonly { id: string; polygon: Polygon | MultiPolygon }[],
  toleranceMetres: number,
): ShapePair[] {
  const outlines = shapes.flatMap(({ id, polygon }) => {
    const shells = polygon.type === "Polygon" ? [polygon.coordinates[0]] : polygon.coordinates.map((part) => part[0]);
    return shells.map((shell) => outlineOf(id, shell ?? [])).filter((outline) => outline !== null);
  });
  const byCorners = new Map<number, Outline[]>();
  for (const outline of outlines)
    byCorners.set(outline.points.length, [...(byCorners.get(outline.points.length) ?? []), outline]);
  const order = new Map(shapes.map(({ id }, at) => [id, at]));
  const pairs: ShapePair[] = [];
  for (const [corners, alike] of byCorners) {
    alike.sort((a, b) => a.perimeter - b.perimeter);
    alike.forEach((a, i) => {
      for (let j = i + 1; j < alike.length; j++) {
        const b = alike[j] as Outline;
        if (b.perimeter - a.perimeter > 2 * corners * toleranceMetres) break;
        const turn = turnBetween(a, b, toleranceMetres);
        if (turn === null) continue;
        const apart = metresBetween(a.middle, b.middle);
        const same = apart <= toleranceMetres && Math.abs(turn) < 0.02;
        if (!same && (a.rectangle || corners === 3)) continue;
        const [one, two] = (order.get(a.id) ?? 0) <= (order.get(b.id) ?? 0) ? [a.id, b.id] : [b.id, a.id];
        pairs.push({
          one,
          two,
          kind: same ? "same" : "copied",
          corners,
          metresApart: Math.round(apart),
          turnedDegrees: Math.round(Math.abs((turn * 180) / Math.PI)),
        });
      }
    });
  }
  return pairs.sort(
    (a, b) => (order.get(a.one) ?? 0) - (order.get(b.one) ?? 0) || (order.get(a.two) ?? 0) - (order.get(b.two) ?? 0),
  );
}

function metresBetween(a: readonly [number, number], b: readonly [number, number]): number {
  const shrink = Math.cos((((a[1] + b[1]) / 2) * Math.PI) / 180);
  return Math.hypot((a[0] - b[0]) * shrink, a[1] - b[1]) * metresPerDegree;
}
