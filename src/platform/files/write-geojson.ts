import type { Writable } from "node:stream";
import { makeTextSink, type RowSource } from "./write.ts";

/** How to write GeoJSON. */
export interface WriteGeoJsonOptions {
  /** Newline-delimited features instead of one collection. */
  sequence?: boolean;
  signal?: AbortSignal;
}

/**
 * Writes rows as an RFC 7946 feature collection, one feature a line, or as newline-delimited features. Returns the
 * number of features.
 */
export async function writeGeoJson(
  rows: RowSource,
  stream: Writable,
  options: WriteGeoJsonOptions = {},
): Promise<{ rows: number }> {
  const sink = makeTextSink(stream);
  const { sequence = false, signal } = options;
  if (!sequence) await sink.write('{"type":"FeatureCollection","features":[\n');
  let count = 0;
  for await (const row of rows) {
    if (count % 1000 === 0) signal?.throwIfAborted();
    const feature = JSON.stringify({ type: "Feature", properties: row.fields, geometry: row.geometry ?? null });
    const wait = sink.write(sequence ? `${feature}\n` : `${count > 0 ? ",\n" : ""}${feature}`);
    if (wait) await wait;
    count++;
  }
  if (!sequence) await sink.write("\n]}\n");
  await sink.end();
  return { rows: count };
}
