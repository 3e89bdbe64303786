import { useQuery } from "@tanstack/react-query";
import { createClient } from "../../../../platform/contract/client.ts";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../../platform/ui/AppLink.tsx";
import { clientOf, type RecordItem, recordPath, recordTitle } from "../../../../platform/ui/records/section.ts";
import { StatusTag } from "../../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../../platform/ui/surfaces.module.css";
import { Table } from "../../../../platform/ui/Table.tsx";
import { finds } from "../../../ordnance/ui/index.ts";
import { routes as qualityRoutes } from "../../../quality/contract.ts";
import { sheetPath as visitPath, visits } from "../../../quality/ui/index.ts";
import { sheetPath as taskPath, tasks } from "../../../tasking/ui/index.ts";
import { nameOf } from "../client.ts";
import { Answer } from "./Panel.tsx";
import { type AreaKey, useAreaReports } from "./use-area.ts";

const quality = createClient({ acceptance: qualityRoutes.acceptance });

/** Finds that are added up and listed here at most. */
const mostFinds = 200;
const shownFinds = 10;

const plain = (value: unknown): string => (typeof value === "string" ? value : "");
const numberOf = (value: unknown): number => (typeof value === "number" ? value : 0);

/** What was found in the area: items by category, and the newest finds. */
export function DevicesPanel({ country, id }: AreaKey) {
  const text = useText();
  const { t, format } = text;
  const list = useQuery({
    queryKey: ["area-finds", country, id],
    retry: false,
    queryFn: ({ signal }) =>
      clientOf(finds).list(
        { query: { country, "filter.area": id, sort: "-foundOn", limit: mostFinds } as never },
        { signal },
      ),
  });
  return (
    <Answer query={list} empty={t("area-panels.devices.none")} isEmpty={({ items }) => items.length === 0}>
      {(data) => {
        const items = data.items as RecordItem[];
        const sums = new Map<string, number>();
        for (const { category, quantity } of items)
          sums.set(plain(category), (sums.get(plain(category)) ?? 0) + numberOf(quantity));
        return (
          <>
            <p className={surfaces.pad}>
              {format.list(
                [...sums].map(([category, count]) =>
                  t("area-panels.devices.sum", { category: text.code("ordnance-category", category), count }),
                ),
              )}
            </p>
            <Table
              caption={t("area-panels.devices")}
              rows={items.slice(0, shownFinds)}
              rowId={(find) => find.id}
              columns={[
                {
                  id: "code",
                  label: text.field(finds.type.name, "code"),
                  cell: (find) => <AppLink to={recordPath(finds, find)}>{recordTitle(finds, find, text)}</AppLink>,
                },
                {
                  id: "on",
                  label: text.field(finds.type.name, "foundOn"),
                  empty: ({ foundOn }) => !foundOn,
                  cell: ({ foundOn }) => format.date(plain(foundOn)),
                },
                {
                  id: "what",
                  label: text.field(finds.type.name, "category"),
                  cell: ({ category, model }) =>
                    [text.code("ordnance-category", plain(category)), plain(model)].filter(Boolean).join(" · "),
                },
                {
                  id: "count",
                  label: text.field(finds.type.name, "quantity"),
                  numeric: true,
                  cell: ({ quantity }) => format.number(numberOf(quantity), 0),
                },
              ]}
            />
            {items.length > shownFinds && (
              <p className={surfaces.pad}>
                <AppLink to={finds.path} search={{ country, "filter.area": id }}>
                  {t("area-panels.devices.all")}
                </AppLink>
              </p>
            )}
          </>
        );
      }}
    </Answer>
  );
}

