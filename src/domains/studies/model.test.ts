import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lacksOf, type StudyParts, unsupportedFindings } from "./checks.ts";
import { consultationDefinition, evidenceDefinition } from "./definitions.ts";
import { actionStatuses, isLate, outcomeOf, outcomes, recommendationStates, totalOf } from "./model.ts";

const today = "2026-11-23";
const now = new Date(`${today}T05:00:00Z`);
const days = fc.constantFrom("2026-11-22", today, "2026-11-24");
const anAction = fc.record({
  status: fc.constantFrom(...actionStatuses),
  dueOn: fc.option(days, { nil: null }),
  linkedKind: fc.option(fc.constant("policy"), { nil: null }),
});

describe("what became of a recommendation", () => {
  const agreed = (...actions: Parameters<typeof outcomeOf>[1]) => outcomeOf("agreed", actions, today);
  const action = (status: string, dueOn: string | null = "2026-12-01", linkedKind: string | null = null) => ({
    status,
    dueOn,
    linkedKind,
  });

  it("is told by its wording until somebody acts, then by the actions", () => {
    expect(outcomeOf("proposed", [], today)).toBe("proposed");
    expect(outcomeOf("dropped", [action("under-way")], today)).toBe("dropped");
    expect(agreed()).toBe("agreed");
    expect(agreed(action("cancelled"))).toBe("agreed");
    expect(agreed(action("planned"))).toBe("in-action");
    expect(agreed(action("done"), action("planned"))).toBe("in-action");
    expect(agreed(action("done"))).toBe("done");
    expect(agreed(action("done"), action("done", null, "law"))).toBe("in-policy");
    expect(agreed(action("done", null, "law"), action("planned", "2026-11-22"))).toBe("overdue");
  });

  it("is not overdue on the day itself", () => {
    expect(isLate(action("planned", today), today)).toBe(false);
    expect(isLate(action("planned", "2026-11-22"), today)).toBe(true);
    expect(isLate(action("done", "2026-11-22"), today)).toBe(false);
  });

  it("is one of the known outcomes, and overdue exactly when an action of an agreed one is late", () => {
    fc.assert(
      fc.property(fc.constantFrom(...recommendationStates), fc.array(anAction, { maxLength: 5 }), (state, actions) => {
        const outcome = outcomeOf(state, actions, today);
        expect(outcomes).toContain(outcome);
        const counts = state === "agreed" || state === "amended";
        expect(outcome === "overdue").toBe(counts && actions.some((each) => isLate(each, today)));
      }),
    );
  });

  it("does not depend on the order of actions", () => {
    fc.assert(
      fc.property(fc.array(anAction, { maxLength: 6 }), (actions) => {
        expect(outcomeOf("agreed", [...actions].reverse(), today)).toBe(outcomeOf("agreed", actions, today));
      }),
    );
  });
});

describe("people", () => {
  const checksOf = (definition: typeof evidenceDefinition, values: Record<string, unknown>) =>
    definition.check(values, now).map(({ check, field }) => `${check} ${field}`);
  const group = { kind: "focus-groups", title: "Group" };

  it("at a consultation are women, men and those whose sex is not known, over all sectors", () => {
    expect(
      totalOf([
        { women: 3, men: 2, sexUnknown: 1, withDisability: 2 },
        { women: 1, men: 0, sexUnknown: 0, withDisability: 1 },
      ]),
    ).toEqual({ women: 4, men: 2, sexUnknown: 1, withDisability: 3, total: 7 });
    const held = { status: "held", heldOn: "2026-11-01", women: 4, men: 2, sexUnknown: 1 };
    expect(checksOf(consultationDefinition, { ...held, participants: 7 })).toEqual([]);
    expect(checksOf(consultationDefinition, { ...held, participants: 8 })).toEqual([
      "people-do-not-add-up participants",
    ]);
  });

  it("that were asked add up by sex, age and disability, where they were counted so", () => {
    expect(checksOf(evidenceDefinition, group)).toEqual(["participants-missing participants"]);
    const of = { ...group, participants: 10 };
    expect(checksOf(evidenceDefinition, of)).toEqual([]);
    expect(checksOf(evidenceDefinition, { ...of, women: 6, men: 4, sexUnknown: 0 })).toEqual([]);
    expect(checksOf(evidenceDefinition, { ...of, women: 6 })).toEqual([]);
    expect(checksOf(evidenceDefinition, { ...of, women: 6, men: 3, sexUnknown: 0 })).toEqual([
      "people-do-not-add-up women",
    ]);
    expect(checksOf(evidenceDefinition, { ...of, children: 11 })).toEqual(["people-do-not-add-up children"]);
  });

  it("with one result are not told when they are few", () => {
    const of = { kind: "assessments", title: "PHQ-9", participants: 60 };
    expect(checksOf(evidenceDefinition, { ...of, screenedPositive: 12 })).toEqual([]);
    expect(checksOf(evidenceDefinition, { ...of, screenedPositive: 0 })).toEqual([]);
    expect(checksOf(evidenceDefinition, { ...of, screenedPositive: 3 })).toEqual(["too-few-to-tell screenedPositive"]);
    expect(checksOf(evidenceDefinition, { ...of, screenedPositive: 61 })).toEqual(["more-than-asked screenedPositive"]);
  });
});

describe("what a study lacks", () => {
  const item = (id: string, values = {}) => ({ id, values: { code: id, ...values } });
  const parts: StudyParts = {
    evidence: [item("E1"), item("E2")],
    findings: [
      { ...item("F1"), evidence: ["E1"] },
      { ...item("F2"), evidence: [] },
    ],
    recommendations: [
      { ...item("R1", { state: "agreed", decidedOn: "2026-05-01" }), findings: ["F1"], actions: [] },
      { ...item("R2", { state: "proposed" }), findings: [], actions: [] },
      { ...item("R3", { state: "dropped" }), findings: [], actions: [] },
      {
        ...item("R4", { state: "amended", decidedOn: "2026-05-01" }),
        findings: ["F1"],
        actions: [item("A1", { dueOn: "2026-04-01", status: "planned" })],
      },
    ],
    consultations: [
      item("C1", { status: "planned", heldOn: "2026-11-01" }),
      item("C2", { status: "held", heldOn: "2026-05-01" }),
    ],
  };

  it("is told of each record, errors first", () => {
    expect(lacksOf(parts, today).map(({ check, severity, item: id }) => [severity, check, id])).toEqual([
      ["error", "finding-without-evidence", "F2"],
      ["error", "recommendation-without-finding", "R2"],
      ["error", "action-before-consultation", "A1"],
      ["warning", "agreed-without-action", "R1"],
      ["warning", "planned-consultation-passed", "C1"],
      ["warning", "evidence-unused", "E2"],
    ]);
  });

  it("is a finding, while there is none", () => {
    const empty = { evidence: [], findings: [], recommendations: [], consultations: [] };
    expect(lacksOf(empty, today).map(({ check }) => check)).toEqual(["study-without-finding"]);
    expect(unsupportedFindings(empty)).toEqual([]);
  });
});
