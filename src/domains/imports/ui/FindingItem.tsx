import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import { recordPath } from "../../../platform/ui/records/section.ts";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { FindingOutput } from "../contract.ts";
import { messageParams, sentenceKeys } from "../model.ts";
import { severityTones } from "./status.ts";

/** The values of a suggestion in words: names instead of ids, coordinates of points; shapes say nothing in words. */
function suggestedValue({ suggestion, params }: FindingOutput): string {
  for (const value of Object.values(suggestion?.values ?? {})) {
    const point = value as { type?: string; coordinates?: number[] } | null;
    if (point?.type === "Point") return (point.coordinates ?? []).join(", ");
    if (typeof value === "string") return typeof params.nearest === "string" ? params.nearest : value;
  }
  return "";
}

/** One finding: where, what, what would mend it, and the row as it was sent. */
export function FindingItem(props: {
  finding: FindingOutput;
  country: string;
  busy: boolean;
  onApply?: () => void;
  onDismiss?: () => void;
}) {
  const text = useText();
  const { t } = text;
  const { sections } = useRecords();
  const { finding } = props;
  const { severity, state, field, recordType, recordId, suggestion } = finding;
  const section = recordType ? sections.get(recordType) : undefined;
  const value = suggestedValue(finding);
  return (
    <li className={surfaces.stack} style={{ gap: "var(--space-1)" }}>
      <div className={`${surfaces.row} ${surfaces.spread}`}>
        <div className={surfaces.row}>
          <StatusTag {...severityTones[severity]}>{t(`imports.severity.${severity}`)}</StatusTag>
          <span className={`${surfaces.small} ${surfaces.muted}`}>
            {finding.row === null ? finding.file : t("imports.finding.where", { file: finding.file, row: finding.row })}
            {field !== null && ` · ${text.field(recordType ?? "", field)}`}
          </span>
          {state !== "open" && <StatusTag tone="neutral">{t(`imports.state.${state}`)}</StatusTag>}
        </div>
        <div className={surfaces.row}>
          {section && recordId && (
            <AppLink to={recordPath(section, { country: props.country, id: recordId })}>
              {t("imports.findings.record")}
            </AppLink>
          )}
          {props.onApply && (
            <Button small busy={props.busy} onClick={props.onApply}>
              {t("imports.findings.apply")}
            </Button>
          )}
          {props.onDismiss && (
            <Button small tone="quiet" busy={props.busy} onClick={props.onDismiss}>
              {t("imports.findings.dismiss")}
            </Button>
          )}
        </div>
      </div>
      <p>{text.first(sentenceKeys(finding.check), messageParams(finding.params))}</p>
      {suggestion && (
        <p className={surfaces.small}>
          {t("imports.suggestion")}: {t(`imports.suggestion.${suggestion.reason}`)}
          {value !== "" && <span className={surfaces.mono}> {value}</span>}
        </p>
      )}
      {finding.fields && (
        <details className={surfaces.small}>
          <summary>{t("imports.findings.source")}</summary>
          <dl className={surfaces.diff}>
            {Object.entries(finding.fields).map(([name, cell]) => (
              <div key={name} style={{ display: "contents" }}>
                <dt>{name}</dt>
                <dd>{cell === null ? "–" : String(cell)}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </li>
  );
}
