import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import type { Scalar } from "../../platform/files/index.ts";
import type { StoredFinding, StoredRow } from "./store.ts";

/** Stores findings and the source of their rows. */
export async function insertFindings(
  tx: Tx,
  country: string,
  importId: string,
  findings: readonly StoredFinding[],
  rows: readonly StoredRow[],
): Promise<void> {
  if (findings.length > 0) {
    const values = findings.map((finding) => ({
      id: finding.id,
      file: finding.file,
      row_number: finding.row,
      part: finding.part,
      record_type: finding.recordType,
      record_id: finding.recordId,
      check_name: finding.check,
      severity: finding.severity,
      field: finding.field,
      params: finding.params,
      suggestion: finding.suggestion,
    }));
    await sql`insert into imports_finding (country, import_id, id, file, row_number, part, record_type, record_id, check_name,
        severity, field, params, suggestion)
      select ${country}, ${importId}, id, file, row_number, part, record_type, record_id, check_name, severity, field, params, suggestion
      from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r(id uuid, file integer, row_number bigint, part integer,
        record_type text, record_id uuid, check_name text, severity text, field text, params jsonb, suggestion jsonb)`.execute(
      tx,
    );
  }
  if (rows.length > 0) {
    // As pairs, because jsonb forgets the order of an object's members, and people know their columns by it.
    const values = rows.map(({ row: row_number, fields, ...rest }) => ({
      ...rest,
      row_number,
      fields: Object.entries(fields),
    }));
    await sql`insert into imports_row (country, import_id, file, row_number, part, fields, geometry)
      select ${country}, ${importId}, file, row_number, part, fields, geometry
      from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
        as r(file integer, row_number bigint, part integer, fields jsonb, geometry jsonb)
      on conflict do nothing`.execute(tx);
  }
}

interface FindingRow {
  id: string;
  file: number;
  row_number: number | null;
  part: number;
  record_type: string | null;
  record_id: string | null;
  check_name: string;
  severity: "error" | "warning";
  field: string | null;
  params: Record<string, unknown>;
  suggestion: StoredFinding["suggestion"];
  state: StoredFinding["state"];
  /** Names and cells of the source row, in its order. */
  fields?: [string, Scalar][] | null;
  geometry?: unknown;
}

const fromRow = (row: FindingRow): StoredFinding => ({
  id: row.id,
  file: row.file,
  row: row.row_number,
  part: row.part,
  recordType: row.record_type,
  recordId: row.record_id,
  check: row.check_name,
  severity: row.severity,
  field: row.field,
  params: row.params,
  suggestion: row.suggestion,
  state: row.state,
});

/** Which findings are asked for. */
export interface FindingFilter {
  check?: string | undefined;
  severity?: "error" | "warning" | undefined;
  state?: StoredFinding["state"] | undefined;
}

const condition = (country: string, importId: string, { check, severity, state }: FindingFilter) => sql`
  f.country = ${country} and f.import_id = ${importId}
  and (${check ?? null}::text is null or f.check_name = ${check ?? null})
  and (${severity ?? null}::text is null or f.severity = ${severity ?? null})
  and (${state ?? null}::text is null or f.state = ${state ?? null})`;

/** A page of findings in the order of the files, with the source of their rows; after the finding with an id. */
export async function findFindings(
  tx: Tx,
  country: string,
  importId: string,
  filter: FindingFilter,
  page: { after?: string | undefined; limit: number },
): Promise<(StoredFinding & { fields: Record<string, Scalar> | null; geometry: unknown })[]> {
  const { rows } =
    await sql<FindingRow>`select f.id, f.file, f.row_number, f.part, f.record_type, f.record_id, f.check_name,
      f.severity, f.field, f.params, f.suggestion, f.state, r.fields, r.geometry
    from imports_finding f left join imports_row r on r.country = f.country and r.import_id = f.import_id
      and r.file = f.file and r.row_number = f.row_number and r.part = f.part
    where ${condition(country, importId, filter)} and (${page.after ?? null}::uuid is null or f.id > ${page.after ?? null}::uuid)
    order by f.id limit ${page.limit}`.execute(tx);
  return rows.map((row) => ({
    ...fromRow(row),
    fields: row.fields ? Object.fromEntries(row.fields) : null,
    geometry: row.geometry ?? null,
  }));
}

/** How many findings there are by check, severity and state. */
export async function countFindings(tx: Tx, country: string, importId: string) {
  const { rows } = await sql<{
    check: string;
    severity: "error" | "warning";
    state: StoredFinding["state"];
    suggested: number;
    count: number;
  }>`
    select check_name as "check", severity, state, count(suggestion)::integer as suggested, count(*)::integer as count
    from imports_finding where country = ${country} and import_id = ${importId}
    group by 1, 2, 3 order by severity, count(*) desc, 1`.execute(tx);
  return rows;
}

/** Open findings by id, or all of one check, locked; at most `limit`. */
export async function lockOpenFindings(
  tx: Tx,
  country: string,
  importId: string,
  which: { ids: readonly string[] } | { check: string },
  limit: number,
): Promise<StoredFinding[]> {
  const match = "ids" in which ? sql`id = any (${[...which.ids]}::uuid[])` : sql`check_name = ${which.check}`;
  const { rows } =
    await sql<FindingRow>`select id, file, row_number, part, record_type, record_id, check_name, severity, field, params,
      suggestion, state from imports_finding
    where country = ${country} and import_id = ${importId} and state = 'open' and ${match} order by id limit ${limit} for update`.execute(
      tx,
    );
  return rows.map(fromRow);
}

/** Decides findings. */
export async function decideFindings(
  tx: Tx,
  country: string,
  ids: readonly string[],
  decision: { state: "applied" | "dismissed"; by: string | null; now: Date },
): Promise<void> {
  if (ids.length === 0) return;
  await sql`update imports_finding set state = ${decision.state}, decided_by = ${decision.by}, decided_at = ${decision.now.toISOString()}
    where country = ${country} and id = any (${[...ids]}::uuid[])`.execute(tx);
}

/** Dismisses all open findings of a check. @returns how many */
export async function dismissCheck(
  tx: Tx,
  country: string,
  importId: string,
  check: string,
  by: string | null,
  now: Date,
): Promise<number> {
  const { rows } =
    await sql`update imports_finding set state = 'dismissed', decided_by = ${by}, decided_at = ${now.toISOString()}
    where country = ${country} and import_id = ${importId} and check_name = ${check} and state = 'open' returning id`.execute(
      tx,
    );
  return rows.length;
}
