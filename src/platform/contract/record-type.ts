import { z } from "zod";
import { type Field, fieldSchema } from "./fields.ts";
import { type Sensitivity, sensitivityRank } from "./sensitivity.ts";

/** Values of a record by field name, as they travel between server and clients. */
export type RecordValues = Record<string, unknown>;

/**
 * A kind of record and its fields. Columns, forms, filters, import targets, exports, labels and clearance are all
 * derived from it; nothing else repeats the list of fields.
 */
export interface RecordType {
  /** `<domain>.<thing>`, e.g. `accidents.accident`; also the prefix of its label keys. */
  name: string;
  fields: Readonly<Record<string, Field>>;
  /** The field that a list shows first and links from. */
  titleField: string;
  /** The date that a list sorts and filters by. */
  dateField?: string;
  /** The geometry shown on maps. */
  geometryField?: string;
}

/** Fields that every record carries, kept by the program. */
export const commonFields: Readonly<Record<string, Field>> = {
  id: { kind: "text", sensitivity: "public", required: true, derived: true, column: false, filter: false },
  country: { kind: "country", sensitivity: "public", required: true, derived: false, column: false, filter: true },
  revision: { kind: "integer", sensitivity: "public", required: true, derived: true, column: false, filter: false },
  recordedAt: {
    kind: "timestamp",
    sensitivity: "restricted",
    required: true,
    derived: true,
    column: false,
    filter: false,
  },
  /** The import that brought the record, when one did. */
  importId: { kind: "text", sensitivity: "restricted", required: false, derived: true, column: false, filter: true },
  /** Invented, from the sample region. */
  sample: { kind: "boolean", sensitivity: "public", required: true, derived: true, column: false, filter: true },
};

/** Declares a record type; the common fields are added. */
export function recordType(definition: RecordType): RecordType {
  return { ...definition, fields: { ...commonFields, ...definition.fields } };
}

/** What a record looks like on the way out: every field may be missing because it was withheld. */
export function outputSchema(type: RecordType): z.ZodObject {
  const shape = Object.fromEntries(
    Object.entries(type.fields).map(([name, f]) => [
      name,
      fieldSchema(f).nullable().optional().meta({ sensitivity: f.sensitivity }),
    ]),
  );
  return z.object({
    ...shape,
    id: z.uuid(),
    country: z.string(),
    revision: z.int(),
    withheld: z.array(z.string()).optional(),
  });
}

/** What people may send to change a record: any field that is not derived; null empties it. */
export function changeSchema(type: RecordType): z.ZodObject {
  return z.strictObject(
    Object.fromEntries(
      Object.entries(type.fields)
        .filter(([name, f]) => !f.derived && name !== "country")
        .map(([name, f]) => [name, f.required ? fieldSchema(f).optional() : fieldSchema(f).nullable().optional()]),
    ),
  );
}

/** The names of the fields that a clearance opens. */
export function clearedFields(type: RecordType, clearance: Sensitivity): string[] {
  const limit = sensitivityRank(clearance);
  return Object.entries(type.fields)
    .filter(([, f]) => sensitivityRank(f.sensitivity) <= limit)
    .map(([name]) => name);
}

/**
 * Lists what may leave: the fields that the clearance opens and, in `withheld`, the names of the others that hold a
 * value. Whether a record has a value in a withheld field is itself withheld above one level of distance.
 */
export function present(type: RecordType, values: RecordValues, clearance: Sensitivity): RecordValues {
  const limit = sensitivityRank(clearance);
  const out: RecordValues = {};
  const withheld: string[] = [];
  for (const [name, f] of Object.entries(type.fields)) {
    if (sensitivityRank(f.sensitivity) <= limit) {
      if (values[name] !== undefined) out[name] = values[name];
    } else withheld.push(name);
  }
  if (withheld.length > 0) out.withheld = withheld;
  return out;
}
