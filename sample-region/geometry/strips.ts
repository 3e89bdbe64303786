import type { Random } from "../random.ts";
import { frameAt, type Point } from "./frame.ts";
import { contains, type Region } from "./region.ts";
import { isSimple } from "./shapes.ts";

/** A long area along a border, in degrees, not closed. */
export interface Strip {
  ring: Point[];
  /** Places along its middle line. */
  inside: Point[];
  centre: Point;
}

const stepMetres = 600;

/** Walks a line and gives a point every `stepMetres`, with the distance along counted in a frame at the line's middle. */
function sample(line: readonly Point[]): Point[] {
  const frame = frameAt(line[Math.floor(line.length / 2)] as Point);
  const out: Point[] = [];
  let rest = 0;
  for (let i = 1; i < line.length; i++) {
    const [ax, ay] = frame.toMetres(line[i - 1] as Point);
    const [bx, by] = frame.toMetres(line[i] as Point);
    const length = Math.sqrt((bx - ax) ** 2 + (by - ay) ** 2);
    for (; rest < length; rest += stepMetres) {
      const t = rest / length;
      out.push(frame.toDegrees(ax + (bx - ax) * t, ay + (by - ay) * t));
    }
    rest -= length;
  }
  return out;
}

/**
 * Lays belts of mines along a border: each follows a stretch of it on the region's side, some hundred metres inside,
 * 60 to 450 m wide and 2 to 10 km long. Stretches do not overlap, and belts that would cross themselves, come near an
 * earlier one or leave the region are not laid, so there may be fewer than asked for.
 * @param border lines of the shared border
 * @param most how many to lay at most
 */
export function beltsAlong(
  region: Region,
  border: readonly (readonly Point[])[],
  most: number,
  random: Random,
): Strip[] {
  const strips: Strip[] = [];
  const stretches: Point[][] = [];
  for (const line of border) {
    const points = sample(line);
    let from = random.integer(0, 3);
    while (from < points.length - 5) {
      const steps = random.integer(4, 17);
      const stretch = points.slice(from, from + steps);
      if (stretch.length >= 5) stretches.push(stretch);
      // A gap longer than twice the depth of a belt keeps neighbours apart where the border turns.
      from += steps + random.integer(3, 6);
    }
  }
  for (let i = stretches.length - 1; i > 0; i--) {
    const j = random.integer(0, i);
    [stretches[i], stretches[j]] = [stretches[j] as Point[], stretches[i] as Point[]];
  }
  for (const stretch of stretches) {
    if (strips.length >= most) break;
    const strip = belt(region, stretch, random);
    if (strip && strips.every((other) => apart(other.inside, strip.inside))) strips.push(strip);
  }
  return strips;
}

function belt(region: Region, stretch: readonly Point[], random: Random): Strip | null {
  const centre = stretch[Math.floor(stretch.length / 2)] as Point;
  const frame = frameAt(centre);
  const line = stretch.map(frame.toMetres);
  const depth = random.between(150, 700);
  const width = random.logNormal(160, 0.5);
  const sign = [1, -1].find((s) => {
    const [x, y] = inward(line, Math.floor(line.length / 2), s * (depth + 300));
    return contains(region, frame.toDegrees(x, y));
  });
  if (!sign) return null;
  const near: Point[] = [];
  const far: Point[] = [];
  const inside: Point[] = [];
  for (let i = 0; i < line.length; i++) {
    const begin = depth * random.between(0.85, 1.15);
    const end = begin + Math.min(450, Math.max(60, width * random.between(0.7, 1.3)));
    near.push(inward(line, i, sign * begin));
    far.push(inward(line, i, sign * end));
    inside.push(inward(line, i, (sign * (begin + end)) / 2));
  }
  const ring = sign > 0 ? [...near, ...far.reverse()] : [...far, ...near.reverse()];
  if (!isSimple(ring)) return null;
  const degrees = ring.map(([x, y]) => frame.toDegrees(x, y));
  if (!degrees.every((place) => contains(region, place))) return null;
  return { ring: degrees, inside: inside.map(([x, y]) => frame.toDegrees(x, y)), centre };
}

/** The point at a distance to the left (right when negative) of a line's i-th point. */
function inward(line: readonly Point[], i: number, distance: number): Point {
  const [ax, ay] = line[Math.max(0, i - 1)] as Point;
  const [bx, by] = line[Math.min(line.length - 1, i + 1)] as Point;
  const [x, y] = line[i] as Point;
  const length = Math.sqrt((bx - ax) ** 2 + (by - ay) ** 2) || 1;
  return [x - ((by - ay) / length) * distance, y + ((bx - ax) / length) * distance];
}

/** Whether all places of two middle lines are more than about 1.3 km apart; they lie 600 m from each other at most. */
function apart(a: readonly Point[], b: readonly Point[]): boolean {
  return a.every(([x, y]) => b.every(([u, v]) => (x - u) ** 2 + (y - v) ** 2 > 0.012 ** 2));
}
