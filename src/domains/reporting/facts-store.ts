import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import { isUuid } from "../../platform/kernel/ids.ts";
import { ordnanceGroups } from "../ordnance/model.ts";
import type { Where } from "./model-definition.ts";
import type { Dimension } from "./model-measures.ts";

/** What is counted: a country, a period with both ends within, and what was known. */
export interface Scope {
  country: string;
  from: string;
  to: string;
  /** The end of this day in UTC; null for now. */
  knownOn: string | null;
}

const knownEnd = (day: string) => sql`(${day}::date + 1)::timestamp at time zone 'UTC'`;
/** The same as a parameter that may be null. */
export const knownBefore = (day: string | null) => (day === null ? sql`null::timestamptz` : knownEnd(day));

/** The first-level unit above each unit of a country. */
export const provinces = (country: string) => sql`(
  with recursive tree as (
    select id, id as province from places_name where level = 1 and country = ${country}
    union all
    select u.id, tree.province from places_name u join tree on u.parent = tree.id where u.country = ${country})
  select * from tree)`;

const nothing = "none";
const among = (expression: RawBuilder<unknown>, values: readonly string[]) => {
  const known = values.filter((value) => value !== nothing);
  const named = sql`${expression}::text = any (${known}::text[])`;
  return known.length < values.length ? sql`(${named} or ${expression} is null)` : named;
};

/** Conditions of a filter over expressions for its dimensions. */
export function filters(
  where: Where,
  values: Readonly<Partial<Record<Dimension, RawBuilder<unknown>>>>,
): RawBuilder<unknown>[] {
  return Object.entries(where).flatMap(([name, wanted]) => {
    const expression = values[name as Dimension];
    return expression ? [among(expression, wanted)] : [];
  });
}

/** Conditions that all hold. */
export const all = (conditions: readonly RawBuilder<unknown>[]) => sql.join(conditions, sql` and `);

/** Figures of a query with grouping sets over one key: each key's row, and the whole. */
export interface Grouped {
  key: string | null;
  whole: boolean;
  values: Record<string, number | null>;
}

/** The same as a query answers it: one column a figure. */
export interface GroupedRow {
  key: string | null;
  whole: boolean;
  [name: string]: unknown;
}

/** Reads figures of a query as numbers. */
export const grouped = (rows: readonly GroupedRow[]): Grouped[] =>
  rows.map(({ key, whole, ...values }) => ({
    ...{ key, whole },
    values: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, value === null ? null : Number(value)]),
    ),
  }));

/** How the open land of each area stood before and at the end of a period. */
const standing = ({ country, from, to, knownOn }: Scope, where: Where) => sql`(
  select area, province, sum(square_metres) filter (where account = 'suspected') as suspected,
    coalesce(sum(square_metres) filter (where account = 'confirmed'), 0) as confirmed, sum(square_metres) as open,
    coalesce(sum(square_metres) filter (where effective_on < ${from}::date), 0) as before,
    coalesce(max(effective_on), '-infinity') >= ${from}::date as moved
  from ledger_posted where country = ${country} and account in ('suspected', 'confirmed') and effective_on <= ${to}::date
    ${knownOn ? sql`and known_at < ${knownEnd(knownOn)}` : sql``}
    ${all([sql``, ...areaFilters(where)])}
  group by area, province)`;

/** A condition on a column of ids, which an index can answer; what is no id is nobody's. */
const amongIds = (column: RawBuilder<unknown>, values: readonly string[]) => {
  const named = sql`${column} = any (${values.filter((value) => isUuid(value))}::uuid[])`;
  return values.includes(nothing) ? sql`(${named} or ${column} is null)` : named;
};

const areaFilters = (where: Where): RawBuilder<unknown>[] => [
  ...(where.province ? [amongIds(sql`province`, where.province)] : []),
  ...(where.contamination ? [sql`contamination && ${[...where.contamination]}::text[]`] : []),
];

const areaStates = {
  "areas.open": sql`open > 0`,
  "areas.suspected": sql`open > 0 and confirmed <= 0`,
  "areas.confirmed": sql`open > 0 and confirmed > 0`,
  "areas.released": sql`open <= 0 and moved`,
} as const;
/** The measures of numbers of areas. */
export type AreaMeasure = keyof typeof areaStates;

