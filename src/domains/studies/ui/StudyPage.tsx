import { lazy, Suspense, useState } from "react";
import { routeUrl } from "../../../platform/contract/client.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { useAddress, usePathParts } from "../../../platform/ui/address.ts";
import { Button, buttonClass } from "../../../platform/ui/Button.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { Icon } from "../../../platform/ui/Icon.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { FieldValue } from "../../../platform/ui/records/FieldValue.tsx";
import { History } from "../../../platform/ui/records/History.tsx";
import { useCountryName } from "../../../platform/ui/records/records-context.ts";
import type { RecordItem } from "../../../platform/ui/records/section.ts";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { Tabs } from "../../../platform/ui/Tabs.tsx";
import { study as studyType } from "../contract.ts";
import { type Sheet, workRoutes } from "../contract-work.ts";
import { ConsultationsTab } from "./ConsultationsTab.tsx";
import {
  itemOf,
  nameOf,
  type OfStudy,
  type References,
  studySection,
  useRefreshStudies,
  useSheet,
  work,
} from "./client.ts";
import { EvidenceTab } from "./EvidenceTab.tsx";
import { FindingsTab } from "./FindingsTab.tsx";
import { boardPath, studiesPath } from "./index.ts";
import { LacksCard } from "./LacksCard.tsx";
import { ReasonDialog } from "./ReasonDialog.tsx";
import { RecommendationCard } from "./RecommendationCard.tsx";
import { type Opened, StudyDialog } from "./StudyDialog.tsx";
import styles from "./studies.module.css";

const CorrectDialog = lazy(() =>
  import("../../../platform/ui/records/CorrectDialog.tsx").then((m) => ({ default: m.CorrectDialog })),
);

const aboutFields = [
  "question",
  "programme",
  "lead",
  "population",
  "startedOn",
  "endedOn",
  "publishedOn",
  "method",
  "limits",
  "notes",
] as const;

function About({ record, references }: { record: RecordItem; references: References }) {
  const text = useText();
  const lead = nameOf(text, references, record.lead);
  return (
    <div className={surfaces.split}>
      <dl className={surfaces.fields}>
        {aboutFields.map((name) => (
          <div key={name}>
            <dt>{text.field(studyType.name, name)}</dt>
            <dd>
              {name === "lead" && lead !== "" ? lead : <FieldValue type={studyType} name={name} record={record} link />}
            </dd>
          </div>
        ))}
      </dl>
      <section aria-labelledby="study-history">
        <h2 id="study-history">{text.t("ui.history")}</h2>
        <History section={studySection} record={record} />
      </section>
    </div>
  );
}

function Recommendations(props: { study: OfStudy; sheet: Sheet; onOpen: (opened: Opened) => void }) {
  const { t } = useText();
  if (props.sheet.recommendations.length === 0)
    return (
      <EmptyState icon="task" title={t("studies.recommendations.none")}>
        {t("studies.recommendations.none.hint")}
      </EmptyState>
    );
  return (
    <ul className={styles.list}>
      {props.sheet.recommendations.map((of) => (
        <RecommendationCard key={itemOf(of.record).id} {...props} of={of} />
      ))}
    </ul>
  );
}

