import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { routeUrl } from "../../../platform/contract/client.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { DownloadLinks } from "../../../platform/ui/DownloadLinks.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { later } from "../../../platform/ui/later.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { Tabs } from "../../../platform/ui/Tabs.tsx";
import { routes, type TableOutput } from "../contract.ts";
import { ledger } from "./client.ts";
import { columns, entriesQuery } from "./columns.ts";
import { EntriesCard } from "./EntriesCard.tsx";
import { LedgerFilters } from "./LedgerFilters.tsx";
import { LedgerTable } from "./LedgerTable.tsx";
import { type LedgerView, useLedgerView, useRowName, views } from "./use-ledger-view.ts";

const LedgerCharts = later<{ view: LedgerView }>(() => import("./charts/LedgerCharts.tsx").then((m) => m.LedgerCharts));
const CompareView = later<{ view: LedgerView }>(() => import("./CompareView.tsx").then((m) => m.CompareView));
const StatementView = later<{ view: LedgerView; table: TableOutput }>(() =>
  import("./StatementView.tsx").then((m) => m.StatementView),
);

function ShownEntries({ view, table }: { view: LedgerView; table: TableOutput }) {
  const { search, by, query } = view;
  const rowName = useRowName(by, table.references);
  const figure = columns.find(({ name }) => name === search.figure);
  const { t } = useText();
  if (!figure || !search.key) return null;
  return (
    <EntriesCard
      query={entriesQuery(query, by, search.key, figure)}
      title={t("ledger.figure-of", { figure: t(`ledger.movement.${figure.name}`), row: rowName(search.key) })}
      unit={view.unit}
      onClose={() => view.change({ figure: undefined, key: undefined })}
    />
  );
}

/** The land ledger of a country: any period, any cut, and the entries behind each figure. The address holds it all. */
export function LedgerPage() {
  const { t } = useText();
  const view = useLedgerView();
  const { country, by, query } = view;
  const table = useQuery({
    queryKey: ["ledger", query, by],
    enabled: country !== undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => ledger.table({ query: { ...query, by } }, { signal }),
  });
  const content = () => {
    if (view.view === "compare") return <CompareView view={view} />;
    if (view.view === "charts") return <LedgerCharts view={view} />;
    if (table.isError) return <ErrorState problem={table.error} onRetry={() => void table.refetch()} />;
    if (!table.data) return <Skeleton lines={8} />;
    if (table.data.rows.length === 0)
      return (
        <EmptyState icon="file" title={t("ledger.empty")}>
          {t("ledger.empty.hint")}
        </EmptyState>
      );
    return (
      <>
        {view.view === "statement" ? (
          <StatementView view={view} table={table.data} />
        ) : (
          <LedgerTable view={view} table={table.data} busy={table.isFetching} />
        )}
        <ShownEntries view={view} table={table.data} />
      </>
    );
  };
  return (
    <>
      <PageHeader
        title={t("ledger.title")}
        lead={t("ledger.lead")}
        actions={<DownloadLinks file={(format) => routeUrl(routes.download, {}, { ...query, by, format })} />}
      />
      <div className={surfaces.stack}>
        <LedgerFilters view={view} />
        <Tabs
          label={t("ledger.views")}
          value={view.view}
          onChange={(next) => view.change({ view: next, figure: undefined, key: undefined })}
          tabs={views.map((id) => ({
            id,
            label: t(`ledger.view.${id}`),
            content: id === view.view ? content() : null,
          }))}
        />
      </div>
    </>
  );
}
