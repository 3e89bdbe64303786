import { describe, expect, it } from "vitest";
import { changedFacts } from "./changed-facts.ts";

describe("what a correction says otherwise", () => {
  it("is every fact that differs, came or went, and nothing else", () => {
    const before = [
      ["team", "One"],
      ["hours", "40"],
      ["reason", "as surveyed"],
    ] as const;
    const after = [
      ["team", "One"],
      ["deminers", "12"],
      ["hours", "44"],
    ] as const;
    expect(changedFacts(before, after)).toEqual([
      { name: "deminers", before: null, after: "12" },
      { name: "hours", before: "40", after: "44" },
      { name: "reason", before: "as surveyed", after: null },
    ]);
    expect(changedFacts(before, before)).toEqual([]);
  });
});
