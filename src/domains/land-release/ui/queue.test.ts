import { describe, expect, it } from "vitest";
import { countOf, statesOf, statesToDo, waitingSince } from "./queue.ts";

const having =
  (...rights: string[]) =>
  (right: string) =>
    rights.includes(right);
const manager = having("land.report-enter", "land.report-verify", "land.report-approve");

describe("the queue of reports", () => {
  it("shows each person what waits for them", () => {
    expect(statesToDo(manager)).toEqual(["verified", "submitted"]);
    expect(statesToDo(having("land.report-verify"))).toEqual(["submitted"]);
    expect(statesToDo(having("land.report-enter"))).toEqual(["returned", "draft"]);
    expect(statesToDo(having("land.report-read"))).toEqual([]);
  });
  it("counts what a view holds", () => {
    const counts = { draft: 1, submitted: 2, verified: 4, approved: 8 };
    expect(countOf("todo", counts, manager)).toBe(6);
    expect(countOf("todo", counts, having())).toBe(0);
    expect(countOf("all", counts, manager)).toBe(15);
    expect(countOf("returned", counts, manager)).toBe(0);
    expect(statesOf("all", manager)).toEqual([]);
  });
  it("counts the waiting from the last step, and not at all once nobody is waited for", () => {
    const times = { enteredAt: "2026-01-01", submittedAt: "2026-01-02", verifiedAt: "2026-01-03" };
    expect(waitingSince({ ...times, state: "submitted" })).toBe("2026-01-02");
    expect(waitingSince({ ...times, state: "verified" })).toBe("2026-01-03");
    expect(waitingSince({ ...times, state: "approved" })).toBeNull();
  });
});
