import type { RecordType, RecordValues } from "../contract/record-type.ts";
import { type Finding, storedFields } from "./definition.ts";

const known = new Map<string, ReadonlySet<string>>();

/**
 * Tells the engine the codes of lists. Whoever composes the program calls this once with the lists of every domain;
 * a field of a list that nobody told is not judged.
 */
export function registerCodeLists(lists: Readonly<Record<string, readonly string[]>>): void {
  for (const [list, codes] of Object.entries(lists)) known.set(list, new Set(codes));
}

/**
 * Finds codes that are not in the list of their field: figures are counted by code, and one that no list has would be
 * counted nowhere.
 * @param only the fields to judge; all when left out
 */
export function unknownCodes(type: RecordType, values: RecordValues, only?: ReadonlySet<string>): Finding[] {
  const findings: Finding[] = [];
  for (const [name, { kind, list }] of storedFields(type)) {
    if ((kind !== "code" && kind !== "codes") || (only && !only.has(name))) continue;
    const codes = list === undefined ? undefined : known.get(list);
    const value = values[name];
    if (!codes || value === null || value === undefined) continue;
    for (const code of Array.isArray(value) ? value : [value])
      if (typeof code !== "string" || !codes.has(code))
        findings.push({ check: "code-unknown", severity: "error", field: name, params: { value: String(code) } });
  }
  return findings;
}
