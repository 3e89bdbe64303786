import type { Search } from "../../../platform/ui/address.ts";
import type { Bar } from "../../../platform/ui/BarChart.tsx";
import type { ProgressDay } from "../model.ts";

/** More bars than this are drawn as weeks. */
const mostDays = 42;

/** The Monday of the week of a day, `YYYY-MM-DD`. */
function mondayOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}

const plus = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/**
 * Processed square metres by day, or by week when the task is long; days and weeks without work are bars of no height,
 * so that a pause is seen. Each bar leads to the entries that it adds up.
 * @param write how a day is written under its bar
 */
export function progressBars(
  days: readonly Pick<ProgressDay, "day" | "squareMetres">[],
  to: string,
  search: Search,
  write: (day: string) => string,
): { by: "day" | "week"; bars: Bar[] } {
  const [first, last] = [days[0]?.day, days.at(-1)?.day];
  if (first === undefined || last === undefined) return { by: "day", bars: [] };
  const span = (Date.parse(last) - Date.parse(first)) / 86_400_000 + 1;
  const by = span > mostDays ? "week" : "day";
  const keyOf = by === "week" ? mondayOf : (day: string) => day;
  const sums = new Map<string, number>();
  for (let key = keyOf(first); key <= last; key = plus(key, by === "week" ? 7 : 1)) sums.set(key, 0);
  for (const { day, squareMetres } of days) sums.set(keyOf(day), (sums.get(keyOf(day)) ?? 0) + squareMetres);
  return {
    by,
    bars: [...sums].map(([key, count]) => ({
      id: key,
      label: write(key),
      count,
      to,
      search: { ...search, "filter.day.from": key, "filter.day.to": by === "week" ? plus(key, 6) : key },
    })),
  };
}
