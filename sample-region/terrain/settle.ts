import { Random } from "../random.ts";
import type { Relief } from "./relief.ts";
import type { WindowPlan } from "./windows.ts";

/** A settlement: 1 the centres that main roads join, 2 market towns, 3 villages. */
export interface Town {
  readonly cell: number;
  readonly rank: 1 | 2 | 3;
}

const steepness = (side: number, elevation: Float32Array, cell: number, width: number): number => {
  const row = Math.floor(cell / side);
  const column = cell - row * side;
  const at = (dx: number, dy: number) => {
    const x = Math.min(side - 1, Math.max(0, column + dx));
    const y = Math.min(side - 1, Math.max(0, row + dy));
    return elevation[y * side + x] as number;
  };
  const [across, along] = [at(1, 0) - at(-1, 0), at(0, 1) - at(0, -1)];
  return Math.sqrt(across * across + along * along) / (2 * width);
};

/** Rise over run in every cell, between its neighbours to the sides. */
export function steepnessOf(plan: WindowPlan, { elevation }: Relief): Float32Array {
  const { columns: side, cellWidth } = plan.grid;
  return Float32Array.from(elevation, (_, cell) => steepness(side, elevation, cell, cellWidth));
}

/** The dry, even cell nearest to a place, ring by ring. */
function settleAt(side: number, cell: number, even: (cell: number) => boolean): number {
  const row = Math.floor(cell / side);
  const column = cell - row * side;
  for (let ring = 0; ring < side; ring++) {
    for (let y = Math.max(2, row - ring); y <= Math.min(side - 3, row + ring); y++) {
      const edge = Math.abs(y - row) === ring;
      for (
        let x = Math.max(2, column - ring);
        x <= Math.min(side - 3, column + ring);
        x += edge ? 1 : Math.max(1, 2 * ring)
      ) {
        if (even(y * side + x)) return y * side + x;
      }
    }
  }
  throw new RangeError("The window has no dry ground to settle on");
}

/** Chooses where people live: centres by plan, the others by chance on even, dry, low ground, apart from each other. */
export function settle(plan: WindowPlan, relief: Relief, steep: Float32Array, seed: string): Town[] {
  const { columns: side } = plan.grid;
  const { elevation, water, flow } = relief;
  const even = (cell: number) => !water[cell] && (steep[cell] as number) < 0.06 && (flow[cell] as number) < 1000;
  const towns: Town[] = plan.centres.map(([u, v]) => {
    const cell = Math.floor(v * side) * side + Math.floor(u * side);
    return { cell: settleAt(side, cell, even), rank: 1 };
  });
  const random = new Random(`${seed}/towns`);
  const place = (count: number, apart: number, rank: 2 | 3) => {
    for (let tries = 0, placed = 0; placed < count && tries < count * 60; tries++) {
      const [x, y] = [random.integer(4, side - 5), random.integer(4, side - 5)];
      const cell = y * side + x;
      // Low ground is settled more densely than hills; gently sloping hills still hold some.
      const height = (elevation[cell] as number) - plan.waterLevel;
      const wanted = 1 / (1 + (height / 160) * (height / 160)) + 0.06;
      if (!even(cell) || !random.chance(Math.min(1, wanted))) continue;
      const near = towns.some((town) => {
        const [dx, dy] = [(town.cell % side) - x, Math.floor(town.cell / side) - y];
        return dx * dx + dy * dy < apart * apart;
      });
      if (near) continue;
      towns.push({ cell, rank });
      placed++;
    }
  };
  place(plan.marketTowns, 58, 2);
  place(plan.villages, 17, 3);
  return towns;
}

