import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bodySchema, type ReportBody } from "../contract-body.ts";
import { codeLists, methods, outcomes, reportTypes, typeRules } from "../model.ts";
import { anId, aPart } from "../samples.ts";
import { partNeeds, sectionsOf, workFieldsOf } from "./form-sections.ts";
import {
  emptyCallout,
  emptyDevice,
  emptyForm,
  emptyHandover,
  emptyInspection,
  emptyMonitoring,
  emptyPart,
  formOf,
  merge,
  wordsOf,
} from "./report-form.ts";

const words = fc
  .string({ minLength: 1, maxLength: 20 })
  .map((each) => each.trim())
  .filter((each) => each !== "");
const orNothing = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const counts = fc.record({
  women: fc.nat(50),
  men: fc.nat(50),
  girls: fc.nat(50),
  boys: fc.nat(50),
  withDisabilities: fc.nat(50),
});
const body: fc.Arbitrary<ReportBody> = fc
  .record({
    team: orNothing(words),
    methods: fc.uniqueArray(fc.constantFrom(...methods), { maxLength: 3 }),
    assets: fc.array(words, { maxLength: 3 }),
    notes: orNothing(words),
    qualityLog: orNothing(words),
    callout: orNothing(
      fc.record({
        requestedBy: fc.constantFrom(...codeLists["callout-source"]),
        requestedOn: orNothing(fc.constant("2026-02-28")),
      }),
    ),
    residual: orNothing(
      fc.record({
        restrictions: fc.array(words, { minLength: 1, maxLength: 3 }),
        marked: orNothing(fc.boolean()),
        statement: orNothing(words),
      }),
    ),
    parts: fc.array(
      fc
        .record({ at: fc.nat(9), outcome: fc.constantFrom(...outcomes), name: orNothing(words) })
        .map(({ at, outcome, name }) => aPart(at, { outcome, name })),
      { maxLength: 3 },
    ),
    devices: fc.array(
      fc.record({ category: fc.constantFrom("ap-mine", "uxo-other"), quantity: fc.integer({ min: 1, max: 99 }) }),
      { maxLength: 3 },
    ),
    handover: orNothing(fc.record({ receivedBy: words, attended: counts })),
    inspection: orNothing(
      fc.record({
        kind: fc.constantFrom(...codeLists["inspection-kind"]),
        result: fc.constantFrom(...codeLists["inspection-result"]),
        nonConformities: fc.array(fc.record({ severity: fc.constantFrom("minor", "major"), description: words }), {
          maxLength: 2,
        }),
      }),
    ),
    monitoring: orNothing(
      fc.record({ use: fc.constantFrom(...codeLists["land-use"]), asPlanned: fc.boolean(), users: counts }),
    ),
  })
  .map((each) => bodySchema.parse(each));

const header = {
  organisation: anId(1),
  area: null,
  task: null,
  unit: null,
  effectiveOn: "2026-03-01",
  startedOn: null,
  endedOn: null,
};

describe("the form of a report", () => {
  it("gives back every stored report as it was, shown or not", () => {
    fc.assert(
      fc.property(body, (stored) => {
        const { words: sent, gaps } = wordsOf(formOf({ ...header, body: stored }));
        expect(gaps).toEqual([]);
        expect(bodySchema.parse(sent.body)).toEqual(stored);
        expect({ ...sent, body: null }).toEqual({ ...header, body: null });
      }),
    );
  });

  it("names what is not chosen yet and sends the rest", () => {
    const form = emptyForm({
      devices: [{ ...emptyDevice, category: "ap-mine", quantity: 2 }, emptyDevice],
      processed: [{ method: "manual", squareMetres: null }],
      inspection: { ...emptyInspection, kind: "quality-control", itemsFound: 1 },
      handover: { ...emptyHandover, liabilityText: "form B" },
      monitoring: { ...emptyMonitoring, asPlanned: true },
      notes: "   ",
      assets: ["dog", " ", ""],
    });
    const { words: sent, gaps } = wordsOf(form);
    expect(gaps.map(({ field }) => field)).toEqual([
      "devices.1.category",
      "processed.0.squareMetres",
      "inspection.result",
      "handover.receivedBy",
      "monitoring.use",
    ]);
    const parsed = bodySchema.parse(sent.body);
    expect(parsed.devices).toHaveLength(1);
    expect(parsed).toMatchObject({ processed: [], inspection: null, handover: null, monitoring: null, notes: null });
    expect(parsed.assets).toEqual(["dog"]);
  });

  it("leaves out a block that was opened and not filled in", () => {
    const blank = { restrictions: ["", " "], marked: null, statement: " " };
    const { words: sent, gaps } = wordsOf(
      emptyForm({
        ...{ inspection: emptyInspection, handover: emptyHandover, monitoring: emptyMonitoring },
        ...{ residual: blank, callout: emptyCallout, qualityLog: " " },
      }),
    );
    expect(gaps).toEqual([]);
    expect(bodySchema.parse(sent.body)).toEqual(bodySchema.parse({}));
  });

  it("opens a report that was stored before it had all the fields of today", () => {
    const { callout: _, residual: __, qualityLog: ___, ...old } = bodySchema.parse({ team: "Team 4" });
    const { words: sent } = wordsOf(formOf({ ...header, body: old as ReportBody }));
    expect(bodySchema.parse(sent.body)).toEqual(bodySchema.parse({ team: "Team 4" }));
  });

  it("begins a part with an outcome that the type allows", () => {
    for (const type of reportTypes.filter((each) => typeRules[each].outcomes.length > 0))
      expect(typeRules[type].outcomes).toContain(emptyPart(anId(1), type).outcome);
  });
});

describe("two people on one report", () => {
  const base = emptyForm({ team: "A", notes: "one", methods: ["manual"] });
  it("keeps what each of them wrote, and names where both wrote", () => {
    const mine = { ...base, team: "mine", reason: "mine" };
    const theirs = { ...base, team: "theirs", notes: "two" };
    const { form, clashes, taken } = merge(base, mine, theirs);
    expect(form).toMatchObject({ team: "mine", reason: "mine", notes: "two", methods: ["manual"] });
    expect(clashes).toEqual([{ field: "team" }]);
    expect(taken).toEqual(["notes"]);
  });
  it("finds no clash where both wrote the same", () => {
    const both = { ...base, team: "B" };
    expect(merge(base, both, { ...both })).toMatchObject({ clashes: [], taken: [] });
  });
});

describe("what a type of report shows", () => {
  it("has a place for everything that the type must say", () => {
    const places: Record<string, (type: (typeof reportTypes)[number]) => boolean> = {
      organisation: () => true,
      methods: (type) => workFieldsOf(type).includes("methods"),
      devices: (type) => sectionsOf(type).includes("devices"),
      reason: (type) => sectionsOf(type).includes("reason"),
      handover: (type) => sectionsOf(type).includes("handover"),
      inspection: (type) => sectionsOf(type).includes("inspection"),
      monitoring: (type) => sectionsOf(type).includes("monitoring"),
    };
    for (const type of reportTypes)
      for (const field of typeRules[type].required) expect([type, field, places[field]?.(type)]).toContain(true);
  });
  it("shows parts exactly where the type may speak of ground", () => {
    for (const type of reportTypes)
      expect(sectionsOf(type).includes("parts")).toBe(typeRules[type].outcomes.length > 0);
    expect(Object.keys(partNeeds).sort()).toEqual([...outcomes].sort());
  });
});
