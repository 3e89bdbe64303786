import { describe, expect, it } from "vitest";
import { checkReport } from "./checks.ts";
import { bodySchema, type ReportBodyInput } from "./contract-body.ts";
import type { CheckContext, CheckedReport } from "./finding.ts";
import type { Areal } from "./ground.ts";
import { defaultRules } from "./model.ts";
import { aBox, anId, aPart } from "./samples.ts";

const ground = aBox(103, 13, 103.003, 13.003);
const operator = anId(90);
const area = anId(91);

const context: CheckContext = {
  now: new Date("2026-06-01T08:00:00Z"),
  rules: defaultRules,
  accreditation: { from: null, to: null, suspended: false },
  controlled: true,
  areaKnown: true,
  land: null,
  task: null,
  inspected: null,
};

function findings(
  report: Partial<Omit<CheckedReport, "body">> & { body?: ReportBodyInput },
  known: Partial<CheckContext> = {},
): string[] {
  const { body, ...values } = report;
  return checkReport(
    {
      ...{ type: "clearance", organisation: operator, area, task: null, unit: null, effectiveOn: "2026-03-01" },
      ...{ startedOn: null, endedOn: null, corrects: null, ...values },
      body: bodySchema.parse({ methods: ["manual"], parts: [cleared(1, ground)], ...body }),
    },
    { ...context, ...known },
  ).map(({ check, severity }) => `${severity} ${check}`);
}

const cleared = (id: number, geometry: Areal | null) =>
  aPart(id, { outcome: "cleared", geometry, depthCentimetres: 20 });
const ring = (...positions: [number, number][]): Areal => ({ type: "Polygon", coordinates: [positions] });

describe("a report by itself", () => {
  it("is sound when nothing is wrong with it", () => {
    expect(findings({})).toEqual([]);
  });

  it("does not take a polygon that is only begun for the whole of what is open", () => {
    expect(findings({ body: { parts: [cleared(1, null)] } })).toEqual([]);
    const begun = { ...cleared(1, null), survey: { method: "coordinates", points: [] } };
    expect(findings({ body: { parts: [begun] } })).toEqual(["error polygon-unfinished"]);
  });

  it("that takes another one back names it, says why, and nothing in its place", () => {
    const back = (corrects: string | null, body: ReportBodyInput) =>
      findings({ corrects, body: { methods: [], parts: [], voids: true, ...body } });
    expect(back(anId(5), { reason: "Entered twice" })).toEqual([]);
    expect(back(anId(5), {})).toEqual(["error field-missing"]);
    expect(back(null, { reason: "Entered twice" })).toEqual(["error voids-nothing"]);
    expect(back(anId(5), { reason: "Entered twice", parts: [cleared(1, ground)] })).toEqual(["error voids-and-says"]);
  });

  it("says why work stopped", () => {
    const progress = (body: ReportBodyInput) => findings({ type: "progress", body: { parts: [], ...body } });
    expect(progress({})).toEqual([]);
    expect(progress({ suspends: true })).toEqual(["error field-missing"]);
    expect(progress({ suspends: true, reason: "The river rose" })).toEqual([]);
  });

  it("names no code that its list does not have", () => {
    const found = (part: object, rules = defaultRules, evidence: string[] = []) =>
      findings({ body: { evidence, parts: [{ ...cleared(1, ground), ...part }] } }, { rules });
    expect(found({ contamination: ["cmr", "ap-mine"] }, defaultRules, ["item-found"])).toEqual([]);
    expect(found({ contamination: ["cmr", "landmine"] }, defaultRules, ["hearsay"])).toEqual([
      "error code-unknown",
      "error code-unknown",
    ]);
    const landClasses = [{ code: "A1", label: "Dense", class: null, antipersonnel: true }];
    expect(found({ landClass: "A1" }, { ...defaultRules, landClasses })).toEqual([]);
    expect(found({ landClass: "A9" }, { ...defaultRules, landClasses })).toEqual(["error code-unknown"]);
    expect(found({ landClass: "A1" })).toEqual(["warning code-unknown"]);
    expect(found({}, { ...defaultRules, suspects: ["hearsay"] }, ["hearsay"])).toEqual([]);
  });

  it.each([
    ["in the future", { effectiveOn: "2026-06-03" }, ["error date-in-future"]],
    ["ended before it began", { startedOn: "2026-02-02", endedOn: "2026-02-01" }, ["error dates-out-of-order"]],
    ["without a day", { effectiveOn: null }, ["error field-missing"]],
  ])("is refused when it is dated %s", (_what, values, expected) => {
    expect(findings(values)).toEqual(expected);
  });

  it.each([
    ["nobody knows", null, "warn", ["error operator-unknown"]],
    ["nobody knows, even where accreditation is not asked for", null, "no", ["error operator-unknown"]],
    ["was accredited until the month before", { to: "2026-02-01" }, "refuse", ["error accreditation-expired"]],
    [
      "was accredited until the month before, in a lenient country",
      { to: "2026-02-01" },
      "warn",
      ["warning accreditation-expired"],
    ],
    ["was accredited until that very day", { to: "2026-03-01" }, "refuse", []],
    ["was accredited only later", { from: "2026-03-02" }, "refuse", ["error accreditation-not-yet"]],
    ["is suspended", { suspended: true }, "refuse", ["error accreditation-suspended"]],
  ] as const)("is judged by its operator when that one %s", (_what, known, accreditation, expected) => {
    const rules = { ...defaultRules, accreditation };
    const given = known === null ? null : { from: null, to: null, suspended: false, ...known };
    expect(findings({}, { rules, accreditation: given })).toEqual(expected);
  });

  it.each([
    [
      "crosses itself",
      ring([103, 13], [103.003, 13.003], [103.003, 13], [103, 13.003], [103, 13]),
      "error polygon.self-intersection",
    ],
    ["has two corners", ring([103, 13], [103.003, 13], [103, 13]), "error polygon.too-few-vertices"],
    [
      "repeats a corner",
      ring([103, 13], [103.003, 13], [103.003, 13], [103.003, 13.003], [103, 13]),
      "warning polygon.duplicate-consecutive",
    ],
    ["has a side of more than five kilometres", aBox(103, 13, 103.1, 13.003), "warning polygon.long-side"],
  ])("names a polygon that %s", (_what, geometry, expected) => {
    expect(findings({ body: { parts: [cleared(1, geometry)] } })).toContain(expected);
  });

  it("names a polygon that stands in it twice, wherever it begins and whichever way it runs", () => {
    const [corners] = ground.coordinates as [[number, number][]];
    const turned = [...corners.slice(2), ...corners.slice(1, 3)].reverse();
    expect(findings({ body: { parts: [cleared(1, ground), cleared(2, ring(...turned))] } })).toEqual([
      "warning polygon.orientation",
      "error polygon-repeated",
    ]);
    expect(findings({ body: { parts: [cleared(1, ground), cleared(1, aBox(104, 13, 104.003, 13.003))] } })).toEqual([
      "error part-repeated",
    ]);
  });

  it("names devices that are listed twice, or found in another district", () => {
    const device = { category: "ap-mine" as const, quantity: 1, point: [103.001, 13.001], depthCentimetres: 5 };
    expect(findings({ body: { devices: [device, { ...device, depthCentimetres: 6 }] } })).toEqual([]);
    expect(findings({ body: { devices: [device, device] } })).toEqual(["warning device-repeated"]);
    expect(findings({ body: { devices: [{ ...device, point: [13.001, 103.001 - 90] }] } })).toEqual([
      "warning device-far-away",
    ]);
  });

  it("says to which depth land was cleared, and that control accepted it", () => {
    const shallow = aPart(1, { outcome: "cleared", geometry: ground });
    expect(findings({ body: { parts: [shallow] } })).toEqual(["error depth-missing"]);
    expect(findings({}, { controlled: false })).toEqual(["warning control-missing"]);
    const rules = { ...defaultRules, clearedNeedsControl: "refuse" as const };
    expect(findings({}, { controlled: false, rules })).toEqual(["error control-missing"]);
  });

  it("does not speak of the whole of an area twice, nor of an area or task that nobody knows", () => {
    expect(findings({ body: { parts: [cleared(1, null), cleared(2, null)] } })).toEqual(["error whole-area-twice"]);
    expect(findings({}, { areaKnown: false })).toEqual(["error area-unknown"]);
    expect(findings({ task: anId(92) })).toEqual(["error task-unknown"]);
  });
});

