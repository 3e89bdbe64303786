import Flatbush from "flatbush";
import { sideOf } from "./grid.ts";

/** Sides on the grid with the number of what each belongs to. */
export interface Sides {
  /** x and y of both ends of each side, four numbers a side. */
  readonly ends: readonly number[];
  /** One number a side. */
  readonly sources: readonly number[];
}

/** Sides cut wherever they meet, so that two of them share whole sides, single ends or nothing. */
export interface NodedSides {
  /** x and y of each point, in the order of x and then y. */
  readonly points: Float64Array;
  /** Indices of the two points of each piece. */
  readonly pieces: readonly number[];
  /** The source of each piece. */
  readonly sources: readonly number[];
}

/** Fewer items than this are gone through one by one instead of being indexed. */
const fewItems = 40;

function divideRounded(numerator: bigint, denominator: bigint): bigint {
  // Floor of the quotient plus a half; the denominator is positive.
  const twice = 2n * numerator + denominator;
  const by = 2n * denominator;
  const quotient = twice / by;
  return twice % by < 0n ? quotient - 1n : quotient;
}

/** The grid point nearest to where two sides that cross each other meet; exact, halves go north and east. */
export function crossingPoint(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): readonly [x: number, y: number] {
  const [ux, uy] = [BigInt(bx - ax), BigInt(by - ay)];
  const [vx, vy] = [BigInt(dx - cx), BigInt(dy - cy)];
  const denominator = ux * vy - uy * vx;
  const along = BigInt(cx - ax) * vy - BigInt(cy - ay) * vx;
  const [n, d] = denominator < 0n ? [-along, -denominator] : [along, denominator];
  return [ax + Number(divideRounded(n * ux, d)), ay + Number(divideRounded(n * uy, d))];
}

/**
 * Whether a side passes through the cell of a grid point: the square of one step around it, with its western and
 * southern edges and its south-western corner but without the rest of its rim. Exact.
 */
function passesCell(ax: number, ay: number, bx: number, by: number, x: number, y: number): boolean {
  if (x < Math.min(ax, bx) || x > Math.max(ax, bx) || y < Math.min(ay, by) || y > Math.max(ay, by)) return false;
  const left = (bx - ax) * (y - ay);
  const right = (by - ay) * (x - ax);
  const reach = (Math.abs(bx - ax) + Math.abs(by - ay)) / 2;
  // Far from the line by more than any rounding of the two products.
  if (Math.abs(left - right) > reach * 1.001 + 1e-15 * (Math.abs(left) + Math.abs(right))) return false;
  // Corners of a cell lie between grid points; twice the coordinates are whole numbers again.
  const [ax2, ay2, bx2, by2] = [2 * ax, 2 * ay, 2 * bx, 2 * by];
  const southWest = sideOf(ax2, ay2, bx2, by2, 2 * x - 1, 2 * y - 1);
  if (southWest === 0) return true;
  const southEast = sideOf(ax2, ay2, bx2, by2, 2 * x + 1, 2 * y - 1);
  const northWest = sideOf(ax2, ay2, bx2, by2, 2 * x - 1, 2 * y + 1);
  const northEast = sideOf(ax2, ay2, bx2, by2, 2 * x + 1, 2 * y + 1);
  return southWest > 0
    ? southEast < 0 || northWest < 0 || northEast < 0
    : southEast > 0 || northWest > 0 || northEast > 0;
}

/** Boxes that can be asked which of them meet a box. */
function searcher(count: number, box: (item: number, out: Float64Array) => void) {
  const bounds = new Float64Array(4);
  if (count <= fewItems) {
    const boxes = new Float64Array(count * 4);
    for (let item = 0; item < count; item++) {
      box(item, bounds);
      boxes.set(bounds, item * 4);
    }
    return (west: number, south: number, east: number, north: number): number[] => {
      const found: number[] = [];
      for (let item = 0; item < count; item++) {
        const at = item * 4;
        if (
          (boxes[at] as number) <= east &&
          (boxes[at + 2] as number) >= west &&
          (boxes[at + 1] as number) <= north &&
          (boxes[at + 3] as number) >= south
        ) {
          found.push(item);
        }
      }
      return found;
    };
  }
  const index = new Flatbush(count);
  for (let item = 0; item < count; item++) {
    box(item, bounds);
    index.add(bounds[0] as number, bounds[1] as number, bounds[2] as number, bounds[3] as number);
  }
  index.finish();
  return (west: number, south: number, east: number, north: number) => index.search(west, south, east, north);
}

