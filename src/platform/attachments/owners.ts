import type { Context } from "../http/handler.ts";

/** A record to which files belong. */
export interface OwnerKey {
  country: string;
  id: string;
}

/** What attachments must know about a record. */
export interface OwnerState {
  /** Rank 0 to 3; no attachment is below it. */
  sensitivity: number;
  /** Whose the record is; its people always see its attachments. */
  organisation: string | null;
  /** Approved or otherwise closed: the bytes of what is withdrawn are kept. */
  final: boolean;
  sample: boolean;
}

/** What handlers have that an owner needs to judge. */
export type OwnerContext = Pick<Context, "tx" | "caller" | "now">;

type Judge = (context: OwnerContext, owner: OwnerKey, state: OwnerState) => boolean | Promise<boolean>;

/** How a domain lets files belong to its records. */
export interface AttachmentOwner {
  /** The record as the caller may see it, or null when there is none for them. Locks nothing. */
  find(context: OwnerContext, owner: OwnerKey): Promise<OwnerState | null>;
  canRead: Judge;
  canAdd: Judge;
  canWithdraw: Judge;
}

const owners = new Map<string, AttachmentOwner>();

/**
 * Lets files belong to records of a type. Each domain that wants attachments calls this once, where its front door is
 * loaded on the server.
 * @param type the record type, `<area>.<record>`, e.g. `land.report`
 */
export function registerAttachmentOwner(type: string, owner: AttachmentOwner): void {
  owners.set(type, owner);
}

/** The owner of a type, or null when its records take no files. */
export function attachmentOwner(type: string): AttachmentOwner | null {
  return owners.get(type) ?? null;
}
