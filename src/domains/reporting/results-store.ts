import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import { peopleGroups } from "../results/model.ts";
import {
  all,
  filters,
  type Grouped,
  type GroupedRow,
  grouped,
  knownBefore,
  type Page,
  page,
  provinces,
  type RecordsBehind,
  type Scope,
} from "./facts-store.ts";
import type { Where } from "./model-definition.ts";
import type { Dimension } from "./model-measures.ts";

type Values = Readonly<Partial<Record<Dimension, RawBuilder<unknown>>>>;
const nobody = sql`null::text`;
const keyOf = (values: Values, by: Dimension | null) => (by && values[by]) ?? nobody;
const ofProject = {
  programme: sql`p.programme::text`,
  phase: sql`p.phase::text`,
  donorProject: sql`p.id::text`,
} as const;

/**
 * Released land that projects claim: each entry of the ledger with the share that a project has in it, and whether all who
 * claim it in their days come to more than the whole. Of several claims of one project the greatest counts.
 */
const claimedLand = ({ country, from, to, knownOn }: Scope) => sql`(
  with claim as (select project, target, max(share) as share from results_claim where country = ${country} group by project, target),
  land as (select * from ledger_released where country = ${country} and effective_on between ${from}::date and ${to}::date
    ${knownOn ? sql`and known_at < ${knownBefore(knownOn)}` : sql``}),
  hit as (select report, line, project, max(share) as share from (
      select l.report, l.line, c.project, c.share from land l join claim c on c.target = l.area
      union all select l.report, l.line, c.project, c.share from land l join claim c on c.target = l.unit) x
    group by report, line, project)
  select l.about, l.area, l.province, l.effective_on, l.square_metres, h.project, h.share::numeric as share,
    sum(h.share) over (partition by l.report, l.line) > 1.000001 as twice
  from hit h join land l on l.report = h.report and l.line = h.line
  join results_project_state q on q.country = ${country} and q.id = h.project
  where l.effective_on >= q.started_on and (q.ended_on is null or l.effective_on <= q.ended_on))`;

const landValues: Values = {
  ...ofProject,
  province: sql`l.province::text`,
  organisation: sql`p.organisation::text`,
  year: sql`extract(year from l.effective_on)::integer::text`,
};
const landFrom = (scope: Scope, where: Where) => sql`${claimedLand(scope)} l
  join results_project_state p on p.country = ${scope.country} and p.id = l.project
  where ${all([sql`true`, ...filters(where, landValues)])}`;

/** Square metres that projects released, rounded once; `twice` says how many entries more than the whole is claimed of. */
export async function countProjectLand(tx: Tx, scope: Scope, where: Where, by: Dimension | null): Promise<Grouped[]> {
  const { rows } = await sql<GroupedRow>`select key, grouping(key) = 1 as whole,
      round(coalesce(sum(square_metres * share), 0)) as "results.released", count(*) filter (where twice) as twice
    from (select ${keyOf(landValues, by)} as key, l.square_metres, l.share, l.twice from ${landFrom(scope, where)}) x
    group by grouping sets ((key), ())`.execute(tx);
  return grouped(rows);
}

/** The field reports behind land that projects released, with the square metres that are theirs. */
export async function projectLandBehind(tx: Tx, scope: Scope, where: Where, of: Page): Promise<RecordsBehind> {
  const found = await page(
    tx,
    sql`select 'land.report' as type, l.about as id, r.code, sum(l.square_metres * l.share) as value, l.effective_on as "on"
      from (select l.* from ${landFrom(scope, where)}) l
      left join land_report_name r on r.country = ${scope.country} and r.id = l.about group by l.about, r.code, l.effective_on`,
    of,
  );
  return { ...found, value: Math.round(found.value) };
}

const giftValues: Values = {
  ...ofProject,
  donor: sql`c.donor::text`,
  currency: sql`c.currency`,
  year: sql`extract(year from c.received_on)::integer::text`,
};
const giftsFrom = ({ country, from, to }: Scope, where: Where) => sql`results_contribution_state c
  join results_project_state p on p.country = c.country and p.id = c.project
  where ${all([
    sql`c.country = ${country}`,
    sql`c.received_on between ${from}::date and ${to}::date`,
    ...filters(where, giftValues),
  ])}`;

/** Contributions in the programmes' currency. */
export interface Money {
  key: string | null;
  whole: boolean;
  value: number;
  /** How many have no rate. */
  unrated: number;
  currency: string | null;
  currencies: number;
}

