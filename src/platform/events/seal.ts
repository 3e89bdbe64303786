import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { Database, Schema } from "../database/types.ts";
import { canonicalJson, type Json } from "../kernel/canonical-json.ts";

/** An event as the chain sees it. */
export interface ChainedEvent {
  seq: number;
  id: string;
  type: string;
  country: string | null;
  subject_type: string | null;
  subject_id: string | null;
  account_id: string | null;
  occurred_at: string;
  payload: Json;
}

/** The hash that stands before the first event. */
export const genesisHash = Buffer.alloc(32);

/** The hash of an event in the chain: SHA-256 over the hash before it and every column of the event. */
export function sealHash(before: Buffer, event: ChainedEvent): Buffer {
  const { seq, id, type, country, subject_type, subject_id, account_id, occurred_at, payload } = event;
  const text = canonicalJson([seq, id, type, country, subject_type, subject_id, account_id, occurred_at, payload]);
  return createHash("sha256").update(before).update(text).digest();
}

const batchSize = 2000;

async function sealBatch(owner: Kysely<Schema>): Promise<number> {
  return owner.transaction().execute(async (tx) => {
    // One sealer at a time in all processes of the node; the others find nothing left to do.
    await sql`select pg_advisory_xact_lock(7226472)`.execute(tx);
    const head = await tx
      .selectFrom("event_seal")
      .select(["position", "hash"])
      .orderBy("position", "desc")
      .limit(1)
      .executeTakeFirst();
    const headXact = head
      ? await sql<{ xact: string; seq: number }>`select xact::text as xact, seq from event
          where id = (select event_id from event_seal where position = ${head.position})`.execute(tx)
      : null;
    const after = headXact?.rows[0] ?? { xact: "0", seq: 0 };
    // Only events of transactions older than every running one: their order (transaction, then number) can no longer change.
    const { rows } = await sql<ChainedEvent>`
      select seq, id, type, country, subject_type, subject_id, account_id, occurred_at, payload from event
      where xact < pg_snapshot_xmin(pg_current_snapshot())
        and (xact, seq) > (${after.xact}::xid8, ${after.seq})
      order by xact, seq limit ${batchSize}`.execute(tx);
    if (rows.length === 0) return 0;
    let hash = head?.hash ?? genesisHash;
    let position = head?.position ?? 0;
    const seals = rows.map((event) => {
      hash = sealHash(hash, event);
      return { position: ++position, event_id: event.id, hash: `\\x${hash.toString("hex")}` };
    });
    await sql`insert into event_seal (position, event_id, hash)
      select position, event_id, hash::bytea from jsonb_to_recordset(${JSON.stringify(seals)}::jsonb)
        as r(position bigint, event_id uuid, hash text)`.execute(tx);
    return rows.length;
  });
}

/**
 * Extends the chain by all events that are committed for good, in commit order.
 * @returns how many events were sealed
 */
export async function sealEvents(db: Database): Promise<number> {
  let sealed = 0;
  for (;;) {
    const count = await sealBatch(db.owner);
    sealed += count;
    if (count < batchSize) return sealed;
  }
}

/** Seals every half second while the server runs. @returns stops after a last round */
export function startSealer(db: Database, onError: (cause: unknown) => void): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<unknown> = Promise.resolve();
  const next = () => {
    timer = setTimeout(() => {
      round = sealEvents(db)
        .catch(onError)
        .finally(() => {
          if (!stopped) next();
        });
    }, 500);
  };
  next();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await round;
    await sealEvents(db).catch(onError);
  };
}
