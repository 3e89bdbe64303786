import { beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { grant, testServer } from "../../platform/http/testing.ts";
import { implementations, rights } from "./index.ts";
import { aHazardousArea, anOrganisation, aTask, aTeam } from "./samples.ts";

const manager = [grant("information-manager", "KHM")];
const now = new Date("2026-11-23T05:00:00Z");

interface Card {
  record: Record<string, unknown> & { id: string; revision: number; status: string };
  processedSquareMetres: number;
  lastDay: string | null;
  overdue: boolean;
  moves: string[];
}

describeEachDatabase("task orders", (context) => {
  const server = () => testServer(context.db, implementations, { rights, clock: () => now });
  let operator: string;
  let other: string;
  let team: string;
  beforeAll(async () => {
    operator = await anOrganisation(context.db, "Operator");
    other = await anOrganisation(context.db, "Other operator");
    team = await aTeam(context.db, operator);
  });
  const move = (id: string, body: object, as = manager) =>
    server().post(`/api/tasking/tasks/KHM/${id}/status`, { reason: "As agreed", ...body }, as);
  const report = (body: object, as = manager) =>
    server().post("/api/tasking/progress", { country: "KHM", values: body }, as);

  it("move by steps with a reason, never by correction, and the second of two at once is told", async () => {
    const id = await aTask(context.db, operator, { deadline: "2026-11-20" });
    const refused = await server().post(
      `/api/tasking/tasks/KHM/${id}/correct`,
      { revision: 1, reason: "Because", changes: { status: "completed" } },
      manager,
    );
    expect(refused.status).toBe(422);
    const { status, body } = await move(id, { revision: 1, status: "issued", on: "2026-11-02" });
    expect([status, body]).toMatchObject([
      200,
      { record: { status: "issued", statusOn: "2026-11-02", issuedOn: "2026-11-02", revision: 2 }, overdue: true },
    ]);
    expect((body as Card).moves).toEqual(["in-progress", "planned", "suspended", "cancelled"]);
    expect((await move(id, { revision: 1, status: "in-progress" })).body).toMatchObject({
      code: "common.stale-revision",
    });
    expect((await move(id, { revision: 2, status: "handed-over" })).body).toMatchObject({
      code: "tasking.step-not-allowed",
      params: { from: "issued", to: "handed-over" },
    });
    expect((await move(id, { revision: 2, status: "in-progress", on: "2026-11-01" })).body).toMatchObject({
      code: "tasking.date-before-last-step",
    });
    expect((await move(id, { revision: 2, status: "in-progress", on: "2027-01-01" })).status).toBe(422);
    expect((await move(id, { revision: 2, status: "in-progress", reason: "" })).status).toBe(422);
    const history = await server().get(`/api/tasking/tasks/KHM/${id}/history`, manager);
    expect(history.body).toMatchObject({ revisions: [{ revision: 2, reason: "As agreed" }, { revision: 1 }] });
  });

  it("cannot be issued to nobody", async () => {
    const created = await server().post(
      "/api/tasking/tasks",
      { country: "KHM", values: { kind: "clearance", title: "Nobody's" } },
      manager,
    );
    expect(created).toMatchObject({ status: 200, body: { record: { status: "planned", code: "TASK-KHM-000002" } } });
    const { id } = (created.body as { record: { id: string } }).record;
    expect((await move(id, { revision: 1, status: "issued" })).body).toMatchObject({
      fields: [{ path: "organisation", code: "check.task-without-organisation" }],
    });
  });

  it("follow the steps that a country set, and the usual ones when its table cannot be read", async () => {
    const id = await aTask(context.db, operator);
    const set = (value: string) =>
      context.db.owner
        .insertInto("setting")
        .values({ country: "KHM", name: "tasking.transitions", value: JSON.stringify(value) as never })
        .onConflict((c) => c.columns(["country", "name"]).doUpdateSet({ value: JSON.stringify(value) as never }))
        .execute();
    await set("planned>completed completed>planned");
    expect((await move(id, { revision: 1, status: "issued" })).body).toMatchObject({
      code: "tasking.step-not-allowed",
    });
    expect((await move(id, { revision: 1, status: "completed" })).status).toBe(200);
    await set("planned>nowhere");
    expect((await move(id, { revision: 2, status: "handed-over" })).status).toBe(200);
    await context.db.owner.deleteFrom("setting").where("name", "=", "tasking.transitions").execute();
  });

  it("are moved by information managers of the country and by nobody else", async () => {
    const id = await aTask(context.db, operator);
    for (const as of [grant("operator", "KHM"), grant("quality-officer", "KHM"), grant("information-manager", "LAO")])
      expect((await move(id, { revision: 1, status: "issued" }, [as])).status).toBe(403);
  });

  it("have further areas beside the main one, of the same country only", async () => {
    const [main, one, two] = await Promise.all([103, 103.1, 103.2].map((lon) => aHazardousArea(context.db, lon, 13)));
    const id = await aTask(context.db, operator, { area: main });
    const set = (areas: (string | undefined)[]) =>
      server().post(`/api/tasking/tasks/KHM/${id}/areas`, { areas, reason: "Same field" }, manager);
    const answer = await set([one, two]);
    expect([...(answer.body as { furtherAreas: string[] }).furtherAreas].sort()).toEqual([one, two].sort());
    expect((await set([two])).body).toEqual({ furtherAreas: [two] });
    expect((await set([one, two])).status).toBe(200);
    expect((await set([main])).body).toMatchObject({ code: "tasking.unknown-area" });
    const elsewhere = "01999999-0000-7000-8000-000000000000";
    expect((await set([elsewhere])).body).toMatchObject({ code: "tasking.unknown-area" });
    const sheet = await server().get(`/api/tasking/tasks/KHM/${id}/sheet`, manager);
    expect((sheet.body as { furtherAreas: string[] }).furtherAreas).toHaveLength(2);
    expect((sheet.body as { references: Record<string, unknown> }).references).toHaveProperty(one as string);
    const donor = await server().get(`/api/tasking/tasks/KHM/${id}/sheet`, [grant("donor", "KHM")]);
    expect(donor.status).toBe(404);
  });

  it("take daily progress once per team, day and method, from the day of issue on, and add it up", async () => {
    const id = await aTask(context.db, operator);
    const day = {
      task: id,
      team,
      day: "2026-11-10",
      method: "manual",
      processedSquareMetres: 120,
      deminers: 8,
      hours: 6,
    };
    expect((await report(day)).body).toMatchObject({ code: "tasking.task-not-open", params: { status: "planned" } });
    await move(id, { revision: 1, status: "issued", on: "2026-11-05" });
    expect((await report({ ...day, day: "2026-11-04" })).body).toMatchObject({ code: "tasking.day-before-issue" });
    const first = await report({ ...day, apMines: 2, uxo: 1 });
    expect(first).toMatchObject({ status: 200, body: { record: { organisation: operator } } });
    expect((await report({ ...day, processedSquareMetres: 90 })).body).toMatchObject({
      code: "tasking.progress-exists",
    });
    expect((await report({ ...day, method: "mechanical", processedSquareMetres: 900, deminers: 2 })).status).toBe(200);
    expect((await report({ ...day, day: "2026-11-11", hours: 20, downtimeHours: 5 })).body).toMatchObject({
      code: "common.invalid-input",
    });
    expect((await report({ ...day, day: "2026-11-11", organisation: other })).body).toMatchObject({
      code: "tasking.organisation-differs",
    });
    expect((await report({ task: id, day: "2026-11-11" })).body).toMatchObject({ code: "common.invalid-input" });
    const { body } = await server().get(`/api/tasking/tasks/KHM/${id}/sheet`, manager);
    expect(body).toMatchObject({
      totals: { squareMetres: 1020, items: 3, teamDays: 1, deminerDays: 8, byMethod: { manual: 120, mechanical: 900 } },
      card: { processedSquareMetres: 1020, lastDay: "2026-11-10" },
    });
    const { id: entry, revision } = (first.body as { record: { id: string; revision: number } }).record;
    const correct = (changes: object, as = manager) =>
      server().post(`/api/tasking/progress/KHM/${entry}/correct`, { revision, reason: "Misread", changes }, as);
    expect((await correct({ method: "mechanical" })).body).toMatchObject({ code: "tasking.progress-exists" });
    expect((await correct({ processedSquareMetres: 125 })).status).toBe(200);
  });

  it("take progress from an operator for its own organisation's teams only", async () => {
    const id = await aTask(context.db, operator);
    await move(id, { revision: 1, status: "issued", on: "2026-11-05" });
    const day = { task: id, team, day: "2026-11-12", method: "manual", processedSquareMetres: 60 };
    expect((await report(day, [grant("operator", "KHM", other)])).body).toMatchObject({
      code: "tasking.other-organisation",
    });
    expect((await report(day, [grant("quality-officer", "KHM")])).status).toBe(403);
    expect((await report(day, [grant("operator", "KHM", operator)])).status).toBe(200);
  });

  it("stand on the board by status, filtered by organisation and by missed deadlines", async () => {
    const late = await aTask(context.db, other, { deadline: "2026-11-01" });
    const done = await aTask(context.db, other);
    await move(done, { revision: 1, status: "cancelled" });
    const board = async (query: string, as = manager) =>
      (await server().get(`/api/tasking/board?country=KHM&organisation=${other}${query}`, as)).body as unknown as {
        columns: { status: string; total: number; cards: Card[] }[];
        allowed: string[];
      };
    const all = await board("");
    expect(all.columns.map(({ status, total }) => [status, total])).toEqual([
      ["planned", 1],
      ["issued", 0],
      ["in-progress", 0],
      ["suspended", 0],
      ["completed", 0],
      ["handed-over", 0],
      ["cancelled", 1],
    ]);
    expect(all.allowed).toEqual(["manage", "report"]);
    const overdue = await board("&overdue=true", [grant("operator", "KHM", other)]);
    expect(overdue.columns.flatMap(({ cards }) => cards.map(({ record, moves }) => [record.id, moves]))).toEqual([
      [late, []],
    ]);
    expect(overdue.allowed).toEqual(["report"]);
  });
});
