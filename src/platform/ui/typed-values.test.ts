import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatPartialDate, parsePartialDate, parseTypedNumber, parseTypedPoint } from "./typed-values.ts";

describe("typed numbers", () => {
  test("any whole number is read in Khmer digits as in Latin ones", () => {
    fc.assert(
      fc.property(fc.integer(), (value) => {
        const khmer = String(value).replace(/\d/g, (digit) => String.fromCodePoint(0x17e0 + Number(digit)));
        expect(parseTypedNumber(khmer, { integer: true })).toEqual({ ok: true, value });
      }),
    );
  });

  test("commas are refused, not guessed", () => {
    expect(parseTypedNumber("1,234", {})).toEqual({ ok: false, key: "ui.number.comma" });
  });

  test("bounds, fractions and rubbish are named", () => {
    expect(parseTypedNumber("-1", { min: 0 })).toMatchObject({ key: "ui.number.min" });
    expect(parseTypedNumber("11", { max: 10 })).toMatchObject({ key: "ui.number.max", params: { max: 10 } });
    expect(parseTypedNumber("1.5", { integer: true })).toMatchObject({ key: "ui.number.whole" });
    expect(parseTypedNumber("12a", {})).toMatchObject({ key: "ui.number.unreadable" });
    expect(parseTypedNumber(" ", {})).toEqual({ ok: true, value: null });
  });
});

describe("typed dates", () => {
  test("what is written is read back with the same precision", () => {
    const days = fc.date({ min: new Date("1900-01-01"), max: new Date("2399-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(days, fc.constantFrom("year", "month", "day"), (day, precision) => {
        const iso = day.toISOString().slice(0, 10);
        const date =
          precision === "year" ? `${iso.slice(0, 4)}-01-01` : precision === "month" ? `${iso.slice(0, 7)}-01` : iso;
        const value = { date, precision } as const;
        expect(parsePartialDate(formatPartialDate(value))).toEqual({ ok: true, value });
      }),
    );
  });

  test("Buddhist years are refused with the year they stand for", () => {
    expect(parsePartialDate("๒๕๖๗-๐๕")).toEqual({ ok: false, key: "ui.date.buddhist", params: { year: "2024" } });
  });

  test("days that do not exist are refused", () => {
    expect(parsePartialDate("2023-02-29")).toEqual({ ok: false, key: "ui.date.no-such-day" });
    expect(parsePartialDate("2024-02-29")).toMatchObject({ ok: true });
    expect(parsePartialDate("17/05/2024")).toEqual({ ok: false, key: "ui.date.unreadable" });
  });
});

describe("typed points", () => {
  test("latitude comes first, longitude stands first in the geometry", () => {
    expect(parseTypedPoint("១៣.១០២៧១, 103.19822")).toEqual({
      ok: true,
      value: { type: "Point", coordinates: [103.19822, 13.10271] },
    });
  });

  test("values beyond the globe are named", () => {
    expect(parseTypedPoint("103.2 13.1")).toMatchObject({ key: "ui.position.latitude" });
    expect(parseTypedPoint("13.1 193.2")).toMatchObject({ key: "ui.position.longitude" });
    expect(parseTypedPoint("somewhere")).toMatchObject({ key: "ui.position.unreadable" });
  });
});
