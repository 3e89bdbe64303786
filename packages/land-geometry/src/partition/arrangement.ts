import { sideOf, stepsPerDegree } from "./grid.ts";
import { nodeSides, type Sides, sideSearcher } from "./snap-rounding.ts";

/** The plane cut into faces by the sides of many shapes. */
export interface Arrangement {
  /** x and y of each point on the grid, in the order of x and then y. */
  readonly points: Float64Array;
  /** Two directed sides for each side, `2k` and `2k + 1`: the point each sets out from. */
  readonly origin: Int32Array;
  /** The directed side that follows along the outline of the face on the left. */
  readonly next: Int32Array;
  /** The outline on the left of each directed side. */
  readonly outlineOf: Int32Array;
  /** For each side, whether a cutting line runs along it. */
  readonly isCut: readonly boolean[];
  /** For each outline, the shapes that cover the ground on its inner side, in ascending order. */
  readonly coverOf: readonly (readonly number[])[];
  /** For each outline that surrounds its face from within (the rim of an island), the outline of that face; else -1. */
  readonly enclosing: Int32Array;
}

/** The source number of a line that cuts without covering anything. */
export const cuttingLine = -1;

/** Shapes that cover what is inside an odd number of their sides, joined as a sorted list without those in both. */
function toggled(cover: readonly number[], by: readonly number[]): readonly number[] {
  if (by.length === 0) return cover;
  const result: number[] = [];
  let [i, j] = [0, 0];
  while (i < cover.length || j < by.length) {
    const left = cover[i] ?? Number.POSITIVE_INFINITY;
    const right = by[j] ?? Number.POSITIVE_INFINITY;
    if (left <= right) i++;
    if (right <= left) j++;
    if (left !== right) result.push(Math.min(left, right));
  }
  return result;
}

interface UniqueSides {
  /** The two points of each side, lower index first. */
  readonly ends: Int32Array;
  /** The shapes whose outline runs along the side an odd number of times, ascending. */
  readonly shapes: readonly (readonly number[])[];
  readonly isCut: readonly boolean[];
}

function uniqueSides(pieces: readonly number[], sources: readonly number[], pointCount: number): UniqueSides {
  const byEnds = new Map<number, { shapes: readonly number[]; isCut: boolean }>();
  for (let piece = 0; piece < sources.length; piece++) {
    const u = pieces[2 * piece] as number;
    const v = pieces[2 * piece + 1] as number;
    const key = Math.min(u, v) * pointCount + Math.max(u, v);
    const known = byEnds.get(key);
    const source = sources[piece] as number;
    const isCut = source === cuttingLine;
    if (known === undefined) byEnds.set(key, { shapes: isCut ? [] : [source], isCut });
    else if (isCut) known.isCut = true;
    else known.shapes = toggled(known.shapes, [source]);
  }
  // A side run along twice by one shape bounds nothing: spikes and seams go here.
  const kept = [...byEnds].filter(([, side]) => side.isCut || side.shapes.length > 0).sort(([a], [b]) => a - b);
  const ends = new Int32Array(kept.length * 2);
  kept.forEach(([key], at) => {
    ends[2 * at] = Math.floor(key / pointCount);
    ends[2 * at + 1] = key % pointCount;
  });
  return { ends, shapes: kept.map(([, { shapes }]) => shapes), isCut: kept.map(([, { isCut }]) => isCut) };
}

/** Which of two points comes first in an anticlockwise turn around another that begins due east; exact. */
function turnOrder(points: Float64Array, around: number, one: number, two: number): number {
  const x = points[2 * around] as number;
  const y = points[2 * around + 1] as number;
  const [ax, ay] = [points[2 * one] as number, points[2 * one + 1] as number];
  const [bx, by] = [points[2 * two] as number, points[2 * two + 1] as number];
  const upperA = ay > y || (ay === y && ax > x);
  const upperB = by > y || (by === y && bx > x);
  if (upperA !== upperB) return upperA ? -1 : 1;
  return -sideOf(x, y, ax, ay, bx, by);
}

/** Links each directed side to the next along the face on its left: at its end, the first side clockwise from its own. */
function linkSides(points: Float64Array, origin: Int32Array): Int32Array {
  const leaving: number[][] = Array.from({ length: points.length / 2 }, () => []);
  origin.forEach((point, side) => {
    leaving[point]?.push(side);
  });
  const next = new Int32Array(origin.length);
  leaving.forEach((sides, from) => {
    // At almost every point one side arrives and one leaves: there is nothing to put in order.
    if (sides.length > 2)
      sides.sort((one, two) => turnOrder(points, from, origin[one ^ 1] as number, origin[two ^ 1] as number));
    sides.forEach((side, at) => {
      // The side that arrives as the twin of this one goes on along the side before it in anticlockwise order.
      next[side ^ 1] = sides[(at + sides.length - 1) % sides.length] as number;
    });
  });
  return next;
}

function traceOutlines(next: Int32Array): { outlineOf: Int32Array; starts: number[] } {
  const outlineOf = new Int32Array(next.length).fill(-1);
  const starts: number[] = [];
  for (let start = 0; start < next.length; start++) {
    if (outlineOf[start] !== -1) continue;
    for (let side = start; outlineOf[side] === -1; side = next[side] as number) outlineOf[side] = starts.length;
    starts.push(start);
  }
  return { outlineOf, starts };
}

