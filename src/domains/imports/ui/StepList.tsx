import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { type ImportStep, importSteps } from "./import-draft.ts";
import styles from "./imports.module.css";

/** Where somebody stands in a new import; the steps that are done lead back. */
export function StepList({ step, onStep }: { step: ImportStep; onStep: (step: ImportStep) => void }) {
  const { t } = useText();
  const current = importSteps.indexOf(step);
  return (
    <nav aria-label={t("imports.steps")}>
      <ol className={styles.steps}>
        {importSteps.map((name, index) => (
          <li key={name} aria-current={index === current ? "step" : undefined}>
            {index < current ? (
              <Button small tone="quiet" onClick={() => onStep(name)}>
                {t(`imports.page.step.${name}`)}
              </Button>
            ) : (
              t(`imports.page.step.${name}`)
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