describe("a report that names a task", () => {
  const task = {
    ...{ id: anId(92), code: "TASK-1", status: "in-progress", organisation: operator, issuedOn: "2026-01-01" },
    ...{ areas: [area], geometry: aBox(103, 13, 103.0015, 13.003) as Areal },
  };
  const within = { body: { parts: [cleared(1, aBox(103.0001, 13.0001, 103.001, 13.001))] } };

  it("is about its ground, its areas, its organisation and its time", () => {
    expect(findings({ task: task.id, ...within }, { task })).toEqual([]);
    expect(findings({ task: task.id }, { task })).toEqual(["warning outside-task"]);
    expect(findings({ task: task.id, area: anId(93), ...within }, { task })).toEqual(["warning area-not-of-task"]);
    expect(findings({ task: task.id, organisation: anId(94), ...within }, { task })).toEqual([
      "warning task-of-another",
    ]);
    expect(findings({ task: task.id, effectiveOn: "2025-12-31", ...within }, { task })).toEqual([
      "warning report-before-task",
    ]);
    expect(findings({ task: task.id, ...within }, { task: { ...task, status: "cancelled" } })).toEqual([
      "warning task-cancelled",
    ]);
  });
});

describe("an inspection report", () => {
  const inspection = (values: object = {}) => ({
    type: "quality-inspection" as const,
    body: { parts: [], inspection: { kind: "quality-control" as const, result: "accepted" as const, ...values } },
  });
  const wrong = { severity: "critical" as const, description: "A mine was left" };

  it("says whose work it looked at, and accepts nothing that is critically wrong", () => {
    expect(findings(inspection(), { inspected: anId(95) })).toEqual([]);
    expect(findings(inspection())).toEqual(["error inspected-unknown"]);
    const known = { inspected: anId(95) };
    expect(findings(inspection({ nonConformities: [wrong] }), known)).toEqual(["error accepted-with-critical"]);
    expect(findings(inspection({ result: "rejected", nonConformities: [wrong] }), known)).toEqual([]);
    expect(findings(inspection(), { inspected: operator })).toEqual(["error inspects-itself"]);
    expect(findings(inspection({ result: "accepted-with-conditions" }), known)).toEqual(["error conditions-missing"]);
    expect(findings(inspection({ result: "rejected", itemsFound: 1 }), known)).toEqual(["error sample-missing"]);
    const late = { ...wrong, deadline: "2026-02-28" };
    expect(findings(inspection({ result: "rejected", nonConformities: [late] }), known)).toEqual([
      "error deadline-before-visit",
    ]);
  });
});
