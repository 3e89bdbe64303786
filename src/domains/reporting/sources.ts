import { suppress } from "@santi/safe-statistics";
import { sensitivityRank } from "../../platform/contract/sensitivity.ts";
import type { Context } from "../../platform/http/handler.ts";
import { Problem } from "../../platform/kernel/problem.ts";
import { type StatisticsOutput, statisticsOutput, statisticsRoutes } from "../accidents/contract-statistics.ts";
import { implementations as accidents } from "../accidents/index.ts";
import { ledgerTable } from "../ledger/index.ts";
import { type Movement, releasedIn } from "../ledger/model.ts";
import {
  countAreas,
  countItems,
  countServices,
  countVisits,
  countWork,
  type Grouped,
  type Scope,
} from "./facts-store.ts";
import { type Asked, askedKey, type Cell, type Missing, none, number, type Parameters, type Series } from "./model.ts";
import type { Where } from "./model-definition.ts";
import { type Dimension, measureOf, type Source } from "./model-measures.ts";
import { smallestCount } from "./settings.ts";
import { publishedResults } from "./sources-published.ts";
import { answerEducation, answerIndicators, answerResults, type ResultsAsked } from "./sources-results.ts";

/** Several measures of one source, cut and narrowed alike: one question to the database. */
interface Group extends Scope {
  source: Source;
  by: Dimension | null;
  where: Where;
  measures: string[];
  audience: Parameters["audience"];
  /** Whether whoever asks is cleared for records of level "restricted", whomever the report is made for. */
  cleared: boolean;
  /** Statistics of casualties that were asked for already; several cuts can be read from one. */
  statistics: StatisticsOutput[];
  /** Figures of projects that were asked for already. */
  results: Map<string, Promise<Series>>;
}

type Answers = Map<string, Series>;
const whole = (value: Cell): Series => ({ rows: new Map(), total: value });

const movements: Readonly<Record<string, (movement: Movement) => number>> = {
  "land.opening": (m) => m.opening,
  "land.identified": (m) => m.identified,
  "land.boundary-increase": (m) => m.boundaryIncrease,
  "land.boundary-decrease": (m) => m.boundaryDecrease,
  "land.administrative": (m) => m.administrative,
  "land.cancelled": (m) => m.cancelled,
  "land.reduced": (m) => m.reducedWithoutAsset + m.reducedWithAsset,
  "land.cleared": (m) => m.cleared,
  "land.released": releasedIn,
  "land.closing": (m) => m.closing,
  "land.suspected": (m) => m.closingSuspected,
  "land.confirmed": (m) => m.closingConfirmed,
};

const ledgerCuts = ["province", "organisation", "contamination", "method", "landClass", "project", "year"] as const;

/** What the ledger is asked by: the filters of a question that it knows. */
export function ledgerFilter({ country, from, to, knownOn }: Scope, where: Where) {
  const { province, organisation, contamination, method, landClass, project } = where;
  const filters = { province, organisation, contamination, method, landClass, project };
  return { country, from, to, ...(knownOn ? { knownOn } : {}), ...filters };
}

/** A table by year from the statements of its years, which the ledger tells from sums. */
async function byYears(
  { tx }: Context,
  of: Group,
): Promise<{ rows: { key: string; movement: Movement }[]; total: Movement }> {
  const filter = ledgerFilter(of, of.where);
  const rows: { key: string; movement: Movement }[] = [];
  for (let year = Number(of.from.slice(0, 4)); year <= Number(of.to.slice(0, 4)); year++) {
    const [first, last] = [`${year}-01-01`, `${year}-12-31`];
    const period = { from: first > of.from ? first : of.from, to: last < of.to ? last : of.to };
    rows.push({ key: String(year), movement: (await ledgerTable(tx, { ...filter, ...period }, "none")).total });
  }
  return { rows, total: (await ledgerTable(tx, filter, "none")).total };
}

async function fromLedger(context: Context, of: Group): Promise<Answers> {
  const by = ledgerCuts.find((cut) => cut === of.by) ?? "none";
  const { organisation, method, landClass, project } = of.where;
  // By these the ledger keeps no sums; one pass over the entries is then cheaper than one for each year.
  const summed = [organisation, method, landClass, project].every((values) => values === undefined);
  const { rows, total } =
    by === "year" && summed
      ? await byYears(context, of)
      : await ledgerTable(context.tx, ledgerFilter(of, of.where), by);
  return new Map(
    of.measures.map((measure) => {
      const figure = movements[measure] as (movement: Movement) => number;
      const said = rows.map(({ key, movement }) => [key, number(figure(movement))] as const);
      // Rows of a cut where nothing is and nothing happened say nothing.
      const kept = said.filter(
        (_, n) => by === "year" || Object.values(rows[n]?.movement ?? {}).some((each) => each !== 0),
      );
      return [measure, { rows: new Map(by === "none" ? [] : kept), total: number(figure(total)) }];
    }),
  );
}

