import { type CountTable, type Suppression, suppress } from "@santi/safe-statistics";
import { sensitivityRank } from "../../platform/contract/sensitivity.ts";
import type { Context } from "../../platform/http/handler.ts";
import { Problem } from "../../platform/kernel/problem.ts";
import { referencesById } from "../../platform/records/references.ts";
import { accidentProblems } from "./contract.ts";
import type { StatisticsOutput, StatisticsQuery } from "./contract-statistics.ts";
import {
  type CountedCell,
  compareKeys,
  type Dimension,
  presentCells,
  published,
  publishedFor,
} from "./model-statistics.ts";
import { amputatedIn, smallestCount } from "./settings.ts";
import { countFacts, countriesWithAccidents, type FactsAsked } from "./statistics-store.ts";

/** Larger cuts are not figures any more. */
const mostCells = 20_000;

const restricted = sensitivityRank("restricted");

/** The first moment after a day in UTC. */
export function endOfDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString();
}

/**
 * The countries whose facts a caller may count exactly: those that were asked for, or all that are open; null means
 * every country. Undefined when small counts must be hidden.
 */
function exactCountries(
  { caller }: Context,
  asked: readonly string[] | undefined,
): readonly string[] | null | undefined {
  const { claims } = caller;
  if (asked)
    return asked.every((country) => sensitivityRank(caller.levelFor(country)) >= restricted) ? asked : undefined;
  if (claims.baseLevel >= restricted) return null;
  const open = Object.keys(claims.countryLevels).filter(
    (country) => (claims.countryLevels[country] ?? 0) >= restricted,
  );
  return open.length > 0 ? open : undefined;
}

async function countingOf(context: Context, countries: readonly string[] | null) {
  const list = countries ?? (await countriesWithAccidents(context.tx));
  const ways = await Promise.all(list.map((country) => amputatedIn(context.tx, country)));
  const withinInjured = list.filter((_, i) => ways[i] === "within-injured");
  const same = new Set(ways).size <= 1;
  return { withinInjured, amputated: same ? (ways[0] ?? "apart") : ("differs" as const) };
}

/** Results by what they were made of: the same counts are hidden in the same way, and that takes a while to find out. */
const suppressions = new Map<string, Suppression>();

function suppressed(tables: readonly CountTable[], threshold: number): Suppression {
  const key = JSON.stringify([threshold, tables]);
  const known = suppressions.get(key);
  if (known) return known;
  const made = suppress(tables, { threshold });
  suppressions.set(key, made);
  const [oldest] = suppressions.keys();
  if (suppressions.size > 20 && oldest !== undefined) suppressions.delete(oldest);
  return made;
}

/** Inner cells as a full table: every value that occurs of each dimension, zero where nobody was counted. */
export function tableOf(by: readonly Dimension[], cells: readonly CountedCell[]): CountTable {
  const inner = cells.filter(({ keys }) => keys.every((key) => key !== null));
  const dimensions = by.map((name, i) => ({
    name,
    values: [...new Set(inner.map(({ keys }) => keys[i] as string))].sort((a, b) => compareKeys(name, a, b)),
  }));
  const counts = new Map(inner.map(({ keys, casualties }) => [JSON.stringify(keys), casualties ?? 0]));
  const places = dimensions.reduce<string[][]>(
    (all, { values }) => all.flatMap((keys) => values.map((value) => [...keys, value])),
    [[]],
  );
  return { dimensions, counts: places.map((keys) => counts.get(JSON.stringify(keys)) ?? 0) };
}

/**
 * What a country publishes: all published tables hidden as one. Nothing else is told to who is not cleared.
 * @param by a cut of a published table
 * @throws Problem `accidents.not-published` for another
 */
async function publishedCells(
  context: Context,
  query: StatisticsQuery,
  country: string,
): Promise<{
  cells: CountedCell[];
  threshold: number;
  hidden: number;
  amputated: "apart" | "within-injured" | "differs";
}> {
  const table = publishedFor(query.by);
  // Figures of two days set against each other would tell who was added between them.
  if (!table || query.knownOn) throw new Problem(accidentProblems["not-published"]);
  const { withinInjured, amputated } = await countingOf(context, [country]);
  const asked: FactsAsked = {
    ...{ countries: [country], knownBefore: null, from: null, to: null, withinInjured },
    forPublication: true,
  };
  const threshold = await smallestCount(context.tx, country);
  const tables: CountTable[] = [];
  for (const dimensions of published) tables.push(tableOf(dimensions, await countFacts(context.tx, asked, dimensions)));
  if (tables.some(({ counts }) => counts.length === 0)) return { cells: [], threshold, hidden: 0, amputated };
  const result = suppressed(tables, threshold);
  const inYears = (key: string | null | undefined) =>
    (query.from === undefined && query.to === undefined) ||
    (typeof key === "string" && Number(key) >= (query.from ?? 0) && Number(key) <= (query.to ?? 9999));
  const cells = result.cells
    .filter(({ place }) => Object.keys(place).every((name) => (query.by as readonly string[]).includes(name)))
    // A cut without the years that were asked for would be of all years.
    .filter(({ place }) => (query.from === undefined && query.to === undefined) || inYears(place.year))
    .map(({ place, count }) => ({
      keys: query.by.map((name) => place[name] ?? null),
      casualties: count,
      accidents: null,
    }));
  return { cells, threshold, hidden: cells.filter(({ casualties }) => casualties === null).length, amputated };
}

async function exactCells(context: Context, query: StatisticsQuery, countries: readonly string[] | null) {
  const { withinInjured, amputated } = await countingOf(context, countries);
  const cells = await countFacts(
    context.tx,
    {
      countries,
      knownBefore: query.knownOn ? endOfDay(query.knownOn) : null,
      from: query.from ?? null,
      to: query.to ?? null,
      withinInjured,
      forPublication: false,
    },
    query.by,
  );
  if (cells.length > mostCells) throw new Problem(accidentProblems["too-many-cells"], { cells: cells.length });
  return { cells, amputated };
}

/** A total over one dimension only is its row; zero cells of a publication say nothing and are left out. */
const says = ({ keys, casualties }: CountedCell) => casualties !== 0 || keys.every((key) => key === null);

/**
 * Figures of casualties, from casualty facts of approved accidents and nothing else. Who is cleared for restricted facts
 * of the countries asked for gets exact counts of what is visible to them; everybody else what the country publishes.
 * @throws Problem `accidents.not-published`, `accidents.one-country`, `accidents.too-many-cells`
 */
export async function statistics(context: Context, query: StatisticsQuery): Promise<StatisticsOutput> {
  const countries = exactCountries(context, query.country);
  const [only] = query.country?.length === 1 ? query.country : [];
  if (countries === undefined && only === undefined) throw new Problem(accidentProblems["one-country"]);
  const made =
    countries === undefined
      ? await publishedCells(context, query, only as string)
      : { ...(await exactCells(context, query, countries)), threshold: null, hidden: 0 };
  const rows = presentCells(query.by, made.cells.filter(says));
  const units = query.by.indexOf("unit");
  const ids = units < 0 ? [] : rows.map(({ keys }) => keys[units]).filter((key) => key && key !== "unknown");
  return {
    by: query.by,
    rows,
    knownOn: query.knownOn ?? null,
    amputated: made.amputated,
    suppression: made.threshold === null ? null : { threshold: made.threshold, hidden: made.hidden },
    references: await referencesById(context.tx, { unit: ids as string[] }),
  };
}
