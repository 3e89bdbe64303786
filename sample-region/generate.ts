import { generateAccidents } from "./accidents.ts";
import { generateAreas, noContamination } from "./areas.ts";
import { readUnits, type UnitSource } from "./boundaries.ts";
import { parseDate } from "./calendar.ts";
import { type Context, firstDay } from "./context.ts";
import { generateEvents } from "./events.ts";
import { generateTeams } from "./field-work.ts";
import { generateFinds } from "./finds.ts";
import type { SampleItem } from "./item.ts";
import { generateOrganisations } from "./organisations.ts";
import { inventPlaces } from "./places.ts";
import { programmes } from "./programmes/index.ts";
import type { Programme } from "./programmes/programme.ts";
import { apportion } from "./random.ts";
import { generateUnits } from "./units.ts";

export interface SampleOptions {
  /** Any whole number; the same one gives the same bytes on every machine. */
  seed: number;
  /** 1 is the demonstration: about 2,500 areas. Units and organisations do not grow with it. */
  scale: number;
  /** The last day of the ten years or less of history, an ISO date from 2016-08-01 on. */
  until?: string;
  /** Countries to generate, alpha-3; all six when left out. */
  countries?: readonly string[];
  /** Where real first-level units come from; the boundary file when left out. */
  units?: UnitSource;
  /** Hears of each country when all its items are made: what else is invented there can stand on the same ground. */
  onCountry?: (context: Context) => void;
}

/** The last day of the demonstration. */
export const lastDay = "2026-06-30";

const batchSize = 500;

/**
 * Generates the sample region in batches of at most 500 items, a country after the other: units, organisations, then
 * for each province its areas, accidents, finds and events. What an item points to always comes before it; the
 * corrections of a record follow it in order. Memory does not grow with the scale beyond the grid of one province.
 * @throws RangeError for a scale that is not positive, a date out of range or a country that has no programme
 */
export function* generate(options: SampleOptions): Generator<SampleItem[]> {
  let batch: SampleItem[] = [];
  for (const item of generateItems(options)) {
    batch.push(item);
    if (batch.length === batchSize) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

function* generateItems({
  seed,
  scale,
  until = lastDay,
  countries,
  units,
  onCountry,
}: SampleOptions): Generator<SampleItem> {
  const [start, end] = [parseDate(firstDay), parseDate(until)];
  if (!(scale > 0 && Number.isFinite(scale))) throw new RangeError(`The scale must be positive: ${scale}`);
  if (end < start + 31) throw new RangeError(`The sample region begins on ${firstDay}, so it cannot end on ${until}`);
  const chosen = programmes.filter(({ country }) => countries?.includes(country) ?? true);
  if (countries && chosen.length !== new Set(countries).size) {
    throw new RangeError(`No sample programme for one of ${countries.join(", ")}`);
  }
  const source = units ?? readUnits();
  for (const programme of chosen) {
    const context: Context = {
      programme,
      places: inventPlaces(programme, source.units(programme.country), `${seed}`),
      source,
      seed: `${seed}`,
      scale,
      start,
      until: end,
      neighbours: new Map(),
      organisations: new Map(),
      teams: new Map(),
      unitIds: new Map(),
      numbers: new Map(),
    };
    yield* oneCountry(context);
    onCountry?.(context);
  }
}

function* oneCountry(context: Context): Generator<SampleItem> {
  const { programme, places, scale } = context;
  yield* generateUnits(context);
  yield* generateOrganisations(context);
  yield* generateTeams(context);
  const byWeight = programme.provinces.map(({ weight }) => weight);
  const byAccidents = programme.provinces.map(({ weight, accidents }) => accidents ?? weight);
  const share = (thing: keyof Programme["count"], weights: readonly number[]) =>
    apportion(programme.count[thing] * scale, weights);
  const [areas, finds, events] = [share("areas", byWeight), share("finds", byWeight), share("events", byWeight)];
  const accidents = share("accidents", byAccidents);
  for (const [i, province] of programme.provinces.entries()) {
    const territory = places.affected[i];
    if (!territory) continue;
    const contamination = noContamination();
    yield* generateAreas(context, territory, province, areas[i] ?? 0, contamination);
    yield* generateAccidents(context, territory, province, accidents[i] ?? 0, contamination);
    yield* generateFinds(context, territory, province, finds[i] ?? 0, contamination);
    yield* generateEvents(context, territory, province, events[i] ?? 0, contamination);
  }
}
