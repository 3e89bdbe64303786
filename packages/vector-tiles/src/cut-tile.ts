import { ringsAreApart } from "./apart.ts";
import { type ClipBox, clipLine, clipRing } from "./clip.ts";
import { repairRings } from "./repair.ts";
import { cleanRing, doubledArea, reverseRing, ringHolds, TileRings } from "./ring.ts";
import { LINE, POINT, type Shape } from "./shape.ts";
import { snapRings } from "./snap.ts";
import { smallestSize, type TileAddress, WORLD_SIZE } from "./world.ts";

/** How world units become tile units in one tile, and what is kept of it. */
export interface TileGrid {
  /** World unit of the tile's west and north edge. */
  readonly originX: number;
  readonly originY: number;
  /** Tile units per world unit. */
  readonly scale: number;
  /** The tile with its buffer. */
  readonly box: ClipBox;
  /** Shapes of a smaller size than this, in world units, are not drawn. */
  readonly smallest: number;
}

/** Works out the grid of a tile. */
export function tileGrid(tile: TileAddress, extent: number, buffer: number): TileGrid {
  const side = WORLD_SIZE / 2 ** tile.z;
  return {
    originX: tile.x * side,
    originY: tile.y * side,
    scale: extent / side,
    box: { min: -buffer, max: extent + buffer },
    smallest: smallestSize(tile.z, extent),
  };
}

const whole = new TileRings();
const snapped = new TileRings();

/**
 * Brings a shape to a tile: rounds to tile units, cuts with the buffered box, drops what has no length or area there,
 * and makes polygons valid. The steps and what is dropped follow ST_AsMVTGeom of PostGIS 3.3, so that both put the
 * same features in a tile.
 * @param shape the shape in world units
 * @param out overwritten with: points, all in one part; lines, one part each; or rings, each exterior of positive area
 *   followed by its holes of negative area
 * @returns whether anything is left to draw
 */
export function cutTile(shape: Shape, grid: TileGrid, out: TileRings): boolean {
  out.clear();
  if (shape.kind === POINT) return cutPoints(shape, grid, out);
  if (shape.kind === LINE) return shape.size() >= grid.smallest && cutLines(shape, grid, out);
  return cutPolygon(shape, grid, out);
}

function cutPoints(shape: Shape, grid: TileGrid, out: TileRings): boolean {
  const { originX, originY, scale } = grid;
  const { min, max } = grid.box;
  const xy = shape.coordinates;
  const seen = shape.points > 1 ? new Set<number>() : undefined;
  for (let i = 0; i < 2 * shape.points; i += 2) {
    const x = Math.floor(((xy[i] as number) - originX) * scale + 0.5);
    const y = Math.floor(((xy[i + 1] as number) - originY) * scale + 0.5);
    if (x < min || x > max || y < min || y > max) continue;
    if (seen !== undefined) {
      const key = x * 0x4000000 + y;
      if (seen.has(key)) continue;
      seen.add(key);
    }
    out.push(x, y);
  }
  if (out.length > 0) out.end();
  return out.length > 0;
}

function cutLines(shape: Shape, grid: TileGrid, out: TileRings): boolean {
  const { originX, originY, scale, box } = grid;
  const xy = shape.coordinates;
  let from = 0;
  for (let part = 0; part < shape.parts; part++) {
    const to = shape.partEnds[part] as number;
    whole.clear();
    whole.reserve(2 * (to - from));
    const line = whole.xy;
    let at = 0;
    for (let i = 2 * from; i < 2 * to; i += 2) {
      const x = Math.floor(((xy[i] as number) - originX) * scale + 0.5);
      const y = Math.floor(((xy[i + 1] as number) - originY) * scale + 0.5);
      if (at >= 2 && line[at - 2] === x && line[at - 1] === y) continue;
      if (at >= 4 && goesStraightOn(line, at, x, y)) at -= 2;
      line[at++] = x;
      line[at++] = y;
    }
    if (at >= 4) clipLine(line, 0, at, box, out);
    from = to;
  }
  return out.count > 0;
}

/** Whether the last point of a line lies on the way from the one before it to (x, y). */
function goesStraightOn(line: Int32Array, at: number, x: number, y: number): boolean {
  const ux = (line[at - 2] as number) - (line[at - 4] as number);
  const uy = (line[at - 1] as number) - (line[at - 3] as number);
  const vx = x - (line[at - 2] as number);
  const vy = y - (line[at - 1] as number);
  return ux * vy === uy * vx && ux * vx + uy * vy > 0;
}

