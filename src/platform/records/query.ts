import { type RawBuilder, sql } from "kysely";
import type { Field } from "../contract/fields.ts";
import { recordProblems } from "../contract/record-routes.ts";
import { sensitivityRank } from "../contract/sensitivity.ts";
import type { Claims, Tx } from "../database/types.ts";
import { Problem } from "../kernel/problem.ts";
import { columnName, type RecordDefinition, searchable } from "./definition.ts";
import { fromRow, listRowsSetting, type StoredRecord, selectColumns } from "./store.ts";

/** What a list, a count, a tile or an export asks for; `listQuery` of the contract gives this shape. */
export interface RecordQuery {
  country?: string;
  q?: string;
  sort?: string;
  cursor?: string;
  limit?: number;
  bbox?: readonly number[];
  withdrawn?: boolean;
  [filter: string]: unknown;
}

type Condition = RawBuilder<unknown>;

/**
 * Allows a field to decide which rows appear only in countries where the caller may see the field; otherwise sorting
 * or filtering would tell what is withheld.
 * @returns a condition, or null when the field is open everywhere
 */
function clearanceFor(field: Field, name: string, claims: Claims): Condition | null {
  const rank = sensitivityRank(field.sensitivity);
  if (claims.baseLevel >= rank) return null;
  const countries = Object.entries(claims.countryLevels)
    .filter(([, level]) => level >= rank)
    .map(([country]) => country);
  if (countries.length === 0) throw new Problem(recordProblems["unknown-filter"], { field: name });
  return sql`country = any (${countries}::text[])`;
}

const datePattern = /^\d{4}(-\d{2}(-\d{2})?)?$/;

/** `2019` to the first or last day it can mean. */
function boundary(text: string, end: boolean): string {
  if (text.length === 4) return end ? `${text}-12-31` : `${text}-01-01`;
  if (text.length === 7) {
    const [year, month] = text.split("-").map(Number) as [number, number];
    return end ? `${text}-${String(new Date(Date.UTC(year, month, 0)).getUTCDate()).padStart(2, "0")}` : `${text}-01`;
  }
  return text;
}

function fieldCondition(name: string, field: Field, part: "is" | "from" | "to", text: string): Condition {
  const bad = (): never => {
    throw new Problem(recordProblems["unknown-filter"], { field: name, value: text.slice(0, 80) });
  };
  const column = sql.ref(columnName(name));
  const values = text.split(",").filter((value) => value !== "");
  if (values.length === 0) bad();
  if (field.kind === "date" || field.kind === "timestamp") {
    if (values.some((value) => !datePattern.test(value))) bad();
    if (part === "from") return sql`${column} >= ${boundary(text, false)}::date`;
    if (part === "to") return sql`${column} <= ${boundary(text, true)}::date`;
    return sql`(${sql.join(
      values.map((value) => sql`${column} between ${boundary(value, false)}::date and ${boundary(value, true)}::date`),
      sql` or `,
    )})`;
  }
  if (field.kind === "integer" || field.kind === "number") {
    const numbers = values.map(Number);
    if (numbers.some((value) => !Number.isFinite(value))) bad();
    if (part === "from") return sql`${column} >= ${numbers[0]}::double precision`;
    if (part === "to") return sql`${column} <= ${numbers[0]}::double precision`;
    return sql`${column} = any (${numbers}::double precision[])`;
  }
  if (part !== "is") bad();
  const empty = values.includes("-") ? sql`${column} is null or ` : sql``;
  const given = values.filter((value) => value !== "-");
  switch (field.kind) {
    case "unit": {
      if (given.some((value) => !/^[0-9a-f-]{36}$/i.test(value))) bad();
      // A unit stands for everything inside it, at any depth.
      return sql`(${empty}${column} in (with recursive inside as (
          select country, id from places_unit where id = any (${given}::uuid[])
          union select u.country, u.id from places_unit u join inside i on u.country = i.country and u.parent = i.id
        ) select id from inside))`;
    }
    case "units":
      if (given.some((value) => !/^[0-9a-f-]{36}$/i.test(value))) bad();
      return sql`(${empty}${column} && ${given}::uuid[])`;
    case "organisation":
    case "record":
      if (given.some((value) => !/^[0-9a-f-]{36}$/i.test(value))) bad();
      return sql`(${empty}${column} = any (${given}::uuid[]))`;
    case "boolean":
      if (given.some((value) => value !== "true" && value !== "false")) bad();
      return sql`(${empty}${column} = any (${given.map((value) => value === "true")}::boolean[]))`;
    case "codes":
      return sql`(${empty}${column} && ${given}::text[])`;
    default:
      return sql`(${empty}${column} = any (${given}::text[]))`;
  }
}

