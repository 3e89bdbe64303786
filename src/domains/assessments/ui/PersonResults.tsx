import { useQuery } from "@tanstack/react-query";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { Table } from "../../../platform/ui/Table.tsx";
import { useCleared } from "./clearance.ts";
import { assessments } from "./client.ts";
import { sheetPath } from "./index.ts";
import { resultLine, resultRemarks } from "./result-words.ts";
import { NotCleared, Screening } from "./Screening.tsx";
import { resultTone } from "./tones.ts";

/** What a person was asked and what the answers say, the newest first. */
export function PersonResults({ country, person }: { country: string; person: string }) {
  const text = useText();
  const { t, format } = text;
  const cleared = useCleared(country);
  const answer = useQuery({
    queryKey: ["assessments", "person", country, person],
    enabled: cleared === true,
    queryFn: ({ signal }) => assessments.ofPerson({ params: { country, id: person } }, { signal }),
  });
  if (cleared === false) return <NotCleared />;
  if (answer.isError) return <ErrorState problem={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <Skeleton lines={6} />;
  const { items } = answer.data;
  if (items.length === 0)
    return (
      <EmptyState icon="care" title={t("assessments.person.none")}>
        {t("assessments.person.none.text")}
      </EmptyState>
    );
  return (
    <div className={surfaces.stack}>
      <Screening />
      <Table
        caption={t("assessments.person.history")}
        rows={items}
        rowId={({ id }) => id}
        columns={[
          {
            id: "date",
            label: t("assessments.column.date"),
            cell: (row) => <AppLink to={sheetPath(row)}>{format.date(row.assessedOn)}</AppLink>,
          },
          {
            id: "instrument",
            label: t("assessments.column.instrument"),
            cell: (row) => text.code("assessment-instrument", row.instrument),
          },
          {
            id: "result",
            label: t("assessments.column.result"),
            cell: (row) =>
              row.withdrawn ? (
                <StatusTag tone="neutral" pattern="hollow">
                  {t("assessments.withdrawn")}
                </StatusTag>
              ) : (
                <>
                  <StatusTag {...resultTone(row.result)}>{resultLine(text, row)}</StatusTag>
                  {resultRemarks(text, row).map((remark) => (
                    <div key={remark} className={`${surfaces.muted} ${surfaces.small}`}>
                      {remark}
                    </div>
                  ))}
                </>
              ),
          },
        ]}
      />
    </div>
  );
}
