import type { ReactNode } from "react";
import { useText } from "../i18n/I18nProvider.tsx";
import styles from "./surfaces.module.css";

/** What changed: for each field the value before and after. Nothing before means it was empty. */
export function Diff(props: {
  changes: readonly { field: string; label: string; before: ReactNode; after: ReactNode }[];
}) {
  const { t } = useText();
  return (
    <dl className={styles.diff}>
      {props.changes.map((change) => (
        <div key={change.field} style={{ display: "contents" }}>
          <dt>{change.label}</dt>
          <dd>
            {change.before !== null && (
              <>
                <span className="visually-hidden">{t("ui.diff.before")}</span>
                <del>{change.before}</del>
                <span aria-hidden="true"> → </span>
              </>
            )}
            <span className="visually-hidden">{t("ui.diff.after")}</span>
            <ins>{change.after ?? t("ui.diff.emptied")}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
