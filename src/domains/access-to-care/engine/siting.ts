import {
  type BuiltFriction,
  type Catchment,
  cellCentre,
  populatedCells,
  projectionOf,
  type Spending,
  siteByCoverage,
} from "@santi/travel-time";
import { siteAnywhereInThreads } from "@santi/travel-time/parallel-access";
import type { Parameters } from "../contract.ts";
import type { ServicePoint } from "../input-store.ts";
import { longestSeconds } from "../model.ts";
import { coarserGround, type Ground, place } from "./ground.ts";
import type { Suggested } from "./protocol.ts";
import { candidatesOf, catchmentsOf, lesserOf, movementOf, timesTo } from "./travel.ts";

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
  /** Which places may be chosen, what they cost, and what may be spent; new places without costs when left out. */
  choice?: Pick<Parameters, "sitingKind" | "costNew" | "costUpgrade" | "budget">;
  /** Sites to which the services could be added. */
  upgrades?: readonly ServicePoint[];
  step?: (done: number, total: number) => void;
}

/** A place that may be chosen: a cell of the ground that is searched, and the site that stands there already. */
interface Candidate {
  cell: number;
  site: ServicePoint | null;
}

/** The new places and the sites that may be chosen among, with what each costs. */
function offered(on: Ground, built: BuiltFriction, fresh: Iterable<number>, asked: SitingAsked) {
  const { choice, upgrades = [], snapMetres } = asked;
  const { sitingKind = "new", costNew = null, costUpgrade = null, budget = null } = choice ?? {};
  const most = budget ?? Number.POSITIVE_INFINITY;
  // What no budget pays for takes no place from what it would.
  const [newCost, upgradeCost] = [costNew ?? 1, costUpgrade ?? 1];
  const candidates: Candidate[] = [];
  if (sitingKind !== "new" && upgradeCost <= most) {
    const placed = place(built.friction, upgrades, Math.max(snapMetres, on.grid.cellWidth));
    placed.forEach(({ cell }, i) => {
      if (cell >= 0) candidates.push({ cell, site: upgrades[i] as ServicePoint });
    });
  }
  if (sitingKind !== "upgrade" && newCost <= most) for (const cell of fresh) candidates.push({ cell, site: null });
  const costs = candidates.map(({ site }) => (site ? upgradeCost : newCost));
  const spending = { costs, budget: most } satisfies Spending;
  return { candidates, spending };
}

/** Where a candidate of searched ground lies: a site where it is, a new place in the middle of its cell. */
function placeOf(on: Ground, { cell, site }: Candidate, choice: SitingAsked["choice"]): Omit<Chosen, "cell"> {
  const { x, y } = cellCentre(on.grid, cell);
  const [longitude, latitude] = projectionOf(on.grid).toWgs84(x, y);
  const finest = on.unitAt.findLast(({ unit }) => (unit[cell] as number) >= 0);
  const unit = finest ? (on.units[finest.unit[cell] as number]?.unit ?? null) : null;
  const at = site ? { longitude: site.longitude, latitude: site.latitude } : { longitude, latitude };
  const cost = (site ? choice?.costUpgrade : choice?.costNew) ?? null;
  return { ...at, unit, point: site?.point ?? null, code: site?.code ?? null, cost };
}

type Chosen = Omit<Suggested["places"][number], "people"> & { cell: number };
/** What siting gives: the places, and seconds to the nearest service with all of them, right up to the threshold. */
export type Sited = Suggested & { time: Float64Array };
/** A place that is looked at more closely, and what it takes from the budget. */
type Listed = Omit<Chosen, "cell"> & { spent: number };

/** How many places stay after the wide cells, for the choice on the ground as it is. */
const shortListed = (count: number) => Math.min(3 * count, count + 12);

/** Lists places on wide cells (maximal covering by greedy choice, without regard to the budget), best first. */
function shortList(wide: Ground, asked: SitingAsked): { places: Listed[]; candidates: number } {
  const { thresholdSeconds, count, standing, step, choice } = asked;
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
  const fresh = most < all.length ? candidatesOf(wide, built, people, reached, most) : all;
  const { candidates, spending } = offered(wide, built, fresh, asked);
  const cells = candidates.map(({ cell }) => cell);
  const wanted = (cell: number) => (people[cell] as number) > 0 && !reached(cell);
  const found: Catchment[] = [];
  for (const catchment of catchmentsOf(wide, built, cells, thresholdSeconds)) {
    found.push(onlyUnreached(catchment, wanted));
    if (found.length % 25 === 0) step?.(found.length, cells.length);
  }
  const unlimited = { ...spending, budget: Number.POSITIVE_INFINITY };
  const places = siteByCoverage(found, people, shortListed(count), unlimited).chosen.map((chosen) => {
    return { ...placeOf(wide, candidates[chosen] as Candidate, choice), spent: spending.costs[chosen] as number };
  });
  return { places, candidates: cells.length };
}

