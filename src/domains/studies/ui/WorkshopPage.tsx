import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { useAddress, usePathParts } from "../../../platform/ui/address.ts";
import { Button } from "../../../platform/ui/Button.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ErrorState, ProblemNotice } from "../../../platform/ui/ErrorState.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { Tabs } from "../../../platform/ui/Tabs.tsx";
import type { Sheet } from "../contract-work.ts";
import type { RecommendationState } from "../model.ts";
import { type Item, itemOf, type OfStudy, useRefreshStudies, useSheet, work } from "./client.ts";
import { studiesPath, studyPath } from "./index.ts";
import { ParticipantsGrid } from "./ParticipantsGrid.tsx";
import styles from "./studies.module.css";
import { TalkPanel } from "./TalkPanel.tsx";
import { stateTones } from "./tones.ts";

/** The recommendations one after the other; Alt with the arrow keys goes to the next and the one before. */
function Agenda(props: { study: OfStudy; sheet: Sheet; consultation: Item }) {
  const { t, code } = useText();
  const [search, setSearch] = useAddress();
  const items = props.sheet.recommendations;
  const at = Math.max(
    0,
    items.findIndex(({ record }) => record.id === search.recommendation),
  );
  const ids = items.map(({ record }) => itemOf(record).id);
  const current = items[at];
  const before = ids[at - 1];
  const after = ids[at + 1];
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const next = event.altKey ? { ArrowDown: after, ArrowUp: before }[event.key] : undefined;
      if (!next) return;
      event.preventDefault();
      setSearch({ ...search, recommendation: next }, { replace: true });
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [after, before, search, setSearch]);
  if (!current)
    return (
      <EmptyState icon="task" title={t("studies.recommendations.none")}>
        {t("studies.recommendations.none.hint")}
      </EmptyState>
    );
  return (
    <div className={styles.talk}>
      <nav aria-label={t("records.studies.recommendation")}>
        <p className={`${surfaces.muted} ${surfaces.small}`}>{t("studies.workshop.keys")}</p>
        <ol className={styles.agenda}>
          {items.map(({ record }) => {
            const item = itemOf(record);
            return (
              <li key={item.id}>
                <button
                  type="button"
                  aria-current={item.id === current.record.id ? "true" : undefined}
                  onClick={() => setSearch({ ...search, recommendation: item.id }, { replace: true })}
                >
                  <span className={surfaces.row}>
                    <span className={surfaces.mono}>{String(item.code)}</span>
                    <StatusTag {...stateTones[item.state as RecommendationState]}>
                      {code("recommendation-state", String(item.state))}
                    </StatusTag>
                  </span>
                  <span className={`${surfaces.small} ${styles.twoLines}`}>{String(item.wording)}</span>
                </button>
              </li>
            );
          })}
        </ol>
      </nav>
      <TalkPanel key={itemOf(current.record).id} study={props.study} consultation={props.consultation} of={current} />
    </div>
  );
}

/** Says that a consultation is being held, so that it can agree. */
function Begin({ study, item }: { study: OfStudy; item: Item }) {
  const { t } = useText();
  const refresh = useRefreshStudies();
  const begin = useMutation({
    mutationFn: () =>
      work.saveConsultation({
        params: study,
        body: {
          changed: { id: item.id, revision: item.revision, reason: t("studies.workshop.began") },
          values: { status: "held" } as never,
        },
      }),
    onSuccess: refresh,
  });
  return (
    <div className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`}>
      <p>{t("studies.workshop.begin.lead")}</p>
      {begin.error && <ProblemNotice problem={begin.error} />}
      <div>
        <Button tone="primary" busy={begin.isPending} onClick={() => begin.mutate()}>
          {t("studies.workshop.begin")}
        </Button>
      </div>
    </div>
  );
}

/** A consultation while it is held: who came, what each sector says of each recommendation, and what is agreed. */
export function WorkshopPage() {
  const { t, format } = useText();
  const { country = "", id = "", consultation = "" } = usePathParts();
  const study = { country, id };
  const [search, setSearch] = useAddress();
  const answer = useSheet(study);
  const found = answer.data?.consultations.find(({ record }) => record.id === consultation);
  const crumbs = [
    { label: t("records.studies.study"), to: studiesPath },
    { label: String(answer.data?.record.code ?? t("record.studies.study")), to: studyPath(study) },
  ];
  if (!answer.data || !found)
    return (
      <>
        <PageHeader title={t("record.studies.consultation")} crumbs={crumbs} />
        <div className={`${surfaces.card} ${surfaces.pad}`}>
          {answer.isError && <ErrorState problem={answer.error} onRetry={() => void answer.refetch()} />}
          {answer.isPending && <Skeleton lines={8} />}
          {answer.data && <EmptyState title={t("studies.workshop.gone")} />}
        </div>
      </>
    );
  const item = itemOf(found.record);
  return (
    <>
      <PageHeader
        title={String(item.title)}
        crumbs={[...crumbs, { label: String(item.code) }]}
        lead={[format.date(String(item.heldOn)), typeof item.place === "string" ? item.place : ""]
          .filter(Boolean)
          .join(" · ")}
      />
      <div className={surfaces.stack}>
        {item.status === "planned" && <Begin study={study} item={item} />}
        <Tabs
          label={t("record.studies.consultation")}
          value={search.tab === "people" ? "people" : "talk"}
          onChange={(tab) => setSearch({ ...search, tab }, { replace: true })}
          tabs={[
            {
              id: "talk",
              label: t("records.studies.recommendation"),
              count: answer.data.recommendations.length,
              content: (
                <div style={{ paddingBlockStart: "var(--space-4)" }}>
                  <Agenda study={study} sheet={answer.data} consultation={item} />
                </div>
              ),
            },
            {
              id: "people",
              label: t("studies.workshop.people"),
              count: typeof item.participants === "number" ? item.participants : 0,
              content: (
                <div className={`${surfaces.card} ${surfaces.pad}`} style={{ marginBlockStart: "var(--space-4)" }}>
                  <ParticipantsGrid
                    // Another count begins the grid anew; anything else about the consultation leaves what is typed.
                    key={JSON.stringify(found.participants)}
                    study={study}
                    item={item}
                    participants={found.participants}
                  />
                </div>
              ),
            },
          ]}
        />
      </div>
    </>
  );
}
