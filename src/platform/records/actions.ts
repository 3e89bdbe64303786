import { recordProblems } from "../contract/record-routes.ts";
import type { RecordValues } from "../contract/record-type.ts";
import type { Tx } from "../database/types.ts";
import { type PreparedRevisions, prepareRevisions, type RevisionInput, writeRevisions } from "../events/index.ts";
import { boundsOf } from "../files/geometry.ts";
import type { Json } from "../kernel/canonical-json.ts";
import { newId } from "../kernel/ids.ts";
import { commonProblems, type FieldProblem, Problem } from "../kernel/problem.ts";
import { unknownCodes } from "./codes.ts";
import { decidedOnes, type Finding, geometryOf, type RecordDefinition, sameValue, storedFields } from "./definition.ts";
import {
  findByKeys,
  findRecord,
  insertRecords,
  newRecordLevels,
  rowsOf,
  type StoredRecord,
  takeNumbers,
  updateRecords,
} from "./store.ts";

/** By whom, when and why records change. */
export interface ChangeContext {
  accountId: string | null;
  now: Date;
  reason: string | null;
  /** The import that the change belongs to. */
  importId?: string | null;
  /** The records are invented. */
  sample?: boolean;
}

/** A record to be stored for the first time. */
export interface NewRecord {
  country: string;
  values: RecordValues;
  id?: string;
  sourceKey?: string | null;
  sensitivity?: number;
  /** When the statement was first recorded, if that is not now (sample region, moved data). */
  recordedAt?: Date;
}

/** The next state of a record: the record as read, and what changes. */
export interface NextRevision {
  record: StoredRecord;
  values?: RecordValues;
  withdrawn?: boolean;
  sensitivity?: number;
  recordedAt?: Date;
  /** Where it is not the one of all. */
  reason?: string;
}

/** Turns the findings of a check into the field problems of a refused request. */
export function findingsProblem(findings: readonly Finding[]): Problem {
  const fields: FieldProblem[] = findings.map(({ check, field, params }) => ({
    path: field ?? "",
    code: `check.${check}`,
    params,
  }));
  return new Problem(commonProblems["invalid-input"], {}, fields);
}

/** Characters that no text needs and that PostgreSQL (NUL) or tiles (separators) cannot carry; line ends and tabs stay. */
const controlCharacters = /(?![\t\n\r])\p{Cc}/gu;

/** The values of a record without empty ones and control characters, with its derived fields computed anew. */
export function completeValues(definition: RecordDefinition, values: RecordValues): RecordValues {
  const derived = { ...values, ...definition.derive(values) };
  const complete: RecordValues = {};
  for (const [name, value] of Object.entries(derived)) {
    if (value === null || value === undefined) continue;
    complete[name] = typeof value === "string" ? value.replace(controlCharacters, "") : value;
  }
  return complete;
}

function revisionOf(
  definition: RecordDefinition,
  record: StoredRecord,
  action: RevisionInput["action"],
  reason: string | null,
): RevisionInput {
  return {
    country: record.country,
    recordType: definition.type.name,
    recordId: record.id,
    revision: record.revision,
    action,
    reason,
    recordedAt: record.recordedAt,
    snapshot: record.values as Json,
    sensitivity: record.sensitivity,
    organisation: (record.values.organisation as string | undefined) ?? null,
    sample: record.sample,
  };
}

/** Codes for new records that came without one, e.g. `ACC-KHM-000001`, skipping codes that are taken. */
async function missingCodes(tx: Tx, definition: RecordDefinition, country: string, count: number): Promise<string[]> {
  const codes: string[] = [];
  while (codes.length < count) {
    const wanted = count - codes.length;
    const first = await takeNumbers(tx, country, definition.type.name, wanted);
    const made = Array.from(
      { length: wanted },
      (_, i) => `${definition.codePrefix}-${country}-${String(first + i).padStart(6, "0")}`,
    );
    const taken = new Set(
      (await findByKeys(tx, definition, country, "code", made)).map((record) => record.values.code),
    );
    codes.push(...made.filter((code) => !taken.has(code)));
  }
  return codes;
}

/** What other areas do when records are entered, in the same transaction. */
const creationWatchers: ((tx: Tx, countries: readonly string[]) => Promise<void>)[] = [];

/** Lets an area hear of the countries in which records are entered. An area calls this once. */
export function watchCreations(watcher: (tx: Tx, countries: readonly string[]) => Promise<void>): void {
  creationWatchers.push(watcher);
}

/**
 * Stores new records with their first revision and one event, in the caller's transaction.
 * The caller has validated the values; codes that no list has and constraint violations of the database still refuse the
 * whole batch.
 * @returns the stored records in the order given
 * @throws Problem `common.invalid-input` when a code is not in the list of its field
 */
