import type { CatchmentOptions } from "../access/catchments.ts";
import type { Decay } from "../access/scores.ts";
import type { SpareLists } from "../access/scores-once.ts";
import type { FrictionRange } from "../engine/field.ts";
import type { Raster } from "../raster/raster.ts";
import type { Source } from "../travel.ts";

/** What a thread that searches catchments is given; large arrays in it are shared. */
export interface ReachJob {
  readonly friction: Raster;
  readonly options: CatchmentOptions;
  /** For shares of scores, and for gains. */
  readonly population: Float32Array | Float64Array;
  readonly decay: Decay;
  readonly range: FrictionRange;
  /** Searches that each thread will do, about. */
  readonly searches: number;
}

/** What a thread may be asked. */
export type ReachTask =
  | { readonly kind: "catchment"; readonly source: Source }
  | { readonly kind: "share"; readonly source: Source; readonly supply: number; readonly spare?: SpareLists }
  /** People within reach of each of these cells. */
  | { readonly kind: "gains"; readonly cells: Int32Array };
