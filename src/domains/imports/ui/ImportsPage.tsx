import { useInfiniteQuery } from "@tanstack/react-query";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { useAddress } from "../../../platform/ui/address.ts";
import { buttonClass } from "../../../platform/ui/Button.tsx";
import { Checkbox } from "../../../platform/ui/Checkbox.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ListCard } from "../../../platform/ui/ListCard.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { changeSearch } from "../../../platform/ui/records/list-search.ts";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { type Column, Table } from "../../../platform/ui/Table.tsx";
import type { ImportOutput } from "../contract.ts";
import { imports } from "./client.ts";
import { filesText, statusTones } from "./status.ts";
import { CountryChoice, useCountry } from "./use-country.tsx";

const pageSize = 50;

function useColumns(): Column<ImportOutput>[] {
  const text = useText();
  const { t, format } = text;
  return [
    {
      id: "files",
      label: t("imports.files"),
      cell: (entry) => <AppLink to={`/imports/${entry.id}`}>{filesText(text, entry)}</AppLink>,
    },
    {
      id: "status",
      label: t("imports.status"),
      cell: ({ status, dryRun, counts }) => (
        <span className={surfaces.row}>
          <StatusTag {...statusTones[status]}>{t(`imports.status.${status}`)}</StatusTag>
          {status === "running" && (
            <span className={`${surfaces.small} numeric`}>{t("imports.run.rate", { rows: counts.read })}</span>
          )}
          {dryRun && <StatusTag tone="neutral">{t("imports.dry-run")}</StatusTag>}
        </span>
      ),
    },
    { id: "profile", label: t("imports.profile"), cell: ({ profile }) => text.name(profile.names) || profile.id },
    { id: "read", label: t("imports.count.read"), numeric: true, cell: ({ counts }) => format.number(counts.read) },
    {
      id: "stored",
      label: t("imports.count.stored"),
      numeric: true,
      cell: ({ counts }) => format.number(counts.stored),
    },
    {
      id: "unchanged",
      label: t("imports.count.unchanged"),
      numeric: true,
      cell: ({ counts }) => format.number(counts.unchanged),
    },
    {
      id: "refused",
      label: t("imports.count.refused"),
      numeric: true,
      cell: ({ counts }) => format.number(counts.refused),
    },
    {
      id: "findings",
      label: t("imports.findings"),
      cell: ({ counts }) =>
        t("imports.page.findings.count", { error: counts.findings.error, warning: counts.findings.warning }),
    },
    {
      id: "started",
      label: t("imports.started"),
      cell: ({ startedAt }) => <time dateTime={startedAt}>{format.dateTime(startedAt)}</time>,
    },
    {
      id: "by",
      label: t("imports.by"),
      empty: ({ startedBy }) => startedBy === null,
      cell: ({ startedBy }) => startedBy,
    },
  ];
}

/** The history of imports of a country. */
export function ImportsPage() {
  const { t } = useText();
  const [search, setSearch] = useAddress();
  const country = useCountry();
  const dryRuns = search.checks === "true";
  const columns = useColumns();
  const list = useInfiniteQuery({
    queryKey: ["imports", country, dryRuns],
    enabled: country !== undefined,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      imports.list(
        {
          query: { country: country as string, limit: pageSize, before: pageParam, dryRuns: String(dryRuns) } as never,
        },
        { signal },
      ),
    getNextPageParam: ({ items }) => (items.length === pageSize ? items.at(-1)?.startedAt : undefined),
    refetchInterval: ({ state }) =>
      state.data?.pages[0]?.items.some(({ status }) => status === "running") ? 2000 : false,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const mayRun = list.data?.pages[0]?.allowed.includes("run") ?? false;
  const start = mayRun && (
    <AppLink to="/imports/new" className={buttonClass("primary")}>
      {t("imports.new")}
    </AppLink>
  );
  return (
    <>
      <PageHeader title={t("imports.title")} lead={t("imports.lead")} actions={start} />
      <div className={surfaces.stack}>
        <div className={`${surfaces.row} ${surfaces.atFoot}`}>
          <CountryChoice label={t("imports.country")} />
          <Checkbox
            label={t("imports.dry-runs")}
            checked={dryRuns}
            onChange={(checked) => setSearch(changeSearch(search, { checks: checked ? "true" : undefined }))}
          />
        </div>
        {country === undefined ? (
          <div className={surfaces.card}>
            <EmptyState icon="import" title={t("imports.country.choose")} />
          </div>
        ) : (
          <ListCard
            list={list}
            count={items.length}
            empty={
              <EmptyState icon="import" title={t("imports.none")} actions={start}>
                {t("imports.none.hint")}
              </EmptyState>
            }
          >
            <Table caption={t("imports.title")} columns={columns} rows={items} rowId={({ id }) => id} />
          </ListCard>
        )}
      </div>
    </>
  );
}
