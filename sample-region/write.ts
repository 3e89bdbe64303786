import { canonicalJson, type Json } from "../src/platform/kernel/canonical-json.ts";
import type { SampleItem } from "./item.ts";

/**
 * Writes items as NDJSON: one canonical JSON object (sorted keys, UTF-8) to a line, one piece of text to a batch.
 * @param stream batches, as `generate` yields them
 */
export function* writeSample(stream: Iterable<readonly SampleItem[]>): Generator<string> {
  for (const batch of stream) {
    yield batch.map((item) => `${canonicalJson(item as unknown as Json)}\n`).join("");
  }
}
