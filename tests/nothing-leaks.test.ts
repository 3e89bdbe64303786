import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Random } from "../sample-region/random.ts";
import { createApp } from "../src/apps/server/app.ts";
import { definitions, rights, tileLayers } from "../src/apps/server/compose.ts";
import { codeLists } from "../src/apps/server/labels.ts";
import { contracts } from "../src/apps/server/openapi.ts";
import { recordPastAssessments } from "../src/domains/assessments/index.ts";
import { addFollowUp, addGoal, addNeed, openCase } from "../src/domains/assistance/index.ts";
import { registerPeople } from "../src/domains/people/index.ts";
import { type Caller, callerOf, type Grant, type Role, roles } from "../src/platform/access/model.ts";
import type { RecordType } from "../src/platform/contract/record-type.ts";
import type { Route } from "../src/platform/contract/route.ts";
import { sensitivityRank } from "../src/platform/contract/sensitivity.ts";
import { describeEachDatabase } from "../src/platform/database/testing.ts";
import { programClaims } from "../src/platform/database/types.ts";
import { newId } from "../src/platform/kernel/ids.ts";
import { createRecords } from "../src/platform/records/actions.ts";
import { type Canary, Planter, type Targets } from "./support/canaries.ts";
import { aBrowser, aProgram, type Client, type TestProgram } from "./support/node.ts";
import { aRequest } from "./support/route-request.ts";

const allRoutes: Route[] = Object.values(contracts).flatMap((area) => Object.values(area));
const reading = allRoutes.filter(({ method }) => method === "GET");
const paths = new Set(reading.map(({ path }) => path));
/** Where the records of a type are read, by the routes that every type has. */
const pathOf = new Map(
  definitions.map(({ type }) => {
    const found = [...paths].find(
      (path) => path.endsWith("/{country}/{id}/history") && outputFields(path.replace("/history", ""), type),
    );
    return [type.name, found?.replace("/{country}/{id}/history", "") ?? ""] as const;
  }),
);

/** Whether the route of one record answers with exactly the fields of a type. */
function outputFields(path: string, type: RecordType): boolean {
  const route = reading.find((each) => each.path === path);
  const shape = (route?.output as { shape?: { record?: { shape?: object } } } | undefined)?.shape?.record?.shape;
  return shape !== undefined && Object.keys(type.fields).every((name) => name in shape);
}

/** Routes that are not those of every record type, which are read one by one. */
const others = reading.filter(
  ({ path }) =>
    ![...pathOf.values()].some(
      (own) =>
        own !== "" &&
        (path === own || /^(\/export|\/counts|\/\{country\}\/\{id\}(\/history)?)$/.test(path.replace(own, ""))),
    ),
);

/** Fields that other acts fill, and that a record cannot simply be entered with. */
const notEntered: Readonly<Record<string, readonly string[]>> = {
  "people.person": ["mergedInto", "erasedOn", "identity", "assignee"],
  "places.unit": ["parent"],
  // A project claims one of area, task and unit at a time.
  "results.coverage": ["task", "unit"],
};

/** A record that was planted. */
interface Planted {
  type: string;
  country: string;
  id: string;
  level: number;
  organisation: string | null;
}

/** Answers that say no: nothing else may be in them than why. */
const refused = (status: number) => status >= 400;

