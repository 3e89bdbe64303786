import { createHash } from "node:crypto";
import type { z } from "zod";
import { readSetting } from "../administration/settings.ts";
import { sensitivityRank } from "../contract/sensitivity.ts";
import { recordEvent } from "../events/index.ts";
import { newId } from "../kernel/ids.ts";
import { commonProblems, Problem } from "../kernel/problem.ts";
import { attachmentProblems, largestFile, type uploadDetails } from "./contract.ts";
import { examine } from "./examine.ts";
import type { Examination, FindingKind, FoundPosition } from "./findings.ts";
import { type MediaType, sniff, typeOfName } from "./media.ts";
import { type AttachmentOwner, attachmentOwner, type OwnerContext, type OwnerKey, type OwnerState } from "./owners.ts";
import { fileMegabytes, ownerMegabytes } from "./settings.ts";
import {
  findAttachment,
  findAttachments,
  insertAttachment,
  lockOwner,
  markWithdrawn,
  ownerUsage,
  type StoredAttachment,
  type StoredCopy,
  storeContent,
} from "./store.ts";

/** A record to which files belong, found and open to the caller. */
export interface FoundOwner {
  type: string;
  key: OwnerKey;
  owner: AttachmentOwner;
  state: OwnerState;
}

/** What adding a file came to. */
export interface Added {
  attachment: StoredAttachment;
  repeated: boolean;
  findings: { kind: FindingKind; removed: boolean; position: FoundPosition | null }[];
}

const megabyte = 1_000_000;
const strictest = 3;

/**
 * Finds the record to which files belong.
 * @throws Problem `attachments.unknown-owner` when its type takes no files, or there is none that the caller may read
 */
export async function findOwner(context: OwnerContext, type: string, key: OwnerKey): Promise<FoundOwner> {
  const owner = attachmentOwner(type);
  const state = owner && (await owner.find(context, key));
  if (!owner || !state || !(await owner.canRead(context, key, state)))
    throw new Problem(attachmentProblems["unknown-owner"], { type });
  return { type, key, owner, state };
}

/** How much a record may hold, in bytes: one file, and all together. */
export async function limitsOf(
  { tx }: Pick<OwnerContext, "tx">,
  country: string,
): Promise<{ fileBytes: number; ownerBytes: number }> {
  const fileBytes = Math.min(largestFile, (await readSetting(tx, fileMegabytes, country)) * megabyte);
  return { fileBytes, ownerBytes: (await readSetting(tx, ownerMegabytes, country)) * megabyte };
}

/**
 * Collects a body, and stops as soon as it is larger than it may be.
 * @throws Problem `attachments.too-large`, `attachments.empty`
 */
export async function collect(body: AsyncIterable<Uint8Array> | null, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > limit) throw new Problem(attachmentProblems["too-large"], { limit: limit / megabyte });
    chunks.push(chunk);
  }
  if (size === 0) throw new Problem(attachmentProblems.empty);
  return Buffer.concat(chunks, size);
}

/** The type of a file by its bytes, which must be what its name says, and what was found in it. */
function judge(name: string, bytes: Uint8Array): { type: MediaType; examination: Examination } {
  const claimed = typeOfName(name);
  if (!claimed) throw new Problem(attachmentProblems["type-not-taken"]);
  const type = sniff(bytes);
  if (!type) throw new Problem(attachmentProblems["type-not-taken"]);
  if (type !== claimed) throw new Problem(attachmentProblems["type-differs"], { type });
  const examination = examine(bytes, type);
  if (!examination) throw new Problem(attachmentProblems.broken);
  return { type, examination };
}

const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/**
 * Adds a file to a record. What is stored for giving out is the copy without places and personal traces; the file as it
 * came is kept beside it only when that is asked for, one level more confidential. A file whose places cannot be taken
 * out is itself one level more confidential.
 * @throws Problem `common.forbidden`, `attachments.type-not-taken`, `attachments.type-differs`, `attachments.broken`,
 * `attachments.owner-full`
 */
