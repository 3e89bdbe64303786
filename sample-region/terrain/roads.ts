import type { Grid } from "@santi/travel-time";
import { Random } from "../random.ts";
import { cellHeap } from "./heap.ts";
import { bend, middleOf, type Spot } from "./lines.ts";
import { forNeighbours, type Relief } from "./relief.ts";
import type { RoadClass } from "./types.ts";

/** A road as spots of the grid. */
export interface Road {
  readonly class: RoadClass;
  readonly spots: readonly Spot[];
}

/** A place that a road should lead to, as a cell of the grid. */
export interface Stop {
  readonly cell: number;
  readonly class: RoadClass;
  /** A second way into the network, so that it has rings. */
  readonly ring: boolean;
}

/** Cells of the grid that one cell of the road planner covers, along a side. */
const COARSE = 2;

interface Ground {
  readonly grid: Grid;
  /** What a kilometre costs in each cell, above that of flat ground. */
  readonly cost: Float32Array;
  readonly height: Float32Array;
}

/** Ground as road builders see it: water is avoided, rivers are crossed seldom and straight, steep ground in bends. */
function groundOf(grid: Grid, { elevation, water, flow }: Relief): Ground {
  const side = Math.floor(grid.columns / COARSE);
  const coarse = {
    ...grid,
    columns: side,
    rows: side,
    cellWidth: grid.cellWidth * COARSE,
    cellHeight: grid.cellHeight * COARSE,
  };
  const cost = new Float32Array(side * side);
  const height = new Float32Array(side * side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      let [sum, wet, river] = [0, 0, 0];
      for (let k = 0; k < COARSE * COARSE; k++) {
        const cell = (row * COARSE + (k >> 1)) * grid.columns + column * COARSE + (k & 1);
        sum += elevation[cell] as number;
        wet += water[cell] as number;
        river = Math.max(river, flow[cell] as number);
      }
      cost[row * side + column] = 1 + wet * 25 + (river > 10_000 ? 6 : river > 1100 ? 1.5 : 0);
      height[row * side + column] = sum / (COARSE * COARSE);
    }
  }
  return { grid: coarse, cost, height };
}

/**
 * Joins stops to a network of roads, in their order: each by the cheapest way to what is there already, where travel over
 * existing roads is cheap. Rings go to the nearest road that is at least 12 km away along the new way.
 */
export function buildRoads(grid: Grid, relief: Relief, stops: readonly Stop[], seed: string): Road[] {
  const ground = groundOf(grid, relief);
  const side = ground.grid.columns;
  const coarseOf = (cell: number) => {
    const row = Math.floor(cell / grid.columns);
    return Math.min(side - 1, row >> 1) * side + Math.min(side - 1, (cell - row * grid.columns) >> 1);
  };
  /** Where the road passes each planner cell; absent where there is none. */
  const spotOf = new Map<number, Spot>();
  const roads: Road[] = [];
  const search = createSearch(ground);
  const add = (path: readonly number[], name: RoadClass, random: Random) => {
    const middles = path.map((cell) => spotOf.get(cell) ?? middleOf(ground.grid, cell));
    // Spots of existing roads at the ends stay; a stretch that follows an existing road is that road.
    const spots = bend(middles, name === "primary" ? 3 : 2, ground.grid.cellWidth * 0.3, random);
    path.forEach((cell, i) => {
      if (!spotOf.has(cell)) spotOf.set(cell, spots[i] as Spot);
    });
    roads.push({ class: name, spots });
  };
  stops.forEach(({ cell, class: name, ring }, index) => {
    const random = new Random(`${seed}/road/${index}`);
    const from = coarseOf(cell);
    if (spotOf.size === 0) spotOf.set(from, middleOf(ground.grid, from));
    if (!spotOf.has(from)) {
      const path = search(from, (at) => spotOf.has(at));
      if (path) add(path, name, random);
    }
    if (!ring) return;
    const [row, column] = [Math.floor(from / side), from % side];
    const far = (at: number) => {
      const [dy, dx] = [Math.floor(at / side) - row, (at % side) - column];
      return spotOf.has(at) && dx * dx + dy * dy > 30 * 30;
    };
    // The old ways out are dear now, so that the ring takes another.
    const path = search(from, far, (at) => (spotOf.has(at) ? 3 : 1));
    const cut = path && lastPiece(path, (at) => spotOf.has(at));
    if (cut && cut.length > 12) add(cut, name, random);
  });
  return roads;
}

/** The longest stretch of a path between cells that have a road, its ends included. */
function lastPiece(path: readonly number[], hasRoad: (cell: number) => boolean): readonly number[] {
  let best: readonly number[] = [];
  let start = 0;
  for (let i = 1; i < path.length; i++) {
    if (!hasRoad(path[i] as number)) continue;
    if (i - start + 1 > best.length) best = path.slice(start, i + 1);
    start = i;
  }
  return best;
}

/** Cheapest ways from a cell to the nearest that is wanted (Dijkstra). */
function createSearch({ grid, cost, height }: Ground) {
  const side = grid.columns;
  const best = new Float64Array(side * side).fill(Number.POSITIVE_INFINITY);
  const from = new Int32Array(side * side);
  const heap = cellHeap(side * side * 8);
  return (
    start: number,
    wanted: (cell: number) => boolean,
    factor: (cell: number) => number = () => 1,
  ): number[] | null => {
    const touched = [start];
    best[start] = 0;
    from[start] = -1;
    heap.push(start, 0);
    let end = -1;
    for (let cell = heap.pop(); cell >= 0; cell = heap.pop()) {
      const here = heap.lastKey();
      if (here > (best[cell] as number)) continue;
      if (cell !== start && wanted(cell)) {
        end = cell;
        break;
      }
      forNeighbours(side, cell, (near) => {
        const step = Math.abs(near - cell) === 1 || Math.abs(near - cell) === side ? 1 : Math.SQRT2;
        const rise = Math.abs((height[near] as number) - (height[cell] as number)) / (step * grid.cellWidth);
        // Roads shun grades above some 8 %.
        const steep = 1 + rise * 25 + (rise > 0.08 ? (rise - 0.08) * 220 : 0);
        const next = here + step * steep * (((cost[cell] as number) + (cost[near] as number)) / 2) * factor(near);
        if (next >= (best[near] as number)) return;
        if (best[near] === Number.POSITIVE_INFINITY) touched.push(near);
        best[near] = next;
        from[near] = cell;
        heap.push(near, next);
      });
    }
    heap.clear();
    for (const cell of touched) best[cell] = Number.POSITIVE_INFINITY;
    if (end < 0) return null;
    const path = [end];
    for (let cell = end; cell !== start; ) {
      cell = from[cell] as number;
      path.push(cell);
    }
    return path.reverse();
  };
}
