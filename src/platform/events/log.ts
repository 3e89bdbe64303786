import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Tx } from "../database/types.ts";
import { canonicalJson, type Json } from "../kernel/canonical-json.ts";
import { newId } from "../kernel/ids.ts";

/** Something that happened. The payload names fields and numbers, never personal data. */
export interface EventInput {
  /** `<area>.<what>`, e.g. `accidents.corrected`. */
  type: string;
  country?: string | null;
  subject?: { type: string; id: string } | null;
  accountId: string | null;
  now: Date;
  payload?: Json;
}

/**
 * Appends an event in the transaction of the change itself; it is sealed into the chain after the commit.
 * @returns the event's id
 */
export async function recordEvent(tx: Tx, event: EventInput): Promise<string> {
  const id = newId();
  await insertEvent(tx, { ...event, id });
  return id;
}

async function insertEvent(tx: Tx, event: EventInput & { id: string }): Promise<void> {
  await tx
    .insertInto("event")
    .values({
      id: event.id,
      type: event.type,
      country: event.country ?? null,
      subject_type: event.subject?.type ?? null,
      subject_id: event.subject?.id ?? null,
      account_id: event.accountId,
      occurred_at: event.now.toISOString(),
      payload: canonicalJson(event.payload ?? {}) as never,
    })
    .execute();
}

/** One new state of a record. */
export interface RevisionInput {
  country: string;
  recordType: string;
  recordId: string;
  revision: number;
  action: "created" | "corrected" | "imported" | "withdrawn" | "restored";
  reason: string | null;
  /** When the statement was recorded, ISO 8601 in UTC with milliseconds. */
  recordedAt: string;
  /** Every field of the record with its value. */
  snapshot: Json;
  sensitivity: number;
  organisation: string | null;
  sample: boolean;
}

/** The digest of one revision as the event keeps it: over identity, number, action, reason and every value. */
export function revisionDigest(
  revision: Pick<RevisionInput, "country" | "recordId" | "revision" | "action" | "reason" | "recordedAt" | "snapshot">,
): Buffer {
  const { country, recordId, revision: number, action, reason, recordedAt, snapshot } = revision;
  return createHash("sha256")
    .update(canonicalJson([country, recordId, number, action, reason, recordedAt, snapshot]))
    .digest();
}

/** The digest over many revisions in their order. */
export function revisionsDigest(digests: readonly Buffer[]): string {
  const hash = createHash("sha256");
  for (const digest of digests) hash.update(digest);
  return hash.digest("hex");
}

/** Revisions and the event that covers them, made ready to be written. */
export interface PreparedRevisions {
  event: EventInput & { id: string };
  rows: string;
}

/**
 * Makes revisions and the one event that covers them ready. The event carries their count and digest, so that altering
 * a stored revision later breaks the check of the chain. Apart from the writing, so that it can go on while the
 * database is busy with the records.
 * @param event what happened; its payload is extended by `revisions` and `digest`
 */
export function prepareRevisions(
  event: Omit<EventInput, "payload"> & { payload?: { [key: string]: Json } },
  revisions: readonly RevisionInput[],
  importId: string | null = null,
): PreparedRevisions {
  const digest = revisionsDigest(revisions.map(revisionDigest));
  const id = newId();
  const rows = revisions.map((revision, position) => ({
    country: revision.country,
    record_type: revision.recordType,
    record_id: revision.recordId,
    revision: revision.revision,
    action: revision.action,
    reason: revision.reason,
    account_id: event.accountId,
    recorded_at: revision.recordedAt,
    snapshot: revision.snapshot,
    sensitivity: revision.sensitivity,
    organisation: revision.organisation,
    event_id: id,
    event_position: position,
    import_id: importId,
    sample: revision.sample,
  }));
  const payload = { ...event.payload, revisions: revisions.length, digest };
  return { event: { ...event, id, payload }, rows: JSON.stringify(rows) };
}

/** Appends prepared revisions and their event, in the transaction of the change itself. */
export async function writeRevisions(tx: Tx, { event, rows }: PreparedRevisions): Promise<void> {
  await insertEvent(tx, event);
  await sql`insert into record_revision (country, record_type, record_id, revision, action, reason, account_id, recorded_at,
      snapshot, sensitivity, organisation, event_id, event_position, import_id, sample)
    select country, record_type, record_id, revision, action, reason, account_id, recorded_at,
      snapshot, sensitivity, organisation, event_id, event_position, import_id, sample
    from jsonb_to_recordset(${rows}::jsonb) as r(country text, record_type text, record_id uuid, revision integer,
      action text, reason text, account_id text, recorded_at timestamptz, snapshot jsonb, sensitivity smallint, organisation uuid,
      event_id uuid, event_position integer, import_id uuid, sample boolean)`.execute(tx);
}

/** Appends revisions and the one event that covers them; nothing for no revisions. */
export async function recordRevisions(tx: Tx, ...revisions: Parameters<typeof prepareRevisions>): Promise<void> {
  if (revisions[1].length > 0) await writeRevisions(tx, prepareRevisions(...revisions));
}