export async function addAttachment(
  context: OwnerContext,
  { type: ownerType, key, owner, state }: FoundOwner,
  details: z.output<typeof uploadDetails>,
  bytes: Uint8Array,
): Promise<Added> {
  if (!(await owner.canAdd(context, key, state))) throw new Problem(commonProblems.forbidden);
  const { tx, caller, now } = context;
  const { type, examination } = judge(details.name, bytes);
  const { kinds, position, cleaned } = examination;
  const found = [...kinds].sort();
  const chosen = Math.max(state.sensitivity, details.sensitivity ? sensitivityRank(details.sensitivity) : 0);
  const placed = cleaned === null && kinds.has("location");
  const level = Math.min(strictest, placed ? chosen + 1 : chosen);
  const given = cleaned ?? bytes;
  const findings = found.map((kind) => ({
    kind,
    removed: cleaned !== null,
    position: kind === "location" ? position : null,
  }));

  await lockOwner(tx, key.country, key.id);
  const sha256 = digest(given);
  const there = (await findAttachments(tx, { type: ownerType, ...key })).find(
    ({ withdrawnAt, copies }) => withdrawnAt === null && copies.some((copy) => copy.sha256 === sha256),
  );
  if (there) return { attachment: there, repeated: true, findings };

  const copies: StoredCopy[] = [{ variant: "given", sha256, size: given.length, sensitivity: level }];
  if (details.keepOriginal && cleaned !== null && kinds.size > 0)
    copies.push({
      variant: "original",
      sha256: digest(bytes),
      size: bytes.length,
      sensitivity: Math.min(strictest, level + 1),
    });
  const { ownerBytes } = await limitsOf(context, key.country);
  const { bytes: used } = await ownerUsage(tx, { type: ownerType, ...key });
  const added = copies.reduce((sum, { size }) => sum + size, 0);
  if (used + added > ownerBytes) throw new Problem(attachmentProblems["owner-full"], { limit: ownerBytes / megabyte });

  const attachment: StoredAttachment = {
    country: key.country,
    id: newId(),
    ownerType,
    ownerId: key.id,
    name: details.name,
    mediaType: type,
    caption: details.caption,
    takenOn: details.takenOn ?? examination.takenOn,
    removed: cleaned === null ? [] : found,
    remaining: cleaned === null ? found : [],
    sensitivity: level,
    organisation: state.organisation,
    addedAt: now.toISOString(),
    addedBy: caller.account?.id ?? null,
    withdrawnAt: null,
    withdrawnBy: null,
    withdrawnReason: null,
    forgotten: false,
    sample: state.sample,
    copies,
  };
  for (const copy of copies) await storeContent(tx, key.country, copy.sha256, copy.variant === "given" ? given : bytes);
  await insertAttachment(tx, attachment);
  await recordEvent(tx, {
    type: "attachments.added",
    country: key.country,
    subject: { type: ownerType, id: key.id },
    accountId: attachment.addedBy,
    now,
    payload: {
      attachment: attachment.id,
      mediaType: type,
      copies: copies.map(({ variant, sha256, size }) => ({ variant, sha256, size })),
    },
  });
  return { attachment, repeated: false, findings };
}

/**
 * Withdraws an attachment with a reason. Of a record that is not final the bytes are dropped too.
 * @throws Problem `common.not-found`, `common.forbidden`, `attachments.withdrawn`
 */
export async function withdrawAttachment(
  context: OwnerContext,
  target: { country: string; id: string },
  reason: string,
): Promise<StoredAttachment> {
  const { tx, caller, now } = context;
  const known = await findAttachment(tx, target.country, target.id);
  if (!known) throw new Problem(commonProblems["not-found"]);
  const { owner, key, state } = await findOwner(context, known.ownerType, {
    country: known.country,
    id: known.ownerId,
  });
  if (!(await owner.canWithdraw(context, key, state))) throw new Problem(commonProblems.forbidden);
  await lockOwner(tx, key.country, key.id);
  const attachment = await findAttachment(tx, target.country, target.id);
  if (!attachment || attachment.withdrawnAt !== null) throw new Problem(attachmentProblems.withdrawn);
  const accountId = caller.account?.id ?? null;
  const at = now.toISOString();
  await markWithdrawn(tx, target, { at, accountId, reason }, !state.final);
  await recordEvent(tx, {
    type: "attachments.withdrawn",
    country: target.country,
    subject: { type: attachment.ownerType, id: attachment.ownerId },
    accountId,
    now,
    payload: { attachment: attachment.id, forgotten: !state.final },
  });
  return { ...attachment, withdrawnAt: at, withdrawnBy: accountId, withdrawnReason: reason, forgotten: !state.final };
}
