/** How often a report is issued. */
export const intervals = ["monthly", "quarterly", "yearly"] as const;
export type Interval = (typeof intervals)[number];

/** Of which days an issue is: the month, quarter or year that ended; its year so far; the last whole year. */
export const periodRules = ["ended", "year-to-date", "last-year"] as const;
export type PeriodRule = (typeof periodRules)[number];

/** Files in which a report is issued. */
export const issueFormats = ["pdf", "xlsx", "csv", "json"] as const;
export type IssueFormat = (typeof issueFormats)[number];

export const issueStates = ["waiting", "running", "done", "failed"] as const;
export const stops = ["account-closed", "right-gone"] as const;
export type Stop = (typeof stops)[number];

const months: Readonly<Record<Interval, number>> = { monthly: 1, quarterly: 3, yearly: 12 };

const iso = (year: number, month: number, day: number) =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
const partsOf = (day: string) => ({ year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)) - 1 });

/** The first month of the interval in which a day lies, counted from year 0. */
const intervalOf = (every: Interval, on: string) => {
  const { year, month } = partsOf(on);
  const count = year * 12 + month;
  return count - (count % months[every]);
};
const dayIn = (monthCount: number, day: number) => iso(Math.floor(monthCount / 12), monthCount % 12, day);

/**
 * The last day of the timetable up to a day, that day included.
 * @param day the day of the first month of each interval, 1 to 28
 * @param on ISO
 */
export function lastDue(every: Interval, day: number, on: string): string {
  const first = intervalOf(every, on);
  const due = dayIn(first, day);
  return due <= on ? due : dayIn(first - months[every], day);
}

/** The first day of the timetable after a day. Parameters as for `lastDue`. */
export function nextDue(every: Interval, day: number, after: string): string {
  const first = intervalOf(every, after);
  const due = dayIn(first, day);
  return due > after ? due : dayIn(first + months[every], day);
}

/** The period that an issue on a day is of; it is over on that day. Both ends are within, ISO. */
export function periodFor(every: Interval, rule: PeriodRule, on: string): { from: string; to: string } {
  const { year } = partsOf(on);
  if (rule === "last-year") return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` };
  const first = intervalOf(every, on);
  const to = dayIn(first, 0);
  return { from: rule === "ended" ? dayIn(first - months[every], 1) : `${to.slice(0, 4)}-01-01`, to };
}

/** How long until an attempt that failed is made again, in milliseconds; null when that was the last. */
export function waitAfter(attempts: number): number | null {
  const minutes = [10, 60, 360][attempts - 1];
  return minutes === undefined ? null : minutes * 60_000;
}

/** The name of an issue's file without its ending: what, of where, of when, and when it was made, to the second. */
export function fileNameOf(of: {
  definition: string;
  countries: readonly string[];
  from: string;
  to: string;
  at: Date;
}): string {
  const { definition, countries, from, to, at } = of;
  const stamp = `${at.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  return `${definition}-${countries.join("-").slice(0, 40)}-${from}-to-${to}-issued-${stamp}`;
}
