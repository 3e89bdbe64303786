import { describe, expect, it } from "vitest";
import type { FindingOutput } from "../contract.ts";
import { anchorsOf, bySeverity, findingAt, isShown } from "./findings.ts";

const finding = (
  check: string,
  severity: FindingOutput["severity"],
  field: string | null,
  part: string | null = null,
) => ({ check, severity, field, part, params: {} }) satisfies FindingOutput;

describe("findings of a report", () => {
  const all = [
    finding("a", "warning", "organisation"),
    finding("b", "error", "organisation"),
    finding("c", "error", "geometry", "p1"),
    finding("d", "warning", null, "p1"),
  ];
  it("come with errors first and otherwise as found", () => {
    expect(bySeverity(all).map(({ check }) => check)).toEqual(["b", "c", "a", "d"]);
  });
  it("stand beside their own control only, the worst one", () => {
    expect(findingAt(all, "organisation")?.check).toBe("b");
    expect(findingAt(all, "geometry")).toBeNull();
    expect(findingAt(all, "geometry", "p1")?.check).toBe("c");
  });
  it("lead to the nearest place there is", () => {
    expect(anchorsOf({ field: "evidence", part: "p1" })).toEqual(["part.p1.evidence", "evidence", "part.p1"]);
    expect(anchorsOf({ field: null, part: "p1" })).toEqual(["part.p1"]);
    expect(anchorsOf({ field: null, part: null })).toEqual([]);
  });
  it("wait until somebody has been where they stand, unless they are only to be looked at", () => {
    const shown = (visited: string[]) =>
      all.filter((each) => isShown(each, new Set(visited))).map(({ check }) => check);
    expect(shown([])).toEqual(["a", "d"]);
    expect(shown(["organisation"])).toEqual(["a", "b", "d"]);
    expect(shown(["part.p1.geometry"])).toEqual(["a", "c", "d"]);
    expect(isShown(finding("e", "error", null), new Set(["organisation"]))).toBe(false);
  });
});
