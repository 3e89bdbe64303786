import { setting } from "../administration/setting.ts";

/** Largest file that may be attached, in megabytes of 1,000,000 bytes. */
export const fileMegabytes = setting("attachments.file-megabytes", { kind: "integer", min: 1, max: 10 }, 10, {
  scope: "country",
});

/** What all files of one record may have together, originals included, in megabytes. */
export const ownerMegabytes = setting("attachments.owner-megabytes", { kind: "integer", min: 1, max: 1000 }, 100, {
  scope: "country",
});

export const attachmentSettings = [fileMegabytes, ownerMegabytes] as const;
