import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileNameOf, intervals, lastDue, nextDue, periodFor, periodRules, waitAfter } from "./model-schedule.ts";

const nextDay = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
const days = fc
  .date({ min: new Date("1990-01-01"), max: new Date("2090-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const day = fc.integer({ min: 1, max: 28 });
const every = fc.constantFrom(...intervals);

describe("the timetable of a report", () => {
  it.each([
    ["monthly", 1, "2026-11-23", "2026-11-01", "2026-12-01"],
    ["monthly", 28, "2026-01-05", "2025-12-28", "2026-01-28"],
    ["quarterly", 10, "2026-11-23", "2026-10-10", "2027-01-10"],
    ["quarterly", 10, "2026-10-09", "2026-07-10", "2026-10-10"],
    ["yearly", 15, "2026-01-15", "2026-01-15", "2027-01-15"],
    ["yearly", 15, "2026-01-14", "2025-01-15", "2026-01-15"],
  ] as const)("%s on day %i, on %s: last %s, next %s", (interval, on, today, last, next) => {
    expect(lastDue(interval, on, today)).toBe(last);
    expect(nextDue(interval, on, today)).toBe(next);
  });

  it("has exactly one day between the last one and the next one, wherever today lies", () => {
    fc.assert(
      fc.property(every, day, days, (interval, on, today) => {
        const [last, next] = [lastDue(interval, on, today), nextDue(interval, on, today)];
        expect(last <= today && today < next).toBe(true);
        expect(nextDue(interval, on, last)).toBe(next);
        expect(lastDue(interval, on, next)).toBe(next);
      }),
    );
  });

  it.each([
    ["monthly", "ended", "2026-03-01", "2026-02-01", "2026-02-28"],
    ["monthly", "ended", "2024-03-10", "2024-02-01", "2024-02-29"],
    ["quarterly", "ended", "2026-01-20", "2025-10-01", "2025-12-31"],
    ["yearly", "ended", "2026-06-01", "2025-01-01", "2025-12-31"],
    ["monthly", "year-to-date", "2026-11-01", "2026-01-01", "2026-10-31"],
    ["monthly", "year-to-date", "2026-01-01", "2025-01-01", "2025-12-31"],
    ["quarterly", "last-year", "2026-10-01", "2025-01-01", "2025-12-31"],
  ] as const)("%s, %s, issued on %s is of %s to %s", (interval, rule, on, from, to) => {
    expect(periodFor(interval, rule, on)).toEqual({ from, to });
  });

  it("issues only periods that are over, one after the other without a day between", () => {
    fc.assert(
      fc.property(every, fc.constantFrom(...periodRules), day, days, (interval, rule, on, today) => {
        const due = nextDue(interval, on, today);
        const { from, to } = periodFor(interval, rule, due);
        expect(from <= to && to < due).toBe(true);
        if (rule !== "ended") return;
        const after = periodFor(interval, rule, nextDue(interval, on, due));
        expect(after.from).toBe(nextDay(to));
      }),
    );
  });

  it("tries three times more, each time later, and then no more", () => {
    expect([1, 2, 3, 4].map(waitAfter)).toEqual([600_000, 3_600_000, 21_600_000, null]);
  });

  it("names a file by what it is of and when it was made", () => {
    const at = new Date("2026-11-01T06:07:08.900Z");
    const of = { definition: "fact-sheet", countries: ["KHM", "LAO"], from: "2026-10-01", to: "2026-10-31", at };
    expect(fileNameOf(of)).toBe("fact-sheet-KHM-LAO-2026-10-01-to-2026-10-31-issued-20261101T060708Z");
  });
});
