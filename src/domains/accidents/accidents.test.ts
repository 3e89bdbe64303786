import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { programClaims } from "../../platform/database/types.ts";
import { grant, testServer } from "../../platform/http/testing.ts";
import { createRecords } from "../../platform/records/actions.ts";
import { aUnit } from "../../platform/records/testing.ts";
import { personDefinition } from "../people/index.ts";
import type { AccidentReport } from "./contract.ts";
import { implementations, rights } from "./index.ts";
import { anAccident } from "./samples.ts";

const now = new Date("2026-11-23T05:00:00Z");
const clerk = [grant("data-entry", "KHM")];
const manager = [grant("information-manager", "KHM")];
const other = [grant("information-manager", "KHM"), grant("data-entry", "LAO")];
const checker = [grant("quality-officer", "KHM")];
const carer = [grant("victim-assistance-officer", "KHM")];
const donor = [grant("donor")];

interface Answer {
  record: Record<string, unknown> & { id: string; revision: number };
  allowed: string[];
  code: string;
  fields: { path: string; code: string }[];
}

describeEachDatabase("the report of an accident", (context) => {
  const server = () => testServer(context.db, implementations, { rights, clock: () => now });
  let unit: string;
  beforeAll(async () => {
    unit = await aUnit(context.db, "KHM", "KH-1", 1);
  });
  const post = async (path: string, body: object, as = clerk) =>
    (await server().post(path, body, as)) as { status: number; body: Answer & AccidentReport };
  const enter = async (values: object = {}, as = clerk) =>
    (
      await post(
        "/api/accidents",
        { country: "KHM", values: { occurredOn: "2026-10-01", device: "ap-mine", ...values } },
        as,
      )
    ).body.record;
  const report = async (id: string, as = clerk) =>
    (await server().get(`/api/accidents/KHM/${id}/report`, as)).body as AccidentReport;
  const addCasualty = (accident: string, values: object, as = clerk) =>
    post("/api/casualties", { country: "KHM", values: { accident, outcome: "injured", ...values } }, as);
  const step = async (id: string, name: string, as = clerk, comment?: string) =>
    post(
      `/api/accidents/KHM/${id}/${name}`,
      { revision: (await report(id, manager)).revision, ...(comment ? { comment } : {}) },
      as,
    );
  const aPerson = (values: object) =>
    context.db.transaction(programClaims, async (tx) => {
      const [record] = await createRecords(
        tx,
        personDefinition,
        [{ country: "KHM", values: { registeredOn: "2026-01-01", ...values } }],
        { accountId: null, now, reason: null },
      );
      return record?.id ?? "";
    });

  it("goes from draft to approved through three pairs of hands, and everybody sees the steps", async () => {
    const { id, state } = await enter();
    expect(state).toBe("draft");
    expect((await report(id)).allowed).toEqual(["edit", "submit", "withdraw"]);
    expect((await step(id, "verify", manager)).body.code).toBe("accidents.step-not-allowed");
    expect((await step(id, "submit")).body.state).toBe("submitted");
    expect((await step(id, "verify", checker)).body.state).toBe("verified");
    expect((await step(id, "approve", clerk)).status).toBe(403);
    const { body } = await step(id, "approve", manager);
    expect(body.state).toBe("approved");
    expect(body.thread.map((each) => each.step)).toEqual(["entered", "submitted", "verified", "approved"]);
  });

  it("is never judged by who wrote it, nor approved by who verified it unless the country says so", async () => {
    const { id } = await enter({}, manager);
    await step(id, "submit", manager);
    expect((await step(id, "verify", manager)).body.code).toBe("accidents.own-report");
    expect((await report(id, manager)).allowed).toEqual(["return", "withdraw"]);
    expect((await step(id, "verify", other)).status).toBe(200);
    expect((await step(id, "approve", other)).body.code).toBe("accidents.verifier-approves");
    expect((await step(id, "approve", manager)).body.code).toBe("accidents.own-report");
    await sql`insert into setting (country, name, value) values ('KHM', 'accidents.verifier-may-approve', 'true')`.execute(
      context.db.owner,
    );
    expect((await step(id, "approve", other)).body.state).toBe("approved");
    await sql`delete from setting where name = 'accidents.verifier-may-approve'`.execute(context.db.owner);
  });

  it("belongs to whoever changed a draft or its casualties, not only to who began it", async () => {
    const { id } = await enter();
    expect((await addCasualty(id, {}, manager)).status).toBe(200);
    await step(id, "submit");
    expect((await step(id, "verify", manager)).body.code).toBe("accidents.own-report");
  });

  it("is given back with a reason, changed and handed in again; while it waits nobody changes it", async () => {
    const { id } = await enter();
    await step(id, "submit");
    const { revision } = await report(id);
    const correct = (at: number) =>
      post(`/api/accidents/KHM/${id}/correct`, {
        revision: at,
        reason: "Another device",
        changes: { device: "av-mine" },
      });
    expect((await correct(revision)).body.code).toBe("accidents.step-not-allowed");
    expect((await addCasualty(id, {})).body.code).toBe("accidents.step-not-allowed");
    expect((await step(id, "return", checker)).status).toBe(422);
    expect((await step(id, "return", checker, "Which device?")).body.state).toBe("returned");
    expect((await correct(revision + 1)).status).toBe(200);
    expect((await step(id, "submit")).body.thread.map((each) => each.comment)).toContain("Which device?");
  });

  it("refuses a step on a revision that is not the newest", async () => {
    const { id } = await enter();
    await step(id, "submit");
    const { body } = await post(`/api/accidents/KHM/${id}/verify`, { revision: 1 }, checker);
    expect(body.code).toBe("common.stale-revision");
  });

  it("is not handed in without a date, or without a unit when a position is not safe to record", async () => {
    const { id } = await enter({ occurredOn: undefined, safeToRecord: false });
    const { body } = await step(id, "submit");
    expect(body.code).toBe("accidents.not-ready");
    expect(body.fields.map(({ path, code }) => `${path} ${code}`).sort()).toEqual([
      "occurredOn check.required",
      "unit check.unit-missing",
    ]);
  });

  it("keeps only the unit's place when a position is not safe to record, and says so", async () => {
    const position = { geometry: { type: "Point", coordinates: [103.2, 13.1] }, accuracyMetres: 5, fixedBy: "gps" };
    const record = await enter({ safeToRecord: false, unit, ...position });
    expect(record).toMatchObject({ unit, fixedBy: "unit-centroid", safeToRecord: false });
    expect(record.geometry).toBeUndefined();
    expect(record.accuracyMetres).toBeUndefined();
  });

  it("that came by import counts as approved by who brought it", async () => {
    const { id } = await anAccident(context.db, { values: { code: "IMP-1" } });
    const { state, thread, allowed } = await report(id, manager);
    expect(state).toBe("approved");
    expect(thread).toMatchObject([{ step: "approved", position: 0 }]);
    expect(allowed).toEqual(["edit"]);
    expect((await report(id, checker)).allowed).toEqual([]);
  });

  it("is taken back with its casualties", async () => {
    const { id } = await enter();
    const { body } = await addCasualty(id, {});
    expect((await step(id, "withdraw", clerk, "Told twice")).body.state).toBe("withdrawn");
    const { body: gone } = await server().get(`/api/casualties?country=KHM&filter.accident=${id}`, clerk);
    expect(gone).toMatchObject({ total: 0 });
    expect(body.record.id).toBeDefined();
  });

  it("has any number of casualties, numbered after it, of whom none's number is given again", async () => {
    const { id, code } = await enter();
    const first = await addCasualty(id, { outcome: "killed", age: 17, sex: "male", status: "civilian" });
    expect(first.body.record).toMatchObject({ code: `${code}-VA-01`, ageGroup: "child" });
    const second = await addCasualty(id, { ageGroup: "adult" });
    const { revision } = second.body.record;
    const path = `/api/casualties/KHM/${second.body.record.id}/withdraw`;
    expect((await post(path, { revision, reason: "Entered twice" })).status).toBe(200);
    expect((await addCasualty(id, {})).body.record.code).toBe(`${code}-VA-03`);
    expect((await report(id)).casualties.map((each) => each.code)).toEqual([`${code}-VA-01`, `${code}-VA-03`]);
  });

  it("finds more and fewer casualties than it states, and lets it stand", async () => {
    const { id } = await enter({ killed: 1, injured: 2 });
    for (const outcome of ["killed", "killed", "injured"]) await addCasualty(id, { outcome });
    const { findings } = await report(id);
    expect(findings.map(({ check, field, params }) => [check, field, params.stated, params.recorded])).toEqual([
      ["more-than-stated", "killed", 1, 2],
      ["fewer-than-stated", "injured", 2, 1],
    ]);
    expect((await step(id, "submit")).status).toBe(200);
  });

  it("moves a casualty to the killed when they died later, as a revision with its reason", async () => {
    const { id } = await enter();
    const { body } = await addCasualty(id, { outcome: "amputated", age: 30 });
    const path = `/api/casualties/KHM/${body.record.id}`;
    const correct = (changes: object) => post(`${path}/correct`, { revision: 1, reason: "Died in hospital", changes });
    expect((await correct({ diedOn: "2026-09-30" })).body.fields).toMatchObject([
      { code: "check.died-before-accident" },
    ]);
    expect((await correct({ diedOn: "2026-10-20" })).body.record).toMatchObject({ outcome: "killed", revision: 2 });
    const { body: history } = await server().get(`${path}/history`, clerk);
    expect(JSON.stringify(history)).toContain("Died in hospital");
  });

  it("takes a new age with its group, and refuses a group that contradicts it", async () => {
    const { id } = await enter();
    const { body } = await addCasualty(id, { age: 30 });
    const path = `/api/casualties/KHM/${body.record.id}/correct`;
    const answer = await post(path, { revision: 1, reason: "Looked up", changes: { age: 12 } });
    expect(answer.body.record).toMatchObject({ age: 12, ageGroup: "child" });
    expect((await addCasualty(id, { age: 12, ageGroup: "adult" })).body.fields).toMatchObject([
      { code: "check.age-group-differs" },
    ]);
    expect((await addCasualty(id, { age: 130 })).status).toBe(422);
  });

  it("links casualties to people only by who may know them, and finds what cannot be true of one", async () => {
    const { id } = await enter();
    const [first, second] = [await addCasualty(id, { sex: "male", age: 20 }), await addCasualty(id, { age: 20 })];
    const link = (record: Answer["record"], person: string | null, as = carer) =>
      post(`/api/casualties/KHM/${record.id}/person`, { revision: record.revision, reason: "Known here", person }, as);
    const man = await aPerson({ sex: "male", birthYear: 2006 });
    expect((await link(first.body.record, man, clerk)).status).toBe(403);
    expect((await link(first.body.record, man, manager)).status).toBe(403);
    const codes = async (answer: Promise<{ body: Answer }>) =>
      ((await answer).body.fields ?? []).map(({ code }) => code);
    expect(await codes(link(first.body.record, await aPerson({ sex: "female", birthYear: 2006 })))).toEqual([
      "check.two-sexes",
    ]);
    expect(await codes(link(first.body.record, await aPerson({ sex: "male", birthYear: 2028 })))).toEqual([
      "check.accident-before-birth",
    ]);
    expect((await link(first.body.record, man)).body.record.person).toBe(man);
    expect(await codes(link(second.body.record, man))).toEqual(["check.person-twice"]);
    const seen = await server().get(`/api/casualties/KHM/${first.body.record.id}`, manager);
    expect((seen.body as unknown as Answer).record.person).toBeUndefined();
    expect(JSON.stringify(seen.body)).not.toContain(man);

    // Whoever is not cleared to know that there is a link learns of it by no refusal and by no finding; who is does.
    const blind = await post(`/api/casualties/KHM/${first.body.record.id}/correct`, {
      ...{ revision: 2, reason: "Seen again", changes: { sex: "female" } },
    });
    expect(blind.status).toBe(200);
    const doubts = async (as: typeof clerk) => (await report(id, as)).findings;
    expect(JSON.stringify(await doubts(clerk))).not.toContain("two-sexes");
    expect(JSON.stringify(await doubts(manager))).not.toContain("two-sexes");
    expect(JSON.stringify(await doubts(carer))).toContain("two-sexes");
    const back = { revision: 3, reason: "Was right before", changes: { sex: "male" } };
    expect((await post(`/api/casualties/KHM/${first.body.record.id}/correct`, back)).status).toBe(200);

    const later = await enter({ occurredOn: "2026-11-01" });
    const dead = await post(`/api/casualties/KHM/${first.body.record.id}/correct`, {
      ...{ revision: 4, reason: "Died in hospital", changes: { diedOn: "2026-10-05" } },
    });
    expect(dead.status).toBe(200);
    expect(await codes(link((await addCasualty(later.id, {})).body.record, man))).toEqual([
      "check.accident-after-death",
    ]);
  });

  it("keeps a casualty with its accident, and out of the hands of those who only read", async () => {
    const [a, b] = [await enter(), await enter()];
    const { body } = await addCasualty(a.id, { age: 40 });
    const path = `/api/casualties/KHM/${body.record.id}/correct`;
    const moved = await post(path, { revision: 1, reason: "Other accident", changes: { accident: b.id } });
    expect(moved.body.fields).toMatchObject([{ path: "accident", code: "check.casualty-moved" }]);
    expect((await addCasualty(a.id, {}, carer)).status).toBe(403);
    expect((await server().get(`/api/casualties/KHM/${body.record.id}`, donor)).status).toBe(404);
    const seen = (await server().get(`/api/casualties/KHM/${body.record.id}`, checker)).body as Answer;
    expect(seen.record).toMatchObject({ outcome: "injured", ageGroup: "adult" });
    expect(seen.record.age).toBeUndefined();
  });
});