/**
 * Cuts the plane into faces by the sides of shapes and says which shapes cover each face. A shape covers what lies
 * inside an odd number of its sides; a source of `cuttingLine` cuts faces and covers nothing. Everything is decided
 * exactly; crossings are put on the grid by `nodeSides`.
 */
export function arrange(sides: Sides): Arrangement {
  const noded = nodeSides(sides);
  const { points } = noded;
  const { ends, shapes, isCut } = uniqueSides(noded.pieces, noded.sources, Math.max(1, points.length / 2));
  const origin = ends;
  const next = linkSides(points, origin);
  const { outlineOf, starts } = traceOutlines(next);
  const { coverOf, enclosing } = coverFaces(points, origin, outlineOf, starts.length, shapes);
  return { points, origin, next, outlineOf, isCut, coverOf, enclosing };
}

/**
 * Which shapes cover each face. Within one connected part of the drawing, covers follow from side to side. For the
 * first point of each part (in the order of x and then y) the nearest side below tells in which face the part lies;
 * that side belongs to a part with an earlier first point, so that parts are settled in that order.
 */
function coverFaces(
  points: Float64Array,
  origin: Int32Array,
  outlineOf: Int32Array,
  outlineCount: number,
  shapes: readonly (readonly number[])[],
): Pick<Arrangement, "coverOf" | "enclosing"> {
  const coverOf: (readonly number[] | undefined)[] = new Array(outlineCount).fill(undefined);
  const enclosing = new Int32Array(outlineCount).fill(-1);
  const sideEnds = new Float64Array(origin.length * 2);
  origin.forEach((point, at) => {
    sideEnds[2 * at] = points[2 * point] as number;
    sideEnds[2 * at + 1] = points[2 * point + 1] as number;
  });
  const below = nearestSideBelow(sideEnds);
  const sidesOf: number[][] = Array.from({ length: outlineCount }, () => []);
  outlineOf.forEach((outline, side) => {
    sidesOf[outline]?.push(side);
  });
  // The sides are in the order of their earlier points, so the first unsettled one holds the first point of its part.
  for (let side = 0; side < origin.length; side += 2) {
    if (coverOf[outlineOf[side] as number] !== undefined) continue;
    const first = origin[side] as number;
    const under = below(points[2 * first] as number, points[2 * first + 1] as number);
    const around = outlineAround(points, origin, outlineOf, first, side);
    if (under !== -1) {
      // Sides run from their western to their eastern end; the face above lies to the left.
      enclosing[around] = outlineOf[under] as number;
      coverOf[around] = coverOf[outlineOf[under] as number] ?? [];
    } else {
      coverOf[around] = [];
    }
    const waiting = [around];
    for (let outline = waiting.pop(); outline !== undefined; outline = waiting.pop()) {
      for (const along of sidesOf[outline] ?? []) {
        const other = outlineOf[along ^ 1] as number;
        if (coverOf[other] !== undefined) continue;
        coverOf[other] = toggled(coverOf[outline] ?? [], shapes[along >> 1] ?? []);
        waiting.push(other);
      }
    }
  }
  return { coverOf: coverOf.map((cover) => cover ?? []), enclosing };
}

/** The outline of the face to the west of the first point of a connected part. */
function outlineAround(
  points: Float64Array,
  origin: Int32Array,
  outlineOf: Int32Array,
  first: number,
  anySide: number,
): number {
  // All sides that leave the first point go east or due north, and they follow each other in the table from `anySide`;
  // the lowest of them has the surrounding face on its right.
  let lowest = anySide;
  for (let side = anySide; side < origin.length && origin[side] === first; side += 2) {
    const [p, q] = [origin[lowest ^ 1] as number, origin[side ^ 1] as number];
    const turn = sideOf(
      points[2 * first] as number,
      points[2 * first + 1] as number,
      points[2 * p] as number,
      points[2 * p + 1] as number,
      points[2 * q] as number,
      points[2 * q + 1] as number,
    );
    if (turn < 0) lowest = side;
  }
  return outlineOf[lowest ^ 1] as number;
}

function nearestSideBelow(ends: Float64Array): (x: number, y: number) => number {
  const search = sideSearcher(ends);
  const lowest = -360 * stepsPerDegree;
  const end = (side: number, at: 0 | 1 | 2 | 3) => ends[4 * side + at] as number;
  const side = (k: number, x: number, y: number) => sideOf(end(k, 0), end(k, 1), end(k, 2), end(k, 3), x, y);
  /** Whether side k runs above side m where both exist; they do not cross. */
  const isAbove = (k: number, m: number) => {
    if (end(k, 0) >= end(m, 0)) {
      const start = side(m, end(k, 0), end(k, 1));
      return start !== 0 ? start > 0 : side(m, end(k, 2), end(k, 3)) > 0;
    }
    const start = side(k, end(m, 0), end(m, 1));
    return start !== 0 ? start < 0 : side(k, end(m, 2), end(m, 3)) < 0;
  };
  return (x, y) => {
    let nearest = -1;
    for (const k of search(x, lowest, x, y)) {
      // Sides due north bound nothing above or below; each other side holds its western end and not its eastern one.
      if (!(end(k, 0) <= x && x < end(k, 2))) continue;
      if (side(k, x, y) <= 0) continue;
      if (nearest === -1 || isAbove(k, nearest)) nearest = k;
    }
    return nearest === -1 ? -1 : 2 * nearest;
  };
}
