import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useText } from "../../i18n/I18nProvider.tsx";
import type { JobOutput, JobState } from "../../jobs/contract.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ProblemNotice } from "../../ui/ErrorState.tsx";
import { ListCard } from "../../ui/ListCard.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Progress } from "../../ui/Progress.tsx";
import { problemTitle } from "../../ui/problem-text.ts";
import { useCountryName } from "../../ui/records/records-context.ts";
import { StatusTag, type Tone } from "../../ui/StatusTag.tsx";
import surfaces from "../../ui/surfaces.module.css";
import { type Column, Table } from "../../ui/Table.tsx";
import { jobs } from "./client.ts";
import { jobTitle, progressOf } from "./job-text.ts";

const tones: Readonly<Record<JobState, Tone>> = {
  waiting: { tone: "neutral", pattern: "hollow" },
  running: { tone: "info", pattern: "half" },
  done: { tone: "good", pattern: "solid" },
  failed: { tone: "bad", pattern: "stripes" },
  cancelled: { tone: "neutral", pattern: "stripes" },
  interrupted: { tone: "warn", pattern: "dots" },
};

const isActive = ({ state }: Pick<JobOutput, "state">) => state === "waiting" || state === "running";

/** Work that takes longer than a request: what runs, how far it is, and what became of it. */
export function JobsPage() {
  const text = useText();
  const { t, format } = text;
  const countryName = useCountryName();
  const queries = useQueryClient();
  const list = useQuery({
    queryKey: ["jobs"],
    queryFn: ({ signal }) => jobs.list({ query: { limit: 100 } }, { signal }),
    refetchInterval: ({ state }) => (state.data?.items.some(isActive) ? 1500 : 15_000),
  });
  const cancel = useMutation({
    mutationFn: (id: string) => jobs.cancel({ params: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["jobs"] }),
  });
  const items = list.data?.items ?? [];
  const active = items.filter(isActive);
  const columns: Column<JobOutput>[] = [
    { id: "what", label: t("jobs.what"), cell: (job) => jobTitle(text, job.name) },
    {
      id: "state",
      label: t("jobs.state"),
      cell: (job) => (
        <>
          <StatusTag {...tones[job.state]}>{t(`jobs.state.${job.state}`)}</StatusTag>
          {job.problem && <p className={surfaces.small}>{problemTitle(text, job.problem)}</p>}
        </>
      ),
    },
    {
      id: "progress",
      label: t("jobs.progress"),
      empty: (job) => progressOf(text, job).detail === "",
      cell: (job) => progressOf(text, job).detail,
    },
    {
      id: "country",
      label: t("field.country"),
      empty: ({ country }) => country === null,
      cell: ({ country }) => (country === null ? null : countryName(country)),
    },
    {
      id: "entered",
      label: t("jobs.entered"),
      cell: (job) => <time dateTime={job.createdAt}>{format.dateTime(job.createdAt)}</time>,
    },
    {
      id: "finished",
      label: t("jobs.finished"),
      empty: ({ finishedAt }) => finishedAt === null,
      cell: ({ finishedAt }) => finishedAt && <time dateTime={finishedAt}>{format.dateTime(finishedAt)}</time>,
    },
  ];
  return (
    <>
      <PageHeader title={t("jobs.title")} lead={t("jobs.lead")} />
      <div className={surfaces.stack}>
        {cancel.isError && <ProblemNotice problem={cancel.error} />}
        {active.map((job) => {
          const { value, detail } = progressOf(text, job);
          return (
            <div key={job.id} className={`${surfaces.card} ${surfaces.pad}`}>
              <Progress
                label={jobTitle(text, job.name)}
                value={job.state === "waiting" ? 0 : value}
                detail={job.state === "waiting" ? t("jobs.state.waiting") : detail || t("jobs.state.running")}
                onCancel={() => cancel.mutate(job.id)}
              />
            </div>
          );
        })}
        <ListCard
          list={list}
          count={items.length}
          empty={
            <EmptyState icon="jobs" title={t("jobs.none")}>
              {t("jobs.none.hint")}
            </EmptyState>
          }
        >
          <Table caption={t("jobs.title")} columns={columns} rows={items} rowId={(job) => job.id} />
        </ListCard>
      </div>
    </>
  );
}
