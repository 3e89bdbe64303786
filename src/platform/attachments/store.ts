import { sql } from "kysely";
import type { Tx } from "../database/types.ts";
import type { FindingKind } from "./findings.ts";
import type { MediaType } from "./media.ts";

/** Bytes of one stored part: a backup reads a thousand rows at a time, and they must fit in memory together. */
const partSize = 65_536;
/** Parts that travel in one statement. */
const partsAtOnce = 16;

export type Variant = "given" | "original";

/** One copy of a file as stored. */
export interface StoredCopy {
  variant: Variant;
  sha256: string;
  size: number;
  sensitivity: number;
}

/** An attachment as stored, with the copies that the caller may see. */
export interface StoredAttachment {
  country: string;
  id: string;
  ownerType: string;
  ownerId: string;
  name: string;
  mediaType: MediaType;
  caption: string | null;
  takenOn: string | null;
  removed: FindingKind[];
  remaining: FindingKind[];
  sensitivity: number;
  organisation: string | null;
  addedAt: string;
  addedBy: string | null;
  withdrawnAt: string | null;
  withdrawnBy: string | null;
  withdrawnReason: string | null;
  forgotten: boolean;
  sample: boolean;
  copies: StoredCopy[];
}

const columns = sql`a.country, a.id, a.owner_type as "ownerType", a.owner_id as "ownerId", a.name,
  a.media_type as "mediaType", a.caption, a.taken_on as "takenOn", a.removed, a.remaining, a.sensitivity, a.organisation,
  a.added_at as "addedAt", a.added_by as "addedBy", a.withdrawn_at as "withdrawnAt", a.withdrawn_by as "withdrawnBy",
  a.withdrawn_reason as "withdrawnReason", a.forgotten, a.sample,
  coalesce((select jsonb_agg(jsonb_build_object('variant', c.variant, 'sha256', c.sha256, 'size', c.size,
      'sensitivity', c.sensitivity) order by c.variant)
    from attachment_copy c where c.country = a.country and c.attachment_id = a.id), '[]') as copies`;

/** The attachments of a record, oldest first. */
export async function findAttachments(
  tx: Tx,
  owner: { type: string; country: string; id: string },
): Promise<StoredAttachment[]> {
  const { rows } = await sql<StoredAttachment>`select ${columns} from attachment a
    where a.country = ${owner.country} and a.owner_type = ${owner.type} and a.owner_id = ${owner.id}
    order by a.added_at, a.id`.execute(tx);
  return rows;
}

/** One attachment, or null when there is none for the caller. */
export async function findAttachment(tx: Tx, country: string, id: string): Promise<StoredAttachment | null> {
  const { rows } = await sql<StoredAttachment>`select ${columns} from attachment a
    where a.country = ${country} and a.id = ${id}`.execute(tx);
  return rows[0] ?? null;
}

/** Keeps others from adding to or withdrawing from the same record until the transaction ends. */
export async function lockOwner(tx: Tx, country: string, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`attachment ${country} ${id}`}, 0))`.execute(tx);
}

/** Files and bytes of a record, originals included, also those that the caller may not see. */
export async function ownerUsage(
  tx: Tx,
  owner: { type: string; country: string; id: string },
): Promise<{ files: number; bytes: number }> {
  const { rows } = await sql<{ files: number; bytes: number }>`
    select files, bytes from santi_attachment_usage(${owner.country}, ${owner.type}, ${owner.id})`.execute(tx);
  return rows[0] ?? { files: 0, bytes: 0 };
}

/** Stores bytes under their digest, unless the country has them already. */
export async function storeContent(tx: Tx, country: string, sha256: string, bytes: Uint8Array): Promise<void> {
  const { rows } = await sql<{ stored: boolean }>`
    select santi_attachment_stored(${country}, ${sha256}) as stored`.execute(tx);
  if (rows[0]?.stored) return;
  const parts = Math.ceil(bytes.length / partSize);
  for (let first = 0; first < parts; first += partsAtOnce) {
    const rows = Array.from({ length: Math.min(partsAtOnce, parts - first) }, (_, i) => {
      const part = first + i;
      const piece = Buffer.from(bytes.subarray(part * partSize, (part + 1) * partSize));
      return sql`(${country}, ${sha256}, ${part}::integer, ${piece}::bytea)`;
    });
    await sql`insert into attachment_part (country, sha256, part, bytes) values ${sql.join(rows)}
      on conflict do nothing`.execute(tx);
  }
}

/** Reads bytes back in their order; null when they are gone or not for the caller. */
export async function readContent(tx: Tx, country: string, sha256: string): Promise<Buffer | null> {
  const { rows } = await sql<{ bytes: Buffer }>`select bytes from attachment_part
    where country = ${country} and sha256 = ${sha256} order by part`.execute(tx);
  return rows.length === 0 ? null : Buffer.concat(rows.map(({ bytes }) => bytes));
}

/** Stores an attachment and its copies; their bytes are stored already. */
export async function insertAttachment(tx: Tx, a: StoredAttachment): Promise<void> {
  await sql`insert into attachment (country, id, owner_type, owner_id, name, media_type, caption, taken_on, removed,
      remaining, sensitivity, organisation, added_at, added_by, sample)
    values (${a.country}, ${a.id}, ${a.ownerType}, ${a.ownerId}, ${a.name}, ${a.mediaType}, ${a.caption}, ${a.takenOn},
      ${[...a.removed]}::text[], ${[...a.remaining]}::text[], ${a.sensitivity}, ${a.organisation}, ${a.addedAt},
      ${a.addedBy}, ${a.sample})`.execute(tx);
  for (const copy of a.copies) {
    await sql`insert into attachment_copy (country, attachment_id, variant, sha256, size, sensitivity, organisation, sample)
      values (${a.country}, ${a.id}, ${copy.variant}, ${copy.sha256}, ${copy.size}, ${copy.sensitivity},
        ${a.organisation}, ${a.sample})`.execute(tx);
  }
}

/** Marks an attachment as withdrawn; `forget` drops its bytes too, unless another attachment has the same. */
export async function markWithdrawn(
  tx: Tx,
  target: { country: string; id: string },
  by: { at: string; accountId: string | null; reason: string },
  forget: boolean,
): Promise<void> {
  await sql`update attachment set withdrawn_at = ${by.at}, withdrawn_by = ${by.accountId}, withdrawn_reason = ${by.reason}
    where country = ${target.country} and id = ${target.id}`.execute(tx);
  if (forget) await sql`select santi_attachment_forget(${target.country}, ${target.id})`.execute(tx);
}