describeEachDatabase("what is above somebody's clearance", (context) => {
  let program: TestProgram;
  const logged: string[] = [];
  const canaries: Canary[] = [];
  const planted: Planted[] = [];
  const clients = new Map<Role, Client>();
  const organisations = { own: "", other: "" };
  const words = new Set<string>();
  /** Which roles were tried against which fields of which records. */
  const tried = new Set<string>();
  /** Values that somebody cleared has read: the test sees what is there. */
  const read = new Set<string>();
  let requests = 0;

  const plant = (text: string, of: Omit<Canary, "text">) => {
    canaries.push({ ...of, text });
    words.add(text);
  };

  beforeAll(async () => {
    program = await aProgram(context.db);
    const { node } = program;
    const note = (fields: Record<string, unknown>, message: string) =>
      void logged.push(JSON.stringify([fields, message]));
    const plenty = { burst: 1e9, perMinute: 1e9 };
    const app = createApp(node, {
      log: { info: note, warn: note, error: note },
      limits: { normal: plenty, "sign-in": plenty, heavy: plenty },
    });
    for (const { role, email, password } of await node.access.createSampleAccounts({ country: "KHM" })) {
      if (role === "public") continue;
      const browser = aBrowser(app);
      await browser.send("POST", "/api/session/sign-in", { email, password });
      clients.set(role, browser);
    }
    clients.set("public", aBrowser(app));
    await plantRecords();
    await plantCare();
  });
  afterAll(() => program?.stop());

  /** Some records of every type in two countries and at every level, every field filled. */
  async function plantRecords() {
    const planter = new Planter();
    const change = { accountId: null, now: new Date("2026-11-01T00:00:00Z"), reason: null };
    for (const country of ["KHM", "LAO"]) {
      const targets = { unit: "", organisation: "", records: new Map<string, string>() };
      const ids = { own: "", other: "" };
      for (const definition of definitions) {
        const { type } = definition;
        const levels = [0, 1, 2, 3, 2].filter((level) => type.name !== "people.person" || level >= 2);
        const inputs = levels.map((sensitivity, n) => {
          const organisation = n % 2 === 0 ? ids.own : ids.other;
          const of: Targets = { ...targets, organisation };
          const { values, texts } = planter.values(type, of, codeLists);
          for (const name of notEntered[type.name] ?? []) {
            delete values[name];
            texts.delete(name);
          }
          for (const [name, { kind }] of Object.entries(type.fields))
            if ((kind === "unit" && of.unit === "") || (kind === "organisation" && of.organisation === ""))
              delete values[name];
          return { input: { country, id: newId(), values, sensitivity }, texts };
        });
        const stored = await context.db.transaction(programClaims, (tx) =>
          createRecords(
            tx,
            definition,
            inputs.map(({ input }) => input),
            change,
          ),
        );
        stored.forEach((record, n) => {
          const organisation = (record.values.organisation as string | undefined) ?? null;
          const common = { type: type.name, country, record: record.id, recordLevel: record.sensitivity, organisation };
          planted.push({ type: type.name, country, id: record.id, level: record.sensitivity, organisation });
          for (const [field, text] of inputs[n]?.texts ?? [])
            if (JSON.stringify(record.values[field] ?? null).includes(text))
              plant(text, { ...common, field, level: sensitivityRank(type.fields[field]?.sensitivity ?? "public") });
        });
        const [first, second] = stored;
        targets.records.set(type.name, first?.id ?? "");
        if (type.name === "places.unit") targets.unit = first?.id ?? "";
        if (type.name === "organisations.organisation") {
          ids.own = first?.id ?? "";
          ids.other = second?.id ?? "";
          if (country === "KHM") Object.assign(organisations, ids);
        }
      }
    }
  }

  /** An identity, a case with words and an assessment: nobody reads the first without opening it, few the others. */
  async function plantCare() {
    const planter = new Planter();
    const now = new Date();
    const today = now.toISOString().slice(0, 10);
    const word = (type: string, field: string, level: number, record: string) => {
      const text = `Care${planter.word()}`;
      plant(text, {
        type,
        country: "KHM",
        record,
        field,
        level,
        recordLevel: level,
        organisation: organisations.other,
      });
      return text;
    };
    const id = newId();
    // Above every level: an identity is opened, never listed.
    const sealed = (field: string) => word("people.identity", field, 4, id);
    await context.db.transaction(programClaims, async (tx) => {
      const by = { accountId: null, now, reason: null };
      const values = { sex: "female", birthYear: 1980, organisation: organisations.other };
      const identity = {
        names: [{ full: sealed("names"), kind: "official" as const }],
        contacts: [{ kind: "phone" as const, value: sealed("contacts"), safe: true }],
        documents: [{ kind: "passport" as const, number: sealed("documents") }],
        residence: { address: sealed("residence") },
      };
      await registerPeople(tx, program.node.vault, [{ country: "KHM", id, values, identity }], by);
      const reach = { all: true, organisations: [], account: null };
      const of = (field: string) => word("assistance.case", field, 3, id);
      const opened = await openCase(
        tx,
        reach,
        { country: "KHM", person: id, openedOn: today, reason: of("reason") },
        by,
      );
      planted.push({
        type: "assistance.case",
        country: "KHM",
        id: opened.id,
        level: 3,
        organisation: organisations.other,
      });
      const need = { kind: "medical", priority: "normal", identifiedOn: today, detail: of("need") } as const;
      await addNeed(tx, reach, opened, need, by);
      await addGoal(tx, reach, opened, { goal: of("goal"), targetOn: today }, by);
      await addFollowUp(tx, reach, opened, { kind: "visit", dueOn: today, detail: of("follow-up") }, by);
      await recordPastAssessments(
        tx,
        "KHM",
        [
          {
            ...{ id: newId(), person: id, instrument: "phq-9", version: 1, language: "km", mode: "interview" },
            ...{ answers: { "1": 2, "9": 1 }, assessedOn: today, assessor: null, recordedAt: now.toISOString() },
            ...{ responsible: null, done: null },
          },
        ],
        by,
      );
    });
    planted.push({ type: "people.person", country: "KHM", id, level: 2, organisation: organisations.other });
  }

  /** Whether a caller may read the field of a record that a canary stands in. */
  function mayRead(caller: Caller, { level, recordLevel, country, organisation, type }: Canary): boolean {
    const cleared = sensitivityRank(caller.levelFor(country));
    const bound = caller.claims.organisations.length > 0;
    const own = organisation !== null && caller.claims.organisations.includes(organisation);
    if (level > cleared) return false;
    // Of people and cases, belonging to an organisation narrows what one sees; of other records it opens one's own.
    if (/^(people|assistance)\./.test(type)) return recordLevel <= cleared && (!bound || own);
    return recordLevel <= cleared || own;
  }

  /** What of an answer this caller may not know. Words of the request itself are no secrets. */
  function leaks(caller: Caller, text: string, asked: string): string[] {
    // Canaries are looked for among the words of the answer, which is quicker than each in turn.
    const met = new Set(
      text.match(/Qz[0-9a-z]{6,9}Vx|CareQz[0-9a-z]{6,9}Vx|\d{4}-\d\d-\d\d|10[45]\.\d{6}|412\d{6}/g) ?? [],
    );
    const there = canaries.filter((canary) => met.has(canary.text) && !asked.includes(canary.text));
    for (const canary of there) if (mayRead(caller, canary)) read.add(canary.text);
    return there
      .filter((canary) => !mayRead(caller, canary))
      .map(({ type, field, country, text: found }) => `${type}.${field} (${country}) ${found}`);
  }

  async function ask(role: Role, caller: Caller, path: string): Promise<{ status: number; text: string }> {
    requests += 1;
    const response = await (clients.get(role) as Client).send("GET", path);
    const bytes = Buffer.from(await response.arrayBuffer());
    const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const text = (zipped ? gunzipSync(bytes) : bytes).toString("utf8");
    expect(response.status, `${role} ${path} ${text.slice(0, 300)}`).toBeLessThan(500);
    const found = leaks(caller, `${text} ${[...response.headers].join(" ")}`, decodeURIComponent(path));
    expect(found, `${role}: ${path}`).toEqual([]);
    return { status: response.status, text };
  }

  /** Gives all accounts their role in another country or on behalf of an organisation, and tells what follows from it. */
  async function standing(country: string, organisation: string | null): Promise<Map<Role, Caller>> {
    await sql`update access_grant set country = ${country}, organisation = ${organisation}
      where country is not null`.execute(context.db.owner);
    const everywhere: readonly Role[] = ["administrator", "regional-analyst", "donor"];
    return new Map(
      roles.map((role) => {
        const global = everywhere.includes(role);
        const grant: Grant = { role, country: global ? null : country, organisation: global ? null : organisation };
        const account = { id: role, name: role, email: "", language: null };
        return [role, callerOf(role === "public" ? null : account, role === "public" ? [] : [grant], rights)] as const;
      }),
    );
  }

  /** Every record of a type by list and file, and one of them by each other route that records have. */
  async function readType(role: Role, caller: Caller, type: RecordType, random: (below: number) => number) {
    const path = pathOf.get(type.name) ?? "";
    const country = random(4) === 0 ? "LAO" : "KHM";
    const cleared = sensitivityRank(caller.levelFor(country));
    const names = Object.keys(type.fields);
    const own = planted.filter((each) => each.type === type.name);
    const one = own[random(own.length)] as Planted;
    const list = await ask(role, caller, `${path}?limit=500`);
    await ask(role, caller, `${path}/export?format=${type.geometryField && random(2) === 0 ? "geojson" : "csv"}`);
    await ask(role, caller, `${path}/${one.country}/${one.id}`);
    await ask(role, caller, `${path}/${one.country}/${one.id}/history`);
    for (const record of own) for (const field of names) tried.add(`${role} ${record.id} ${field}`);
    if (!refused(list.status))
      for (const item of (JSON.parse(list.text) as { items: Record<string, unknown>[] }).items) {
        const limit = sensitivityRank(caller.levelFor(String(item.country)));
        const above = names.filter((name) => sensitivityRank(type.fields[name]?.sensitivity ?? "public") > limit);
        // Values that are too common for a canary are missed by name.
        expect(
          above.filter((name) => name in item),
          `${role} ${type.name}`,
        ).toEqual([]);
      }
    // A word that one may not read finds nothing: neither by search, nor by filter, order or count.
    const hidden = canaries.filter((each) => each.type === type.name && !mayRead(caller, each));
    const word = hidden[random(hidden.length)];
    if (word && !refused(list.status)) {
      const found = await ask(role, caller, `${path}?q=${encodeURIComponent(word.text)}`);
      expect((JSON.parse(found.text) as { total: number }).total, `${role} ${type.name} ${word.field}`).toBe(0);
    }
    const secret = names.filter((name) => sensitivityRank(type.fields[name]?.sensitivity ?? "public") > cleared);
    const field = secret[random(secret.length)];
    if (!field || refused(list.status)) return;
    // Refused, or about countries in which one is cleared and so about nobody here.
    const of = `country=${country}`;
    for (const oracle of [
      `${path}?${of}&sort=${field}`,
      `${path}?${of}&sort=-${field}`,
      `${path}?${of}&filter.${field}=${word?.text ?? 1}`,
      `${path}/counts?${of}&by=${field}`,
    ]) {
      const { status, text } = await ask(role, caller, oracle);
      const { items, rows } = (refused(status) ? {} : JSON.parse(text)) as { items?: unknown[]; rows?: unknown[] };
      expect([...(items ?? []), ...(rows ?? [])], `${role} ${oracle}`).toEqual([]);
    }
    await ask(role, caller, `${path}/export?format=csv&${of}&sort=${field}`);
  }

  it("leaves by no route: list, record, history, search, order, filter, count, file, tile, error, event feed, log", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const chance = new Random(String(seed));
        const random = (below: number) => (below === 0 ? 0 : chance.next() % below);
        for (const [country, organisation, who] of [
          ["KHM", null, roles],
          ["LAO", null, ["information-manager", "victim-assistance-officer"]],
          ["KHM", organisations.own, ["operator", "victim-assistance-officer", "service-provider"]],
        ] as const) {
          const callers = await standing(country, organisation);
          for (const role of who) {
            const caller = callers.get(role) as Caller;
            for (const { type } of definitions) await readType(role, caller, type, random);
            for (const route of others) {
              const { path } = aRequest(route, random(3) === 0 ? "LAO" : "KHM");
              const target = planted[random(planted.length)] as Planted;
              await ask(role, caller, path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, target.id));
            }
            for (const { definition } of tileLayers)
              await ask(role, caller, `/tiles/${definition.type.name}/7/100/59.mvt`);
          }
        }
      }),
      { numRuns: 1 },
    );
    const feed = logged.join("\n");
    const sent = canaries.filter(({ text }) => feed.includes(text));
    expect(sent).toEqual([]);
    expect(logged.length).toBeGreaterThan(requests / 2);
    expect(tried.size).toBeGreaterThanOrEqual(10_000);
    // Identities are opened and never listed; what an administrator of units writes is the rest.
    expect(read.size).toBeGreaterThan(canaries.length * 0.8);
  }, 240_000);
});
