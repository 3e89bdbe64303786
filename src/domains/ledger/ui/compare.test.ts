import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EntryOutput, MovementOutput } from "../contract.ts";
import { movementOf } from "../model.ts";
import { compareRows, explain } from "./compare.ts";

const movement = (confirmed: number): MovementOutput =>
  movementOf({}, { confirmed, identified: -confirmed } as Parameters<typeof movementOf>[1]);

const entry = (about: string, squareMetres: number, knownAt = "2024-02-01T00:00:00Z", effectiveOn = "2022-05-01") =>
  ({
    ...{ country: "KHM", report: about, line: 1, about, reportCode: about, reportType: "clearance" },
    ...{ area: null, areaCode: null, account: "cleared", squareMetres, effectiveOn, knownAt },
    ...{ unit: null, organisation: null, contamination: [], method: null, depthCentimetres: null },
  }) as EntryOutput;

describe("what was known then beside what is known now", () => {
  it("keeps rows that only one of them has", () => {
    const then = { rows: [{ key: "a", movement: movement(10) }] };
    const now = {
      rows: [
        { key: "b", movement: movement(5) },
        { key: null, movement: movement(1) },
      ],
    };
    expect(compareRows(then, now, "closing")).toEqual([
      { key: "b", before: 0, after: 5, difference: 5 },
      { key: null, before: 0, after: 1, difference: 1 },
      { key: "a", before: 10, after: 0, difference: -10 },
    ]);
  });

  it("is explained by reports whose amounts add up to that of the entries", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom("r1", "r2", "r3"), fc.integer({ min: -1000, max: 1000 })), {
          maxLength: 40,
        }),
        fc.constantFrom(1 as const, -1 as const),
        (amounts, sign) => {
          const lines = explain(
            amounts.map(([about, amount]) => entry(about, amount)),
            { sign },
          );
          const sum = lines.reduce((total, { squareMetres }) => total + squareMetres, 0);
          expect(sum).toBe(amounts.reduce((total, [, amount]) => total + sign * amount, 0) || 0);
          expect(lines.every(({ squareMetres }) => squareMetres !== 0)).toBe(true);
        },
      ),
    );
  });

  it("tells one report twice when it became known twice, with the days its entries hold from", () => {
    const lines = explain(
      [
        entry("r1", 5, "2024-02-01T00:00:00Z", "2022-05-01"),
        entry("r1", 7, "2024-02-01T00:00:00Z", "2021-01-01"),
        entry("r1", 100, "2024-03-01T00:00:00Z"),
      ],
      { sign: 1 },
    );
    expect(lines.map(({ knownAt, from, to, squareMetres }) => [knownAt.slice(0, 7), from, to, squareMetres])).toEqual([
      ["2024-03", "2022-05-01", "2022-05-01", 100],
      ["2024-02", "2021-01-01", "2022-05-01", 12],
    ]);
  });
});
