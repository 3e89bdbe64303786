import type { MultiPolygon, Polygon, Position } from "geojson";
import type { Arrangement } from "./arrangement.ts";
import { type GridRing, isAnticlockwise, toDegrees } from "./grid.ts";
import { gridRingArea } from "./side-area.ts";

/** A connected piece of ground on the grid: shell anticlockwise, holes clockwise. */
export interface GridRegion {
  readonly label: number;
  /** Rings on the grid, shell first, each from its westernmost point. */
  readonly rings: readonly GridRing[];
  /** Geodesic, square metres, unrounded. */
  readonly area: number;
}

/** No label: the ground is left out. */
export const unlabelled = -1;

/** Faces no wider and no higher than so many grid steps (half a micrometre) are rounding and not ground. */
const speckSteps = 4;

/**
 * Gives faces that only rounding has made, where three sides or more cross in almost one point, the label of the face
 * beyond their longest side, so that they are parts of their surroundings in every drawing of the same sides.
 */
function absorbSpecks({ points, origin, next, outlineOf }: Arrangement, labels: Int32Array): void {
  const seen = new Uint8Array(labels.length);
  const x = (side: number) => points[2 * (origin[side] as number)] as number;
  const y = (side: number) => points[2 * (origin[side] as number) + 1] as number;
  for (let start = 0; start < origin.length; start++) {
    const outline = outlineOf[start] as number;
    if (seen[outline] === 1) continue;
    seen[outline] = 1;
    let isSpeck = true;
    let twiceArea = 0;
    let longest = start;
    let length = 0;
    let side = start;
    do {
      const after = next[side] as number;
      const [dx, dy] = [x(side) - x(start), y(side) - y(start)];
      const [nextDx, nextDy] = [x(after) - x(start), y(after) - y(start)];
      isSpeck = Math.abs(dx) <= speckSteps && Math.abs(dy) <= speckSteps;
      twiceArea += dx * nextDy - dy * nextDx;
      const size = (nextDx - dx) ** 2 + (nextDy - dy) ** 2;
      if (size > length || (size === length && side >> 1 < longest >> 1)) [longest, length] = [side, size];
      side = after;
    } while (isSpeck && side !== start);
    // The rim of an island runs the other way; what lies around it is no speck.
    if (isSpeck && twiceArea > 0) labels[outline] = labels[outlineOf[longest ^ 1] as number] as number;
  }
}

function findRoot(parents: Int32Array, item: number): number {
  let root = item;
  while (parents[root] !== root) root = parents[root] as number;
  for (let at = item; at !== root; ) {
    const up = parents[at] as number;
    parents[at] = root;
    at = up;
  }
  return root;
}

/** Cuts a walk that comes back to a point into rings that do not; rings of two points enclose nothing and are left out. */
function simpleRings(walk: readonly number[]): number[][] {
  const rings: number[][] = [];
  const placeOf = new Map<number, number>();
  const open: number[] = [];
  for (const point of walk) {
    const before = placeOf.get(point);
    if (before !== undefined) {
      const loop = open.splice(before);
      for (const left of loop) placeOf.delete(left);
      if (loop.length > 2) rings.push(loop);
    }
    placeOf.set(point, open.length);
    open.push(point);
  }
  if (open.length > 2) rings.push(open);
  return rings;
}

function toRing(loop: readonly number[], points: Float64Array): GridRing {
  // Points are numbered from west to east, so that the ring starts at the same place however it was walked.
  const first = loop.indexOf(loop.reduce((least, point) => Math.min(least, point)));
  const ring: number[] = [];
  for (let at = 0; at < loop.length; at++) {
    const point = loop[(first + at) % loop.length] as number;
    ring.push(points[2 * point] as number, points[2 * point + 1] as number);
  }
  return ring;
}

/**
 * Joins neighbouring faces with the same label into connected pieces of ground. A cutting line parts faces with the
 * same label. Points where other shapes meet an outline stay in it, so that both sides of a border have the same
 * points.
 * @param labelOf label of each outline of the arrangement, from the shapes that cover it
 * @returns regions in the order of their labels and then of their first points
 */
export function regionsOf(drawing: Arrangement, labelOf: (cover: readonly number[]) => number): GridRegion[] {
  const { origin, next, outlineOf, isCut, coverOf, enclosing, points } = drawing;
  const labels = Int32Array.from(coverOf, labelOf);
  absorbSpecks(drawing, labels);
  const left = (side: number) => labels[outlineOf[side] as number] as number;
  const bounds = (side: number) => left(side) !== left(side ^ 1) || isCut[side >> 1] === true;

  const groups = Int32Array.from(coverOf, (_, outline) => outline);
  const join = (one: number, two: number) => {
    groups[findRoot(groups, one)] = findRoot(groups, two);
  };
  for (let side = 0; side < origin.length; side += 2) {
    if (!bounds(side)) join(outlineOf[side] as number, outlineOf[side + 1] as number);
  }
  enclosing.forEach((outline, inner) => {
    if (outline !== -1) join(inner, outline);
  });

  const loops = new Map<number, number[][]>();
  const walked = new Uint8Array(origin.length);
  for (let start = 0; start < origin.length; start++) {
    if (walked[start] === 1 || left(start) === unlabelled || !bounds(start)) continue;
    const walk: number[] = [];
    for (let side = start; walked[side] === 0; ) {
      walked[side] = 1;
      walk.push(origin[side] as number);
      side = next[side] as number;
      // Sides inside the region are crossed to the next side around the same point.
      while (!bounds(side)) side = next[side ^ 1] as number;
    }
    const group = findRoot(groups, outlineOf[start] as number);
    loops.set(group, [...(loops.get(group) ?? []), ...simpleRings(walk)]);
  }

  const regions: GridRegion[] = [];
  for (const [group, found] of loops) {
    const rings = found.map((loop) => toRing(loop, points));
    const shells = rings.filter(isAnticlockwise);
    const holes = rings.filter((ring) => !isAnticlockwise(ring)).sort(compareRings);
    const ordered = [...shells, ...holes];
    const area = ordered.reduce((sum, ring) => sum + gridRingArea(ring), 0);
    regions.push({ label: labels[group] as number, rings: ordered, area });
  }
  return regions.sort((one, two) => one.label - two.label || compareRings(one.rings[0] ?? [], two.rings[0] ?? []));
}

function compareRings(one: GridRing, two: GridRing): number {
  const length = Math.min(one.length, two.length);
  for (let at = 0; at < length; at++) {
    const difference = (one[at] as number) - (two[at] as number);
    if (difference !== 0) return difference;
  }
  return one.length - two.length;
}

function ringToDegrees(ring: GridRing): Position[] {
  const positions: Position[] = [];
  for (let at = 0; at < ring.length; at += 2) {
    positions.push([toDegrees(ring[at] as number), toDegrees(ring[at + 1] as number)]);
  }
  return [...positions, [...(positions[0] ?? [])]];
}

/** A region as a polygon in degrees. */
export function regionPolygon(region: GridRegion): Polygon {
  return { type: "Polygon", coordinates: region.rings.map(ringToDegrees) };
}

/** Regions as one multipolygon in degrees, without any part when there is none. */
export function regionsMultiPolygon(regions: readonly GridRegion[]): MultiPolygon {
  return { type: "MultiPolygon", coordinates: regions.map((region) => regionPolygon(region).coordinates) };
}