/** Rows whose every figure is nothing say nothing. */
function seriesOf(found: readonly Grouped[], by: Dimension | null, measure: string): Series {
  const cell = (value: number | null | undefined) =>
    value === null || value === undefined ? none("not-given") : number(value);
  const rows = found.filter(({ whole: isWhole, values }) => !isWhole && Object.values(values).some((each) => each));
  const total = found.find(({ whole: isWhole }) => isWhole)?.values[measure];
  return {
    rows: new Map(by === null ? [] : rows.map(({ key, values }) => [key, cell(values[measure])])),
    total: cell(total),
  };
}

const fromGrouped = (of: Group, found: readonly Grouped[]): Answers =>
  new Map(of.measures.map((measure) => [measure, seriesOf(found, of.by, measure)]));

const statistics = accidents.find(({ routes }) => routes === statisticsRoutes)?.handlers.statistics;

const isWholeYears = ({ from, to }: Scope) => from.endsWith("-01-01") && to.endsWith("-12-31");

/** The caller as anybody without an account; what is published is published to everybody. */
const asPublic = (context: Context): Context => ({
  ...context,
  caller: {
    ...context.caller,
    levelFor: () => "public",
    claims: { ...context.caller.claims, baseLevel: 0, countryLevels: {} },
  },
});

/** Men, women, boys and girls are not a table that is published, but two properties of one that is. */
const sexAgeOf: Readonly<Record<string, string>> = {
  "male adult": "man",
  "female adult": "woman",
  "male child": "boy",
  "female child": "girl",
};

/**
 * Casualties by the front door of accidents, so that small counts are hidden here as they are there. They are counted
 * by years; a period that cuts one cannot be told.
 */
async function fromCasualties(context: Context, of: Group): Promise<Answers> {
  const missing = (why: Missing): Answers => new Map(of.measures.map((measure) => [measure, whole(none(why))]));
  if (!isWholeYears(of)) return missing("whole-years-only");
  if (!statistics) return missing("not-given");
  const wanted = [...new Set([...(of.by ? [of.by] : []), ...Object.keys(of.where)])].filter((name) => name !== "year");
  const partsOf = (name: string) => (name === "sexAge" ? ["sex", "ageGroup"] : [name === "province" ? "unit" : name]);
  const asked = wanted.flatMap(partsOf);
  const needed = ["year", ...new Set(asked)];
  // Cuts are of three dimensions at most; the year is always one of them.
  if (needed.length > 3) return missing("not-published");
  const [from, to] = [Number(of.from.slice(0, 4)), Number(of.to.slice(0, 4))];
  const query = { by: needed, country: [of.country], from, to, ...(of.knownOn ? { knownOn: of.knownOn } : {}) };
  let answer = of.statistics.find(({ by: cut }) => needed.every((name) => (cut as readonly string[]).includes(name)));
  if (!answer) {
    try {
      answer = statisticsOutput.parse(await statistics(context, { query, params: undefined, body: undefined }));
    } catch (cause) {
      if (cause instanceof Problem && cause.code === "accidents.not-published") return missing("not-published");
      throw cause;
    }
    of.statistics.push(answer);
  }
  const { rows: counted, suppression } = answer;
  const by: readonly string[] = answer.by;
  // Without a small count to hide, what no row says is nobody; rows of nobody are left out of the answer.
  const valueAt = (keys: readonly (string | null)[], dimension: string): string | null => {
    const at = (name: string) => keys[by.indexOf(name)] ?? null;
    if (dimension !== "sexAge") return at(dimension === "province" ? "unit" : dimension);
    const [sex, age] = [at("sex"), at("ageGroup")];
    return sex === null && age === null ? null : (sexAgeOf[`${sex} ${age}`] ?? "unknown");
  };
  const added = new Map<string, { people: Cell; accidents: Cell }>();
  const add = (one: Cell | undefined, count: number | null): Cell => {
    if (one?.value === null || count === null) return none("hidden");
    return number((one?.value ?? 0) + count);
  };
  const sums = (name: string, counts: { casualties: number | null; accidents: number | null }) => {
    const before = added.get(name);
    // What is not told of accidents is not told because somebody could be counted back from it.
    const accidents = of.audience === "public" || suppression ? null : counts.accidents;
    added.set(name, { people: add(before?.people, counts.casualties), accidents: add(before?.accidents, accidents) });
  };
  const whereMatches = (keys: readonly (string | null)[]) =>
    Object.entries(of.where).every(([dimension, values]) => {
      const value = valueAt(keys, dimension) ?? "unknown";
      return values.includes(value) || (value === "unknown" && values.includes("none"));
    });
  const cut = of.by === null || of.by === "year" ? null : of.by;
  const cutNames = cut === null ? [] : partsOf(cut);
  const whereNames = [
    ...new Set(
      Object.keys(of.where)
        .filter((name) => name !== "year")
        .flatMap(partsOf),
    ),
  ];
  for (const { keys, casualties, accidents } of counted) {
    const year = keys[0];
    if (year === null || year === undefined || year === "unknown") continue;
    // A row that is added up over something counts where that is not asked for, and nowhere else.
    const isOpen = (name: string) => keys[by.indexOf(name)] === null;
    const beside = by.slice(1).filter((name) => !needed.includes(name));
    if (whereNames.some(isOpen) || !beside.every(isOpen) || !whereMatches(keys)) continue;
    const others = cutNames.filter((name) => !whereNames.includes(name));
    const counts = { casualties, accidents };
    if (others.every(isOpen)) {
      sums("total", counts);
      if (of.by === "year") sums(`row ${year}`, counts);
    }
    if (cut !== null && !cutNames.some(isOpen)) sums(`row ${valueAt(keys, cut) ?? "unknown"}`, counts);
  }
  return new Map(
    of.measures.map((measure) => {
      const which = measure === "casualties.people" ? ("people" as const) : ("accidents" as const);
      const rows = [...added].flatMap(([name, cells]) => {
        if (!name.startsWith("row ")) return [];
        const key = name.slice(4);
        return [[key === "unknown" ? null : key, cells[which]] as const];
      });
      return [measure, { rows: new Map(rows), total: added.get("total")?.[which] ?? number(0) }];
    }),
  );
}