/** The tasks whose main area this is, and those that reports about it name. */
export function TasksPanel(area: AreaKey) {
  const text = useText();
  const { t, format } = text;
  const { country, id } = area;
  const reports = useAreaReports(area);
  const list = useQuery({
    queryKey: ["area-tasks", country, id],
    retry: false,
    queryFn: ({ signal }) =>
      clientOf(tasks).list(
        { query: { country, "filter.area": id, sort: "-issuedOn", limit: 50 } as never },
        { signal },
      ),
  });
  const main = (list.data?.items ?? []) as RecordItem[];
  const known = new Set(main.map((task) => task.id));
  const named = [...new Set((reports.data?.items ?? []).flatMap(({ task }) => task ?? []))].filter(
    (task) => !known.has(task),
  );
  return (
    <Answer
      query={list}
      empty={t("area-panels.tasks.none")}
      isEmpty={({ items }) => items.length === 0 && named.length === 0}
    >
      {() => (
        <>
          {main.length > 0 && (
            <Table
              caption={t("area-panels.tasks")}
              rows={main}
              rowId={(task) => task.id}
              columns={[
                {
                  id: "code",
                  label: text.field(tasks.type.name, "code"),
                  cell: (task) => <AppLink to={taskPath(task)}>{recordTitle(tasks, task, text)}</AppLink>,
                },
                {
                  id: "kind",
                  label: text.field(tasks.type.name, "kind"),
                  cell: ({ kind }) => text.code("task-kind", plain(kind)),
                },
                {
                  id: "status",
                  label: text.field(tasks.type.name, "status"),
                  cell: ({ status }) => (
                    <StatusTag {...(tasks.tones?.status?.[plain(status)] ?? { tone: "neutral" })}>
                      {text.code("task-status", plain(status))}
                    </StatusTag>
                  ),
                },
                {
                  id: "deadline",
                  label: text.field(tasks.type.name, "deadline"),
                  empty: ({ deadline }) => !deadline,
                  cell: ({ deadline }) => format.date(plain(deadline)),
                },
              ]}
            />
          )}
          {named.length > 0 && (
            <div className={surfaces.pad}>
              <p className={surfaces.muted}>{t("area-panels.tasks.named")}</p>
              <ul>
                {named.map((task) => (
                  <li key={task}>
                    <AppLink to={taskPath({ country, id: task })}>
                      {nameOf(text, reports.data?.references ?? {}, task) || t("ui.reference.unknown")}
                    </AppLink>
                  </li>
                ))}
              </ul>
            </div>
          )}
        </>
      )}
    </Answer>
  );
}

/** Inspection visits to the area, what they came to, and what is still to be put right. */
export function QualityPanel({ country, id }: AreaKey) {
  const text = useText();
  const { t, format } = text;
  const answer = useQuery({
    queryKey: ["area-quality", country, id],
    queryFn: ({ signal }) => quality.acceptance({ query: { country, area: id } }, { signal }),
  });
  return (
    <Answer query={answer} empty={t("area-panels.quality.none")} isEmpty={(data) => data.visits.length === 0}>
      {(data) => (
        <>
          <p className={surfaces.pad}>
            <StatusTag tone={data.accepted ? "good" : "warn"} pattern={data.accepted ? "solid" : "half"}>
              {t(data.accepted ? "area-panels.quality.accepted" : "area-panels.quality.not-accepted")}
            </StatusTag>
          </p>
          <Table
            caption={t("area-panels.quality")}
            rows={data.visits}
            rowId={({ visit }) => visit}
            columns={[
              {
                id: "code",
                label: text.field(visits.type.name, "code"),
                cell: ({ visit, code }) => <AppLink to={visitPath({ country, id: visit })}>{code}</AppLink>,
              },
              {
                id: "on",
                label: text.field(visits.type.name, "visitedOn"),
                cell: ({ visitedOn }) => format.date(visitedOn),
              },
              {
                id: "kind",
                label: text.field(visits.type.name, "kind"),
                cell: ({ kind }) => text.code("visit-kind", kind),
              },
              {
                id: "result",
                label: text.field(visits.type.name, "result"),
                cell: ({ result }) => (
                  <StatusTag {...(visits.tones?.result?.[result] ?? { tone: "neutral" })}>
                    {text.code("visit-result", result)}
                  </StatusTag>
                ),
              },
              {
                id: "open",
                label: t("area-panels.quality.open"),
                empty: (visit) => visit.openCritical + visit.openMajor + visit.openMinor === 0,
                cell: ({ openCritical, openMajor, openMinor }) =>
                  t("area-panels.quality.open.count", { critical: openCritical, major: openMajor, minor: openMinor }),
              },
            ]}
          />
        </>
      )}
    </Answer>
  );
}
