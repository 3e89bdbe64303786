import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { type Search, useAddress } from "../../../platform/ui/address.ts";
import { Button, buttonClass } from "../../../platform/ui/Button.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { Pagination } from "../../../platform/ui/Pagination.tsx";
import { changeSearch } from "../../../platform/ui/records/list-search.ts";
import { RecordPicker } from "../../../platform/ui/records/RecordPicker.tsx";
import { Select } from "../../../platform/ui/Select.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { type Column, Table } from "../../../platform/ui/Table.tsx";
import { Tabs } from "../../../platform/ui/Tabs.tsx";
import { TextField } from "../../../platform/ui/TextField.tsx";
import type { ReportSummary } from "../contract.ts";
import { reportTypes } from "../model.ts";
import { nameOf, type References, reportPath, reports } from "./client.ts";
import { OpeningCard } from "./OpeningCard.tsx";
import { pickers } from "./pickers.ts";
import { countOf, isView, statesOf, type View, views, waitingSince } from "./queue.ts";
import { stateTones } from "./tones.ts";
import { useCountry } from "./use-country.ts";
import { useReporter } from "./use-reporter.ts";

const pageSize = 50;

function useColumns(references: References, now: Date): Column<ReportSummary>[] {
  const text = useText();
  const { t, format } = text;
  return [
    {
      id: "code",
      label: t("land-reports.code"),
      cell: (report) => <AppLink to={reportPath(report)}>{report.code}</AppLink>,
    },
    { id: "type", label: t("land-reports.type"), cell: ({ type }) => text.code("report-type", type) },
    {
      id: "state",
      label: t("land-reports.state"),
      cell: ({ state, sample }) => (
        <span className={surfaces.row}>
          <StatusTag {...stateTones[state]}>{text.code("report-state", state)}</StatusTag>
          {sample && <StatusTag tone="neutral">{t("ui.sample")}</StatusTag>}
        </span>
      ),
    },
    {
      id: "waiting",
      label: t("land-reports.waiting"),
      empty: (report) => waitingSince(report) === null,
      cell: (report) => {
        const since = waitingSince(report);
        return since && <time dateTime={since}>{format.relative(since, now)}</time>;
      },
    },
    {
      id: "area",
      label: t("field.area"),
      empty: ({ area }) => nameOf(text, references, area) === "",
      cell: ({ area }) => nameOf(text, references, area),
    },
    {
      id: "organisation",
      label: t("field.organisation"),
      empty: ({ organisation }) => nameOf(text, references, organisation) === "",
      cell: ({ organisation }) => nameOf(text, references, organisation),
    },
    {
      id: "effectiveOn",
      label: t("land-reports.field.effectiveOn"),
      empty: ({ effectiveOn }) => effectiveOn === null,
      cell: ({ effectiveOn }) => effectiveOn && <time dateTime={effectiveOn}>{format.date(effectiveOn)}</time>,
    },
  ];
}

function Filters(props: { search: Search; country: string | undefined; onChange: (changes: Search) => void }) {
  const text = useText();
  const { t } = text;
  const { search, country, onChange } = props;
  const [words, setWords] = useState(search.q ?? "");
  useEffect(() => setWords(search.q ?? ""), [search.q]);
  return (
    <search className={surfaces.gridTwo}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onChange({ q: words.trim() || undefined });
        }}
      >
        <TextField
          label={t("land-reports.search")}
          type="search"
          value={words}
          onChange={(value) => {
            setWords(value);
            if (value === "" && search.q) onChange({ q: undefined });
          }}
        />
      </form>
      <Select
        label={t("land-reports.type")}
        empty={t("land-reports.any")}
        value={search.type ?? ""}
        onChange={(type) => onChange({ type: type || undefined })}
        options={reportTypes.map((value) => ({ value, label: text.code("report-type", value) }))}
      />
      {(["organisation", "area"] as const).map((name) => (
        <RecordPicker
          key={name}
          label={t(`field.${name}`)}
          field={pickers[name]}
          country={country}
          value={search[name] ?? ""}
          onChange={(value) => onChange({ [name]: value || undefined })}
        />
      ))}
    </search>
  );
}