/** A study: what was asked, what it rests on, what was found and recommended, who was consulted and what became of it. */
export function StudyPage() {
  const text = useText();
  const { t, format } = text;
  const { country = "", id = "" } = usePathParts();
  const study = { country, id };
  const [search, setSearch] = useAddress();
  const countryName = useCountryName();
  const refresh = useRefreshStudies();
  const answer = useSheet(study);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [act, setAct] = useState<"correct" | "publish" | null>(null);
  const crumbs = [
    { label: t("records.studies.study"), to: studiesPath },
    { label: countryName(country), to: studiesPath, search: { country } },
  ];
  if (!answer.data)
    return (
      <>
        <PageHeader title={t("record.studies.study")} crumbs={crumbs} />
        <div className={`${surfaces.card} ${surfaces.pad}`}>
          {answer.isError ? (
            <ErrorState problem={answer.error} onRetry={() => void answer.refetch()} />
          ) : (
            <Skeleton lines={10} />
          )}
        </div>
      </>
    );
  const sheet = answer.data;
  const record = sheet.record as unknown as RecordItem;
  const writes = sheet.allowed.includes("write");
  const publishedOn = typeof record.publishedOn === "string" ? record.publishedOn : null;
  const title = text.name(record.names) || String(record.code);
  const common = { study, sheet, onOpen: setOpened };
  const tabs = [
    { id: "recommendation", count: sheet.recommendations.length, content: <Recommendations {...common} /> },
    { id: "finding", count: sheet.findings.length, content: <FindingsTab {...common} /> },
    { id: "evidence", count: sheet.evidence.length, content: <EvidenceTab {...common} /> },
    { id: "consultation", count: sheet.consultations.length, content: <ConsultationsTab {...common} /> },
  ] as const;
  const tab = tabs.find((each) => each.id === search.tab)?.id ?? (search.tab === "about" ? "about" : tabs[0].id);
  return (
    <>
      <PageHeader
        title={title}
        crumbs={[...crumbs, { label: String(record.code) }]}
        lead={
          <span className={surfaces.row}>
            {publishedOn ? (
              <StatusTag tone="good" pattern="solid">
                {t("studies.published-on", { date: format.date(publishedOn) })}
              </StatusTag>
            ) : (
              <StatusTag tone="neutral" pattern="hollow">
                {t("studies.unpublished")}
              </StatusTag>
            )}
            {record.sample === true && <StatusTag tone="neutral">{t("ui.sample")}</StatusTag>}
            {typeof record.question === "string" && <span>{record.question}</span>}
          </span>
        }
        actions={
          <>
            <AppLink to={boardPath} search={{ study: id }} className={buttonClass()}>
              <Icon name="columns" />
              <span>{t("studies.board.title")}</span>
            </AppLink>
            <a className={buttonClass()} href={routeUrl(workRoutes.summary, study, { language: text.language })}>
              <Icon name="file" />
              <span>{t("studies.summary")}</span>
            </a>
            {writes && (
              <Button icon="edit" onClick={() => setAct("correct")}>
                {t("ui.correct")}
              </Button>
            )}
            {sheet.allowed.includes("publish") && (
              <Button tone={publishedOn ? "plain" : "primary"} onClick={() => setAct("publish")}>
                {t(publishedOn ? "studies.unpublish" : "studies.publish")}
              </Button>
            )}
          </>
        }
      />
      <div className={surfaces.stack}>
        {sheet.lacks.length > 0 && <LacksCard study={study} lacks={sheet.lacks} />}
        <div className={`${surfaces.card} ${surfaces.pad}`}>
          <Tabs
            label={t("studies.parts")}
            value={tab}
            onChange={(next) => setSearch({ ...search, tab: next }, { replace: true })}
            tabs={[
              ...tabs.map((each) => ({
                ...each,
                label: t(`records.studies.${each.id}`),
                content: (
                  <>
                    {writes && (
                      <div className={surfaces.row} style={{ paddingBlockStart: "var(--space-4)" }}>
                        <Button icon="add" onClick={() => setOpened({ kind: each.id, item: null })}>
                          {t(`studies.add.${each.id}`)}
                        </Button>
                      </div>
                    )}
                    {each.content}
                  </>
                ),
              })),
              {
                id: "about",
                label: t("studies.about"),
                content: (
                  <div style={{ paddingBlockStart: "var(--space-4)" }}>
                    <About record={record} references={sheet.references} />
                  </div>
                ),
              },
            ]}
          />
        </div>
      </div>
      {opened && <StudyDialog study={study} sheet={sheet} opened={opened} onClose={() => setOpened(null)} />}
      {act === "correct" && (
        <Suspense fallback={null}>
          <CorrectDialog
            section={studySection}
            record={record}
            onClose={() => {
              setAct(null);
              void refresh();
            }}
          />
        </Suspense>
      )}
      {act === "publish" && (
        <ReasonDialog
          title={t(publishedOn ? "studies.unpublish" : "studies.publish")}
          confirm={t(publishedOn ? "studies.unpublish" : "studies.publish")}
          done={t(publishedOn ? "studies.happened.unpublished" : "studies.happened.published")}
          onClose={() => setAct(null)}
          send={(reason) =>
            work.publish({ params: study, body: { revision: record.revision, published: !publishedOn, reason } })
          }
        >
          <p>{t(publishedOn ? "studies.unpublish.lead" : "studies.publish.lead")}</p>
        </ReasonDialog>
      )}
    </>
  );
}