/** How many cells it is from each cell to the nearest marked one, by steps of 1 and √2 (two passes). */
export function distanceTo(side: number, marked: Uint8Array): Float32Array {
  const far = Float32Array.from(marked, (mark) => (mark ? 0 : 1e6));
  const relax = (cell: number, near: number, step: number) => {
    const by = (far[near] as number) + step;
    if (by < (far[cell] as number)) far[cell] = by;
  };
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const cell = row * side + column;
      if (column > 0) relax(cell, cell - 1, 1);
      if (row === 0) continue;
      relax(cell, cell - side, 1);
      if (column > 0) relax(cell, cell - side - 1, Math.SQRT2);
      if (column < side - 1) relax(cell, cell - side + 1, Math.SQRT2);
    }
  }
  for (let row = side - 1; row >= 0; row--) {
    for (let column = side - 1; column >= 0; column--) {
      const cell = row * side + column;
      if (column < side - 1) relax(cell, cell + 1, 1);
      if (row === side - 1) continue;
      relax(cell, cell + side, 1);
      if (column < side - 1) relax(cell, cell + side + 1, Math.SQRT2);
      if (column > 0) relax(cell, cell + side - 1, Math.SQRT2);
    }
  }
  return far;
}

/** What decides where people are. */
export interface Ways {
  readonly towns: readonly Town[];
  readonly steep: Float32Array;
  /** Cells to the nearest road. */
  readonly toRoad: Float32Array;
  /** Cells to the nearest stream or river. */
  readonly toRiver: Float32Array;
  /** Chance between 0 and 1 that varies over the ground. */
  readonly patches: Float32Array;
}

const KERNELS = {
  1: { people: 95_000, radius: 9 },
  2: { people: 15_000, radius: 5 },
  3: { people: 1700, radius: 3 },
} as const;

/**
 * Spreads a number of people over the ground: most in and around settlements, the others along roads and rivers where the
 * ground is even. Cells with less than a hundredth of a person are empty.
 */
export function populate(plan: WindowPlan, { water, elevation }: Relief, ways: Ways, seed: string): Float32Array {
  const { columns: side } = plan.grid;
  const density = new Float64Array(side * side);
  for (let cell = 0; cell < density.length; cell++) {
    if (water[cell] || (ways.steep[cell] as number) > 0.25) continue;
    const [road, river] = [(ways.toRoad[cell] as number) / 4, (ways.toRiver[cell] as number) / 5];
    const even = 1 / (1 + (ways.steep[cell] as number) * 40);
    const height = Math.max(0, (elevation[cell] as number) - plan.waterLevel) / 260;
    const low = 1 / (1 + height * height);
    const patch = ways.patches[cell] as number;
    density[cell] = patch * patch * even * low * (5 / (1 + road * road) + 1.1 / (1 + river * river) + 0.02);
  }
  const random = new Random(`${seed}/people`);
  for (const { cell, rank } of ways.towns) {
    const { people, radius } = KERNELS[rank];
    const size = random.logNormal(1, 0.35);
    const [row, column] = [Math.floor(cell / side), cell % side];
    const reach = radius * 5;
    const kernel: [number, number][] = [];
    let total = 0;
    for (let y = Math.max(0, row - reach); y <= Math.min(side - 1, row + reach); y++) {
      for (let x = Math.max(0, column - reach); x <= Math.min(side - 1, column + reach); x++) {
        const at = y * side + x;
        if (water[at] || (ways.steep[at] as number) > 0.2) continue;
        const square = ((y - row) * (y - row) + (x - column) * (x - column)) / (radius * radius);
        // Houses line the roads.
        const lined = 1 / (1 + (ways.toRoad[at] as number) * 0.5);
        const weight =
          ((0.25 + lined) * (0.4 + (ways.patches[at] as number))) / ((1 + square) * (1 + square) * (1 + square));
        kernel.push([at, weight]);
        total += weight;
      }
    }
    for (const [at, weight] of kernel) density[at] = (density[at] as number) + (people * size * weight) / total;
  }
  const sum = density.reduce((all, each) => all + each, 0);
  return Float32Array.from(density, (each) => {
    const people = (each / sum) * plan.people;
    return people < 0.01 ? 0 : people;
  });
}
