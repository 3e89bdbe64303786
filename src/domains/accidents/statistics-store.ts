import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import { ageBands, type CountedCell, type Dimension, groupOfDevice, unknownKey } from "./model-statistics.ts";

/** Whose casualties are counted, and as they were known when. */
export interface FactsAsked {
  /** Null for every country that the caller sees. */
  countries: readonly string[] | null;
  /** First moment that is not known any more, ISO; null for now. */
  knownBefore: string | null;
  from: number | null;
  to: number | null;
  /** Countries that count people who lost a limb among the injured. */
  withinInjured: readonly string[];
  /** Counts everybody whatever the caller may see; what comes of it must be hidden where it is small. */
  forPublication: boolean;
}

const bands = sql.join(
  ageBands.map(({ key, from, to }) => sql`when f.age between ${sql.lit(from)} and ${sql.lit(to)} then ${sql.lit(key)}`),
  sql` `,
);
const groups = sql.join(
  [...groupOfDevice].map(([device, group]) => sql`when ${sql.lit(device)} then ${sql.lit(group)}`),
  sql` `,
);
const unknown = sql.lit(unknownKey);

/** How the value of each dimension follows from a fact. Text, never null. */
const dimensionValues = (asked: FactsAsked): Readonly<Record<Dimension, RawBuilder<unknown>>> => ({
  year: sql`coalesce(extract(year from f.occurred_on)::integer::text, ${unknown})`,
  country: sql`f.country`,
  unit: sql`coalesce(t.province::text, ${unknown})`,
  outcome: sql`case when f.outcome = 'amputated' and f.country = any (${[...asked.withinInjured]}::text[]) then 'injured' else f.outcome end`,
  status: sql`coalesce(f.status, ${unknown})`,
  sex: sql`coalesce(f.sex, ${unknown})`,
  ageGroup: sql`coalesce(f.age_group, ${unknown})`,
  ageBand: sql`case ${bands} else coalesce(f.age_group, ${unknown}) end`,
  sexAge: sql`case when f.sex = 'other' then 'other' when f.sex = 'male' and f.age_group = 'adult' then 'man'
    when f.sex = 'female' and f.age_group = 'adult' then 'woman' when f.sex = 'male' and f.age_group = 'child' then 'boy'
    when f.sex = 'female' and f.age_group = 'child' then 'girl' else ${unknown} end`,
  device: sql`coalesce(f.device, ${unknown})`,
  deviceGroup: sql`case f.device ${groups} else ${unknown} end`,
  activity: sql`coalesce(f.activity, ${unknown})`,
});

const factsOf = (asked: FactsAsked) =>
  asked.forPublication
    ? sql`accidents_facts_for_publication(${asked.countries?.[0] ?? null})`
    : sql`accidents_facts(${asked.countries === null ? null : [...asked.countries]}::text[], ${asked.knownBefore}::timestamptz)`;

/** Facts with the first-level unit of each, where a dimension needs it. */
function from(asked: FactsAsked, by: readonly Dimension[]): RawBuilder<unknown> {
  const units = by.includes("unit")
    ? sql`left join (
        with recursive tree as (
          select country, id, id as province from places_name where level = 1
          union all
          select u.country, u.id, tree.province from places_name u join tree on u.country = tree.country and u.parent = tree.id)
        select * from tree) t on t.country = f.country and t.id = f.unit`
    : sql``;
  const years =
    asked.from === null && asked.to === null
      ? sql``
      : sql`where extract(year from f.occurred_on) between ${asked.from ?? 0} and ${asked.to ?? 9999}`;
  return sql`${factsOf(asked)} f ${units} ${years}`;
}

/** Counts casualties and accidents by up to three dimensions, with every total; a total's key is null. */
export async function countFacts(tx: Tx, asked: FactsAsked, by: readonly Dimension[]): Promise<CountedCell[]> {
  const values = dimensionValues(asked);
  const names = by.map((_, i) => sql.ref(`k${i}`));
  const { rows } = await sql<Record<string, unknown>>`
    select ${sql.join(names)}, count(*)::integer as casualties, count(distinct (country, accident))::integer as accidents
    from (select f.country, f.accident, ${sql.join(by.map((dimension, i) => sql`${values[dimension]} as ${sql.ref(`k${i}`)}`))}
      from ${from(asked, by)}) x
    group by cube (${sql.join(names)})`.execute(tx);
  return rows.map((row) => ({
    keys: by.map((_, i) => (row[`k${i}`] as string | null) ?? null),
    casualties: row.casualties as number,
    accidents: row.accidents as number,
  }));
}

/** One row for each casualty with the values of some dimensions, in an order that says nothing of when they were entered. */
export async function listFacts(
  tx: Tx,
  asked: FactsAsked,
  by: readonly Dimension[],
  limit: number,
): Promise<Record<string, string>[]> {
  const values = dimensionValues(asked);
  const names = sql.join(by.map((name) => sql.ref(name)));
  const { rows } = await sql<Record<string, string>>`select ${names}
    from (select ${sql.join(by.map((dimension) => sql`${values[dimension]} as ${sql.ref(dimension)}`))} from ${from(asked, by)}) x
    order by ${names} limit ${limit}`.execute(tx);
  return rows;
}

/** The countries of which the caller sees accidents. */
export async function countriesWithAccidents(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ country: string }>`select distinct country from accidents_accident`.execute(tx);
  return rows.map(({ country }) => country);
}
