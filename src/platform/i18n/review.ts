import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Language } from "../contract/fields.ts";
import { readCatalogue } from "./node.ts";
import type { Messages } from "./translator.ts";

/** Which messages a person has read and agreed to: language, key, hash of the message that was read. */
export type ReviewedMessages = Readonly<Partial<Record<Language, Readonly<Record<string, string>>>>>;

/** One message as a reviewer sees it. */
export interface ReviewEntry {
  key: string;
  english: string;
  /** Null when nobody has drafted it yet. */
  draft: string | null;
  /** True only while the message is the very one that was read. */
  reviewed: boolean;
}

/** The hash that stands for a message in `reviewed.json`: SHA-256 of its UTF-8 bytes, the first 16 hex digits. */
export function messageHash(message: string): string {
  return createHash("sha256").update(message, "utf8").digest("hex").slice(0, 16);
}

/** Reads the list of reviewed messages that is kept with the code. */
export function readReviewed(): ReviewedMessages {
  return JSON.parse(readFileSync(fileURLToPath(new URL("./reviewed.json", import.meta.url)), "utf8"));
}

/**
 * Every English message beside its draft in another language. Drafts are machine-made until a speaker has read them;
 * a message that changed after it was read counts as not reviewed again.
 */
export function reviewList(
  language: Language,
  sources: { english?: Messages; drafts?: Messages; reviewed?: ReviewedMessages } = {},
): ReviewEntry[] {
  const english = sources.english ?? readCatalogue("en");
  const drafts = sources.drafts ?? readCatalogue(language);
  const reviewed = (sources.reviewed ?? readReviewed())[language] ?? {};
  return Object.keys(english)
    .sort()
    .map((key) => {
      const draft = drafts[key] ?? null;
      return {
        key,
        english: english[key] ?? "",
        draft,
        reviewed: draft !== null && reviewed[key] === messageHash(draft),
      };
    });
}
