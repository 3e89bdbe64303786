import { cosine, sine } from "../exact-math.ts";
import { type Frame, type Point, roundDegree } from "./frame.ts";
import type { Region } from "./region.ts";

/**
 * Outlines a part of a region around a seed: the places nearer to it than to the other seeds (its Voronoi cell) that are
 * visible from it, so that the part lies inside the region and does not overlap the parts of the other seeds.
 * @param frame the frame in which "nearer" is measured
 * @returns a closed ring in degrees, counter-clockwise
 */
export function partAround(region: Region, seed: Point, others: readonly Point[], frame: Frame): Point[] {
  const [perLon, perLat] = frame.metresPerDegree;
  const local = ([lon, lat]: Point): Point => [(lon - seed[0]) * perLon, (lat - seed[1]) * perLat];
  const cell = voronoiCell(region, local, others);
  const walls = region.polygons.flatMap((polygon) => polygon.map((ring) => ring.map(local)));
  const rays: { towards: Point; corner: boolean }[] = cell.map((towards) => ({ towards, corner: true }));
  for (const ring of walls) {
    for (const point of ring) if (insideConvex(cell, point)) rays.push({ towards: point, corner: true });
  }
  for (let i = 0; i < 12; i++) {
    const angle = (2 * Math.PI * i) / 12 + 0.01;
    rays.push({ towards: [cosine(angle), sine(angle)], corner: false });
  }
  const borders = segmentsNear(cell, [...walls, [...cell, cell[0] as Point]]);
  rays.sort((a, b) => byAngle(a.towards, b.towards));
  const ring: Point[] = [];
  let last: Point | null = null;
  for (const { towards, corner } of rays) {
    if (last && last[0] * towards[1] === last[1] * towards[0]) continue;
    last = towards;
    const reach = hit(towards, borders, corner ? 1 : Number.POSITIVE_INFINITY);
    const place: Point = [
      roundDegree(seed[0] + (towards[0] * reach) / perLon),
      roundDegree(seed[1] + (towards[1] * reach) / perLat),
    ];
    const previous = ring[ring.length - 1];
    if (!previous || previous[0] !== place[0] || previous[1] !== place[1]) ring.push(place);
  }
  return [...ring, ring[0] as Point];
}

/** The bounds of the region cut by the middle line between the seed (0, 0) and each other seed; counter-clockwise. */
function voronoiCell(region: Region, local: (place: Point) => Point, others: readonly Point[]): Point[] {
  const [west, south, east, north] = region.bounds;
  let cell: Point[] = [local([west, south]), local([east, south]), local([east, north]), local([west, north])];
  for (const other of others) {
    const [ox, oy] = local(other);
    const half = (ox * ox + oy * oy) / 2;
    const beyond = ([x, y]: Point) => x * ox + y * oy - half;
    const kept: Point[] = [];
    for (let i = 0; i < cell.length; i++) {
      const [a, b] = [cell[i] as Point, cell[(i + 1) % cell.length] as Point];
      const [da, db] = [beyond(a), beyond(b)];
      if (da <= 0) kept.push(a);
      if (da <= 0 !== db <= 0) {
        const t = da / (da - db);
        kept.push([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]);
      }
    }
    cell = kept;
  }
  return cell;
}

function insideConvex(cell: readonly Point[], [x, y]: Point): boolean {
  return cell.every(([ax, ay], i) => {
    const [bx, by] = cell[(i + 1) % cell.length] as Point;
    return (bx - ax) * (y - ay) - (by - ay) * (x - ax) >= 0;
  });
}

/** Orders directions counter-clockwise from east, by signs and cross products only. */
function byAngle([ax, ay]: Point, [bx, by]: Point): number {
  const [ha, hb] = [ay < 0 || (ay === 0 && ax < 0), by < 0 || (by === 0 && bx < 0)];
  if (ha !== hb) return ha ? 1 : -1;
  return bx * ay - ax * by;
}

/** The segments of lines that may cross rays within the cell: ax, ay, bx, by of each in a row. */
function segmentsNear(cell: readonly Point[], lines: readonly (readonly Point[])[]): number[] {
  const west = cell.reduce((least, [x]) => Math.min(least, x), 0) - 1;
  const east = cell.reduce((most, [x]) => Math.max(most, x), 0) + 1;
  const south = cell.reduce((least, [, y]) => Math.min(least, y), 0) - 1;
  const north = cell.reduce((most, [, y]) => Math.max(most, y), 0) + 1;
  const near: number[] = [];
  for (const line of lines) {
    for (let i = 1; i < line.length; i++) {
      const [ax, ay] = line[i - 1] as Point;
      const [bx, by] = line[i] as Point;
      const apart =
        Math.max(ax, bx) < west || Math.min(ax, bx) > east || Math.max(ay, by) < south || Math.min(ay, by) > north;
      if (!apart) near.push(ax, ay, bx, by);
    }
  }
  return near;
}

/** The first crossing of a ray from (0, 0) with the segments, in lengths of the ray, at most `limit`. */
function hit([dx, dy]: Point, segments: readonly number[], limit: number): number {
  let nearest = limit;
  for (let i = 0; i < segments.length; i += 4) {
    const [ax, ay] = [segments[i] as number, segments[i + 1] as number];
    const [bx, by] = [segments[i + 2] as number, segments[i + 3] as number];
    const sideA = dx * ay - dy * ax;
    const sideB = dx * by - dy * bx;
    if (sideA > 0 === sideB > 0) continue;
    const share = sideA / (sideA - sideB);
    const [x, y] = [ax + (bx - ax) * share, ay + (by - ay) * share];
    const t = (x * dx + y * dy) / (dx * dx + dy * dy);
    if (t > 0 && t < nearest) nearest = t;
  }
  return nearest;
}