/** Numbers of areas, with every measure as a column; by first-level unit when asked. */
export async function countAreas(tx: Tx, scope: Scope, where: Where, by: "province" | null): Promise<Grouped[]> {
  const key = by ? sql`province::text` : sql`null::text`;
  const columns = Object.entries(areaStates).map(
    ([name, state]) => sql`count(*) filter (where ${state}) as ${sql.id(name)}`,
  );
  const { rows } = await sql<GroupedRow>`select key, grouping(key) = 1 as whole, ${sql.join(columns)}
    from (select ${key} as key, s.* from ${standing(scope, where)} s) x group by grouping sets ((key), ())`.execute(tx);
  return grouped(rows);
}

const cases = sql.join(
  Object.entries(ordnanceGroups).map(([category, group]) => sql`when ${sql.lit(category)} then ${sql.lit(group)}`),
  sql` `,
);
const itemValues: Readonly<Partial<Record<Dimension, RawBuilder<unknown>>>> = {
  province: sql`t.province::text`,
  organisation: sql`f.organisation::text`,
  year: sql`extract(year from f.found_on)::integer::text`,
  category: sql`f.category`,
  group: sql`case f.category ${cases} end`,
  context: sql`coalesce(f.context, 'unknown')`,
};
const destroyed = sql`f.disposal in ('detonated-in-place', 'removed-and-destroyed', 'burned', 'neutralised')`;

const itemsFrom = ({ country, from, to, knownOn }: Scope, where: Where) => sql`
  ordnance_found(${country}, ${knownBefore(knownOn)}) f left join ${provinces(country)} t on t.id = f.unit
  where ${all([sql`f.found_on between ${from}::date and ${to}::date`, ...filters(where, itemValues)])}`;

/** Items found and items destroyed. */
export async function countItems(tx: Tx, scope: Scope, where: Where, by: Dimension | null): Promise<Grouped[]> {
  const { rows } =
    await sql<GroupedRow>`select key, grouping(key) = 1 as whole, coalesce(sum(quantity), 0) as "ordnance.found",
      coalesce(sum(quantity) filter (where destroyed), 0) as "ordnance.destroyed"
    from (select ${(by && itemValues[by]) ?? sql`null::text`} as key, f.quantity, coalesce(${destroyed}, false) as destroyed
      from ${itemsFrom(scope, where)}) x
    group by grouping sets ((key), ())`.execute(tx);
  return grouped(rows);
}

const workValues: Readonly<Partial<Record<Dimension, RawBuilder<unknown>>>> = {
  province: sql`t.province::text`,
  organisation: sql`r.organisation::text`,
  year: sql`extract(year from r.effective_on)::integer::text`,
};
const workStates = {
  "reports.approved": sql`r.approved`,
  "reports.waiting": sql`not r.approved`,
  "reports.returned": sql`r.returned`,
  "reports.corrected": sql`r.approved and r.corrected_by is not null`,
} as const;
/** The measures of numbers of field reports. */
export type WorkMeasure = keyof typeof workStates;

const workFrom = ({ country, from, to, knownOn }: Scope, where: Where) => {
  const known = (moment: RawBuilder<unknown>) => (knownOn ? sql`${moment} < ${knownEnd(knownOn)}` : sql`true`);
  return sql`(select w.*, w.state = 'approved' and ${known(sql`w.approved_at`)} as approved,
      exists (select from land_report_returned b where b.country = w.country and b.report = w.id and ${known(sql`b.at`)}) as returned
    from land_report_work w where w.country = ${country} and w.effective_on between ${from}::date and ${to}::date
      and w.submitted_at is not null and ${known(sql`w.submitted_at`)}) r
  left join ${provinces(country)} t on t.id = r.unit
  where ${all([sql`true`, ...filters(where, workValues)])}`;
};

/** Field reports by how far they are, and the median days from handing in to approval. */
export async function countWork(tx: Tx, scope: Scope, where: Where, by: Dimension | null): Promise<Grouped[]> {
  const columns = Object.entries(workStates).map(
    ([name, state]) => sql`count(*) filter (where ${state}) as ${sql.id(name)}`,
  );
  const { rows } = await sql<GroupedRow>`select key, grouping(key) = 1 as whole, ${sql.join(columns)},
      percentile_disc(0.5) within group (order by (extract(epoch from r.approved_at - r.submitted_at) / 86400)::integer)
        filter (where r.approved) as "reports.days"
    from (select ${(by && workValues[by]) ?? sql`null::text`} as key, r.* from ${workFrom(scope, where)}) r
    group by grouping sets ((key), ())`.execute(tx);
  return grouped(rows);
}

