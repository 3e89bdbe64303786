import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import type { Account, Amounts, Dimension, Posting } from "./model.ts";

/** Which entries count. Days are ISO; several values of a dimension mean any of them. */
export interface LedgerFilter {
  country: string;
  to: string;
  from?: string | undefined;
  /** As known at the end of this day, UTC. */
  knownOn?: string | undefined;
  province?: readonly string[] | undefined;
  unit?: readonly string[] | undefined;
  organisation?: readonly string[] | undefined;
  /** Areas contaminated with any of these types. */
  contamination?: readonly string[] | undefined;
  /** Areas contaminated with exactly one of these combinations, as the rows of a table name them: `ap-mine+av-mine`, `none`. */
  contaminationOnly?: readonly string[] | undefined;
  method?: readonly string[] | undefined;
  landClass?: readonly string[] | undefined;
  project?: readonly string[] | undefined;
}

/** Balances of all accounts before and after a period, of one row of a table. */
export interface BalanceRow {
  key: string | null;
  before: Amounts;
  after: Amounts;
}

/** An entry as it is written: what is posted, by which report, since when known. */
export interface NewEntry extends Posting {
  country: string;
  report: string;
  knownAt: string;
  line: number;
  sample: boolean;
}

/** The entries of an approved report, numbered from 1 in the order of its postings. */
export function entriesOf(
  report: { country: string; id: string; knownAt: string; sample: boolean },
  postings: readonly Posting[],
): NewEntry[] {
  const { country, id, knownAt, sample } = report;
  return postings.map((posting, i) => ({ ...posting, country, report: id, knownAt, line: i + 1, sample }));
}

/**
 * Posts the entries of an approved report in one statement; the database refuses them unless they sum to zero.
 * @param report the report that posts them; lines are numbered from 1 in the order given
 */
export async function insertEntries(tx: Tx, postings: readonly NewEntry[]): Promise<void> {
  if (postings.length === 0) return;
  const rows = postings.map((p) => ({
    country: p.country,
    report: p.report,
    line: p.line,
    about: p.about,
    area: p.area,
    account: p.account,
    square_metres: p.squareMetres,
    effective_on: p.effectiveOn,
    known_at: p.knownAt,
    province: p.province,
    unit: p.unit,
    organisation: p.organisation,
    project: p.project,
    contamination: p.contamination,
    method: p.method,
    land_class: p.landClass,
    depth_centimetres: p.depthCentimetres,
    sample: p.sample,
  }));
  await sql`insert into ledger_entry (country, report, line, about, area, account, square_metres, effective_on, known_at, province,
      unit, organisation, project, contamination, method, land_class, depth_centimetres, sample)
    select country, report, line, about, area, account, square_metres, effective_on, known_at, province,
      unit, organisation, project, coalesce(contamination, '{}'), method, land_class, depth_centimetres, sample
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(country text, report uuid, line integer, about uuid, area uuid,
      account text, square_metres bigint, effective_on date, known_at timestamptz, province uuid, unit uuid, organisation uuid,
      project text, contamination text[], method text, land_class text, depth_centimetres integer, sample boolean)`.execute(
    tx,
  );
}

const noProvince = "00000000-0000-0000-0000-000000000000";
const knownEnd = (day: string) => sql`(${day}::date + 1)::timestamp at time zone 'UTC'`;
const previousDay = (day: string): string => {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
};

/** The conditions of a filter on `ledger_entry`, without its dates. A province, unit or organisation `none` means none is known. */
function conditions(filter: LedgerFilter): RawBuilder<unknown>[] {
  const parts: RawBuilder<unknown>[] = [sql`country = ${filter.country}`];
  const anyOf = (column: string, values: readonly string[] | undefined, type: "uuid" | "text") => {
    if (!values || values.length === 0) return;
    const known = values.filter((value) => value !== "none");
    const named = sql`${sql.ref(column)} = any (${known}::${sql.raw(type)}[])`;
    parts.push(known.length < values.length ? sql`(${named} or ${sql.ref(column)} is null)` : named);
  };
  anyOf("province", filter.province, "uuid");
  anyOf("unit", filter.unit, "uuid");
  anyOf("organisation", filter.organisation, "uuid");
  anyOf("method", filter.method, "text");
  anyOf("land_class", filter.landClass, "text");
  anyOf("project", filter.project, "text");
  return [...parts, ...contaminated(filter)];
}

