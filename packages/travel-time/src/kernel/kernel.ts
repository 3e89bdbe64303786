/** What the compiled kernel exports; `assembly/kernel.ts` says what each does. Booleans are 0 and 1. */
export interface Kernel {
  readonly memory: WebAssembly.Memory;
  prepare(across: number, down: number, firstOwn: number, ownRows: number, kind: number, reserve: number): number;
  setLimit(bytes: number): void;
  clear(): void;
  setSearch(bucket: number, moves: number, barSlips: number): void;
  setWalk(a: number, b: number, c: number, d: number, weight: number, steep: number, towards: number): void;
  lengthsAt(): number;
  frictionAt(): number;
  elevationAt(): number;
  modeAt(): number;
  timeAt(): number;
  openedCells(): number;
  currentBucket(): number;
  advance(limit: number, budget: number): number;
  improve(place: number, at: number): number;
  firstWaiting(done: number): number;
  openWindow(first: number): void;
  takeMail(): number;
  keepTiles(): number;
  foundCellsAt(): number;
  foundTimesAt(): number;
  harvest(down: number, first: number, columns: number, unreached: number): number;
}

/** What `firstWaiting` answers when nothing waits. */
export const NOTHING_WAITS = 2 ** 31 - 1;

/** A kernel with memory of its own. */
export function startKernel(module: WebAssembly.Module): Kernel {
  return new WebAssembly.Instance(module).exports as unknown as Kernel;
}
