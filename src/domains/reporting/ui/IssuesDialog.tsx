import { useQuery } from "@tanstack/react-query";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Dialog } from "../../../platform/ui/Dialog.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { type Column, Table } from "../../../platform/ui/Table.tsx";
import type { IssueOutput, ScheduleOutput } from "../contract-schedules.ts";
import { reportSchedules } from "./client.ts";
import { Outcome } from "./Outcome.tsx";

/** What a schedule issued, newest first: of which days, how it went, and the files, which their hash tells apart. */
export function IssuesDialog(props: { schedule: ScheduleOutput; name: string; onClose: () => void }) {
  const { t, format } = useText();
  const { country, id } = props.schedule;
  const found = useQuery({
    queryKey: ["report-schedules", country, "issues", id],
    queryFn: ({ signal }) => reportSchedules.issues({ params: { country, id } }, { signal }),
  });
  const quiet = `${surfaces.small} ${surfaces.muted}`;
  const columns: Column<IssueOutput>[] = [
    {
      id: "period",
      label: t("reporting.provenance.period"),
      cell: ({ from, to, dueOn, enteredAt }) => (
        <>
          <div>{`${format.date(from)} – ${format.date(to)}`}</div>
          <div className={quiet}>
            {dueOn === null
              ? t("reporting.schedule.asked", { at: format.dateTime(enteredAt) })
              : t("reporting.schedule.due", { date: format.date(dueOn) })}
          </div>
        </>
      ),
    },
    {
      id: "outcome",
      label: t("reporting.schedule.outcome"),
      cell: (issue) => (
        <>
          <Outcome issue={issue} />
          {issue.files.map(({ name, bytes, sha256 }) => (
            <div key={name} className={surfaces.small}>
              {name}
              <div className={quiet}>
                {format.bytes(bytes)} · <abbr title={sha256}>{`SHA-256 ${sha256.slice(0, 12)}`}</abbr>
              </div>
            </div>
          ))}
        </>
      ),
    },
  ];
  const title = t("reporting.schedule.issues.of", { of: props.name });
  return (
    <Dialog open title={title} onClose={props.onClose}>
      {found.isError ? (
        <ErrorState problem={found.error} onRetry={() => void found.refetch()} />
      ) : !found.data ? (
        <Skeleton lines={4} />
      ) : found.data.items.length === 0 ? (
        <p className={surfaces.muted}>{t("reporting.schedule.never")}</p>
      ) : (
        <Table caption={title} columns={columns} rows={found.data.items} rowId={(issue) => issue.id} />
      )}
    </Dialog>
  );
}