/** What donors gave, in the programmes' currency to its hundredth, and of how many the rate is missing. */
export async function countContributions(tx: Tx, scope: Scope, where: Where, by: Dimension | null): Promise<Money[]> {
  const { rows } = await sql<Money>`select key, grouping(key) = 1 as whole,
      round(coalesce(sum(converted), 0), 2) as value, count(*) filter (where converted is null) as unrated,
      min(programme_currency) as currency, count(distinct programme_currency) as currencies
    from (select ${keyOf(giftValues, by)} as key, c.converted, c.programme_currency from ${giftsFrom(scope, where)}) x
    group by grouping sets ((key), ())`.execute(tx);
  return rows.map((row) => ({
    ...row,
    value: Number(row.value),
    unrated: Number(row.unrated),
    currencies: Number(row.currencies),
  }));
}

/** The contributions behind an amount. */
export async function contributionsBehind(tx: Tx, scope: Scope, where: Where, of: Page): Promise<RecordsBehind> {
  const found = await page(
    tx,
    sql`select 'results.contribution' as type, c.id, c.code, coalesce(c.converted, 0) as value, c.received_on as "on"
      from ${giftsFrom(scope, where)}`,
    of,
  );
  return { ...found, value: Math.round(found.value * 100) / 100 };
}

const reachValues: Values = {
  ...ofProject,
  province: sql`t.province::text`,
  year: sql`extract(year from r.started_on)::integer::text`,
};
const reaches = {
  "results.people-direct": { reach: "direct", column: null },
  "results.people-indirect": { reach: "indirect", column: null },
  "results.people-disability": { reach: "direct", column: sql.ref("disability") },
} as const;
/** The measures of people whom activities reached. */
export type ReachMeasure = keyof typeof reaches;

const groupsIn = (where: Where) => {
  const chosen = where.peopleGroup ?? peopleGroups;
  const columns = peopleGroups.filter((group) => chosen.includes(group)).map((group) => sql`${sql.ref(group)}`);
  return columns.length === 0 ? sql`0` : sql.join(columns, sql` + `);
};

/** Activities in the order of how many they reached at a place: the first is the one that counts there. */
const reachFrom = ({ country, from, to }: Scope, where: Where, measure: ReachMeasure, key: RawBuilder<unknown>) => {
  const { reach, column } = reaches[measure];
  return sql`(select x.*, ${column ?? groupsIn(where)} as value,
      row_number() over (partition by x.unit order by x.people desc, x.id) as at_place,
      row_number() over (partition by x.key, x.unit order by x.people desc, x.id) as at_place_in_key
    from (select ${key} as key, r.* from results_reach r join results_project_state p on p.country = r.country and p.id = r.project
      left join ${provinces(country)} t on t.id = r.unit
      where ${all([
        sql`r.country = ${country} and r.reach = ${reach} and r.people > 0`,
        sql`r.started_on between ${from}::date and ${to}::date`,
        ...filters(where, reachValues),
      ])}) x)`;
};

/** People reached; of all activities at one place the one that reached most counts, so that nobody is counted twice. */
export async function countReached(
  tx: Tx,
  scope: Scope,
  where: Where,
  by: Dimension | null,
  measure: ReachMeasure,
): Promise<Grouped[]> {
  const from = reachFrom(scope, where, measure, keyOf(reachValues, by));
  const groups = sql.join(peopleGroups.map((group) => sql`(${sql.lit(group)}, ${sql.ref(group)})`));
  const cut =
    by === "peopleGroup"
      ? sql`select g.key, false as whole, sum(g.n) as ${sql.id(measure)} from ranked
          cross join lateral (values ${groups}) g(key, n) where at_place = 1 group by g.key`
      : sql`select key, false as whole, sum(value) as ${sql.id(measure)} from ranked where at_place_in_key = 1 group by key`;
  const { rows } = await sql<GroupedRow>`with ranked as (select * from ${from} y) ${cut}
    union all select null, true, coalesce(sum(value), 0) from ranked where at_place = 1`.execute(tx);
  return grouped(rows);
}

/** The activities that count, one a place, with whom they reached. */
export const reachedBehind = (
  tx: Tx,
  scope: Scope,
  where: Where,
  measure: ReachMeasure,
  of: Page,
): Promise<RecordsBehind> =>
  page(
    tx,
    sql`select 'results.activity' as type, y.id, y.code, y.value, y.started_on as "on"
      from ${reachFrom(scope, where, measure, nobody)} y where y.at_place = 1`,
    of,
  );

const useValues: Values = { ...ofProject, use: sql`u.land_use` };
/**
 * What was seen last, until the end of the period, in areas that projects released, by the part of the released land that is
 * theirs: projects that follow each other in one area do not count its use twice.
 */