/** The conditions of a filter on the contamination of entries or of their sums by year. */
function contaminated({ contamination, contaminationOnly }: LedgerFilter): RawBuilder<unknown>[] {
  const parts: RawBuilder<unknown>[] = [];
  if (contamination && contamination.length > 0) parts.push(sql`contamination && ${[...contamination]}::text[]`);
  if (contaminationOnly && contaminationOnly.length > 0) {
    const combinations = contaminationOnly.map((key) => (key === "none" ? "" : key));
    parts.push(sql`array_to_string(contamination, '+') = any (${combinations}::text[])`);
  }
  return parts;
}

const keyOf: Record<Dimension | "year" | "none", RawBuilder<string | null>> = {
  province: sql`province::text`,
  unit: sql`unit::text`,
  organisation: sql`organisation::text`,
  contamination: sql`nullif(array_to_string(contamination, '+'), '')`,
  method: sql`method`,
  landClass: sql`land_class`,
  project: sql`project`,
  year: sql`extract(year from effective_on)::text`,
  none: sql`null::text`,
};

/** What whole years are summed by. */
type SummedBy = "province" | "contamination" | "none";

interface Sum {
  key: string | null;
  account: Account;
  before: number | null;
  after: number | null;
}

function toRows(sums: readonly Sum[]): BalanceRow[] {
  const rows = new Map<string | null, { before: Record<string, number>; after: Record<string, number> }>();
  for (const { key, account, before, after } of sums) {
    const row = rows.get(key) ?? { before: {}, after: {} };
    rows.set(key, row);
    row.before[account] = (row.before[account] ?? 0) + Number(before ?? 0);
    row.after[account] = (row.after[account] ?? 0) + Number(after ?? 0);
  }
  return [...rows]
    .map(([key, { before, after }]) => ({ key, before, after }))
    .sort((a, b) => ((a.key ?? "\uffff") < (b.key ?? "\uffff") ? -1 : 1));
}

/** Balances by any dimension, from the entries themselves. */
async function balancesFromEntries(
  tx: Tx,
  filter: LedgerFilter,
  by: Dimension | "year" | "none",
): Promise<BalanceRow[]> {
  const where = conditions(filter);
  where.push(sql`effective_on <= ${filter.to}::date`);
  if (filter.knownOn) where.push(sql`known_at < ${knownEnd(filter.knownOn)}`);
  const before = filter.from ? sql`sum(square_metres) filter (where effective_on < ${filter.from}::date)` : sql`0`;
  const { rows } = await sql<Sum>`select ${keyOf[by]} as key, account, ${before} as before, sum(square_metres) as after
    from ledger_entry where ${sql.join(where, sql` and `)} group by 1, 2`.execute(tx);
  return toRows(rows);
}

/**
 * Balances by province or contamination on one day: whole years from their sums, the rest from entries. A year counts whole when both its
 * effective and its known end lie before the asked days; what is left are the entries of the two years that are cut.
 */
