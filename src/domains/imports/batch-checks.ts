import type { Geometry } from "geojson";
import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import { writeWkb } from "../../platform/files/index.ts";
import { completeValues } from "../../platform/records/actions.ts";
import { columnName, type JudgeBeside, type RecordDefinition } from "../../platform/records/definition.ts";
import { pointsOutsideUnit } from "../places/index.ts";
import type { PlannedRow } from "./plan.ts";

/** A point may lie this far outside the border of its unit, because borders are generalised. */
const unitToleranceMetres = 500;

const newValues = ({ outcome }: PlannedRow) =>
  outcome.kind === "create"
    ? outcome.record.values
    : outcome.kind === "update" || outcome.kind === "restore"
      ? outcome.values
      : null;

/** Whether records of other imports, or entered by people, have a position; otherwise no duplicate can be among them. */
export async function hasOtherPositions(
  tx: Tx,
  definition: RecordDefinition,
  country: string,
  importId: string,
): Promise<boolean> {
  const { geometryField } = definition.type;
  if (!geometryField) return false;
  const { rows } = await sql`select 1 from ${sql.table(definition.table)} where country = ${country} and not withdrawn
    and import_id is distinct from ${importId} and ${sql.ref(columnName(geometryField))} is not null limit 1`.execute(
    tx,
  );
  return rows.length > 0;
}

/** Whether a profile has ever brought records of a type to a country, by another import than this one. */
export async function hasSourceKeys(
  tx: Tx,
  definition: RecordDefinition,
  country: string,
  profileId: string,
  importId: string,
): Promise<boolean> {
  const { rows } = await sql`select 1 from ${sql.table(definition.table)} where country = ${country}
    and source_key is not null and starts_with(source_key, ${`${profileId}:`}) and import_id is distinct from ${importId} limit 1`.execute(
    tx,
  );
  return rows.length > 0;
}

/**
 * Finds new records whose geometry is already stored with a record of other origin. Areas are compared by geometry
 * alone, points by place and exact day, because many things happen at one place.
 */
export async function checkStoredDuplicates(
  tx: Tx,
  country: string,
  importId: string,
  planned: readonly PlannedRow[],
  worthAsking: (definition: RecordDefinition) => Promise<boolean>,
): Promise<void> {
  const byType = new Map<RecordDefinition, { i: number; g: string; d: string | null; point: boolean }[]>();
  for (const [i, plan] of planned.entries()) {
    const { definition, outcome } = plan;
    if (!definition || outcome.kind !== "create") continue;
    const { geometryField, dateField } = definition.type;
    const geometry = geometryField ? (outcome.record.values[geometryField] as Geometry | undefined) : undefined;
    if (!geometry) continue;
    const date = dateField ? ((outcome.record.values[dateField] as string | undefined) ?? null) : null;
    const exact = dateField && outcome.record.values[`${dateField}Precision`] === "day";
    const point = geometry.type === "Point";
    if (point && !exact) continue;
    const list = byType.get(definition) ?? [];
    byType.set(definition, list);
    list.push({ i, g: writeWkb(geometry).toString("hex"), d: date, point });
  }
  for (const [definition, asked] of byType) {
    if (!(await worthAsking(definition))) continue;
    const { geometryField, dateField } = definition.type;
    const column = sql.ref(`t.${columnName(geometryField as string)}`);
    const sameDay = dateField ? sql`${sql.ref(`t.${columnName(dateField)}`)} is not distinct from r.d` : sql`true`;
    const { rows } = await sql<{ i: number; id: string; code: string }>`
      select distinct on (r.i) r.i, t.id, t.code
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as r(i integer, g text, d date, point boolean)
      join ${sql.table(definition.table)} t on t.country = ${country} and not t.withdrawn
        and t.import_id is distinct from ${importId} and ${column} && ST_SetSRID(r.g::geometry, 4326)
        and ST_AsBinary(${column}) = ST_AsBinary(r.g::geometry) and (not r.point or ${sameDay})
      order by r.i, t.id`.execute(tx);
    for (const { i, id, code } of rows) {
      (planned[i] as PlannedRow).findings.push({
        check: "duplicate-geometry-stored",
        severity: "warning",
        field: geometryField as string,
        params: { code, id },
      });
    }
  }
}

/** Finds new positions that lie outside the unit that the row names; the unit that holds the point is suggested. */
export async function checkUnits(tx: Tx, country: string, planned: readonly PlannedRow[]): Promise<void> {
  const points = planned.flatMap((plan, index) => {
    const values = newValues(plan);
    const { definition } = plan;
    if (!values || !definition || typeof values.unit !== "string") return [];
    const geometry = values[definition.type.geometryField ?? ""] as Geometry | undefined;
    if (geometry?.type !== "Point") return [];
    const [longitude = 0, latitude = 0] = geometry.coordinates;
    return [{ index, unit: values.unit, longitude, latitude }];
  });
  for (const { index, metres, holder } of await pointsOutsideUnit(tx, country, points, unitToleranceMetres)) {
    const nearest = holder
      ? `${holder.names.en ?? Object.values(holder.names)[0] ?? ""} (${holder.code})`.trim()
      : null;
    (planned[index] as PlannedRow).findings.push({
      check: "point-outside-unit",
      severity: "warning",
      field: "unit",
      params: { metres, nearest },
      ...(holder ? { suggestion: { values: { unit: holder.id }, reason: "containing-unit" } } : {}),
    });
  }
}

/**
 * Judges new and changed records beside others, as their type knows how to. A row with an error is refused, as it would
 * be when somebody enters it.
 * @param judgeOf the run's judge of a type; null where there is none
 */
export async function checkBeside(
  tx: Tx,
  country: string,
  planned: readonly PlannedRow[],
  judgeOf: (definition: RecordDefinition) => JudgeBeside | null,
): Promise<void> {
  for (const definition of new Set(planned.map((plan) => plan.definition))) {
    const judge = definition && judgeOf(definition);
    if (!judge) continue;
    const changed = planned.flatMap((plan) => {
      const values = plan.definition === definition ? newValues(plan) : null;
      const { outcome, row } = plan;
      if (!values || outcome.kind === "refuse" || !outcome.record) return [];
      const change = { id: outcome.record.id, values: completeValues(definition, values) };
      return [{ plan, change: { ...change, spoken: row.prepared?.managed ?? [] } }];
    });
    const judged = await judge(
      tx,
      country,
      changed.map(({ change }) => change),
    );
    for (const [i, { plan }] of changed.entries()) {
      const findings = judged[i] ?? [];
      plan.findings.push(...findings);
      if (findings.some(({ severity }) => severity === "error")) plan.outcome = { kind: "refuse" };
    }
  }
}
