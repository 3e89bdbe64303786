import { exhaust, rastersOf, slabOf } from "../compiled.ts";
import { cellOf, placeOf } from "../engine/layout.ts";
import { startKernel } from "../kernel/kernel.ts";
import { kernelModule } from "../kernel/module.ts";
import { kernelField, loadKernel, prepareKernel } from "../kernel/slab.ts";
import { TravelTimeProblem } from "../problem.ts";
import type { Raster } from "../raster/raster.ts";
import { planTravel, type Source, type TravelOptions } from "../travel.ts";

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
  /** Tells every cell within reach and its time, in ascending order of cells. `each` must not throw. */
  readonly visit: (source: Source, each: (cell: number, time: number) => void) => void;
  /** The catchment of a source. */
  readonly from: (source: Source) => Catchment;
}

/** Cells and times as they come, in arrays that grow by doubling and are used again. */
function collector() {
  let cells = new Int32Array(1024);
  let times = new Float64Array(1024);
  let count = 0;
  return {
    add(cell: number, time: number) {
      if (count === cells.length) {
        const [more, later] = [new Int32Array(2 * count), new Float64Array(2 * count)];
        more.set(cells);
        later.set(times);
        cells = more;
        times = later;
      }
      cells[count] = cell;
      times[count++] = time;
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
 * `travelTime`; `visit` refuses a cell outside the raster (`source-outside`).
 */
export function catchmentSearch(friction: Raster, options: CatchmentOptions): CatchmentSearch {
  const plan = planTravel(friction, [], options);
  const { layout, unreached } = plan;
  const slab = slabOf(plan, options.memory ?? Number.POSITIVE_INFINITY);
  const kernel = startKernel(kernelModule());
  prepareKernel(kernel, slab);
  loadKernel(kernel, slab, rastersOf(plan, friction));
  kernel.keepOpened(1);
  const touched = new Uint8Array(layout.across * layout.down);
  const collected = collector();

  const visit: CatchmentSearch["visit"] = ({ cell, time: start = 0 }, each) => {
    if (!Number.isSafeInteger(cell) || cell < 0 || cell >= friction.data.length) {
      throw new TravelTimeProblem("source-outside", `Cell ${cell} is outside the raster.`, { cell });
    }
    if (!Number.isNaN(friction.data[cell])) kernel.improve(placeOf(layout, cell), start);
    exhaust(kernel, slab);
    let first = touched.length;
    let last = -1;
    for (let place = kernel.takeOpened(); place >= 0; place = kernel.takeOpened()) {
      const tile = place >> 8;
      touched[tile] = 1;
      if (tile < first) first = tile;
      if (tile > last) last = tile;
    }
    kernel.clear();
    // Views die when memory grows, so they are taken after the search.
    const { time } = kernelField(kernel, slab);
    const lastRow = Math.floor(last / layout.across);
    for (let down = Math.floor(first / layout.across); down <= lastRow; down++) {
      // The touched tiles of a row of tiles, line by line, are cells in ascending order.
      const tiles: number[] = [];
      for (let tile = down * layout.across; tile < (down + 1) * layout.across; tile++) {
        if (touched[tile] !== 1) continue;
        touched[tile] = 0;
        tiles.push(tile);
      }
      for (let line = 0; line < 16 && tiles.length > 0; line++) {
        for (const tile of tiles) {
          const place = (tile << 8) + (line << 4);
          const number = cellOf(layout, place);
          for (let x = 0; x < 16; x++) {
            const at = time[place + x] as number;
            if (at === unreached) continue;
            time[place + x] = unreached;
            each(number + x, at);
          }
        }
      }
    }
  };
  return {
    visit,
    from(source) {
      visit(source, collected.add);
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
  planTravel(friction, sources, options);
  const search = catchmentSearch(friction, options);
  for (const source of sources) yield search.from(source);
}
