import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { type Column, Table } from "../../../platform/ui/Table.tsx";
import type { ExplorerOutput } from "../contract-explorer.ts";
import { peopleIn, peopleOutside, rankGaps } from "../model.ts";
import { unitName } from "./client.ts";
import { type OutsideRow, outsideColumns } from "./outside-columns.ts";

interface Row extends OutsideRow {
  unit: string | null;
}

/** Who is outside by unit, most people first, beside the scenario that it is compared with. */
export function GapTable(props: {
  answer: ExplorerOutput;
  level: number;
  minutes: number;
  /** What it is compared with, and what that is called. */
  other: { answer: ExplorerOutput; label: string } | null;
}) {
  const text = useText();
  const { t } = text;
  const { answer, level, minutes, other } = props;
  const others = new Map(
    (other?.answer.units ?? [])
      .filter((unit) => unit.level === level)
      .map(({ unit, bins }) => [unit, peopleOutside(bins, minutes)]),
  );
  const rows = rankGaps(
    answer.units
      .filter((unit) => unit.level === level)
      .map(({ unit, bins }): Row => {
        const outside = peopleOutside(bins, minutes);
        const change = other ? outside - (others.get(unit) ?? 0) : null;
        return { unit, population: peopleIn(bins), outside, change };
      }),
  );
  const columns: Column<Row>[] = [
    { id: "unit", label: t("access-to-care.report.unit"), cell: ({ unit }) => unitName(text, answer.references, unit) },
    ...outsideColumns<Row>(text, minutes, other?.label ?? null),
  ];
  return (
    <Table
      caption={t("access-to-care.explorer.table", { minutes })}
      columns={columns}
      rows={rows}
      rowId={({ unit }) => unit ?? "none"}
    />
  );
}