async function balancesOn(tx: Tx, filter: LedgerFilter, day: string, by: SummedBy): Promise<Sum[]> {
  const year = Number(day.slice(0, 4));
  const yearStart = `${day.slice(0, 4)}-01-01`;
  const { knownOn } = filter;
  const provinces = filter.province?.map((value) => (value === "none" ? noProvince : value));
  const summed: RawBuilder<unknown>[] = [sql`country = ${filter.country}`, sql`effective_year < ${year}`];
  if (provinces && provinces.length > 0) summed.push(sql`province = any (${provinces}::uuid[])`);
  if (knownOn) summed.push(sql`known_year < ${Number(knownOn.slice(0, 4))}`);
  const types = contaminated(filter);
  // The sums by contamination are many times as many, so they are read only when it is asked for.
  const typed = by === "contamination" || types.length > 0;
  summed.push(...types);
  const sums = sql.table(typed ? "ledger_year_type" : "ledger_year");
  const columns = typed ? sql`account, square_metres, contamination` : sql`account, square_metres`;
  const own = conditions(filter);
  const known = knownOn ? [sql`known_at < ${knownEnd(knownOn)}`] : [];
  const cut = [
    sql`select province, ${columns} from ledger_entry where ${sql.join(
      [...own, sql`effective_on between ${yearStart}::date and ${day}::date`, ...known],
      sql` and `,
    )}`,
  ];
  if (knownOn) {
    const knownYear = sql`${`${knownOn.slice(0, 4)}-01-01`}::timestamp at time zone 'UTC'`;
    cut.push(
      sql`select province, ${columns} from ledger_entry where ${sql.join(
        [...own, sql`known_at >= ${knownYear}`, ...known, sql`effective_on < ${yearStart}::date`],
        sql` and `,
      )}`,
    );
  }
  const { rows } = await sql<Sum>`select ${keyOf[by]} as key, account, sum(square_metres) as after from (
      select nullif(province, ${noProvince}::uuid) as province, ${columns} from ${sums}
        where ${sql.join(summed, sql` and `)}
      union all ${sql.join(cut, sql` union all `)}) e
    group by 1, 2`.execute(tx);
  return rows;
}

/**
 * Balances of all accounts before the period's first day and at the end of its last, one row for each value of a
 * dimension. Tables by province, by contamination or for the whole country, of all contamination or of some, need no pass
 * over all entries.
 */
export async function findBalances(
  tx: Tx,
  filter: LedgerFilter,
  by: Dimension | "year" | "none",
): Promise<BalanceRow[]> {
  const others = [filter.unit, filter.organisation, filter.method, filter.landClass, filter.project];
  const summed = by === "province" || by === "contamination" || by === "none";
  if (!summed || others.some((values) => values && values.length > 0)) return balancesFromEntries(tx, filter, by);
  const after = await balancesOn(tx, filter, filter.to, by);
  const before = filter.from ? await balancesOn(tx, filter, previousDay(filter.from), by) : [];
  return toRows([
    ...after.map((row) => ({ ...row, before: 0 })),
    ...before.map(({ key, account, after: sum }) => ({ key, account, before: sum, after: 0 })),
  ]);
}

/** One entry as stored, with the names that its reader may see. */
export interface EntryRow {
  country: string;
  report: string;
  line: number;
  about: string;
  reportCode: string | null;
  reportType: string | null;
  area: string | null;
  areaCode: string | null;
  account: Account;
  squareMetres: number;
  effectiveOn: string;
  knownAt: string;
  unit: string | null;
  organisation: string | null;
  contamination: string[];
  method: string | null;
  depthCentimetres: number | null;
}

/** What else the entries behind a figure may be asked by. */
export interface EntryFilter extends LedgerFilter {
  account?: readonly string[] | undefined;
  /** Only what became known after the end of this day, UTC. */
  knownAfter?: string | undefined;
  area?: string | undefined;
  report?: string | undefined;
  limit: number;
  offset: number;
}

/** The entries behind a figure, newest first; how many there are, and their sum. */
export async function findEntries(
  tx: Tx,
  filter: EntryFilter,
): Promise<{ items: EntryRow[]; total: number; squareMetres: number }> {
  const where = conditions(filter);
  where.push(sql`effective_on <= ${filter.to}::date`);
  if (filter.from) where.push(sql`effective_on >= ${filter.from}::date`);
  if (filter.knownOn) where.push(sql`known_at < ${knownEnd(filter.knownOn)}`);
  if (filter.knownAfter) where.push(sql`known_at >= ${knownEnd(filter.knownAfter)}`);
  if (filter.account && filter.account.length > 0) where.push(sql`account = any (${[...filter.account]}::text[])`);
  if (filter.area) where.push(sql`area = ${filter.area}::uuid`);
  if (filter.report) where.push(sql`(report = ${filter.report}::uuid or about = ${filter.report}::uuid)`);
  const condition = sql.join(where, sql` and `);
  const { rows: sums } = await sql<{ total: number; amount: number }>`select count(*) as total,
      coalesce(sum(square_metres), 0) as amount from ledger_entry where ${condition}`.execute(tx);
  const { rows } =
    await sql<EntryRow>`select e.country, e.report, e.line, e.about, r.code as "reportCode", r.type as "reportType",
      a.id as area, a.code as "areaCode", e.account, e.square_metres as "squareMetres", e.effective_on as "effectiveOn",
      e.known_at as "knownAt", e.unit, e.organisation, e.contamination, e.method, e.depth_centimetres as "depthCentimetres"
    from (select * from ledger_entry where ${condition} order by effective_on desc, known_at desc, report, line
      limit ${filter.limit} offset ${filter.offset}) e
    left join land_report_name r on r.country = e.country and r.id = e.about
    left join land_area_name a on a.country = e.country and a.id = e.area
    order by e.effective_on desc, e.known_at desc, e.report, e.line`.execute(tx);
  return { items: rows, total: Number(sums[0]?.total ?? 0), squareMetres: Number(sums[0]?.amount ?? 0) };
}

