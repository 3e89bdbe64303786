import { type BuiltFriction, type Catchment, cellCentre, projectionOf, siteByCoverage } from "@santi/travel-time";
import type { Ground } from "./ground.ts";
import type { Suggested } from "./protocol.ts";
import { candidatesOf, catchmentsOf } from "./travel.ts";

/** A catchment without the cells where nobody is left to be reached: gains are the same, and it takes little memory. */
function onlyUnreached({ cells, times }: Catchment, wanted: (cell: number) => boolean): Catchment {
  const kept = [...cells.keys()].filter((i) => wanted(cells[i] as number));
  return {
    cells: Int32Array.from(kept, (i) => cells[i] as number),
    times: Float64Array.from(kept, (i) => times[i] as number),
  };
}

/**
 * Where further services would bring most people within reach who are not (maximal covering by greedy choice).
 * @param time seconds to the nearest service as it is
 * @param most candidates that are tried at most
 */
export function propose(
  ground: Ground,
  built: BuiltFriction,
  people: Float64Array,
  time: Float64Array,
  asked: {
    thresholdSeconds: number;
    count: number;
    most: number;
    /** Cells that all searches may open together: where catchments are large, fewer candidates are tried. */
    cells: number;
    step?: (done: number, total: number) => void;
  },
): Suggested {
  const { thresholdSeconds, count, most, step } = asked;
  const reached = (cell: number) => (time[cell] as number) <= thresholdSeconds;
  const all = candidatesOf(ground, built, people, reached, most);
  const every = Math.max(1, Math.floor(all.length / 8));
  let opened = 0;
  const tried = all.filter((_, i) => i % every === 0);
  for (const catchment of catchmentsOf(ground, built, tried, thresholdSeconds)) opened += catchment.cells.length;
  const affordable = Math.max(20, Math.floor(asked.cells / Math.max(1, opened / Math.max(1, tried.length))));
  const cells = affordable < all.length ? candidatesOf(ground, built, people, reached, affordable) : all;
  const wanted = (cell: number) => (people[cell] as number) > 0 && !reached(cell);
  const found: Catchment[] = [];
  for (const catchment of catchmentsOf(ground, built, cells, thresholdSeconds)) {
    found.push(onlyUnreached(catchment, wanted));
    if (found.length % 25 === 0) step?.(found.length, cells.length);
  }
  const { chosen, gains } = siteByCoverage(found, people, count);
  const { toWgs84 } = projectionOf(ground.grid);
  const places = chosen.map((candidate, i) => {
    const cell = cells[candidate] as number;
    const { x, y } = cellCentre(ground.grid, cell);
    const [longitude, latitude] = toWgs84(x, y);
    const finest = ground.unitAt.findLast(({ unit }) => (unit[cell] as number) >= 0);
    const unit = finest ? (ground.units[finest.unit[cell] as number]?.unit ?? null) : null;
    return { longitude, latitude, unit, people: gains[i] as number };
  });
  return { places, candidates: cells.length };
}
