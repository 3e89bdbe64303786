import { prepareRegion } from "@santi/land-geometry";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { loadCountries } from "../places/reference.ts";
import { enterReport } from "./actions.ts";
import { computeReport } from "./compute.ts";
import { bodySchema, type Part, type ReportBodyInput } from "./contract-body.ts";
import { inCountry } from "./place-checks.ts";
import { aBox, aPart } from "./samples.ts";
import { aMinefield, anOrganisation, approved, aReportInput, country, day, field } from "./workflow.test-helper.ts";

/** A country between 102° and 107° E, 10° and 14° N. */
const land = prepareRegion(aBox(102, 10, 107, 14));

function said(type: "technical-survey" | "opening-balance", body: ReportBodyInput) {
  const report = { type, body: bodySchema.parse(body) } as Parameters<typeof inCountry>[0];
  return inCountry(report, { land } as Parameters<typeof inCountry>[1]);
}

const identified = (geometry: Part["geometry"]) => aPart(1, { outcome: "identified", geometry, areaClass: "sha" });

describe("the place of a report", () => {
  it.each([
    ["inside", aBox(103, 13, 103.003, 13.003), []],
    ["over the border by less than the map is wrong", aBox(106.99, 13, 107.01, 13.01), []],
    ["just outside", aBox(107.05, 13, 107.051, 13.001), ["warning near-border"]],
    ["in another country", aBox(108, 13, 108.001, 13.001), ["error place.outside-region"]],
    ["with a lost sign", aBox(103, -13.001, 103.001, -13), ["error place.sign-lost"]],
    ["at 0, 0", aBox(0, 0, 0.001, 0.001), ["error place.default-point"]],
  ])("%s is judged", (_where, geometry, expected) => {
    const found = said("technical-survey", { parts: [identified(geometry)] });
    expect(found.map(({ check, severity }) => `${severity} ${check}`)).toEqual(expected);
  });

  it("of devices is told once, and of what records bring it keeps nothing out", () => {
    const device = (point: number[]) => ({ category: "ap-mine" as const, quantity: 1, point });
    const wrong = said("technical-survey", { devices: [device([103, 13]), device([113, 13]), device([113.1, 13])] });
    expect(wrong).toMatchObject([{ check: "place.outside-region", severity: "error", field: "devices", part: null }]);
    expect(said("technical-survey", { place: [113, 13] })).toMatchObject([{ field: "place", severity: "error" }]);
    const taken = said("opening-balance", { parts: [identified(aBox(108, 13, 108.001, 13.001))] });
    expect(taken).toMatchObject([{ check: "place.outside-region", severity: "warning" }]);
  });
});

describeEachDatabase("a report on the map", (context) => {
  it("lies in its country", () =>
    context.rollback(async (tx) => {
      await loadCountries(tx);
      const organisation = await anOrganisation(tx);
      const checked = async (geometry: Part["geometry"]) => {
        const part = { ...identified(geometry), id: newId() };
        const input = aReportInput({
          ...{ type: "non-technical-survey", effectiveOn: "2026-01-10", organisation },
          body: { evidence: ["verbal-report"], parts: [part] },
        });
        const entered = await enterReport(tx, input, { accountId: "one", now: day(1) });
        return (await computeReport(tx, entered, { now: day(1) })).findings.map(({ check }) => check);
      };
      expect(await checked(aBox(104, 12, 104.003, 12.003))).toEqual([]);
      expect(await checked(aBox(102, 15, 102.003, 15.003))).toEqual(["place.outside-region"]);
      // An island that the generalised border does not have, but a unit of the country.
      await sql`insert into places_unit (country, id, revision, code, names, level, geometry, sensitivity, recorded_at)
        values (${country}, ${newId()}::uuid, 1, 'ISLAND', '{"en":"Island"}', 1,
          ST_SetSRID(ST_MakeEnvelope(101.9, 14.9, 102.1, 15.1), 4326), 0, now())`.execute(tx);
      expect(await checked(aBox(102, 15, 102.003, 15.003))).toEqual([]);
    }));

  it("may have heights and measures, which are not stored as ground", () =>
    context.rollback(async (tx) => {
      const high = { ...field.whole, coordinates: [] as number[][][] };
      high.coordinates = field.whole.coordinates.map((ring) => ring.map(([x = 0, y = 0]) => [x, y, 40.5, 1]));
      const organisation = await anOrganisation(tx);
      const id = newId();
      await approved(tx, {
        ...{ type: "non-technical-survey", effectiveOn: "2026-01-10", organisation },
        body: { evidence: ["verbal-report"], parts: [{ ...identified(high), id }] },
      });
      const { rows } = await sql`select area_square_metres as m, ST_NDims(geometry) as dims from land_area
        where id = ${id}::uuid`.execute(tx);
      expect(rows).toEqual([{ m: 100_000, dims: 2 }]);
    }));

  it("dated before its area says so, with the area's code and day", () =>
    context.rollback(async (tx) => {
      const { area, organisation } = await aMinefield(tx);
      const early = aReportInput({
        ...{ type: "cancellation", effectiveOn: "2026-01-09", organisation, area },
        body: { parts: [{ ...aPart(2, { outcome: "cancelled" }), id: newId() }] },
      });
      const entered = await enterReport(tx, early, { accountId: "one", now: day(2) });
      const { findings, before } = await computeReport(tx, entered, { now: day(2) });
      const { code } = before.get(area) as { code: string };
      expect(findings).toMatchObject([
        { check: "report-before-area", severity: "error", field: "effectiveOn", params: { code, date: "2026-01-10" } },
      ]);
    }));

  it("names areas by their codes also where they are made anew", () =>
    context.rollback(async (tx) => {
      const { area, organisation } = await aMinefield(tx);
      const complete = (geometry: Part["geometry"], corrects: string | null = null) => ({
        ...{ type: "completion" as const, effectiveOn: "2026-02-01", organisation, area, corrects },
        body: { parts: [{ ...aPart(2, { outcome: "cleared", geometry, depthCentimetres: 20 }), id: newId() }] },
      });
      const { id } = await approved(tx, complete(null));
      const smaller = aReportInput(complete(field.strips[0], id));
      const entered = await enterReport(tx, smaller, { accountId: "one", now: day(2) });
      const { findings, before } = await computeReport(tx, entered, { now: day(2) });
      const { code } = before.get(area) as { code: string };
      expect(code).toMatch(/^HA-KHM-/);
      expect(findings.find(({ check }) => check === "land-open-remains")?.params).toEqual({
        code,
        squareMetres: 60_000,
      });
    }));

  it("lies in the unit that the report names, with its province, where no unit has a border", () =>
    context.rollback(async (tx) => {
      const [province, commune] = [newId(), newId()];
      await sql`insert into places_unit (country, id, revision, code, names, level, parent, sensitivity, recorded_at) values
        (${country}, ${province}::uuid, 1, 'P1', '{"en":"Province"}', 1, null, 0, now()),
        (${country}, ${commune}::uuid, 1, 'P1-1', '{"en":"Commune"}', 2, ${province}::uuid, 0, now())`.execute(tx);
      const part = { ...identified(field.whole), id: newId() };
      await approved(tx, {
        ...{ type: "non-technical-survey", effectiveOn: "2026-01-10", organisation: await anOrganisation(tx) },
        unit: commune,
        body: { evidence: ["verbal-report"], parts: [part] },
      });
      const { rows } =
        await sql`select distinct unit, province from ledger_entry where area = ${part.id}::uuid`.execute(tx);
      expect(rows).toEqual([{ unit: commune, province }]);
    }));
});
