import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { usePathParts } from "../../../platform/ui/address.ts";
import { Button } from "../../../platform/ui/Button.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { Icon } from "../../../platform/ui/Icon.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { recordPath } from "../../../platform/ui/records/section.ts";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { visit } from "../contract.ts";
import type { VisitResult } from "../model.ts";
import { AnswersDialog } from "./AnswersDialog.tsx";
import { nameOf, quality, questionOf } from "./client.ts";
import { visits } from "./index.ts";
import { NonconformityItem } from "./NonconformityItem.tsx";
import styles from "./quality.module.css";
import { RaiseDialog } from "./RaiseDialog.tsx";
import { resultTones } from "./tones.ts";

/** One visit: its result, what it found wrong, and the answers to its checklist. */
export function VisitSheetPage() {
  const text = useText();
  const { t, format } = text;
  const { country = "", id = "" } = usePathParts();
  const [doing, setDoing] = useState<"answer" | "raise" | null>(null);
  const answer = useQuery({
    queryKey: ["quality", "sheet", country, id],
    queryFn: ({ signal }) => quality.sheet({ params: { country, id } }, { signal }),
  });
  const crumbs = [{ label: t(`records.${visit.name}`), to: visits.path }];
  if (!answer.data)
    return (
      <>
        <PageHeader title={t(`record.${visit.name}`)} crumbs={crumbs} />
        <div className={`${surfaces.card} ${surfaces.pad}`}>
          {answer.isError ? (
            <ErrorState problem={answer.error} onRetry={() => void answer.refetch()} />
          ) : (
            <Skeleton lines={10} />
          )}
        </div>
      </>
    );
  const { checklist, filled, nonconformities, references, allowed } = answer.data;
  const record = answer.data.record as Record<string, unknown> & { id: string; country: string };
  const result = record.result as VisitResult;
  const pathOf: Readonly<Record<string, string>> = { task: "/tasking/task", area: "/land/areas" };
  const facts: [string, ReactNode][] = [];
  for (const name of ["organisation", "inspectingOrganisation", "task", "area"] as const) {
    const called = nameOf(text, references, record[name]);
    const path = pathOf[name];
    if (called === "") continue;
    const shown = path ? <AppLink to={`${path}/${country}/${String(record[name])}`}>{called}</AppLink> : called;
    facts.push([text.field(visit.name, name), shown]);
  }
  if (typeof record.sampledSquareMetres === "number")
    facts.push([text.field(visit.name, "sampledSquareMetres"), format.number(record.sampledSquareMetres)]);
  if (typeof record.itemsFoundInSample === "number")
    facts.push([text.field(visit.name, "itemsFoundInSample"), format.number(record.itemsFoundInSample)]);
  if (typeof record.conditions === "string") facts.push([text.field(visit.name, "conditions"), record.conditions]);
  const inspects = allowed.includes("inspect");
  return (
    <>
      <PageHeader
        title={t("quality.visit.title", { code: String(record.code), date: format.date(String(record.visitedOn)) })}
        crumbs={[...crumbs, { label: String(record.code) }]}
        lead={
          <span className={surfaces.row}>
            <span>{text.code("visit-kind", String(record.kind))}</span>
            <StatusTag {...resultTones[result]}>{text.code("visit-result", result)}</StatusTag>
          </span>
        }
        actions={
          inspects && (
            <Button icon="add" onClick={() => setDoing("raise")}>
              {t("quality.raise")}
            </Button>
          )
        }
      />
      <div className={surfaces.split}>
        <div className={surfaces.stack}>
          <section className={surfaces.card} aria-labelledby="wrong">
            <div className={surfaces.panelHead}>
              <h2 id="wrong">{t("quality.nonconformities.title")}</h2>
            </div>
            {nonconformities.length === 0 ? (
              <p className={`${surfaces.pad} ${surfaces.muted}`}>{t("quality.visit.nothing-wrong")}</p>
            ) : (
              <ul>
                {nonconformities.map((of) => (
                  <NonconformityItem key={of.id} of={of} references={references} />
                ))}
              </ul>
            )}
          </section>
          <section className={surfaces.card} aria-labelledby="answers">
            <div className={surfaces.panelHead}>
              <h2 id="answers">{t("quality.checklist")}</h2>
              {inspects && (
                <Button small icon="edit" onClick={() => setDoing("answer")}>
                  {t("quality.checklist.answer")}
                </Button>
              )}
            </div>
            {filled === null ? (
              <p className={`${surfaces.pad} ${surfaces.muted}`}>{t("quality.checklist.empty")}</p>
            ) : (
              <dl className={`${surfaces.fields} ${surfaces.pad}`}>
                {checklist.items.map((item) => {
                  const given = filled.answers[item.code];
                  return (
                    <div key={item.code}>
                      <dt>{questionOf(text, item)}</dt>
                      <dd>
                        {given?.answer === "no" && <Icon name="warning" />}{" "}
                        {text.code("checklist-answer", given?.answer ?? "not-checked")}
                        {given?.note && <div className={surfaces.muted}>{given.note}</div>}
                      </dd>
                    </div>
                  );
                })}
              </dl>
            )}
          </section>
        </div>
        <section className={surfaces.card} aria-labelledby="facts">
          <div className={surfaces.panelHead}>
            <h2 id="facts">{t("quality.visit.facts")}</h2>
          </div>
          <dl className={`${styles.facts} ${surfaces.pad}`}>
            {facts.map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <p className={surfaces.pad}>
            <AppLink to={recordPath(visits, record)}>{t("quality.visit.record")}</AppLink>
          </p>
        </section>
      </div>
      {doing === "raise" && <RaiseDialog visit={{ country, id }} onClose={() => setDoing(null)} />}
      {doing === "answer" && (
        <AnswersDialog
          visit={{ country, id }}
          checklist={checklist}
          answers={filled?.answers ?? {}}
          answersVersion={filled?.answersVersion ?? 0}
          onClose={() => setDoing(null)}
        />
      )}
    </>
  );
}
