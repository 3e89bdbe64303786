import { afterAll, beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { programClaims } from "../../platform/database/types.ts";
import type { Hit } from "./contract.ts";
import { registerPeople } from "./register.ts";
import { officer, type PeopleServer, peopleServer, testNow } from "./testing.ts";

describeEachDatabase("people of a common name", (context) => {
  let server: PeopleServer;
  beforeAll(() => {
    server = peopleServer(context.db);
  });
  afterAll(() => server.stop());
  const search = async (name: string, more: object = {}) =>
    (await server.post("/api/people/search", { country: "KHM", name, ...more }, officer)) as {
      status: number;
      body: { hits: Hit[]; more: boolean };
    };

  it("are told apart by year of birth and sex, however many bear it, and the year may be corrected", async () => {
    const people = Array.from({ length: 700 }, (_, n) => ({
      country: "KHM",
      values: { sex: n % 2 ? "female" : "male", birthYear: 1930 + (n % 70) },
      identity: { names: [{ full: n % 3 ? "Sok Sopheap" : "Sokh Sopheab", kind: "official" as const }] },
    }));
    const by = { accountId: null, now: testNow, reason: null };
    await context.db.transaction(programClaims, (tx) => registerPeople(tx, server.vault, people, by));
    const meant = await server.aPerson({ name: "Sok Sopheap", sex: "female", birthYear: 2004 });
    const found = (await search("Sopheap Sokh", { sex: "female", birthYear: 2004 })).body;
    expect(found.hits[0]).toMatchObject({ id: meant.id, differs: [] });
    const others = (await search("Sok Sopheab", { sex: "male", birthYear: 1950 })).body.hits;
    expect(others[0]).toMatchObject({ sex: "male", birthYear: 1950 });
    expect(others.filter(({ birthYear }) => birthYear === 1950)).toHaveLength(10);
    expect(others.filter(({ differs }) => differs.length === 0)).toHaveLength(20);
    const unasked = (await search("Sok Sopheap")).body;
    expect([unasked.hits.length, unasked.more]).toEqual([20, true]);

    // The year is corrected with the record, by somebody who opens no identity.
    const correct = await server.post(
      `/api/people/persons/KHM/${meant.id}/correct`,
      { revision: 1, changes: { birthYear: 2011 }, reason: "The family book says so" },
      officer,
    );
    expect(correct.status).toBe(200);
    const moved = (await search("Sok Sopheap", { sex: "female", birthYear: 2011 })).body.hits;
    expect(moved[0]).toMatchObject({ id: meant.id, birthYear: 2011, differs: [] });
  });
});
