import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { useAddress, useGo } from "../../../platform/ui/address.ts";
import { Button } from "../../../platform/ui/Button.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { Form } from "../../../platform/ui/Form.tsx";
import { Icon } from "../../../platform/ui/Icon.tsx";
import { IconButton } from "../../../platform/ui/IconButton.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { fieldProblem } from "../../../platform/ui/problem-text.ts";
import { CountrySelect } from "../../../platform/ui/records/CountrySelect.tsx";
import { FieldControl, type FormValues } from "../../../platform/ui/records/FieldControl.tsx";
import { initialValues } from "../../../platform/ui/records/initial-values.ts";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { useToast } from "../../../platform/ui/Toast.tsx";
import { useDraft } from "../../../platform/ui/use-draft.ts";
import { type FilledChecklist, visit } from "../contract.ts";
import { codeLists } from "../model.ts";
import { Checklist } from "./Checklist.tsx";
import { quality, questionOf } from "./client.ts";
import { blankFinding, FindingFields, sentFinding, type TypedFinding } from "./FindingFields.tsx";
import { sheetPath, visits } from "./index.ts";
import styles from "./quality.module.css";

interface Draft {
  country: string;
  values: FormValues;
  answers: FilledChecklist["answers"];
  findings: TypedFinding[];
}

const who = ["visitedOn", "kind", "organisation", "inspectingOrganisation", "task", "area", "unit"] as const;
const outcome = ["sampledSquareMetres", "itemsFoundInSample", "result", "conditions", "notes"] as const;
const needed = ["visitedOn", "kind", "organisation", "result"] as const;

