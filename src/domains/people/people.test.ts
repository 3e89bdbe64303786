import { afterAll, beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { grant } from "../../platform/http/testing.ts";
import { anOrganisation } from "../quality/samples.ts";
import type { Hit } from "./contract.ts";
import { officer, overseer, type PeopleServer, peopleServer } from "./testing.ts";

interface Answer {
  status: number;
  body: {
    code: string;
    identity: Record<string, unknown>;
    parts: string[];
    hits: Hit[];
    possible: Hit[];
    record: Record<string, unknown> & { id: string; code: string; revision: number };
    allowed: string[];
    items: Record<string, unknown>[];
    from: { id: string; revision: number }[];
    into: { id: string } | null;
    fields?: { code: string; path: string }[];
  };
}

describeEachDatabase("people", (context) => {
  let server: PeopleServer;
  beforeAll(() => {
    server = peopleServer(context.db);
  });
  afterAll(() => server.stop());
  const post = async (path: string, body: object, as = officer) => (await server.post(path, body, as)) as Answer;
  const get = async (path: string, as = officer) => (await server.get(path, as)) as Answer;
  const on = (id: string, what: string, body: object, as = officer) =>
    post(`/api/people/persons/KHM/${id}/${what}`, body, as);
  const search = (name: string, more: object = {}, as = officer) =>
    post("/api/people/search", { country: "KHM", name, ...more }, as);

  it("are entered with an identity that no answer about them repeats, and that an opening gives", async () => {
    const identity = {
      names: [{ full: "កែវ ច័ន្ទបុប្ផា", latin: "Keo Chanbopha" }],
      birth: { year: 1988, precision: "year" },
      contacts: [{ kind: "phone", value: "012 345 678", safe: true }],
      documents: [{ kind: "national-identity-card", number: "010203040" }],
    };
    const person = await server.aPerson({ identity });
    expect(person).toMatchObject({ birthYear: 1988, identity: "held", registeredOn: "2026-11-23" });
    const read = await get(`/api/people/persons/KHM/${person.id}`);
    expect(read.body.allowed).toEqual(["correct", "assign", "identity", "merge", "open"]);
    expect(JSON.stringify(read.body)).not.toMatch(/Chanbopha|ច័ន្ទ|012 345|010203040/);
    const whole = await on(person.id, "open", { purpose: "case-work" });
    expect(whole.body.identity).toEqual({
      ...identity,
      names: [{ ...identity.names[0], kind: "official" }],
    });
    const some = await on(person.id, "open", { purpose: "contact" });
    expect(some.body.parts).toEqual(["names", "contacts", "residence"]);
    expect(Object.keys(some.body.identity).sort()).toEqual(["contacts", "names"]);
    const narrow = await on(person.id, "open", { purpose: "case-work", parts: ["names"] });
    expect(Object.keys(narrow.body.identity)).toEqual(["names"]);
    // A purpose does not open what it does not need, whatever is asked for.
    expect((await on(person.id, "open", { purpose: "contact", parts: ["documents"] })).status).toBe(422);
    expect((await on(person.id, "open", { purpose: "other" })).body.code).toBe("data-protection.note-missing");
    expect((await on(person.id, "open", { purpose: "find-person" })).status).toBe(422);
  });

  it("are not known by those who only work with codes, and not at all by others", async () => {
    const { id } = await server.aPerson({ name: "Nobody Knows" });
    expect((await get(`/api/people/persons/KHM/${id}`, overseer)).body.allowed).toEqual(["correct", "assign"]);
    expect((await on(id, "open", { purpose: "case-work" }, overseer)).status).toBe(403);
    expect((await search("Nobody Knows", {}, overseer)).status).toBe(403);
    for (const role of ["administrator", "data-entry", "operator", "quality-officer", "donor"] as const) {
      const as = [grant(role, "KHM")];
      expect((await get(`/api/people/persons/KHM/${id}`, as)).status, role).toBe(403);
      expect((await on(id, "open", { purpose: "case-work" }, as)).status, role).toBe(403);
      expect((await search("Nobody Knows", {}, as)).status, role).toBe(403);
    }
    const elsewhere = [grant("victim-assistance-officer", "LAO")];
    expect((await get(`/api/people/persons/KHM/${id}`, elsewhere)).status).toBe(404);
    expect((await on(id, "open", { purpose: "case-work" }, elsewhere)).status).toBe(403);
  });

  it("are found by spellings of their name in any script, nearest first, and with what differs", async () => {
    const sopheap = await server.aPerson({
      identity: { names: [{ full: "សុខ សុភាព" }] },
      sex: "male",
      birthYear: 1975,
    });
    await server.aPerson({ name: "Phan Thavy" });
    for (const name of ["Sok Sopheap", "Sokh Sopheab", "Sopheap Sok", "សុខ សុភាព"]) {
      const { hits } = (await search(name)).body;
      expect(hits[0], name).toMatchObject({ id: sopheap.id, name: "សុខ សុភាព", differs: [] });
      expect(hits.map(({ name: found }) => found)).not.toContain("Phan Thavy");
    }
    expect((await search("Sok Sopheap", { sex: "female", birthYear: 1990 })).body.hits[0]?.differs).toEqual([
      "sex",
      "birthYear",
    ]);
    expect((await search("Nguyễn Văn Đức")).body.hits).toEqual([]);
    // People are called by one of their names: it finds them in any script, less alike than a whole name is.
    for (const name of ["Sopheap", "សុភាព", "Sok"]) {
      const [hit] = (await search(name)).body.hits;
      expect([name, hit?.name]).toEqual([name, "សុខ សុភាព"]);
      expect(hit?.similarity).toBeLessThan(0.95);
    }
    expect((await search("Dara")).body.hits).toEqual([]);
  });

  it("that may be entered already are shown instead of being entered twice, until somebody says that they differ", async () => {
    const first = await server.aPerson({ name: "Chea Vanna", sex: "female", birthYear: 1990 });
    const again = (distinct: boolean) =>
      post("/api/people/register", {
        country: "KHM",
        values: { sex: "female" },
        identity: { names: [{ full: "Chia Vana" }], birth: { year: 1991, precision: "estimated" } },
        distinct,
      });
    const shown = await again(false);
    expect(shown.body).toMatchObject({ record: null, possible: [{ id: first.id, name: "Chea Vanna" }] });
    expect((await again(true)).body).toMatchObject({ possible: [], record: { birthYear: 1991 } });
    // Another sex is another person.
    const other = await post("/api/people/register", {
      country: "KHM",
      values: { sex: "male" },
      identity: { names: [{ full: "Chea Vanna" }] },
    });
    expect(other.body.record).not.toBeNull();
  });

  it("are refused when what is said of them cannot be true, and nothing of it is repeated", async () => {
    const enter = (values: object, identity: object) =>
      post("/api/people/register", { country: "KHM", values: { sex: "female", ...values }, identity, distinct: true });
    const names = [{ full: "Wrong Canary" }];
    for (const [values, birth, check] of [
      [{}, { date: "2027-01-01", precision: "day" }, "birth-in-future"],
      [{}, { date: "1980-01-01", year: 1981, precision: "day" }, "birth-year-differs"],
      [{ birthYear: 1970 }, { year: 1980, precision: "year" }, "birth-year-differs"],
      [{}, { precision: "day" }, "birth-date-missing"],
      [{ birthYear: 2027 }, undefined, "born-after-registration"],
      [{ registeredOn: "2031-01-01" }, undefined, "date-in-future"],
    ] as const) {
      const { status, body } = await enter(values, { names, ...(birth ? { birth } : {}) });
      expect([status, body.fields?.map(({ code }) => code)], check).toEqual([
        422,
        expect.arrayContaining([`check.${check}`]),
      ]);
      expect(JSON.stringify(body)).not.toContain("Canary");
    }
    expect((await enter({}, { birth: { year: 1980, precision: "year" } })).body.code).toBe("people.name-missing");
    expect((await enter({ sex: null }, { names })).status).toBe(422);
    expect((await search("Wrong Canary")).body.hits).toEqual([]);
  });

  it("have parts of their identity changed by somebody who opens it for that, and are found by the new name only", async () => {
    const person = await server.aPerson({
      name: "Lim Srey Old",
      identity: { contacts: [{ kind: "phone", value: "1", safe: true }] },
    });
    const change = (revision: number, changes: object) =>
      on(person.id, "identity", { revision, changes, reason: "Family book seen" });
    const changed = await change(person.revision, {
      names: [{ full: "Heng Bunrith" }],
      birth: { date: "1999-05-01", precision: "day" },
      contacts: null,
    });
    expect(changed.body.record).toMatchObject({ birthYear: 1999, identity: "held", revision: 2 });
    expect((await change(1, { contacts: null })).body.code).toBe("common.stale-revision");
    expect((await change(2, {})).status).toBe(422);
    expect((await change(2, { names: null })).body.code).toBe("people.name-missing");
    const { identity } = (await on(person.id, "open", { purpose: "case-work" })).body;
    expect(Object.keys(identity).sort()).toEqual(["birth", "names"]);
    expect((await search("Lim Srey Old")).body.hits).toEqual([]);
    expect((await search("Heng Bunrith")).body.hits[0]?.id).toBe(person.id);
    expect((await change(2, { names: null, birth: null })).body.record).toMatchObject({ identity: "none" });
    expect((await on(person.id, "open", { purpose: "case-work" })).body.code).toBe("people.identity-missing");
  });

  it("are merged so that one stands for both, and each is as before when that is undone", async () => {
    const kept = await server.aPerson({ name: "Prak Mony", birthYear: 1960 });
    const twin = await server.aPerson({ name: "Ouk Samnang", birthYear: 1961 });
    const third = await server.aPerson({ name: "Third Record" });
    const merge = (id: string, revision: number, into: string) =>
      on(id, "merge", { revision, into, reason: "One card" });
    expect((await merge(twin.id, 1, twin.id)).status).toBe(404);
    expect((await merge(twin.id, 1, kept.id)).body.record.id).toBe(kept.id);
    expect((await merge(twin.id, 2, kept.id)).body.code).toBe("people.merged");
    expect((await merge(kept.id, 1, third.id)).body.code).toBe("people.merge-chain");
    const listed = async () => (await get("/api/people/persons?country=KHM&limit=500")).body.items.map(({ id }) => id);
    expect(await listed()).not.toContain(twin.id);
    // Either name leads to the one that stands for both.
    for (const name of ["Prak Mony", "Ouk Samnang"]) expect((await search(name)).body.hits[0]?.id, name).toBe(kept.id);
    expect((await get(`/api/people/persons/KHM/${kept.id}/merged`)).body.from).toMatchObject([
      { id: twin.id, revision: 2 },
    ]);
    expect((await get(`/api/people/persons/KHM/${twin.id}/merged`)).body.into?.id).toBe(kept.id);
    expect((await on(twin.id, "unmerge", { revision: 2, reason: "Two cards" })).body.record).toMatchObject({
      id: twin.id,
      birthYear: 1961,
    });
    expect((await on(twin.id, "unmerge", { revision: 3, reason: "Again" })).body.code).toBe("people.not-merged");
    expect(await listed()).toContain(twin.id);
    expect((await search("Ouk Samnang")).body.hits[0]?.id).toBe(twin.id);
  });

  it("of an organisation are seen by its people and whom they are assigned to, and by who cares for all", async () => {
    const ours = await anOrganisation(context.db, "Ours");
    const theirs = await anOrganisation(context.db, "Theirs");
    const as = (organisation: string) => [grant("victim-assistance-officer", "KHM", organisation)];
    const mine = await server.aPerson({ name: "Mine Srey", as: as(ours) });
    expect(mine).toMatchObject({ organisation: ours });
    expect((await get(`/api/people/persons/KHM/${mine.id}`, as(theirs))).status).toBe(404);
    expect((await on(mine.id, "open", { purpose: "case-work" }, as(theirs))).status).toBe(404);
    expect((await search("Mine Srey", {}, as(theirs))).body.hits).toEqual([]);
    expect((await search("Mine Srey", {}, as(ours))).body.hits).toHaveLength(1);
    expect((await search("Mine Srey")).body.hits).toHaveLength(1);
    // Surveying for an organisation does not open its people to who cares for those of another.
    const mixed = [...as(theirs), grant("operator", "KHM", ours)];
    expect((await on(mine.id, "open", { purpose: "case-work" }, mixed)).status).toBe(404);
    expect((await search("Mine Srey", {}, mixed)).body.hits).toEqual([]);
    const account = `account ${JSON.stringify(as(theirs))}`;
    await context.db.executeSql(
      "insert into auth_user (id, name, email, email_verified) values ($1, 'Helper', 'helper@example.org', true)",
      [account],
    );
    const assign = (to: string, revision: number) =>
      on(mine.id, "assign", { revision, account: to, reason: "Moves there" });
    expect((await assign("nobody", 1)).body.code).toBe("people.unknown-account");
    expect((await assign(account, 1)).status).toBe(200);
    expect((await on(mine.id, "open", { purpose: "case-work" }, as(theirs))).status).toBe(200);
  });
});
