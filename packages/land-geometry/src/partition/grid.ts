import type { Position } from "geojson";
import { orient2d } from "robust-predicates";
import { GeometryError } from "../problem.ts";

/**
 * Steps of the grid in one degree. A step is a tenth of a micrometre on the ground: coordinates with up to twelve
 * decimals keep their value, noise in the last digits of a reprojected coordinate goes, and every coordinate is a
 * whole number below 2^48, so that differences of coordinates are exact.
 */
export const stepsPerDegree = 1e12;

/** A ring on the grid as x, y, x, y, …: without the closing point, without equal neighbours, at least three points. */
export type GridRing = readonly number[];

/** A coordinate in degrees as whole grid steps. */
export function toGrid(degrees: number): number {
  // Adding zero turns minus zero into zero, so that equal places have equal keys.
  return Math.round(degrees * stepsPerDegree) + 0;
}

/** Grid steps as degrees; `toGrid` gives the same steps back. */
export function toDegrees(steps: number): number {
  return steps / stepsPerDegree;
}

/** Where rings are gathered before they get an array of their own size. */
const gathered: number[] = [];

/**
 * Puts a ring on the grid. Points that coincide with the one before them are left out, and so is the closing point.
 * @returns null when fewer than three points remain, which means that the ring encloses nothing
 * @throws GeometryError `partition.position-invalid` for a coordinate that is not a finite number
 */
export function toGridRing(ring: readonly Position[]): GridRing | null {
  let length = 0;
  let lastX = Number.NaN;
  let lastY = Number.NaN;
  for (const position of ring) {
    const x = toGrid(position[0] as number);
    const y = toGrid(position[1] as number);
    if (!Number.isSafeInteger(x) || !Number.isSafeInteger(y)) {
      throw new GeometryError("partition.position-invalid", { lon: String(position[0]), lat: String(position[1]) });
    }
    if (x === lastX && y === lastY) continue;
    gathered[length++] = x;
    gathered[length++] = y;
    lastX = x;
    lastY = y;
  }
  while (length > 2 && gathered[0] === gathered[length - 2] && gathered[1] === gathered[length - 1]) length -= 2;
  return length < 6 ? null : gathered.slice(0, length);
}

/** Three roundings of half a unit in the last place: above this share of the two products a sign is certain. */
const certain = 3.3306690738754716e-16;

/**
 * Exact side of a point on the grid: positive when it lies to the left of the line from a to b, negative to the right,
 * zero on the line. The size is about twice the area of the triangle.
 */
export function sideOf(ax: number, ay: number, bx: number, by: number, px: number, py: number): number {
  const left = (bx - ax) * (py - ay);
  const right = (by - ay) * (px - ax);
  const difference = left - right;
  if (Math.abs(difference) > certain * (Math.abs(left) + Math.abs(right))) return difference;
  // The library counts turns in a plane whose y axis points down.
  return -orient2d(ax, ay, bx, by, px, py);
}

/** Whether two sides meet in any point, their ends included; exact. */
export function sidesMeet(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): boolean {
  if (
    Math.max(ax, bx) < Math.min(cx, dx) ||
    Math.max(cx, dx) < Math.min(ax, bx) ||
    Math.max(ay, by) < Math.min(cy, dy) ||
    Math.max(cy, dy) < Math.min(ay, by)
  ) {
    return false;
  }
  // With boxes that meet, two sides are apart only when one lies strictly to one side of the other.
  const c = sideOf(ax, ay, bx, by, cx, cy);
  const d = sideOf(ax, ay, bx, by, dx, dy);
  if ((c > 0 && d > 0) || (c < 0 && d < 0)) return false;
  const a = sideOf(cx, cy, dx, dy, ax, ay);
  const b = sideOf(cx, cy, dx, dy, bx, by);
  return !((a > 0 && b > 0) || (a < 0 && b < 0));
}

function order(ring: GridRing): Uint32Array {
  const count = ring.length / 2;
  const lowest = new Float64Array(count);
  for (let at = 0; at < count; at++) {
    lowest[at] = Math.min(ring[2 * at] as number, ring[2 * ((at + 1) % count)] as number);
  }
  const sides = Uint32Array.from({ length: count }, (_, at) => at);
  return sides.sort((one, two) => (lowest[one] as number) - (lowest[two] as number));
}

