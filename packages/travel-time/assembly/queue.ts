/**
 * The queue: cells wait in buckets of travel time, in no order within one. Cells whose bucket is not held yet wait apart,
 * and so do those of the neighbours, to be mailed.
 */

import { timeAddress, timeOf, touch } from "./field";
import { BLOCK, dropBlock, pop, push } from "./stacks";

/** Buckets held at once; a power of two. */
const BUCKETS: i32 = 4096;
/** Times beyond this many buckets share the last one: slower there, never wrong. */
const LAST_BUCKET: f64 = 1073741824.0;
const NOTHING: i32 = i32.MAX_VALUE;
/** Bytes of the cells taken from a bucket at once: enough to wait for memory once for many, few enough to stay in the cache. */
const BATCH: u32 = 64;

let heads: usize = 0;
let far: usize = 0;
let mail: usize = 0;
let batch: usize = 0;
let noise: u32 = 0;

let inverse: f64 = 1.0;
let base: i32 = 0;
let current: i32 = 0;

/** Says where the queue's own words lie, and returns the address after them. */
export function layQueue(at: usize): usize {
  heads = at;
  far = heads + <usize>(BUCKETS << 2);
  mail = far + 4;
  batch = mail + 4;
  return batch + BATCH;
}

/** Says how wide a bucket is. */
export function setBucket(width: f64): void {
  inverse = 1.0 / width;
}

/** Empties the queue. */
export function clearQueue(): void {
  for (let at = heads; at <= mail; at += 4) {
    let top = load<u32>(at);
    while (top !== 0) {
      const block = (top - 1) & ~(BLOCK - 1);
      top = dropBlock(block);
    }
    store<u32>(at, 0);
  }
  base = 0;
  current = 0;
}

@inline
export function bucketOf(at: f64): i32 {
  return <i32>min<f64>(at * inverse, LAST_BUCKET);
}

@inline
function headOf(bucket: i32): usize {
  return heads + (<usize>(bucket & (BUCKETS - 1)) << 2);
}

@inline
function wait(place: i32, bucket: i32): void {
  push(<u32>(bucket - base) < <u32>BUCKETS ? headOf(bucket) : far, place);
}

/** Keeps a time for a cell when it is earlier than what is known, and queues the cell. */
@inline
export function arrive(place: i32, at: f64): void {
  const address = timeAddress(place);
  if (at < load<f64>(address)) {
    store<f64>(address, at);
    wait(place, bucketOf(at));
  }
}

/** Lowers the time of a cell from outside, and queues it; false when it is no earlier than what is known. */
export function improve(place: i32, at: f64): bool {
  if (!(at < timeOf(place))) return false;
  arrive(place, at);
  current = min<i32>(current, bucketOf(at));
  return true;
}

/** The bucket that the search is at. */
export function currentBucket(): i32 {
  return current;
}

/** Goes on to the next bucket below `limit` in which a cell waits; false when there is none. */
@inline
export function goOn(limit: i32): bool {
  while (current < limit && load<u32>(headOf(current)) === 0) current++;
  return current < limit;
}

/** Takes cells that wait in the current bucket, which is not empty, to `batchAt`, and has what they need read; returns the address after them. */
@inline
export function takeBatch<K>(): usize {
  const head = headOf(current);
  const top = load<u32>(head);
  const block = (top - 1) & ~(BLOCK - 1);
  const from = max<u32>(block + 4, top - BATCH);
  let kept = batch;
  let sum: u32 = 0;
  for (let at = from; at < top; at += 4) {
    const place = load<i32>(at);
    sum ^= touch<K>(place);
    store<i32>(kept, place);
    kept += 4;
  }
  noise = sum;
  store<u32>(head, from === block + 4 ? dropBlock(block) : from);
  return kept;
}

/** Address of the cells that `takeBatch` took (i32). */
@inline
export function batchAt(): usize {
  return batch;
}

/** Puts a cell aside for the neighbour whose it is. */
@inline
export function putInMail(place: i32): void {
  push(mail, place);
}

/** A cell outside the engine's own rows whose time was lowered, or -1 when all have been taken. */
export function takeMail(): i32 {
  return load<u32>(mail) === 0 ? -1 : pop(mail);
}

/** The first bucket from `done` on in which a cell waits; `i32.MAX_VALUE` when none does. */
export function firstWaiting(done: i32): i32 {
  let first = NOTHING;
  for (let bucket = done; bucket < base + BUCKETS; bucket++) {
    if (load<u32>(headOf(bucket)) !== 0) {
      first = bucket;
      break;
    }
  }
  let top = load<u32>(far);
  while (top !== 0) {
    const block = (top - 1) & ~(BLOCK - 1);
    for (let at = block + 4; at < top; at += 4) {
      const bucket = bucketOf(timeOf(load<i32>(at)));
      if (bucket >= done && bucket < first) first = bucket;
    }
    const below = load<u32>(block);
    top = below === 0 ? 0 : below + BLOCK;
  }
  return first;
}

/** Starts a window at a bucket below which all is final; cells put off until now are queued, final ones dropped. */
export function openWindow(first: i32): void {
  base = first;
  current = first;
  let top = load<u32>(far);
  store<u32>(far, 0);
  while (top !== 0) {
    const block = (top - 1) & ~(BLOCK - 1);
    for (let at = block + 4; at < top; at += 4) {
      const place = load<i32>(at);
      const bucket = bucketOf(timeOf(place));
      if (bucket >= first) wait(place, bucket);
    }
    top = dropBlock(block);
  }
}
