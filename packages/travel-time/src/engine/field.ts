import { TravelTimeProblem } from "../problem.ts";
import type { StepTables, TileLayout } from "./layout.ts";

/** What the engine works on, all in the tiled order of `layout`. */
export interface Field {
  readonly layout: TileLayout;
  readonly tables: StepTables;
  /** Time (or cost) to cross a cell, per unit of distance; NaN is impassable. */
  readonly friction: Float32Array;
  /** Height, in the unit of distance; only when slope counts. */
  readonly elevation: Float32Array | undefined;
  /** How people move in a cell (`MODE`); only when it matters. */
  readonly mode: Uint8Array | undefined;
  /** Best time known; what is not below `unreached` has not been reached. */
  readonly time: Float64Array;
}

/** What the frictions of a raster are like; the engine's step of time is chosen by it. */
export interface FrictionRange {
  readonly least: number;
  readonly mean: number;
}

/**
 * The least and the mean of the frictions that are not NaN (0 and 0 when all are). Refuses negative ones
 * (`friction-negative`): with them there is no least cost.
 */
export function frictionRange(friction: Float32Array): FrictionRange {
  let least = Number.POSITIVE_INFINITY;
  let sum = 0;
  let count = 0;
  for (let i = 0; i < friction.length; i++) {
    const value = friction[i] as number;
    if (value < least) least = value;
    if (value < Number.POSITIVE_INFINITY) {
      sum += value;
      count++;
    }
  }
  if (least < 0) {
    throw new TravelTimeProblem("friction-negative", `Friction ${least} is negative; no route would be the least.`, {
      least,
    });
  }
  return count === 0 ? { least: 0, mean: 0 } : { least, mean: sum / count };
}

/** The least double above a number: what `unreached` starts from, so that times up to a maximum are kept by one comparison. */
export function nextAbove(value: number): number {
  if (!(value < Number.POSITIVE_INFINITY)) return Number.POSITIVE_INFINITY;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value === 0 ? 0 : value);
  view.setBigInt64(0, view.getBigInt64(0) + (value < 0 ? -1n : 1n));
  return view.getFloat64(0);
}
