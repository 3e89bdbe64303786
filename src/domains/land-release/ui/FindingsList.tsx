import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { Icon } from "../../../platform/ui/Icon.tsx";
import type { FindingOutput } from "../contract.ts";
import { anchorsOf, bySeverity, findingText } from "./findings.ts";
import styles from "./reports.module.css";

/**
 * What is wrong with a report, errors first.
 * @param props.onLead given where the fields stand on the same page: each finding leads to its field
 */
export function FindingsList(props: { findings: readonly FindingOutput[]; onLead?: (finding: FindingOutput) => void }) {
  const text = useText();
  const { onLead } = props;
  return (
    <ul className={styles.findings}>
      {bySeverity(props.findings).map((finding) => {
        const anchors = anchorsOf(finding);
        const words = findingText(text, finding);
        const label = finding.field ? `land-reports.field.${finding.field}` : "";
        const said = label !== "" && text.has(label) ? `${text.t(label)}: ${words}` : words;
        return (
          <li
            key={`${finding.check} ${finding.part} ${finding.field} ${JSON.stringify(finding.params)}`}
            className={`${styles.finding} ${styles[finding.severity]}`}
          >
            <Icon name={finding.severity === "error" ? "warning" : "info"} />
            <span>
              <span className="visually-hidden">{text.t(`land-reports.severity.${finding.severity}`)} </span>
              {onLead && anchors.length > 0 ? (
                <Button tone="link" onClick={() => onLead(finding)}>
                  {said}
                </Button>
              ) : (
                said
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