/**
 * Whether all of a ring is seen from the middle of its points, one side after the other in one turn: then it cannot
 * cross or touch itself. Many rings that do neither fail this.
 */
function isStar(ring: GridRing): boolean {
  let sumX = 0;
  let sumY = 0;
  for (let at = 0; at < ring.length; at += 2) {
    sumX += ring[at] as number;
    sumY += ring[at + 1] as number;
  }
  const middleX = Math.round((2 * sumX) / ring.length);
  const middleY = Math.round((2 * sumY) / ring.length);
  let ax = ring[ring.length - 2] as number;
  let ay = ring[ring.length - 1] as number;
  let left = 0;
  let right = 0;
  let turns = 0;
  for (let at = 0; at < ring.length; at += 2) {
    const bx = ring[at] as number;
    const by = ring[at + 1] as number;
    const side = sideOf(ax, ay, bx, by, middleX, middleY);
    if (side > 0) left++;
    else if (side < 0) right++;
    // Seen from the middle, a side passes due east once in each turn.
    if (ay < middleY !== by < middleY && side > 0 === by > ay) turns++;
    ax = bx;
    ay = by;
  }
  const count = ring.length / 2;
  return turns === 1 && (left === count || right === count);
}

/**
 * Whether a ring neither crosses nor touches itself, decided exactly. Sides are compared in the order of their western
 * ends, each with those that begin before it ends.
 */
export function isSimpleRing(ring: GridRing): boolean {
  if (isStar(ring)) return true;
  const count = ring.length / 2;
  const sorted = count > 48 ? order(ring) : null;
  for (let first = 0; first < count; first++) {
    const i = sorted ? (sorted[first] as number) : first;
    const iNext = i + 1 === count ? 0 : i + 1;
    const ax = ring[2 * i] as number;
    const ay = ring[2 * i + 1] as number;
    const bx = ring[2 * iNext] as number;
    const by = ring[2 * iNext + 1] as number;
    const east = Math.max(ax, bx);
    const south = Math.min(ay, by);
    const north = Math.max(ay, by);
    for (let second = first + 1; second < count; second++) {
      const j = sorted ? (sorted[second] as number) : second;
      const jNext = j + 1 === count ? 0 : j + 1;
      const cx = ring[2 * j] as number;
      const dx = ring[2 * jNext] as number;
      if (cx > east && dx > east) {
        if (sorted) break;
        continue;
      }
      const cy = ring[2 * j + 1] as number;
      const dy = ring[2 * jNext + 1] as number;
      if ((cy > north && dy > north) || (cy < south && dy < south)) continue;
      if (j === iNext || jNext === i) {
        // Neighbours share a point; they meet elsewhere only when one folds back on the other.
        const [px, py, vx, vy, qx, qy] = j === iNext ? [ax, ay, bx, by, dx, dy] : [cx, cy, ax, ay, bx, by];
        const folds = (vx - px) * (qx - vx) < 0 || (vy - py) * (qy - vy) < 0;
        if (folds && sideOf(px, py, vx, vy, qx, qy) === 0) return false;
        continue;
      }
      if (sidesMeet(ax, ay, bx, by, cx, cy, dx, dy)) return false;
    }
  }
  return true;
}

/** Whether a ring that does not cross itself runs anticlockwise, decided exactly at its westernmost point. */
export function isAnticlockwise(ring: GridRing): boolean {
  const count = ring.length / 2;
  let corner = 0;
  for (let at = 1; at < count; at++) {
    const dx = (ring[2 * at] as number) - (ring[2 * corner] as number);
    if (dx < 0 || (dx === 0 && (ring[2 * at + 1] as number) < (ring[2 * corner + 1] as number))) corner = at;
  }
  const before = (corner + count - 1) % count;
  const after = (corner + 1) % count;
  return (
    sideOf(
      ring[2 * before] as number,
      ring[2 * before + 1] as number,
      ring[2 * corner] as number,
      ring[2 * corner + 1] as number,
      ring[2 * after] as number,
      ring[2 * after + 1] as number,
    ) > 0
  );
}

/** The ring run through the other way round, from the same first point. */
export function reversedRing(ring: GridRing): GridRing {
  const turned = [ring[0] as number, ring[1] as number];
  for (let at = ring.length - 2; at >= 2; at -= 2) turned.push(ring[at] as number, ring[at + 1] as number);
  return turned;
}
