import { beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { programClaims } from "../../platform/database/types.ts";
import { grant, testServer } from "../../platform/http/testing.ts";
import type { NonconformityOutput } from "./contract.ts";
import { acceptanceOf, implementations, recordVisit, rights, screeningLimits } from "./index.ts";
import { anOrganisation } from "./samples.ts";
import { shippedLimits } from "./screening.ts";

const now = new Date("2026-11-23T05:00:00Z");
const officer = [grant("quality-officer", "KHM")];
const manager = [grant("information-manager", "KHM")];
const elsewhere = "01999999-0000-7000-8000-000000000000";

describeEachDatabase("inspection visits", (context) => {
  const server = () => testServer(context.db, implementations, { rights, clock: () => now });
  let operator: string;
  let authority: string;
  beforeAll(async () => {
    operator = await anOrganisation(context.db, "Operator");
    authority = await anOrganisation(context.db, "Authority");
  });
  const values = (changes: object = {}) => ({
    visitedOn: "2026-11-20",
    kind: "qc",
    organisation: operator,
    inspectingOrganisation: authority,
    result: "accepted",
    sampledSquareMetres: 500,
    itemsFoundInSample: 0,
    ...changes,
  });
  const report = async (body: object, as = officer) => {
    const answer = await server().post("/api/quality/visits/report", { country: "KHM", ...body }, as);
    return answer as unknown as {
      status: number;
      body: { record: { id: string; result: string; revision: number }; nonconformities: string[]; code: string };
    };
  };
  const get = async (path: string, as = officer) => (await server().get(path, as)) as { status: number; body: never };
  const listed = async (query: string, as = officer) =>
    (await get(`/api/quality/nonconformities?country=KHM${query}`, as)).body as {
      items: NonconformityOutput[];
      counts: Record<string, number>;
      next: string | null;
    };

  it("are rejected and raise a critical non-conformity when an item lies in the sampled land, whatever was ticked", async () => {
    const { body } = await report({ values: values({ itemsFoundInSample: 2 }) });
    expect(body.record.result).toBe("rejected");
    expect(body.nonconformities).toHaveLength(1);
    const { items } = await listed(`&visit=${body.record.id}`);
    expect(items).toMatchObject([
      {
        severity: "critical",
        type: "item-missed",
        automatic: true,
        itemsFound: 2,
        state: "open",
        // Seven days from the visit.
        deadline: "2026-11-27",
        overdue: false,
      },
    ]);
  });

  it("that are corrected to hold a find are rejected then, once", async () => {
    const { body } = await report({ values: values() });
    const { id, revision } = body.record;
    const correct = (at: number, changes: object) =>
      server().post(
        `/api/quality/visits/KHM/${id}/correct`,
        { revision: at, reason: "Counted again", changes },
        officer,
      );
    expect((await correct(revision, { itemsFoundInSample: 1 })).body).toMatchObject({ record: { result: "rejected" } });
    expect((await correct(revision + 1, { itemsFoundInSample: 3 })).status).toBe(200);
    expect((await listed(`&visit=${id}`)).items).toHaveLength(1);
  });

  it("are refused whole when a part of them is wrong", async () => {
    const before = (await get("/api/quality/visits?country=KHM")).body as { total: number };
    const critical = { severity: "critical", type: "procedure", description: "No medic on site" };
    expect((await report({ values: values(), nonconformities: [critical] })).body.code).toBe(
      "quality.accepted-with-critical",
    );
    const checklist = { version: 0, answers: { "no-such-question": { answer: "yes" } } };
    expect((await report({ values: values(), checklist })).body.code).toBe("quality.unknown-item");
    const late = { ...critical, severity: "major", deadline: "2026-11-19" };
    expect((await report({ values: values(), nonconformities: [late] })).body.code).toBe("quality.deadline-passed");
    for (const wrong of [
      { visitedOn: "2027-01-01" },
      { result: "accepted-with-conditions" },
      { inspectingOrganisation: operator },
      { itemsFoundInSample: 1, sampledSquareMetres: null },
      { result: undefined },
    ])
      expect((await report({ values: values(wrong) })).body.code, JSON.stringify(wrong)).toBe("common.invalid-input");
    expect(((await get("/api/quality/visits?country=KHM")).body as { total: number }).total).toBe(before.total);
  });

  it("are recorded by verifiers of another organisation than the inspected one", async () => {
    expect((await report({ values: values() }, [grant("operator", "KHM", operator)])).status).toBe(403);
    const own = [grant("quality-officer", "KHM", operator)];
    expect((await report({ values: values() }, own)).body.code).toBe("quality.own-inspection");
    expect(
      (await report({ values: values({ kind: "qa-internal", inspectingOrganisation: operator }) }, own)).status,
    ).toBe(200);
    expect((await report({ values: values() }, [grant("quality-officer", "LAO")])).status).toBe(403);
  });

  it("keep the answers to their checklist in versions, and the checklist that was answered", async () => {
    const filled = { version: 0, answers: { "depth-as-required": { answer: "no", note: "13 cm of 20" } } };
    const { body } = await report({ values: values({ result: "rejected" }), checklist: filled });
    const { id } = body.record;
    const items = [{ code: "site-tidy", names: { en: "Is the site tidy?" }, severity: "minor" }];
    const save = (version: number, as = manager) =>
      server().post("/api/quality/checklists", { country: "KHM", kind: "qc", version, items, reason: "New SOP" }, as);
    expect((await save(0)).body).toMatchObject({ kind: "qc", version: 1 });
    expect((await save(0)).body).toMatchObject({ code: "common.stale-revision" });
    expect((await save(1, officer)).status).toBe(403);
    const sheet = (await get(`/api/quality/visits/KHM/${id}/sheet`)).body;
    expect(sheet).toMatchObject({
      checklist: { version: 0 },
      filled: { answersVersion: 1, answers: filled.answers },
      allowed: ["inspect"],
    });
    const answer = (body_: object) => server().post(`/api/quality/visits/KHM/${id}/answers`, body_, officer);
    const next = { version: 1, answers: { "site-tidy": { answer: "yes" } } };
    expect((await answer({ ...next, answersVersion: 0 })).body).toMatchObject({ code: "common.stale-revision" });
    expect((await answer({ ...next, answersVersion: 1 })).body).toEqual({ answersVersion: 2 });
    expect((await get(`/api/quality/visits/KHM/${id}/sheet`)).body).toMatchObject({
      checklist: { version: 1, items: [{ code: "site-tidy" }] },
      filled: { answers: next.answers },
    });
  });

  it("that another domain records go through the same rules", async () => {
    const made = await context.db.transaction(programClaims, (tx) =>
      recordVisit(
        tx,
        { country: "KHM", values: values({ report: elsewhere, itemsFoundInSample: 1 }) },
        { accountId: null, now, reason: null },
      ),
    );
    expect(made.visit.values.result).toBe("rejected");
    expect(made.nonconformities).toHaveLength(1);
  });

  it("tell a release whether control accepted: the newest control, and nothing critical open", async () => {
    const of = { report: "01999999-0000-7000-8000-000000000001" };
    const accepted = () =>
      context.db.transaction(programClaims, async (tx) => (await acceptanceOf(tx, "KHM", of)).accepted);
    expect(await accepted()).toBe(false);
    await report({ values: values({ ...of, kind: "qa-external" }) });
    expect(await accepted()).toBe(false);
    await report({ values: values({ ...of, visitedOn: "2026-11-18" }) });
    expect(await accepted()).toBe(true);
    const { body } = await report({ values: values({ ...of, visitedOn: "2026-11-21", itemsFoundInSample: 1 }) });
    expect(await accepted()).toBe(false);
    await report({ values: values({ ...of, visitedOn: "2026-11-22" }) });
    // The land was accepted since, but what was wrong is not put right yet.
    expect(await accepted()).toBe(false);
    const id = body.nonconformities[0];
    const step = (path: string, more: object, as: typeof officer) =>
      server().post(`/api/quality/nonconformities/KHM/${id}/${path}`, { reason: "Searched again", ...more }, as);
    expect((await step("corrected", { version: 1 }, [grant("operator", "KHM", operator)])).status).toBe(200);
    expect(await accepted()).toBe(false);
    expect((await step("verify", { version: 2, accepted: true }, officer)).status).toBe(200);
    expect(await accepted()).toBe(true);
    const answer = (await get(`/api/quality/acceptance?country=KHM&report=${of.report}`)).body;
    expect(answer).toMatchObject({ accepted: true, visits: [{ kind: "qc", visitedOn: "2026-11-22" }, {}, {}, {}] });
  });

  it("lend the country's own limits to the screening of reports", async () => {
    const read = () => context.db.transaction(programClaims, (tx) => screeningLimits(tx, "KHM"));
    expect(await read()).toEqual(shippedLimits);
    await context.db.owner
      .insertInto("setting")
      .values({ country: "KHM", name: "quality.rate.manual", value: "60" as never })
      .execute();
    expect((await read()).squareMetresPerDeminerDay.manual).toBe(60);
  });
});

describeEachDatabase("non-conformities", (context) => {
  const server = () => testServer(context.db, implementations, { rights, clock: () => now });
  let operator: string;
  let visit: string;
  beforeAll(async () => {
    operator = await anOrganisation(context.db, "Operator");
    const made = await context.db.transaction(programClaims, (tx) =>
      recordVisit(
        tx,
        {
          country: "KHM",
          values: { visitedOn: "2026-11-02", kind: "qa-external", organisation: operator, result: "rejected" },
        },
        { accountId: null, now, reason: null },
      ),
    );
    visit = made.visit.id;
  });
  const raise = async (changes: object = {}, as = officer) => {
    const answer = await server().post(
      `/api/quality/visits/KHM/${visit}/nonconformities`,
      { severity: "minor", type: "marking", description: "Sticks without paint", ...changes },
      as,
    );
    return answer as unknown as { status: number; body: NonconformityOutput & { code: string } };
  };
  const step = async (id: string, path: string, body: object, as = officer) =>
    (await server().post(
      `/api/quality/nonconformities/KHM/${id}/${path}`,
      { reason: "As seen", ...body },
      as,
    )) as unknown as {
      status: number;
      body: NonconformityOutput & { code: string };
    };
  const own = () => [grant("operator", "KHM", operator)];

  it("go from open over corrected to closed, each step with a reason, the second of two at once refused", async () => {
    const { body } = await raise({ correctiveAction: "Paint them" });
    expect(body).toMatchObject({ state: "open", version: 1, deadline: "2027-01-31", steps: ["extended"] });
    expect((await step(body.id, "verify", { version: 1, accepted: true })).body.code).toBe("quality.step-not-allowed");
    expect((await step(body.id, "corrected", { version: 1 }, own())).body).toMatchObject({
      state: "corrected",
      version: 2,
    });
    expect((await step(body.id, "corrected", { version: 1 }, own())).body.code).toBe("common.stale-revision");
    expect((await step(body.id, "verify", { version: 2, accepted: false, deadline: "2026-12-01" })).body).toMatchObject(
      {
        state: "open",
        deadline: "2026-12-01",
      },
    );
    expect((await step(body.id, "corrected", { version: 3 }, own())).status).toBe(200);
    expect((await step(body.id, "verify", { version: 4, accepted: true })).body).toMatchObject({
      state: "closed",
      steps: [],
    });
    const { body: shown } = await server().get(`/api/quality/nonconformities/KHM/${body.id}`, officer);
    expect((shown as { thread: { step: string }[] }).thread.map((each) => each.step)).toEqual([
      "closed",
      "corrected",
      "reopened",
      "corrected",
      "raised",
    ]);
  });

  it("are not closed by the inspected organisation, nor by who said that they are corrected", async () => {
    const { body } = await raise();
    const both = [grant("information-manager", "KHM")];
    expect((await step(body.id, "corrected", { version: 1 }, both)).status).toBe(200);
    expect((await step(body.id, "verify", { version: 2, accepted: true }, both)).body.code).toBe("quality.own-closure");
    const theirs = [grant("quality-officer", "KHM", operator)];
    expect((await step(body.id, "verify", { version: 2, accepted: true }, theirs)).body.code).toBe(
      "quality.own-closure",
    );
    expect((await step(body.id, "verify", { version: 2, accepted: true }, own())).status).toBe(403);
    expect((await step(body.id, "verify", { version: 2, accepted: true })).status).toBe(200);
  });

  it("are answered by their own organisation or by staff of the programme", async () => {
    const { body } = await raise();
    const other = [grant("operator", "KHM", elsewhere)];
    expect((await step(body.id, "corrected", { version: 1 }, other)).body.code).toBe("quality.other-organisation");
    expect((await step(body.id, "corrected", { version: 1 }, officer)).status).toBe(403);
    expect((await step(body.id, "corrected", { version: 1 }, [grant("data-entry", "KHM")])).status).toBe(200);
  });

  it("are overdue from the day after their deadline, until somebody corrects or gives more time", async () => {
    const { body } = await raise({ severity: "major", deadline: "2026-11-22" });
    expect(body.overdue).toBe(true);
    const overdue = async () => {
      const answer = await server().get("/api/quality/nonconformities?country=KHM&state=overdue", officer);
      return answer.body as { items: NonconformityOutput[]; counts: Record<string, number> };
    };
    expect((await overdue()).items.map(({ id }) => id)).toEqual([body.id]);
    expect((await overdue()).counts).toMatchObject({ overdue: 1 });
    expect((await step(body.id, "deadline", { version: 1, deadline: "2026-11-20" })).body.code).toBe(
      "quality.deadline-passed",
    );
    expect((await step(body.id, "deadline", { version: 1, deadline: "2026-12-20" })).body).toMatchObject({
      overdue: false,
      state: "open",
    });
    expect((await overdue()).items).toEqual([]);
  });

  it("are listed page by page, each once, the nearest deadline first, what is closed last", async () => {
    for (const deadline of ["2026-12-03", "2026-12-01", "2026-12-02", "2026-12-02"]) await raise({ deadline });
    const done = await raise({ deadline: "2026-11-24" });
    await step(done.body.id, "corrected", { version: 1 }, own());
    await step(done.body.id, "verify", { version: 2, accepted: true });
    const seen: NonconformityOutput[] = [];
    let cursor: string | null = null;
    do {
      const path: string = `/api/quality/nonconformities?country=KHM&limit=2${cursor ? `&cursor=${cursor}` : ""}`;
      const { body } = await server().get(path, officer);
      const page = body as { items: NonconformityOutput[]; next: string | null };
      seen.push(...page.items);
      cursor = page.next;
    } while (cursor);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    const places = seen.map(({ state, deadline }) => `${state === "closed" ? 1 : 0} ${deadline}`);
    expect(places).toEqual([...places].sort());
    expect(places.at(-1)).toMatch(/^1/);
    expect(seen.length).toBeGreaterThanOrEqual(4);
  });

  it("are seen by whoever sees their visit and by nobody else", async () => {
    const count = async (as: ReturnType<typeof grant>[]) =>
      ((await server().get("/api/quality/nonconformities?country=KHM", as)).body as { items: object[] }).items.length;
    expect(await count([grant("donor", "KHM")])).toBe(0);
    expect(await count([grant("service-provider", "KHM", operator)])).toBeGreaterThan(0);
    expect(await count([grant("quality-officer", "LAO")])).toBe(0);
  });
});
