import { type Kysely, sql } from "kysely";
import { type PastReport, recordPast, recordWaiting, type WaitingReport } from "../src/domains/land-release/index.ts";
import { recordPastNonconformities } from "../src/domains/quality/index.ts";
import { type Database, programClaims, type Schema, type Tx } from "../src/platform/database/types.ts";
import { recordEvent } from "../src/platform/events/index.ts";
import { listTables } from "../src/platform/operations/tables.ts";
import type { RecordDefinition } from "../src/platform/records/definition.ts";
import { newRecordLevels } from "../src/platform/records/store.ts";
import type { Invention } from "./ahead.ts";
import { type Batch, changeOf, type Levels, prepareBatch } from "./batch.ts";
import type { CareGround } from "./care/load.ts";
import { hurtPeople } from "./care/people.ts";
import { lastDay } from "./generate.ts";
import { isCorrection, type SampleCorrection, type SampleItem, type SampleRecord } from "./item.ts";
import { nonconformitiesOf } from "./nonconformities.ts";
import { programmes } from "./programmes/index.ts";
import { reportsOfArea, waitingReportOf } from "./reports.ts";

const perTransaction = 2000;

/** The first transaction is a short one, so that the database has soon something to do. */
const inFirstTransaction = 500;

/**
 * Stores one batch, in one transaction.
 * @param until the last day of the sample
 */
async function store(db: Database, batch: Batch, reports: Reports, now: Date, until: string): Promise<void> {
  const change = changeOf(now);
  await db.transaction(programClaims, async (tx) => {
    for (const step of batch.steps) await step(tx);
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
    const visits = batch.items.filter((item) => item.type === "quality.visit" && !isCorrection(item));
    for (const country of new Set(visits.map((visit) => visit.country))) {
      const own = visits.filter((visit) => visit.country === country);
      const found = own.flatMap((visit) => nonconformitiesOf(visit, until));
      await recordPastNonconformities(tx, country, found, change);
    }
  });
}

/** At which level new records of each type are in the countries of the sample. */
async function levelsOf(tx: Tx, definitions: readonly RecordDefinition[]): Promise<Levels> {
  const countries = programmes.map(({ country }) => country);
  const levels = new Map<RecordDefinition, Map<string, number>>();
  for (const definition of definitions) levels.set(definition, await newRecordLevels(tx, definition, countries));
  return levels;
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
 * @param invention the sample, which may have begun long before
 * @param options `onGround` hears of each country when its items are stored
 * @param onProgress called with the number of items stored
 * @returns the number of items
 */
export async function loadSample(
  db: Database,
  definitions: readonly RecordDefinition[],
  invention: Invention,
  options: { now: Date; onGround?: (ground: CareGround) => void },
  onProgress: (items: number) => void = () => {},
  signal?: AbortSignal,
): Promise<number> {
  let count = 0;
  let begun = false;
  let waiting: SampleItem[] = [];
  let reports: Reports = { approved: [], waiting: [] };
  const reportsUntil = reportsAsAreasEnd();
  let storing: Promise<void> = Promise.resolve();
  let before: Batch["latest"] = new Map();
  const levels = await db.transaction(programClaims, (tx) => levelsOf(tx, definitions));
  // While the database stores one batch, the next one is invented and made ready: they run on two processors.
  const flush = async () => {
    begun = true;
    const items = waiting;
    waiting = [];
    const told = reports;
    reports = { approved: [], waiting: [] };
    const batch = await prepareBatch(items, before, definitions, levels, options.now);
    before = batch.latest;
    await storing;
    signal?.throwIfAborted();
    storing = store(db, batch, told, options.now, invention.options.until ?? lastDay).then(() => {
      count += items.length;
      onProgress(count);
    });
    // Thrown where the batch is awaited.
    storing.catch(() => {});
  };
  const hurt = hurtPeople();
  for await (const batch of invention.batches()) {
    waiting.push(...batch);
    for (const item of batch) {
      reportsUntil(item, reports);
      hurt.note(item);
    }
    if (waiting.length >= (begun ? perTransaction : inFirstTransaction)) await flush();
  }
  reportsUntil(null, reports);
  await flush();
  await storing;
  for (const context of invention.contexts)
    options.onGround?.({ context, casualties: hurt.take(context.programme.country) });
  await db.transaction(programClaims, async (tx) => {
    await recordEvent(tx, {
      type: "sample.loaded",
      accountId: null,
      now: options.now,
      payload: { seed: invention.options.seed, scale: invention.options.scale, items: count },
    });
  });
  return count;
}

/**
 * Who was hurt where, told from the invention alone: for a node that begins with the sample's records.
 * @param onProgress called with the number of items that were gone through
 */
export async function surveySample(
  invention: Invention,
  onProgress: (items: number) => void = () => {},
): Promise<{ count: number; grounds: CareGround[] }> {
  const hurt = hurtPeople();
  let count = 0;
  for await (const batch of invention.batches()) {
    for (const item of batch) hurt.note(item);
    count += batch.length;
    onProgress(count);
  }
  const grounds = invention.contexts.map((context) => ({
    context,
    casualties: hurt.take(context.programme.country),
  }));
  return { count, grounds };
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

/** Whether a node is new: it holds nothing, or the sample's records from the build and nobody's account yet. */
export async function wantsSample(db: Kysely<Schema>): Promise<boolean> {
  const { rows } = await sql<{ events: boolean; accounts: boolean }>`select exists (select from event) as events,
    exists (select from auth_user) as accounts`.execute(db);
  const { events = true, accounts = true } = rows[0] ?? {};
  return !events || (!accounts && (await hasSample(db)));
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
