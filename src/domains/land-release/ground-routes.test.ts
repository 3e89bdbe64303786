import { beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { programClaims } from "../../platform/database/types.ts";
import { pdfFacts } from "../../platform/documents/testing.ts";
import { grant, testServer } from "../../platform/http/testing.ts";
import { readCatalogue } from "../../platform/i18n/node.ts";
import { createTranslator } from "../../platform/i18n/translator.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { createRecords } from "../../platform/records/actions.ts";
import { implementations as quality } from "../quality/index.ts";
import { taskDefinition } from "../tasking/index.ts";
import { enterReport, submitReport } from "./actions.ts";
import { rights } from "./contract.ts";
import { isControlled } from "./inspection.ts";
import { createLandRelease } from "./routes.ts";
import { aPart, strips } from "./samples.ts";
import {
  aMinefield,
  anOrganisation,
  approved,
  aReportInput,
  country,
  day,
  field,
  type Wanted,
} from "./workflow.test-helper.ts";

const [lowest, , third] = field.strips;
const beside = strips(103.003, 13, 103.004, [10_000]).whole;
const english = readCatalogue("en");
const implementation = createLandRelease((language) =>
  createTranslator(language, readCatalogue(language), { fallback: english }),
);
const verifier = [grant("quality-officer", "KHM")];
const reader = [grant("data-entry", "KHM")];
const donor = [grant("donor", "KHM")];

describeEachDatabase("the ground and papers of a report", (context) => {
  const server = () =>
    testServer(context.db, [implementation, ...quality], {
      rights: { ...rights, "quality.read": "everyone" },
      clock: () => day(20),
    });
  let area: string;
  let organisation: string;
  let task: string;
  let inspector: string;
  const reports: Record<string, string> = {};

  beforeAll(() =>
    context.db.transaction(programClaims, async (tx) => {
      ({ area, organisation } = await aMinefield(tx));
      const [record] = await createRecords(
        tx,
        taskDefinition,
        [
          {
            country,
            values: {
              kind: "clearance",
              status: "in-progress",
              organisation,
              area,
              geometry: lowest,
              title: "North field",
            },
          },
        ],
        { accountId: null, now: day(1), reason: null },
      );
      task = record?.id ?? "";
      const common = { area, organisation, task };
      inspector = await anOrganisation(tx);
      const work: Wanted = {
        ...{ type: "clearance", effectiveOn: "2026-02-20", startedOn: "2026-02-01", endedOn: "2026-02-20", ...common },
        body: {
          team: "Team 4",
          assets: ["Detector"],
          deminers: 1,
          processed: [{ method: "manual", squareMetres: 60_000 }],
          devices: [{ category: "ap-mine", quantity: 3, point: [103.001, 13.001], depthCentimetres: 5 }],
          parts: [{ ...aPart(3, { outcome: "cleared", geometry: third, depthCentimetres: 20 }), id: newId() }],
        },
      };
      reports.clearance = (await approved(tx, work)).id;
      reports.inspection = (
        await approved(tx, {
          ...{ type: "quality-inspection", effectiveOn: "2026-02-25", ...common, organisation: inspector },
          body: {
            inspection: {
              ...{ kind: "quality-control", result: "rejected", sampledSquareMetres: 2_000 },
              nonConformities: [{ severity: "minor", description: "A marker is missing", deadline: "2026-03-10" }],
            },
          },
        })
      ).id;
      const rest = aPart(4, { outcome: "reduced", withAsset: true });
      reports.completion = (
        await approved(tx, {
          ...{
            type: "completion",
            effectiveOn: "2026-03-20",
            startedOn: "2026-02-01",
            endedOn: "2026-03-15",
            ...common,
          },
          body: { parts: [{ ...rest, id: newId() }], place: [103.001, 13.001] },
        })
      ).id;
      const attended = { women: 4, men: 3, girls: 0, boys: 1 };
      reports.handover = (
        await approved(tx, {
          ...{ type: "handover", effectiveOn: "2026-04-01", ...common },
          body: { handover: { receivedBy: "Village council", attended, intendedUse: "agriculture" } },
        })
      ).id;
      const copied = aReportInput({ ...work, effectiveOn: "2026-05-01", startedOn: null, endedOn: null });
      const entered = await enterReport(
        tx,
        {
          ...copied,
          ...{ area: null, type: "non-technical-survey" },
          body: {
            ...copied.body,
            evidence: ["item-found"],
            parts: [{ ...aPart(5, { outcome: "identified", geometry: beside, areaClass: "cha" }), id: newId() }],
          },
        },
        { accountId: "operator", now: day(3) },
      );
      reports.other = (await submitReport(tx, entered, null, { accountId: "operator", now: day(3) })).id;
      const again = await enterReport(
        tx,
        {
          ...aReportInput({ type: "non-technical-survey", effectiveOn: "2026-05-03", organisation }),
          body: {
            ...entered.body,
            parts: [{ ...aPart(5, { outcome: "identified", geometry: beside, areaClass: "cha" }), id: newId() }],
          },
        },
        { accountId: "operator", now: day(3) },
      );
      reports.copy = (await submitReport(tx, again, null, { accountId: "operator", now: day(3) })).id;
    }),
  );

  it("makes the completion report and the handover certificate, and of nothing else a paper", async () => {
    const paper = (name: string, language = "km") =>
      server().send("GET", `/api/land/reports/KHM/${reports[name]}/document?language=${language}`, { as: reader });
    for (const name of ["completion", "handover"]) {
      const response = await paper(name);
      expect([response.status, response.headers.get("content-type")], name).toEqual([200, "application/pdf"]);
      const facts = pdfFacts(new Uint8Array(await response.arrayBuffer()));
      expect(facts.pages, name).toBeGreaterThan(0);
    }
    expect((await paper("clearance")).status).toBe(409);
    expect((await server().send("GET", `/api/land/reports/KHM/${newId()}/document`, { as: reader })).status).toBe(404);
    expect((await paper("completion", "xx")).status).toBe(422);
  });

  it("tells of an approved report what it changed: areas before and after, also where no figure did", async () => {
    const told = async (name: string) =>
      (await server().get(`/api/land/reports/KHM/${reports[name]}/difference`, verifier)).body as {
        areas: { before: object | null; after: object }[];
        postings: object[];
      };
    expect(await told("clearance")).toMatchObject({
      areas: [
        {
          before: { id: area, status: "open", openSquareMetres: 100_000 },
          after: { id: area, status: "worked-on", openSquareMetres: 80_000 },
        },
      ],
      postings: [{}, {}],
    });
    expect(await told("handover")).toMatchObject({
      areas: [{ before: { status: "closed" }, after: { status: "released", openSquareMetres: 0 } }],
      postings: [],
    });
    expect((await told("inspection")).areas).toEqual([]);
  });

  it("tells what lies around: the area, its task, other open areas, released land", async () => {
    const ask = (query: string) => server().get(`/api/land/surroundings?country=KHM&${query}`, reader);
    const { status, body } = await ask(`bbox=102.9,12.9,103.1,13.1&area=${area}&task=${task}`);
    expect([status, body]).toMatchObject([
      200,
      {
        area: { id: area, status: "released", openSquareMetres: 0, ground: null, carried: true },
        task: { id: task, areas: [area], geometry: { type: "Polygon" } },
        areas: [],
        released: [
          { area, kind: "reduced-with-asset", effectiveOn: "2026-03-20", squareMetres: 80_000 },
          { area, kind: "cleared", effectiveOn: "2026-02-20", squareMetres: 20_000, depthCentimetres: 20 },
        ],
        truncated: false,
      },
    ]);
    expect((await ask("bbox=110,12.9,111,13.1")).body).toMatchObject({
      area: null,
      task: null,
      areas: [],
      released: [],
    });
    expect((await ask("bbox=110,12.9,111")).status).toBe(422);
    // Positions are not for everybody who may read.
    const donors = await server().get(
      `/api/land/surroundings?country=KHM&bbox=102.9,12.9,103.1,13.1&area=${area}`,
      donor,
    );
    expect(donors.body).toMatchObject({ area: null, task: null, areas: [], released: [] });
  });

  it("names reports that are worth a second look, with reasons, to those who verify", async () => {
    const ask = (query: string, as = verifier) => server().get(`/api/land/reports/screening?country=KHM&${query}`, as);
    const { status, body } = await ask("");
    expect(status).toBe(200);
    const { items, total, looked } = body as {
      items: { rule: string; reports: { id: string }[]; numbers: Record<string, number> }[];
      total: number;
      looked: number;
    };
    expect(looked).toBe(7);
    const named = (rule: string) =>
      items.filter((item) => item.rule === rule).map(({ reports: all }) => all.map(({ id }) => id));
    expect(named("same-polygon").map((pair) => pair.sort())).toEqual([[reports.other, reports.copy].sort()]);
    // 60,000 m² by one person in twenty days are 3,000 m² a day.
    expect(named("impossible-rate")).toContainEqual([reports.clearance]);
    expect(items.find(({ reports: all }) => all[0]?.id === reports.clearance)?.numbers).toMatchObject({
      rate: 3000,
      days: 20,
    });
    expect((await ask("rule=same-polygon")).body).toMatchObject({ total: 1 });
    expect((await ask("limit=1&offset=1")).body).toMatchObject({ items: [items[1]], total });
    expect((await ask(`organisation=${newId()}`)).body).toMatchObject({ items: [], total: 0 });
    expect((await ask("from=2026-05-02")).body).toMatchObject({ looked: 1 });
    expect((await ask("from=2026-05-02&to=2026-05-01")).status).toBe(422);
    expect((await ask("", reader)).status).toBe(403);
    const one = await server().get(`/api/land/reports/KHM/${reports.copy}/screening`, verifier);
    expect((one.body as { items: { rule: string }[] }).items.map(({ rule }) => rule)).toContain("same-polygon");
  });

  it("records the visit that an inspection tells of, which decides whether the land was controlled", async () => {
    const list = await server().get("/api/quality/visits?country=KHM", verifier);
    expect(list.body).toMatchObject({
      items: [
        {
          visitedOn: "2026-02-25",
          kind: "qc",
          result: "rejected",
          organisation,
          inspectingOrganisation: inspector,
          task,
          sampledSquareMetres: 2000,
        },
      ],
    });
    await context.rollback(async (tx) => {
      expect(await isControlled(tx, country, area, null)).toBe(false);
      const accepted = {
        ...{ type: "quality-inspection" as const, effectiveOn: "2026-02-25", area, organisation: inspector, task },
        body: { inspection: { kind: "quality-control" as const, result: "accepted" as const } },
      };
      await approved(tx, { ...accepted, corrects: reports.inspection ?? null }, day(8));
      expect(await isControlled(tx, country, area, null)).toBe(true);
    });
  });
});
