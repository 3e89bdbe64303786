import type { Position } from "geojson";
import type { Topology } from "topojson-specification";

const METRES_PER_DEGREE = 111_320;

/** Distance in metres from `p` to the segment `a`-`b`, on a plane fitted at the latitude of `p`. */
export function distanceToSegment(p: Position, a: Position, b: Position): number {
  const [px = 0, py = 0] = p;
  const [ax = 0, ay = 0] = a;
  const [bx = 0, by = 0] = b;
  const east = Math.cos((py * Math.PI) / 180) * METRES_PER_DEGREE;
  const dx = (bx - ax) * east;
  const dy = (by - ay) * METRES_PER_DEGREE;
  const qx = (px - ax) * east;
  const qy = (py - ay) * METRES_PER_DEGREE;
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, (qx * dx + qy * dy) / length));
  return Math.hypot(qx - t * dx, qy - t * dy);
}

function farthest(line: readonly Position[], from: number, to: number): { index: number; distance: number } {
  const a = line[from] as Position;
  const b = line[to] as Position;
  let index = -1;
  let distance = 0;
  for (let i = from + 1; i < to; i++) {
    const d = distanceToSegment(line[i] as Position, a, b);
    if (d > distance) {
      distance = d;
      index = i;
    }
  }
  return { index, distance };
}

/**
 * Thins a line by the Douglas-Peucker method: every point left out lies within the tolerance of the result.
 * A closed line keeps at least four positions, so that a small island stays a polygon.
 *
 * @param line positions in degrees, at least two
 * @param tolerance metres
 */
export function simplifyLine(line: readonly Position[], tolerance: number): Position[] {
  const last = line.length - 1;
  const keep = new Set([0, last]);
  const pending: [number, number][] = [[0, last]];
  for (let range = pending.pop(); range; range = pending.pop()) {
    const [from, to] = range;
    const { index, distance } = farthest(line, from, to);
    if (index > 0 && distance > tolerance) {
      keep.add(index);
      pending.push([from, index], [index, to]);
    }
  }
  const closed = line[0]?.[0] === line[last]?.[0] && line[0]?.[1] === line[last]?.[1];
  while (closed && keep.size < 4 && keep.size <= last) {
    let best = { index: -1, distance: -1 };
    const kept = [...keep].sort((a, b) => a - b);
    for (let i = 1; i < kept.length; i++) {
      const found = farthest(line, kept[i - 1] as number, kept[i] as number);
      if (found.index > 0 && found.distance > best.distance) best = found;
    }
    if (best.index < 0) break;
    keep.add(best.index);
  }
  return [...keep].sort((a, b) => a - b).map((i) => line[i] as Position);
}

/** Numbers of the arcs that the geometries of an object use, both directions counted as one. */
export function arcsOf(geometry: { arcs?: unknown }): Set<number> {
  const found = new Set<number>();
  const walk = (value: unknown): void => {
    if (typeof value === "number") found.add(value < 0 ? ~value : value);
    else if (Array.isArray(value)) for (const item of value) walk(item);
  };
  walk(geometry.arcs);
  return found;
}

/**
 * Thins the arcs of a topology in place, so that neighbours keep sharing their border, except the arcs in `exact`.
 * Arcs must not be delta-encoded yet.
 *
 * @param tolerance metres
 */
export function simplifyTopology(topology: Topology, tolerance: number, exact: ReadonlySet<number>): void {
  topology.arcs = topology.arcs.map((arc, i) => (exact.has(i) ? arc : simplifyLine(arc, tolerance)));
}
