import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useOwnSession } from "../../../platform/access/ui/client.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { usePathParts } from "../../../platform/ui/address.ts";
import { BarChart } from "../../../platform/ui/BarChart.tsx";
import { Button, buttonClass } from "../../../platform/ui/Button.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { Icon } from "../../../platform/ui/Icon.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { recordPath } from "../../../platform/ui/records/section.ts";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { Table } from "../../../platform/ui/Table.tsx";
import { progress } from "../contract.ts";
import type { TaskStatus } from "../model.ts";
import { progressBars } from "./chart-bars.ts";
import { nameOf, tasking } from "./client.ts";
import { FurtherAreasDialog } from "./FurtherAreasDialog.tsx";
import { progressEntries, tasks } from "./index.ts";
import { MoveTask } from "./MoveTask.tsx";
import styles from "./tasking.module.css";
import { taskTones } from "./tones.ts";

type Sheet = Awaited<ReturnType<typeof tasking.sheet>>;

/** Days that the table shows; the list shows the rest. */
const shownDays = 30;

function Totals({ sheet }: { sheet: Sheet }) {
  const text = useText();
  const { t, format } = text;
  const { totals, card } = sheet;
  const planned = card.record.plannedSquareMetres;
  const share = typeof planned === "number" && planned > 0 ? totals.squareMetres / planned : null;
  const perDay = totals.deminerDays ? totals.squareMetres / totals.deminerDays : null;
  const figures: [string, string][] = [
    ["tasking.total.processed", text.area(totals.squareMetres)],
    ...(share === null ? [] : [["tasking.total.share", format.percent(share)] as [string, string]]),
    ["tasking.total.items", format.number(totals.items)],
    ["tasking.total.team-days", format.number(totals.teamDays)],
    ...(totals.deminerDays === null
      ? []
      : [["tasking.total.deminer-days", format.number(totals.deminerDays)] as [string, string]]),
    ...(perDay === null ? [] : [["tasking.total.rate", text.area(Math.round(perDay))] as [string, string]]),
    ["tasking.total.downtime", format.number(totals.downtimeHours)],
  ];
  return (
    <dl className={styles.figures}>
      {figures.map(([key, value]) => (
        <div key={key}>
          <dt>{t(key)}</dt>
          <dd className="numeric">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Days({ sheet }: { sheet: Sheet }) {
  const text = useText();
  const { t, format } = text;
  const recent = [...sheet.days].reverse().slice(0, shownDays);
  const label = (name: string) => text.field(progress.name, name);
  const { country, id } = sheet.card.record as { country: string; id: string };
  return (
    <>
      <Table
        caption={t("tasking.days")}
        rows={recent}
        rowId={(day) => day.id}
        columns={[
          {
            id: "day",
            label: label("day"),
            cell: (day) => (
              <AppLink to={recordPath(progressEntries, { country, id: day.id })}>{format.date(day.day)}</AppLink>
            ),
          },
          { id: "team", label: label("team"), cell: (day) => nameOf(text, sheet.references, day.team) },
          { id: "method", label: label("method"), cell: (day) => text.code("work-method", day.method) },
          {
            id: "area",
            label: label("processedSquareMetres"),
            numeric: true,
            cell: (day) => format.number(day.squareMetres),
          },
          { id: "items", label: t("tasking.total.items"), numeric: true, cell: (day) => format.number(day.items) },
          {
            id: "deminers",
            label: label("deminers"),
            numeric: true,
            cell: (day) => (day.deminers === null ? "" : format.number(day.deminers)),
            empty: (day) => day.deminers === null,
          },
          {
            id: "downtime",
            label: label("downtimeReason"),
            cell: (day) => (day.downtimeReason === null ? "" : text.code("downtime-reason", day.downtimeReason)),
            empty: (day) => day.downtimeReason === null,
          },
        ]}
      />
      {sheet.days.length > recent.length && (
        <div className={surfaces.pad}>
          <AppLink to={progressEntries.path} search={{ "filter.task": id }}>
            {t("tasking.days.all", { count: sheet.days.length })}
          </AppLink>
        </div>
      )}
    </>
  );
}

/** One task at work: how far it is, day by day, where, and the steps that it may take. */
export function TaskSheetPage() {
  const text = useText();
  const { t, format } = text;
  const { country = "", id = "" } = usePathParts();
  const [editing, setEditing] = useState(false);
  const session = useOwnSession();
  const may = (right: string) => session.data?.rights.includes(right) ?? false;
  const answer = useQuery({
    queryKey: ["tasking", "sheet", country, id],
    queryFn: ({ signal }) => tasking.sheet({ params: { country, id } }, { signal }),
  });
  const crumbs = [{ label: t("tasking.board.title"), to: "/tasking/board" }];
  if (!answer.data)
    return (
      <>
        <PageHeader title={t("record.tasking.task")} crumbs={crumbs} />
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
  const record = sheet.card.record as Record<string, unknown> & { id: string; country: string; revision: number };
  const code = String(record.code);
  const title = typeof record.title === "string" ? t("tasking.sheet.title", { code, title: record.title }) : code;
  const status = record.status as TaskStatus;
  const organisation = nameOf(text, sheet.references, record.organisation);
  const { by, bars } = progressBars(sheet.days, progressEntries.path, { "filter.task": id }, (day) => format.date(day));
  const chart = t(`tasking.chart.${by}`);
  const areas = [record.area, ...sheet.furtherAreas].filter((area): area is string => typeof area === "string");
  return (
    <>
      <PageHeader
        title={title}
        crumbs={[...crumbs, { label: code }]}
        lead={
          <span className={surfaces.row}>
            <span>{text.code("task-kind", String(record.kind))}</span>
            {organisation && <span>{organisation}</span>}
            <StatusTag {...taskTones[status]}>{text.code("task-status", status)}</StatusTag>
            {sheet.card.overdue && typeof record.deadline === "string" && (
              <StatusTag tone="bad">{t("tasking.overdue-since", { date: format.date(record.deadline) })}</StatusTag>
            )}
          </span>
        }
        actions={
          <>
            <MoveTask card={{ ...sheet.card, record }} />
            {sheet.allowed.includes("report") && (
              <AppLink
                to="/tasking/progress/new"
                search={{
                  country,
                  "value.task": id,
                  ...(typeof record.team === "string" ? { "value.team": record.team } : {}),
                  ...(typeof record.method === "string" ? { "value.method": record.method } : {}),
                }}
                className={buttonClass("primary")}
              >
                <Icon name="add" />
                <span>{t("tasking.new-progress")}</span>
              </AppLink>
            )}
          </>
        }
      />
      <div className={surfaces.split}>
        <div className={surfaces.stack}>
          <section className={surfaces.card} aria-labelledby="progress">
            <div className={surfaces.panelHead}>
              <h2 id="progress">{t("tasking.sheet.progress")}</h2>
            </div>
            <div className={`${surfaces.pad} ${surfaces.stack}`}>
              <Totals sheet={sheet} />
              <p className={`${surfaces.muted} ${surfaces.small}`}>{t("tasking.processed.note")}</p>
              {bars.length === 0 ? (
                <p className={surfaces.muted}>{t("tasking.sheet.no-progress")}</p>
              ) : (
                <BarChart
                  upright
                  title={chart}
                  bars={bars}
                  countLabel={text.field(progress.name, "processedSquareMetres")}
                />
              )}
            </div>
          </section>
        </div>
        <div className={surfaces.stack}>
          <section className={surfaces.card} aria-labelledby="areas">
            <div className={surfaces.panelHead}>
              <h2 id="areas">{t("tasking.sheet.areas")}</h2>
              {sheet.allowed.includes("manage") && (
                <Button small icon="edit" onClick={() => setEditing(true)}>
                  {t("tasking.areas.change")}
                </Button>
              )}
            </div>
            <div className={surfaces.pad}>
              {areas.length === 0 ? (
                <p className={surfaces.muted}>{t("tasking.sheet.no-areas")}</p>
              ) : (
                <ul>
                  {areas.map((area) => (
                    <li key={area}>
                      <AppLink to={`/land/areas/${country}/${area}`}>
                        {nameOf(text, sheet.references, area) || t("ui.reference.unknown")}
                      </AppLink>
                    </li>
                  ))}
                </ul>
              )}
            </div>
          </section>
          <section className={surfaces.card} aria-labelledby="more">
            <div className={surfaces.panelHead}>
              <h2 id="more">{t("tasking.sheet.more")}</h2>
            </div>
            <ul className={surfaces.pad}>
              <li>
                <AppLink to={recordPath(tasks, record)}>{t("tasking.sheet.record")}</AppLink>
              </li>
              <li>
                <AppLink to="/quality/visits" search={{ "filter.task": id }}>
                  {t("tasking.sheet.visits")}
                </AppLink>
              </li>
              <li>
                <AppLink to="/quality/nonconformities" search={{ task: id }}>
                  {t("tasking.sheet.nonconformities")}
                </AppLink>
              </li>
              <li>
                <AppLink to="/land/reports" search={{ country, view: "all", task: id }}>
                  {t("tasking.sheet.reports")}
                </AppLink>
              </li>
            </ul>
            <div className={`${surfaces.pad} ${surfaces.row}`}>
              {may("quality.inspect") && (
                <AppLink
                  to="/quality/visits/new"
                  search={{
                    country,
                    "value.task": id,
                    ...(typeof record.organisation === "string" ? { "value.organisation": record.organisation } : {}),
                    ...(typeof record.area === "string" ? { "value.area": record.area } : {}),
                  }}
                  className={buttonClass("plain", true)}
                >
                  {t("tasking.sheet.new-visit")}
                </AppLink>
              )}
              {may("land.report-enter") && (
                <AppLink
                  to="/land/reports/new"
                  search={{
                    country,
                    task: id,
                    ...(typeof record.organisation === "string" ? { organisation: record.organisation } : {}),
                    ...(typeof record.area === "string" ? { area: record.area } : {}),
                  }}
                  className={buttonClass("plain", true)}
                >
                  {t("tasking.sheet.new-report")}
                </AppLink>
              )}
            </div>
          </section>
        </div>
      </div>
      {sheet.days.length > 0 && (
        <section className={`${surfaces.card} ${styles.days}`} aria-labelledby="days">
          <div className={surfaces.panelHead}>
            <h2 id="days">{t("tasking.days")}</h2>
          </div>
          <Days sheet={sheet} />
        </section>
      )}
      {editing && (
        <FurtherAreasDialog
          task={{ country, id, code }}
          areas={sheet.furtherAreas}
          name={(area) => nameOf(text, sheet.references, area)}
          onClose={() => setEditing(false)}
        />
      )}
    </>
  );
}
