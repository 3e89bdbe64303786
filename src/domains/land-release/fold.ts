import type { Part } from "./contract-body.ts";
import { countedOnce } from "./ground.ts";
import { type StatusEvent, typeRules } from "./model.ts";
import { enlarge, identify, reclassify, release } from "./parts.ts";
import {
  type Effects,
  post,
  type ReportFacts,
  refuse,
  replace,
  type Step,
  stockOf,
  type World,
  warn,
} from "./state.ts";

/**
 * Applies an approved report, or one that is about to be approved, to the areas of the world: who is what, which ground
 * is open, and the balanced postings that state it. Pure but for the map of areas, whose states it replaces.
 */
export function applyReport(world: World, report: ReportFacts): Effects {
  const effects: Effects & { touched: Set<string> } = {
    postings: [],
    products: [],
    findings: [],
    touched: new Set(),
    excluded: {},
  };
  if (report.body.voids) return effects;
  const step: Step = { world, report, effects };
  for (const { geometry, ...part } of report.body.parts)
    applyPart(step, { ...part, geometry: geometry && countedOnce(geometry) });
  const { event } = typeRules[report.type];
  const happened = report.body.suspends ? "work-suspended" : event;
  if (happened && report.area) applyEvent(step, report.area, happened);
  return effects;
}

function applyPart(step: Step, part: Part): void {
  const { world, report } = step;
  if (part.outcome === "identified" || part.outcome === "missed-item") return void identify(step, part);
  const id = part.area ?? report.area;
  const state = id ? world.areas.get(id) : undefined;
  if (!state) return void refuse(step, "area-unknown", part, {}, "area");
  if (!state.carried && state.areaClass !== "indication")
    return void refuse(step, "area-not-in-ledger", part, { code: state.code });
  if (state.identifiedOn && report.effectiveOn < state.identifiedOn)
    return void refuse(step, "report-before-area", part, { code: state.code, date: state.identifiedOn }, "effectiveOn");
  if (state.status === "closed" || state.status === "released")
    return void refuse(step, "area-closed", part, { code: state.code });
  switch (part.outcome) {
    case "reclassified":
      return void reclassify(step, part, state);
    case "boundary-increase":
      return void enlarge(step, part, state);
    default:
      return void release(step, part, state);
  }
}

function applyEvent(step: Step, id: string, event: StatusEvent): void {
  const { world } = step;
  const state = world.areas.get(id);
  if (!state) return void refuse(step, "area-unknown", null, {}, "area");
  if (!state.carried) return void refuse(step, "area-not-in-ledger", null, { code: state.code });
  if (state.identifiedOn && step.report.effectiveOn < state.identifiedOn)
    return void refuse(step, "report-before-area", null, { code: state.code, date: state.identifiedOn }, "effectiveOn");
  if (event === "completed" && state.openSquareMetres > 0)
    return void refuse(step, "land-open-remains", null, { code: state.code, squareMetres: state.openSquareMetres });
  const rule = world.rules.transitions.find(
    (each) =>
      each.event === event &&
      (each.class === null || each.class === state.areaClass) &&
      each.status.includes(state.status),
  );
  if (!rule) {
    // Work that goes on, or an area that its last report closed, needs no further change.
    if (event === "work-started" || event === "completed") {
      if (event === "completed" && state.status === "closed") return;
      if (event === "work-started" && state.status !== "released") {
        const { code, closedOn } = state;
        if (closedOn && state.status === "closed" && step.report.effectiveOn > closedOn)
          warn(step, "work-after-closing", null, { code, date: closedOn });
        return;
      }
    }
    return void refuse(step, "transition-not-allowed", null, { code: state.code, status: state.status, event });
  }
  const toClass = rule.toClass ?? state.areaClass;
  if (toClass !== state.areaClass) {
    post(step, state, null, [
      [stockOf[state.areaClass], -state.openSquareMetres],
      [stockOf[toClass], state.openSquareMetres],
    ]);
  }
  replace(step, {
    ...state,
    areaClass: toClass,
    status: rule.toStatus,
    closedOn: rule.toStatus === "closed" ? (state.closedOn ?? step.report.effectiveOn) : state.closedOn,
  });
}
