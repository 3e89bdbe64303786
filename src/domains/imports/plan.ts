import type { RecordValues } from "../../platform/contract/record-type.ts";
import type { Tx } from "../../platform/database/types.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { completeValues, type NewRecord } from "../../platform/records/actions.ts";
import { decidedOnes, type Finding, type RecordDefinition, sameValue } from "../../platform/records/definition.ts";
import { findByKeys, type StoredRecord } from "../../platform/records/store.ts";
import { mergeRow } from "./merge.ts";
import type { IdentifiedRow } from "./row-state.ts";
import { filesOfImports, lastImportedStates } from "./store.ts";
import { type Knowledge, type TransformedRow, transformRow } from "./transform.ts";

/** What is to happen with one row. */
export type RowOutcome =
  | { kind: "create"; record: NewRecord & { id: string } }
  | { kind: "update" | "restore"; record: StoredRecord; values: RecordValues }
  | { kind: "unchanged"; record: StoredRecord | null }
  | { kind: "refuse" };

/** A row with its outcome and what was found about it. */
export interface PlannedRow {
  row: IdentifiedRow;
  definition: RecordDefinition | null;
  outcome: RowOutcome;
  findings: Finding[];
}

/** What planning needs beside the rows. */
export interface PlanContext {
  country: string;
  knowledge: Knowledge;
  /** Decimal separator by file. */
  decimalComma: readonly (boolean | undefined)[];
  dryRun: boolean;
  /** Whether any row of this kind can have been imported before; asked once a run. */
  metBefore: (tx: Tx, definition: RecordDefinition) => Promise<boolean>;
  /** Digests of the files of the run. */
  digests: ReadonlySet<string>;
}

interface Stored {
  byCode: Map<string, StoredRecord[]>;
  bySource: Map<string, StoredRecord>;
}

async function findStored(
  tx: Tx,
  { country, metBefore }: PlanContext,
  rows: readonly IdentifiedRow[],
): Promise<Map<string, Stored>> {
  const byType = new Map<string, { definition: RecordDefinition; codes: string[]; sources: string[] }>();
  for (const { prepared, key, sourceKey } of rows) {
    if (!prepared) continue;
    const { definition } = prepared;
    const wanted = byType.get(definition.type.name) ?? { definition, codes: [], sources: [] };
    byType.set(definition.type.name, wanted);
    if (key !== null && prepared.key === "code") wanted.codes.push(key);
    wanted.sources.push(sourceKey);
  }
  const stored = new Map<string, Stored>();
  for (const [name, { definition, codes, sources }] of byType) {
    const byCode = new Map<string, StoredRecord[]>();
    for (const record of await findByKeys(tx, definition, country, "code", codes)) {
      const code = record.values.code as string;
      byCode.set(code, [...(byCode.get(code) ?? []), record]);
    }
    const asked = codes.length > 0 || (await metBefore(tx, definition));
    const found = asked ? await findByKeys(tx, definition, country, "source_key", sources) : [];
    const bySource = new Map(found.map((record) => [record.sourceKey as string, record]));
    stored.set(name, { byCode, bySource });
  }
  return stored;
}

/** The record that a row means, if it is stored. Of units of one code it is the one of the same validity. */
function existingOf(row: IdentifiedRow, values: RecordValues | null, stored: Stored): StoredRecord | null {
  const bySource = stored.bySource.get(row.sourceKey) ?? null;
  if (row.key === null) return bySource;
  const coded = stored.byCode.get(row.key) ?? [];
  const validity = row.prepared?.definition.type.fields.validFrom && values ? (values.validFrom ?? null) : undefined;
  const alike =
    validity === undefined ? coded : coded.filter((record) => (record.values.validFrom ?? null) === validity);
  return alike[0] ?? bySource;
}

const issue = (
  check: string,
  severity: Finding["severity"],
  field: string | null,
  params: Finding["params"],
): Finding => ({ check, severity, field, params });

