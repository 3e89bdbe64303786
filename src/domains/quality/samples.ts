import { type Database, programClaims } from "../../platform/database/types.ts";
import { createRecords } from "../../platform/records/actions.ts";
import { organisationDefinition } from "../organisations/index.ts";

/** An organisation in Cambodia for a test. @returns its id */
export async function anOrganisation(db: Database, name: string): Promise<string> {
  const records = await db.transaction(programClaims, (tx) =>
    createRecords(
      tx,
      organisationDefinition,
      [{ country: "KHM", values: { names: { en: name }, type: "ngo-national" } }],
      {
        accountId: null,
        now: new Date("2026-11-01T00:00:00Z"),
        reason: null,
      },
    ),
  );
  return records[0]?.id ?? "";
}
