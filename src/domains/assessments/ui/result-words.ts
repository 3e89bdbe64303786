import type { Text } from "../../../platform/i18n/I18nProvider.tsx";
import type { AssessmentSummary } from "../contract.ts";
import { findInstrument } from "../model-instruments.ts";

type Shown = Pick<AssessmentSummary, "instrument" | "version" | "result">;

/** A result in one line: score and band, whether disability, or how many needs. */
export function resultLine(text: Text, { instrument, version, result }: Shown): string {
  const { t, format } = text;
  const kind = findInstrument(instrument, version)?.scoring.kind;
  if (kind === "needs") {
    const needs = t("assessments.result.needs", { count: result.marked.length });
    return result.urgent.length === 0
      ? needs
      : `${needs} · ${t("assessments.result.urgent", { count: result.urgent.length })}`;
  }
  if (kind === "any") {
    if (result.positive === null) return t("assessments.result.unknown");
    return t(result.positive ? "assessments.result.disability" : "assessments.result.no-disability");
  }
  if (result.score === null) return t("assessments.result.unknown");
  const score = t("assessments.result.score", {
    score: format.number(result.score),
    highest: format.number(result.highest ?? 0),
  });
  return result.band === null ? score : `${score} · ${t(`assessments.band.${instrument}.${result.band}`)}`;
}

/** What else is to be known of a result: what is missing or estimated, and the cut-off. */
export function resultRemarks(text: Text, { instrument, version, result }: Shown): string[] {
  const { t, format } = text;
  const scoring = findInstrument(instrument, version)?.scoring;
  const count = result.missing.length;
  const cutoff = result.cutoff === null ? "" : format.number(result.cutoff);
  const remarks: string[] = [];
  if (result.status === "incomplete") remarks.push(t("assessments.result.incomplete", { count }));
  if (result.status === "prorated") remarks.push(t("assessments.result.prorated", { count }));
  if (scoring?.kind === "sum") {
    if (result.cutoff === null) remarks.push(t("assessments.result.no-cutoff"));
    else if (result.positive !== null)
      remarks.push(t(result.positive ? "assessments.result.positive" : "assessments.result.negative", { cutoff }));
  }
  return remarks;
}
