import { InvalidArgumentError } from "commander";
import type { Output } from "./output.ts";

/**
 * Makes a parser of an argument for Commander.
 * @param what names the message `cli.expected.<what>`, which says what is expected
 * @param read the value of a text; null when it is none. It also gets the value of earlier mentions of the option
 * @param params what the message is about
 * @returns the parser; it throws `InvalidArgumentError` with that message: exit code 2
 */
export function expecting<T, Before>(
  { t }: Output,
  what: string,
  read: (text: string, before: Before) => T | null,
  params: Readonly<Record<string, number>> = {},
): (text: string, before: Before) => T {
  return (text, before) => {
    const value = read(text, before);
    if (value === null) throw new InvalidArgumentError(t(`cli.expected.${what}`, params));
    return value;
  };
}

/** The number that a text is; null when it is none, or does not fit. */
const numberThat = (fits: (value: number) => boolean) => (text: string) => {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  return fits(value) ? value : null;
};

/** Parses a whole number from 0. */
export const wholeNumber = (output: Output) =>
  expecting(
    output,
    "whole-number",
    numberThat((value) => Number.isSafeInteger(value) && value >= 0),
  );

/** Parses a port of TCP; at 0 the system chooses one. */
export const portNumber = (output: Output) =>
  expecting(
    output,
    "port",
    numberThat((value) => Number.isInteger(value) && value >= 0 && value <= 65_535),
  );

/** Parses how many: a whole number from 1. */
export const count = (output: Output) =>
  expecting(
    output,
    "count",
    numberThat((value) => Number.isSafeInteger(value) && value >= 1),
  );

/** Parses how many at most: a whole number from 1 to `most`. */
export const countUpTo = (output: Output, most: number) =>
  expecting(
    output,
    "limit",
    numberThat((value) => Number.isInteger(value) && value >= 1 && value <= most),
    { most },
  );

/** Parses a number above 0. */
export const positiveNumber = (output: Output) =>
  expecting(
    output,
    "positive-number",
    numberThat((value) => Number.isFinite(value) && value > 0),
  );

/** Parses a distance or a time: a number from 0. */
export const distance = (output: Output) => expecting(output, "distance", distanceIn);

/** The distance or time that a text says: a number from 0; null when it says none. */
export const distanceIn = numberThat((value) => Number.isFinite(value) && value >= 0);

/** Parses a share in per cent: above 0 and below 100. */
export const percent = (output: Output) =>
  expecting(
    output,
    "percent",
    numberThat((value) => value > 0 && value < 100),
  );

/** Parses a country: three letters, answered as capitals. */
export const countryCode = (output: Output) =>
  expecting(output, "country", (text) => (/^[a-z]{3}$/i.test(text) ? text.toUpperCase() : null));

/** Parses a day that there is, written as year, month and day: `2026-01-31`. */
export const isoDay = (output: Output) =>
  expecting(output, "day", (text) => {
    const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
    return day && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? text : null;
  });
