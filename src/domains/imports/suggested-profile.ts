import type { Language } from "../../platform/contract/fields.ts";
import type { RecordType } from "../../platform/contract/record-type.ts";
import type { Detected, ReadOptions } from "../../platform/files/index.ts";
import { type Profile, type ProfileInput, profileSchema, usedColumns } from "./profile.ts";
import { type FieldLabels, profileFit, suggestMapping } from "./suggest.ts";

/** What people say of a file that a look at it cannot tell. */
export interface FileChoices {
  id: string;
  name: string;
  language: Language;
  country?: string;
  /** Needed for positions in columns, and in files that state no reference system. */
  datum?: string;
  dates?: "dmy" | "mdy" | "ymd";
  /** How the file was read, where detection was not to decide. */
  reading?: Pick<ReadOptions, "layer" | "headerRow" | "encoding" | "delimiter">;
}

/** A beginning of a profile for files like one that was looked at. */
export interface SuggestedProfile {
  /** Null when no column was recognised or the datum is not known: nothing is read as WGS 84 because nothing else was said. */
  profile: Profile | null;
  lacks: ("columns" | "datum")[];
  /** Columns of the file that fill nothing yet. */
  unread: string[];
}

/** A profile that reads what the names of the columns tell, by the datum that the file or a person states. */
export function suggestedProfile(
  detected: Detected,
  type: RecordType,
  labels: FieldLabels,
  { id, name, language, country, datum, dates, reading = {} }: FileChoices,
): SuggestedProfile {
  const { columns, position, decimalComma } = suggestMapping(detected, type, labels);
  const placed = position && datum ? { ...position, datum } : position;
  const lacks: SuggestedProfile["lacks"] = [];
  if (columns.length === 0) lacks.push("columns");
  if (placed && !placed.datum && !placed.datumColumn) lacks.push("datum");
  const input = {
    ...{ id, names: { [language]: name }, recordType: type.name, columns },
    ...(country ? { country } : {}),
    ...(placed ? { position: placed as ProfileInput["position"] } : {}),
    ...(dates ? { dates: { order: dates } } : {}),
    ...(decimalComma ? { decimalComma } : {}),
    ...(Object.keys(reading).length > 0 ? { reading } : {}),
  };
  const profile = lacks.length === 0 ? profileSchema.parse(input) : null;
  const used = new Set([
    ...columns.flatMap(({ column, columns: several }) => [column, ...(several ?? [])]),
    ...[placed?.column, placed?.first, placed?.second, placed?.datumColumn, placed?.zoneColumn],
  ]);
  return {
    profile,
    lacks,
    unread: detected.fields.map(({ name: column }) => column).filter((column) => !used.has(column)),
  };
}

/** The profiles that read at least half of their columns in a file, best first. */
export function fittingProfiles(detected: Detected, known: readonly Profile[]): { profile: string; fit: number }[] {
  return known
    .map((profile) => ({ profile: profile.id, fit: profileFit(profile, usedColumns(profile), detected) }))
    .filter(({ fit }) => fit >= 0.5)
    .sort((a, b) => b.fit - a.fit);
}
