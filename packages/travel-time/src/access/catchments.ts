import { exhaust, rastersOf, slabOf } from "../compiled.ts";
import { cellOf } from "../engine/layout.ts";
import type { Seed } from "../engine/twin.ts";
import { startKernel } from "../kernel/kernel.ts";
import { kernelModule } from "../kernel/module.ts";
import { kernelField, loadKernel, prepareKernel } from "../kernel/slab.ts";
import type { Raster } from "../raster/raster.ts";
import { planTravel, type Source, type TravelOptions } from "../travel.ts";

/** The cells within reach of one source. */
export interface Catchment {
  /** Cell numbers (`row × columns + column`), ascending. */
  readonly cells: Int32Array;
  /** Travel time of each of them. */
  readonly times: Float64Array;
}

/**
 * The catchment of each source on its own, in their order, each computed when it is asked for. The work for one follows
 * the size of the catchment and not of the raster, which is laid out once. Times are the bits of `travelTime` with that
 * source alone. A source in an impassable cell has an empty catchment. Refusals as of `travelTime`.
 */
export function* catchments(
  friction: Raster,
  sources: readonly Source[],
  options: Omit<TravelOptions, "routes" | "maximum"> & { readonly maximum: number },
): Generator<Catchment, void, undefined> {
  const plan = planTravel(friction, sources, options);
  const slab = slabOf(plan, options.memory ?? Number.POSITIVE_INFINITY);
  const kernel = startKernel(kernelModule());
  prepareKernel(kernel, slab);
  loadKernel(kernel, slab, rastersOf(plan, friction));
  kernel.keepOpened(1);
  const seedOf = new Map(plan.sourceOf.map((source, seed) => [source, plan.seeds[seed] as Seed]));
  for (let source = 0; source < sources.length; source++) {
    const seed = seedOf.get(source);
    if (seed) kernel.improve(seed.place, seed.time);
    exhaust(kernel, slab);
    // Views die when memory grows, so they are taken after the search.
    const { time } = kernelField(kernel, slab);
    const places: number[] = [];
    const reached: number[] = [];
    for (let place = kernel.takeOpened(); place >= 0; place = kernel.takeOpened()) {
      const at = time[place] as number;
      // Opened twice: taken already.
      if (at === plan.unreached) continue;
      places.push(cellOf(plan.layout, place));
      reached.push(at);
      time[place] = plan.unreached;
    }
    kernel.clear();
    const order = Uint32Array.from(places.keys()).sort((a, b) => (places[a] as number) - (places[b] as number));
    yield {
      cells: Int32Array.from(order, (i) => places[i] as number),
      times: Float64Array.from(order, (i) => reached[i] as number),
    };
  }
}