/** Answers which sides have a box that meets a box; x and y ranges may be infinite. */
export function sideSearcher(ends: ArrayLike<number>): (w: number, s: number, e: number, n: number) => number[] {
  return searcher(ends.length / 4, (side, out) => {
    const at = side * 4;
    out[0] = Math.min(ends[at] as number, ends[at + 2] as number);
    out[1] = Math.min(ends[at + 1] as number, ends[at + 3] as number);
    out[2] = Math.max(ends[at] as number, ends[at + 2] as number);
    out[3] = Math.max(ends[at + 1] as number, ends[at + 3] as number);
  });
}

/**
 * Cuts sides wherever they meet and puts the places where they cross on the grid, by snap rounding: every end and every
 * rounded crossing is a cell of the grid, and each side is bent through the middle of all such cells it passes. No two
 * pieces cross or overlap in part afterwards, and no side moves by more than a step of the grid in either direction.
 * The result does not depend on the order or direction of the sides.
 *
 * Source: J. D. Hobby, Practical segment intersection with finite precision output, Computational Geometry 13 (1999).
 */
export function nodeSides({ ends, sources }: Sides): NodedSides {
  const count = sources.length;
  const near = sideSearcher(ends);
  const hot: number[] = [...ends];
  for (let first = 0; first < count; first++) {
    const ax = ends[4 * first] as number;
    const ay = ends[4 * first + 1] as number;
    const bx = ends[4 * first + 2] as number;
    const by = ends[4 * first + 3] as number;
    for (const second of near(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))) {
      if (second <= first) continue;
      const cx = ends[4 * second] as number;
      const cy = ends[4 * second + 1] as number;
      const dx = ends[4 * second + 2] as number;
      const dy = ends[4 * second + 3] as number;
      const c = sideOf(ax, ay, bx, by, cx, cy);
      const d = sideOf(ax, ay, bx, by, dx, dy);
      if (!((c > 0 && d < 0) || (c < 0 && d > 0))) continue;
      const a = sideOf(cx, cy, dx, dy, ax, ay);
      const b = sideOf(cx, cy, dx, dy, bx, by);
      if ((a > 0 && b < 0) || (a < 0 && b > 0)) hot.push(...crossingPoint(ax, ay, bx, by, cx, cy, dx, dy));
    }
  }
  const points = distinctPoints(hot);
  const pointCount = points.length / 2;
  const cellsNear = searcher(pointCount, (point, out) => {
    out[0] = out[2] = points[2 * point] as number;
    out[1] = out[3] = points[2 * point + 1] as number;
  });
  const pieces: number[] = [];
  const pieceSources: number[] = [];
  for (let side = 0; side < count; side++) {
    const ax = ends[4 * side] as number;
    const ay = ends[4 * side + 1] as number;
    const bx = ends[4 * side + 2] as number;
    const by = ends[4 * side + 3] as number;
    const [eastward, northward] = [bx >= ax ? 1 : -1, by >= ay ? 1 : -1];
    const passed = cellsNear(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)).filter((point) =>
      passesCell(ax, ay, bx, by, points[2 * point] as number, points[2 * point + 1] as number),
    );
    // A side never turns back in x or y, and so it passes its cells in the order of x and then y.
    passed.sort(
      (one, two) =>
        eastward * ((points[2 * one] as number) - (points[2 * two] as number)) ||
        northward * ((points[2 * one + 1] as number) - (points[2 * two + 1] as number)),
    );
    for (let at = 1; at < passed.length; at++) {
      pieces.push(passed[at - 1] as number, passed[at] as number);
      pieceSources.push(sources[side] as number);
    }
  }
  return { points, pieces, sources: pieceSources };
}

function distinctPoints(flat: readonly number[]): Float64Array {
  const order = Uint32Array.from({ length: flat.length / 2 }, (_, at) => at);
  order.sort(
    (one, two) =>
      (flat[2 * one] as number) - (flat[2 * two] as number) ||
      (flat[2 * one + 1] as number) - (flat[2 * two + 1] as number),
  );
  const points = new Float64Array(flat.length);
  let length = 0;
  for (const at of order) {
    const x = flat[2 * at] as number;
    const y = flat[2 * at + 1] as number;
    if (length > 0 && points[length - 2] === x && points[length - 1] === y) continue;
    points[length++] = x;
    points[length++] = y;
  }
  return points.subarray(0, length);
}