/**
 * Decides what becomes of the rows of a chunk, in their order. Reads the database and changes nothing.
 * @param rows identified rows; no two of them mean the same key unless they come from one file
 */
export async function planRows(tx: Tx, rows: readonly IdentifiedRow[], context: PlanContext): Promise<PlannedRow[]> {
  const { country, knowledge } = context;
  const stored = await findStored(tx, context, rows);
  const planned: PlannedRow[] = [];
  const merging: { at: number; record: StoredRecord; transformed: TransformedRow }[] = [];
  const repeated: { at: number; record: StoredRecord }[] = [];

  for (const row of rows) {
    const { prepared } = row;
    if (!prepared) {
      planned.push({ row, definition: null, outcome: { kind: "refuse" }, findings: [notForeseen(row)] });
      continue;
    }
    const { definition } = prepared;
    const known = stored.get(definition.type.name) as Stored;
    const findings: Finding[] = [];
    if (row.occurrence > 1 && !(row.key !== null && row.keyMet === "no"))
      findings.push(issue("identical-row", "warning", null, { first: row.firstSame, count: row.occurrence }));
    if (row.key === null) {
      const record = known.bySource.get(row.sourceKey);
      const twice = row.occurrence > 1 && row.sourceKey.endsWith("#1");
      if (twice || (record && !record.withdrawn)) {
        planned.push({
          row,
          definition,
          outcome: { kind: "unchanged", record: record ?? null },
          findings: twice ? findings : [],
        });
        if (record && !twice) repeated.push({ at: planned.length - 1, record });
        continue;
      }
    } else if (row.keyMet === "same-file") {
      // The same row again says nothing new; another row with the same key cannot be told from the first.
      const outcome: RowOutcome = row.occurrence > 1 ? { kind: "unchanged", record: null } : { kind: "refuse" };
      if (row.occurrence === 1) findings.push(issue("duplicate-key", "error", prepared.key, { key: row.key }));
      planned.push({ row, definition, outcome, findings });
      continue;
    }
    const transformed = transformRow(row.row, prepared, {
      ...knowledge,
      decimalComma: context.decimalComma[row.file],
    });
    findings.push(...transformed.findings);
    if (transformed.refused) {
      planned.push({ row, definition, outcome: { kind: "refuse" }, findings });
      continue;
    }
    const record = existingOf(row, transformed.values, known);
    let outcome: RowOutcome;
    if (!record && context.dryRun && row.keyMet === "other-file") {
      // In a true run the earlier file would have stored it.
      outcome = { kind: "unchanged", record: null };
    } else if (!record) {
      outcome = {
        kind: "create",
        record: { country, id: newId(), values: transformed.values, sourceKey: row.sourceKey },
      };
    } else if (record.withdrawn) {
      outcome = {
        kind: "restore",
        record,
        values: { ...record.values, ...blank(prepared.managed), ...transformed.values },
      };
    } else {
      outcome = { kind: "unchanged", record };
      merging.push({ at: planned.length, record, transformed });
    }
    planned.push({ row, definition, outcome, findings });
    learn(knowledge, definition, outcome, transformed.values);
  }

  await mergeStored(tx, country, planned, merging);
  await nameOtherImports(tx, country, planned, repeated, context.digests);
  return planned;
}

const blank = (fields: readonly string[]): RecordValues => Object.fromEntries(fields.map((name) => [name, undefined]));

function notForeseen({ row }: IdentifiedRow): Finding {
  if (row.problem) return issue(row.problem.code, "error", null, row.problem.params);
  return issue("no-record-type", "error", null, {});
}

