import { useText } from "../i18n/I18nProvider.tsx";
import { Button } from "./Button.tsx";
import styles from "./table.module.css";

/** Which rows of how many are shown, and the way to the others. A missing callback means there is nothing that way. */
export function Pagination(props: {
  from: number;
  to: number;
  total: number;
  onFirst?: (() => void) | undefined;
  onPrevious?: (() => void) | undefined;
  onNext?: (() => void) | undefined;
}) {
  const { t } = useText();
  return (
    <nav className={styles.pages} aria-label={t("ui.pages")}>
      <span className="numeric" aria-live="polite">
        {t("ui.pages.range", { from: props.from, to: props.to, total: props.total })}
      </span>
      <span className={styles.filters}>
        {props.onFirst && (
          <Button small tone="quiet" onClick={props.onFirst}>
            {t("ui.pages.first")}
          </Button>
        )}
        <Button small icon="back" disabled={!props.onPrevious} onClick={props.onPrevious}>
          {t("ui.pages.previous")}
        </Button>
        <Button small icon="next" disabled={!props.onNext} onClick={props.onNext}>
          {t("ui.pages.next")}
        </Button>
      </span>
    </nav>
  );
}
