import { useQuery } from "@tanstack/react-query";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { type Column, Table } from "../../../platform/ui/Table.tsx";
import type { DifferencesOutput, EditionOutput } from "../contract.ts";
import { type Result, type ResultTable, unitOf } from "../model.ts";
import { reporting } from "./client.ts";
import { useWriting } from "./use-writing.ts";

type Change = DifferencesOutput["changes"][number] & { n: number };

/** What differs from the edition before, or from now: each changed figure, and which reports changed it. */
export function DifferencesView(props: { edition: EditionOutput; result: Result; against: "before" | "now" }) {
  const { t } = useText();
  const { edition, result, against } = props;
  const { country, id } = edition;
  const writing = useWriting(result);
  const found = useQuery({
    queryKey: ["report-differences", country, id, against],
    queryFn: ({ signal }) => reporting.differences({ params: { country, id }, query: { with: against } }, { signal }),
  });
  if (found.isError) return <ErrorState problem={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton lines={4} />;
  const { differences } = found.data;
  if (!differences) return <p className={surfaces.muted}>{t("reporting.differences.first")}</p>;
  if (differences.changes.length === 0) return <p className={surfaces.muted}>{t("reporting.differences.none")}</p>;
  const tables = new Map<string, ResultTable>();
  for (const block of result.blocks) if (block.kind === "table") tables.set(block.block.id, block);
  const at = ({ block, column }: Change) => {
    const table = tables.get(block);
    const found = table?.block.columns.find((each) => each.id === column);
    return table && found ? { table, column: found, unit: unitOf(found, table.block) } : null;
  };
  const figure = (change: Change, cell: Change["before"]) => writing.cell(cell, at(change)?.unit ?? null);
  const columns: Column<Change>[] = [
    {
      id: "row",
      label: t("reporting.differences.row"),
      cell: (change) => {
        const place = at(change);
        if (!place) return change.block;
        const row = change.whole ? t("reporting.row.total") : writing.row(place.table.block.by, change.key);
        return `${writing.say(place.table.block.words)}: ${row}`;
      },
    },
    {
      id: "column",
      label: t("reporting.provenance.measure"),
      cell: (change) => {
        const place = at(change);
        return place ? writing.column(place.column, place.table) : change.column;
      },
    },
    {
      id: "before",
      label: t("reporting.differences.was"),
      numeric: true,
      cell: (change) => figure(change, change.before),
    },
    {
      id: "after",
      label: t("reporting.differences.is"),
      numeric: true,
      cell: (change) => figure(change, change.after),
    },
    {
      id: "why",
      label: t("reporting.differences.why"),
      empty: ({ approvedLater }) => approvedLater === null,
      cell: ({ approvedLater, corrected }) =>
        t("reporting.differences.reports", { later: approvedLater ?? 0, corrected: corrected ?? 0 }),
    },
  ];
  return (
    <section className={surfaces.card}>
      {differences.casualties && (
        <p className={surfaces.pad}>{t("reporting.differences.casualties", differences.casualties)}</p>
      )}
      <Table
        caption={t(`reporting.differences.${against}`)}
        columns={columns}
        rows={differences.changes.map((change, n) => ({ ...change, n }))}
        rowId={({ n }) => String(n)}
      />
    </section>
  );
}
