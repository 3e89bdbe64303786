import type { LangmuirWalk } from "../engine/edges.ts";
import type { Field } from "../engine/field.ts";
import { copyIn, stepTables, type TileLayout } from "../engine/layout.ts";
import type { Search } from "../engine/twin.ts";
import { TravelTimeProblem } from "../problem.ts";
import type { Kernel } from "./kernel.ts";

/** The rows of a raster that one kernel holds, and how it searches them. Everything in it can be sent to a thread. */
export interface Slab {
  readonly layout: TileLayout;
  readonly lengths: Float64Array;
  readonly search: Search;
  readonly walk: LangmuirWalk | undefined;
  readonly unreached: number;
}

/** Bytes the queue is given at the start, for each cell of the raster: waiting cells are a fraction of all. */
const QUEUE_PER_CELL = 0.5;

/** Bytes that a kernel takes for a raster, before its queue grows beyond what it is given at the start. */
export function kernelBytes(layout: TileLayout, withSlopes: boolean): number {
  return layout.length * ((withSlopes ? 16 : 12) + QUEUE_PER_CELL) + 65_536;
}

/** Lays out a kernel's memory for a slab. Refuses what WebAssembly cannot hold or the machine does not give (`too-large`). */
export function prepareKernel(kernel: Kernel, slab: Slab): void {
  const { layout, search, walk } = slab;
  const reserve = Math.ceil(layout.length * QUEUE_PER_CELL);
  const own = layout.down - 2;
  if (!kernel.prepare(layout.across, layout.down, 1, own, walk ? 1 : 0, reserve)) {
    const bytes = kernelBytes(layout, walk !== undefined);
    throw new TravelTimeProblem("too-large", `This raster needs ${bytes} bytes of memory, more than can be had.`, {
      bytes,
      cells: layout.columns * layout.rows,
    });
  }
  kernel.setSearch(search.bucket, search.moves, search.strict ? 1 : 0);
  if (walk) kernel.setWalk(walk.a, walk.b, walk.c, walk.d, walk.lambda, walk.slopeFactor);
}

/** Views of a kernel's memory. They die when its memory grows: take them anew after every call that may grow it. */
export function kernelField(kernel: Kernel, { layout, walk }: Slab): Field {
  const { buffer } = kernel.memory;
  return {
    layout,
    tables: stepTables(layout),
    friction: new Float32Array(buffer, kernel.frictionAt(), layout.length),
    elevation: walk ? new Float32Array(buffer, kernel.elevationAt(), layout.length) : undefined,
    time: new Float64Array(buffer, kernel.timeAt(), layout.length),
  };
}

/** Writes rasters and lengths into a prepared kernel; `first` is the row of the layout that their first row is. */
export function loadKernel(
  kernel: Kernel,
  slab: Slab,
  rasters: { friction: Float32Array; elevation: Float32Array | undefined },
  first = 0,
): void {
  const field = kernelField(kernel, slab);
  new Float64Array(kernel.memory.buffer, kernel.lengthsAt(), slab.lengths.length).set(slab.lengths);
  field.friction.fill(Number.NaN);
  copyIn(slab.layout, rasters.friction, field.friction, first);
  if (field.elevation && rasters.elevation) {
    field.elevation.fill(Number.NaN);
    copyIn(slab.layout, rasters.elevation, field.elevation, first);
  }
  field.time.fill(slab.unreached);
}
