/** Days since 1970-01-01. All dates of the sample region are such numbers until they are written out. */
export type Day = number;

/** The day of a Gregorian date; months count from 1 (Hinnant's days-from-civil). */
export function dayOf(year: number, month: number, date: number): Day {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Year, month (from 1) and date of a day. */
export function civil(day: Day): { year: number; month: number; date: number } {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date };
}

function two(n: number): string {
  return n < 10 ? `0${n}` : `${n}`;
}

/** A day as `2016-07-01`. */
export function isoDate(day: Day): string {
  const { year, month, date } = civil(day);
  return `${year}-${two(month)}-${two(date)}`;
}

/** The day of an ISO date; throws a RangeError for anything else. */
export function parseDate(text: string): Day {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const day = dayOf(Number(year), Number(month), Number(date));
  if (!year || isoDate(day) !== text) throw new RangeError(`Not an ISO date: ${text}`);
  return day;
}

/** A moment as `2016-07-01T03:04:05.000Z`. `second` counts from the midnight (UTC) that begins the day. */
export function isoTime(day: Day, second: number): string {
  const minute = Math.floor(second / 60);
  return `${isoDate(day)}T${two(Math.floor(minute / 60))}:${two(minute % 60)}:${two(second % 60)}.000Z`;
}

/** Months since the beginning of year 0, for counting by month. */
export function monthIndex(day: Day): number {
  const { year, month } = civil(day);
  return year * 12 + month - 1;
}

/** The first day of a month given by its index. */
export function firstDayOfMonth(index: number): Day {
  return dayOf(Math.floor(index / 12), (index % 12) + 1, 1);
}
