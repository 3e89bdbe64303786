import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { movementOf } from "../../model.ts";
import { everyYear, stack } from "./series.ts";

describe("a stacked bar", () => {
  it("is as long as the sum of its pieces, which touch each other in order", () => {
    const sizes = fc.record({ a: fc.nat(1000), b: fc.nat(1000), c: fc.nat(1000) });
    fc.assert(
      fc.property(sizes, (row) => {
        const pieces = stack(
          [row],
          ["a", "b", "c"] as const,
          () => "row",
          (each, kind) => each[kind],
        );
        expect(pieces.at(-1)?.to ?? 0).toBe(row.a + row.b + row.c);
        for (const [i, piece] of pieces.entries()) expect(piece.from).toBe(pieces[i - 1]?.to ?? 0);
      }),
    );
  });
});

describe("the years of a ledger", () => {
  it("have no gaps: what was open stays open, and nothing moves", () => {
    const first = movementOf({}, { confirmed: 70, suspected: 30, identified: -120, cleared: 20 });
    const last = movementOf({ confirmed: 70, suspected: 30 }, { confirmed: 10, suspected: 30, cleared: 60 });
    const years = everyYear([
      { key: "2020", movement: first },
      { key: "2023", movement: last },
      { key: null, movement: last },
    ]);
    expect(years.map(({ year }) => year)).toEqual(["2020", "2021", "2022", "2023"]);
    expect(years[2]?.movement).toMatchObject({
      ...{ opening: 100, closing: 100, cleared: 0, identified: 0, closingConfirmed: 70 },
    });
    expect(years[3]?.movement.closing).toBe(40);
  });
});
