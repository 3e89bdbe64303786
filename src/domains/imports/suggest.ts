import type { RecordType } from "../../platform/contract/record-type.ts";
import { type Detected, matchKey } from "../../platform/files/index.ts";
import { knownCrs } from "./crs.ts";
import { editDistance } from "./nearest.ts";
import type { ColumnMapping, PositionMapping, Profile } from "./profile.ts";

/** All labels of a field in any language. */
export type FieldLabels = (recordType: string, field: string) => readonly string[];

const key = (text: string) =>
  matchKey(text)
    .replace(/[_\-./()[\]:]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();

/** How alike the name of a column and a word for a field are, 0 to 1. A short name says little of a long label that holds it. */
function likeness(name: string, word: string): number {
  if (name === word) return 1;
  if (name.length >= 3 && word.length >= 3) {
    if (` ${name} `.includes(` ${word} `)) return 0.8;
    if (` ${word} `.includes(` ${name} `) && name.length >= word.length * 0.4) return 0.8;
  }
  const longest = Math.max(name.length, word.length);
  const limit = Math.floor(longest / 4);
  const distance = editDistance(name, word, limit);
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
/** What else columns of common fields are called. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  code: [
    ...[
      "id",
      "no",
      "number",
      "reference",
      "ref",
      "serial",
      "record id",
      "report no",
      "hazard id",
      "area id",
      "polygon id",
    ],
    ...["site id", "task id", "accident id", "incident id", "event id", "victim id"],
  ],
  areaClass: ["class", "classification", "kind", "type", "hazard type"],
  status: ["state"],
  injured: ["injuries", "wounded"],
  killed: ["deaths", "fatalities", "dead"],
};

/** Names of columns of administrative units, from the largest unit to the smallest. */
const unitNames = [
  ["province", "region", "khet", "changwat", "khoueng", "tinh", "ខេត្ត", "จังหวัด", "ແຂວງ", "tỉnh", "ပြည်နယ်", "တိုင်း"],
  ["district", "srok", "amphoe", "muang", "huyen", "ស្រុក", "อำเภอ", "ເມືອງ", "huyện", "ခရိုင်"],
  ["commune", "sub district", "subdistrict", "khum", "tambon", "xa", "township", "ឃុំ", "ตำบล", "xã", "မြို့နယ်"],
  ["village", "phum", "ban", "thon", "ភូមិ", "หมู่บ้าน", "ບ້ານ", "thôn", "ကျေးရွာ"],
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
    const known = knownCrs(detected.crs);
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
  const columns: ColumnMapping[] = [];
  const filled = new Set<string>();
  const unit = unitColumns(detected, type, used);
  if (unit) {
    columns.push(unit);
    filled.add(unit.field);
  }
  const targets = Object.entries(type.fields).flatMap(([name, field]) => {
    if (field.derived || field.kind === "geometry" || field.kind === "country") return [];
    const others = [...(otherNames[name] ?? []), ...(name === type.dateField ? ["date", "day"] : [])];
    const words = [name.replace(/([A-Z])/g, " $1"), ...labels(type.name, name), ...others].map(key);
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
  for (const { column, field } of pairs) {
    if (used.has(column) || filled.has(field)) continue;
    used.add(column);
    filled.add(field);
    columns.push({ field, column });
  }
  return { columns, position, decimalComma: detected.decimalComma === true ? true : undefined };
}

/** Columns named like administrative units, from the largest to the smallest, when a record of the type lies in one. */
function unitColumns(detected: Detected, type: RecordType, used: Set<string>): ColumnMapping | null {
  const field = Object.entries(type.fields).find(([, { kind }]) => kind === "unit")?.[0];
  if (!field) return null;
  const found = unitNames.flatMap((names) => {
    const wanted = new Set(names.map(key));
    const column = detected.fields.find(({ name }) => {
      // "Province name" and "district_en" are names of units; "province code" is none.
      const said = key(name).replace(/ (name|en|english)$/, "");
      return !used.has(name) && wanted.has(said);
    })?.name;
    if (column === undefined) return [];
    used.add(column);
    return [column];
  });
  if (found.length === 0) return null;
  return found.length === 1 ? { field, column: found[0] as string } : { field, columns: found };
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
