import { sql } from "kysely";
import { casualtyDefinition } from "../../src/domains/accidents/index.ts";
import { recordPastAssessments } from "../../src/domains/assessments/index.ts";
import { type PastCase, recordPastCases } from "../../src/domains/assistance/index.ts";
import { recordPastConsents, saveWording } from "../../src/domains/data-protection/index.ts";
import { organisationDefinition } from "../../src/domains/organisations/index.ts";
import { registerPeople } from "../../src/domains/people/index.ts";
import { offerDefinition, pointDefinition } from "../../src/domains/services/index.ts";
import { type Database, programClaims, type Tx } from "../../src/platform/database/types.ts";
import { createRecords, reviseRecords } from "../../src/platform/records/actions.ts";
import { findByKeys } from "../../src/platform/records/store.ts";
import type { Vault } from "../../src/platform/vault/index.ts";
import type { Day } from "../calendar.ts";
import type { Context } from "../context.ts";
import { type CareStaff, careOf } from "./cases.ts";
import { type CareDirectory, type CareRecord, careDirectory } from "./directory.ts";
import { carePeople, type SampleCasualty } from "./people.ts";
import { accountProvider, askedBeforeCase, askedBeforeReferral } from "./providers.ts";

/** What is known of one country when its land and its accidents are there. */
export interface CareGround {
  context: Context;
  /** People hurt in accidents of the sample, the latest first. */
  casualties: readonly SampleCasualty[];
}

const day = (now: Date): Day => Math.floor(now.getTime() / 86_400_000);

const entries = (records: readonly CareRecord[]) =>
  records.map(({ recordedAt, ...record }) => ({ ...record, recordedAt: new Date(recordedAt) }));

/**
 * Stores the invented directories of services.
 * @returns the directories by country, for the cases that are referred to them
 */
export async function loadDirectories(
  db: Database,
  grounds: readonly CareGround[],
  now: Date,
): Promise<ReadonlyMap<string, CareDirectory>> {
  const made = new Map(
    grounds.map(({ context }) => [context.programme.country, careDirectory(context, day(now))] as const),
  );
  const all = [...made.values()];
  const change = { accountId: null, now, reason: null, sample: true };
  await db.transaction(programClaims, async (tx) => {
    await createRecords(tx, organisationDefinition, entries(all.flatMap(({ organisations }) => organisations)), change);
    await createRecords(tx, pointDefinition, entries(all.flatMap(({ points }) => points)), change);
    await createRecords(tx, offerDefinition, entries(all.flatMap(({ offers }) => offers)), change);
  });
  return made;
}

/** The organisation for which the sample's account of service providers answers. */
export function accountOrganisation(directory: CareDirectory | undefined): string | null {
  return directory?.organisations.find(({ values }) => values.code === accountProvider)?.id ?? null;
}

/**
 * Stores the invented people who are cared for, identities sealed by the node's own vault, with their consents, cases and
 * assessments, all dated before now.
 * @returns how many people
 */
export async function loadCare(
  db: Database,
  vault: Vault,
  grounds: readonly CareGround[],
  directories: ReadonlyMap<string, CareDirectory>,
  staff: CareStaff,
  now: Date,
): Promise<number> {
  let count = 0;
  await db.transaction(programClaims, async (tx) => {
    for (const ground of grounds) count += await loadCountry(tx, vault, ground, directories, staff, now);
  });
  // The embedded database never looks at its tables by itself; without statistics lists of cases are planned as if empty.
  const { rows } = await sql<{ name: string }>`select relname as name from pg_class
    where relkind = 'r' and relname ~ '^(people|data_protection|assistance|assessments|services)_'`.execute(db.owner);
  await sql`analyze ${sql.join(rows.map(({ name }) => sql.table(name)))}`.execute(db.owner);
  return count;
}

async function loadCountry(
  tx: Tx,
  vault: Vault,
  { context, casualties }: CareGround,
  directories: ReadonlyMap<string, CareDirectory>,
  staff: CareStaff,
  now: Date,
): Promise<number> {
  const { country, language } = context.programme;
  const today = day(now);
  const change = { accountId: null, now, reason: null, sample: true };
  const points = directories.get(country)?.open ?? [];
  const people = carePeople(context, casualties, today);
  if (people.length === 0) return 0;
  await registerPeople(tx, vault, people, change);
  for (const [purpose, texts] of [
    ["referral", askedBeforeReferral],
    ["case-management", askedBeforeCase],
  ] as const)
    await saveWording(tx, { country, purpose, version: 0, texts }, { ...change, reason: "Sample" });
  const source = { context, today, points, staff };
  const cared = people.map((person, n) => careOf(source, person, n));
  await recordPastConsents(
    tx,
    country,
    cared.flatMap(({ consents }) =>
      consents.map(
        (consent) =>
          ({
            ...consent,
            country,
            wordingVersion: 1,
            language,
            validUntil: null,
            decidedBy: "person",
            recordedAt: `${consent.decidedOn}T05:00:00.000Z`,
            recordedBy: staff.officer,
          }) as Parameters<typeof recordPastConsents>[2][number],
      ),
    ),
    change,
  );
  const cases = cared.map(({ made }) => made).filter((made): made is PastCase => made !== null);
  await recordPastCases(tx, country, cases, change);
  await recordPastAssessments(
    tx,
    country,
    cared.flatMap(({ assessments }) => assessments),
    change,
  );
  const linked = new Map(people.flatMap(({ id, casualty }) => (casualty ? [[casualty.id, id] as const] : [])));
  const records = await findByKeys(tx, casualtyDefinition, country, "id", [...linked.keys()]);
  await reviseRecords(
    tx,
    casualtyDefinition,
    records.map((record) => ({ record, values: { ...record.values, person: linked.get(record.id) } })),
    { ...change, reason: "Sample" },
  );
  return people.length;
}

/** The account that works on the sample's cases. */
export async function findOfficer(db: Database, email: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select id from auth_user where email = ${email}`.execute(db.owner);
  return rows[0]?.id ?? null;
}
