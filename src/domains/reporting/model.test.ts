import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { periodOf } from "./model.ts";
import type { TableBlock } from "./model-definition.ts";

const rows = (yearsBefore?: number): TableBlock => ({
  ...{ kind: "table", id: "years", words: { key: "any" }, by: "year", columns: [], total: false },
  ...(yearsBefore === undefined ? {} : { yearsBefore }),
});
const fromOf = (from: string, yearsBefore?: number) => periodOf(rows(yearsBefore), { from, to: "9999-12-31" }).from;

describe("the period of a table", () => {
  it("begins some years before that of the report, on a day that there is", () => {
    expect(fromOf("2024-02-29")).toBe("2024-02-29");
    expect(fromOf("2024-02-29", 1)).toBe("2023-02-28");
    expect(fromOf("2024-02-29", 4)).toBe("2020-02-29");
    expect(fromOf("2000-02-29", 100)).toBe("1900-02-28");
    expect(fromOf("1004-01-01", 5)).toBe("0999-01-01");
    expect(fromOf("0003-01-01", 5)).toBe("0001-01-01");
  });

  it("is of days of the calendar, whatever it begins on", () => {
    const days = fc.date({ min: new Date("1800-01-01"), max: new Date("2300-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 50 }), (date, years) => {
        const day = date.toISOString().slice(0, 10);
        const from = fromOf(day, years);
        expect(new Date(`${from}T00:00:00Z`).toISOString().slice(0, 10)).toBe(from);
        expect(Number(day.slice(0, 4)) - Number(from.slice(0, 4))).toBe(years);
      }),
    );
  });
});
