import type { RecordType } from "../../contract/record-type.ts";
import type { Search } from "../address.ts";

/** The values that an address starts a form with: `value.<field>`, for fields that people fill in. */
export function initialValues(type: RecordType, search: Search): Record<string, string | number> {
  const values: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(search)) {
    const name = key.startsWith("value.") ? key.slice(6) : "";
    const field = type.fields[name];
    if (!field || field.derived || value === undefined || value === "") continue;
    if (field.kind !== "integer" && field.kind !== "number") values[name] = value;
    else if (Number.isFinite(Number(value))) values[name] = Number(value);
  }
  return values;
}