const visitValues: Readonly<Partial<Record<Dimension, RawBuilder<unknown>>>> = {
  organisation: sql`v.organisation::text`,
  year: sql`extract(year from v.visited_on)::integer::text`,
};
const visitStates = {
  "visits.made": sql`true`,
  "visits.rejected": sql`v.result = 'rejected'`,
  "visits.critical": sql`v.open_critical > 0`,
} as const;
/** The measures of inspection visits. */
export type VisitMeasure = keyof typeof visitStates;

const visitsFrom = ({ country, from, to }: Scope, where: Where) =>
  sql`quality_acceptance v where ${all([
    sql`v.country = ${country}`,
    sql`v.visited_on between ${from}::date and ${to}::date`,
    ...filters(where, visitValues),
  ])}`;

/** Inspection visits as they stand now. */
export async function countVisits(tx: Tx, scope: Scope, where: Where, by: Dimension | null): Promise<Grouped[]> {
  const columns = Object.entries(visitStates).map(
    ([name, state]) => sql`count(*) filter (where ${state}) as ${sql.id(name)}`,
  );
  const { rows } = await sql<GroupedRow>`select key, grouping(key) = 1 as whole, ${sql.join(columns)}
    from (select ${(by && visitValues[by]) ?? sql`null::text`} as key, v.* from ${visitsFrom(scope, where)}) v
    group by grouping sets ((key), ())`.execute(tx);
  return grouped(rows);
}

const serviceValues: Readonly<Partial<Record<Dimension, RawBuilder<unknown>>>> = {
  service: sql`s.service`,
  year: sql`extract(year from s.given_on)::integer::text`,
};

/** Services given, and the people who received them, each once in a row and once in the whole. */
export async function countServices(
  tx: Tx,
  { country, from, to }: Scope,
  where: Where,
  by: Dimension | null,
): Promise<Grouped[]> {
  const { rows } = await sql<GroupedRow>`select key, grouping(key) = 1 as whole, count(*) as "assistance.services",
      count(distinct person) as "assistance.people"
    from (select ${(by && serviceValues[by]) ?? sql`null::text`} as key, s.person from assistance_service_given s
      where ${all([
        sql`s.country = ${country}`,
        sql`s.given_on between ${from}::date and ${to}::date`,
        ...filters(where, serviceValues),
      ])}) x
    group by grouping sets ((key), ())`.execute(tx);
  return grouped(rows);
}

/** A record behind a figure: what it is, what it adds, and the day that put it into the period. */
export interface RecordBehind {
  type: string;
  id: string;
  /** Null where the reader may not see which record it is. */
  code: string | null;
  value: number;
  on: string | null;
}

/** Records behind a figure, some at once, with their number and what they come to together. */
export interface RecordsBehind {
  items: RecordBehind[];
  total: number;
  value: number;
}

/** Which of some records are asked for. */
export interface Page {
  limit: number;
  offset: number;
}

/** Some records of a query with `type`, `id`, `code`, `value` and `on`, the newest first, with what all come to. */
export async function page(tx: Tx, query: RawBuilder<unknown>, { limit, offset }: Page): Promise<RecordsBehind> {
  // The sums stand beside each record of the page, and alone on a line where the page is empty.
  const { rows } = await sql<RecordBehind & { total: number; sum: number }>`with q as materialized (${query}),
    shown as (select * from q order by "on" desc nulls last, id limit ${limit} offset ${offset})
    select type, id, code, shown.value, "on"::text as "on", total, sum
    from (select count(*) as total, coalesce(sum(value), 0) as sum from q) sums left join shown on true
    order by "on" desc nulls last, id`.execute(tx);
  return {
    items: rows
      .filter(({ type }) => type !== null)
      .map(({ total, sum, ...row }) => ({ ...row, value: Number(row.value) })),
    total: Number(rows[0]?.total ?? 0),
    value: Number(rows[0]?.sum ?? 0),
  };
}

