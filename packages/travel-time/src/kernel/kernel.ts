import { KERNEL } from "./kernel.generated.ts";

/** What the compiled kernel exports; `assembly/kernel.ts` says what each does. Booleans are 0 and 1. */
export interface Kernel {
  readonly memory: WebAssembly.Memory;
  prepare(across: number, down: number, firstOwn: number, ownRows: number, withSlopes: number, reserve: number): number;
  clear(): void;
  setSearch(bucket: number, moves: number, barSlips: number): void;
  setWalk(a: number, b: number, c: number, d: number, weight: number, steep: number): void;
  lengthsAt(): number;
  frictionAt(): number;
  elevationAt(): number;
  timeAt(): number;
  openedCells(): number;
  currentBucket(): number;
  advance(limit: number, budget: number): number;
  improve(place: number, at: number): number;
  firstWaiting(done: number): number;
  openWindow(first: number): void;
  takeMail(): number;
}

/** What `firstWaiting` answers when nothing waits. */
export const NOTHING_WAITS = 2 ** 31 - 1;

let compiled: WebAssembly.Module | undefined;

/** The kernel, compiled once. */
export function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(KERNEL), (letter) => letter.charCodeAt(0)));
  return compiled;
}

/** A kernel with memory of its own. */
export function startKernel(module: WebAssembly.Module = kernelModule()): Kernel {
  return new WebAssembly.Instance(module).exports as unknown as Kernel;
}