/**
 * The conditions of a query. Row-level security is added by the database; this adds what the caller asked for.
 * @throws Problem `records.unknown-filter` for a field that does not exist, cannot filter or is not open to the caller,
 * `records.unknown-sort`
 */
export function conditions(definition: RecordDefinition, query: RecordQuery, claims: Claims): Condition {
  const { type } = definition;
  const parts: Condition[] = [];
  if (!query.withdrawn) parts.push(sql`not withdrawn`);
  if (query.country) parts.push(sql`country = any (${query.country.split(",")}::text[])`);
  if (query.q) parts.push(sql`search like ${`%${searchable(query.q).replace(/[\\%_]/g, "\\$&")}%`}`);
  if (query.bbox && type.geometryField) {
    const field = type.fields[type.geometryField] as Field;
    const clearance = clearanceFor(field, "bbox", claims);
    if (clearance) parts.push(clearance);
    const [west, south, east, north] = query.bbox;
    parts.push(
      sql`${sql.ref(columnName(type.geometryField))} && ST_MakeEnvelope(${west}, ${south}, ${east}, ${north}, 4326)`,
    );
  }
  for (const [key, value] of Object.entries(query)) {
    const match = /^filter\.(\w+)(?:\.(from|to))?$/.exec(key);
    if (!match || value === undefined || value === "") continue;
    const name = match[1] as string;
    const field = type.fields[name];
    if (!field?.filter) throw new Problem(recordProblems["unknown-filter"], { field: name });
    const clearance = clearanceFor(field, name, claims);
    if (clearance) parts.push(clearance);
    if (name === "importId") parts.push(sql`import_id = ${String(value)}::uuid`);
    else parts.push(fieldCondition(name, field, (match[2] as "from" | "to" | undefined) ?? "is", String(value)));
  }
  // What a list is sorted by decides which records it can show, and so which are counted.
  if (query.sort) {
    const { clearance } = ordering(definition, query, claims);
    if (clearance) parts.push(clearance);
  }
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `);
}

interface Cursor {
  /** Sort value of the last row; null when the row had none. */
  v: string | number | boolean | null;
  c: string;
  i: string;
}

function readCursor(text: string): Cursor {
  try {
    const cursor = JSON.parse(Buffer.from(text, "base64url").toString()) as Cursor;
    if (typeof cursor.c === "string" && /^[0-9a-f-]{36}$/i.test(cursor.i) && typeof cursor.v !== "object")
      return cursor;
    if (cursor.v === null && typeof cursor.c === "string") return cursor;
  } catch {
    // Falls through to the problem.
  }
  throw new Problem(recordProblems["bad-cursor"]);
}

const sortable = new Set(["text", "integer", "number", "boolean", "date", "timestamp", "code", "country"]);

/** How a list is ordered: the field, its direction, and that ties are broken by country and id. */
function ordering(definition: RecordDefinition, query: RecordQuery, claims: Claims) {
  const { type } = definition;
  const asked = query.sort ?? (type.dateField ? `-${type.dateField}` : type.titleField);
  const descending = asked.startsWith("-");
  const name = asked.replace(/^-/, "");
  const field = type.fields[name];
  if (!field || !sortable.has(field.kind)) throw new Problem(recordProblems["unknown-sort"], { field: name });
  return {
    name,
    descending,
    column: sql.ref(columnName(name)),
    clearance: clearanceFor(field, name, claims),
    kind: field.kind,
  };
}

/** One page of records in order, with the cursor of the next page. */
export async function listRecords(
  tx: Tx,
  definition: RecordDefinition,
  query: RecordQuery,
  claims: Claims,
): Promise<{ records: StoredRecord[]; next: string | null }> {
  const limit = query.limit ?? listRowsSetting.fallback;
  const order = ordering(definition, query, claims);
  const parts = [conditions(definition, query, claims)];
  if (query.cursor) {
    const { v, c, i } = readCursor(query.cursor);
    const cast =
      {
        date: sql`::date`,
        timestamp: sql`::timestamptz`,
        integer: sql`::double precision`,
        number: sql`::double precision`,
        boolean: sql`::boolean`,
      }[order.kind as "date"] ?? sql`::text`;
    const tie = sql`(country, id) > (${c}, ${i}::uuid)`;
    parts.push(
      v === null
        ? sql`(${order.column} is null and ${tie})`
        : sql`(${order.column} is null or ${order.column} ${order.descending ? sql`<` : sql`>`} ${v}${cast} or (${order.column} = ${v}${cast} and ${tie}))`,
    );
  }
  const { rows } = await sql<
    Record<string, unknown>
  >`select ${selectColumns(definition)} from ${sql.table(definition.table)}
    where ${sql.join(parts, sql` and `)}
    order by ${order.column} ${order.descending ? sql`desc` : sql`asc`} nulls last, country, id limit ${limit + 1}`.execute(
    tx,
  );
  const page = rows.slice(0, limit).map((row) => fromRow(definition, row));
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  const next = last
    ? Buffer.from(JSON.stringify({ v: last[columnName(order.name)] ?? null, c: last.country, i: last.id })).toString(
        "base64url",
      )
    : null;
  return { records: page, next };
}

/** How many records match. */
export async function countRecords(
  tx: Tx,
  definition: RecordDefinition,
  query: RecordQuery,
  claims: Claims,
): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(definition.table)}
    where ${conditions(definition, query, claims)}`.execute(tx);
  return rows[0]?.n ?? 0;
}

