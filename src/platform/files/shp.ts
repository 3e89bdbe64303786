import type { Geometry, Position } from "geojson";
import { FileProblem } from "./problem.ts";

const typeNames: Record<number, string> = { 1: "Point", 3: "MultiLineString", 5: "MultiPolygon", 8: "MultiPoint" };

/** The GeoJSON name of a shapefile's shape type (ESRI white paper, 1998), or null for null and unknown types. */
export function shapeTypeName(type: number): string | null {
  return typeNames[type % 10] ?? null;
}

/**
 * Reads the content of one .shp record. Heights of Z types are kept, measures dropped. Rings turn clockwise outside and
 * the other way inside; holes go to the outer ring around them, and one that lies in none becomes an area of its own,
 * so that no drawn ground is lost. Null shapes are null. Throws `geometry.malformed`, `geometry.unsupported-type`.
 */
export function readShape(content: Buffer): Geometry | null {
  if (content.length < 4) throw new FileProblem("geometry.malformed", { bytes: content.length });
  const type = content.readInt32LE(0);
  if (type === 0) return null;
  const hasZ = type >= 11 && type <= 18;
  const kind = type % 10;
  if (!(kind in typeNames) || type > 28) throw new FileProblem("geometry.unsupported-type", { type });
  if (kind === 1) return readPoint(content, hasZ);
  const points = kind === 8 ? readMulti(content, 40, 36, hasZ) : null;
  if (points) return points.length === 0 ? null : { type: "MultiPoint", coordinates: points };
  const lines = readLines(content, hasZ);
  if (lines.length === 0) return null;
  if (kind === 5) return toPolygons(lines);
  return lines.length === 1
    ? { type: "LineString", coordinates: lines[0] as Position[] }
    : { type: "MultiLineString", coordinates: lines };
}

function need(content: Buffer, length: number): void {
  if (content.length < length) throw new FileProblem("geometry.malformed", { bytes: content.length });
}

/** The format's way to say "no data" is any number below -10^38. */
const isNoData = (value: number) => value < -1e38 || Number.isNaN(value);

function readPoint(content: Buffer, hasZ: boolean): Geometry | null {
  need(content, hasZ ? 28 : 20);
  const coordinates: Position = [content.readDoubleLE(4), content.readDoubleLE(12)];
  if (Number.isNaN(coordinates[0])) return null;
  const z = hasZ ? content.readDoubleLE(20) : Number.NaN;
  if (!isNoData(z)) coordinates.push(z);
  return { type: "Point", coordinates };
}

function readMulti(content: Buffer, start: number, countAt: number, hasZ: boolean): Position[] {
  need(content, start);
  const count = content.readInt32LE(countAt);
  if (count < 0) throw new FileProblem("geometry.malformed");
  const zStart = start + count * 16 + 16;
  need(content, hasZ ? zStart + count * 8 : start + count * 16);
  const points = new Array<Position>(count);
  for (let i = 0; i < count; i++) {
    const point: Position = [content.readDoubleLE(start + i * 16), content.readDoubleLE(start + i * 16 + 8)];
    const z = hasZ ? content.readDoubleLE(zStart + i * 8) : Number.NaN;
    if (!isNoData(z)) point.push(z);
    points[i] = point;
  }
  return points;
}

function readLines(content: Buffer, hasZ: boolean): Position[][] {
  need(content, 44);
  const parts = content.readInt32LE(36);
  if (parts < 0) throw new FileProblem("geometry.malformed");
  need(content, 44 + parts * 4);
  const points = readMulti(content, 44 + parts * 4, 40, hasZ);
  const lines: Position[][] = [];
  for (let i = 0; i < parts; i++) {
    const from = content.readInt32LE(44 + i * 4);
    const to = i + 1 < parts ? content.readInt32LE(48 + i * 4) : points.length;
    if (from < 0 || to < from || to > points.length) throw new FileProblem("geometry.malformed");
    if (to > from) lines.push(points.slice(from, to));
  }
  return lines;
}

/** Twice the signed area; positive when the ring turns counter-clockwise. */
function signedArea(ring: Position[]): number {
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [x1 = 0, y1 = 0] = ring[j] as Position;
    const [x2 = 0, y2 = 0] = ring[i] as Position;
    sum += x1 * y2 - x2 * y1;
  }
  return sum;
}

function contains(ring: Position[], [x = 0, y = 0]: Position): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi = 0, yi = 0] = ring[i] as Position;
    const [xj = 0, yj = 0] = ring[j] as Position;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

function toPolygons(rings: Position[][]): Geometry {
  const areas = rings.map(signedArea);
  const polygons: Position[][][] = [];
  const sizes: number[] = [];
  rings.forEach((ring, index) => {
    if ((areas[index] as number) > 0) return;
    // GeoJSON turns the other way (RFC 7946 §3.1.6).
    polygons.push([ring.toReversed()]);
    sizes.push(Math.abs(areas[index] as number));
  });
  rings.forEach((ring, index) => {
    if ((areas[index] as number) <= 0) return;
    let best = -1;
    polygons.forEach(([outer], candidate) => {
      if (sizes[candidate] === undefined || !outer) return;
      if (best >= 0 && (sizes[candidate] as number) >= (sizes[best] as number)) return;
      if ((sizes[candidate] as number) >= (areas[index] as number) && isWithin(ring, outer)) best = candidate;
    });
    if (best >= 0) polygons[best]?.push(ring.toReversed());
    else polygons.push([ring]);
  });
  return polygons.length === 1
    ? { type: "Polygon", coordinates: polygons[0] as Position[][] }
    : { type: "MultiPolygon", coordinates: polygons };
}

/** A hole may touch its outer ring, so the first corner alone cannot decide: most corners do. */
function isWithin(hole: Position[], outer: Position[]): boolean {
  let inside = 0;
  const step = Math.max(1, Math.floor(hole.length / 9));
  let tried = 0;
  for (let i = 0; i < hole.length; i += step) {
    tried++;
    if (contains(outer, hole[i] as Position)) inside++;
  }
  return inside * 2 > tried;
}
