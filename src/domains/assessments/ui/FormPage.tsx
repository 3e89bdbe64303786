import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Language, languages } from "../../../platform/contract/fields.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { languageTable } from "../../../platform/i18n/languages.ts";
import { newId } from "../../../platform/kernel/ids.ts";
import { useGo, usePathParts } from "../../../platform/ui/address.ts";
import { Button } from "../../../platform/ui/Button.tsx";
import { DateField } from "../../../platform/ui/DateField.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { Form } from "../../../platform/ui/Form.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { fieldProblem } from "../../../platform/ui/problem-text.ts";
import { Select } from "../../../platform/ui/Select.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { useToast } from "../../../platform/ui/Toast.tsx";
import { useDraft } from "../../../platform/ui/use-draft.ts";
import { type Answers, type Instrument, isAsked, modes, scoreAnswers } from "../model.ts";
import { findInstrument } from "../model-instruments.ts";
import styles from "./assessments.module.css";
import { useCleared } from "./clearance.ts";
import { assessments, useQuestionWords } from "./client.ts";
import { personPath, sheetPath } from "./index.ts";
import { Question } from "./Question.tsx";
import { NotCleared, SafetyNotice } from "./Screening.tsx";

interface Draft {
  /** Made once with the draft: sent again after a broken line, it is the same assessment. */
  id: string;
  version: number;
  language: Language;
  mode: (typeof modes)[number];
  assessedOn: string;
  answers: Answers;
}

/** Answers to questions that are asked; what was answered before an earlier answer changed is left out. */
function askedOnly(instrument: Instrument, answers: Answers): Answers {
  const kept: Record<string, Answers[string]> = {};
  for (const item of instrument.items) {
    const answer = answers[item.code];
    if (answer !== undefined && isAsked(item, kept)) kept[item.code] = answer;
  }
  return kept;
}

/** Asks a person the questions of an instrument: one below the other, for a phone, kept on the device until sent. */
export function FormPage() {
  const { country = "", instrument: code = "" } = usePathParts();
  const { t } = useText();
  const cleared = useCleared(country);
  const instrument = findInstrument(code);
  if (cleared === false) return <NotCleared />;
  return instrument ? (
    <QuestionForm key={code} newest={instrument} />
  ) : (
    <EmptyState icon="search" title={t("problem.common.not-found")} />
  );
}

function QuestionForm({ newest }: { newest: Instrument }) {
  const text = useText();
  const { t } = text;
  const { country = "", id: person = "" } = usePathParts();
  const go = useGo();
  const toast = useToast();
  const queries = useQueryClient();
  const [start] = useState<Draft>(() => ({
    id: newId(),
    version: newest.version,
    language: text.language,
    mode: "interview",
    assessedOn: new Date().toISOString().slice(0, 10),
    answers: {},
  }));
  const draft = useDraft<Draft>(`assessment/${country}/${person}/${newest.code}`, start);
  const { value } = draft;
  // A draft of an older version is finished as it was begun.
  const instrument = findInstrument(newest.code, value.version) ?? newest;
  const set = (change: Partial<Draft>) => draft.set((before) => ({ ...before, ...change }));
  const say = useQuestionWords(value.language);
  const [tried, setTried] = useState(false);
  const answers = askedOnly(instrument, value.answers);
  const asked = instrument.items.filter((item) => isAsked(item, answers));
  const done = asked.filter(({ code }) => answers[code] !== undefined).length;
  const result = scoreAnswers(instrument, answers);
  const send = useMutation({
    mutationFn: () =>
      assessments.record({
        body: { ...value, country, person, instrument: instrument.code, answers: answers as never },
      }),
    onSuccess: async (made) => {
      draft.clear();
      toast({ text: t("assessments.form.sent") });
      await queries.invalidateQueries({ queryKey: ["assessments"] });
      go(sheetPath(made), { replace: true });
    },
  });
  return (
    <>
      <PageHeader
        title={text.code("assessment-instrument", instrument.code)}
        crumbs={[{ label: t("assessments.person.title"), to: personPath({ country, id: person }) }]}
        lead={t("assessments.form.draft")}
      />
      <Form
        draft={draft}
        problem={send.error}
        onSubmit={() => {
          setTried(true);
          if (done > 0) send.mutate();
        }}
      >
        <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-labelledby="who">
          <h2 id="who">{t("assessments.form.who")}</h2>
          <div className={surfaces.gridTwo}>
            <DateField
              label={t("assessments.form.date")}
              required
              value={{ date: value.assessedOn, precision: "day" }}
              onChange={(date) => date && set({ assessedOn: date.date })}
              problem={fieldProblem(text, send.error, "assessedOn")}
            />
            <Select
              label={t("assessments.form.mode")}
              value={value.mode}
              onChange={(mode) => set({ mode: mode as Draft["mode"] })}
              options={modes.map((each) => ({ value: each, label: text.code("assessment-mode", each) }))}
            />
            <Select
              label={t("assessments.form.language")}
              value={value.language}
              onChange={(language) => set({ language: language as Language })}
              options={languages.map((each) => ({ value: each, label: languageTable[each].endonym }))}
              hint={
                instrument.established.includes(value.language) ? undefined : t("assessments.form.working-translation")
              }
            />
          </div>
        </section>
        <section
          className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`}
          aria-labelledby="questions"
          lang={value.language}
        >
          <h2 id="questions" lang={text.language}>
            {t("assessments.form.questions")}
          </h2>
          <p className={styles.lead}>{say(`assessments.lead.${instrument.code}`)}</p>
          {asked.map((item, at) => (
            <Question
              key={item.code}
              instrument={instrument.code}
              item={item}
              number={at + 1}
              value={answers[item.code]}
              say={say}
              problem={fieldProblem(text, send.error, `answers.${item.code}`)}
              onChange={(answer) => {
                const { [item.code]: _, ...rest } = value.answers;
                set({ answers: answer === undefined ? rest : { ...rest, [item.code]: answer } });
              }}
            />
          ))}
        </section>
        {result.alerts.map((alert) => (
          <SafetyNotice key={alert} code={alert} />
        ))}
        <div className={surfaces.stack}>
          <p role="status" className={surfaces.muted}>
            {t("assessments.form.progress", { done, all: asked.length })}
            {done > 0 && result.missing.length > 0 && (
              <> · {t("assessments.form.left", { count: result.missing.length })}</>
            )}
          </p>
          {tried && done === 0 && <p className={styles.problem}>{t("assessments.form.answer-first")}</p>}
          <div>
            <Button tone="primary" type="submit" icon="check" busy={send.isPending}>
              {t("assessments.form.send")}
            </Button>
          </div>
        </div>
      </Form>
    </>
  );
}
