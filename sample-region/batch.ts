import type { RecordValues } from "../src/platform/contract/record-type.ts";
import type { Tx } from "../src/platform/database/types.ts";
import {
  type ChangeContext,
  createRecords,
  type NextRevision,
  type PreparedRecords,
  prepareNew,
  prepareNext,
  reviseRecords,
  writeRecords,
} from "../src/platform/records/actions.ts";
import type { RecordDefinition } from "../src/platform/records/definition.ts";
import { findByKeys, type StoredRecord } from "../src/platform/records/store.ts";
import { isCorrection, type SampleCorrection, type SampleItem, type SampleRecord } from "./item.ts";

/** Who changes the sample's records, and that they are invented. */
export const changeOf = (now: Date): ChangeContext => ({ accountId: null, now, reason: null, sample: true });

/** The level of new records by country, for each record type. */
export type Levels = ReadonlyMap<RecordDefinition, ReadonlyMap<string, number>>;

/** A batch of the sample, ready to be stored. */
export interface Batch {
  items: readonly SampleItem[];
  /** What is to be stored, in this order. */
  steps: ((tx: Tx) => Promise<unknown>)[];
  /** The records of the batch as they are after it, by id, but for those that are read first. */
  latest: ReadonlyMap<string, StoredRecord>;
}

/** So many are made ready at once: the database never waits longer than that for its next statement. */
const sliceSize = 250;

/** Records with outlines take several times as long. */
const outlinedSliceSize = 100;

const sizeOf = ({ type }: RecordDefinition) => (outlined.has(type.name) ? outlinedSliceSize : sliceSize);

const outlined = new Set(["land.area", "places.unit"]);

const breathe = () => new Promise((resolve) => setImmediate(resolve));

function* slices<T>(list: readonly T[], size: number): Generator<T[]> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size);
}

/** Corrections in rounds: the n-th correction of a record is in the n-th round. */
function rounds(corrections: readonly SampleCorrection[]): SampleCorrection[][] {
  const result: SampleCorrection[][] = [];
  const seen = new Map<string, number>();
  for (const correction of corrections) {
    const round = seen.get(correction.id) ?? 0;
    seen.set(correction.id, round + 1);
    const list = result[round];
    if (list) list.push(correction);
    else result.push([correction]);
  }
  return result;
}

const newRecord = ({ country, id, values, recordedAt }: SampleRecord) => ({
  country,
  id,
  values,
  recordedAt: new Date(recordedAt),
});

const correctionOf = (record: StoredRecord, item: SampleCorrection): NextRevision => {
  const values: RecordValues = { ...record.values, ...item.values };
  return { record, values, reason: item.reason, recordedAt: new Date(item.recordedAt) };
};

/** @throws Error when a correction is of no record */
async function correctStored(
  tx: Tx,
  definition: RecordDefinition,
  corrections: readonly SampleCorrection[],
  change: ChangeContext,
): Promise<void> {
  for (const country of new Set(corrections.map((item) => item.country))) {
    const own = corrections.filter((item) => item.country === country);
    const stored = await findByKeys(
      tx,
      definition,
      country,
      "id",
      own.map(({ id }) => id),
    );
    const records = new Map(stored.map((record) => [record.id, record]));
    const changes = own.map((item) => {
      const record = records.get(item.id);
      if (!record) throw new Error(`The sample corrects ${item.type} ${item.id}, which does not exist`);
      return correctionOf(record, item);
    });
    await reviseRecords(tx, definition, changes, change);
  }
}

/**
 * Makes a batch ready while the database stores the one before, in slices that leave it the processor.
 * @param before the records of the batch before: most corrections follow their record closely and need not read it
 */
export async function prepareBatch(
  items: readonly SampleItem[],
  before: ReadonlyMap<string, StoredRecord>,
  definitions: readonly RecordDefinition[],
  levels: Levels,
  now: Date,
): Promise<Batch> {
  const change = changeOf(now);
  const latest = new Map<string, StoredRecord>();
  const steps: Batch["steps"] = [];
  const keep = (prepared: PreparedRecords) => {
    steps.push((tx) => writeRecords(tx, prepared));
    for (const record of prepared.records) latest.set(record.id, record);
  };
  const first = items.filter((item) => !isCorrection(item));
  for (const definition of definitions) {
    const records = first.filter((item) => item.type === definition.type.name);
    if (records.some(({ values }) => !values.code)) {
      // The database gives them their codes.
      steps.push((tx) => createRecords(tx, definition, records.map(newRecord), change));
      continue;
    }
    for (const slice of slices(records, sizeOf(definition))) {
      keep(prepareNew(definition, slice.map(newRecord), change, levels.get(definition) ?? new Map()));
      await breathe();
    }
  }
  for (const round of rounds(items.filter(isCorrection))) {
    for (const definition of definitions) {
      const corrections = round.filter((item) => item.type === definition.type.name);
      const known = (item: SampleCorrection) => latest.get(item.id) ?? before.get(item.id);
      const unread = corrections.filter((item) => !known(item));
      if (unread.length > 0) steps.push((tx) => correctStored(tx, definition, unread, change));
      for (const slice of slices(corrections.filter(known), sizeOf(definition))) {
        const changes = slice.map((item) => correctionOf(known(item) as StoredRecord, item));
        keep(prepareNext(definition, changes, change));
        await breathe();
      }
    }
  }
  return { items, steps, latest };
}
