import type { Text } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { Column } from "../../../platform/ui/Table.tsx";
import type { ReportSummary } from "../contract.ts";
import { nameOf, type References, reportPath } from "./client.ts";
import { waitingSince } from "./queue.ts";
import { stateTones } from "./tones.ts";

/** The columns of the list of reports; their names are those of the orders that the server knows. */
export function queueColumns(text: Text, references: References, now: Date): Column<ReportSummary>[] {
  const { t, format } = text;
  const named = (id: "area" | "organisation"): Column<ReportSummary> => ({
    id,
    label: t(`land-reports.field.${id}`),
    empty: (report) => nameOf(text, references, report[id]) === "",
    cell: (report) => nameOf(text, references, report[id]),
  });
  return [
    {
      id: "code",
      label: t("land-reports.code"),
      sortable: true,
      cell: (report) => <AppLink to={reportPath(report)}>{report.code}</AppLink>,
    },
    {
      id: "type",
      label: t("land-reports.type"),
      sortable: true,
      cell: ({ type }) => text.code("report-type", type),
    },
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
      sortable: true,
      empty: (report) => waitingSince(report) === null,
      cell: (report) => {
        const since = waitingSince(report);
        return since && <time dateTime={since}>{format.relative(since, now)}</time>;
      },
    },
    named("area"),
    named("organisation"),
    {
      id: "effectiveOn",
      label: t("land-reports.field.effectiveOn"),
      sortable: true,
      empty: ({ effectiveOn }) => effectiveOn === null,
      cell: ({ effectiveOn }) => effectiveOn && <time dateTime={effectiveOn}>{format.date(effectiveOn)}</time>,
    },
  ];
}
