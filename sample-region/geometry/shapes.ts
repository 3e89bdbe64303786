import { cosine, sine } from "../exact-math.ts";
import type { Random } from "../random.ts";
import type { Point } from "./frame.ts";

/** The outline of an area in metres around its middle, not closed, counter-clockwise, and places inside where items lie. */
export interface Outline {
  ring: Point[];
  inside: Point[];
}

function placesTowards(ring: readonly Point[], random: Random): Point[] {
  const inside: Point[] = [];
  for (let i = 0; i < 6; i++) {
    const [x, y] = random.pick(ring);
    const share = Math.sqrt(random.float()) * 0.9;
    inside.push([x * share, y * share]);
  }
  return inside;
}

/**
 * A shape as survey teams walk it: 8 to 40 turning points around a middle, irregular, every point of it visible from
 * the middle, stretched in one direction and turned.
 * @param radius the greatest distance in metres of a turning point from the middle
 */
export function surveyedShape(radius: number, random: Random): Outline {
  const points = Math.min(40, 8 + Math.floor(random.float() * random.float() * 33));
  const flatness = random.between(0.45, 1);
  const turn = random.between(0, Math.PI);
  const [cos, sin] = [cosine(turn), sine(turn)];
  const ring: Point[] = [];
  let reach = random.between(0.6, 1);
  for (let i = 0; i < points; i++) {
    const angle = (2 * Math.PI * (i + random.between(-0.35, 0.35))) / points;
    // A walk that is drawn back to its mean: neighbouring turning points are at similar distances.
    reach = Math.min(1, Math.max(0.35, reach + random.between(-0.25, 0.25) + (0.75 - reach) * 0.2));
    const x = radius * reach * cosine(angle);
    const y = radius * reach * flatness * sine(angle);
    ring.push([x * cos - y * sin, x * sin + y * cos]);
  }
  return { ring, inside: placesTowards(ring, random) };
}

/**
 * The footprint of a cluster strike: evidence points scattered along a flight line, and around them the convex outline
 * with the fade-out distance to every side.
 * @param radius the greatest distance in metres of the outline from the middle, more than the fade-out
 * @param fadeOut metres that are searched beyond the last item, 50 as a rule
 */
export function strikeFootprint(radius: number, fadeOut: number, random: Random): Outline {
  const corners = random.integer(8, 14);
  // Seen along its flat sides the regular polygon around an item must still hold the whole fade-out circle.
  const circle = fadeOut / cosine(Math.PI / corners);
  const length = Math.max(1, radius - circle);
  const width = length * random.between(0.15, 0.6);
  const turn = random.between(0, Math.PI);
  const [cos, sin] = [cosine(turn), sine(turn)];
  const points: Point[] = [];
  for (let i = random.integer(5, 18); i > 0; i--) {
    const [u, angle] = [Math.sqrt(random.float()), random.between(0, 2 * Math.PI)];
    const [x, y] = [length * u * cosine(angle), width * u * sine(angle)];
    points.push([x * cos - y * sin, x * sin + y * cos]);
  }
  const around = Array.from({ length: corners }, (_, i): Point => {
    const angle = (2 * Math.PI * i) / corners;
    return [circle * cosine(angle), circle * sine(angle)];
  });
  const ring = hull(hull(points).flatMap(([x, y]) => around.map(([dx, dy]): Point => [x + dx, y + dy])));
  return { ring, inside: points.slice(0, 8) };
}

/** The convex hull of points, counter-clockwise and without points on its sides (Andrew's monotone chain). */
function hull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const chain = (list: readonly Point[]): Point[] => {
    const kept: Point[] = [];
    for (const point of list) {
      while (kept.length > 1 && side(kept[kept.length - 2] as Point, kept[kept.length - 1] as Point, point) <= 1e-9) {
        kept.pop();
      }
      kept.push(point);
    }
    return kept.slice(0, -1);
  };
  return [...chain(sorted), ...chain(sorted.reverse())];
}

/**
 * An area confirmed by searching boxes of a grid outward from evidence points: rows of boxes that lie on each other, so
 * the outline runs along the grid.
 * @param radius the greatest distance in metres of the outline from the middle
 * @param box side of a box in metres, 50 as a rule
 */
