import type { RecordValues } from "../../platform/contract/record-type.ts";
import { sameValue } from "../../platform/records/definition.ts";

const isNames = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === "object" && !Array.isArray(value) && !("type" in value);

/** Names in the languages of the row are the row's, the others stay. */
function withRow(stored: unknown, row: unknown): unknown {
  return isNames(row) && isNames(stored) ? { ...stored, ...row } : row;
}

/** Whether the source says the same as it did: for names, in the languages that the row has. */
function saysTheSame(row: unknown, base: unknown): boolean {
  if (isNames(row) && isNames(base)) return Object.entries(row).every(([key, value]) => sameValue(value, base[key]));
  return sameValue(row, base);
}

/**
 * Joins a row with the record that it means, in three ways: what the source changed since the last import is taken,
 * what people changed since then stays, and where both changed a field the people's value stays and is named.
 * @param stored the record as it is
 * @param base the record as the last import left it; null when no import touched it
 * @param row what the row says
 * @param managed the fields that the row speaks for
 */
export function mergeRow(
  stored: RecordValues,
  base: RecordValues | null,
  row: RecordValues,
  managed: readonly string[],
): { values: RecordValues; kept: string[] } {
  const values: RecordValues = { ...stored };
  const kept: string[] = [];
  for (const name of managed) {
    const said = row[name];
    if (base === null) {
      // Nobody knows what the source said before: an empty cell takes nothing away.
      if (said !== undefined) values[name] = withRow(stored[name], said);
      continue;
    }
    if (saysTheSame(said, base[name])) continue;
    const next = withRow(stored[name], said);
    if (sameValue(next, stored[name])) continue;
    if (sameValue(stored[name], base[name])) values[name] = next;
    else kept.push(name);
  }
  return { values, kept };
}