export async function createRecords(
  tx: Tx,
  definition: RecordDefinition,
  inputs: readonly NewRecord[],
  change: ChangeContext,
  action: "created" | "imported" = "created",
): Promise<StoredRecord[]> {
  const withoutCode = new Map<string, number[]>();
  inputs.forEach((input, i) => {
    if (!input.values.code) withoutCode.set(input.country, [...(withoutCode.get(input.country) ?? []), i]);
  });
  const codes = new Map<number, string>();
  for (const [country, positions] of withoutCode) {
    const made = await missingCodes(tx, definition, country, positions.length);
    positions.forEach((position, i) => void codes.set(position, made[i] as string));
  }
  const countries = [...new Set(inputs.map(({ country }) => country))];
  const levels = await newRecordLevels(tx, definition, countries);
  const records = newRecords(definition, inputs, change, levels, codes);
  if (records.length === 0) return [];
  const inserted = insertRecords(tx, definition, rowsOf(definition, records));
  // While the database is busy with the records, their revisions are made ready.
  const revisions = revisionsOf(definition, records, action, change);
  await inserted;
  await writeRevisions(tx, revisions);
  for (const watcher of creationWatchers) await watcher(tx, countries);
  return records;
}

/** @throws Problem `common.invalid-input` when a code is not in the list of its field */
function newRecords(
  definition: RecordDefinition,
  inputs: readonly NewRecord[],
  change: ChangeContext,
  levels: ReadonlyMap<string, number>,
  codes: ReadonlyMap<number, string> = new Map(),
): StoredRecord[] {
  const records = inputs.map((input, i): StoredRecord => {
    const code = codes.get(i);
    return {
      country: input.country,
      id: input.id ?? newId(),
      revision: 1,
      values: completeValues(definition, code ? { ...input.values, code } : input.values),
      sensitivity: input.sensitivity ?? levels.get(input.country) ?? definition.defaultLevel,
      withdrawn: false,
      sample: change.sample ?? false,
      importId: change.importId ?? null,
      sourceKey: input.sourceKey ?? null,
      recordedAt: (input.recordedAt ?? change.now).toISOString(),
    };
  });
  const findings = records.flatMap(({ values }) => unknownCodes(definition.type, values));
  if (findings.length > 0) throw findingsProblem(findings);
  return records;
}

/**
 * Stores the next revision of records that were read before in the same transaction.
 * @param changes the record as read, its new values or withdrawn state, and a reason where it is not the one of all
 * @throws Problem `common.stale-revision` when another change came between
 */
export async function reviseRecords(
  tx: Tx,
  definition: RecordDefinition,
  changes: readonly NextRevision[],
  change: ChangeContext,
  action: RevisionInput["action"] = "corrected",
): Promise<StoredRecord[]> {
  const records = nextRecords(definition, changes, change);
  if (records.length === 0) return [];
  const updated = updateRecords(tx, definition, rowsOf(definition, records));
  const revisions = revisionsOf(definition, records, action, change, changes);
  const changed = await updated;
  if (changed.size !== records.length) throw new Problem(commonProblems["stale-revision"]);
  await writeRevisions(tx, revisions);
  return records;
}

const nextRecords = (definition: RecordDefinition, changes: readonly NextRevision[], change: ChangeContext) =>
  changes.map(
    ({ record, values, withdrawn, sensitivity, recordedAt }): StoredRecord => ({
      ...record,
      revision: record.revision + 1,
      values: values ? completeValues(definition, values) : record.values,
      withdrawn: withdrawn ?? record.withdrawn,
      sensitivity: sensitivity ?? record.sensitivity,
      importId: change.importId ?? record.importId,
      recordedAt: (recordedAt ?? change.now).toISOString(),
    }),
  );

/** Records with everything that the database takes of them, so that storing them keeps nobody waiting. */
export interface PreparedRecords {
  definition: RecordDefinition;
  records: readonly StoredRecord[];
  rows: string;
  revisions: PreparedRevisions;
  /** They are stored for the first time. */
  first: boolean;
}

/**
 * Makes new records ready outside any transaction, for who stores very many. Each has a code of its own.
 * @param levels of new records by country
 * @throws Problem `common.invalid-input` when a code is not in the list of its field
 */
export function prepareNew(
  definition: RecordDefinition,
  inputs: readonly NewRecord[],
  change: ChangeContext,
  levels: ReadonlyMap<string, number>,
): PreparedRecords {
  const records = newRecords(definition, inputs, change, levels);
  const revisions = revisionsOf(definition, records, "created", change);
  return { definition, records, rows: rowsOf(definition, records), revisions, first: true };
}

/** Makes the next revisions of records ready outside any transaction. */
export function prepareNext(
  definition: RecordDefinition,
  changes: readonly NextRevision[],
  change: ChangeContext,
): PreparedRecords {
  const records = nextRecords(definition, changes, change);
  const revisions = revisionsOf(definition, records, "corrected", change, changes);
  return { definition, records, rows: rowsOf(definition, records), revisions, first: false };
}

/**
 * Stores what was made ready.
 * @throws Problem `common.stale-revision` when another change came between
 */
