import type { Arrive } from "./edges.ts";
import type { Field } from "./field.ts";
import { MOVES, passedBy, stepFrom } from "./moves.ts";

/** Buckets held at once, and how many of them one window passes through; the rest is room for the longest moves. */
const BUCKETS = 4096;
const WINDOW = 2048;
/** Times beyond this many buckets share the last one: slower there, never wrong. */
const LAST_BUCKET = 2 ** 30;

/** How the engine searches; only `moves` and `strict` change what is found. */
export interface Search {
  /** 8, or 16 with the knight's moves. */
  readonly moves: number;
  /** Bar the move to a corner between two impassable cells. */
  readonly strict: boolean;
  /** Width of a bucket in time. */
  readonly bucket: number;
}

/** A place to start from and the time already spent there. */
export interface Seed {
  readonly place: number;
  readonly time: number;
}

/**
 * Lowers `field.time` to the least time from any seed, and returns how many cells were opened.
 *
 * A circular bucket queue (Dial 1969; Δ-stepping, Meyer & Sanders 2003): cells wait in buckets of equal width by their
 * time, are opened bucket by bucket, and may be opened again while their bucket is. Adding a length of time is monotone
 * in floating point, so any order that ends when nothing can be lowered ends with the same bits.
 */
export function settle(field: Field, arrive: Arrive, seeds: readonly Seed[], search: Search): number {
  const { time, friction, tables } = field;
  const inverse = 1 / search.bucket;
  const bucketOf = (at: number) => Math.floor(Math.min(at * inverse, LAST_BUCKET));
  const near: number[][] = Array.from({ length: BUCKETS }, () => []);
  let far: number[] = [];
  let base = 0;
  /** Everything in the buckets below this one is final. */
  let done = 0;
  let opened = 0;

  const wait = (place: number, bucket: number) => {
    if (bucket < base + BUCKETS) (near[bucket % BUCKETS] as number[]).push(place);
    else far.push(place);
  };

  const open = (from: number) => {
    const start = time[from] as number;
    for (let move = 0; move < search.moves; move++) {
      const { dx, dy } = MOVES[move] as (typeof MOVES)[number];
      const to = stepFrom(tables, from, dx, dy);
      let first = from;
      let second = from;
      const passed = move >= 8 || (move >= 4 && search.strict) ? passedBy({ dx, dy }) : null;
      if (passed) {
        first = stepFrom(tables, from, passed[0].dx, passed[0].dy);
        second = stepFrom(tables, from, passed[1].dx, passed[1].dy);
        if (move < 8 && Number.isNaN(friction[first]) && Number.isNaN(friction[second])) continue;
      }
      const end = arrive(field, start, from, to, move, first, second);
      if (end < (time[to] as number)) {
        time[to] = end;
        wait(to, bucketOf(end));
      }
    }
  };

  for (const seed of seeds) {
    if (seed.time < (time[seed.place] as number)) {
      time[seed.place] = seed.time;
      far.push(seed.place);
    }
  }
  for (;;) {
    // A window opens at the first bucket in which anything waits; what has become final since it was put off is dropped.
    far = far.filter((place) => bucketOf(time[place] as number) >= done);
    let next = Number.POSITIVE_INFINITY;
    for (let bucket = done; bucket < base + BUCKETS && next > bucket; bucket++) {
      if ((near[bucket % BUCKETS] as number[]).length > 0) next = bucket;
    }
    for (const place of far) next = Math.min(next, bucketOf(time[place] as number));
    if (next === Number.POSITIVE_INFINITY) return opened;
    base = next;
    done = base + WINDOW;
    const waiting = far;
    far = [];
    for (const place of waiting) wait(place, bucketOf(time[place] as number));

    for (let bucket = base; bucket < done; bucket++) {
      const cells = near[bucket % BUCKETS] as number[];
      for (let place = cells.pop(); place !== undefined; place = cells.pop()) {
        // A cell that has since been reached earlier was opened in an earlier bucket.
        if (bucketOf(time[place] as number) !== bucket) continue;
        opened++;
        open(place);
      }
    }
  }
}
