import { useText } from "../i18n/I18nProvider.tsx";
import { Button } from "./Button.tsx";
import { classes } from "./classes.ts";
import { Icon } from "./Icon.tsx";
import { problemOf, problemRemedy, problemTitle } from "./problem-text.ts";
import styles from "./surfaces.module.css";

/** A problem in words: what happened, how to mend it, and the number to quote when asking for help. */
export function ProblemNotice({ problem, onRetry }: { problem: unknown; onRetry?: () => void }) {
  const text = useText();
  const document = problemOf(problem);
  const remedy = problemRemedy(text, document);
  return (
    <div className={classes(styles.notice, styles.bad)} role="alert">
      <Icon name="warning" />
      <div>
        <strong>{problemTitle(text, document)}</strong>
        {remedy && <p>{remedy}</p>}
        {document.instance && (
          <p className={classes(styles.small, styles.muted)}>{text.t("ui.error.request", { id: document.instance })}</p>
        )}
        {onRetry && (
          <Button small onClick={onRetry}>
            {text.t("ui.error.retry")}
          </Button>
        )}
      </div>
    </div>
  );
}

/** What stands in the place of content that could not be had. */
export const ErrorState = ProblemNotice;
