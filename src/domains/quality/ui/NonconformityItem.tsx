import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { NonconformityOutput } from "../contract.ts";
import { nameOf, type References } from "./client.ts";
import { sheetPath } from "./index.ts";
import styles from "./quality.module.css";
import { StepDialog } from "./StepDialog.tsx";
import { Thread } from "./Thread.tsx";
import { severityTones, stateTones } from "./tones.ts";

/** One non-conformity: what is wrong, who must mend it until when, and the steps that the reader may take. */
export function NonconformityItem(props: { of: NonconformityOutput; references: References; visitLink?: boolean }) {
  const text = useText();
  const { t, format } = text;
  const { of, references } = props;
  const [step, setStep] = useState<NonconformityOutput["steps"][number] | null>(null);
  const [open, setOpen] = useState(false);
  const state = of.overdue ? "overdue" : of.state;
  return (
    <li className={styles.item}>
      <div className={surfaces.row}>
        <strong>{of.code}</strong>
        <StatusTag {...severityTones[of.severity]}>{text.code("nonconformity-severity", of.severity)}</StatusTag>
        <StatusTag {...stateTones[state]}>{text.code("nonconformity-state", state)}</StatusTag>
      </div>
      <p>
        {text.code("nonconformity-type", of.type)}
        {": "}
        {of.automatic ? t("quality.automatic", { count: of.itemsFound ?? 0 }) : of.description}
      </p>
      {of.correctiveAction && <p className={surfaces.muted}>{t("quality.to-do", { action: of.correctiveAction })}</p>}
      <p className={`${surfaces.muted} ${surfaces.small}`}>
        {t("quality.who-until", {
          organisation: nameOf(text, references, of.organisation) || t("ui.reference.unknown"),
          date: format.date(of.deadline),
        })}
        {props.visitLink && (
          <>
            {" · "}
            <AppLink to={sheetPath({ country: of.country, id: of.visit })}>
              {t("quality.visit-of", { date: format.date(of.visitedOn) })}
            </AppLink>
          </>
        )}
      </p>
      <div className={surfaces.row}>
        {of.steps.map((each) => (
          <Button
            key={each}
            small
            aria-label={t("quality.step.title", { code: of.code, step: t(`quality.step.${each}`) })}
            onClick={() => setStep(each)}
          >
            {t(`quality.step.${each}`)}
          </Button>
        ))}
        <Button
          small
          tone="quiet"
          icon="history"
          aria-expanded={open}
          aria-label={t("quality.step.title", { code: of.code, step: t("quality.thread") })}
          onClick={() => setOpen(!open)}
        >
          {t("quality.thread")}
        </Button>
      </div>
      {open && <Thread of={of} />}
      {step !== null && <StepDialog of={of} step={step} onClose={() => setStep(null)} />}
    </li>
  );
}