const usesFrom = (scope: Scope, where: Where) => {
  const { country, to, knownOn } = scope;
  return sql`(
    select u.*, c.project, c.mine / c.released as share, c.twice
    from (select u.*, max(seen_on) over (partition by area) as last from results_use_now u
      where country = ${country} and seen_on <= ${to}::date) u
    join (select project, area, sum(square_metres * share) as mine, bool_or(twice) as twice, (
          select sum(r.square_metres) from ledger_released r where r.country = ${country} and r.area = l.area
            and r.effective_on <= ${to}::date ${knownOn ? sql`and r.known_at < ${knownBefore(knownOn)}` : sql``}) as released
      from ${claimedLand({ ...scope, from: "-infinity" })} l group by project, area) c on c.area = u.area and c.released > 0
    where u.seen_on = u.last) u
  join results_project_state p on p.country = ${country} and p.id = u.project
  where ${all([sql`true`, ...filters(where, useValues)])}`;
};

/** Square metres by what released land is used for. */
export async function countUses(tx: Tx, scope: Scope, where: Where, by: Dimension | null): Promise<Grouped[]> {
  const { rows } = await sql<GroupedRow>`select key, grouping(key) = 1 as whole,
      round(coalesce(sum(square_metres * share), 0)) as "results.land-use", count(*) filter (where twice) as twice
    from (select ${keyOf(useValues, by)} as key, u.square_metres, u.share, u.twice from ${usesFrom(scope, where)}) x
    group by grouping sets ((key), ())`.execute(tx);
  return grouped(rows);
}

/** The observations behind land in use. */
export async function usesBehind(tx: Tx, scope: Scope, where: Where, of: Page): Promise<RecordsBehind> {
  const found = await page(
    tx,
    sql`select 'results.use' as type, u.id, u.code, sum(u.square_metres * u.share) as value, u.seen_on as "on"
      from (select u.* from ${usesFrom(scope, where)}) u group by u.id, u.code, u.seen_on`,
    of,
  );
  return { ...found, value: Math.round(found.value) };
}

/** How many years before and after a project casualties are told for. */
const yearsAround = sql.lit("3 years");
const hurtDays = {
  "results.casualties-before": sql`f.occurred_on >= p.started_on - ${yearsAround}::interval and f.occurred_on < p.started_on`,
  "results.casualties-after": sql`f.occurred_on > p.ended_on and f.occurred_on <= p.ended_on + ${yearsAround}::interval`,
} as const;
/** The measures of casualties where projects worked. */
export type HurtMeasure = keyof typeof hurtDays;

/** Accidents in the units of what projects claim, before they began or after they ended, each project beside each accident. */
const hurtFrom = ({ country, from, to, knownOn }: Scope, where: Where, measure: HurtMeasure, by: Dimension | null) => {
  const told = measure === "results.casualties-before" ? sql`true` : sql`p.ended_on < ${to}::date`;
  return sql`(select distinct ${keyOf(ofProject, by)} as key, h.accident, h.occurred_on,
      coalesce(h.casualties, case when ${told} then 0 end) as casualties
    from results_project_state p
    left join lateral (
      select f.accident, f.occurred_on, count(*) as casualties
      from accidents_facts(array[${country}]::text[], ${knownBefore(knownOn)}) f
      where f.unit in (select k.target from results_claim k where k.country = p.country and k.project = p.id
          union select a.unit from results_claim k join land_area_state a on a.country = k.country and a.id = k.target
            where k.country = p.country and k.project = p.id)
        and ${hurtDays[measure]} and f.occurred_on <= ${to}::date and ${told}
      group by f.accident, f.occurred_on) h on true
    where ${all([
      sql`p.country = ${country}`,
      sql`p.started_on <= ${to}::date and coalesce(p.ended_on, ${to}::date) >= ${from}::date`,
      ...filters(where, ofProject),
    ])})`;
};

/** Casualties around projects. Where no project has ended, nothing is known of the years after. */
export async function countHurt(
  tx: Tx,
  scope: Scope,
  where: Where,
  by: Dimension | null,
  measure: HurtMeasure,
): Promise<Grouped[]> {
  const { rows } = await sql<GroupedRow>`with hurt as (select * from ${hurtFrom(scope, where, measure, by)} h)
    select key, false as whole, sum(casualties) as ${sql.id(measure)} from hurt group by key
    union all select null, true, sum(casualties) from (select distinct accident, casualties from hurt) x`.execute(tx);
  return grouped(rows);
}