/**
 * Counts matching records by one or two fields; a date counts by year, a `codes` field counts a record once for each code.
 * @throws Problem `records.unknown-field`
 */
export async function countRecordsBy(
  tx: Tx,
  definition: RecordDefinition,
  query: RecordQuery,
  by: readonly string[],
  claims: Claims,
): Promise<{ keys: (string | null)[]; count: number }[]> {
  const parts = [conditions(definition, query, claims)];
  const keys: Condition[] = [];
  const joins: Condition[] = [];
  for (const [i, name] of by.entries()) {
    const field = definition.type.fields[name];
    if (!field || (!field.filter && name !== "country"))
      throw new Problem(recordProblems["unknown-field"], { field: name });
    const clearance = clearanceFor(field, name, claims);
    if (clearance) parts.push(clearance);
    const column = sql.ref(columnName(name));
    if (field.kind === "date") keys.push(sql`to_char(${column}, 'YYYY')`);
    else if (field.kind === "codes" || field.kind === "units") {
      joins.push(sql`left join lateral unnest(${column}::text[]) as ${sql.ref(`u${i}`)}(code) on true`);
      keys.push(sql.ref(`u${i}.code`));
    } else keys.push(sql`${column}::text`);
  }
  const positions = sql.raw(keys.map((_, i) => i + 1).join(", "));
  const { rows } = await sql<
    Record<string, unknown>
  >`select ${sql.join(keys.map((key, i) => sql`${key} as ${sql.ref(`k${i}`)}`))}, count(*) as n
    from ${sql.table(definition.table)} ${joins.length > 0 ? sql.join(joins, sql` `) : sql``}
    where ${sql.join(parts, sql` and `)} group by ${positions} order by ${positions}`.execute(tx);
  return rows.map((row) => ({
    keys: keys.map((_, i) => (row[`k${i}`] as string | null) ?? null),
    count: row.n as number,
  }));
}
