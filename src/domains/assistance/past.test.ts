import { afterAll, beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { programClaims } from "../../platform/database/types.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { Problem } from "../../platform/kernel/problem.ts";
import { anOrganisation } from "../quality/samples.ts";
import { type PastCase, recordPastCases } from "./past.ts";
import { type CareServer, careServer, officer } from "./testing.ts";

describeEachDatabase("cases of the past", (context) => {
  let server: CareServer;
  let person = "";
  let centre = "";
  let other = "";
  let point = "";
  beforeAll(async () => {
    server = careServer(context.db);
    person = await server.aPerson({ birthYear: 1990 });
    centre = await anOrganisation(context.db, "Centre");
    other = await anOrganisation(context.db, "Other");
    const values = {
      names: { en: "Workshop" },
      organisation: centre,
      validFrom: "2015-01-01",
      validUntil: "2022-12-31",
    };
    const made = (await server.post("/api/services/points", { country: "KHM", values }, officer)) as {
      status: number;
      body: { record: { id: string } };
    };
    point = made.body.record.id;
  });
  afterAll(() => server.stop());

  const service = (more: Partial<PastCase["services"][number]> = {}): PastCase["services"][number] => ({
    id: newId(),
    service: "prosthesis-new",
    organisation: centre,
    point,
    referral: null,
    givenOn: "2021-05-01",
    quantity: 1,
    cost: null,
    currency: null,
    outcome: "given",
    detail: null,
    withdrawn: false,
    withdrawnReason: null,
    needs: [],
    ...more,
  });
  const need = (more: Partial<PastCase["needs"][number]> = {}): PastCase["needs"][number] => ({
    id: newId(),
    kind: "assistive-product",
    detail: null,
    priority: "normal",
    identifiedOn: "2021-02-01",
    steps: [],
    ...more,
  });
  const referral = (more: Partial<PastCase["referrals"][number]> = {}): PastCase["referrals"][number] => ({
    id: newId(),
    organisation: centre,
    point,
    recipientClass: "rehabilitation-services",
    services: ["prosthesis-new"],
    needs: [],
    priority: "normal",
    message: null,
    parts: ["needs"],
    consent: null,
    steps: [{ state: "draft", at: "2021-03-01T08:00:00.000Z", reason: null, side: "referrer" }],
    seen: true,
    ...more,
  });
  const past = (more: Partial<PastCase> = {}): PastCase => ({
    id: newId(),
    person,
    organisation: null,
    assignee: null,
    openedOn: "2021-01-10",
    closeReason: null,
    closedOn: null,
    closeNote: null,
    recordedAt: "2021-01-10T08:00:00.000Z",
    recordedBy: null,
    facts: { sex: "female", birthYear: 1990, unit: null },
    cause: { cause: "explosive-ordnance", since: "2019-06-01" },
    needs: [],
    services: [],
    goals: [],
    followUps: [],
    referrals: [],
    ...more,
  });
  /** What a case is refused for, each `path check`; nothing when it is taken. */
  const refusedFor = async (of: PastCase): Promise<string[]> => {
    const by = { accountId: null, now: new Date("2026-11-23T05:00:00Z") };
    try {
      await context.db.transaction(programClaims, (tx) => recordPastCases(tx, "KHM", [of], by));
      return [];
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      return (cause.fields ?? []).map(({ path, code }) => `${path} ${code}`);
    }
  };

  it("are held against the year of birth, the days and provider of a point, and the calendar, as single acts are", async () => {
    const missing = newId();
    for (const [of, found] of [
      [{ openedOn: "1989-12-31" }, "openedOn check.before-birth"],
      [{ openedOn: "2031-01-01" }, "openedOn check.date-in-future"],
      [{ closedOn: "2020-01-01", closeReason: "completed" as never }, "closedOn check.before-case"],
      [{ cause: { cause: "illness", since: "1980-01-01" } }, "cause check.before-birth"],
      [{ needs: [need({ identifiedOn: "1989-01-01" })] }, "needs check.before-birth"],
      [
        { needs: [need({ steps: [{ state: "unmet", on: "2021-04-01", reason: null }] })] },
        "needs check.reason-missing",
      ],
      [{ needs: [need({ steps: [{ state: "met", on: "2020-04-01", reason: null }] })] }, "needs check.before-need"],
      [{ services: [service({ givenOn: "1989-05-01" })], cause: null }, "services check.before-birth"],
      [{ services: [service({ givenOn: "2018-05-01" })] }, "services check.service-before-cause"],
      [{ services: [service({ givenOn: "2023-05-01" })] }, "services check.point-closed"],
      [{ services: [service({ organisation: other })] }, "services check.provider-differs"],
      [{ services: [service({ point: missing })] }, "services check.point-unknown"],
      [{ services: [service({ point: null, organisation: null })] }, "services check.provider-missing"],
      [{ services: [service({ cost: 5 })] }, "services check.currency-missing"],
      [{ services: [service({ needs: [missing] })] }, "services check.need-unknown"],
      [{ services: [service({ referral: missing })] }, "services check.referral-unknown"],
      [
        {
          referrals: [
            referral({ steps: [{ state: "draft", at: "2024-01-01T08:00:00.000Z", reason: null, side: "referrer" }] }),
          ],
        },
        "referrals check.point-closed",
      ],
      [{ referrals: [referral({ organisation: other })] }, "referrals check.provider-differs"],
      [
        {
          referrals: [
            referral({
              steps: [
                { state: "draft", at: "2021-03-01T08:00:00.000Z", reason: null, side: "referrer" },
                { state: "dropped", at: "2021-03-02T08:00:00.000Z", reason: null, side: "referrer" },
              ],
            }),
          ],
        },
        "referrals check.reason-missing",
      ],
    ] as const satisfies readonly (readonly [Partial<PastCase>, string])[])
      expect(await refusedFor(past(of)), found).toContain(found);
  });

  it("are taken when they could have been", async () => {
    const wanted = need({ steps: [{ state: "met", on: "2021-06-01", reason: null }] });
    const whole = past({ needs: [wanted], services: [service({ needs: [wanted.id] })], referrals: [referral()] });
    expect(await refusedFor(whole)).toEqual([]);
    const { body } = await server.read<{ needs: { state: string }[] }>(`/api/assistance/cases/KHM/${whole.id}`);
    expect(body.needs.map(({ state }) => state)).toEqual(["met"]);
  });
});
