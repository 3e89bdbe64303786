import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { type Column, Table } from "../../../platform/ui/Table.tsx";
import type { ExplorerOutput } from "../contract-explorer.ts";
import { peopleIn, peopleOutside } from "../model.ts";
import { type OutsideRow, outsideColumns } from "./outside-columns.ts";

interface Row extends OutsideRow {
  group: string;
}

/** Who is outside by sex, age and disability, where the ground tells people apart, beside everybody. */
export function GroupTable(props: {
  answer: ExplorerOutput;
  minutes: number;
  /** What it is compared with, and what that is called. */
  other: { answer: ExplorerOutput; label: string } | null;
}) {
  const text = useText();
  const { t } = text;
  const { answer, minutes, other } = props;
  const row = (group: string, bins: readonly number[], before: readonly number[] | undefined): Row => {
    const outside = peopleOutside(bins, minutes);
    return {
      group,
      population: peopleIn(bins),
      outside,
      change: before ? outside - peopleOutside(before, minutes) : null,
    };
  };
  const rows = [
    row("all", answer.total, other?.answer.total),
    ...answer.groups.map(({ group, bins }) =>
      row(group, bins, other?.answer.groups.find((each) => each.group === group)?.bins),
    ),
  ];
  const columns: Column<Row>[] = [
    {
      id: "group",
      label: t("access-to-care.report.group"),
      cell: ({ group }) =>
        group === "all" ? t("access-to-care.explorer.everybody") : text.code("access-group", group),
    },
    ...outsideColumns<Row>(text, minutes, other?.label ?? null),
  ];
  return (
    <Table
      caption={t("access-to-care.explorer.groups", { minutes })}
      columns={columns}
      rows={rows}
      rowId={({ group }) => group}
    />
  );
}
