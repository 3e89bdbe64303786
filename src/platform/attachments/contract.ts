import { z } from "zod";
import { route } from "../contract/route.ts";
import { sensitivityLevels } from "../contract/sensitivity.ts";
import { commonProblems, defineProblems } from "../kernel/problem.ts";
import { findingKinds } from "./findings.ts";
import { type MediaType, mediaTypes } from "./media.ts";

export const attachmentProblems = defineProblems("attachments", {
  "unknown-owner": 404,
  "details-missing": 422,
  empty: 422,
  "too-large": 413,
  "owner-full": 413,
  "type-not-taken": 415,
  "type-differs": 415,
  broken: 422,
  withdrawn: 410,
});

/** Header of an upload that says what the body is: `uploadDetails` as JSON, percent-encoded so that it is plain ASCII. */
export const detailsHeader = "x-attachment-details";

/** Largest file whatever the settings say, in bytes. */
export const largestFile = 10_000_000;

const country = z.string().regex(/^[A-Z]{3}$/);
const ofOwner = z.object({ type: z.string().regex(/^[a-z-]+\.[a-z-]+$/), country, owner: z.uuid() });
const one = z.object({ country, id: z.uuid() });

/** What is said about a file when it is sent. */
export const uploadDetails = z.strictObject({
  name: z.string().trim().min(1).max(200),
  caption: z.string().trim().min(1).max(1000).nullable().default(null),
  takenOn: z.iso.date().nullable().default(null),
  /** Not below the level of the record; the record's own when left out. */
  sensitivity: z.enum(sensitivityLevels).nullable().default(null),
  /** Keep the file as it came too, one level more confidential; otherwise only the cleaned copy is stored. */
  keepOriginal: z.boolean().default(false),
});
export type UploadDetails = z.input<typeof uploadDetails>;

const types = Object.keys(mediaTypes) as [MediaType, ...MediaType[]];

export const attachmentOutput = z.object({
  id: z.uuid(),
  country: z.string(),
  name: z.string(),
  mediaType: z.enum(types),
  caption: z.string().nullable(),
  takenOn: z.string().nullable(),
  sensitivity: z.enum(sensitivityLevels),
  /** Bytes and digest of the copy that is given out. */
  size: z.int(),
  sha256: z.string(),
  /** Whether the original is there for this caller too. */
  original: z.boolean(),
  removed: z.array(z.enum(findingKinds)),
  remaining: z.array(z.enum(findingKinds)),
  addedAt: z.string(),
  addedBy: z.string().nullable(),
  withdrawn: z.object({ at: z.string(), by: z.string().nullable(), reason: z.string() }).nullable(),
  /** False when the bytes of a withdrawn attachment are gone. */
  available: z.boolean(),
  allowed: z.array(z.enum(["withdraw"])),
});
export type AttachmentOutput = z.output<typeof attachmentOutput>;

export const foundOutput = z.object({
  kind: z.enum(findingKinds),
  removed: z.boolean(),
  /** The place, for those who may read confidential facts of the country; kept nowhere. */
  position: z.object({ longitude: z.number(), latitude: z.number() }).nullable(),
});
export type FoundOutput = z.output<typeof foundOutput>;

export const uploadedOutput = z.object({
  attachment: attachmentOutput,
  /** The record had this very file already; nothing was added. */
  repeated: z.boolean(),
  findings: z.array(foundOutput),
});
export type UploadedOutput = z.output<typeof uploadedOutput>;

export const listOutput = z.object({
  items: z.array(attachmentOutput),
  limits: z.object({ fileBytes: z.int(), ownerBytes: z.int(), usedBytes: z.int() }),
  allowed: z.array(z.enum(["add"])),
});
export type AttachmentListOutput = z.output<typeof listOutput>;

/**
 * Who may do what is for the owner's domain to say, so the routes only ask for an account. Which rows are seen is for
 * row-level security.
 */
export const routes = {
  list: route({
    method: "GET",
    path: "/api/attachments/of/{type}/{country}/{owner}",
    summary: "attachments.routes.list",
    right: "signed-in",
    params: ofOwner,
    output: listOutput,
    problems: [attachmentProblems["unknown-owner"], commonProblems.forbidden],
  }),
  /** The body is the file itself; what it is stands in the header `x-attachment-details`. */
  upload: route({
    method: "POST",
    path: "/api/attachments/of/{type}/{country}/{owner}",
    summary: "attachments.routes.upload",
    right: "signed-in",
    params: ofOwner,
    output: uploadedOutput,
    problems: Object.values(attachmentProblems),
    rate: "heavy",
    timeLimit: 180_000,
  }),
  file: route({
    method: "GET",
    path: "/api/attachments/{country}/{id}/file",
    summary: "attachments.routes.file",
    right: "signed-in",
    params: one,
    query: z.object({ variant: z.enum(["given", "original"]).default("given") }),
    produces: "application/octet-stream",
    problems: [commonProblems["not-found"], attachmentProblems.withdrawn],
  }),
  withdraw: route({
    method: "POST",
    path: "/api/attachments/{country}/{id}/withdraw",
    summary: "attachments.routes.withdraw",
    right: "signed-in",
    params: one,
    body: z.strictObject({ reason: z.string().trim().min(3).max(1000) }),
    output: attachmentOutput,
    problems: [commonProblems["not-found"], commonProblems.forbidden, attachmentProblems.withdrawn],
  }),
};
