import type { Text } from "../../../platform/i18n/I18nProvider.tsx";
import type { Column } from "../../../platform/ui/Table.tsx";
import { peopleText } from "./client.ts";

/** People of a unit or group, and those of them who are too far away. */
export interface OutsideRow {
  population: number;
  outside: number;
  /** Fewer or more outside than in the scenario that it is compared with; null where there is nothing to compare. */
  change: number | null;
}

/** The columns that tell how many are outside, how many of all that is, and what changed against the scenario of that label. */
export function outsideColumns<R extends OutsideRow>(text: Text, minutes: number, other: string | null): Column<R>[] {
  const { t, format } = text;
  const change: Column<R> = {
    id: "change",
    label: other ?? "",
    numeric: true,
    cell: (row) => (row.change === null ? "–" : differenceText(format.number, row.change)),
  };
  return [
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
    ...(other === null ? [] : [change]),
  ];
}

/** A difference in people with its sign, as whole numbers; none is none. */
export function differenceText(number: (value: number) => string, difference: number): string {
  const whole = Math.round(difference);
  if (whole === 0) return number(0);
  return `${whole > 0 ? "+" : "−"}${number(Math.abs(whole))}`;
}
