import { describe, expect, it } from "vitest";
import { progressBars } from "./chart-bars.ts";

const bars = (days: [string, number][]) =>
  progressBars(
    days.map(([day, squareMetres]) => ({ day, squareMetres })),
    "/tasking/progress",
    { "filter.task": "t" },
    (day) => day,
  );

describe("the chart of progress", () => {
  it("has a bar a day, also for days without work, each leading to its entries", () => {
    const { by, bars: drawn } = bars([
      ["2026-11-02", 100],
      ["2026-11-02", 50],
      ["2026-11-04", 70],
    ]);
    expect(by).toBe("day");
    expect(drawn.map(({ id, count }) => [id, count])).toEqual([
      ["2026-11-02", 150],
      ["2026-11-03", 0],
      ["2026-11-04", 70],
    ]);
    expect(drawn[2]?.search).toEqual({
      "filter.task": "t",
      "filter.day.from": "2026-11-04",
      "filter.day.to": "2026-11-04",
    });
  });

  it("goes by weeks from Monday when the task is long, and loses nothing", () => {
    const { by, bars: drawn } = bars([
      ["2026-09-06", 5],
      ["2026-09-07", 7],
      ["2026-11-04", 11],
    ]);
    expect(by).toBe("week");
    expect(drawn[0]).toMatchObject({ id: "2026-08-31", count: 5 });
    expect(drawn[1]).toMatchObject({ id: "2026-09-07", count: 7, search: { "filter.day.to": "2026-09-13" } });
    expect(drawn.reduce((sum, { count }) => sum + count, 0)).toBe(23);
  });

  it("is empty without progress", () => {
    expect(bars([]).bars).toEqual([]);
  });
});
