import { beforeAll, expect, it } from "vitest";
import type { Grant } from "../../platform/access/model.ts";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { programClaims } from "../../platform/database/types.ts";
import { grant, type TestServer, testServer } from "../../platform/http/testing.ts";
import { createRecords } from "../../platform/records/actions.ts";
import { organisationDefinition } from "../organisations/index.ts";
import { personDefinition } from "../people/index.ts";
import type { AlertOutput, AssessmentOutput, AssessmentSummary } from "./contract.ts";
import { implementation, rights } from "./index.ts";
import type { Answers } from "./model.ts";
import { findAssessments } from "./store.ts";

const now = new Date("2026-11-23T05:00:00Z");
const officer: readonly Grant[] = [grant("victim-assistance-officer", "KHM")];
const manager: readonly Grant[] = [grant("information-manager", "KHM")];
const accountOf = (grants: readonly Grant[]) => `account ${JSON.stringify(grants)}`;
const numbered = (...values: number[]): Answers =>
  Object.fromEntries(values.map((value, index) => [String(index + 1), value]));
const troubled = numbered(2, 1, 2, 1, 1, 1, 2, 1, 0);

interface Answer {
  status: number;
  body: AssessmentOutput &
    AlertOutput & {
      code: string;
      items: (AssessmentSummary & AlertOutput)[];
      counts: Record<string, number>;
      fields: { path: string; code: string }[];
      version: number;
    };
}

