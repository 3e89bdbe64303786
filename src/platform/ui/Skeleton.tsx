import { useText } from "../i18n/I18nProvider.tsx";
import styles from "./surfaces.module.css";

/** Grey lines where content will be; screen readers hear that it is loading. */
export function Skeleton({ lines = 6 }: { lines?: number }) {
  const { t } = useText();
  return (
    <div role="status">
      <span className="visually-hidden">{t("ui.loading")}</span>
      <div className={styles.skeleton} aria-hidden="true">
        {Array.from({ length: lines }, (_, line) => line).map((line) => (
          <div key={line} className={styles.bone} />
        ))}
      </div>
    </div>
  );
}
