import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { type Column, Table } from "../../../platform/ui/Table.tsx";
import type { ExplorerOutput } from "../contract-explorer.ts";
import { peopleIn, peopleWithin, rankGaps } from "../model.ts";
import { peopleText, unitName } from "./client.ts";

interface Row {
  unit: string | null;
  population: number;
  outside: number;
  /** People outside in the scenario that it is compared with; null where there is none. */
  other: number | null;
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
  const { t, format } = text;
  const { answer, level, minutes, other } = props;
  const outsideOf = (bins: readonly number[]) => peopleIn(bins) - peopleWithin(bins, minutes);
  const others = new Map(
    (other?.answer.units ?? []).filter((unit) => unit.level === level).map(({ unit, bins }) => [unit, outsideOf(bins)]),
  );
  const rows = rankGaps(
    answer.units
      .filter((unit) => unit.level === level)
      .map(
        ({ unit, bins }): Row => ({
          unit,
          population: peopleIn(bins),
          outside: outsideOf(bins),
          other: other ? (others.get(unit) ?? 0) : null,
        }),
      ),
  );
  const columns: Column<Row>[] = [
    { id: "unit", label: t("access-to-care.report.unit"), cell: ({ unit }) => unitName(text, answer.references, unit) },
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
            cell: (row: Row) => differenceText(format.number, row.outside - (row.other ?? 0)),
          },
        ]
      : []),
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

/** A difference in people with its sign, as whole numbers; none is none. */
export function differenceText(number: (value: number) => string, difference: number): string {
  const whole = Math.round(difference);
  if (whole === 0) return number(0);
  return `${whole > 0 ? "+" : "−"}${number(Math.abs(whole))}`;
}