/**
 * Chooses among the places of the short list on the ground as it is: what looks better on wide cells may not be. Best first,
 * within the budget.
 */
function choose(
  ground: Ground,
  built: BuiltFriction,
  time: Float64Array,
  listed: readonly Listed[],
  { thresholdSeconds, count, choice }: SitingAsked,
  snapMetres: number,
): Chosen[] {
  const standing = place(built.friction, listed, snapMetres).flatMap(({ cell }, i) => {
    const { spent, ...each } = listed[i] as Listed;
    return cell >= 0 ? [{ each: { ...each, cell }, spent }] : [];
  });
  const wanted = (cell: number) =>
    (ground.population[cell] as number) > 0 && !((time[cell] as number) <= thresholdSeconds);
  const cells = standing.map(({ each }) => each.cell);
  const found = Array.from(catchmentsOf(ground, built, cells, thresholdSeconds), (each) => onlyUnreached(each, wanted));
  const spending = { costs: standing.map(({ spent }) => spent), budget: choice?.budget ?? Number.POSITIVE_INFINITY };
  return siteByCoverage(found, ground.population, count, spending).chosen.map(
    (chosen) => (standing[chosen] as (typeof standing)[number]).each,
  );
}

/** Counts on the ground as it is what each place adds, beside those before it. */
function counted(
  ground: Ground,
  built: BuiltFriction,
  time: Float64Array,
  { places, candidates }: { places: readonly Chosen[]; candidates: number },
  thresholdSeconds: number,
): Sited {
  let nearest = time;
  const told = places.flatMap(({ cell: at, ...each }) => {
    const more = lesserOf(nearest, timesTo(ground, built, [at], thresholdSeconds));
    let people = 0;
    more.forEach((seconds, cell) => {
      if (seconds <= thresholdSeconds && !((nearest[cell] as number) <= thresholdSeconds))
        people += ground.population[cell] as number;
    });
    nearest = more;
    return people > 0 ? [{ ...each, people }] : [];
  });
  return { places: told, candidates, time: nearest };
}

/**
 * Where further services would bring most people within reach who are not: listed on wide cells, chosen and counted on the
 * ground as it is, each beside those before it.
 * @param ground with the people who count as its population
 * @param time seconds to the nearest service as it is
 */
export function propose(ground: Ground, built: BuiltFriction, time: Float64Array, asked: SitingAsked): Sited {
  if (asked.count === 0) return { places: [], candidates: 0, time };
  const wide = asked.wide ?? wideGround(ground);
  const snap = Math.max(asked.snapMetres, wide.grid.cellWidth);
  const { places, candidates } = shortList(wide, asked);
  const chosen = choose(ground, built, time, places, asked, snap);
  return counted(ground, built, time, { places: chosen, candidates }, asked.thresholdSeconds);
}

/**
 * As `propose`, with every populated cell of the ground as it is a candidate, searched on threads: exact, and a matter of
 * minutes on foot, of hours where catchments are as large as those by motor vehicle. Ends with the thread that it runs on.
 */
export async function proposeEverywhere(
  ground: Ground,
  built: BuiltFriction,
  time: Float64Array,
  asked: SitingAsked,
): Promise<Sited> {
  const { count, thresholdSeconds, choice, step } = asked;
  if (count === 0) return { places: [], candidates: 0, time };
  const left = ground.population.map((people, cell) => ((time[cell] as number) <= thresholdSeconds ? 0 : people));
  const { candidates, spending } = offered(ground, built, populatedCells(built.friction, ground.population), asked);
  const cells = Int32Array.from(candidates, ({ cell }) => cell);
  const { chosen } = await siteAnywhereInThreads(built.friction, cells, left, count, {
    ...{ maximum: thresholdSeconds, movement: movementOf(ground, built), ...spending },
    ...(step ? { onProgress: step } : {}),
  });
  const places = chosen.map((candidate) => {
    const taken = candidates[candidate] as Candidate;
    return { ...placeOf(ground, taken, choice), cell: taken.cell };
  });
  return counted(ground, built, time, { places, candidates: cells.length }, thresholdSeconds);
}