/** Field reports by state, what waits for the reader first. */
export function ReportsPage() {
  const { t } = useText();
  const [search, setSearch] = useAddress();
  const country = useCountry();
  const reporter = useReporter(country);
  const [now] = useState(() => new Date());
  const judges = statesOf("todo", reporter.may).length > 0;
  const view: View = isView(search.view) ? search.view : judges ? "todo" : "approved";
  const page = Math.max(1, Number.parseInt(search.page ?? "1", 10) || 1);
  const { type, organisation, area, q } = search;
  const states = statesOf(view, reporter.may);
  const query = {
    ...(country ? { country } : {}),
    ...(states.length > 0 ? { state: states.join(",") } : {}),
    ...(type ? { type } : {}),
    ...(organisation ? { organisation } : {}),
    ...(area ? { area } : {}),
    ...(q ? { q } : {}),
    limit: pageSize,
    offset: (page - 1) * pageSize,
  };
  const list = useQuery({
    queryKey: ["land-reports", query],
    enabled: reporter.known,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => reports.list({ query: query as never }, { signal }),
  });
  const columns = useColumns(list.data?.references ?? {}, now);
  const change = (changes: Search) => setSearch(changeSearch(search, changes));
  const counts = list.data?.states ?? {};
  const shown = views.filter(
    (each) => (each !== "todo" || judges) && (each !== "withdrawn" || (counts.withdrawn ?? 0) > 0 || view === each),
  );
  const filtered = [type, organisation, area, q].some((value) => value !== undefined);
  const begin = list.data?.allowed.includes("land.report-enter") && (
    <AppLink to="/land/reports/new" search={area ? { area } : {}} className={buttonClass("primary")}>
      {t("land-reports.new")}
    </AppLink>
  );
  const items = list.data?.items ?? [];
  const total = list.data?.total ?? 0;
  const content = (
    <div className={surfaces.card} aria-busy={list.isFetching}>
      {list.isPending && (
        <div className={surfaces.pad}>
          <Skeleton lines={6} />
        </div>
      )}
      {list.isError && (
        <div className={surfaces.pad}>
          <ErrorState problem={list.error} onRetry={() => void list.refetch()} />
        </div>
      )}
      {list.data && items.length === 0 && (
        <EmptyState
          icon="check"
          title={t(filtered ? "land-reports.none-match" : `land-reports.none.${view}`)}
          actions={
            filtered ? (
              <Button
                onClick={() => change({ type: undefined, organisation: undefined, area: undefined, q: undefined })}
              >
                {t("ui.filters.clear")}
              </Button>
            ) : (
              begin
            )
          }
        >
          {t(filtered ? "ui.list.none-match.hint" : "land-reports.none.hint")}
        </EmptyState>
      )}
      {items.length > 0 && (
        <>
          <Table caption={t("land-reports.title")} columns={columns} rows={items} rowId={({ id }) => id} />
          {total > pageSize && (
            <Pagination
              from={(page - 1) * pageSize + 1}
              to={(page - 1) * pageSize + items.length}
              total={total}
              onPrevious={page > 1 ? () => setSearch({ ...search, page: String(page - 1) }) : undefined}
              onNext={page * pageSize < total ? () => setSearch({ ...search, page: String(page + 1) }) : undefined}
            />
          )}
        </>
      )}
    </div>
  );
  return (
    <>
      <PageHeader title={t("land-reports.title")} lead={t("land-reports.lead")} actions={begin} />
      <div className={surfaces.stack}>
        {country && reporter.may("land.report-approve") && <OpeningCard country={country} />}
        <Filters search={search} country={country} onChange={change} />
        <Tabs
          label={t("land-reports.views")}
          value={view}
          onChange={(next) => change({ view: next })}
          tabs={shown.map((id) => ({
            id,
            label: t("land-reports.view.count", {
              view: t(`land-reports.view.${id}`),
              count: countOf(id, counts, reporter.may),
            }),
            content: <div className={surfaces.stack}>{content}</div>,
          }))}
        />
      </div>
    </>
  );
}