describeEachDatabase("assessments", (context) => {
  let clock = now;
  let server: TestServer;
  let operator: string;
  let other: string;
  const created = async (definition: typeof personDefinition, values: object) => {
    const [made] = await context.db.transaction(programClaims, (tx) =>
      createRecords(tx, definition, [{ country: "KHM", values: values as never }], {
        accountId: null,
        now,
        reason: null,
      }),
    );
    return made?.id as string;
  };
  const aPerson = (values: object = {}) =>
    created(personDefinition, { registeredOn: "2026-01-10", sex: "female", ...values });
  beforeAll(async () => {
    server = testServer(context.db, [implementation], { rights, clock: () => clock });
    operator = await created(organisationDefinition, { names: { en: "Operator" }, type: "ngo-national" });
    other = await created(organisationDefinition, { names: { en: "Other" }, type: "ngo-national" });
  });
  const post = async (path: string, body: object, as = officer) => (await server.post(path, body, as)) as Answer;
  const get = async (path: string, as = officer) => (await server.get(path, as)) as Answer;
  const record = (person: string, change: object = {}, as = officer) =>
    post(
      "/api/assessments/record",
      {
        country: "KHM",
        person,
        instrument: "phq-9",
        version: 1,
        language: "km",
        assessedOn: "2026-11-20",
        answers: troubled,
        ...change,
      },
      as,
    );

  it("keep the answers and say the result each time they are read, as screening", async () => {
    const person = await aPerson();
    const { status, body } = await record(person);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        person,
        answers: troubled,
        screening: true,
        alerts: [],
        result: { score: 11, band: "moderate", positive: true, cutoff: 10 },
      },
    });
    const read = await get(`/api/assessments/assessments/KHM/${body.id}`);
    expect(read.body).toEqual(body);
    const list = await get(`/api/assessments/persons/KHM/${person}`);
    expect(list.body.items).toMatchObject([{ id: body.id, result: { score: 11 }, screening: true }]);
    // A list has results; the answers are one step further.
    expect(list.body.items[0]).not.toHaveProperty("answers");
  });

  it("are read by the country's cut-off, for the language before the one for all", async () => {
    const { body } = await record(await aPerson());
    const set = (cutoff: number | null, language: string | null, version = 0, as = manager) =>
      post(
        "/api/assessments/cutoffs",
        { country: "KHM", instrument: "phq-9", language, cutoff, version, reason: "Validation study" },
        as,
      );
    const result = async () => (await get(`/api/assessments/assessments/KHM/${body.id}`)).body.result;
    expect((await set(12, null)).status).toBe(200);
    expect(await result()).toMatchObject({ positive: false, cutoff: 12, score: 11 });
    expect((await set(8, "km")).status).toBe(200);
    expect(await result()).toMatchObject({ positive: true, cutoff: 8 });
    expect((await set(null, "km", 1)).body.version).toBe(2);
    expect(await result()).toMatchObject({ positive: null, cutoff: null });
    expect((await set(9, "km", 1)).body.code).toBe("common.stale-revision");
    expect((await set(28, "th")).body.code).toBe("assessments.cutoff-out-of-range");
    expect((await set(9, "th", 0, officer)).status).toBe(403);
    // Back to the published value for the tests that follow.
    expect((await set(10, "km", 2)).status).toBe(200);
    expect((await set(10, null, 1)).status).toBe(200);
  });

  it("refuse answers that cannot be, and say which", async () => {
    const person = await aPerson({ birthYear: 2023 });
    const wrong = await record(person, { answers: { "1": 4, "2": 1, "77": 1 } });
    expect(wrong.body).toMatchObject({ code: "common.invalid-input" });
    expect(wrong.body.fields.map(({ path, code }) => [path, code]).sort()).toEqual([
      ["answers.1", "assessments.answer.out-of-range"],
      ["answers.77", "assessments.answer.unknown-item"],
    ]);
    const code = async (change: object) => (await record(person, change)).body.code;
    expect(await code({ answers: { "1": "refused" } })).toBe("assessments.nothing-answered");
    expect(await code({ answers: {} })).toBe("assessments.nothing-answered");
    expect(await code({ version: 7 })).toBe("assessments.unknown-version");
    expect(await code({ assessedOn: "2026-11-24" })).toBe("assessments.in-future");
    expect(await code({ assessedOn: "2020-01-01" })).toBe("assessments.before-birth");
    expect(await code({})).toBe("assessments.too-young");
    expect(await code({ person: "01999999-0000-7000-8000-000000000000" })).toBe("common.not-found");
    expect((await get(`/api/assessments/persons/KHM/${person}`)).body.items).toEqual([]);
  });

  it("sent twice from a bad line are kept once; other answers under the same id are refused", async () => {
    const person = await aPerson();
    const id = "01999999-1111-7000-8000-000000000001";
    const first = await record(person, { id });
    expect((await record(person, { id })).body).toEqual(first.body);
    expect((await record(person, { id, answers: numbered(1) })).body.code).toBe("common.conflict");
    expect((await get(`/api/assessments/persons/KHM/${person}`)).body.items).toHaveLength(1);
  });

  it("are withdrawn with a reason, once, and stay to be read; the database lets nobody change them otherwise", async () => {
    const { body } = await record(await aPerson());
    const path = `/api/assessments/assessments/KHM/${body.id}/withdraw`;
    expect((await post(path, { reason: "Asked the wrong person" })).body).toMatchObject({
      withdrawn: true,
      withdrawnReason: "Asked the wrong person",
      allowed: [],
      result: { score: 11 },
    });
    expect((await post(path, { reason: "Once more" })).body.code).toBe("assessments.withdrawn");
    const alter = context.db.executeSql(`update assessments_assessment set answers = '{}' where id = '${body.id}'`);
    await expect(alter).rejects.toThrow(/append-only/);
  });

  it("with any answer but none to item 9 raise an alert for whom the person is assigned to, however incomplete", async () => {
    const assigned = await aPerson();
    await context.db.executeSql(`update people_person set assignee = 'somebody' where id = '${assigned}'`);
    const { body } = await record(assigned, { answers: { "9": 1 } });
    expect(body.result).toMatchObject({ status: "incomplete", score: null, alerts: ["self-harm"] });
    expect(body.alerts).toMatchObject([
      { state: "open", code: "self-harm", responsible: "somebody", mine: false, overdue: false },
    ]);
    const own = await record(await aPerson(), { answers: { ...troubled, "9": 1 } });
    expect(own.body.alerts).toMatchObject([{ responsible: accountOf(officer), mine: true }]);
    expect((await get("/api/assessments/alerts?country=KHM&mine=true")).body.items.map(({ id }) => id)).toEqual([
      own.body.alerts[0]?.id,
    ]);
    expect((await record(await aPerson(), { answers: { ...troubled, "9": 0 } })).body.alerts).toEqual([]);
  });

  it("are closed to everybody below strictly confidential, also to who manages information", async () => {
    const person = await aPerson();
    const { body } = await record(person);
    for (const as of [
      manager,
      [grant("data-entry", "KHM")],
      [grant("administrator")],
      [grant("victim-assistance-officer", "LAO")],
    ]) {
      expect((await get(`/api/assessments/persons/KHM/${person}`, as)).status, JSON.stringify(as)).toBe(403);
      expect((await get(`/api/assessments/assessments/KHM/${body.id}`, as)).status).toBe(403);
      expect((await get("/api/assessments/alerts?country=KHM", as)).status).toBe(403);
      expect((await record(person, {}, as)).status).toBe(403);
    }
    const claims = { ...programClaims, baseLevel: 2, administers: false };
    const seen = await context.db.transaction(claims, (tx) => findAssessments(tx, "KHM", person));
    expect(seen).toEqual([]);
  });

  it("of another organisation's people are as good as not there, whatever else the account does for that organisation", async () => {
    const person = await aPerson({ organisation: operator });
    const { body } = await record(person, { answers: { "9": 2 } });
    const elsewhere: Grant[] = [grant("victim-assistance-officer", "KHM", other), grant("operator", "KHM", operator)];
    expect((await get(`/api/assessments/persons/KHM/${person}`, elsewhere)).status).toBe(404);
    expect((await get(`/api/assessments/assessments/KHM/${body.id}`, elsewhere)).status).toBe(404);
    expect((await record(person, {}, elsewhere)).status).toBe(404);
    expect((await get("/api/assessments/alerts?country=KHM", elsewhere)).body).toMatchObject({
      items: [],
      counts: { open: 0 },
    });
    expect(
      (await post(`/api/assessments/alerts/KHM/${body.alerts[0]?.id}/take`, { version: 1 }, elsewhere)).status,
    ).toBe(404);
    const own: Grant[] = [grant("victim-assistance-officer", "KHM", operator)];
    expect((await get(`/api/assessments/persons/KHM/${person}`, own)).body.items).toHaveLength(1);
  });

  it("leave nothing of instrument, answers or person in the event log", async () => {
    const person = await aPerson();
    const { body } = await record(person, { answers: { ...troubled, "9": 2 } });
    const ids = [body.id, body.alerts[0]?.id];
    const { rows } = await context.db.executeSql(
      `select type, payload::text as payload, subject_id from event where type like 'assessments.%' and type <> 'assessments.cutoff-set'`,
    );
    const own = rows.filter(({ subject_id }) => ids.includes(subject_id as string));
    expect(own.map(({ type }) => type).sort()).toEqual(["assessments.alert-raised", "assessments.recorded"]);
    for (const { payload } of rows) expect(payload).toBe("{}");
    expect(JSON.stringify(rows)).not.toContain(person);
  });

  it("have alerts that are overdue when nobody takes them in time, are taken, and closed with what was done", async () => {
    const { body } = await record(await aPerson(), { answers: { "9": 3 } });
    const alert = body.alerts[0] as AlertOutput;
    // The last one: a clock that goes back would exhaust the rate limits.
    clock = new Date("2026-11-24T05:00:01Z");
    const waiting = await get("/api/assessments/alerts?country=KHM&state=open");
    expect(waiting.body.items.find(({ id }) => id === alert.id)).toMatchObject({
      overdue: true,
      steps: ["take", "close"],
    });
    expect(waiting.body.counts.overdue).toBeGreaterThan(0);
    const step = (what: string, more: object) => post(`/api/assessments/alerts/KHM/${alert.id}/${what}`, more);
    expect((await step("take", { version: 1 })).body).toMatchObject({
      state: "taken",
      mine: true,
      overdue: false,
      steps: ["close"],
    });
    expect((await step("close", { version: 1, action: "referred" })).body.code).toBe("common.stale-revision");
    expect((await step("take", { version: 2 })).body.code).toBe("assessments.step-not-allowed");
    expect((await step("close", { version: 2, action: "referred" })).body).toMatchObject({
      state: "closed",
      action: "referred",
      steps: [],
    });
    expect((await step("close", { version: 3, action: "emergency" })).body.code).toBe("assessments.step-not-allowed");
  });
});
