import type { Text } from "../../../platform/i18n/I18nProvider.tsx";
import type { FindingOutput } from "../contract.ts";

/** A day in ISO form, as parameters of findings carry it. */
const isDay = (value: unknown): value is string => typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value);

/** A finding in the reader's words; days are spelled. */
export function findingText(text: Text, { check, params }: Pick<FindingOutput, "check" | "params">): string {
  const spelled = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, isDay(value) ? text.format.date(value) : value]),
  );
  return text.first([`land-reports.check.${check}`, `check.${check}`, "land-reports.check.unknown"], spelled);
}

/** Errors before warnings, otherwise in the order found. */
export function bySeverity<F extends Pick<FindingOutput, "severity">>(findings: readonly F[]): F[] {
  const rank = { error: 0, warning: 1 };
  return findings
    .map((finding, at) => ({ finding, at }))
    .sort((a, b) => rank[a.finding.severity] - rank[b.finding.severity] || a.at - b.at)
    .map(({ finding }) => finding);
}

/** The name under which a control stands in the page, so that findings lead to it. */
export function anchorOf(field: string, part: string | null = null): string {
  return part === null ? field : `part.${part}.${field}`;
}

/** Where a finding may lead, the nearest place first. */
export function anchorsOf({ field, part }: Pick<FindingOutput, "field" | "part">): string[] {
  return [
    ...(part !== null && field !== null ? [anchorOf(field, part)] : []),
    ...(field !== null ? [field] : []),
    ...(part !== null ? [`part.${part}`] : []),
  ];
}

/** The finding to show beside one control: the worst of those that lead there. */
export function findingAt(
  findings: readonly FindingOutput[],
  field: string,
  part: string | null = null,
): FindingOutput | null {
  return bySeverity(findings.filter((each) => each.field === field && each.part === part))[0] ?? null;
}

/**
 * Whether a finding is to be told while a report is still being typed: warnings at once, what is missing or wrong once
 * somebody has left the place where it stands.
 */
export function isShown(finding: FindingOutput, visited: ReadonlySet<string>): boolean {
  if (finding.severity === "warning") return true;
  const [nearest] = anchorsOf(finding);
  return nearest !== undefined && visited.has(nearest);
}

/** Brings the place of a finding into view and gives it the focus. @returns whether there was such a place */
export function leadTo(anchors: readonly string[]): boolean {
  for (const anchor of anchors) {
    const place = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(anchor)}"]`);
    if (!place) continue;
    const control = place.matches("input, select, textarea, button")
      ? place
      : place.querySelector<HTMLElement>("input, select, textarea, button, [tabindex]");
    place.scrollIntoView({ block: "center" });
    control?.focus({ preventScroll: true });
    return true;
  }
  return false;
}
