import type { Language } from "../contract/fields.ts";
import { languageTable } from "./languages.ts";
import { ownWords } from "./own-words.ts";

/** How exactly a date is known. */
export type DatePrecision = "year" | "month" | "day";

/** A number with the unit that suits its size. */
export interface AreaInUnit {
  value: number;
  unit: "m2" | "ha" | "km2";
}

/** Writes values for people in one language. Years are Gregorian everywhere. */
export interface Formatters {
  /** A count or measure; grouped, at most `digits` decimals (2 unless said). */
  number: (value: number, digits?: number) => string;
  /** A measure with exactly so many decimals, for columns of figures. */
  fixed: (value: number, digits: number) => string;
  /** The same as a number with Latin digits, for fields where people type and for files. */
  numberLatin: (value: number, digits?: number) => string;
  /** A share from 0 to 1. */
  percent: (share: number) => string;
  /** An ISO date `yyyy-mm-dd` with a spelled month, to the given precision. */
  date: (iso: string, precision?: DatePrecision) => string;
  /** An ISO timestamp, in the reader's time zone. */
  dateTime: (iso: string) => string;
  /** A timestamp relative to another, e.g. "3 days ago". */
  relative: (iso: string, now: Date) => string;
  list: (items: readonly string[]) => string;
  /** Bytes as kB, MB or GB of 1000. */
  bytes: (count: number) => string;
  compare: (a: string, b: string) => number;
}

/** The largest unit in which an area of whole square metres reads well: m² below 1 ha, ha below 1 km², then km². */
export function areaUnit(squareMetres: number): AreaInUnit {
  if (Math.abs(squareMetres) < 10_000) return { value: squareMetres, unit: "m2" };
  if (Math.abs(squareMetres) < 1_000_000) return { value: squareMetres / 10_000, unit: "ha" };
  return { value: squareMetres / 1_000_000, unit: "km2" };
}

const stepsOfTime = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

const byteSteps = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** Makes the formatters of one language; the underlying Intl objects are made once, when first needed. */
export function createFormatters(language: Language): Formatters {
  const { locale: base, numberLocale } = languageTable[language];
  const locale = `${base}-u-ca-gregory`;
  const latin = `${numberLocale}-u-nu-latn`;
  const words = ownWords[language];
  const cache = new Map<string, unknown>();
  const once = <T>(name: string, make: () => T): T => {
    if (!cache.has(name)) cache.set(name, make());
    return cache.get(name) as T;
  };
  const numberIn = (tag: string, value: number, digits: number) =>
    once(`n${tag}${digits}`, () => new Intl.NumberFormat(tag, { maximumFractionDigits: digits })).format(value);
  const dateOptions: Record<DatePrecision, Intl.DateTimeFormatOptions> = {
    year: { year: "numeric", timeZone: "UTC" },
    month: { year: "numeric", month: "long", timeZone: "UTC" },
    day: { year: "numeric", month: "short", day: "numeric", timeZone: "UTC" },
  };
  return {
    number: (value, digits = 2) => numberIn(numberLocale, value, digits),
    fixed: (value, digits) =>
      once(
        `f${digits}`,
        () => new Intl.NumberFormat(numberLocale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
      ).format(value),
    numberLatin: (value, digits = 2) => numberIn(latin, value, digits),
    percent: (share) =>
      once("percent", () => new Intl.NumberFormat(numberLocale, { style: "percent", maximumFractionDigits: 1 })).format(
        share,
      ),
    date: (iso, precision = "day") => {
      const date = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
      if (Number.isNaN(date.getTime())) return iso;
      if (words) {
        const month = words.months[date.getUTCMonth()] ?? "";
        if (precision === "year") return String(date.getUTCFullYear());
        if (precision === "month") return words.month(month, date.getUTCFullYear());
        return words.day(date.getUTCDate(), month, date.getUTCFullYear());
      }
      return once(`d${precision}`, () => new Intl.DateTimeFormat(locale, dateOptions[precision])).format(date);
    },
    dateTime: (iso) => {
      const date = new Date(iso);
      if (Number.isNaN(date.getTime())) return iso;
      if (words) {
        const clock = [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
        return `${words.day(date.getDate(), words.months[date.getMonth()] ?? "", date.getFullYear())} ${clock}`;
      }
      return once(
        "dt",
        () => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" }),
      ).format(date);
    },
    relative: (iso, now) => {
      const seconds = (new Date(iso).getTime() - now.getTime()) / 1000;
      const [unit, size] = stepsOfTime.find(([, least]) => Math.abs(seconds) >= least) ?? (["second", 1] as const);
      const count = Math.trunc(seconds / size);
      if (words) {
        const phrase = count < 0 ? words.past : words.future;
        return phrase(numberIn(numberLocale, Math.abs(count), 0), words.units[unit]);
      }
      return once("relative", () => new Intl.RelativeTimeFormat(locale, { numeric: "auto" })).format(count, unit);
    },
    list: (items) => {
      if (!words) return once("list", () => new Intl.ListFormat(locale, { type: "conjunction" })).format(items);
      if (items.length < 2) return items.join("");
      return `${items.slice(0, -1).join(", ")}${words.and}${items[items.length - 1]}`;
    },
    bytes: (count) => {
      let step = 0;
      let value = count;
      while (value >= 1000 && step < byteSteps.length - 1) {
        value /= 1000;
        step += 1;
      }
      const unit = byteSteps[step] ?? "byte";
      return once(
        `b${unit}`,
        () => new Intl.NumberFormat(numberLocale, { style: "unit", unit, maximumFractionDigits: 1 }),
      ).format(value);
    },
    compare: (a, b) => once("collator", () => new Intl.Collator(locale, { numeric: true })).compare(a, b),
  };
}
