import { fields } from "../../../platform/contract/fields.ts";

/** What the fields of a report that name other records point to; `RecordPicker` and titles are made from it. */
export const pickers = {
  organisation: fields.organisation("public"),
  area: fields.record("public", "land.area"),
  task: fields.record("public", "tasking.task"),
  unit: fields.unit("public"),
} as const;
