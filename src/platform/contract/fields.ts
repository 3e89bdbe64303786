import { z } from "zod";
import type { Sensitivity } from "./sensitivity.ts";

/** The languages in which Santi speaks and keeps names; `en` stands for any Latin spelling. */
export const languages = ["en", "km", "lo", "th", "vi", "my"] as const;
export type Language = (typeof languages)[number];

/** GeoJSON geometry in WGS 84 longitude and latitude; precise checks are the business of land-geometry. */
export interface GeometryValue {
  type: "Point" | "MultiPoint" | "LineString" | "MultiLineString" | "Polygon" | "MultiPolygon";
  coordinates: unknown[];
}

/** What a field holds. It decides the column type, the form control, the filter and how a cell is imported. */
export type FieldKind =
  | "text"
  | "long-text"
  | "integer"
  | "number"
  | "boolean"
  | "date"
  | "timestamp"
  | "code"
  | "codes"
  | "country"
  | "unit"
  | "units"
  | "organisation"
  | "record"
  | "names"
  | "geometry";

/** One field of a record type: the only place that says what it is, who may see it and how it is used. */
export interface Field {
  kind: FieldKind;
  sensitivity: Sensitivity;
  /** Must be filled when a record is entered or imported. */
  required: boolean;
  /** The code list of a `code` or `codes` field. */
  list?: string;
  /** The record type that a `record` field points to, e.g. `land.area`. */
  of?: string;
  /** Geometry types allowed in a `geometry` field. */
  geometries?: readonly GeometryValue["type"][];
  /** Smallest and largest value of a number. */
  min?: number;
  max?: number;
  /** Longest text in UTF-16 units. */
  maxLength?: number;
  /** Set by the program, not by people or imports. */
  derived: boolean;
  /** Shown as a column in lists by default. */
  column: boolean;
  /** Offered as a filter, and countable when it is a code, unit, organisation or date. */
  filter: boolean;
}

type FieldOptions = Partial<Omit<Field, "kind" | "sensitivity">>;

function field(kind: FieldKind, sensitivity: Sensitivity, options: FieldOptions = {}): Field {
  return { kind, sensitivity, required: false, derived: false, column: false, filter: false, ...options };
}

/** Declares a field of the given kind; the first argument is always its sensitivity. */
export const fields = {
  text: (s: Sensitivity, o?: FieldOptions) => field("text", s, { maxLength: 500, ...o }),
  longText: (s: Sensitivity, o?: FieldOptions) => field("long-text", s, { maxLength: 20_000, ...o }),
  integer: (s: Sensitivity, o?: FieldOptions) => field("integer", s, o),
  number: (s: Sensitivity, o?: FieldOptions) => field("number", s, o),
  boolean: (s: Sensitivity, o?: FieldOptions) => field("boolean", s, o),
  date: (s: Sensitivity, o?: FieldOptions) => field("date", s, o),
  timestamp: (s: Sensitivity, o?: FieldOptions) => field("timestamp", s, o),
  code: (s: Sensitivity, list: string, o?: FieldOptions) => field("code", s, { list, ...o }),
  codes: (s: Sensitivity, list: string, o?: FieldOptions) => field("codes", s, { list, ...o }),
  country: (s: Sensitivity, o?: FieldOptions) => field("country", s, o),
  unit: (s: Sensitivity, o?: FieldOptions) => field("unit", s, o),
  units: (s: Sensitivity, o?: FieldOptions) => field("units", s, o),
  organisation: (s: Sensitivity, o?: FieldOptions) => field("organisation", s, o),
  record: (s: Sensitivity, of: string, o?: FieldOptions) => field("record", s, { of, ...o }),
  names: (s: Sensitivity, o?: FieldOptions) => field("names", s, o),
  geometry: (s: Sensitivity, geometries: readonly GeometryValue["type"][], o?: FieldOptions) =>
    field("geometry", s, { geometries, ...o }),
};

const isoDate = z.iso.date();
const geometryTypes = ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"] as const;

/** The validator of one field's value when it is present. */
export function fieldSchema(f: Field): z.ZodType {
  switch (f.kind) {
    case "text":
    case "long-text":
      return z
        .string()
        .trim()
        .min(1)
        .max(f.maxLength ?? 20_000);
    case "integer":
      return z
        .int()
        .min(f.min ?? Number.MIN_SAFE_INTEGER)
        .max(f.max ?? Number.MAX_SAFE_INTEGER);
    case "number":
      return z
        .number()
        .min(f.min ?? -Number.MAX_VALUE)
        .max(f.max ?? Number.MAX_VALUE);
    case "boolean":
      return z.boolean();
    case "date":
      return isoDate;
    case "timestamp":
      return z.iso.datetime({ offset: true });
    case "code":
      return z.string().min(1).max(80);
    case "codes":
      return z.array(z.string().min(1).max(80)).max(50);
    case "country":
      return z.string().regex(/^[A-Z]{3}$/);
    case "unit":
    case "organisation":
    case "record":
      return z.uuid();
    case "units":
      return z.array(z.uuid()).max(50);
    case "names":
      return z.partialRecord(z.enum(languages), z.string().trim().min(1).max(500));
    case "geometry":
      return z.object({ type: z.enum(f.geometries ?? geometryTypes), coordinates: z.array(z.unknown()) });
  }
}
