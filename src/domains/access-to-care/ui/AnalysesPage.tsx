import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { useAddress } from "../../../platform/ui/address.ts";
import { Button } from "../../../platform/ui/Button.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { useCountryName } from "../../../platform/ui/records/records-context.ts";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { type Column, Table } from "../../../platform/ui/Table.tsx";
import type { AnalysisOutput } from "../contract.ts";
import { AnalysisDialog } from "./AnalysisDialog.tsx";
import { access } from "./client.ts";
import { analysisPath, explorerPath } from "./index.ts";
import { runTones } from "./tones.ts";

/** Analyses of access to care as records, each with how it ran last. */
export function AnalysesPage() {
  const text = useText();
  const { t, format } = text;
  const [search] = useAddress();
  const countryName = useCountryName();
  const [adding, setAdding] = useState(false);
  const country = search.country;
  const list = useQuery({
    queryKey: ["access-to-care", "analyses", country],
    queryFn: ({ signal }) => access.analyses({ query: country ? { country } : {} }, { signal }),
  });
  const columns: Column<AnalysisOutput>[] = [
    {
      id: "code",
      label: t("access-to-care.report.code"),
      cell: (analysis) => <AppLink to={analysisPath(analysis)}>{analysis.code}</AppLink>,
    },
    { id: "name", label: t("access-to-care.analyses.name"), cell: ({ name }) => name },
    { id: "country", label: t("field.country"), cell: (analysis) => countryName(analysis.country) },
    {
      id: "services",
      label: t("access-to-care.report.services"),
      cell: ({ parameters }) => parameters.services.map((code) => text.code("service", code)).join(", "),
    },
    {
      id: "state",
      label: t("access-to-care.analyses.last-run"),
      empty: ({ runs }) => runs.length === 0,
      cell: ({ runs: [last] }) =>
        last && (
          <>
            <StatusTag {...runTones[last.state]}>{text.code("analysis-state", last.state)}</StatusTag>{" "}
            {format.dateTime(last.recordedAt)}
          </>
        ),
    },
  ];
  return (
    <>
      <PageHeader
        title={t("access-to-care.analyses.title")}
        crumbs={[{ label: t("access-to-care.explorer.title"), to: explorerPath }]}
        lead={t("access-to-care.analyses.lead")}
        actions={
          list.data?.allowed.includes("run") && (
            <Button tone="primary" icon="add" onClick={() => setAdding(true)}>
              {t("access-to-care.analyses.add")}
            </Button>
          )
        }
      />
      <div className={surfaces.stack}>
        {list.isPending && <Skeleton lines={6} />}
        {list.isError && <ErrorState problem={list.error} onRetry={() => void list.refetch()} />}
        {list.data?.items.length === 0 && (
          <EmptyState icon="find" title={t("access-to-care.analyses.none")}>
            {t("access-to-care.analyses.none.hint")}
          </EmptyState>
        )}
        {list.data && list.data.items.length > 0 && (
          <Table
            caption={t("access-to-care.analyses.title")}
            columns={columns}
            rows={list.data.items}
            rowId={({ id }) => id}
          />
        )}
      </div>
      {adding && <AnalysisDialog analysis={null} onClose={() => setAdding(false)} />}
    </>
  );
}
