import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { definitions } from "../../src/apps/server/compose.ts";
import { referralStates } from "../../src/domains/assistance/model-referral.ts";
import { openPerson } from "../../src/domains/people/index.ts";
import { describeEachDatabase } from "../../src/platform/database/testing.ts";
import { programClaims } from "../../src/platform/database/types.ts";
import { createVault, keyFile } from "../../src/platform/vault/index.ts";
import { inventAhead } from "../ahead.ts";
import { hasSample, loadSample, removeSample } from "../load.ts";
import { accountOrganisation, type CareGround, loadCare, loadDirectories } from "./load.ts";

describeEachDatabase("the people of the sample region who are cared for", (context) => {
  const now = new Date();
  const folder = mkdtempSync(join(tmpdir(), "santi-sample-care-"));
  const vault = createVault({ file: keyFile(undefined, folder) });
  let provider: string | null = null;
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeAll(async () => {
    const grounds: CareGround[] = [];
    const onGround = (ground: CareGround) => void grounds.push(ground);
    await loadSample(context.db, definitions, inventAhead({ seed: 1, scale: 0.02, countries: ["KHM"] }), {
      now,
      onGround,
    });
    const directories = await loadDirectories(context.db, grounds, now);
    provider = accountOrganisation(directories.get("KHM"));
    await loadCare(context.db, vault, grounds, directories, { officer: null }, now);
  });

  const list = async <T>(query: ReturnType<typeof sql<T>>) => (await query.execute(context.db.owner)).rows;
  const count = async (query: ReturnType<typeof sql<{ n: number }>>) => Number((await list(query))[0]?.n);

  it("have referrals in every state, some that wait for the provider of the sample account", async () => {
    const states = await list(sql<{ state: string }>`select distinct state from assistance_referral`);
    expect(states.map(({ state }) => state).sort()).toEqual([...referralStates].sort());
    expect(
      await count(
        sql`select count(*) as n from assistance_referral where organisation = ${provider} and state = 'sent'`,
      ),
    ).toBeGreaterThan(0);
  });

  it("have follow-ups that are due and overdue, an alert that waits, and entries of the directory that are old", async () => {
    const today = now.toISOString().slice(0, 10);
    const due = sql`assistance_follow_up where state = 'due'`;
    expect(await count(sql`select count(*) as n from ${due} and due_on < ${today}::date`)).toBeGreaterThan(0);
    expect(await count(sql`select count(*) as n from ${due} and due_on >= ${today}::date`)).toBeGreaterThan(0);
    expect(await count(sql`select count(*) as n from assessments_alert where state = 'open'`)).toBeGreaterThan(0);
    const stale = sql`verified_on is null or verified_on < ${today}::date - 366`;
    expect(await count(sql`select count(*) as n from services_point where ${stale}`)).toBeGreaterThan(0);
    expect(await count(sql`select count(*) as n from services_point where not (${stale})`)).toBeGreaterThan(0);
  });

  it("rest every referral that left on a consent, and write down what left", async () => {
    expect(
      await count(sql`select count(*) as n from assistance_referral r where r.sent_at is not null and not exists (
        select from data_protection_disclosure d where d.country = r.country and d.reference_id = r.id)`),
    ).toBe(0);
    expect(
      await count(sql`select count(*) as n from assistance_referral r
        join data_protection_consent c on c.country = r.country and c.id = r.consent
        where c.person <> r.person or c.recipient_class <> r.recipient_class or c.recorded_at > r.sent_at`),
    ).toBe(0);
  });

  it("agree with the casualties that they are", async () => {
    const linked = sql`accidents_casualty c join accidents_accident a on a.country = c.country and a.id = c.accident
      join people_person p on p.country = c.country and p.id = c.person`;
    expect(await count(sql`select count(*) as n from ${linked}`)).toBeGreaterThan(2);
    expect(
      await count(sql`select count(*) as n from ${linked} where c.sex <> p.sex
        or p.birth_year > extract(year from a.occurred_on)`),
    ).toBe(0);
    expect(
      await count(sql`select count(*) as n from ${linked} join assistance_case o on o.country = p.country and o.person = p.id
        join assistance_service s on s.country = o.country and s.case_id = o.id where s.given_on < a.occurred_on`),
    ).toBe(0);
  });

  it("have a name in the country's script that only an opening shows", async () => {
    const [held] = await list(sql<{ id: string }>`select id from people_person where identity = 'held' order by id`);
    const open = () =>
      context.db.transaction(programClaims, (tx) =>
        openPerson(
          tx,
          vault,
          { country: "KHM", id: held?.id as string, purpose: "contact", note: undefined, parts: undefined },
          { accountId: null, now, sample: true },
        ),
      );
    const { identity } = await open();
    const name = identity.names?.[0]?.full ?? "";
    expect(name).toMatch(/^\p{Script=Khmer}[\p{Script=Khmer}\p{M} ]+$/u);
    for (const table of ["people_person", "event", "record_revision", "assistance_case", "assistance_referral"])
      expect(
        await count(sql`select count(*) as n from ${sql.table(table)} t where t::text like ${`%${name}%`}`),
        table,
      ).toBe(0);
  });

  it("go as a whole with the sample", async () => {
    await removeSample(context.db, definitions, now);
    expect(await hasSample(context.db.owner)).toBe(false);
    for (const table of [
      "people_person",
      "people_identity",
      "people_name_token",
      "services_point",
      "assistance_case",
      "data_protection_consent",
      "data_protection_wording",
      "assessments_assessment",
    ])
      expect(await count(sql`select count(*) as n from ${sql.table(table)}`), table).toBe(0);
  });
});