/** Services given are counted for who is cleared to see all of them; small counts are hidden for everybody. */
async function fromAssistance(context: Context, of: Group): Promise<Answers> {
  if (sensitivityRank(context.caller.levelFor(of.country)) < sensitivityRank("strictly-confidential"))
    return new Map(of.measures.map((measure) => [measure, whole(none("withheld"))]));
  const found = await countServices(context.tx, of, of.where, of.by);
  const threshold = await smallestCount(context.tx, of.country);
  const rows = found.filter((each) => !each.whole);
  const hidden = (measure: string): Series => {
    const counts = rows.map(({ values }) => values[measure] ?? 0);
    const small = (value: number | null) => value !== null && value > 0 && value < threshold;
    const series = seriesOf(found, of.by, measure);
    const total = small(series.total.value) ? none("hidden") : series.total;
    if (of.by === null || counts.length === 0) return whole(total);
    const values = rows.map(({ key }) => key ?? "");
    const { cells } = suppress([{ dimensions: [{ name: "row", values }], counts }], { threshold });
    const shown = new Map(cells.map(({ place, count }) => [place.row, count]));
    return {
      total,
      rows: new Map(
        rows.map(({ key }) => {
          const count = shown.get(key ?? "") ?? null;
          return [key, count === null ? none("hidden") : number(count)] as const;
        }),
      ),
    };
  };
  return new Map(of.measures.map((measure) => [measure, hidden(measure)]));
}

/** Each measure by itself, counted by who is cleared for the records that it counts. */
async function eachCleared(
  context: Context,
  of: Group,
  answer: (context: Context, of: ResultsAsked) => Promise<Series>,
): Promise<Answers> {
  const answers: Answers = new Map();
  // What is made for everybody is counted by who may count all of it, and told without small counts.
  const told = of.audience === "public" ? publishedResults : answer;
  for (const measure of of.measures)
    answers.set(
      measure,
      of.cleared ? await told(context, { ...of, measure, known: of.results }) : whole(none("withheld")),
    );
  return answers;
}

/** Indicators are public; what they count is answered as anywhere else in the report. */
async function fromIndicators(context: Context, of: Group): Promise<Answers> {
  const { country, from, to, knownOn, audience } = of;
  const count = async (measure: string) => {
    const asked: Asked = { country, measure, by: null, where: {}, from, to };
    const answers = await answerAll(context, [asked], { knownOn, audience });
    return answers.get(askedKey(asked))?.total ?? none("not-given");
  };
  const answers: Answers = new Map();
  for (const measure of of.measures)
    answers.set(measure, await answerIndicators(context, { ...of, measure, known: of.results }, count));
  return answers;
}

