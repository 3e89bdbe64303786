import { sql } from "kysely";
import type { Database } from "../database/types.ts";
import type { Json } from "../kernel/canonical-json.ts";
import { type RevisionInput, revisionDigest, revisionsDigest } from "./log.ts";
import { type ChainedEvent, genesisHash, sealHash } from "./seal.ts";

/** What is wrong with the chain, and where. */
export interface ChainProblem {
  kind:
    | "event-altered"
    | "event-removed"
    | "position-missing"
    | "event-unchained"
    | "revision-altered"
    | "revision-removed";
  position: number | null;
  eventId: string | null;
}

export interface ChainReport {
  sealed: number;
  unsealed: number;
  /** Hash of the last sealed event, in hex: note it elsewhere, and a cut-off tail will show. */
  head: string;
  problems: ChainProblem[];
}

type Link = ChainedEvent & { position: number; hash: Buffer; found: boolean };

/**
 * Recomputes the whole chain and the digests of all revisions.
 * @param db the node's database
 * @param onProgress called with the number of events checked so far
 * @returns every alteration, removal or reordering; an untouched log gives no problems
 */
export async function verifyChain(
  db: Database,
  onProgress: (checked: number) => void = () => {},
): Promise<ChainReport> {
  const problems: ChainProblem[] = [];
  let before: Buffer = genesisHash;
  let position = 0;
  let last = { xact: "0", seq: 0 };
  const size = 1000;
  for (;;) {
    const { rows } = await sql<Link & { xact: string }>`
      select s.position, s.hash, s.event_id as id, e.seq, e.type, e.country, e.subject_type, e.subject_id, e.account_id,
        e.occurred_at, e.payload, e.xact::text as xact, e.id is not null as found
      from event_seal s left join event e on e.id = s.event_id
      where s.position > ${position} order by s.position limit ${size}`.execute(db.owner);
    for (const link of rows) {
      if (link.position !== position + 1)
        problems.push({ kind: "position-missing", position: position + 1, eventId: null });
      position = link.position;
      if (!link.found) problems.push({ kind: "event-removed", position, eventId: link.id });
      else {
        if (!sealHash(before, link).equals(link.hash))
          problems.push({ kind: "event-altered", position, eventId: link.id });
        last = { xact: link.xact, seq: link.seq };
      }
      before = link.hash;
    }
    const withRevisions = rows.filter(
      (link) => link.found && (link.payload as { digest?: string }).digest !== undefined,
    );
    if (withRevisions.length > 0) problems.push(...(await checkRevisions(db, withRevisions)));
    onProgress(position);
    if (rows.length < size) break;
  }
  // An event that stands before the last sealed one and was never sealed has been slipped in afterwards.
  const loose = await sql<{ id: string; late: boolean }>`
    select e.id, (e.xact, e.seq) < (${last.xact}::xid8, ${last.seq}) as late
    from event e left join event_seal s on s.event_id = e.id where s.event_id is null`.execute(db.owner);
  for (const { id, late } of loose.rows)
    if (late) problems.push({ kind: "event-unchained", position: null, eventId: id });
  return {
    sealed: position,
    unsealed: loose.rows.filter(({ late }) => !late).length,
    head: before.toString("hex"),
    problems,
  };
}

interface StoredRevision {
  event_id: string;
  event_position: number;
  country: string;
  record_id: string;
  revision: number;
  action: RevisionInput["action"];
  reason: string | null;
  recorded_at: string;
  snapshot: Json;
}

async function checkRevisions(db: Database, links: readonly Link[]): Promise<ChainProblem[]> {
  const ids = links.map(({ id }) => id);
  const { rows } = await sql<StoredRevision>`
    select event_id, event_position, country, record_id, revision, action, reason, recorded_at, snapshot from record_revision
    where event_id = any (${ids}::uuid[]) order by event_id, event_position`.execute(db.owner);
  const byEvent = new Map<string, StoredRevision[]>();
  for (const row of rows) {
    const stored = byEvent.get(row.event_id);
    if (stored) stored.push(row);
    else byEvent.set(row.event_id, [row]);
  }
  const problems: ChainProblem[] = [];
  for (const link of links) {
    const payload = link.payload as { digest: string; revisions: number; sample?: boolean };
    const stored = byEvent.get(link.id) ?? [];
    if (stored.length === 0 && payload.sample) continue; // The sample region was removed; its events stay.
    if (stored.length !== payload.revisions) {
      problems.push({ kind: "revision-removed", position: link.position, eventId: link.id });
      continue;
    }
    const digest = revisionsDigest(
      stored.map((row) => revisionDigest({ ...row, recordId: row.record_id, recordedAt: row.recorded_at })),
    );
    if (digest !== payload.digest)
      problems.push({ kind: "revision-altered", position: link.position, eventId: link.id });
  }
  return problems;
}
