import { beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { programClaims } from "../../platform/database/types.ts";
import { grant, testServer } from "../../platform/http/testing.ts";
import { aUnit } from "../../platform/records/testing.ts";
import { anOrganisation } from "../quality/samples.ts";
import { implementations, rights } from "./index.ts";
import { aProgramme } from "./samples.ts";

const clock = () => new Date("2026-11-23T05:00:00Z");
const manager = [grant("information-manager", "KHM")];
const donorReader = [grant("donor", "KHM")];

describeEachDatabase("programmes, projects and what they reached", (context) => {
  const server = () => testServer(context.db, implementations, { rights, clock });
  let project = "";
  let unit = "";
  let donor = "";
  beforeAll(async () => {
    unit = await aUnit(context.db, "KHM", "01", 1);
    donor = await anOrganisation(context.db, "Donor");
    await context.db.transaction(programClaims, async (tx) => {
      const made = await aProgramme(tx, "KHM", [{ name: "Villages", from: "2020-01-01", to: "2024-12-31" }]);
      project = made.projects[0] as string;
    });
  });
  const enter = async (path: string, values: object, as = manager) => {
    const { status, body } = await server().post(`/api/results/${path}`, { country: "KHM", values }, as);
    const { fields = [] } = body as { fields?: { path: string; code: string }[] };
    return { status, codes: fields.map(({ code }) => code).sort(), body };
  };

  it("takes a rate only with its day and its source", async () => {
    const given = { project, donor, amount: 3_800_000, currency: "NZD", receivedOn: "2021-07-01" };
    expect(await enter("contributions", { ...given, rate: 0.7 })).toMatchObject({
      status: 422,
      codes: ["check.rate-without-day", "check.rate-without-source"],
    });
    const whole = { rate: 0.7, rateOn: "2021-07-01", rateSource: "Central bank" };
    expect((await enter("contributions", { ...given, ...whole })).status).toBe(200);
    expect((await enter("contributions", given)).status).toBe(200);
  });

  it("claims exactly what its kind names, and a share of at most the whole", async () => {
    expect((await enter("coverage", { project, kind: "area", unit })).codes).toEqual([
      "check.claims-nothing",
      "check.claims-something-else",
    ]);
    expect((await enter("coverage", { project, kind: "unit", unit, share: 1.5 })).status).toBe(422);
    expect((await enter("coverage", { project, kind: "unit", unit, share: 0.5 })).status).toBe(200);
  });

  it("counts people with a disability within people, and never tells a reach as people taught", async () => {
    const held = { unit, heldOn: "2024-03-01" };
    expect((await enter("sessions", { ...held, kind: "interpersonal", women: 4, withDisability: 5 })).codes).toEqual([
      "check.more-than-all-people",
    ]);
    expect((await enter("sessions", { ...held, kind: "mass-media", women: 4 })).codes).toEqual([
      "check.media-teach-nobody",
    ]);
    expect((await enter("sessions", { ...held, kind: "interpersonal", reach: 400 })).codes).toEqual([
      "check.reach-of-session",
    ]);
    expect((await enter("sessions", { ...held, kind: "mass-media", reach: 4000 })).status).toBe(200);
    const reached = { project, unit, kind: "land-release", startedOn: "2022-01-01" };
    expect((await enter("activities", { ...reached, indirectMen: 3, indirectWithDisability: 4 })).codes).toEqual([
      "check.more-than-all-people",
    ]);
  });

  it("lets an indicator be a share of something, and a count of one thing", async () => {
    const of = { names: { en: "Land" }, wording: "Land released", framework: "national", validFrom: "2025-01-01" };
    expect((await enter("indicators", { ...of, kind: "share", numerator: "land.released" })).codes).toEqual([
      "check.share-of-nothing",
    ]);
    const made = { ...of, kind: "share", numerator: "results.released", denominator: "land.released" };
    expect((await enter("indicators", made)).status).toBe(200);
  });

  it("shows that a project exists to who may read, what was given to who is cleared, and lets editors write alone", async () => {
    const projects = await server().get("/api/results/projects?country=KHM", donorReader);
    expect((projects.body as { total: number }).total).toBe(1);
    const gifts = await server().get("/api/results/contributions?country=KHM", manager);
    expect((gifts.body as { items: { amount?: number }[] }).items.map(({ amount }) => amount)).toEqual([
      3_800_000, 3_800_000,
    ]);
    const unseen = await server().get("/api/results/contributions?country=KHM", donorReader);
    expect(JSON.stringify(unseen.body)).not.toContain("3800000");
    expect((await enter("contributions", {}, donorReader)).status).toBe(403);
    expect((await server().get("/api/results/projects?country=KHM")).status).toBe(401);
  });
});
