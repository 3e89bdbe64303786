import { beforeAll, expect, it } from "vitest";
import type { Language } from "../../platform/contract/fields.ts";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { grant, testServer } from "../../platform/http/testing.ts";
import { readCatalogue } from "../../platform/i18n/node.ts";
import { createTranslator } from "../../platform/i18n/translator.ts";
import { anOrganisation } from "../tasking/samples.ts";
import type { BoardRow } from "./contract-board.ts";
import type { Sheet } from "./contract-work.ts";
import { createStudies, rights } from "./index.ts";

const translatorOf = (language: Language) =>
  createTranslator(language, readCatalogue(language), { fallback: readCatalogue("en") });
const analyst = [grant("regional-analyst", null)];
const manager = [grant("information-manager", "KHM")];
const donor = [grant("donor", "KHM")];
const now = new Date("2026-11-23T05:00:00Z");

describeEachDatabase("studies", (context) => {
  const server = () => testServer(context.db, createStudies(translatorOf), { rights, clock: () => now });
  let ministry: string;
  beforeAll(async () => {
    ministry = await anOrganisation(context.db, "Ministry");
  });

  const newStudy = async (title = "Reach of rehabilitation", as = analyst, programme?: string) => {
    const question = "Who cannot reach rehabilitation, and why?";
    const values = { names: { en: title }, question, ...(programme ? { programme } : {}) };
    const { status, body } = await server().post("/api/studies/studies", { country: "KHM", values }, as);
    expect([status, body]).toMatchObject([200, {}]);
    return (body as { record: { id: string } }).record.id;
  };
  const to = (id: string, part: string) => `/api/studies/studies/KHM/${id}/${part}`;
  const send = (id: string, part: string, body: object, as = analyst) => server().post(to(id, part), body, as);
  const make = async (id: string, part: string, body: object) => {
    const answer = await send(id, part, body);
    expect([part, answer.status, answer.body]).toMatchObject([part, 200, {}]);
    return (answer.body as { id: string }).id;
  };
  const sheetOf = async (id: string, as: typeof analyst | null = analyst) =>
    (await server().get(to(id, "sheet"), as ?? undefined)).body as unknown as Sheet & {
      record: Record<string, unknown>;
    };
  const board = async (query: string, as: typeof analyst | null = analyst) =>
    (await server().get(`/api/studies/board?${query}`, as ?? undefined)).body as unknown as {
      items: BoardRow[];
      counts: Record<string, number>;
      programmes: string[];
      total: number;
      allowed: string[];
    };

  const interviews = { kind: "interviews", title: "Home visits", participants: 24, women: 10, men: 13, sexUnknown: 1 };
  const workshop = { title: "National workshop", heldOn: "2026-05-20", status: "held" };
  const said = { term: "short", priority: "high", sector: "health" };
  const participants = [
    { sector: "health", women: 6, men: 4, sexUnknown: 0, withDisability: 1 },
    { sector: "survivors-organisations", women: 5, men: 5, sexUnknown: 0, withDisability: 8 },
  ];
  /** A study with one finding that rests on interviews and one recommendation that follows from it. */
  const aStudy = async (programme?: string) => {
    const id = await newStudy(undefined, undefined, programme);
    const evidence = await make(id, "evidence", { values: interviews });
    const values = { statement: "Fares keep people away.", theme: "transport" };
    const finding = await make(id, "findings", { values, evidence: [evidence] });
    const recommendation = await make(id, "recommendations", {
      values: { ...said, addressee: ministry, cost: 12_000, currency: "USD" },
      findings: [finding],
      wording: "Pay fares to the centre.",
    });
    const consultation = await make(id, "consultations", { values: workshop, participants });
    return { id, evidence, finding, recommendation, consultation };
  };
  const agree = ({ recommendation, consultation }: Awaited<ReturnType<typeof aStudy>>) => ({
    recommendation,
    consultation,
    version: 1,
    state: "agreed",
  });

  it("are joined on the board by the name of their programme", async () => {
    const one = await aStudy("Regional study of care");
    await aStudy("Another programme");
    const all = await board("country=KHM");
    expect(all.programmes).toEqual(["Another programme", "Regional study of care"]);
    const { items, total } = await board("country=KHM&programme=Regional%20study%20of%20care");
    expect(total).toBe(1);
    expect(items).toMatchObject([{ study: one.id, programme: "Regional study of care" }]);
    expect((await board("programme=Nothing")).total).toBe(0);
    // Who sees no unpublished study does not learn of its programme.
    expect((await board("country=KHM", null)).programmes).toEqual([]);
  });

  it("go from a finding to what became of it, and keep every wording", async () => {
    const of = await aStudy();
    const { id, recommendation, consultation } = of;
    expect((await board(`study=${id}`)).items).toMatchObject([{ outcome: "proposed" }]);
    const early = {
      recommendation,
      values: { description: "Fares", owner: ministry, dueOn: "2026-12-01", status: "planned" },
    };
    expect((await send(id, "actions", early)).body).toMatchObject({ code: "studies.not-agreed" });
    const amended = { ...agree(of), state: "amended", wording: "Pay fares and meals." };
    expect((await send(id, "decisions", amended)).body).toEqual({ version: 2 });
    expect((await send(id, "decisions", agree(of))).body).toMatchObject({ code: "common.stale-revision" });
    expect((await board(`study=${id}`)).items).toMatchObject([{ outcome: "agreed", wording: "Pay fares and meals." }]);
    const action = await make(id, "actions", early);
    expect((await board(`study=${id}`)).items).toMatchObject([{ outcome: "in-action", dueOn: "2026-12-01" }]);
    const change = (revision: number, values: object) =>
      send(id, "actions", { recommendation, changed: { id: action, revision, reason: "Progress" }, values });
    expect((await change(1, { dueOn: "2026-11-01" })).status).toBe(200);
    expect((await board(`study=${id}`)).items).toMatchObject([{ outcome: "overdue", actions: [{ late: true }] }]);
    expect((await change(2, { status: "done" })).body).toMatchObject({
      fields: [{ path: "doneOn", code: "check.done-without-date" }],
    });
    const linked = { status: "done", doneOn: "2026-11-20", linkedKind: "policy", linkedTitle: "Fares decree" };
    expect((await change(2, linked)).status).toBe(200);
    const { items, counts } = await board(`study=${id}`);
    expect([items[0]?.outcome, counts["in-policy"], counts.overdue]).toEqual(["in-policy", 1, 0]);
    const { recommendations } = await sheetOf(id);
    expect(recommendations[0]?.wordings.map(({ version, state, wording }) => [version, state, wording])).toEqual([
      [2, "amended", "Pay fares and meals."],
      [1, "proposed", "Pay fares to the centre."],
    ]);
    expect(recommendations[0]?.record).toMatchObject({ decidedOn: "2026-05-20", decidedIn: consultation });
  });

  it("refuse decisions that do not follow, and ask for reason, consultation and other words where they must be", async () => {
    const of = await aStudy();
    const decide = async (change: object) => (await send(of.id, "decisions", { ...agree(of), ...change })).body;
    expect(await decide({ consultation: undefined })).toMatchObject({ code: "studies.consultation-not-held" });
    expect(await decide({ state: "amended" })).toMatchObject({ code: "studies.wording-unchanged" });
    expect(await decide({ wording: "Other words" })).toMatchObject({ code: "studies.wording-changed" });
    expect(await decide({ state: "dropped" })).toMatchObject({ code: "studies.reason-missing" });
    const planned = await make(of.id, "consultations", { values: { title: "Second", heldOn: "2027-02-01" } });
    expect(await decide({ consultation: planned })).toMatchObject({ code: "studies.consultation-not-held" });
    expect(await decide({ state: "dropped", reason: "Done by others" })).toEqual({ version: 2 });
    expect(await decide({ version: 2 })).toMatchObject({ code: "studies.decision-not-allowed" });
    expect((await board(`study=${of.id}`)).items).toMatchObject([{ outcome: "dropped" }]);
    expect(await decide({ version: 2, state: "proposed", reason: "Taken up again" })).toEqual({ version: 3 });
    const other = await aStudy();
    expect(await decide({ version: 3, consultation: other.consultation })).toMatchObject({
      code: "studies.not-of-this-study",
    });
  });

  it("tell what is wrong beside the field", async () => {
    const of = await aStudy();
    const refused = async (part: string, body: object) => {
      const { status, body: problem } = await send(of.id, part, body);
      expect(status).toBe(422);
      return (problem as { fields: { path: string; code: string }[] }).fields.map(
        ({ path, code }) => `${path} ${code}`,
      );
    };
    expect(await refused("consultations", { values: { ...workshop, participants: 21 }, participants })).toEqual([
      "participants check.people-do-not-add-up",
    ]);
    expect(await refused("consultations", { values: { ...workshop, heldOn: "2027-01-01" } })).toEqual([
      "status check.consultation-yet-to-come",
    ]);
    const twice = [participants[0], participants[0]];
    expect(await refused("consultations", { values: workshop, participants: twice })).toEqual([
      "participants.health check.sector-does-not-add-up",
    ]);
    expect(await refused("evidence", { values: { ...interviews, men: 99 } })).toEqual([
      "women check.people-do-not-add-up",
    ]);
    const analysis = { kind: "analysis", title: "Walking", analysis: of.finding };
    expect(await refused("evidence", { values: analysis })).toEqual(["analysis check.not-there"]);
    expect(await refused("findings", { values: { statement: "Something" } })).toEqual(["theme check.required"]);
    expect(await refused("recommendations", { values: said, findings: [of.finding] })).toEqual([
      "wording check.required",
    ]);
    expect(
      await refused("recommendations", { values: { term: "short", priority: "low", cost: 1 }, wording: "Do it" }),
    ).toEqual(["addressee check.addressee-missing", "currency check.currency-not-said"]);
    await send(of.id, "decisions", agree(of));
    const values = { description: "Fares", status: "planned", dueOn: "2026-12-01" };
    const { recommendation } = of;
    expect(await refused("actions", { recommendation, values })).toEqual(["owner check.action-without-owner"]);
    expect(
      await refused("actions", { recommendation, values: { ...values, owner: ministry, dueOn: "2026-05-01" } }),
    ).toEqual(["dueOn check.due-before-consultation"]);
    expect((await send(of.id, "findings", { values: {}, evidence: [of.finding] })).status).toBe(422);
  });

  it("count who came by sector, and keep the counts before", async () => {
    const { id, consultation } = await aStudy();
    const of = async () => (await sheetOf(id)).consultations[0];
    expect(await of()).toMatchObject({
      record: { participants: 20, women: 11, men: 9, withDisability: 9 },
      participants: [{ sector: "health" }, { sector: "survivors-organisations" }],
    });
    const changed = { id: consultation, revision: 1, reason: "Counted again" };
    const [health] = participants;
    const counts = [{ ...health, women: 7 }, participants[1]];
    expect((await send(id, "consultations", { changed, values: {}, participants: counts })).status).toBe(200);
    expect(await of()).toMatchObject({ record: { revision: 2, participants: 21, women: 12 } });
    const rows = await context.db.owner
      .selectFrom("studies_participants")
      .select("version")
      .where("consultation", "=", consultation)
      .orderBy("version")
      .execute();
    expect(rows.map(({ version }) => version)).toEqual([1, 1, 2, 2]);
  });

  it("are published only when nothing is missing, and read by everybody from then on, without what is restricted", async () => {
    const of = await aStudy();
    const { id } = of;
    const { recommendation, consultation } = of;
    const comment = { recommendation, consultation, sector: "health", stance: "supports", comment: "Yes" };
    await make(id, "comments", comment);
    const loose = await make(id, "findings", { values: { statement: "Nobody asked.", theme: "data" } });
    const publish = (published: boolean, revision: number, as = analyst) =>
      send(id, "publication", { published, revision, reason: "Agreed by all" }, as);
    expect((await sheetOf(id)).lacks).toMatchObject([{ check: "finding-without-evidence", item: loose }]);
    expect((await publish(true, 1)).body).toMatchObject({ code: "studies.not-ready", params: { count: 1 } });
    const nobody = { items: [], total: 0 };
    expect(await board(`study=${id}`, null)).toMatchObject(nobody);
    expect((await server().get(to(id, "sheet"))).status).toBe(404);
    expect((await server().get(to(id, "sheet"), donor)).status).toBe(404);
    await send(id, "withdrawals", { kind: "finding", item: loose, revision: 1, reason: "Entered twice" });
    expect((await publish(true, 1, donor)).status).toBe(403);
    expect((await publish(true, 1)).body).toEqual({ publishedOn: "2026-11-23" });
    expect(await board(`study=${id}`, null)).toMatchObject({ total: 1, allowed: [] });
    const open = await sheetOf(id, null);
    expect(open).toMatchObject({ record: { publishedOn: "2026-11-23" }, allowed: [], lacks: [] });
    expect(open.evidence[0]).toMatchObject({ participants: 24 });
    expect(open.evidence[0]).not.toHaveProperty("women");
    expect(open.recommendations[0]).toMatchObject({ comments: [], wordings: [], decisions: [] });
    expect((await sheetOf(id)).recommendations[0]?.comments).toHaveLength(1);
    expect((await publish(false, 2)).body).toEqual({ publishedOn: null });
    expect(await board(`study=${id}`, null)).toMatchObject(nobody);
  });

  it("are written by analysts and information managers of the country alone", async () => {
    const { id, finding } = await aStudy();
    const values = { statement: "Another", theme: "cost" };
    for (const as of [grant("operator", "KHM"), grant("donor", "KHM"), grant("information-manager", "LAO")])
      expect((await send(id, "findings", { values, evidence: [] }, [as])).status).toBe(403);
    expect((await send(id, "findings", { values, evidence: [] }, manager)).status).toBe(200);
    expect((await send(id, "findings", { values, evidence: [] }, [grant("regional-analyst", "KHM")])).status).toBe(200);
    const used = { kind: "finding", item: finding, revision: 1, reason: "By mistake" };
    expect((await send(id, "withdrawals", used)).body).toMatchObject({ code: "studies.in-use" });
    const history = await server().get(`/api/studies/studies/KHM/${id}/history`, manager);
    expect(history.body).toMatchObject({ revisions: [{ revision: 1 }] });
  });

  it("stand on the board with what is overdue first, filtered by term and addressee, and go out as a file and a summary", async () => {
    const late = await aStudy();
    const idle = await aStudy();
    await send(late.id, "decisions", agree(late));
    await make(late.id, "actions", {
      recommendation: late.recommendation,
      values: { description: "Fares", ownerAsWritten: "Provincial office", dueOn: "2026-06-01", status: "under-way" },
    });
    const { items, counts } = await board(`addressee=${ministry}&term=short&limit=200`);
    expect(items[0]).toMatchObject({ outcome: "overdue" });
    expect(counts.overdue).toBe(items.filter(({ outcome }) => outcome === "overdue").length);
    expect((await board("term=long")).total).toBe(0);
    expect((await board(`study=${idle.id}&outcome=proposed`)).total).toBe(1);
    const file = await server().send("GET", `/api/studies/board/export?format=csv&study=${late.id}`, { as: analyst });
    const text = await file.text();
    expect(text).toContain("Pay fares to the centre.");
    expect(text).toContain("Provincial office");
    for (const language of ["en", "km"]) {
      const pdf = await server().send("GET", `${to(late.id, "summary")}?language=${language}`, { as: analyst });
      expect(pdf.headers.get("content-type")).toBe("application/pdf");
      expect(
        Buffer.from(await pdf.arrayBuffer())
          .subarray(0, 5)
          .toString(),
      ).toBe("%PDF-");
    }
  });
});
