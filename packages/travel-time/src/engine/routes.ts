import type { Arrive } from "./edges.ts";
import type { Field } from "./field.ts";
import { columnOffset, rowStart } from "./layout.ts";
import { MOVES, passedBy, stepFrom } from "./moves.ts";
import type { Search, Seed } from "./twin.ts";

/** In `backLinks`: travel starts in this cell. */
export const START = 254;
/** In `backLinks`: no source reaches this cell. */
export const UNREACHED = 255;

/** How every cell is reached. Arrays are row by row. */
export interface Routes {
  /** The move by which the cell is reached (its number in `MOVES`), or `START`, or `UNREACHED`. */
  readonly backLinks: Uint8Array;
  /** The seed the cell is reached from, by its place in the list; -1 where none reaches. */
  readonly nearest: Int32Array;
}

/** Seeds that hold: no route and no seed before them in the list is earlier in their cell, and they start in time. */
function heldSeeds(field: Field, unreached: number, seeds: readonly Seed[]): Map<number, number> {
  const held = new Map<number, number>();
  seeds.forEach(({ place, time }, index) => {
    if (time < unreached && time === field.time[place] && !held.has(place)) held.set(place, index);
  });
  return held;
}

/**
 * Finds, from finished times, the move by which every cell was reached and the seed it comes from. Where several moves
 * end at the same time, the first in the order of `MOVES` that comes from an earlier cell counts, so the answer depends
 * on the times alone and not on how they were found.
 */
export function traceRoutes(
  field: Field,
  unreached: number,
  arrive: Arrive,
  seeds: readonly Seed[],
  search: Search,
): Routes {
  const { layout, time, friction, tables } = field;
  const links = new Uint8Array(layout.length).fill(UNREACHED);
  const held = heldSeeds(field, unreached, seeds);
  for (const place of held.keys()) links[place] = START;

  /** The first move that explains a cell's time and comes from a cell that `allowed` accepts. */
  const explain = (to: number, allowed: (from: number) => boolean): number => {
    for (let move = 0; move < search.moves; move++) {
      const { dx, dy } = MOVES[move] as (typeof MOVES)[number];
      const from = stepFrom(tables, to, -dx, -dy);
      if (!((time[from] as number) < unreached) || !allowed(from)) continue;
      let first = from;
      let second = from;
      const passed = move >= 8 || (move >= 4 && search.strict) ? passedBy({ dx, dy }) : null;
      if (passed) {
        first = stepFrom(tables, from, passed[0].dx, passed[0].dy);
        second = stepFrom(tables, from, passed[1].dx, passed[1].dy);
        if (move < 8 && Number.isNaN(friction[first]) && Number.isNaN(friction[second])) continue;
      }
      if (arrive(field, time[from] as number, from, to, move, first, second) === time[to]) return move;
    }
    return UNREACHED;
  };

  const places = function* () {
    for (let row = 0; row < layout.rows; row++) {
      const start = rowStart(layout, row);
      for (let column = 0; column < layout.columns; column++) yield start + columnOffset(column);
    }
  };
  let level: number[] = [];
  for (const place of places()) {
    if (!((time[place] as number) < unreached) || links[place] === START) continue;
    const end = time[place] as number;
    links[place] = explain(place, (from) => (time[from] as number) < end);
    if (links[place] === UNREACHED) level.push(place);
  }
  // Moves that take no time leave cells that only an equal cell explains: they are linked ring by ring from the others.
  while (level.length > 0) {
    const found = level.map((place) => explain(place, (from) => links[from] !== UNREACHED));
    level.forEach((place, index) => {
      links[place] = found[index] as number;
    });
    const rest = level.filter((place) => links[place] === UNREACHED);
    if (rest.length === level.length) break;
    level = rest;
  }
  return { backLinks: rowByRow(field, links), nearest: followLinks(field, links, held) };
}

function rowByRow({ layout }: Field, links: Uint8Array): Uint8Array {
  const out = new Uint8Array(layout.columns * layout.rows);
  for (let row = 0; row < layout.rows; row++) {
    const start = rowStart(layout, row);
    for (let column = 0; column < layout.columns; column++) {
      out[row * layout.columns + column] = links[start + columnOffset(column)] as number;
    }
  }
  return out;
}

/** The seed at the end of every chain of links. */
function followLinks({ layout, tables }: Field, links: Uint8Array, held: ReadonlyMap<number, number>): Int32Array {
  const unknown = -2;
  const seedOf = new Int32Array(layout.length).fill(unknown);
  for (const [place, seed] of held) seedOf[place] = seed;
  const out = new Int32Array(layout.columns * layout.rows);
  const chain: number[] = [];
  for (let row = 0; row < layout.rows; row++) {
    const start = rowStart(layout, row);
    for (let column = 0; column < layout.columns; column++) {
      let place = start + columnOffset(column);
      while (seedOf[place] === unknown) {
        const link = links[place] as number;
        if (link === UNREACHED) {
          seedOf[place] = -1;
          break;
        }
        chain.push(place);
        const { dx, dy } = MOVES[link] as (typeof MOVES)[number];
        place = stepFrom(tables, place, -dx, -dy);
      }
      const seed = seedOf[place] as number;
      for (let cell = chain.pop(); cell !== undefined; cell = chain.pop()) seedOf[cell] = seed;
      out[row * layout.columns + column] = seed;
    }
  }
  return out;
}
