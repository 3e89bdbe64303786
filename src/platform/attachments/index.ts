import { sensitivityOfRank, sensitivityRank } from "../contract/sensitivity.ts";
import { type Context, type Implementation, implement } from "../http/handler.ts";
import { validationProblem } from "../http/problems.ts";
import { commonProblems, Problem } from "../kernel/problem.ts";
import { personNames } from "../records/references.ts";
import { addAttachment, collect, findOwner, limitsOf, withdrawAttachment } from "./actions.ts";
import { type AttachmentOutput, attachmentProblems, detailsHeader, routes, uploadDetails } from "./contract.ts";
import { findAttachment, findAttachments, ownerUsage, readContent, type StoredAttachment } from "./store.ts";

export { routes } from "./contract.ts";
export {
  type AttachmentOwner,
  type OwnerContext,
  type OwnerKey,
  type OwnerState,
  registerAttachmentOwner,
} from "./owners.ts";
export { attachmentSettings } from "./settings.ts";
export { findAttachments, type StoredAttachment } from "./store.ts";

/** Names, sizes and dates leave; who is named only by name. */
function present(
  attachment: StoredAttachment,
  names: ReadonlyMap<string, string>,
  mayWithdraw: boolean,
): AttachmentOutput {
  const { withdrawnAt, withdrawnReason, copies } = attachment;
  const given = copies.find(({ variant }) => variant === "given");
  const person = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
  return {
    id: attachment.id,
    country: attachment.country,
    name: attachment.name,
    mediaType: attachment.mediaType,
    caption: attachment.caption,
    takenOn: attachment.takenOn,
    sensitivity: sensitivityOfRank(attachment.sensitivity),
    size: given?.size ?? 0,
    sha256: given?.sha256 ?? "",
    original: !attachment.forgotten && copies.some(({ variant }) => variant === "original"),
    removed: attachment.removed,
    remaining: attachment.remaining,
    addedAt: attachment.addedAt,
    addedBy: person(attachment.addedBy),
    withdrawn:
      withdrawnAt === null
        ? null
        : { at: withdrawnAt, by: person(attachment.withdrawnBy), reason: withdrawnReason ?? "" },
    available: !attachment.forgotten,
    allowed: mayWithdraw && withdrawnAt === null ? ["withdraw"] : [],
  };
}

const people = (attachments: readonly StoredAttachment[]) =>
  attachments.flatMap(({ addedBy, withdrawnBy }) => [addedBy, withdrawnBy]);

/** The details of an upload from its header. @throws Problem `attachments.details-missing`, `common.invalid-input` */
function detailsOf(request: Request) {
  const header = request.headers.get(detailsHeader);
  if (header === null) throw new Problem(attachmentProblems["details-missing"]);
  let value: unknown;
  try {
    value = JSON.parse(decodeURIComponent(header));
  } catch {
    throw new Problem(attachmentProblems["details-missing"]);
  }
  const checked = uploadDetails.safeParse(value);
  if (!checked.success) throw validationProblem(checked.error);
  return checked.data;
}

/** A name for `Content-Disposition`: plain for old programs, exact for all others (RFC 6266, RFC 8187). */
function disposition(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const exact = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}

/** Whoever may see both the attachment and its record. */
async function openFile(context: Context, country: string, id: string): Promise<StoredAttachment> {
  const attachment = await findAttachment(context.tx, country, id);
  if (!attachment) throw new Problem(commonProblems["not-found"]);
  await findOwner(context, attachment.ownerType, { country, id: attachment.ownerId });
  return attachment;
}

/** The routes of attachments with their handlers; which records take files the domains say (`registerAttachmentOwner`). */
export const implementation: Implementation = implement(routes, {
  async list(context, { params }) {
    const { type, country, owner: id } = params;
    const { owner, key, state } = await findOwner(context, type, { country, id });
    const attachments = await findAttachments(context.tx, { type, country, id });
    const names = await personNames(context.tx, people(attachments));
    const mayWithdraw = await owner.canWithdraw(context, key, state);
    const { bytes } = await ownerUsage(context.tx, { type, country, id });
    return {
      items: attachments.map((attachment) => present(attachment, names, mayWithdraw)),
      limits: { ...(await limitsOf(context, country)), usedBytes: bytes },
      allowed: (await owner.canAdd(context, key, state)) ? ["add" as const] : [],
    };
  },
  async upload(context, { params }) {
    const { type, country, owner: id } = params;
    const found = await findOwner(context, type, { country, id });
    // Refused before the body is read: nobody sends ten megabytes to hear that they may not.
    if (!(await found.owner.canAdd(context, found.key, found.state))) throw new Problem(commonProblems.forbidden);
    const details = detailsOf(context.request);
    const { fileBytes } = await limitsOf(context, country);
    if (Number(context.request.headers.get("content-length") ?? 0) > fileBytes)
      throw new Problem(attachmentProblems["too-large"], { limit: fileBytes / 1_000_000 });
    const body = context.request.body as unknown as AsyncIterable<Uint8Array> | null;
    const added = await addAttachment(context, found, details, await collect(body, fileBytes));
    const names = await personNames(context.tx, people([added.attachment]));
    const mayWithdraw = await found.owner.canWithdraw(context, found.key, found.state);
    const cleared = sensitivityRank(context.caller.levelFor(country)) >= sensitivityRank("confidential");
    return {
      attachment: present(added.attachment, names, mayWithdraw),
      repeated: added.repeated,
      findings: added.findings.map((finding) => ({ ...finding, position: cleared ? finding.position : null })),
    };
  },
  async file(context, { params, query }) {
    const attachment = await openFile(context, params.country, params.id);
    if (attachment.forgotten) throw new Problem(attachmentProblems.withdrawn);
    const copy = attachment.copies.find(({ variant }) => variant === query.variant);
    if (!copy) throw new Problem(commonProblems["not-found"]);
    const headers: Record<string, string> = {
      etag: `"${copy.sha256}"`,
      // Asked again each time: it may have been withdrawn, or be closed to this person by now.
      "cache-control": "private, no-cache",
      vary: "cookie, authorization",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
    };
    if (context.request.headers.get("if-none-match")?.includes(copy.sha256))
      return new Response(null, { status: 304, headers });
    const bytes = await readContent(context.tx, params.country, copy.sha256);
    if (!bytes) throw new Problem(commonProblems["not-found"]);
    return new Response(new Uint8Array(bytes), {
      headers: {
        ...headers,
        "content-type": attachment.mediaType,
        "content-length": String(bytes.length),
        "content-disposition": disposition(attachment.name),
      },
    });
  },
  async withdraw(context, { params, body }) {
    const attachment = await withdrawAttachment(context, params, body.reason);
    const names = await personNames(context.tx, people([attachment]));
    return present(attachment, names, false);
  },
});