const isCleared = ({ caller }: Context, { country }: Pick<Group, "country">) =>
  sensitivityRank(caller.levelFor(country)) >= sensitivityRank("restricted");

/** Finds, reports and visits are records of level "restricted": who is not cleared would count only some of them. */
async function ofCleared(context: Context, of: Group, count: () => Promise<Grouped[]>): Promise<Answers> {
  if (!isCleared(context, of)) return new Map(of.measures.map((measure) => [measure, whole(none("withheld"))]));
  return fromGrouped(of, await count());
}

const sources: Readonly<Record<Source, (context: Context, of: Group) => Promise<Answers>>> = {
  ledger: fromLedger,
  areas: async (context, of) =>
    fromGrouped(of, await countAreas(context.tx, of, of.where, of.by === "province" ? "province" : null)),
  casualties: fromCasualties,
  ordnance: (context, of) => ofCleared(context, of, () => countItems(context.tx, of, of.where, of.by)),
  reports: (context, of) => ofCleared(context, of, () => countWork(context.tx, of, of.where, of.by)),
  visits: (context, of) => ofCleared(context, of, () => countVisits(context.tx, of, of.where, of.by)),
  assistance: fromAssistance,
  results: (context, of) => eachCleared(context, of, answerResults),
  education: (context, of) => eachCleared(context, of, answerEducation),
  indicators: fromIndicators,
};

/**
 * Counts everything that a report asks for, with the caller's clearance. Questions that one query answers are asked once.
 * @throws Problem as the sources do
 */
export async function answerAll(
  context: Context,
  asked: readonly Asked[],
  parameters: Pick<Parameters, "knownOn" | "audience">,
): Promise<Map<string, Series>> {
  // What is made for everybody is made with nobody's clearance, in every source alike.
  const asking = parameters.audience === "public" ? asPublic(context) : context;
  const groups = new Map<string, Group>();
  const statistics = new Map<string, StatisticsOutput[]>();
  const results = new Map<string, Promise<Series>>();
  const { knownOn, audience } = parameters;
  for (const question of asked) {
    const source = measureOf(question.measure)?.source;
    if (!source) continue;
    const { country, by, where, from, to } = question;
    const shared = [country, from, to].join();
    const known = statistics.get(shared) ?? [];
    statistics.set(shared, known);
    const key = groupKey(source, question);
    const group = groups.get(key) ?? {
      source,
      country,
      by,
      where,
      from,
      to,
      knownOn,
      audience,
      measures: [],
      ...{ statistics: known, results, cleared: isCleared(context, question) },
    };
    group.measures.push(question.measure);
    groups.set(key, group);
  }
  const answers = new Map<string, Series>();
  // Finer cuts first: coarser ones are read from them.
  const fineness = ({ by, where }: Group) => (by === null ? 0 : 1) + Object.keys(where).length;
  for (const group of [...groups.values()].sort((a, b) => fineness(b) - fineness(a))) {
    context.signal.throwIfAborted();
    const cut = group.by === null ? cutOf(groups, group) : undefined;
    if (cut) {
      for (const measure of group.measures) {
        const found = answers.get(askedKey({ ...cut, measure }));
        if (found) answers.set(askedKey({ ...group, measure }), whole(found.total));
      }
      continue;
    }
    const found = await sources[group.source](asking, withWholes(groups, group));
    for (const [measure, series] of found) answers.set(askedKey({ ...group, measure }), series);
  }
  return answers;
}

const groupKey = (source: Source, of: Omit<Asked, "measure">) => `${source} ${askedKey({ ...of, measure: "" })}`;

/** Whose whole is told by each of their cuts. */
const wholeInCuts: readonly Source[] = ["ledger", "areas", "ordnance", "reports", "visits"];

/** A cut of the same records, whose whole is what is asked for. */
function cutOf(groups: ReadonlyMap<string, Group>, of: Group): Group | undefined {
  if (!wholeInCuts.includes(of.source)) return undefined;
  return [...groups.values()].find(
    (each) => each.by !== null && groupKey(each.source, { ...each, by: null }) === groupKey(of.source, of),
  );
}

/** A cut with the measures that are asked for of its whole alone. */
function withWholes(groups: ReadonlyMap<string, Group>, of: Group): Group {
  const wholes = of.by === null ? undefined : groups.get(groupKey(of.source, { ...of, by: null }));
  return wholes ? { ...of, measures: [...new Set([...of.measures, ...wholes.measures])] } : of;
}