function cutPolygon(shape: Shape, grid: TileGrid, out: TileRings): boolean {
  const { originX, originY, scale } = grid;
  const { min, max } = grid.box;
  const xy = shape.coordinates;
  whole.clear();
  let spread = 0;
  let from = 0;
  for (let part = 0; part < shape.parts; part++) {
    const to = shape.partEnds[part] as number;
    const start = whole.length;
    whole.reserve(2 * (to - from));
    const ring = whole.xy;
    let at = start;
    let west = Infinity;
    let east = -Infinity;
    let north = Infinity;
    let south = -Infinity;
    let px = Number.NaN;
    let py = Number.NaN;
    for (let i = 2 * from; i < 2 * to; i += 2) {
      const x = Math.floor(((xy[i] as number) - originX) * scale + 0.5);
      const y = Math.floor(((xy[i + 1] as number) - originY) * scale + 0.5);
      if (x === px && y === py) continue;
      px = x;
      py = y;
      if (x < west) west = x;
      if (x > east) east = x;
      if (y < north) north = y;
      if (y > south) south = y;
      ring[at++] = x;
      ring[at++] = y;
    }
    from = to;
    spread = Math.max(spread, east - west, south - north);
    if (east < min || west > max || south < min || north > max) continue;
    let end = cleanRing(ring, start, at);
    if (end === start) continue;
    if (west < min || east > max || north < min || south > max) {
      whole.length = end;
      clipRing(whole.xy, start, end, grid.box, whole);
      // The cut ring was appended after the whole one; move it down over it.
      whole.xy.copyWithin(start, end, whole.length);
      end = cleanRing(whole.xy, start, start + whole.length - end);
      if (end === start) {
        whole.length = start;
        continue;
      }
    }
    whole.length = end;
    whole.end();
  }
  if (whole.count === 0) return false;
  // Only a shape that rounds to at most one unit each way can be smaller than half a unit.
  if (spread <= 1 && shape.size() < grid.smallest) return false;
  let valid = whole;
  if (!ringsAreApart(whole)) {
    if (!snapRings(whole, snapped)) {
      repairRings(whole, out);
      return out.count > 0;
    }
    valid = snapped;
  }
  if (valid.count === 1) appendRing(valid, 0, 1, out);
  else if (valid.count > 1) nestRings(valid, out);
  return out.count > 0;
}

/** Copies a ring, turned so that its area has the wanted sign. */
function appendRing(rings: TileRings, index: number, sign: 1 | -1, out: TileRings): void {
  const { xy } = rings;
  const start = rings.start(index);
  const end = rings.ends[index] as number;
  if (doubledArea(xy, start, end) * sign < 0) reverseRing(xy, start, end);
  out.reserve(end - start);
  const target = out.xy;
  let at = out.length;
  for (let i = start; i < end; i++) target[at++] = xy[i] as number;
  out.length = at;
  out.end();
}

/** Orders rings that touch at most in corners: those inside an even number of others are exteriors, each followed by its holes. */
function nestRings(rings: TileRings, out: TileRings): void {
  const count = rings.count;
  const boxes = new Float64Array(4 * count);
  for (let ring = 0; ring < count; ring++) {
    let west = Infinity;
    let east = -Infinity;
    let north = Infinity;
    let south = -Infinity;
    for (let i = rings.start(ring); i < (rings.ends[ring] as number); i += 2) {
      west = Math.min(west, rings.xy[i] as number);
      east = Math.max(east, rings.xy[i] as number);
      north = Math.min(north, rings.xy[i + 1] as number);
      south = Math.max(south, rings.xy[i + 1] as number);
    }
    boxes.set([west, east, north, south], 4 * ring);
  }
  const around: number[][] = [];
  for (let ring = 0; ring < count; ring++) {
    // The middle of an edge, in half units: loops may touch in corners.
    const start = rings.start(ring);
    const x2 = (rings.xy[start] as number) + (rings.xy[start + 2] as number);
    const y2 = (rings.xy[start + 1] as number) + (rings.xy[start + 3] as number);
    const holders: number[] = [];
    for (let other = 0; other < count; other++) {
      const box = 4 * other;
      if (other === ring || x2 < 2 * (boxes[box] as number) || x2 > 2 * (boxes[box + 1] as number)) continue;
      if (y2 < 2 * (boxes[box + 2] as number) || y2 > 2 * (boxes[box + 3] as number)) continue;
      if (ringHolds(rings.xy, rings.start(other), rings.ends[other] as number, x2, y2)) holders.push(other);
    }
    around.push(holders);
  }
  for (let ring = 0; ring < count; ring++) {
    const depth = (around[ring] as number[]).length;
    if (depth % 2 === 1) continue;
    appendRing(rings, ring, 1, out);
    for (let hole = 0; hole < count; hole++) {
      const holders = around[hole] as number[];
      if (holders.length === depth + 1 && holders.includes(ring)) appendRing(rings, hole, -1, out);
    }
  }
}