/** Later rows may name what this one brings: a district its province, an accident its organisation. */
function learn(knowledge: Knowledge, definition: RecordDefinition, outcome: RowOutcome, values: RecordValues): void {
  if (outcome.kind === "refuse") return;
  const id = outcome.record?.id;
  if (!id) return;
  if (definition.type.name === "places.unit") {
    if (knowledge.units.get(id)) return;
    knowledge.units.add({
      id,
      code: values.code as string,
      names: (values.names ?? {}) as Record<string, string>,
      kindNames: (values.kindNames ?? {}) as Record<string, string>,
      level: values.level as number,
      parent: (values.parent as string | undefined) ?? null,
      validFrom: (values.validFrom as string | undefined) ?? null,
      validTo: (values.validTo as string | undefined) ?? null,
    });
  } else if (definition.type.name === "organisations.organisation" && outcome.kind === "create") {
    knowledge.organisations.add({
      id,
      code: String(values.code ?? ""),
      names: (values.names ?? {}) as Record<string, string>,
    });
  }
}

/** Rows whose record is stored and live: what they change, beside what people changed since the last import. */
async function mergeStored(
  tx: Tx,
  country: string,
  planned: PlannedRow[],
  merging: readonly { at: number; record: StoredRecord; transformed: TransformedRow }[],
): Promise<void> {
  const differing = merging.filter(({ at, record, transformed }) => {
    const managed = planned[at]?.row.prepared?.managed ?? [];
    return managed.some((name) => !sameValue(record.values[name], transformed.values[name]));
  });
  const bases = await lastImportedStates(
    tx,
    country,
    differing.map(({ record }) => record.id),
  );
  const decided = await decidedRecords(tx, country, planned, differing);
  for (const { at, record } of merging) {
    const plan = planned[at] as PlannedRow;
    const entry = differing.find((each) => each.at === at);
    plan.findings = plan.findings.filter(({ check }) => check === "identical-row");
    if (!entry) continue;
    const fixed = decided.has(record.id) ? (plan.definition?.decided?.fields ?? []) : [];
    const spoken = plan.row.prepared?.managed ?? [];
    const managed = spoken.filter((name) => !fixed.includes(name));
    for (const name of spoken.filter((each) => fixed.includes(each)))
      if (
        entry.transformed.values[name] !== undefined &&
        !sameValue(record.values[name], entry.transformed.values[name])
      )
        plan.findings.push(issue("decided-elsewhere", "warning", name, {}));
    const { values, kept } = mergeRow(record.values, bases.get(record.id) ?? null, entry.transformed.values, managed);
    const changed = !sameValue(completeValues(plan.definition as RecordDefinition, values), record.values);
    if (changed) {
      plan.outcome = { kind: "update", record, values };
      plan.findings.push(...entry.transformed.findings);
    }
    for (const field of kept) plan.findings.push(issue("changed-since", "warning", field, {}));
  }
}

/** The stored records that a row means and of which something else decides some fields. */
async function decidedRecords(
  tx: Tx,
  country: string,
  planned: readonly PlannedRow[],
  differing: readonly { at: number; record: StoredRecord }[],
): Promise<ReadonlySet<string>> {
  const byDefinition = new Map<RecordDefinition, string[]>();
  for (const { at, record } of differing) {
    const definition = planned[at]?.definition;
    if (definition?.decided) byDefinition.set(definition, [...(byDefinition.get(definition) ?? []), record.id]);
  }
  const found = new Set<string>();
  for (const [definition, ids] of byDefinition)
    for (const id of await decidedOnes(tx, definition, country, ids)) found.add(id);
  return found;
}

/** Rows met before: silent when the same file brought them, and a remark that names the import when another did. */
async function nameOtherImports(
  tx: Tx,
  country: string,
  planned: PlannedRow[],
  repeated: readonly { at: number; record: StoredRecord }[],
  digests: ReadonlySet<string>,
): Promise<void> {
  const ids = [...new Set(repeated.map(({ record }) => record.importId).filter((id) => id !== null))];
  const imports = await filesOfImports(tx, country, ids);
  for (const { at, record } of repeated) {
    const other = imports.get(record.importId ?? "");
    if (!other || other.files.some(({ sha256 }) => digests.has(sha256))) continue;
    const params = { import: record.importId, file: other.files[0]?.name ?? "", on: other.startedAt.slice(0, 10) };
    (planned[at] as PlannedRow).findings.push(issue("known-from-other-import", "warning", null, params));
  }
}
