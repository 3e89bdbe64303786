import type { Seed } from "../engine/twin.ts";
import type { TravelTimeCode } from "../problem.ts";
import type { Slab, SlabRasters } from "./slab.ts";

/** Times for the two rows beyond a border, written by one slab and read by its neighbour; all memory is shared. */
export interface Mailbox {
  /** By row beyond the border × columns + column. */
  readonly times: Float64Array;
  /** The places in `times` that this round's mail is about. */
  readonly cells: Int32Array;
  /** How many of `cells` count. */
  readonly count: Int32Array;
}

/** What the threads of one search share. */
export interface SharedState {
  /** How many have arrived, and how many meetings there have been. */
  readonly meeting: Int32Array<SharedArrayBuffer>;
  /** By slab: the first bucket in which a cell waits. */
  readonly first: Int32Array<SharedArrayBuffer>;
  /** Slabs with something left in the window, for three rounds. */
  readonly busy: Int32Array<SharedArrayBuffer>;
  /** By slab: cells opened so far. */
  readonly opened: Int32Array<SharedArrayBuffer>;
}

/** What a thread is given. */
export interface SlabJob {
  readonly module: WebAssembly.Module;
  readonly slab: Slab;
  readonly rasters: SlabRasters;
  /** The slab's row that the rasters' first row is: -2 when rows of the slab above come with them. */
  readonly firstRow: number;
  readonly seeds: readonly Seed[];
  readonly number: number;
  readonly slabs: number;
  /** Buckets in a window. */
  readonly window: number;
  readonly shared: SharedState;
  readonly up: Mailbox | undefined;
  readonly down: Mailbox | undefined;
  readonly fromAbove: Mailbox | undefined;
  readonly fromBelow: Mailbox | undefined;
  /** The slab's part of the result, row by row. */
  readonly result: Float64Array;
}

/** What a thread answers. */
export type SlabAnswer =
  | { readonly opened: number; readonly bytes: number; readonly refused?: undefined }
  | { readonly refused: { code: TravelTimeCode; message: string; details: Record<string, number | string> } };
