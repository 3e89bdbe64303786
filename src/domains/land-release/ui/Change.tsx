import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import styles from "./reports.module.css";

/** A value before and after; the same value is written once. */
export function Change({ before, after }: { before: string | null; after: string | null }) {
  const { t } = useText();
  if (before === after) return <span>{after ?? t("ui.not-recorded")}</span>;
  return (
    <span className={styles.change}>
      {before !== null && (
        <del>
          <span className="visually-hidden">{t("ui.diff.before")} </span>
          {before}
        </del>
      )}
      <ins>
        <span className="visually-hidden">{t("ui.diff.after")} </span>
        {after ?? t("ui.diff.emptied")}
      </ins>
    </span>
  );
}
