import { areaSquareMetres } from "@santi/land-geometry";
import type { Geometry } from "geojson";
import { registerAttachmentOwner } from "../../platform/attachments/index.ts";
import type { RecordValues } from "../../platform/contract/record-type.ts";
import type { Tx } from "../../platform/database/types.ts";
import { implement } from "../../platform/http/handler.ts";
import { type ChangeContext, createRecords, type NewRecord, reviseRecords } from "../../platform/records/actions.ts";
import type { RecordDefinition } from "../../platform/records/definition.ts";
import { recordHandlers } from "../../platform/records/handlers.ts";
import { registerReference } from "../../platform/records/references.ts";
import { findByKeys, type StoredRecord } from "../../platform/records/store.ts";
import { checkArea } from "./checks.ts";
import { area, rights, routes } from "./contract.ts";
import { carriedAreas } from "./store.ts";

registerReference("land.area", "land.area", "land_area_name");

/** Hazardous areas in the generic record engine. */
export const areaDefinition: RecordDefinition = {
  type: area,
  table: "land_area",
  searchFields: ["code", "name"],
  codePrefix: "HA",
  defaultLevel: 1,
  derive(values) {
    const geometry = values.geometry as Geometry | undefined;
    const hasArea = geometry?.type === "Polygon" || geometry?.type === "MultiPolygon";
    return { areaSquareMetres: hasArea ? areaSquareMetres(geometry) : null };
  },
  check: checkArea,
  decided: {
    fields: [
      "areaClass",
      "status",
      "geometry",
      "closedOn",
      "closureReason",
      "contamination",
      "evidence",
      "identifiedOn",
    ],
    of: carriedAreas,
  },
};

// Photographs, sketches and papers about the area itself; those of one report belong to the report.
registerAttachmentOwner(area.name, {
  async find({ tx }, { country, id }) {
    const [record] = await readAreas(tx, country, [id]);
    if (!record || record.withdrawn) return null;
    const { sensitivity, sample, values } = record;
    const organisation = (values.organisation as string | undefined) ?? null;
    // What is withdrawn of released land stays: it may be what the release rested on.
    return { sensitivity, organisation, final: values.status === "released", sample };
  },
  canRead: ({ caller }, { country }) => caller.can("land.read", country),
  canAdd: ({ caller }, { country }) => caller.can("land.attach", country),
  canWithdraw: ({ caller }, { country }) => caller.can("land.correct", country),
});

/** The routes of the domain with their handlers. */
export const implementation = implement(
  routes,
  recordHandlers(areaDefinition, { read: "land.read", correct: "land.correct" }),
);
/** The areas with some ids, as stored; those that the caller may not see are left out. */
export function readAreas(tx: Tx, country: string, ids: readonly string[]): Promise<StoredRecord[]> {
  return findByKeys(tx, areaDefinition, country, "id", [...ids]);
}

/** Stores new areas, each with its first revision. Codes that are missing are made. */
export function createAreas(tx: Tx, areas: readonly NewRecord[], change: ChangeContext): Promise<StoredRecord[]> {
  return createRecords(tx, areaDefinition, areas, change);
}

/** Stores the next revision of areas that were read in the same transaction. */
export function reviseAreas(
  tx: Tx,
  changes: readonly { record: StoredRecord; values: RecordValues; recordedAt?: Date }[],
  change: ChangeContext,
): Promise<StoredRecord[]> {
  return reviseRecords(tx, areaDefinition, changes, change);
}

export { rights };
