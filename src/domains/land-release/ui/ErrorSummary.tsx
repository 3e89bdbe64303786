import { useEffect, useRef } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Icon } from "../../../platform/ui/Icon.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { FindingOutput } from "../contract.ts";
import { FindingsList } from "./FindingsList.tsx";
import styles from "./reports.module.css";

/**
 * What keeps a report from being handed in, at the top of its form: each line leads to its field.
 * @param props.attempt counts the attempts; each brings the focus here
 */
export function ErrorSummary(props: {
  errors: readonly FindingOutput[];
  attempt: number;
  onLead: (finding: FindingOutput) => void;
}) {
  const { t } = useText();
  const place = useRef<HTMLDivElement>(null);
  const { attempt } = props;
  useEffect(() => {
    if (attempt === 0) return;
    place.current?.focus();
    place.current?.scrollIntoView({ block: "start" });
  }, [attempt]);
  return (
    <div
      ref={place}
      tabIndex={-1}
      role="alert"
      data-error-summary
      className={`${surfaces.notice} ${surfaces.bad} ${styles.summary}`}
    >
      <Icon name="warning" />
      <div>
        <h2>{t("land-reports.summary", { count: props.errors.length })}</h2>
        <FindingsList findings={props.errors} onLead={props.onLead} />
      </div>
    </div>
  );
}