export function boxSurvey(radius: number, box: number, random: Random): Outline {
  const half = Math.max(1, Math.floor((radius * 0.7) / box));
  // At most nine bands of one or more rows, so that no outline has more than forty turning points.
  const depth = Math.ceil((2 * half) / 9);
  const bands = Math.max(2, Math.min(9, Math.floor((2 * half * random.between(0.6, 1)) / depth)));
  const bottom = -Math.floor((bands * depth) / 2);
  let west = -random.integer(Math.ceil(half / 2), half);
  let east = random.integer(Math.ceil(half / 2), half);
  const left: Point[] = [];
  const right: Point[] = [];
  const inside: Point[] = [];
  const most = Math.max(1, Math.ceil(half / 3));
  for (let band = 0; band < bands; band++) {
    const [low, high] = [(bottom + band * depth) * box, (bottom + (band + 1) * depth) * box];
    add(left, [west * box, low], [west * box, high]);
    add(right, [east * box, low], [east * box, high]);
    if (inside.length < 8) inside.push([random.between(west, east) * box, random.between(low, high)]);
    // Every band keeps the two boxes beside the middle line, so that bands always share an edge.
    west = -Math.min(half, Math.max(1, -west + random.integer(-most, most)));
    east = Math.min(half, Math.max(1, east + random.integer(-most, most)));
  }
  return { ring: [...right, ...left.reverse()], inside };
}

/** Adds the ends of a wall; a wall that goes straight on is only lengthened. */
function add(wall: Point[], from: Point, to: Point): void {
  const last = wall[wall.length - 1];
  if (last && last[0] === from[0]) wall[wall.length - 1] = to;
  else wall.push(from, to);
}

/**
 * Cuts a shape in two along a broken line through its middle. The two parts share that line and nothing else.
 * @param ring a shape every point of which is visible from the middle (0, 0)
 */
export function cutInTwo(ring: readonly Point[], random: Random): [Point[], Point[]] {
  const start = random.integer(0, ring.length - 1);
  const turned = [...ring.slice(start), ...ring.slice(0, start)];
  const middle = Math.floor(turned.length / 2);
  const centre: Point = [0, 0];
  return [
    [centre, ...turned.slice(0, middle + 1)],
    [centre, ...turned.slice(middle), turned[0] as Point],
  ];
}

/** Greatest distance of a corner from the middle, metres. */
export function reachOf(ring: readonly Point[]): number {
  return Math.sqrt(ring.reduce((most, [x, y]) => Math.max(most, x * x + y * y), 0));
}

/** Area in square metres of a ring in metres that is not closed; positive when counter-clockwise. */
export function flatArea(ring: readonly Point[]): number {
  let sum = 0;
  let [px, py] = ring[ring.length - 1] as Point;
  for (const [x, y] of ring) {
    sum += px * y - x * py;
    [px, py] = [x, y];
  }
  return sum / 2;
}

/** Tells whether a ring that is not closed crosses or touches itself anywhere but at shared corners of neighbours. */
export function isSimple(ring: readonly Point[]): boolean {
  const n = ring.length;
  for (let i = 0; i < n; i++) {
    const [a, b] = [ring[i] as Point, ring[(i + 1) % n] as Point];
    for (let j = i + 2; j < n; j++) {
      if (i === 0 && j === n - 1) continue;
      if (cross(a, b, ring[j] as Point, ring[(j + 1) % n] as Point)) return false;
    }
  }
  return true;
}

function side(a: Point, b: Point, p: Point): number {
  return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
}

/** Whether two segments have a point in common. */
function cross(a: Point, b: Point, c: Point, d: Point): boolean {
  const [abc, abd, cda, cdb] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
  if (abc * abd > 0 || cda * cdb > 0) return false;
  if (abc !== 0 || abd !== 0) return true;
  // All on one line: they meet when their boxes do.
  const overlap = (i: 0 | 1) =>
    Math.max(Math.min(a[i], b[i]), Math.min(c[i], d[i])) <= Math.min(Math.max(a[i], b[i]), Math.max(c[i], d[i]));
  return overlap(0) && overlap(1);
}
