import type { RecordValues } from "../../platform/contract/record-type.ts";
import type { Tx } from "../../platform/database/types.ts";
import { implement } from "../../platform/http/handler.ts";
import { type ChangeContext, createRecords, reviseRecords } from "../../platform/records/actions.ts";
import { dateChecks } from "../../platform/records/checks.ts";
import type { RecordDefinition } from "../../platform/records/definition.ts";
import { recordHandlers } from "../../platform/records/handlers.ts";
import { findByKeys } from "../../platform/records/store.ts";
import { event, eventRoutes, find, findRoutes, rights } from "./contract.ts";

/** Finds of explosive items in the generic record engine. */
export const findDefinition: RecordDefinition = {
  type: find,
  table: "ordnance_find",
  searchFields: ["code", "model"],
  codePrefix: "FND",
  defaultLevel: 1,
  derive: () => ({}),
  check: (values, now) => dateChecks(values, now, ["foundOn", "disposedOn"], [["foundOn", "disposedOn"]]),
};

/** Other events with explosive ordnance in the generic record engine. */
export const eventDefinition: RecordDefinition = {
  type: event,
  table: "ordnance_event",
  searchFields: ["code", "unitAsWritten"],
  codePrefix: "EVT",
  defaultLevel: 1,
  derive: () => ({}),
  check: (values, now) => dateChecks(values, now, ["occurredOn"]),
};

const needed = { read: "ordnance.read", correct: "ordnance.correct" };

/** The routes of the domain with their handlers. */
export const implementations = [
  implement(findRoutes, recordHandlers(findDefinition, needed)),
  implement(eventRoutes, recordHandlers(eventDefinition, needed)),
];
/** Stores items that a field report found, each with its first revision. @returns their ids */
export async function recordFinds(
  tx: Tx,
  country: string,
  finds: readonly RecordValues[],
  change: ChangeContext,
): Promise<string[]> {
  const stored = await createRecords(
    tx,
    findDefinition,
    finds.map((values) => ({ country, values })),
    change,
  );
  return stored.map(({ id }) => id);
}

/** Takes back items of a report that was put right. */
export async function withdrawFinds(
  tx: Tx,
  country: string,
  ids: readonly string[],
  change: ChangeContext,
): Promise<void> {
  const records = await findByKeys(tx, findDefinition, country, "id", [...ids]);
  const held = records.filter(({ withdrawn }) => !withdrawn);
  if (held.length > 0)
    await reviseRecords(
      tx,
      findDefinition,
      held.map((record) => ({ record, withdrawn: true })),
      change,
      "withdrawn",
    );
}

export { rights };
