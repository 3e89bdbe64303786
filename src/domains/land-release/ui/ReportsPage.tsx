import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { type Search, useAddress } from "../../../platform/ui/address.ts";
import { Button, buttonClass } from "../../../platform/ui/Button.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { Icon } from "../../../platform/ui/Icon.tsx";
import { ListCard } from "../../../platform/ui/ListCard.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { Pagination } from "../../../platform/ui/Pagination.tsx";
import { changeSearch } from "../../../platform/ui/records/list-search.ts";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { Table } from "../../../platform/ui/Table.tsx";
import { Tabs } from "../../../platform/ui/Tabs.tsx";
import { reports } from "./client.ts";
import { OpeningCard } from "./OpeningCard.tsx";
import { filterNames, QueueFilters } from "./QueueFilters.tsx";
import { queueOf, queuesFor, sortOf, waits } from "./queue.ts";
import { queueColumns } from "./queue-columns.tsx";
import styles from "./reports.module.css";
import { ScreeningTab } from "./ScreeningTab.tsx";
import { useCountry } from "./use-country.ts";
import { useReporter } from "./use-reporter.ts";

const pageSize = 50;

/** Field reports: what waits for the reader first, then the reader's own, then all. */
export function ReportsPage() {
  const text = useText();
  const { t } = text;
  const [search, setSearch] = useAddress();
  const country = useCountry();
  const reporter = useReporter(country);
  const [now] = useState(() => new Date());
  const reader = {
    judges: reporter.may("land.report-verify") || reporter.may("land.report-approve"),
    enters: reporter.may("land.report-enter"),
  };
  const screens = search.view === "screening" && country !== undefined && reporter.may("land.report-verify");
  const queue = queueOf(search.view, reader);
  const page = Math.max(1, Number.parseInt(search.page ?? "1", 10) || 1);
  const sort = sortOf(search.sort);
  const waitingDays = waits.find((days) => String(days) === search.waiting);
  const query = {
    ...(country ? { country } : {}),
    ...Object.fromEntries(
      (["state", "type", "organisation", "unit", "area", "task", "q"] as const).flatMap((name) =>
        search[name] ? [[name, search[name]]] : [],
      ),
    ),
    ...(waitingDays ? { waitingDays } : {}),
    ...(sort ? { sort } : {}),
    queue,
    limit: pageSize,
    offset: (page - 1) * pageSize,
  };
  const list = useQuery({
    queryKey: ["land-reports", query],
    enabled: reporter.known && !screens,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => reports.list({ query: query as never }, { signal }),
  });
  const change = (changes: Search) => setSearch(changeSearch(search, changes));
  const filtered = filterNames.some((name) => search[name] !== undefined);
  const begin = list.data?.allowed.includes("land.report-enter") && (
    <AppLink
      to="/land/reports/new"
      search={search.area ? { area: search.area } : {}}
      className={buttonClass("primary")}
    >
      <Icon name="add" />
      <span>{t("land-reports.new")}</span>
    </AppLink>
  );
  const items = list.data?.items ?? [];
  const total = list.data?.total ?? 0;
  const content = (
    <ListCard
      list={list}
      count={items.length}
      empty={
        <EmptyState
          icon="check"
          title={t(filtered ? "land-reports.none-match" : `land-reports.none.${queue}`)}
          actions={
            filtered ? (
              <Button onClick={() => change(Object.fromEntries(filterNames.map((name) => [name, undefined])))}>
                {t("ui.filters.clear")}
              </Button>
            ) : (
              queue !== "todo" && begin
            )
          }
        >
          {t(filtered ? "ui.list.none-match.hint" : `land-reports.none.${queue}.hint`)}
        </EmptyState>
      }
    >
      <Table
        caption={t("land-reports.title")}
        columns={queueColumns(text, list.data?.references ?? {}, now)}
        rows={items}
        rowId={({ id }) => id}
        sort={sort ?? (queue === "todo" ? "waiting" : undefined)}
        onSort={(next) => change({ sort: next })}
      />
      {total > pageSize && (
        <Pagination
          from={(page - 1) * pageSize + 1}
          to={(page - 1) * pageSize + items.length}
          total={total}
          onPrevious={page > 1 ? () => setSearch({ ...search, page: String(page - 1) }) : undefined}
          onNext={page * pageSize < total ? () => setSearch({ ...search, page: String(page + 1) }) : undefined}
        />
      )}
    </ListCard>
  );
  return (
    <>
      <PageHeader title={t("land-reports.title")} lead={t("land-reports.lead")} actions={begin} />
      <div className={surfaces.stack}>
        {country && reporter.may("land.report-approve") && <OpeningCard country={country} />}
        <Tabs
          label={t("land-reports.views")}
          value={screens ? "screening" : queue}
          onChange={(view) => change({ view, state: undefined, sort: undefined, rule: undefined })}
          tabs={[
            ...queuesFor(reader).map((id) => ({
              id,
              label: t(`land-reports.view.${id}`),
              ...(list.data ? { count: list.data.queues[id] } : {}),
              content: (
                <div className={styles.tabContent}>
                  <QueueFilters search={search} country={country} states={list.data?.states ?? {}} onChange={change} />
                  {content}
                </div>
              ),
            })),
            ...(country !== undefined && reporter.may("land.report-verify")
              ? [
                  {
                    id: "screening",
                    label: t("land-reports.view.screening"),
                    content: <ScreeningTab country={country} search={search} onChange={change} />,
                  },
                ]
              : []),
          ]}
        />
      </div>
    </>
  );
}
