import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { type Column, Table } from "../../../platform/ui/Table.tsx";
import type { ExplorerOutput } from "../contract-explorer.ts";
import { peopleIn, peopleWithin } from "../model.ts";
import { peopleText } from "./client.ts";
import { differenceText } from "./GapTable.tsx";

interface Row {
  group: string;
  population: number;
  outside: number;
  /** Fewer or more outside than in the scenario that it is compared with. */
  change: number | null;
}

/** Who is outside by sex, age and disability, where the ground tells people apart, beside everybody. */
export function GroupTable(props: {
  answer: ExplorerOutput;
  minutes: number;
  /** What it is compared with, and what that is called. */
  other: { answer: ExplorerOutput; label: string } | null;
}) {
  const text = useText();
  const { t, format } = text;
  const { answer, minutes, other } = props;
  const outsideOf = (bins: readonly number[]) => peopleIn(bins) - peopleWithin(bins, minutes);
  const row = (group: string, bins: readonly number[], before: readonly number[] | undefined): Row => {
    const outside = outsideOf(bins);
    return { group, population: peopleIn(bins), outside, change: before ? outside - outsideOf(before) : null };
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
    {
      id: "population",
      label: t("access-to-care.report.people"),
      numeric: true,
      cell: ({ population }) => peopleText(text, population),
    },
    {
      id: "outside",
      label: t("access-to-care.report.outside", { minutes }),
      numeric: true,
      cell: ({ outside }) => peopleText(text, outside),
    },
    {
      id: "share",
      label: t("access-to-care.report.share"),
      numeric: true,
      cell: ({ population, outside }) => format.percent(population > 0 ? outside / population : 0),
    },
    ...(other
      ? [
          {
            id: "change",
            label: other.label,
            numeric: true,
            cell: ({ change }: Row) => (change === null ? "–" : differenceText(format.number, change)),
          },
        ]
      : []),
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
