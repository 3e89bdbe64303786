import { latinDigits } from "../i18n/digits.ts";
import type { DatePrecision } from "../i18n/format.ts";

/** What was typed, read: a value, nothing, or a message key that says why it cannot be read. */
export type Typed<T> = { ok: true; value: T | null } | { ok: false; key: string; params?: Record<string, unknown> };

/**
 * Reads a number as people type it: any of the region's digits, spaces or narrow spaces between groups, a decimal
 * point. A comma is refused rather than guessed, because 1,234 means different numbers to different readers.
 */
export function parseTypedNumber(
  text: string,
  options: { integer?: boolean; min?: number; max?: number },
): Typed<number> {
  const plain = latinDigits(text)
    .replace(/[\s\u00a0\u202f]/g, "")
    .replace(/\u2212/g, "-");
  if (plain === "") return { ok: true, value: null };
  if (plain.includes(",")) return { ok: false, key: "ui.number.comma" };
  if (!/^-?\d+(\.\d+)?$/.test(plain)) return { ok: false, key: "ui.number.unreadable" };
  const value = Number(plain);
  if (options.integer && !Number.isSafeInteger(value)) return { ok: false, key: "ui.number.whole" };
  if (options.min !== undefined && value < options.min)
    return { ok: false, key: "ui.number.min", params: { min: options.min } };
  if (options.max !== undefined && value > options.max)
    return { ok: false, key: "ui.number.max", params: { max: options.max } };
  return { ok: true, value };
}

/** A date and how much of it is known; unknown parts stand at 1. */
export interface PartialDate {
  date: string;
  precision: DatePrecision;
}

/**
 * Reads `yyyy`, `yyyy-mm` or `yyyy-mm-dd` in any of the region's digits. Years from 2400 on are Buddhist years and are
 * refused with the Gregorian year they stand for.
 */
export function parsePartialDate(text: string): Typed<PartialDate> {
  const plain = latinDigits(text).trim();
  if (plain === "") return { ok: true, value: null };
  const match = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(plain);
  if (!match) return { ok: false, key: "ui.date.unreadable" };
  const year = Number(match[1]);
  if (year >= 2400) return { ok: false, key: "ui.date.buddhist", params: { year: String(year - 543) } };
  const month = Number(match[2] ?? "1");
  const day = Number(match[3] ?? "1");
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day)
    return { ok: false, key: "ui.date.no-such-day" };
  const precision: DatePrecision = match[3] ? "day" : match[2] ? "month" : "year";
  return { ok: true, value: { date: date.toISOString().slice(0, 10), precision } };
}

/** Writes a date as `parsePartialDate` reads it. */
export function formatPartialDate(value: PartialDate | null): string {
  if (!value) return "";
  return value.date.slice(0, value.precision === "year" ? 4 : value.precision === "month" ? 7 : 10);
}

/** Reads "latitude, longitude" in decimal degrees WGS 84 as a GeoJSON point. */
export function parseTypedPoint(text: string): Typed<{ type: "Point"; coordinates: [number, number] }> {
  const plain = latinDigits(text)
    .replace(/\u2212/g, "-")
    .trim();
  if (plain === "") return { ok: true, value: null };
  const match = /^(-?\d+(?:\.\d+)?)\s*[,;\s]\s*(-?\d+(?:\.\d+)?)$/.exec(plain);
  if (!match) return { ok: false, key: "ui.position.unreadable" };
  const latitude = Number(match[1]);
  const longitude = Number(match[2]);
  if (Math.abs(latitude) > 90) return { ok: false, key: "ui.position.latitude" };
  if (Math.abs(longitude) > 180) return { ok: false, key: "ui.position.longitude" };
  return { ok: true, value: { type: "Point", coordinates: [longitude, latitude] } };
}
