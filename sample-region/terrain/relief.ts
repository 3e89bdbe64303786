import { Random } from "../random.ts";
import { cellHeap } from "./heap.ts";
import { fractalNoise } from "./noise.ts";
import type { RiverClass } from "./types.ts";
import type { WindowPlan } from "./windows.ts";

/** Ground before people: heights without pits, what is under water, and where each cell drains to. */
export interface Relief {
  readonly elevation: Float32Array;
  /** 1 where a lake or the sea is. */
  readonly water: Uint8Array;
  /** The neighbour each cell drains to; -1 at the edge and in water. */
  readonly drain: Int32Array;
  /** Cells that drain through each, itself included. */
  readonly flow: Float32Array;
}

/** A river as cells from its head or a confluence down to the next. */
export interface RiverReach {
  readonly class: RiverClass;
  readonly cells: readonly number[];
}

/** Square kilometres that drain through the beginning of a stream and of a river. */
const STREAM_AREA = 45;
const RIVER_AREA = 420;

function heights({ anchors, grid }: WindowPlan, seed: string): Float32Array {
  const side = grid.columns;
  const hills = fractalNoise(side, 150, 6, new Random(`${seed}/hills`), true);
  const swell = fractalNoise(side, 90, 5, new Random(`${seed}/swell`));
  const out = new Float32Array(side * side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const [u, v] = [(column + 0.5) / side, (row + 0.5) / side];
      let [sum, relief, weights] = [0, 0, 0];
      for (const { at, height, relief: each } of anchors) {
        const [du, dv] = [u - at[0], v - at[1]];
        const near = du * du + dv * dv + 0.004;
        const weight = 1 / (near * near);
        sum += weight * height;
        relief += weight * each;
        weights += weight;
      }
      const cell = row * side + column;
      const rise = (hills[cell] as number) * 1.5 - 0.55 + ((swell[cell] as number) - 0.5) * 0.8;
      out[cell] = sum / weights + (relief / weights) * rise;
    }
  }
  return out;
}

/** Calls `visit` for the cells beside and at the corners of a cell, inside the square. */
export function forNeighbours(side: number, cell: number, visit: (near: number) => void): void {
  const row = Math.floor(cell / side);
  const column = cell - row * side;
  for (let y = row > 0 ? row - 1 : 0; y <= row + 1 && y < side; y++) {
    for (let x = column > 0 ? column - 1 : 0; x <= column + 1 && x < side; x++) {
      if (x !== column || y !== row) visit(y * side + x);
    }
  }
}

/**
 * Makes the ground of a window: heights between the anchors with ridged hills, pits filled up from their outlets
 * (priority flood, Barnes et al. 2014), each cell draining to the neighbour it was flooded from.
 */
export function makeRelief(plan: WindowPlan, seed: string): Relief {
  const side = plan.grid.columns;
  const elevation = heights(plan, seed);
  const cells = side * side;
  const water = Uint8Array.from(elevation, (height) => (height < plan.waterLevel ? 1 : 0));
  const drain = new Int32Array(cells).fill(-1);
  const seen = new Uint8Array(cells);
  const order = new Int32Array(cells);
  const heap = cellHeap(cells);
  for (let cell = 0; cell < cells; cell++) {
    const column = cell % side;
    const edge = cell < side || cell >= cells - side || column === 0 || column === side - 1;
    if (!edge && !water[cell]) continue;
    seen[cell] = 1;
    heap.push(cell, elevation[cell] as number);
  }
  let count = 0;
  for (let cell = heap.pop(); cell >= 0; cell = heap.pop()) {
    order[count++] = cell;
    const level = elevation[cell] as number;
    forNeighbours(side, cell, (near) => {
      if (seen[near]) return;
      seen[near] = 1;
      drain[near] = cell;
      // A hair above the outlet, so that filled ground still drains.
      if ((elevation[near] as number) <= level) elevation[near] = level + 0.004;
      heap.push(near, elevation[near] as number);
    });
  }
  const flow = new Float32Array(cells).fill(1);
  for (let i = cells - 1; i >= 0; i--) {
    const cell = order[i] as number;
    const to = drain[cell] as number;
    if (to >= 0) flow[to] = (flow[to] as number) + (flow[cell] as number);
  }
  for (let cell = 0; cell < cells; cell++) if (water[cell]) elevation[cell] = plan.waterLevel;
  return { elevation, water, drain, flow };
}

/** The rivers of a relief, from the smallest number of the cell they begin in. */
export function findRivers(plan: WindowPlan, { water, drain, flow }: Relief): RiverReach[] {
  const { columns: side, cellWidth } = plan.grid;
  const square = (cellWidth / 1000) * (cellWidth / 1000);
  const wet = (cell: number) => !water[cell] && (flow[cell] as number) * square >= STREAM_AREA;
  const wide = (cell: number) => (flow[cell] as number) * square >= RIVER_AREA;
  const inflows = new Uint8Array(side * side);
  for (let cell = 0; cell < drain.length; cell++) {
    const to = drain[cell] as number;
    if (to >= 0 && wet(cell)) inflows[to] = (inflows[to] as number) + 1;
  }
  const reaches: RiverReach[] = [];
  for (let cell = 0; cell < drain.length; cell++) {
    // A reach begins at a head, below a confluence, and where a stream has grown to a river.
    if (!wet(cell)) continue;
    const grown = wide(cell) && inflows[cell] === 1 && !upstreamIsWide(side, cell, drain, wet, wide);
    if (inflows[cell] === 1 && !grown) continue;
    const cells = [cell];
    let at = drain[cell] as number;
    for (; at >= 0 && wet(at) && inflows[at] === 1 && wide(at) === wide(cell); at = drain[at] as number) cells.push(at);
    if (at >= 0) cells.push(at);
    if (cells.length > 1) reaches.push({ class: wide(cell) ? "river" : "stream", cells });
  }
  return reaches;
}

function upstreamIsWide(
  side: number,
  cell: number,
  drain: Int32Array,
  wet: (cell: number) => boolean,
  wide: (cell: number) => boolean,
): boolean {
  let found = false;
  forNeighbours(side, cell, (near) => {
    if (drain[near] === cell && wet(near) && wide(near)) found = true;
  });
  return found;
}
