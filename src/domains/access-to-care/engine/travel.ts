import { type BuiltFriction, type Catchment, catchments, travelTime } from "@santi/travel-time";
import { beyondBin, binOf, noBin, timeBins } from "../model.ts";
import type { Ground } from "./ground.ts";
import type { Warp } from "./warp.ts";

/** How people move over ground: towards the services. */
export const movementOf = (ground: Ground, { mode }: BuiltFriction) =>
  ({ kind: "modes", elevation: ground.elevation, mode, direction: "towards" }) as const;

/** Seconds to the nearest of some cells from every cell; NaN where none is within `maximum`. */
export function timesTo(ground: Ground, built: BuiltFriction, cells: readonly number[], maximum: number): Float64Array {
  const sources = cells.map((cell) => ({ cell }));
  return travelTime(built.friction, sources, { movement: movementOf(ground, built), maximum }).time;
}

/** As `timesTo`, with the place in the list of the one that is nearest; -1 where none is. */
export function nearestOf(
  ground: Ground,
  built: BuiltFriction,
  cells: readonly number[],
  maximum: number,
): { time: Float64Array; nearest: Int32Array } {
  const sources = cells.map((cell) => ({ cell }));
  const options = { movement: movementOf(ground, built), maximum, routes: true };
  const { time, nearest } = travelTime(built.friction, sources, options);
  return { time, nearest: nearest ?? new Int32Array(time.length).fill(-1) };
}

/** The catchment of each of some cells within so many seconds. */
export function catchmentsOf(
  ground: Ground,
  built: BuiltFriction,
  cells: readonly number[],
  maximum: number,
): Generator<Catchment, void, undefined> {
  return catchments(
    built.friction,
    cells.map((cell) => ({ cell })),
    { movement: movementOf(ground, built), maximum },
  );
}

/** The lesser of two times in every cell; NaN is longer than any. */
export function lesserOf(one: Float64Array, other: Float64Array): Float64Array {
  const lesser = one.slice();
  for (let cell = 0; cell < lesser.length; cell++) {
    const time = other[cell] as number;
    if (time < (lesser[cell] as number) || Number.isNaN(lesser[cell])) lesser[cell] = time;
  }
  return lesser;
}

/** Counts people by minutes of travel; the last bin is beyond all. */
export function totalBins(people: Float64Array, time: Float64Array): number[] {
  const bins = new Array<number>(timeBins + 1).fill(0);
  for (let cell = 0; cell < people.length; cell++) {
    const count = people[cell] as number;
    if (!(count > 0)) continue;
    const bin = binOf(time[cell] as number);
    bins[bin] = (bins[bin] as number) + count;
  }
  return bins;
}

/** Counts people by unit of each level, and all of them, by minutes of travel; the last bin is beyond all. */
export function histograms(
  ground: Ground,
  people: Float64Array,
  time: Float64Array,
): { units: { unit: number; level: number; bins: number[] }[]; total: number[] } {
  const none = () => new Array<number>(timeBins + 1).fill(0);
  const total = none();
  const byUnit = ground.unitAt.map(() => new Map<number, number[]>());
  for (let cell = 0; cell < people.length; cell++) {
    const count = people[cell] as number;
    if (!(count > 0)) continue;
    const bin = binOf(time[cell] as number);
    total[bin] = (total[bin] as number) + count;
    ground.unitAt.forEach(({ unit }, level) => {
      const at = unit[cell] as number;
      const map = byUnit[level] as Map<number, number[]>;
      const bins = map.get(at) ?? none();
      map.set(at, bins);
      bins[bin] = (bins[bin] as number) + count;
    });
  }
  const units = byUnit.flatMap((map, i) =>
    [...map].map(([unit, bins]) => ({ unit, level: (ground.unitAt[i] as { level: number }).level, bins })),
  );
  return { units: units.sort((a, b) => a.level - b.level || a.unit - b.unit), total };
}

/** Bins of time as the pixels of an image; `noBin` outside the ground and where nobody can travel. */
export function binImage(warp: Warp, time: Float64Array, friction: Float32Array): Uint8Array {
  return Uint8Array.from(warp.cell, (cell) => {
    if (cell < 0 || !((friction[cell] as number) >= 0)) return noBin;
    return Number.isNaN(time[cell] as number) ? beyondBin : binOf(time[cell] as number);
  });
}

/** Places to try for a further service: in each block of cells the passable one where most people are who are not reached. */
export function candidatesOf(
  ground: Ground,
  built: BuiltFriction,
  people: Float64Array,
  reached: (cell: number) => boolean,
  most: number,
): number[] {
  const { columns, rows } = ground.grid;
  const choose = (block: number) => {
    const best = new Map<number, number>();
    for (let cell = 0; cell < people.length; cell++) {
      if (!((people[cell] as number) > 0) || reached(cell) || !((built.friction.data[cell] as number) >= 0)) continue;
      const key = Math.floor(Math.floor(cell / columns) / block) * columns + Math.floor((cell % columns) / block);
      const known = best.get(key);
      if (known === undefined || (people[cell] as number) > (people[known] as number)) best.set(key, cell);
    }
    return [...best.values()].sort((a, b) => a - b);
  };
  let block = Math.max(1, Math.floor(Math.sqrt((columns * rows) / most / 4)));
  let chosen = choose(block);
  while (chosen.length > most) {
    block = Math.ceil(block * 1.3) + 1;
    chosen = choose(block);
  }
  return chosen;
}
