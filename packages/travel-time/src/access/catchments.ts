import { exhaust, rastersOf, slabOf } from "../compiled.ts";
import type { FrictionRange } from "../engine/field.ts";
import { cellOffset, copyWindow, placeOf, tileLayout } from "../engine/layout.ts";
import { startKernel } from "../kernel/kernel.ts";
import { kernelModule } from "../kernel/module.ts";
import { keepTiles, kernelField, loadKernel, prepareKernel } from "../kernel/slab.ts";
import { TravelTimeProblem } from "../problem.ts";
import type { Raster } from "../raster/raster.ts";
import { type Plan, planTravel, type Source, type TravelOptions } from "../travel.ts";

/** The cells within reach of one source. */
export interface Catchment {
  /** Cell numbers (`row × columns + column`), ascending. */
  readonly cells: Int32Array;
  /** Travel time of each of them. */
  readonly times: Float64Array;
}

/** What a bounded search may be asked. */
export type CatchmentOptions = Omit<TravelOptions, "routes" | "maximum"> & { readonly maximum: number };

/** A raster laid out once, and searched from one source after another. */
export interface CatchmentSearch {
  /**
   * Tells the cells within reach and their times in ascending order of cells, some at a time. The arrays are the search's
   * own, and only good until `take` returns; it must not throw.
   */
  readonly blocks: (source: Source, take: (cells: Int32Array, times: Float64Array) => void) => void;
  /** Tells every cell within reach and its time, in ascending order of cells. `each` must not throw. */
  readonly visit: (source: Source, each: (cell: number, time: number) => void) => void;
  /** The catchment of a source. */
  readonly from: (source: Source) => Catchment;
}

/** What is known before a raster is laid out. */
export interface SearchHints {
  /** How many searches there will be; with few of short reach only the ground around each source is laid out. */
  readonly searches?: number;
  /** The range of the friction, when it has been found before. */
  readonly range?: FrictionRange;
}

/** Laying out a whole raster costs about as much as copying so many times its cells: memory is touched the first time. */
const FIRST_TOUCH = 4;

/** The part of a raster in which a search may come about. */
interface Window {
  readonly columns: number;
  readonly rows: number;
}

/**
 * The size of the window around a source that no travel within the maximum leaves; null when the whole raster is to be laid
 * out. Only where friction alone counts: each step across a column or a row takes at least the least friction.
 */
function windowOf({ grid, lengths, movement, range }: Plan, maximum: number, searches: number): Window | null {
  if (movement.kind !== "friction" || !(range.least > 0)) return null;
  const reach = (length: number) => 2 * (Math.ceil((maximum / (range.least * length)) * (1 + 1e-9)) + 2) + 1;
  const columns = Math.min(grid.columns, reach(lengths[0] as number));
  const rows = Math.min(grid.rows, reach(lengths[1] as number));
  return columns * rows * searches < grid.columns * grid.rows * FIRST_TOUCH ? { columns, rows } : null;
}

/** Cells and times as they come, in arrays that grow by doubling and are used again. */
function collector() {
  let cells = new Int32Array(1024);
  let times = new Float64Array(1024);
  let count = 0;
  return {
    add(more: Int32Array, later: Float64Array) {
      const needed = count + more.length;
      if (needed > cells.length) {
        const [wider, longer] = [new Int32Array(2 * needed), new Float64Array(2 * needed)];
        wider.set(cells.subarray(0, count));
        longer.set(times.subarray(0, count));
        cells = wider;
        times = longer;
      }
      cells.set(more, count);
      times.set(later, count);
      count = needed;
    },
    take(): Catchment {
      const taken = { cells: cells.slice(0, count), times: times.slice(0, count) };
      count = 0;
      return taken;
    },
  };
}

/**
 * Lays a raster out for bounded searches: the work for one follows the size of its catchment and not of the raster. Times
 * are the bits of `travelTime` with that source alone; a source in an impassable cell reaches nothing. Refusals as of
 * `travelTime`; a search refuses a cell outside the raster (`source-outside`).
 */
export function catchmentSearch(
  friction: Raster,
  options: CatchmentOptions,
  { searches = Number.POSITIVE_INFINITY, range }: SearchHints = {},
): CatchmentSearch {
  const plan = planTravel(friction, [], options, range);
  const { grid, unreached } = plan;
  const window = windowOf(plan, options.maximum, searches);
  const layout = window ? tileLayout(window.columns, window.rows) : plan.layout;
  const slab = { ...slabOf(plan, options.memory ?? Number.POSITIVE_INFINITY), layout };
  const kernel = startKernel(kernelModule());
  prepareKernel(kernel, slab);
  keepTiles(kernel, slab);
  const none = new Float32Array(0);
  loadKernel(
    kernel,
    slab,
    window ? { friction: none, elevation: undefined, mode: undefined } : rastersOf(plan, friction),
  );
  const collected = collector();

  /** Lays the window around a cell out, and returns the cell that it begins at. */
  const enter = (cell: number, { columns, rows }: Window): number => {
    const within = (at: number, size: number, all: number) => Math.max(0, Math.min(all - size, at - (size >> 1)));
    const row = Math.floor(cell / grid.columns);
    const begin =
      within(row, rows, grid.rows) * grid.columns + within(cell - row * grid.columns, columns, grid.columns);
    copyWindow(layout, friction.data, grid.columns, begin, kernelField(kernel, slab).friction);
    return begin;
  };

  const blocks: CatchmentSearch["blocks"] = ({ cell, time: start = 0 }, take) => {
    if (!Number.isSafeInteger(cell) || cell < 0 || cell >= friction.data.length) {
      throw new TravelTimeProblem("source-outside", `Cell ${cell} is outside the raster.`, { cell });
    }
    if (Number.isNaN(friction.data[cell])) return;
    const begin = window ? enter(cell, window) : 0;
    const beginRow = Math.floor(begin / grid.columns);
    const row = Math.floor(cell / grid.columns) - beginRow;
    const column = (cell % grid.columns) - (begin - beginRow * grid.columns);
    kernel.improve(placeOf(layout, row * layout.columns + column), start);
    exhaust(kernel, slab);
    kernel.clear();
    // Views die when memory grows, so they are taken after the search.
    const { buffer } = kernel.memory;
    for (let down = 1; down < layout.down - 1; down++) {
      const first = begin + cellOffset(down, grid.columns);
      const count = kernel.harvest(down, first, grid.columns, unreached);
      if (count === 0) continue;
      take(
        new Int32Array(buffer, kernel.foundCellsAt(), count),
        new Float64Array(buffer, kernel.foundTimesAt(), count),
      );
    }
  };
  return {
    blocks,
    visit(source, each) {
      blocks(source, (cells, times) => {
        for (let i = 0; i < cells.length; i++) each(cells[i] as number, times[i] as number);
      });
    },
    from(source) {
      blocks(source, collected.add);
      return collected.take();
    },
  };
}

/**
 * The catchment of each source on its own, in their order, each computed when it is asked for. Refusals as of
 * `travelTime`, before the first.
 */
export function* catchments(
  friction: Raster,
  sources: readonly Source[],
  options: CatchmentOptions,
): Generator<Catchment, void, undefined> {
  const { range } = planTravel(friction, sources, options);
  const search = catchmentSearch(friction, options, { searches: sources.length, range });
  for (const source of sources) yield search.from(source);
}
