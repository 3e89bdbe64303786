import { type Kysely, sql } from "kysely";
import { type PastReport, recordPast, recordWaiting, type WaitingReport } from "../src/domains/land-release/index.ts";
import { recordPastNonconformities } from "../src/domains/quality/index.ts";
import type { RecordValues } from "../src/platform/contract/record-type.ts";
import { type Database, programClaims, type Schema, type Tx } from "../src/platform/database/types.ts";
import { recordEvent } from "../src/platform/events/index.ts";
import { listTables } from "../src/platform/operations/tables.ts";
import { createRecords, reviseRecords } from "../src/platform/records/actions.ts";
import type { RecordDefinition } from "../src/platform/records/definition.ts";
import { findByKeys, type StoredRecord } from "../src/platform/records/store.ts";
import type { CareGround } from "./care/load.ts";
import { hurtPeople } from "./care/people.ts";
import type { Context } from "./context.ts";
import { generate, lastDay, type SampleOptions } from "./generate.ts";
import { isCorrection, type SampleCorrection, type SampleItem, type SampleRecord } from "./item.ts";
import { nonconformitiesOf } from "./nonconformities.ts";
import { reportsOfArea, waitingReportOf } from "./reports.ts";

const perTransaction = 2000;

/** First revisions of one batch, grouped by record type in the order in which the definitions depend on each other. */
function byType(
  items: readonly SampleItem[],
  definitions: readonly RecordDefinition[],
): [RecordDefinition, SampleRecord[]][] {
  const first = items.filter((item) => !isCorrection(item));
  return definitions.map((definition) => [definition, first.filter((item) => item.type === definition.type.name)]);
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

/** Records as they were last stored, by id. */
type Latest = ReadonlyMap<string, StoredRecord>;

/** Reads the records of corrections that are not at hand. */
async function readMissing(
  tx: Tx,
  definition: RecordDefinition,
  corrections: readonly SampleCorrection[],
  atHand: readonly Latest[],
): Promise<StoredRecord[]> {
  const missing = corrections.filter(({ id }) => !atHand.some((known) => known.has(id)));
  const records: StoredRecord[] = [];
  for (const country of new Set(missing.map((item) => item.country))) {
    const ids = missing.filter((item) => item.country === country).map((item) => item.id);
    records.push(...(await findByKeys(tx, definition, country, "id", ids)));
  }
  return records;
}

/**
 * Stores one batch.
 * @param before the records of the batch before: most corrections follow their record closely and need not read it
 * @returns the records of this batch
 */
async function store(
  db: Database,
  before: Latest,
  items: readonly SampleItem[],
  reports: Reports,
  definitions: readonly RecordDefinition[],
  { now, until = lastDay }: SampleOptions & { now: Date },
): Promise<Latest> {
  const latest = new Map<string, StoredRecord>();
  const change = { accountId: null, now, reason: null, sample: true };
  await db.transaction(programClaims, async (tx) => {
    for (const [definition, records] of byType(items, definitions)) {
      const created = await createRecords(
        tx,
        definition,
        records.map(({ country, id, values, recordedAt }) => ({
          country,
          id,
          values,
          recordedAt: new Date(recordedAt),
        })),
        change,
      );
      for (const record of created) latest.set(record.id, record);
    }
    for (const round of rounds(items.filter(isCorrection))) {
      for (const definition of definitions) {
        const corrections = round.filter((item) => item.type === definition.type.name);
        const records = await readMissing(tx, definition, corrections, [latest, before]);
        for (const record of records) latest.set(record.id, record);
        const changes = corrections.map((item) => {
          const record = latest.get(item.id) ?? before.get(item.id);
          if (!record) throw new Error(`The sample corrects ${item.type} ${item.id}, which does not exist`);
          const values: RecordValues = { ...record.values, ...item.values };
          return { record, values, reason: item.reason, recordedAt: new Date(item.recordedAt) };
        });
        const revised = await reviseRecords(tx, definition, changes, change);
        for (const record of revised) latest.set(record.id, record);
      }
    }
    for (const country of new Set(reports.approved.map((report) => report.country))) {
      const { refused } = await recordPast(
        tx,
        country,
        reports.approved.filter((report) => report.country === country),
        change,
      );
      const [first] = refused;
      if (first) throw new Error(`The sample's report ${first.report} does not hold: ${first.findings[0]?.check}`);
    }
    await recordWaiting(tx, reports.waiting, change);
    const visits = items.filter((item) => item.type === "quality.visit" && !isCorrection(item));
    for (const country of new Set(visits.map((visit) => visit.country))) {
      const own = visits.filter((visit) => visit.country === country);
      const found = own.flatMap((visit) => nonconformitiesOf(visit, until));
      await recordPastNonconformities(tx, country, found, change);
    }
  });
  return latest;
}

/** The reports of areas: what was approved, and what waits for a decision. */
interface Reports {
  approved: PastReport[];
  waiting: WaitingReport[];
}

/** Gathers the items of each area, which follow each other, and adds the reports of those that are complete. */
function reportsAsAreasEnd(): (item: SampleItem | null, reports: Reports) => void {
  let area: { record: SampleRecord; corrections: SampleCorrection[] } | null = null;
  return (item, reports) => {
    if (item && item.type === "land.area" && isCorrection(item)) {
      area?.corrections.push(item);
      return;
    }
    if (item && item.type !== "land.area") return;
    if (area) {
      reports.approved.push(...reportsOfArea(area.record, area.corrections));
      const waits = waitingReportOf(area.record, area.corrections);
      if (waits) reports.waiting.push(waits);
    }
    area = item ? { record: item, corrections: [] } : null;
  };
}

/**
 * Stores the sample region through the same actions as any record, so that history, events and tiles are real.
 * @param definitions in the order in which they depend on each other: units and organisations first
 * @param options `onGround` hears of each country when its items are stored
 * @param onProgress called with the number of items stored
 * @returns the number of items
 */
export async function loadSample(
  db: Database,
  definitions: readonly RecordDefinition[],
  options: Omit<SampleOptions, "onCountry"> & { now: Date; onGround?: (ground: CareGround) => void },
  onProgress: (items: number) => void = () => {},
  signal?: AbortSignal,
): Promise<number> {
  let count = 0;
  let waiting: SampleItem[] = [];
  let reports: Reports = { approved: [], waiting: [] };
  const reportsUntil = reportsAsAreasEnd();
  let storing: Promise<Latest> = Promise.resolve(new Map());
  // While the database stores one batch, the next one is made: they run on two processors.
  const flush = async () => {
    const before = await storing;
    signal?.throwIfAborted();
    const items = waiting;
    waiting = [];
    const told = reports;
    reports = { approved: [], waiting: [] };
    storing = store(db, before, items, told, definitions, options).then((latest) => {
      count += items.length;
      onProgress(count);
      return latest;
    });
    // Thrown where the batch is awaited.
    storing.catch(() => {});
  };
  const hurt = hurtPeople();
  const contexts: Context[] = [];
  for (const batch of generate({ ...options, onCountry: (context) => void contexts.push(context) })) {
    waiting.push(...batch);
    for (const item of batch) {
      reportsUntil(item, reports);
      hurt.note(item);
    }
    if (waiting.length >= perTransaction) await flush();
    else await new Promise(setImmediate);
  }
  reportsUntil(null, reports);
  await flush();
  await storing;
  for (const context of contexts) options.onGround?.({ context, casualties: hurt.take(context.programme.country) });
  await db.transaction(programClaims, async (tx) => {
    await recordEvent(tx, {
      type: "sample.loaded",
      accountId: null,
      now: options.now,
      payload: { seed: options.seed, scale: options.scale, items: count },
    });
  });
  return count;
}

/** Whether the node holds invented records. */
export async function hasSample(db: Kysely<Schema>): Promise<boolean> {
  const { rows } = await sql<{
    there: boolean;
  }>`select exists (select from places_unit where sample) or exists (select from land_area where sample) as there`.execute(
    db,
  );
  return rows[0]?.there ?? false;
}

/**
 * Removes every invented record with its history. What people entered stays; the event log keeps that the sample was
 * there. Fails as a whole when a real record points to an invented one.
 * @returns the number of records removed
 */
export async function removeSample(db: Database, definitions: readonly RecordDefinition[], now: Date): Promise<number> {
  return db.owner.transaction().execute(async (tx) => {
    await sql`select set_config('santi.purge', 'sample', true)`.execute(tx);
    let removed = 0;
    const records = new Set(definitions.map(({ table }) => table));
    // Whatever knows of the sample, those that point to others first; accounts are not its business.
    const tables = (await listTables(tx)).reverse().filter(({ name }) => !name.startsWith("auth_"));
    for (const { name } of tables.filter(({ columns }) => columns.some((column) => column.name === "sample"))) {
      const { rows } = await sql<{
        n: number;
      }>`with gone as (delete from ${sql.table(name)} where sample returning 1) select count(*) as n from gone`.execute(
        tx,
      );
      if (records.has(name)) removed += rows[0]?.n ?? 0;
    }
    await sql`update places_country set active = false where active and not exists (
      select from record_revision r where r.country = places_country.country)`.execute(tx);
    await recordEvent(tx, { type: "sample.removed", accountId: null, now, payload: { records: removed } });
    return removed;
  });
}
