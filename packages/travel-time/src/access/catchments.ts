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
  /** Tells every cell within reach and its time, each once, in an order that is the same every time. */
  readonly visit: (source: Source, each: (cell: number, time: number) => void) => void;
  /** The catchment of a source. */
  readonly from: (source: Source) => Catchment;
}

/**
 * Lays a raster out for bounded searches: the work for one follows the size of its catchment and not of the raster. Times
 * are the bits of `travelTime` with that source alone; a source in an impassable cell reaches nothing. Refusals as of
 * `travelTime`; `visit` refuses a cell outside the raster (`source-outside`).
 */
export function catchmentSearch(friction: Raster, options: CatchmentOptions): CatchmentSearch {
  const plan = planTravel(friction, [], options);
  const slab = slabOf(plan, options.memory ?? Number.POSITIVE_INFINITY);
  const kernel = startKernel(kernelModule());
  prepareKernel(kernel, slab);
  loadKernel(kernel, slab, rastersOf(plan, friction));
  kernel.keepOpened(1);
  const visit: CatchmentSearch["visit"] = ({ cell, time: start = 0 }, each) => {
    if (!Number.isSafeInteger(cell) || cell < 0 || cell >= friction.data.length) {
      throw new TravelTimeProblem("source-outside", `Cell ${cell} is outside the raster.`, { cell });
    }
    if (!Number.isNaN(friction.data[cell])) kernel.improve(placeOf(plan.layout, cell), start);
    exhaust(kernel, slab);
    // Views die when memory grows, so they are taken after the search.
    const { time } = kernelField(kernel, slab);
    for (let place = kernel.takeOpened(); place >= 0; place = kernel.takeOpened()) {
      const at = time[place] as number;
      // Opened twice: taken already.
      if (at === plan.unreached) continue;
      time[place] = plan.unreached;
      each(cellOf(plan.layout, place), at);
    }
    kernel.clear();
  };
  return {
    visit,
    from(source) {
      const cells: number[] = [];
      const times: number[] = [];
      visit(source, (cell, time) => {
        cells.push(cell);
        times.push(time);
      });
      // Cell and place in one number sort several times as fast as by a comparison that is called.
      const count = Math.max(1, cells.length);
      const order = Float64Array.from(cells, (cell, i) => cell * count + i).sort();
      return {
        cells: Int32Array.from(order, (key) => Math.floor(key / count)),
        times: Float64Array.from(order, (key) => times[key % count] as number),
      };
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
