import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { usePathParts } from "../../../platform/ui/address.ts";
import { Button } from "../../../platform/ui/Button.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ErrorState, ProblemNotice } from "../../../platform/ui/ErrorState.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { type Column, Table } from "../../../platform/ui/Table.tsx";
import type { AnalysisOutput } from "../contract.ts";
import { AnalysisDialog } from "./AnalysisDialog.tsx";
import styles from "./access.module.css";
import { access } from "./client.ts";
import { analysesPath, explorerPath } from "./index.ts";
import { RunProgress } from "./RunProgress.tsx";
import { RunResults } from "./RunResults.tsx";
import { runTones } from "./tones.ts";

type Run = AnalysisOutput["runs"][number];

const goesOn = ({ state }: Run) => state === "waiting" || state === "running";

/** One analysis: what is asked, its runs, and the results of the one that is chosen. */
export function AnalysisPage() {
  const text = useText();
  const { t, format } = text;
  const { country = "", id = "" } = usePathParts();
  const queries = useQueryClient();
  const [changing, setChanging] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const found = useQuery({
    queryKey: ["access-to-care", "analysis", country, id],
    queryFn: ({ signal }) => access.analysis({ params: { country, id } }, { signal }),
    refetchInterval: (query) => (query.state.data?.runs.some(goesOn) ? 1500 : false),
  });
  const start = useMutation({
    mutationFn: (repeat: string | undefined) =>
      access.run({ params: { country, id }, body: repeat === undefined ? {} : { repeat } }),
    onSuccess: async (run) => {
      setChosen(run.id);
      await queries.invalidateQueries({ queryKey: ["access-to-care", "analysis", country, id] });
    },
  });
  if (found.isPending) return <Skeleton lines={10} />;
  if (found.isError) return <ErrorState problem={found.error} onRetry={() => void found.refetch()} />;
  const analysis = found.data;
  const { parameters, runs } = analysis;
  const mayRun = analysis.allowed.includes("run");
  const shown = runs.find((run) => run.id === chosen) ?? runs[0];
  const facts: [label: string, value: string][] = [
    [t("access-to-care.report.ground"), analysis.terrainName],
    [t("access-to-care.report.services"), parameters.services.map((code) => text.code("service", code)).join(", ")],
    [t("access-to-care.report.threshold"), t("access-to-care.report.minutes", { minutes: parameters.threshold })],
    [t("access-to-care.report.mode"), text.code("travel-mode", parameters.mode)],
    [t("access-to-care.report.season"), text.code("season", parameters.season)],
    [t("access-to-care.analyses.demand"), text.code("access-demand", parameters.demand)],
    [t("access-to-care.analyses.method"), text.code("score-method", parameters.method)],
    [
      t("access-to-care.analyses.contamination"),
      t(parameters.hazards ? "access-to-care.explorer.hazards-closed" : "access-to-care.analyses.hazards-open"),
    ],
  ];
  const columns: Column<Run>[] = [
    { id: "at", label: t("access-to-care.analyses.run-at"), cell: ({ recordedAt }) => format.dateTime(recordedAt) },
    {
      id: "state",
      label: t("access-to-care.analyses.state"),
      cell: ({ state }) => <StatusTag {...runTones[state]}>{text.code("analysis-state", state)}</StatusTag>,
    },
    { id: "by", label: t("access-to-care.report.run-by"), empty: (r) => !r.recordedBy, cell: (r) => r.recordedBy },
    {
      id: "hash",
      label: t("access-to-care.report.hash"),
      empty: ({ resultsSha256 }) => resultsSha256 === null,
      cell: ({ resultsSha256 }) => <span className={styles.hash}>{resultsSha256?.slice(0, 12)}</span>,
    },
    {
      id: "do",
      label: t("access-to-care.analyses.actions"),
      cell: (run) => (
        <span className={surfaces.row}>
          <Button
            small
            aria-pressed={run.id === shown?.id}
            aria-label={t("access-to-care.analyses.show-run", {
              at: format.dateTime(run.recordedAt),
              id: run.id.slice(-4),
            })}
            onClick={() => setChosen(run.id)}
          >
            {t("access-to-care.analyses.show")}
          </Button>
          {mayRun && run.state === "done" && (
            <Button
              small
              aria-label={t("access-to-care.analyses.repeat-run", {
                at: format.dateTime(run.recordedAt),
                id: run.id.slice(-4),
              })}
              onClick={() => start.mutate(run.id)}
            >
              {t("access-to-care.analyses.repeat")}
            </Button>
          )}
        </span>
      ),
    },
  ];
  return (
    <>
      <PageHeader
        title={analysis.name}
        crumbs={[
          { label: t("access-to-care.explorer.title"), to: explorerPath },
          { label: t("access-to-care.analyses.title"), to: analysesPath },
        ]}
        lead={analysis.code}
        actions={
          mayRun && (
            <>
              <Button icon="edit" onClick={() => setChanging(true)}>
                {t("access-to-care.analyses.change")}
              </Button>
              <Button
                tone="primary"
                icon="jobs"
                busy={start.isPending || runs.some(goesOn)}
                onClick={() => start.mutate(undefined)}
              >
                {t("access-to-care.analyses.run")}
              </Button>
            </>
          )
        }
      />
      <div className={surfaces.stack}>
        {start.isError && <ProblemNotice problem={start.error} />}
        <dl className={`${surfaces.card} ${surfaces.pad} ${styles.facts}`}>
          {facts.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {shown && goesOn(shown) && <RunProgress run={shown} />}
        {shown?.problem && (
          <p className={surfaces.notice}>
            {t(`problem.${shown.problem.code}`, shown.problem.params as Record<string, string | number>)}
          </p>
        )}
        {runs.length === 0 ? (
          <EmptyState icon="jobs" title={t("access-to-care.analyses.not-run")}>
            {t("access-to-care.analyses.not-run.hint")}
          </EmptyState>
        ) : (
          <Table caption={t("access-to-care.analyses.runs")} columns={columns} rows={runs} rowId={(run) => run.id} />
        )}
        {shown?.state === "done" && <RunResults key={shown.id} country={country} id={shown.id} />}
      </div>
      {changing && <AnalysisDialog analysis={analysis} onClose={() => setChanging(false)} />}
    </>
  );
}
