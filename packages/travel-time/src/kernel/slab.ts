import type { LangmuirWalk } from "../engine/edges.ts";
import type { Field } from "../engine/field.ts";
import { copyIn, stepTables, type TileLayout } from "../engine/layout.ts";
import type { Search } from "../engine/twin.ts";
import { TravelTimeProblem } from "../problem.ts";
import type { Movement } from "../travel.ts";
import type { Kernel } from "./kernel.ts";

/** The rows of a raster that one kernel holds, and how it searches them. Everything in it can be sent to a thread. */
export interface Slab {
  readonly layout: TileLayout;
  readonly lengths: Float64Array;
  readonly search: Search;
  readonly kind: Movement["kind"];
  readonly walk: LangmuirWalk;
  /** Slopes change their sign: travel is towards the sources. */
  readonly towards: boolean;
  readonly unreached: number;
  /** Bytes that the kernel may take, its queue included. */
  readonly memory: number;
}

/** Bytes for the tables, and for memory coming in whole pages. */
const FIXED = 3 * 65_536;

/** The rasters of a slab, row by row. */
export interface SlabRasters {
  readonly friction: Float32Array;
  readonly elevation: Float32Array | undefined;
  readonly mode: Uint8Array | undefined;
}

/** Bytes the queue is given at the start, for each cell of the raster: waiting cells are a fraction of all. */
const QUEUE_PER_CELL = 0.5;

const KIND: Record<Movement["kind"], number> = { friction: 0, langmuir: 1, modes: 2 };
const BYTES_PER_CELL: Record<Movement["kind"], number> = { friction: 12, langmuir: 16, modes: 17 };

/** Bytes that a kernel takes for a raster, before its queue grows beyond what it is given at the start. */
export function kernelBytes(layout: TileLayout, kind: Movement["kind"]): number {
  return layout.length * (BYTES_PER_CELL[kind] + QUEUE_PER_CELL) + FIXED;
}

function tooLarge(slab: Slab): TravelTimeProblem {
  const needed = kernelBytes(slab.layout, slab.kind);
  const cells = slab.layout.columns * slab.layout.rows;
  const given = slab.memory;
  return new TravelTimeProblem(
    "too-large",
    `These ${cells} cells need at least ${needed} bytes of memory; ${given} are allowed, and one thread can use 4 GB.`,
    { cells, needed, given },
  );
}

/** Lays out a kernel's memory for a slab. Refuses what is not allowed or not to be had (`too-large`). */
export function prepareKernel(kernel: Kernel, slab: Slab): void {
  const { layout, search, kind, walk } = slab;
  const reserve = Math.ceil(layout.length * QUEUE_PER_CELL);
  kernel.setLimit(slab.memory);
  if (!kernel.prepare(layout.across, layout.down, 1, layout.down - 2, KIND[kind], reserve)) throw tooLarge(slab);
  kernel.setSearch(search.bucket, search.moves, search.strict ? 1 : 0);
  kernel.setWalk(walk.a, walk.b, walk.c, walk.d, walk.lambda, walk.slopeFactor, slab.towards ? 1 : 0);
}

/** Opens cells in the buckets below `limit`, at most about `budget` of them; true when none is left there. */
export function advanceKernel(kernel: Kernel, slab: Slab, limit: number, budget: number): boolean {
  try {
    return kernel.advance(limit, budget) !== 0;
  } catch (error) {
    // The kernel traps in one case: its queue needs memory that it is not given.
    if (error instanceof WebAssembly.RuntimeError) throw tooLarge(slab);
    throw error;
  }
}

/** Prepares the reading out of catchments, row of tiles by row of tiles. Refuses what is not to be had (`too-large`). */
export function keepTiles(kernel: Kernel, slab: Slab): void {
  if (!kernel.keepTiles()) throw tooLarge(slab);
}

/** Views of a kernel's memory. They die when its memory grows: take them anew after every call that may grow it. */
export function kernelField(kernel: Kernel, { layout, kind }: Slab): Field {
  const { buffer } = kernel.memory;
  return {
    layout,
    tables: stepTables(layout),
    friction: new Float32Array(buffer, kernel.frictionAt(), layout.length),
    elevation: kind === "friction" ? undefined : new Float32Array(buffer, kernel.elevationAt(), layout.length),
    mode: kind === "modes" ? new Uint8Array(buffer, kernel.modeAt(), layout.length) : undefined,
    time: new Float64Array(buffer, kernel.timeAt(), layout.length),
  };
}

/** Writes rasters and lengths into a prepared kernel; `first` is the row of the layout that their first row is. */
export function loadKernel(kernel: Kernel, slab: Slab, rasters: SlabRasters, first = 0): void {
  const field = kernelField(kernel, slab);
  new Float64Array(kernel.memory.buffer, kernel.lengthsAt(), slab.lengths.length).set(slab.lengths);
  field.friction.fill(Number.NaN);
  copyIn(slab.layout, rasters.friction, field.friction, first);
  if (field.elevation && rasters.elevation) {
    field.elevation.fill(Number.NaN);
    copyIn(slab.layout, rasters.elevation, field.elevation, first);
  }
  if (field.mode && rasters.mode) {
    field.mode.fill(0);
    copyIn(slab.layout, rasters.mode, field.mode, first);
  }
  field.time.fill(slab.unreached);
}