/** The accidents behind casualties around projects. */
export const hurtBehind = (
  tx: Tx,
  scope: Scope,
  where: Where,
  measure: HurtMeasure,
  of: Page,
): Promise<RecordsBehind> =>
  page(
    tx,
    sql`select 'accidents.accident' as type, h.accident as id, a.code, h.casualties as value, h.occurred_on as "on"
      from ${hurtFrom(scope, where, measure, null)} h
      left join accidents_accident_name a on a.country = ${scope.country} and a.id = h.accident where h.accident is not null`,
    of,
  );

const sessionValues: Values = {
  province: sql`t.province::text`,
  organisation: sql`s.organisation::text`,
  year: sql`extract(year from s.held_on)::integer::text`,
  educationMethod: sql`s.method`,
  audience: sql`s.audience`,
};
const sessionsFrom = ({ country, from, to }: Scope, where: Where) => sql`results_education s
  left join ${provinces(country)} t on t.id = s.unit where ${all([
    sql`s.country = ${country} and s.held_on between ${from}::date and ${to}::date`,
    ...filters(where, sessionValues),
  ])}`;
const taught = sql`kind = 'interpersonal'`;
const sessionCounts = (where: Where) => ({
  "education.sessions": { of: sql`kind <> 'mass-media'`, value: sql`1` },
  "education.people": { of: taught, value: groupsIn(where) },
  "education.first-time": { of: taught, value: sql`first_time` },
  "education.disability": { of: taught, value: sql`disability` },
  "education.reach": { of: sql`kind = 'mass-media'`, value: sql`reach` },
});
/** The measures of risk education. */
export type SessionMeasure = keyof ReturnType<typeof sessionCounts>;

/** Risk education: sessions, people taught face to face, and the reach of media apart from them. */
export async function countSessions(tx: Tx, scope: Scope, where: Where, by: Dimension | null): Promise<Grouped[]> {
  const columns = Object.entries(sessionCounts(where)).map(
    ([name, { of, value }]) => sql`coalesce(sum(${value}) filter (where ${of}), 0) as ${sql.id(name)}`,
  );
  const inner = sql`select ${keyOf(sessionValues, by)} as key, s.* from ${sessionsFrom(scope, where)}`;
  const { rows } = await sql<GroupedRow>`select key, grouping(key) = 1 as whole, ${sql.join(columns)}
    from (${inner}) x group by grouping sets ((key), ())`.execute(tx);
  if (by !== "peopleGroup") return grouped(rows);
  const groups = sql.join(peopleGroups.map((group) => sql`(${sql.lit(group)}, ${sql.ref(group)})`));
  const { rows: people } = await sql<GroupedRow>`select g.key, false as whole, sum(g.n) as "education.people"
    from (${inner}) x cross join lateral (values ${groups}) g(key, n) where ${taught} group by g.key`.execute(tx);
  return [...grouped(people), ...grouped(rows).filter(({ whole }) => whole)];
}

/** The sessions behind a figure of risk education. */
export function sessionsBehind(
  tx: Tx,
  scope: Scope,
  where: Where,
  measure: SessionMeasure,
  of: Page,
): Promise<RecordsBehind> {
  const counted = sessionCounts(where)[measure];
  return page(
    tx,
    sql`select 'results.session' as type, x.id, x.code, ${counted.value} as value, x.held_on as "on"
      from (select s.* from ${sessionsFrom(scope, where)}) x where ${counted.of} and ${counted.value} > 0`,
    of,
  );
}

/** An indicator: what it counts, as a share of what, for which days. */
export interface IndicatorState {
  id: string;
  numerator: string;
  denominator: string | null;
  validFrom: string;
  validUntil: string | null;
}

/** The indicators of a country. */
export async function findIndicators(tx: Tx, country: string): Promise<IndicatorState[]> {
  const { rows } = await sql<IndicatorState>`select id, numerator, denominator, valid_from::text as "validFrom",
    valid_until::text as "validUntil" from results_indicator_state where country = ${country} order by code`.execute(
    tx,
  );
  return rows;
}

/** Where a project stands. */
export interface ProjectPlace {
  phase: string;
  programme: string;
}

/** The phase and programme of each project of a country, by its id. */
export async function findProjectTree(tx: Tx, country: string): Promise<Map<string, ProjectPlace>> {
  const { rows } = await sql<ProjectPlace & { id: string }>`select id::text, phase::text, programme::text
    from results_project_state where country = ${country}`.execute(tx);
  return new Map(rows.map(({ id, ...place }) => [id, place]));
}
