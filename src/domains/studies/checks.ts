import type { RecordValues } from "../../platform/contract/record-type.ts";
import type { LackOutput } from "./contract-work.ts";

/** A record of a study, as far as checks need it. */
interface Item {
  id: string;
  values: RecordValues;
}

/** What a study holds, as checks look at it. */
export interface StudyParts {
  evidence: readonly Item[];
  findings: readonly (Item & { evidence: readonly string[] })[];
  recommendations: readonly (Item & { findings: readonly string[]; actions: readonly Item[] })[];
  consultations: readonly Item[];
}

type Lack = LackOutput;

const lack = (check: string, severity: Lack["severity"], item: Item, more: Lack["params"] = {}): Lack => ({
  check,
  severity,
  item: item.id,
  params: { code: String(item.values.code ?? ""), ...more },
});

/** Findings that name nothing that they rest on. */
export function unsupportedFindings({ findings }: StudyParts): Lack[] {
  return findings
    .filter(({ evidence }) => evidence.length === 0)
    .map((item) => lack("finding-without-evidence", "error", item));
}

/** Recommendations that follow from no finding; one that was dropped may stand alone. */
export function looseRecommendations({ recommendations }: StudyParts): Lack[] {
  return recommendations
    .filter(({ findings, values }) => findings.length === 0 && values.state !== "dropped")
    .map((item) => lack("recommendation-without-finding", "error", item));
}

/** Actions whose day is before the consultation that agreed on their recommendation. */
export function earlyActions({ recommendations }: StudyParts): Lack[] {
  return recommendations.flatMap(({ values, actions }) =>
    actions
      .filter(
        (action) =>
          typeof values.decidedOn === "string" &&
          typeof action.values.dueOn === "string" &&
          action.values.status !== "cancelled" &&
          action.values.dueOn < values.decidedOn,
      )
      .map((action) => lack("action-before-consultation", "error", action, { date: String(values.decidedOn) })),
  );
}

/** What was agreed and nobody does anything about. */
export function idleRecommendations({ recommendations }: StudyParts): Lack[] {
  return recommendations
    .filter(
      ({ values, actions }) =>
        (values.state === "agreed" || values.state === "amended") &&
        actions.every((action) => action.values.status === "cancelled"),
    )
    .map((item) => lack("agreed-without-action", "warning", item));
}

/** Consultations that are still called planned although their day has passed. */
export function passedConsultations({ consultations }: StudyParts, today: string): Lack[] {
  return consultations
    .filter(({ values }) => values.status === "planned" && String(values.heldOn) < today)
    .map((item) => lack("planned-consultation-passed", "warning", item, { date: String(item.values.heldOn) }));
}

/** Evidence that no finding uses. */
export function unusedEvidence({ evidence, findings }: StudyParts): Lack[] {
  const used = new Set(findings.flatMap((finding) => finding.evidence));
  return evidence.filter(({ id }) => !used.has(id)).map((item) => lack("evidence-unused", "warning", item));
}

/** A study that found nothing yet has nothing to publish. */
export function emptyStudy({ findings }: StudyParts): Lack[] {
  return findings.length > 0 ? [] : [{ check: "study-without-finding", severity: "error", item: null, params: {} }];
}

/**
 * Everything that a study lacks, errors first. With an error it cannot be published.
 * @param today `YYYY-MM-DD`
 */
export function lacksOf(parts: StudyParts, today: string): Lack[] {
  const all = [
    ...emptyStudy(parts),
    ...unsupportedFindings(parts),
    ...looseRecommendations(parts),
    ...earlyActions(parts),
    ...idleRecommendations(parts),
    ...passedConsultations(parts, today),
    ...unusedEvidence(parts),
  ];
  return [
    ...all.filter(({ severity }) => severity === "error"),
    ...all.filter(({ severity }) => severity === "warning"),
  ];
}