export async function writeRecords(tx: Tx, prepared: PreparedRecords): Promise<void> {
  const { definition, records, rows, revisions, first } = prepared;
  if (first) await insertRecords(tx, definition, rows);
  else if ((await updateRecords(tx, definition, rows)).size !== records.length)
    throw new Problem(commonProblems["stale-revision"]);
  await writeRevisions(tx, revisions);
  if (!first) return;
  const countries = [...new Set(records.map(({ country }) => country))];
  for (const watcher of creationWatchers) await watcher(tx, countries);
}

/** The revisions of changed records, ready to be written with the one event that covers them. */
function revisionsOf(
  definition: RecordDefinition,
  records: readonly StoredRecord[],
  action: RevisionInput["action"],
  change: ChangeContext,
  before: readonly { record: StoredRecord; reason?: string }[] = [],
): PreparedRevisions {
  const countries = [...new Set(records.map(({ country }) => country))];
  const only = records.length === 1 ? records[0] : undefined;
  return prepareRevisions(
    {
      type: `${definition.type.name}.${action}`,
      country: countries.length === 1 ? (countries[0] as string) : null,
      subject: only
        ? { type: definition.type.name, id: only.id }
        : change.importId
          ? { type: "import", id: change.importId }
          : null,
      accountId: change.accountId,
      now: change.now,
      payload: {
        ...(definition.type.geometryField
          ? {
              boxes: boxesOf(definition, [
                ...before.map(({ record }) => record.values),
                ...records.map(({ values }) => values),
              ]),
            }
          : {}),
        ...(only ? { code: (only.values.code as string | undefined) ?? null, revision: only.revision } : {}),
        ...(change.sample ? { sample: true } : {}),
      },
    },
    records.map((record, i) => revisionOf(definition, record, action, before[i]?.reason ?? change.reason)),
    change.importId ?? null,
  );
}

/** More places than this are told as "anywhere". */
const mostBoxes = 20;

/**
 * Where on the map a change shows: boxes around the shapes before and after, widened to a grid of a twentieth of a degree
 * so that the event log does not tell a position; null when the change is too wide to list.
 */
function boxesOf(definition: RecordDefinition, shapes: readonly RecordValues[]): number[][] | null {
  const boxes = new Map<string, number[]>();
  for (const values of shapes) {
    const geometry = geometryOf(definition.type, values);
    const bounds = geometry && boundsOf(geometry);
    if (!bounds) continue;
    const [west, south, east, north] = bounds;
    const box = [
      Math.floor(west * 20) / 20,
      Math.floor(south * 20) / 20,
      Math.ceil(east * 20) / 20,
      Math.ceil(north * 20) / 20,
    ];
    boxes.set(box.join(), box);
    if (boxes.size > mostBoxes) return null;
  }
  return [...boxes.values()];
}

/** The stored fields whose values differ, with both values. */
export function differences(definition: RecordDefinition, before: RecordValues, after: RecordValues) {
  return storedFields(definition.type)
    .filter(([name]) => !sameValue(before[name], after[name]))
    .map(([name]) => ({ field: name, before: before[name] ?? null, after: after[name] ?? null }));
}

/**
 * Corrects a record: a new revision with its reason and author; the states before stay.
 * A geometry that people change loses the coordinates that were typed for the old one.
 * @throws Problem `common.not-found`, `common.stale-revision`, `records.nothing-changed`, `records.withdrawn`, `common.invalid-input`
 */
export async function correctRecord(
  tx: Tx,
  definition: RecordDefinition,
  target: { country: string; id: string; revision: number },
  changes: RecordValues,
  change: ChangeContext & { reason: string },
): Promise<StoredRecord> {
  const record = await findRecord(tx, definition, target.country, target.id, true);
  if (!record) throw new Problem(commonProblems["not-found"]);
  if (record.withdrawn) throw new Problem(recordProblems.withdrawn);
  if (record.revision !== target.revision) {
    throw new Problem(commonProblems["stale-revision"], { expected: target.revision, found: record.revision });
  }
  const merged: RecordValues = { ...record.values, ...changes };
  const moved =
    definition.type.geometryField &&
    !sameValue(geometryOf(definition.type, record.values), geometryOf(definition.type, merged));
  if (moved)
    for (const name of ["coordinatesAsTyped", "coordinateFormat", "datum", "datumOperation"]) delete merged[name];
  const values = completeValues(definition, merged);
  const changed = differences(definition, record.values, values).map(({ field }) => field);
  if (changed.length === 0) throw new Problem(recordProblems["nothing-changed"]);
  const decided = changed.filter((field) => definition.decided?.fields.includes(field));
  if (decided.length > 0 && (await decidedOnes(tx, definition, record.country, [record.id])).has(record.id))
    throw new Problem(recordProblems["decided-elsewhere"], { fields: decided });
  const errors = [
    ...unknownCodes(definition.type, values, new Set(changed)),
    ...definition.check(values, change.now).filter(({ severity }) => severity === "error"),
  ];
  if (errors.length > 0) throw findingsProblem(errors);
  const [revised] = await reviseRecords(tx, definition, [{ record, values }], change);
  return revised as StoredRecord;
}
