import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { ConfirmDialog } from "../../../platform/ui/ConfirmDialog.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { problemOf, problemTitle } from "../../../platform/ui/problem-text.ts";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { type Column, Table } from "../../../platform/ui/Table.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import type { IssueOutput, ScheduleOutput } from "../contract-schedules.ts";
import { reportSchedules } from "./client.ts";
import { IssuesDialog } from "./IssuesDialog.tsx";
import { Outcome } from "./Outcome.tsx";
import { ScheduleDialog } from "./ScheduleDialog.tsx";
import type { ReportQuery } from "./use-report.ts";

const pending = (issue: IssueOutput | null) => issue !== null && ["waiting", "running"].includes(issue.state);

/** The schedules of the report that is shown: when next, how the last issue went; to pause, delete, issue at once. */
export function ScheduleList(props: {
  asked: ReportQuery;
  /** The country that the schedules are kept for; a report of several countries is kept for one's own. */
  country: string;
  making: boolean;
  onMade: () => void;
}) {
  const { asked, country, making, onMade } = props;
  const text = useText();
  const { t, format } = text;
  const toast = useToast();
  const queries = useQueryClient();
  const [removing, setRemoving] = useState<ScheduleOutput | null>(null);
  const [looking, setLooking] = useState<ScheduleOutput | null>(null);
  const found = useQuery({
    queryKey: ["report-schedules", country, asked.definition],
    enabled: country !== "" && asked.definition !== "",
    queryFn: ({ signal }) =>
      reportSchedules.schedules({ query: { country, definition: asked.definition } }, { signal }),
    // While something is on its way, its end is looked for.
    refetchInterval: (query) => (query.state.data?.items.some(({ last }) => pending(last)) ? 3000 : false),
  });
  const again = () => queries.invalidateQueries({ queryKey: ["report-schedules"] });
  const failed = (cause: unknown) => toast({ text: problemTitle(text, problemOf(cause)) });
  const pause = useMutation({
    mutationFn: ({ id, paused, stopped }: ScheduleOutput) =>
      reportSchedules.pauseSchedule({ params: { country, id }, body: { paused: !paused && stopped === null } }),
    onSuccess: again,
    onError: failed,
  });
  const issue = useMutation({
    mutationFn: ({ id }: ScheduleOutput) => reportSchedules.issueNow({ params: { country, id } }),
    onSuccess: async () => {
      toast({ text: t("reporting.schedule.issued") });
      await again();
    },
    onError: failed,
  });
  const remove = useMutation({
    mutationFn: ({ id }: ScheduleOutput) => reportSchedules.endSchedule({ params: { country, id } }),
    onSuccess: async () => {
      setRemoving(null);
      await again();
    },
    onError: failed,
  });
  if (found.isError) return <ErrorState problem={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return null;
  const { items, mail } = found.data;
  const nameOf = ({ every, nextOn }: ScheduleOutput) =>
    `${t(`reporting.schedule.every.${every}`)}, ${format.date(nextOn)}`;
  const columns: Column<ScheduleOutput>[] = [
    {
      id: "every",
      label: t("reporting.schedule.every"),
      cell: ({ every, period, formats }) => (
        <>
          <div>{t(`reporting.schedule.every.${every}`)}</div>
          <div className={`${surfaces.small} ${surfaces.muted}`}>{t(`reporting.schedule.period.${period}`)}</div>
          <div className={`${surfaces.small} ${surfaces.muted}`}>
            {format.list(formats.map((each) => t(`reporting.download.${each}`)))}
          </div>
        </>
      ),
    },
    {
      id: "next",
      label: t("reporting.schedule.next"),
      cell: ({ nextOn, paused, stopped }) =>
        stopped ? (
          <StatusTag tone="bad" pattern="stripes">
            {t("reporting.schedule.stopped", {
              why: problemTitle(text, { code: `reporting.${stopped}`, params: {} }),
            })}
          </StatusTag>
        ) : paused ? (
          <StatusTag tone="neutral" pattern="hollow">
            {t("reporting.schedule.paused")}
          </StatusTag>
        ) : (
          format.date(nextOn)
        ),
    },
    {
      id: "last",
      label: t("reporting.schedule.last"),
      cell: (each) => (
        <>
          <Outcome issue={each.last} />
          {each.last && (
            <div>
              <Button
                small
                tone="link"
                onClick={() => setLooking(each)}
                aria-label={t("reporting.schedule.issues.of", { of: nameOf(each) })}
              >
                {t("reporting.schedule.issues")}
              </Button>
            </div>
          )}
        </>
      ),
    },
    {
      id: "to",
      label: t("reporting.schedule.to"),
      cell: ({ folder, recipients, owner }) => (
        <>
          <div>{format.list([...(folder ? [t("reporting.schedule.in-folder")] : []), ...recipients])}</div>
          {owner !== null && (
            <div className={`${surfaces.small} ${surfaces.muted}`}>
              {t("reporting.schedule.owned-by", { name: owner })}
            </div>
          )}
        </>
      ),
    },
    {
      id: "actions",
      label: t("reporting.schedule.actions"),
      cell: (each) => {
        const of = nameOf(each);
        const halted = each.paused || each.stopped !== null;
        return (
          <div className={surfaces.row}>
            {each.stopped === null && (
              <Button
                small
                onClick={() => issue.mutate(each)}
                busy={pending(each.last)}
                aria-label={t("reporting.schedule.issue.of", { of })}
              >
                {t("reporting.schedule.issue")}
              </Button>
            )}
            <Button
              small
              onClick={() => pause.mutate(each)}
              aria-label={t(halted ? "reporting.schedule.again.of" : "reporting.schedule.pause.of", { of })}
            >
              {t(halted ? "reporting.schedule.again" : "reporting.schedule.pause")}
            </Button>
            <Button small onClick={() => setRemoving(each)} aria-label={t("reporting.schedule.remove.of", { of })}>
              {t("reporting.schedule.remove")}
            </Button>
          </div>
        );
      },
    },
  ];
  return (
    <>
      {items.length > 0 && (
        <section className={surfaces.card}>
          <h2 className={surfaces.pad}>{t("reporting.schedules")}</h2>
          <Table caption={t("reporting.schedules")} columns={columns} rows={items} rowId={({ id }) => id} />
        </section>
      )}
      {making && <ScheduleDialog asked={asked} country={country} mail={mail} onClose={onMade} />}
      {looking && <IssuesDialog schedule={looking} name={nameOf(looking)} onClose={() => setLooking(null)} />}
      {removing && (
        <ConfirmDialog
          open
          title={t("reporting.schedule.remove.of", { of: nameOf(removing) })}
          confirm={t("reporting.schedule.remove")}
          busy={remove.isPending}
          onConfirm={() => remove.mutate(removing)}
          onClose={() => setRemoving(null)}
        >
          <p>{t("reporting.schedule.remove.lead")}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
