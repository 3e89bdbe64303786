import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { languageTable } from "../../../platform/i18n/languages.ts";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { usePathParts } from "../../../platform/ui/address.ts";
import { Button, buttonClass } from "../../../platform/ui/Button.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { AssessmentOutput } from "../contract.ts";
import { type Instrument, type Item, isAsked, missingAnswers } from "../model.ts";
import { findInstrument } from "../model-instruments.ts";
import { AlertItem } from "./AlertItem.tsx";
import { useCleared } from "./clearance.ts";
import { assessments } from "./client.ts";
import { formPath, personPath } from "./index.ts";
import { resultLine, resultRemarks } from "./result-words.ts";
import { NotCleared, SafetyNotice, Screening } from "./Screening.tsx";
import { resultTone } from "./tones.ts";
import { WithdrawDialog } from "./WithdrawDialog.tsx";

/** One assessment: what it says and by which rule, its alerts, and every answer. */
export function SheetPage() {
  const text = useText();
  const { t, format } = text;
  const { country = "", id = "" } = usePathParts();
  const [withdrawing, setWithdrawing] = useState(false);
  const cleared = useCleared(country);
  const answer = useQuery({
    queryKey: ["assessments", "one", country, id],
    enabled: cleared === true,
    queryFn: ({ signal }) => assessments.get({ params: { country, id } }, { signal }),
  });
  const one = answer.data;
  if (!one)
    return (
      <>
        <PageHeader title={t("assessments.sheet.title")} />
        <div className={`${surfaces.card} ${surfaces.pad}`}>
          {cleared === false ? (
            <NotCleared />
          ) : answer.isError ? (
            <ErrorState problem={answer.error} onRetry={() => void answer.refetch()} />
          ) : (
            <Skeleton lines={10} />
          )}
        </div>
      </>
    );
  const person = { country, id: one.person };
  const instrument = findInstrument(one.instrument, one.version);
  return (
    <>
      <PageHeader
        title={text.code("assessment-instrument", one.instrument)}
        crumbs={[{ label: t("assessments.person.title"), to: personPath(person) }]}
        lead={t("assessments.sheet.asked", {
          date: format.date(one.assessedOn),
          language: languageTable[one.language].endonym,
          mode: text.code("assessment-mode", one.mode),
        })}
        actions={
          one.allowed.includes("withdraw") && (
            <>
              <AppLink to={formPath(person, one.instrument)} className={buttonClass()}>
                {t("assessments.sheet.again")}
              </AppLink>
              <Button icon="close" onClick={() => setWithdrawing(true)}>
                {t("assessments.sheet.withdraw")}
              </Button>
            </>
          )
        }
      />
      <div className={surfaces.stack}>
        {!one.withdrawn && one.alerts.some(({ state }) => state !== "closed") && <SafetyNotice code="self-harm" />}
        {one.alerts.length > 0 && (
          <ul className={surfaces.card}>
            {one.alerts.map((alert) => (
              <AlertItem key={alert.id} of={alert} />
            ))}
          </ul>
        )}
        <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-labelledby="result">
          <h2 id="result">{t("assessments.column.result")}</h2>
          {one.withdrawn ? (
            <p>{t("assessments.withdrawn.why", { reason: one.withdrawnReason ?? "" })}</p>
          ) : (
            <>
              <div>
                <StatusTag {...resultTone(one.result)}>{resultLine(text, one)}</StatusTag>
              </div>
              {resultRemarks(text, one).map((remark) => (
                <p key={remark}>{remark}</p>
              ))}
              <Screening />
            </>
          )}
          {instrument && (
            <p className={`${surfaces.muted} ${surfaces.small}`}>
              {t("assessments.result.rule", {
                version: one.result.scoringVersion,
                source: instrument.scoring.citations.map((name) => t(`assessments.citation.${name}`)).join("; "),
              })}
            </p>
          )}
        </section>
        <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-labelledby="answers">
          <h2 id="answers">{t("assessments.sheet.answers")}</h2>
          {instrument && <AnswerList instrument={instrument} answers={one.answers} />}
        </section>
      </div>
      {withdrawing && <WithdrawDialog of={one} onClose={() => setWithdrawing(false)} />}
    </>
  );
}

function AnswerList({ instrument, answers }: { instrument: Instrument; answers: AssessmentOutput["answers"] }) {
  const { t } = useText();
  const words = (item: Item): string => {
    const answer = answers[item.code];
    if (!isAsked(item, answers)) return t("assessments.sheet.not-asked");
    if (answer === undefined) return t("assessments.sheet.no-answer");
    if (missingAnswers.some((missing) => missing === answer)) return t(`assessments.form.${answer}`);
    if (item.kind === "one") return t(`assessments.scale.${item.answers}.${answer}`);
    return (Array.isArray(answer) ? answer : [answer])
      .map((option) => t(`assessments.option.${item.answers}.${option}`))
      .join(", ");
  };
  return (
    <dl className={surfaces.fields}>
      {instrument.items.map((item) => (
        <div key={item.code}>
          <dt>{t(`assessments.item.${instrument.code}.${item.code}`)}</dt>
          <dd>{words(item)}</dd>
        </div>
      ))}
    </dl>
  );
}
