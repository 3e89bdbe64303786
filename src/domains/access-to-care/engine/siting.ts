import { type BuiltFriction, type Catchment, cellCentre, projectionOf, siteByCoverage } from "@santi/travel-time";
import { longestSeconds } from "../model.ts";
import { coarserGround, type Ground, place } from "./ground.ts";
import type { Suggested } from "./protocol.ts";
import { candidatesOf, catchmentsOf, lesserOf, timesTo } from "./travel.ts";

/** Many places are tried on ground of at most so many cells, and so many places at most. */
const wideCells = 30_000;
const mostCandidates = 300;
/** Cells that all searches together may open: where catchments are large, fewer places are tried. */
const affordable = 9_000_000;

/** A catchment without the cells where nobody is left to be reached: gains are the same, and it takes little memory. */
function onlyUnreached({ cells, times }: Catchment, wanted: (cell: number) => boolean): Catchment {
  const kept = { cells: [] as number[], times: [] as number[] };
  cells.forEach((cell, i) => {
    if (!wanted(cell)) return;
    kept.cells.push(cell);
    kept.times.push(times[i] as number);
  });
  return { cells: Int32Array.from(kept.cells), times: Float64Array.from(kept.times) };
}

/** The same ground in cells so wide that many places can be tried on it in a few seconds. */
export function wideGround(ground: Ground): Ground {
  const factor = Math.ceil(Math.sqrt(ground.population.length / wideCells));
  return factor > 1 ? coarserGround(ground, factor) : ground;
}

/** What siting is asked. */
export interface SitingAsked {
  thresholdSeconds: number;
  count: number;
  /** Services that there are. */
  standing: readonly { longitude: number; latitude: number }[];
  /** Metres over which a place on a barrier is moved. */
  snapMetres: number;
  /** Friction of ground as it is travelled on. */
  frictionOf: (ground: Ground) => BuiltFriction;
  /** The ground in wider cells, when it is there already. */
  wide?: Ground;
  step?: (done: number, total: number) => void;
}

/** Chooses places on wide cells (maximal covering by greedy choice), best first. */
function choose(wide: Ground, asked: SitingAsked) {
  const { thresholdSeconds, count, standing, step } = asked;
  const people = wide.population;
  const built = asked.frictionOf(wide);
  const near = place(built.friction, standing, Math.max(asked.snapMetres, wide.grid.cellWidth));
  const cellsNear = near.flatMap(({ cell }) => (cell >= 0 ? [cell] : []));
  const time = timesTo(wide, built, cellsNear, longestSeconds);
  const reached = (cell: number) => (time[cell] as number) <= thresholdSeconds;
  const all = candidatesOf(wide, built, people, reached, mostCandidates);
  const every = Math.max(1, Math.floor(all.length / 8));
  const tried = all.filter((_, i) => i % every === 0);
  let opened = 0;
  for (const catchment of catchmentsOf(wide, built, tried, thresholdSeconds)) opened += catchment.cells.length;
  const most = Math.max(20, Math.floor(affordable / Math.max(1, opened / Math.max(1, tried.length))));
  const cells = most < all.length ? candidatesOf(wide, built, people, reached, most) : all;
  const wanted = (cell: number) => (people[cell] as number) > 0 && !reached(cell);
  const found: Catchment[] = [];
  for (const catchment of catchmentsOf(wide, built, cells, thresholdSeconds)) {
    found.push(onlyUnreached(catchment, wanted));
    if (found.length % 25 === 0) step?.(found.length, cells.length);
  }
  const { toWgs84 } = projectionOf(wide.grid);
  const places = siteByCoverage(found, people, count).chosen.map((candidate) => {
    const cell = cells[candidate] as number;
    const { x, y } = cellCentre(wide.grid, cell);
    const [longitude, latitude] = toWgs84(x, y);
    const finest = wide.unitAt.findLast(({ unit }) => (unit[cell] as number) >= 0);
    const unit = finest ? (wide.units[finest.unit[cell] as number]?.unit ?? null) : null;
    return { longitude, latitude, unit };
  });
  return { places, candidates: cells.length };
}

/**
 * Where further services would bring most people within reach who are not: chosen on wide cells, counted on the ground as
 * it is, each beside those before it.
 * @param ground with the people who count as its population
 * @param time seconds to the nearest service as it is
 */
export function propose(ground: Ground, built: BuiltFriction, time: Float64Array, asked: SitingAsked): Suggested {
  if (asked.count === 0) return { places: [], candidates: 0 };
  const { thresholdSeconds } = asked;
  const wide = asked.wide ?? wideGround(ground);
  const chosen = choose(wide, asked);
  let nearest = time;
  const places = chosen.places.flatMap((each) => {
    const [spot] = place(built.friction, [each], Math.max(asked.snapMetres, wide.grid.cellWidth));
    if (!spot || spot.cell < 0) return [];
    const more = lesserOf(nearest, timesTo(ground, built, [spot.cell], thresholdSeconds));
    let people = 0;
    more.forEach((seconds, cell) => {
      if (seconds <= thresholdSeconds && !((nearest[cell] as number) <= thresholdSeconds))
        people += ground.population[cell] as number;
    });
    nearest = more;
    return people > 0 ? [{ ...each, people }] : [];
  });
  return { places, candidates: chosen.candidates };
}
