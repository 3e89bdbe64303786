import type { RecordValues } from "../../platform/contract/record-type.ts";
import { type Database, programClaims } from "../../platform/database/types.ts";
import { createRecords } from "../../platform/records/actions.ts";
import type { RecordDefinition } from "../../platform/records/definition.ts";
import { accidentDefinition } from "../accidents/index.ts";
import { areaDefinition } from "../land/index.ts";
import { organisationDefinition } from "../organisations/index.ts";
import { taskDefinition, teamDefinition } from "./definitions.ts";

/** Stores a record of a type for a test. @returns its id */
export async function aRecord(
  db: Database,
  definition: RecordDefinition,
  values: RecordValues,
  country = "KHM",
): Promise<string> {
  const records = await db.transaction(programClaims, (tx) =>
    createRecords(tx, definition, [{ country, values }], {
      accountId: null,
      now: new Date("2026-11-01T00:00:00Z"),
      reason: null,
    }),
  );
  return records[0]?.id ?? "";
}

/** An organisation for a test. */
export const anOrganisation = (db: Database, name: string) =>
  aRecord(db, organisationDefinition, { names: { en: name }, type: "ngo-national" });

/** A square of a side in degrees, from its south-west corner. */
export const aSquare = (lon: number, lat: number, side = 0.001) => ({
  type: "Polygon" as const,
  coordinates: [
    [
      [lon, lat],
      [lon + side, lat],
      [lon + side, lat + side],
      [lon, lat + side],
      [lon, lat],
    ],
  ],
});

/** A hazardous area of about 1.2 ha for a test. */
export const aHazardousArea = (db: Database, lon: number, lat: number, changes: RecordValues = {}) =>
  aRecord(db, areaDefinition, {
    areaClass: "cha",
    status: "open",
    contamination: ["ap-mine"],
    geometry: aSquare(lon, lat),
    ...changes,
  });

/** An accident with its casualties for a test. */
export const anAccident = (
  db: Database,
  lon: number,
  lat: number,
  occurredOn: string,
  killed: number,
  injured: number,
) =>
  aRecord(db, accidentDefinition, {
    occurredOn,
    killed,
    injured,
    geometry: { type: "Point", coordinates: [lon, lat] },
  });

/** A team of an organisation for a test. */
export const aTeam = (db: Database, organisation: string, changes: RecordValues = {}) =>
  aRecord(db, teamDefinition, { names: { en: "Team 1" }, kind: "manual-clearance", organisation, ...changes });

/** A planned task for a test. */
export const aTask = (db: Database, organisation: string, changes: RecordValues = {}) =>
  aRecord(db, taskDefinition, { title: "Rice field", kind: "clearance", organisation, ...changes });
