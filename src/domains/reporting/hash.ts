import { createHash } from "node:crypto";
import { canonicalJson, type Json } from "../../platform/kernel/canonical-json.ts";

/** The canonical text of something and its SHA-256, as hexadecimal. Equal contents give equal texts. */
export function hashed(content: unknown): { text: string; hash: string } {
  const text = canonicalJson(content as Json);
  return { text, hash: createHash("sha256").update(text).digest("hex") };
}