/** The areas behind a number of areas; each counts one. */
export function areasBehind(
  tx: Tx,
  scope: Scope,
  where: Where,
  measure: AreaMeasure,
  of: Page,
): Promise<RecordsBehind> {
  return page(
    tx,
    sql`select 'land.area' as type, s.area as id, a.code, 1 as value, null::date as "on" from ${standing(scope, where)} s
      left join land_area_name a on a.country = ${scope.country} and a.id = s.area where ${areaStates[measure]}`,
    of,
  );
}

/** The finds behind a number of items. */
export function itemsBehind(
  tx: Tx,
  scope: Scope,
  where: Where,
  onlyDestroyed: boolean,
  of: Page,
): Promise<RecordsBehind> {
  return page(
    tx,
    sql`select 'ordnance.find' as type, f.id, f.code, f.quantity as value, f.found_on as "on" from ${itemsFrom(scope, where)}
      ${onlyDestroyed ? sql`and ${destroyed}` : sql``}`,
    of,
  );
}

/** The field reports behind a number of reports. */
export function workBehind(tx: Tx, scope: Scope, where: Where, measure: WorkMeasure, of: Page): Promise<RecordsBehind> {
  return page(
    tx,
    sql`select 'land.report' as type, r.id, r.code, 1 as value, r.effective_on as "on" from ${workFrom(scope, where)}
      and ${workStates[measure]}`,
    of,
  );
}

/** The visits behind a number of visits. */
export function visitsBehind(
  tx: Tx,
  scope: Scope,
  where: Where,
  measure: VisitMeasure,
  of: Page,
): Promise<RecordsBehind> {
  return page(
    tx,
    sql`select 'quality.visit' as type, v.visit as id, v.code, 1 as value, v.visited_on as "on" from ${visitsFrom(scope, where)}
      and ${visitStates[measure]}`,
    of,
  );
}

const casualtyValues: Readonly<Partial<Record<Dimension, RawBuilder<unknown>>>> = {
  province: sql`t.province::text`,
  year: sql`extract(year from f.occurred_on)::integer::text`,
  outcome: sql`f.outcome`,
  status: sql`coalesce(f.status, 'unknown')`,
  sex: sql`coalesce(f.sex, 'unknown')`,
  ageGroup: sql`coalesce(f.age_group, 'unknown')`,
  sexAge: sql`case when f.sex = 'other' then 'other' when f.sex = 'male' and f.age_group = 'adult' then 'man'
    when f.sex = 'female' and f.age_group = 'adult' then 'woman' when f.sex = 'male' and f.age_group = 'child' then 'boy'
    when f.sex = 'female' and f.age_group = 'child' then 'girl' else 'unknown' end`,
  deviceGroup: sql`case when f.device is null or f.device = 'unknown' then 'unknown' else case f.device ${cases} end end`,
  activity: sql`coalesce(f.activity, 'unknown')`,
};

/** The accidents behind a number of casualties, with how many of them each had; or behind a number of accidents. */
export function accidentsBehind(
  tx: Tx,
  { country, from, to, knownOn }: Scope,
  where: Where,
  counts: "people" | "accidents",
  of: Page & { withinInjured: boolean },
): Promise<RecordsBehind> {
  // Where limbs lost count among injuries, the word `injured` means both.
  const outcome = of.withinInjured
    ? sql`case f.outcome when 'amputated' then 'injured' else f.outcome end`
    : sql`f.outcome`;
  const wanted = Object.fromEntries(
    Object.entries(where).map(([name, values]) => [
      name,
      values.map((value) => (value === nothing ? "unknown" : value)),
    ]),
  );
  const { province = [], ...others } = wanted as Where;
  const place =
    province.length === 0
      ? []
      : [
          among(
            sql`t.province`,
            province.map((id) => (id === "unknown" ? nothing : id)),
          ),
        ];
  return page(
    tx,
    sql`select 'accidents.accident' as type, f.accident as id, a.code, ${counts === "people" ? sql`count(*)` : sql`1`} as value,
        f.occurred_on as "on"
      from accidents_facts(array[${country}]::text[], ${knownBefore(knownOn)}) f
      left join ${provinces(country)} t on t.id = f.unit
      left join accidents_accident_name a on a.country = f.country and a.id = f.accident
      where ${all([
        sql`f.occurred_on between ${from}::date and ${to}::date`,
        ...place,
        ...filters(others, { ...casualtyValues, outcome }),
      ])}
      group by f.accident, a.code, f.occurred_on`,
    of,
  );
}
