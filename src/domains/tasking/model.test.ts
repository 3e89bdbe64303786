import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatTransitions,
  isOverdue,
  mayMove,
  type ProgressDay,
  parseTransitions,
  progressTotals,
  shippedTransitions,
  type TaskStatus,
  taskStatuses,
} from "./model.ts";

describe("steps of a task", () => {
  it("go from planning to handing over, and handed-over land is not reopened", () => {
    const path: TaskStatus[] = ["planned", "issued", "in-progress", "completed", "handed-over"];
    path.slice(1).forEach((to, at) => {
      expect(mayMove(shippedTransitions, path[at] as TaskStatus, to), to).toBe(true);
    });
    for (const to of taskStatuses) expect(mayMove(shippedTransitions, "handed-over", to)).toBe(false);
    expect(mayMove(shippedTransitions, "planned", "completed")).toBe(false);
  });

  it("are the same after being written as a setting and read again", () => {
    const edges = taskStatuses.flatMap((from) =>
      taskStatuses.filter((to) => to !== from).map((to) => [from, to] as const),
    );
    fc.assert(
      fc.property(fc.subarray(edges, { minLength: 1 }), (chosen) => {
        const text = chosen.map(([from, to]) => `${from}>${to}`).join(", ");
        const read = parseTransitions(text);
        expect(read).not.toBeNull();
        for (const [from, to] of edges)
          expect(read && mayMove(read, from, to)).toBe(chosen.some((edge) => edge[0] === from && edge[1] === to));
        expect(read && parseTransitions(formatTransitions(read))).toEqual(read);
      }),
    );
  });

  it("count as not chosen when one part cannot be read", () => {
    expect(parseTransitions(formatTransitions(shippedTransitions))).toEqual(shippedTransitions);
    for (const text of ["", "planned>issued issued>gone", "planned", "planned>planned", "planned>issued>completed"])
      expect(parseTransitions(text), text).toBeNull();
  });
});

describe("deadlines", () => {
  it("are missed from the day after, while work is open", () => {
    expect(isOverdue({ status: "in-progress", deadline: "2026-11-22" }, "2026-11-23")).toBe(true);
    expect(isOverdue({ status: "in-progress", deadline: "2026-11-23" }, "2026-11-23")).toBe(false);
    expect(isOverdue({ status: "completed", deadline: "2026-11-01" }, "2026-11-23")).toBe(false);
    expect(isOverdue({ status: "issued" }, "2026-11-23")).toBe(false);
  });
});

describe("totals of daily progress", () => {
  const aDay = (changes: Partial<ProgressDay>): ProgressDay => ({
    day: "2026-11-02",
    method: "manual",
    team: "a",
    squareMetres: 100,
    items: 1,
    deminers: 8,
    hours: 6,
    downtimeHours: null,
    downtimeReason: null,
    ...changes,
  });

  it("count a team with two methods on one day once, and keep the methods apart", () => {
    const totals = progressTotals([
      aDay({}),
      aDay({ method: "mechanical", squareMetres: 900, items: 0, deminers: 2 }),
      aDay({ day: "2026-11-03", deminers: null, downtimeHours: 1.5 }),
    ]);
    expect(totals).toEqual({
      squareMetres: 1100,
      items: 2,
      teamDays: 2,
      deminerDays: 8,
      downtimeHours: 1.5,
      byMethod: { manual: 200, mechanical: 900 },
      lastDay: "2026-11-03",
    });
  });

  it("know nothing of deminers when no day says, which is not zero", () => {
    expect(progressTotals([aDay({ deminers: null })]).deminerDays).toBeNull();
    expect(progressTotals([]).lastDay).toBeNull();
  });

  it("do not depend on the order of the days", () => {
    const day = fc.record({
      day: fc.constantFrom("2026-11-02", "2026-11-03", "2026-11-04"),
      method: fc.constantFrom("manual", "mechanical"),
      team: fc.constantFrom("a", "b"),
      squareMetres: fc.nat(1000),
      items: fc.nat(5),
      deminers: fc.option(fc.nat(20)),
      hours: fc.constant(null),
      downtimeHours: fc.option(fc.integer({ min: 0, max: 8 })),
      downtimeReason: fc.constant(null),
    });
    fc.assert(
      fc.property(fc.array(day), (days) => {
        expect(progressTotals([...days].reverse())).toEqual(progressTotals(days));
      }),
    );
  });
});
