import { present, type RecordValues } from "../contract/record-type.ts";
import type { Context } from "../http/handler.ts";
import type { RecordDefinition } from "./definition.ts";
import type { StoredRecord } from "./store.ts";

/** A record as the caller may see it. */
export function presentRecord(
  definition: RecordDefinition,
  record: StoredRecord,
  context: Pick<Context, "caller">,
): RecordValues {
  const values: RecordValues = {
    ...record.values,
    id: record.id,
    country: record.country,
    revision: record.revision,
    recordedAt: record.recordedAt,
    importId: record.importId,
    sample: record.sample,
  };
  return present(definition.type, values, context.caller.levelFor(record.country));
}
