import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { callerOf, type Grant, type Role, roles } from "../../platform/access/model.ts";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { type Database, programClaims } from "../../platform/database/types.ts";
import { listTables, readLines } from "../../platform/operations/tables.ts";
import { rights as dataProtectionRights } from "../data-protection/index.ts";
import { openingPurposes } from "../data-protection/model.ts";
import { anOrganisation } from "../quality/samples.ts";
import { mayKnow, reaches, rights } from "./index.ts";
import { officer, overseer, type PeopleServer, peopleServer } from "./testing.ts";

/** Every row of every table, as a backup would write it. */
async function wholeDatabase(db: Database): Promise<string> {
  const parts: string[] = [];
  await db.owner.transaction().execute(async (tx) => {
    for (const table of await listTables(tx)) for await (const lines of readLines(tx, table)) parts.push(...lines);
  });
  return parts.join("\n");
}

/** A text as it might be found again: as written, in any case, without spaces, in hexadecimal and base64. */
function disguises(text: string): string[] {
  const bytes = Buffer.from(text, "utf8");
  return [
    text,
    text.toLowerCase(),
    text.replaceAll(" ", ""),
    bytes.toString("hex"),
    bytes.toString("base64").slice(0, -4),
  ];
}

describeEachDatabase("what people are called", (context) => {
  let server: PeopleServer;
  beforeAll(() => {
    server = peopleServer(context.db);
  });
  afterAll(() => server.stop());

  it("is nowhere in the database, the log, events, errors and answers for others, whatever was done with it", async () => {
    const canaries = [
      "Zanzibar Quetzalcoatl",
      "ក្រចេះចន្លោះ ភ្នំខៀវ",
      "Xylophone Rhododendron",
      "099-CANARY-77",
      "Guardian Wolverine",
    ];
    const [full, khmer, renamed, phone, guardian] = canaries as [string, string, string, string, string];
    const post = async (path: string, body: object, as = officer) =>
      (await server.post(path, body, as)) as { status: number; body: Record<string, never> };
    const others: unknown[] = [];
    const person = await server.aPerson({
      identity: {
        names: [{ full }, { full: khmer, kind: "called" }],
        contacts: [{ kind: "phone", value: phone, safe: true }],
        residence: { address: `${full} street`, longitude: 104.123456, latitude: 11.654321 },
      },
      birthYear: 2015,
    });
    const on = (what: string, body: object, as = officer) =>
      post(`/api/people/persons/KHM/${person.id}/${what}`, body, as);
    for (const name of [full, khmer, "Zansibar Ketzalcoatl"]) {
      const found = await post("/api/people/search", { country: "KHM", name, note: `Looking for ${full}` });
      expect(JSON.stringify(found.body)).toContain(full);
    }
    expect((await on("open", { purpose: "case-work", note: `A visit to ${full}` })).status).toBe(200);
    const changes = { names: [{ full: renamed }, { full }] };
    const changed = await on("identity", { revision: 1, changes, reason: "Family book" });
    expect(changed.status).toBe(200);
    const twin = await server.aPerson({ name: full });
    expect((await on("merge", { revision: 2, into: twin.id, reason: "One card" })).status).toBe(200);
    expect((await on("unmerge", { revision: 3, reason: "Two cards" })).status).toBe(200);
    await post(
      "/api/data-protection/wordings",
      {
        country: "KHM",
        purpose: "referral",
        version: 0,
        texts: { en: "May we tell a clinic about you?" },
        reason: "First one",
      },
      overseer,
    );
    const consent = await post("/api/data-protection/consents", {
      country: "KHM",
      person: person.id,
      purpose: "referral",
      recipientClasses: ["health-services"],
      decision: "given",
      wordingVersion: 1,
      language: "en",
      decidedOn: "2026-11-20",
      decidedBy: "guardian",
      guardian: { name: guardian, relation: "aunt" },
      method: "spoken",
    });
    expect(consent.status).toBe(200);
    const request = await post("/api/data-protection/requests", {
      country: "KHM",
      person: twin.id,
      kind: "erasure",
      askedBy: "person",
      receivedOn: "2026-11-22",
      note: `${full} asks`,
    });
    // What goes wrong repeats nothing either.
    others.push(
      await on("open", { purpose: "case-work", note: full, unknown: full }),
      await on("identity", { revision: 1, changes, reason: "Again" }),
      await on("identity", { revision: 4, changes: { names: [{ full, kind: full }] }, reason: "Wrong kind" }),
      await on("open", { purpose: "case-work", note: full }, overseer),
      await post("/api/people/search", { country: "KHM", name: full }, overseer),
      await post("/api/people/register", { country: "XXX", values: { sex: full }, identity: { names: [{ full }] } }),
      await server.get(`/api/people/persons?country=KHM&q=${encodeURIComponent(full)}`, overseer as Grant[]),
      await server.get(`/api/people/persons/KHM/${person.id}`, officer),
      await server.get(`/api/people/persons/KHM/${person.id}/history`, officer),
      await server.get(`/api/data-protection/persons/KHM/${person.id}`, officer),
      await (await server.send("GET", "/api/people/persons/export?country=KHM&format=csv", { as: officer })).text(),
    );
    const seen = [await wholeDatabase(context.db), server.logged(), JSON.stringify(others)];
    expect(seen[0]).toContain(person.id);
    expect(seen[1]).toContain("/api/people/search");
    for (const text of seen)
      for (const canary of [...canaries, "104.123456"])
        for (const disguise of disguises(canary)) expect(text.includes(disguise), disguise).toBe(false);

    // After the erasure not even the ciphertext is left.
    const requestId = (request.body as unknown as { id: string }).id;
    const decide = `/api/data-protection/requests/KHM/${requestId}/decide`;
    expect((await post(decide, { version: 1, granted: true, note: `${full} is right` }, overseer)).status).toBe(200);
    const erase = { revision: 1, request: requestId, reason: "The request was granted" };
    const erased = await post(`/api/people/persons/KHM/${twin.id}/erase`, erase);
    expect(erased.body).toMatchObject({ record: { identity: "erased", erasedOn: "2026-11-23", sex: "female" } });
    for (const table of ["people_identity", "people_name_token"]) {
      const { rows } = await context.db.executeSql(`select from ${table} where person = $1`, [twin.id]);
      expect(rows, table).toEqual([]);
    }
    expect((await context.db.executeSql("select from data_protection_note where person = $1", [twin.id])).rows).toEqual(
      [],
    );
    expect((await post(`/api/people/persons/KHM/${twin.id}/open`, { purpose: "case-work" })).body).toMatchObject({
      code: "people.erased",
    });
    const { hits } = (await post("/api/people/search", { country: "KHM", name: full })).body as unknown as {
      hits: { id: string }[];
    };
    expect(hits.map(({ id }) => id)).toEqual([person.id]);
  });

  it("is given by the database to no transaction that has not opened it, and then only what was opened", async () => {
    const one = await server.aPerson({
      identity: { names: [{ full: "Row One" }], contacts: [{ kind: "phone", value: "1", safe: true }] },
    });
    const two = await server.aPerson({ name: "Row Two" });
    const claims = callerOf(
      { id: "reader", name: "R", email: "r@example.org", language: null },
      officer,
      rights,
    ).claims;
    const rows = (opening: { person: string | null; parts: string[]; other?: boolean } | null, as = claims) =>
      context.db
        .transaction(as, async (tx) => {
          if (opening) {
            const id = "01999999-0000-7000-8000-0000000000aa";
            await sql`insert into data_protection_opening (country, id, account_id, person, purpose, parts, opened_at)
            values ('KHM', ${id}, ${as.accountId}, ${opening.person}, 'case-work', ${opening.parts}::text[], now())`.execute(
              tx,
            );
            await sql`select set_config('santi.opening', ${id}, true)`.execute(tx);
          }
          const { rows: found } = await sql<{ of: string; tokens: number }>`select person || ' ' || part as of
          from people_identity where person in (${one.id}, ${two.id}) order by 1`.execute(tx);
          const tokens = await sql<{ n: number }>`select count(*) as n from people_name_token
          where person in (${one.id}, ${two.id})`.execute(tx);
          throw Object.assign(new Error("undo"), { found: [found.map(({ of }) => of), (tokens.rows[0]?.n ?? 0) > 0] });
        })
        .catch((cause: Error & { found?: unknown }) => cause.found ?? cause.message);
    expect(await rows(null)).toEqual([[], false]);
    expect(await rows(null, programClaims)).toEqual([[], false]);
    expect(await rows({ person: one.id, parts: ["names"] })).toEqual([[`${one.id} names`], true]);
    expect(await rows({ person: one.id, parts: ["names", "contacts"] })).toEqual([
      [`${one.id} contacts`, `${one.id} names`],
      true,
    ]);
    expect(await rows({ person: null, parts: ["names"] })).toEqual([
      [`${one.id} names`, `${two.id} names`].sort(),
      true,
    ]);
    // A search reads names only.
    expect(await rows({ person: null, parts: ["contacts"] })).toMatch(/check constraint/);
    // An opening of an earlier transaction opens nothing.
    const earlier = await context.db.transaction(claims, async (tx) => {
      const { rows: found } = await sql<{ id: string }>`select id from data_protection_opening limit 1`.execute(tx);
      return found[0]?.id;
    });
    const opened = (await server.post(`/api/people/persons/KHM/${one.id}/open`, { purpose: "case-work" }, officer)) as {
      body: { opening: string };
    };
    for (const id of [earlier ?? opened.body.opening, opened.body.opening])
      await context.db.transaction({ ...claims, accountId: `account ${JSON.stringify(officer)}` }, async (tx) => {
        await sql`select set_config('santi.opening', ${id}, true)`.execute(tx);
        expect((await sql`select from people_identity`.execute(tx)).rows).toEqual([]);
        expect((await sql`select from people_name_token`.execute(tx)).rows).toEqual([]);
      });
    // Nor can anybody alter the log, not even the owner.
    await expect(context.db.executeSql("update data_protection_opening set purpose = 'other'")).rejects.toThrow(
      "append-only",
    );
    await expect(context.db.executeSql("delete from data_protection_opening")).rejects.toThrow("append-only");
  });

  it("is told to no caller without right, clearance, reach and purpose, in 1,000 combinations", async () => {
    const ours = await anOrganisation(context.db, "Ours");
    const theirs = await anOrganisation(context.db, "Theirs");
    const people = [
      await server.aPerson({ name: "Prop Canary" }),
      await server.aPerson({ name: "Prop Canary", organisation: ours }),
      await server.aPerson({ name: "Prop Canary", organisation: theirs }),
    ] as { id: string; organisation?: string }[];
    const aGrant = fc.record({
      role: fc.constantFrom<Role>(...roles.filter((role) => role !== "public"), "victim-assistance-officer"),
      country: fc.constantFrom("KHM", "LAO", null),
      organisation: fc.constantFrom(null, ours, theirs),
    });
    const act = fc.constantFrom("open", "search", "get", "list", "identity");
    let told = 0;
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(aGrant, { minLength: 0, maxLength: 2 }),
        fc.constantFrom(...people),
        act,
        fc.constantFrom(...openingPurposes),
        async (grants, person, what, purpose) => {
          const caller = callerOf(
            grants.length ? { id: "x", name: "X", email: "x@example.org", language: null } : null,
            grants as Grant[],
            { ...rights, ...dataProtectionRights },
          );
          const path = `/api/people/persons/KHM/${person.id}`;
          const as = grants as Grant[];
          const answer =
            what === "open"
              ? await server.post(`${path}/open`, { purpose, note: "A test" }, as)
              : what === "search"
                ? await server.post("/api/people/search", { country: "KHM", name: "Prop Canary" }, as)
                : what === "identity"
                  ? await server.post(
                      `${path}/identity`,
                      { revision: 99, changes: { birth: null }, reason: "None" },
                      as,
                    )
                  : await server.get(what === "get" ? path : "/api/people/persons?country=KHM", as);
          const text = JSON.stringify(answer.body);
          const knows = mayKnow(caller, "KHM");
          const reached = people.filter(({ organisation = null }) =>
            reaches(caller, "KHM", { organisation, assignee: null }),
          );
          if (!text.includes("Prop Canary")) {
            kept += 1;
            return;
          }
          told += 1;
          expect(["open", "search"]).toContain(what);
          expect(knows).toBe(true);
          if (what === "open") expect(reached).toContain(person);
          else
            for (const { id } of (answer.body as { hits: { id: string }[] }).hits)
              expect(reached.map((each) => each.id)).toContain(id);
        },
      ),
      { numRuns: 1000 },
    );
    // The property says something only if some are told and most are not.
    expect(told).toBeGreaterThan(20);
    expect(kept).toBeGreaterThan(500);
  }, 120_000);
});
