import type { RulesBody } from "../../contract-land.ts";
import type { Transition } from "../../model.ts";

/** The parts of the national rules, in the order in which a page shows them. */
export const ruleNames = [
  "confirms",
  "suspects",
  "transitions",
  "landClasses",
  "clearedNeedsControl",
  "accreditation",
  "verifierMayApprove",
  "usualDepthCentimetres",
  "fadeOutWarnShare",
] as const satisfies readonly (keyof RulesBody)[];
export type RuleName = (typeof ruleNames)[number];

/** Which code, row or step a list of rules has and another has not, by a text that tells each apart. */
export interface ListDifference {
  added: string[];
  removed: string[];
}

/** How a step is told apart from others. */
export function stepKey({ event, class: from, status, toClass, toStatus }: Transition): string {
  return [event, from ?? "", [...status].sort().join("+"), toClass ?? "", toStatus].join("|");
}

/** What the second of two lists has more and less than the first, whatever their order. */
export function listDifference(before: readonly string[], after: readonly string[]): ListDifference {
  return {
    added: after.filter((value) => !before.includes(value)),
    removed: before.filter((value) => !after.includes(value)),
  };
}

function plain(rules: RulesBody, name: RuleName): string {
  const value = rules[name];
  if (name === "transitions") return JSON.stringify(rules.transitions.map(stepKey).sort());
  if (name === "landClasses")
    return JSON.stringify(
      rules.landClasses.map(({ code, label, class: as, antipersonnel }) => [code, label, as, antipersonnel]).sort(),
    );
  return JSON.stringify(Array.isArray(value) ? [...value].sort() : value);
}

/** The parts in which two sets of rules differ; the order within a list means nothing. */
export function changedRules(before: RulesBody, after: RulesBody): RuleName[] {
  return ruleNames.filter((name) => plain(before, name) !== plain(after, name));
}

/** What keeps rules from being stored: parts that are not filled in. */
export function unfinished(rules: RulesBody): RuleName[] {
  const codes = rules.landClasses.map(({ code }) => code.trim());
  return [
    ...(rules.transitions.some(({ status }) => status.length === 0) ? (["transitions"] as const) : []),
    ...(rules.landClasses.some(({ code, label }) => code.trim() === "" || label.trim() === "") ||
    new Set(codes).size < codes.length
      ? (["landClasses"] as const)
      : []),
    ...(Number.isFinite(rules.fadeOutWarnShare) ? [] : (["fadeOutWarnShare"] as const)),
  ];
}
