import type { FeatureCollection } from "geojson";
import { burnSegment, cellSpace, type FeatureCoordinates, linesOf } from "../raster/burn.ts";
import type { XY } from "../raster/coordinates.ts";
import type { Grid } from "../raster/raster.ts";

/** A stretch of a line, from and to, in columns and rows of the grid. */
export type Stretch = readonly [XY, XY];

/** The stretches of all lines of a layer, with the number of their feature. */
export function* stretchesOf(
  grid: Grid,
  layer: FeatureCollection | undefined,
  coordinates: FeatureCoordinates,
): Generator<{ feature: number; stretch: Stretch }, void, undefined> {
  const features = layer?.features ?? [];
  if (features.length === 0) return;
  const toCells = cellSpace(grid, coordinates);
  for (const [feature, { geometry }] of features.entries()) {
    for (const line of linesOf(geometry)) {
      const points = line.map(toCells);
      for (let i = 0; i + 1 < points.length; i++) yield { feature, stretch: [points[i] as XY, points[i + 1] as XY] };
    }
  }
}

/** Where two stretches meet, their ends included; null when they do not, or lie in one line. */
function meeting([[ax, ay], [bx, by]]: Stretch, [[cx, cy], [dx, dy]]: Stretch): XY | null {
  const cross = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx);
  if (cross === 0) return null;
  const t = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / cross;
  const s = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / cross;
  return t >= 0 && t <= 1 && s >= 0 && s <= 1 ? [ax + t * (bx - ax), ay + t * (by - ay)] : null;
}

/** Cells that touch each other at a side or a corner and hold both a road and a river, and where the lines meet in them. */
export interface SharedCells {
  readonly cells: readonly number[];
  readonly meetings: readonly XY[];
}

/** Groups the cells that roads and rivers share, and finds where the lines meet in each group. */
export function sharedCells(
  grid: Grid,
  shared: ReadonlySet<number>,
  roads: Iterable<{ stretch: Stretch }>,
  rivers: Iterable<{ stretch: Stretch }>,
): SharedCells[] {
  if (shared.size === 0) return [];
  const roadsIn = new Map<number, Stretch[]>();
  const meetingsIn = new Map<number, XY[]>();
  for (const { stretch } of roads) {
    burnSegment(grid, ...stretch, (cell) => {
      if (!shared.has(cell)) return;
      const list = roadsIn.get(cell);
      if (list) list.push(stretch);
      else roadsIn.set(cell, [stretch]);
    });
  }
  for (const { stretch } of rivers) {
    burnSegment(grid, ...stretch, (cell) => {
      for (const road of roadsIn.get(cell) ?? []) {
        const point = meeting(road, stretch);
        if (!point) continue;
        const list = meetingsIn.get(cell);
        if (list) list.push(point);
        else meetingsIn.set(cell, [point]);
      }
    });
  }
  const left = new Set(shared);
  const groups: SharedCells[] = [];
  for (const first of shared) {
    if (!left.delete(first)) continue;
    const cells = [first];
    for (let i = 0; i < cells.length; i++) {
      for (const next of around(grid, cells[i] as number)) if (left.delete(next)) cells.push(next);
    }
    groups.push({ cells, meetings: cells.flatMap((cell) => meetingsIn.get(cell) ?? []) });
  }
  return groups;
}

function* around({ columns, rows }: Grid, cell: number): Generator<number, void, undefined> {
  const row = Math.floor(cell / columns);
  const column = cell - row * columns;
  for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
    for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) yield y * columns + x;
  }
}

/**
 * Where roads and rivers cross on the ground, one point for each meeting of lines, in the coordinates of the grid, with
 * the features that meet. For those who have roads and rivers but no bridges, and for placing bridges on invented ground.
 */
export function findCrossings(
  grid: Grid,
  roads: FeatureCollection,
  rivers: FeatureCollection,
  coordinates: FeatureCoordinates = "wgs84",
): { x: number; y: number; road: number; river: number }[] {
  const roadsIn = new Map<number, { feature: number; stretch: Stretch }[]>();
  for (const road of stretchesOf(grid, roads, coordinates)) {
    burnSegment(grid, ...road.stretch, (cell) => {
      const list = roadsIn.get(cell);
      if (list) list.push(road);
      else roadsIn.set(cell, [road]);
    });
  }
  const found = new Map<string, { x: number; y: number; road: number; river: number }>();
  for (const { feature: river, stretch } of stretchesOf(grid, rivers, coordinates)) {
    burnSegment(grid, ...stretch, (cell) => {
      for (const road of roadsIn.get(cell) ?? []) {
        const point = meeting(road.stretch, stretch);
        if (!point) continue;
        const x = grid.west + point[0] * grid.cellWidth;
        const y = grid.north - point[1] * grid.cellHeight;
        // Two stretches that share several cells, or meet where both bend, are found more than once.
        found.set(`${road.feature} ${river} ${Math.round(x)} ${Math.round(y)}`, { x, y, road: road.feature, river });
      }
    });
  }
  return [...found.values()];
}

/** Points by place, for finding those within a distance of another. All in columns and rows of the grid. */
export interface NearbyPoints {
  /** The points (by number) within reach of a place, the nearest first. */
  readonly near: (place: XY) => number[];
}

/** Sorts points into squares as wide as the reach; distances are measured in units of the grid. */
export function nearbyPoints(grid: Grid, points: readonly XY[], reach: number): NearbyPoints {
  const [wide, high] = [Math.max(1e-9, reach / grid.cellWidth), Math.max(1e-9, reach / grid.cellHeight)];
  const squares = new Map<string, number[]>();
  const square = ([u, v]: XY) => [Math.floor(u / wide), Math.floor(v / high)] as const;
  points.forEach((point, index) => {
    const key = square(point).join();
    const list = squares.get(key);
    if (list) list.push(index);
    else squares.set(key, [index]);
  });
  const distance = (a: XY, b: XY) => Math.hypot((a[0] - b[0]) * grid.cellWidth, (a[1] - b[1]) * grid.cellHeight);
  return {
    near(place) {
      const [x, y] = square(place);
      const found: { index: number; metres: number }[] = [];
      for (let down = y - 1; down <= y + 1; down++) {
        for (let across = x - 1; across <= x + 1; across++) {
          for (const index of squares.get(`${across},${down}`) ?? []) {
            const metres = distance(points[index] as XY, place);
            if (metres <= reach) found.push({ index, metres });
          }
        }
      }
      return found.sort((a, b) => a.metres - b.metres || a.index - b.index).map(({ index }) => index);
    },
  };
}