/** All entries of one area, oldest first. */
export async function findAreaEntries(
  tx: Tx,
  country: string,
  area: string,
  knownOn?: string,
): Promise<Omit<EntryRow, "areaCode" | "area">[]> {
  const known = knownOn ? sql`and e.known_at < ${knownEnd(knownOn)}` : sql``;
  const { rows } = await sql<EntryRow>`select e.country, e.report, e.line, e.about, r.code as "reportCode",
      r.type as "reportType", e.account, e.square_metres as "squareMetres", e.effective_on as "effectiveOn",
      e.known_at as "knownAt", e.unit, e.organisation, e.contamination, e.method, e.depth_centimetres as "depthCentimetres"
    from ledger_entry e left join land_report_name r on r.country = e.country and r.id = e.about
    where e.country = ${country} and e.area = ${area}::uuid ${known}
    order by e.effective_on, e.known_at, e.report, e.line`.execute(tx);
  return rows;
}

/** What the accounts of one area hold at the end of a day. */
export async function findAreaBalance(tx: Tx, country: string, area: string, on: string): Promise<Amounts> {
  const { rows } = await sql<{ account: Account; amount: number }>`select account, sum(square_metres) as amount
    from ledger_entry where country = ${country} and area = ${area}::uuid and effective_on <= ${on}::date group by 1`.execute(
    tx,
  );
  return Object.fromEntries(rows.map(({ account, amount }) => [account, Number(amount)]));
}

/** What the accounts of a whole country hold at the end of each day on which one of them changed, in order of days. */
export async function findDailyBalances(tx: Tx, country: string): Promise<{ on: string; amounts: Amounts }[]> {
  const { rows } = await sql<{ on: string; account: Account; amount: number }>`select effective_on as on, account,
      sum(square_metres) as amount from ledger_entry where country = ${country} group by 1, 2 order by 1`.execute(tx);
  const days: { on: string; amounts: Partial<Record<Account, number>> }[] = [];
  for (const { on, account, amount } of rows) {
    if (days.at(-1)?.on !== on) days.push({ on, amounts: { ...days.at(-1)?.amounts } });
    const day = days.at(-1);
    if (day) day.amounts[account] = (day.amounts[account] ?? 0) + Number(amount);
  }
  return days;
}

/** What reports have posted for areas, summed by report, area, account and everything else that an entry says. */
export async function findPosted(tx: Tx, country: string, areas: readonly string[]): Promise<Posting[]> {
  if (areas.length === 0) return [];
  const { rows } = await sql<Posting>`select about, area, account, sum(square_metres) as "squareMetres",
      effective_on as "effectiveOn", province, unit, organisation, project, contamination, method, land_class as "landClass",
      depth_centimetres as "depthCentimetres"
    from ledger_entry where country = ${country} and area = any (${[...areas]}::uuid[])
    group by about, area, account, effective_on, province, unit, organisation, project, contamination, method, land_class,
      depth_centimetres having sum(square_metres) <> 0`.execute(tx);
  return rows.map((row) => ({ ...row, squareMetres: Number(row.squareMetres) }));
}
