import { sql } from "kysely";
import type { Database } from "../../platform/database/types.ts";
import { programClaims } from "../../platform/database/types.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { createRecords } from "../../platform/records/actions.ts";
import { accidentDefinition, casualtyDefinition } from "./definitions.ts";

/** Some casualties of one accident that say the same. */
export interface CasualtyGroup {
  count: number;
  values: Record<string, string | number | boolean>;
}

/** An accident with casualties, approved as imported ones are, through the record engine. @returns its id and theirs */
export async function anAccident(
  db: Database,
  of: { country?: string; values?: object; casualties?: readonly CasualtyGroup[]; recordedAt?: string },
): Promise<{ id: string; casualties: string[] }> {
  const { country = "KHM", values = {}, casualties = [], recordedAt = "2026-01-01T00:00:00Z" } = of;
  const now = new Date(recordedAt);
  const change = { accountId: null, now, reason: null };
  return db.transaction(programClaims, async (tx) => {
    const [accident] = await createRecords(
      tx,
      accidentDefinition,
      [{ country, values: { occurredOn: "2025-06-01", device: "ap-mine", ...values } }],
      change,
      "imported",
    );
    const id = accident?.id ?? "";
    const inputs = casualties.flatMap(({ count, values: said }) =>
      Array.from({ length: count }, () => ({ country, values: { accident: id, ...said } })),
    );
    const made = await createRecords(tx, casualtyDefinition, inputs, change, "imported");
    return { id, casualties: made.map((record) => record.id) };
  });
}

/**
 * Very many casualties at once, a row for each, written by the owner: one accident a group, without history. For tables
 * of a country's whole past.
 */
export async function manyCasualties(
  db: Database,
  country: string,
  groups: readonly { count: number; occurredOn: string; accident?: object; values: Record<string, string | number> }[],
): Promise<void> {
  for (const { count, occurredOn, accident = {}, values } of groups) {
    const { id } = await anAccident(db, { country, values: { occurredOn, ...accident } });
    const { outcome = "unknown", sex = null, ageGroup = null, status = null } = values;
    await sql`insert into accidents_casualty (country, id, revision, code, accident, outcome, sex, age_group, status, sensitivity, recorded_at)
      select ${country}, gen_random_uuid(), 1, ${newId()} || '-' || n, ${id}::uuid, ${outcome}, ${sex}::text, ${ageGroup}::text,
        ${status}::text, 1, now()
      from generate_series(1, ${count}::integer) n`.execute(db.owner);
  }
}