/** Enters a visit in one go: who and where, the checklist, what was wrong, and the result. Made for a phone in the field. */
export function NewVisitPage() {
  const text = useText();
  const { t } = text;
  const [search] = useAddress();
  const { countries, home } = useRecords();
  const go = useGo();
  const toast = useToast();
  const queries = useQueryClient();
  const [only] = countries.size === 1 ? countries.keys() : [];
  const start: Draft = {
    country: search.country ?? home ?? only ?? "",
    values: initialValues(visit, search),
    answers: {},
    findings: [],
  };
  const draft = useDraft<Draft>(`new/visit/${JSON.stringify(start)}`, start);
  const { country, values, answers, findings } = draft.value;
  const set = (change: Partial<Draft>) => draft.set((before) => ({ ...before, ...change }));
  const [tried, setTried] = useState(false);
  const lists = useQuery({
    queryKey: ["quality", "checklists", country],
    enabled: country !== "",
    queryFn: ({ signal }) => quality.checklists({ query: { country } }, { signal }),
  });
  const list = lists.data?.items.find(({ kind }) => kind === values.kind);
  const found = typeof values.itemsFoundInSample === "number" && values.itemsFoundInSample > 0;
  // The server decides it again; here it is only shown before it is sent.
  const sent = found ? { ...values, result: "rejected" } : values;
  const asked = new Set(list?.items.map(({ code }) => code));
  const send = useMutation({
    mutationFn: () =>
      quality.report({
        body: {
          country,
          values: Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== null)),
          ...(list && Object.keys(answers).some((code) => asked.has(code))
            ? {
                checklist: {
                  version: list.version,
                  answers: Object.fromEntries(Object.entries(answers).filter(([code]) => asked.has(code))),
                },
              }
            : {}),
          nonconformities: findings.map(sentFinding),
        },
      }),
    onSuccess: async (answer) => {
      draft.clear();
      toast({ text: t("ui.create.done") });
      await Promise.all(
        [["list", visit.name], ["counts", visit.name], ["quality"]].map((queryKey) =>
          queries.invalidateQueries({ queryKey }),
        ),
      );
      go(sheetPath(answer.record as { country: string; id: string }));
    },
  });
  const missing = (name: string) =>
    tried && needed.some((each) => each === name) && (sent[name as keyof typeof sent] ?? null) === null;
  const ready =
    country !== "" &&
    needed.every((name) => ((sent as FormValues)[name] ?? null) !== null) &&
    findings.every(({ description }) => description.trim().length >= 3);
  const control = (name: string) => {
    const field = visit.fields[name];
    return (
      field && (
        <FieldControl
          key={name}
          type={visit}
          name={name}
          field={field}
          codeLists={codeLists}
          country={country}
          values={sent}
          onChange={(next) => set({ values: { ...values, ...next } })}
          problem={missing(name) ? t("problem.field.required") : fieldProblem(text, send.error, name)}
        />
      )
    );
  };
  const wrong = list?.items.filter(({ code }) => answers[code]?.answer === "no") ?? [];
  const suggestions = wrong.filter(
    (item) => !findings.some(({ description }) => description.includes(questionOf(text, item))),
  );
  return (
    <>
      <PageHeader
        title={t("quality.new-visit.title")}
        crumbs={[{ label: t(`records.${visit.name}`), to: visits.path }]}
      />
      <Form
        draft={draft}
        problem={send.error}
        onSubmit={() => {
          setTried(true);
          if (ready) send.mutate();
        }}
      >
        <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-labelledby="who">
          <h2 id="who">{t("quality.visit.who")}</h2>
          <div className={surfaces.gridTwo}>
            {countries.size > 1 && (
              <CountrySelect
                label={text.field(visit.name, "country")}
                required
                value={country}
                empty={t("ui.create.choose-country")}
                problem={tried && country === "" ? t("problem.field.required") : null}
                onChange={(next) => set({ country: next })}
              />
            )}
            {who.map(control)}
          </div>
        </section>
        <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-labelledby="checklist">
          <h2 id="checklist">{t("quality.checklist")}</h2>
          {lists.isError && <ErrorState problem={lists.error} onRetry={() => void lists.refetch()} />}
          {country !== "" && lists.isPending && <Skeleton lines={5} />}
          {!list && !lists.isPending && <p className={surfaces.muted}>{t("quality.checklist.choose-kind")}</p>}
          {!list && country === "" && <p className={surfaces.muted}>{t("quality.checklist.choose-kind")}</p>}
          {list && <Checklist items={list.items} answers={answers} onChange={(next) => set({ answers: next })} />}
        </section>
        <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-labelledby="findings">
          <h2 id="findings">{t("quality.nonconformities.title")}</h2>
          {findings.length === 0 && <p className={surfaces.muted}>{t("quality.findings.none")}</p>}
          {findings.map((finding, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: findings have no other identity while they are typed.
            <div key={at} className={styles.finding}>
              <div className={`${surfaces.row} ${surfaces.spread}`}>
                <strong>{t("quality.findings.nth", { number: at + 1 })}</strong>
                <IconButton
                  icon="close"
                  small
                  label={t("quality.findings.remove", { number: at + 1 })}
                  onClick={() => set({ findings: findings.filter((_, other) => other !== at) })}
                />
              </div>
              <FindingFields
                value={finding}
                onChange={(next) => set({ findings: findings.map((each, other) => (other === at ? next : each)) })}
                tried={tried}
                problemOf={(field) => fieldProblem(text, send.error, `nonconformities.${at}.${field}`)}
              />
            </div>
          ))}
          <div className={surfaces.row}>
            <Button icon="add" onClick={() => set({ findings: [...findings, blankFinding] })}>
              {t("quality.findings.add")}
            </Button>
            {suggestions.map((item) => {
              const question = questionOf(text, item);
              const note = answers[item.code]?.note;
              return (
                <Button
                  key={item.code}
                  small
                  onClick={() =>
                    set({
                      findings: [
                        ...findings,
                        {
                          ...blankFinding,
                          severity: item.severity,
                          description: note ? `${question} ${note}` : question,
                        },
                      ],
                    })
                  }
                >
                  {t("quality.findings.from", { question })}
                </Button>
              );
            })}
          </div>
        </section>
        <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-labelledby="outcome">
          <h2 id="outcome">{t("quality.visit.outcome")}</h2>
          <div className={surfaces.gridTwo}>{outcome.map(control)}</div>
          {found && (
            <div className={`${surfaces.notice} ${surfaces.bad}`} role="status">
              <Icon name="warning" />
              <div>
                <strong>{t("quality.found.title")}</strong>
                <p>{t("quality.found.text")}</p>
              </div>
            </div>
          )}
        </section>
        <div>
          <Button tone="primary" type="submit" icon="check" busy={send.isPending}>
            {t("quality.visit.send")}
          </Button>
        </div>
      </Form>
    </>
  );
}
