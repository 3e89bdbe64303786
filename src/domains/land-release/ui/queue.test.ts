import { describe, expect, it } from "vitest";
import { queueOf, queuesFor, sortOf, waitingSince } from "./queue.ts";

const manager = { judges: true, enters: true };
const operator = { judges: false, enters: true };
const reader = { judges: false, enters: false };

describe("the queue of reports", () => {
  it("offers each person the lists that can hold something for them", () => {
    expect(queuesFor(manager)).toEqual(["todo", "mine", "all"]);
    expect(queuesFor(operator)).toEqual(["mine", "all"]);
    expect(queuesFor(reader)).toEqual(["all"]);
  });
  it("starts with what waits for somebody's judgement, then with their own", () => {
    expect(queueOf(undefined, manager)).toBe("todo");
    expect(queueOf(undefined, operator)).toBe("mine");
    expect(queueOf(undefined, reader)).toBe("all");
    expect(queueOf("all", manager)).toBe("all");
  });
  it("opens links that name a list of somebody else, or none that exists", () => {
    expect(queueOf("todo", operator)).toBe("mine");
    expect(queueOf("mine", reader)).toBe("all");
    expect(queueOf("verified", manager)).toBe("todo");
    expect(sortOf("-code")).toBe("-code");
    expect(sortOf("colour")).toBeUndefined();
  });
  it("counts the waiting from the last step, and not at all once nobody is waited for", () => {
    const times = { enteredAt: "2026-01-01", submittedAt: "2026-01-02", verifiedAt: "2026-01-03" };
    expect(waitingSince({ ...times, state: "submitted" })).toBe("2026-01-02");
    expect(waitingSince({ ...times, state: "verified" })).toBe("2026-01-03");
    expect(waitingSince({ ...times, state: "approved" })).toBeNull();
  });
});
