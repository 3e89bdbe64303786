import { beforeAll, describe, expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { grant, testServer } from "../../platform/http/testing.ts";
import { implementations, rights } from "./index.ts";
import { type Option, rankOptions } from "./model-priority.ts";
import { monthsBefore } from "./priorities.ts";
import { aHazardousArea, anAccident } from "./samples.ts";

const manager = [grant("information-manager", "KHM")];
const now = new Date("2026-11-23T05:00:00Z");

describe("the time over which casualties count", () => {
  it("ends on the last day of a shorter month", () => {
    expect(monthsBefore(now, 24)).toBe("2024-11-23");
    expect(monthsBefore(new Date("2026-03-31T00:00:00Z"), 1)).toBe("2026-02-28");
  });
});

interface Answer {
  set: { code: string; version: number; definition: Parameters<typeof rankOptions>[1] };
  options: (Option & { code: string; tasks: { code: string }[] })[];
  total: number;
  allowed: string[];
}

describeEachDatabase("priorities", (context) => {
  const server = () => testServer(context.db, implementations, { rights, clock: () => now });
  let near: string;
  let far: string;
  beforeAll(async () => {
    near = await aHazardousArea(context.db, 103, 13, { contamination: ["ap-mine", "cmr"] });
    far = await aHazardousArea(context.db, 104, 12, { contamination: ["unknown"] });
    await aHazardousArea(context.db, 105, 12, { status: "released" });
    // About 1.1 km east of the border of `near`, within the radius of 2 km.
    await anAccident(context.db, 103.011, 13, "2026-01-10", 1, 2);
    // Too far, too long ago.
    await anAccident(context.db, 103.05, 13, "2026-01-10", 4, 0);
    await anAccident(context.db, 103.0005, 13.0005, "2024-11-22", 5, 0);
  });
  const ask = async (query = "", as = manager) => {
    const { status, body } = await server().get(`/api/tasking/priorities?country=KHM${query}`, as);
    return { status, body: body as unknown as Answer & { code: string } };
  };
  const enter = (area: string, values: object[], as = manager) =>
    server().post("/api/tasking/values", { country: "KHM", area, values, source: "Village meeting" }, as);

  it("count casualties of 24 months near an area, and know contamination only where it is known", async () => {
    const { body } = await ask();
    expect(body.total).toBe(2);
    expect(body.set).toMatchObject({ code: "mine-impact-score", version: 0 });
    const values = new Map(body.options.map((each) => [each.id, each.values]));
    expect(values.get(near)).toMatchObject({ "casualties-24-months": 3, "mines-present": 1, "uxo-present": 1 });
    expect(values.get(near)?.["area-hectares"]).toBeCloseTo(1.2, 1);
    expect(values.get(far)).toMatchObject({ "casualties-24-months": 0, "mines-present": null, "uxo-present": null });
  });

  it("take what people enter, in versions, and make the Mine Impact Score of it", async () => {
    const blocked = ["cropland", "pasture", "roads", "housing"].map((what) => ({
      indicator: `blocked-${what}`,
      value: 1,
    }));
    expect((await enter(near, blocked)).body).toEqual({ stored: 4 });
    expect((await enter(near, [{ indicator: "cost", value: 500 }])).status).toBe(200);
    expect((await enter(near, [{ indicator: "cost", value: 80 }])).status).toBe(200);
    const { body } = await ask();
    const ranked = rankOptions(body.options, body.set.definition);
    // 2 for mines, 1 for unexploded ordnance, 4 blocked, 3 casualties of 2 points each.
    expect(ranked[0]).toMatchObject({ id: near, score: 13, class: "high", rank: 1 });
    expect(ranked[0]?.valueForMoney).toBeCloseTo(13 / 80, 10);
    expect((await enter(near, [{ indicator: "cost", value: null }])).status).toBe(200);
    const again = await ask();
    expect(again.body.options.find(({ id }) => id === near)?.values.cost).toBeNull();
  });

  it("refuse what is computed, unknown areas and those without the right", async () => {
    expect((await enter(near, [{ indicator: "area-hectares", value: 3 }])).body).toMatchObject({
      code: "tasking.priority.not-entered",
    });
    expect((await enter("01999999-0000-7000-8000-000000000000", [{ indicator: "cost", value: 3 }])).body).toMatchObject(
      {
        code: "tasking.unknown-area",
      },
    );
    expect((await enter(near, [{ indicator: "cost", value: 3 }], [grant("operator", "KHM")])).status).toBe(403);
    expect((await ask("", [grant("donor", "KHM")])).body).toMatchObject({ code: "tasking.priority.withheld" });
    expect((await ask("&criteria=nothing-here")).body).toMatchObject({ code: "tasking.priority.unknown-criteria" });
  });

  it("follow a country's own criteria, kept in versions beside the shipped ones", async () => {
    const definition = {
      method: "min-max",
      criteria: [
        { indicator: "casualties-24-months", weight: 3, direction: "benefit" },
        { indicator: "cost", weight: 1, direction: "cost" },
      ],
      classes: [],
    };
    const save = (body: object, as = manager) =>
      server().post(
        "/api/tasking/criteria",
        {
          country: "KHM",
          code: "khm-2026",
          version: 0,
          names: { en: "Plan 2026" },
          definition,
          reason: "Plan",
          ...body,
        },
        as,
      );
    expect((await save({})).body).toMatchObject({ code: "khm-2026", version: 1, inForce: false });
    expect((await save({})).body).toMatchObject({ code: "common.stale-revision" });
    expect((await save({ version: 1, names: { en: "Plan 2027" } })).body).toMatchObject({ version: 2 });
    expect((await save({ code: "benefit-and-cost" })).body).toMatchObject({ code: "tasking.priority.preset-fixed" });
    const twice = [...definition.criteria, definition.criteria[0]];
    expect((await save({ code: "twice", definition: { ...definition, criteria: twice } })).status).toBe(422);
    const listed = await server().get("/api/tasking/criteria?country=KHM", manager);
    expect(
      (listed.body as { items: { code: string; version: number }[] }).items.map(({ code, version }) => [code, version]),
    ).toEqual([
      ["mine-impact-score", 0],
      ["benefit-and-cost", 0],
      ["khm-2026", 2],
    ]);
    expect((await ask("&criteria=khm-2026")).body.set).toMatchObject({ code: "khm-2026", version: 2 });
  });

  it("score a task when it is made for an area, and show the task beside the area", async () => {
    const created = await server().post(
      "/api/tasking/tasks",
      { country: "KHM", values: { kind: "clearance", area: near } },
      manager,
    );
    const { body } = await ask();
    const score = rankOptions(body.options, body.set.definition).find(({ id }) => id === near)?.score;
    expect(created.body).toMatchObject({
      record: { priorityScore: score, priorityCriteria: "mine-impact-score/0", status: "planned" },
    });
    expect(body.options.find(({ id }) => id === near)?.tasks).toHaveLength(1);
  });

  it("can be taken away as a table, under other weights too", async () => {
    const response = await server().send(
      "GET",
      "/api/tasking/priorities/export?country=KHM&criteria=khm-2026&weights=0,1",
      {
        as: manager,
      },
    );
    const lines = (await response.text()).trim().split("\r\n");
    expect(response.headers.get("content-disposition")).toContain("priorities-KHM-2026-11-23.csv");
    expect(lines[0]).toContain("rank,code,name,status,score,");
    expect(lines).toHaveLength(3);
  });
});
