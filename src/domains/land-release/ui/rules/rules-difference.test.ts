import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RulesBody } from "../../contract-land.ts";
import { defaultRules } from "../../model.ts";
import { changedRules, listDifference, unfinished } from "./rules-difference.ts";

const usual = structuredClone(defaultRules) as RulesBody;

describe("the difference between two sets of rules", () => {
  it("names the parts that differ, whatever the order within a list", () => {
    const shuffled = {
      ...usual,
      confirms: usual.confirms.toReversed(),
      transitions: usual.transitions.map((step) => ({ ...step, status: step.status.toReversed() })).toReversed(),
    };
    expect(changedRules(usual, shuffled)).toEqual([]);
    expect(changedRules(usual, { ...usual, usualDepthCentimetres: 20, confirms: usual.confirms.slice(1) })).toEqual([
      "confirms",
      "usualDepthCentimetres",
    ]);
    expect(changedRules(usual, { ...usual, transitions: usual.transitions.slice(1) })).toEqual(["transitions"]);
  });

  it("of lists: what was added and taken away leads from one to the other", () => {
    const codes = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"));
    fc.assert(
      fc.property(codes, codes, (before, after) => {
        const { added, removed } = listDifference(before, after);
        expect([...before.filter((code) => !removed.includes(code)), ...added].sort()).toEqual([...after].sort());
      }),
    );
  });

  it("tells what is not filled in yet", () => {
    expect(unfinished(usual)).toEqual([]);
    const named = { code: "A1", label: "Dense", class: "cha" as const, antipersonnel: true };
    expect(unfinished({ ...usual, landClasses: [named, { ...named, code: "" }] })).toEqual(["landClasses"]);
    expect(unfinished({ ...usual, landClasses: [named, { ...named, label: "Other" }] })).toEqual(["landClasses"]);
    const [step] = usual.transitions;
    if (!step) throw new Error("no step");
    expect(unfinished({ ...usual, transitions: [{ ...step, status: [] }] })).toEqual(["transitions"]);
  });
});
