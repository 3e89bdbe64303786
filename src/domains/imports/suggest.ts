import type { RecordType } from "../../platform/contract/record-type.ts";
import { type Detected, matchKey } from "../../platform/files/index.ts";
import { editDistance } from "./nearest.ts";
import type { ColumnMapping, PositionMapping, Profile } from "./profile.ts";
import { knownCrs } from "./sources.ts";

/** All labels of a field in any language. */
export type FieldLabels = (recordType: string, field: string) => readonly string[];

const key = (text: string) =>
  matchKey(text)
    .replace(/[_\-./()[\]:]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();

/** How alike two column names are, 0 to 1. */
function likeness(a: string, b: string): number {
  if (a === b) return 1;
  if (a.length >= 3 && b.length >= 3 && (` ${a} `.includes(` ${b} `) || ` ${b} `.includes(` ${a} `))) return 0.8;
  const longest = Math.max(a.length, b.length);
  const limit = Math.floor(longest / 4);
  const distance = editDistance(a, b, limit);
  return distance > limit ? 0 : 1 - distance / longest;
}

const latitudeNames = [
  "latitude",
  "lat",
  "y",
  "northing",
  "latitud",
  "รุ้ง",
  "ละติจูด",
  "រយៈទទឹង",
  "ເສັ້ນຂະໜານ",
  "vĩ độ",
  "လတ္တီတွဒ်",
];
const longitudeNames = [
  "longitude",
  "long",
  "lon",
  "lng",
  "x",
  "easting",
  "longitud",
  "แวง",
  "ลองจิจูด",
  "រយៈបណ្តោយ",
  "ເສັ້ນແວງ",
  "kinh độ",
  "လောင်ဂျီတွဒ်",
];
const pairNames = [
  "coordinates",
  "coordinate",
  "position",
  "gps",
  "utm",
  "mgrs",
  "grid",
  "និយាមកា",
  "พิกัด",
  "ພິກັດ",
  "toạ độ",
  "ကိုဩဒိနိတ်",
];
const datumNames = ["datum", "coordinate system", "crs", "srid"];
const zoneNames = ["zone", "utm zone"];

const findColumn = (columns: readonly string[], names: readonly string[], used: ReadonlySet<string>) =>
  columns.find((column) => !used.has(column) && names.map(key).includes(key(column))) ??
  columns.find(
    (column) => !used.has(column) && names.some((name) => name.length > 3 && key(column).includes(key(name))),
  );

/**
 * Suggests where positions are. The datum is only filled in when the file itself states one; otherwise people must say.
 */
function suggestPosition(detected: Detected, used: Set<string>): Partial<PositionMapping> | null {
  const columns = detected.fields.map(({ name }) => name);
  const hasGeometry = detected.layers.some(
    ({ name, geometryType }) => name === detected.layer && geometryType !== null,
  );
  if (hasGeometry) {
    const known = knownCrs(detected.crs?.code);
    return { kind: "geometry", hemisphere: "N", format: "degrees", ...known };
  }
  const datumColumn = findColumn(columns, datumNames, used);
  const zoneColumn = findColumn(columns, zoneNames, used);
  const first = findColumn(columns, latitudeNames, used);
  const second = findColumn(columns, longitudeNames, used);
  const more = { ...(datumColumn ? { datumColumn } : {}), ...(zoneColumn ? { zoneColumn } : {}) };
  for (const name of [datumColumn, zoneColumn]) if (name) used.add(name);
  if (first && second) {
    used.add(first).add(second);
    return { kind: "columns", format: "degrees", hemisphere: "N", first, second, ...more };
  }
  const column = findColumn(columns, pairNames, used);
  if (!column) return null;
  used.add(column);
  return { kind: "columns", format: "degrees", hemisphere: "N", column, ...more };
}

/** A suggested beginning of a profile; the position may still lack its datum. */
export interface Suggestion {
  columns: ColumnMapping[];
  position: Partial<PositionMapping> | null;
  decimalComma: boolean | undefined;
}

/**
 * Suggests which column fills which field, by the likeness of column names to field names and their labels in all
 * languages; each column and each field at most once, the best matches first.
 */
export function suggestMapping(detected: Detected, type: RecordType, labels: FieldLabels): Suggestion {
  const used = new Set<string>();
  const position = type.geometryField ? suggestPosition(detected, used) : null;
  const targets = Object.entries(type.fields).flatMap(([name, field]) => {
    if (field.derived || field.kind === "geometry" || field.kind === "country") return [];
    const words = [name.replace(/([A-Z])/g, " $1"), ...labels(type.name, name)].map(key);
    if (field.kind !== "names") return [{ field: name, words }];
    return [
      { field: `${name}.en`, words: [...words, "name", "name en", "name latin", "english name"].map(key) },
      ...(["km", "lo", "th", "vi", "my"] as const).map((language) => ({
        field: `${name}.${language}`,
        words: [`${name} ${language}`, `name ${language}`].map(key),
      })),
    ];
  });
  const pairs = detected.fields
    .filter(({ name }) => !used.has(name))
    .flatMap(({ name }) =>
      targets.map(({ field, words }) => ({
        column: name,
        field,
        score: Math.max(...words.map((word) => likeness(key(name), word))),
      })),
    )
    .filter(({ score }) => score >= 0.75)
    .sort((a, b) => b.score - a.score);
  const filled = new Set<string>();
  const columns: ColumnMapping[] = [];
  for (const { column, field } of pairs) {
    if (used.has(column) || filled.has(field)) continue;
    used.add(column);
    filled.add(field);
    columns.push({ field, column });
  }
  return { columns, position, decimalComma: detected.decimalComma === true ? true : undefined };
}

/** How well a profile fits a file: the share of the columns it reads that the file has, 0 to 1. */
export function profileFit(profile: Profile, used: ReadonlySet<string>, detected: Detected): number {
  const there = new Set(detected.fields.map(({ name }) => name));
  if (used.size === 0) return 0;
  const found = [...used].filter((name) => there.has(name)).length / used.size;
  return profile.order && detected.layer !== null && profile.order.includes(detected.layer)
    ? Math.max(found, 0.9)
    : found;
}
