import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  acceptProbability,
  boxesNeeded,
  fractionNeeded,
  lotAcceptProbability,
  notRuledOut,
  residual,
} from "./model-sampling.ts";

describe("the consumer's risk", () => {
  it("is 0.910, 0.754, 0.624 and 0.389 for 1, 3, 5 and 10 items left under a tenth searched with 0.9", () => {
    for (const [left, chance] of [
      [1, 0.91],
      [3, 0.754],
      [5, 0.624],
      [10, 0.389],
    ] as const)
      expect(acceptProbability(left, 0.1, 0.9)).toBeCloseTo(chance, 3);
  });

  it("of a tenth for five items needs 41 % of the land searched", () => {
    expect(fractionNeeded(5, 0.1, 0.9)).toBeCloseTo(0.41, 3);
  });

  it("cannot be reached by searching everything with a poor method", () => {
    expect(fractionNeeded(1, 0.05, 0.9)).toBeNull();
  });

  it("of a lot is 0.589 for 40 boxes of 400 with 5 bad ones", () => {
    expect(lotAcceptProbability(400, 40, 5)).toBeCloseTo(0.589, 3);
  });

  it("leaves 0.2 items of 20 after clearance that finds 99 %, and 0.181 for any at all", () => {
    const { expected, chanceOfAny } = residual(20, 0.99, 0, 0.9);
    expect(expected).toBeCloseTo(0.2, 10);
    expect(chanceOfAny).toBeCloseTo(0.181, 3);
  });

  it("refuses numbers that are no shares or counts", () => {
    for (const wrong of [-0.1, 1.1, Number.NaN]) expect(() => acceptProbability(1, wrong, 0.9)).toThrow(RangeError);
    expect(() => acceptProbability(-1, 0.1, 0.9)).toThrow(RangeError);
    expect(() => fractionNeeded(5, 1, 0.9)).toThrow(RangeError);
    expect(() => lotAcceptProbability(10, 11, 1)).toThrow(RangeError);
    expect(() => lotAcceptProbability(10, 2.5, 1)).toThrow(RangeError);
  });
});

const share = fc.double({ min: 0.01, max: 1, noNaN: true });
const risk = fc.double({ min: 0.001, max: 0.9, noNaN: true });

describe("sampling, whatever the numbers", () => {
  it("of the fraction that is needed has just the risk that was asked for", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), risk, share, (left, beta, q) => {
        const f = fractionNeeded(left, beta, q);
        if (f !== null) expect(acceptProbability(left, f, q)).toBeCloseTo(beta, 9);
        else expect(acceptProbability(left, 1, q)).toBeGreaterThan(beta);
      }),
    );
  });

  it("needs just so many boxes: one fewer would not do", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 500 }), fc.integer({ min: 1, max: 40 }), risk, (boxes, some, beta) => {
        const bad = Math.min(some, boxes);
        const needed = boxesNeeded(boxes, bad, beta);
        expect(lotAcceptProbability(boxes, needed, bad)).toBeLessThanOrEqual(beta);
        if (needed > 0) expect(lotAcceptProbability(boxes, needed - 1, bad)).toBeGreaterThan(beta);
      }),
    );
  });

  it("of a lot agrees with drawing the boxes one after the other", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(60), fc.nat(60), (boxes, a, b) => {
        const [drawn, bad] = [Math.min(a, boxes), Math.min(b, boxes)];
        let chance = 1;
        for (let i = 0; i < drawn; i++) chance *= Math.max(0, boxes - bad - i) / (boxes - i);
        expect(lotAcceptProbability(boxes, drawn, bad)).toBeCloseTo(chance, 9);
      }),
    );
  });

  it("without a find cannot rule out so many items, but one more it can", () => {
    fc.assert(
      fc.property(share, share, risk, (f, q, beta) => {
        const left = notRuledOut(f, q, beta);
        if (left === null) return;
        expect(acceptProbability(left, f, q)).toBeGreaterThanOrEqual(beta - 1e-6);
        expect(acceptProbability(left + 1, f, q)).toBeLessThan(beta + 1e-6);
      }),
    );
    expect(notRuledOut(0, 0.9, 0.1)).toBeNull();
    expect(notRuledOut(1, 1, 0.1)).toBe(0);
  });
});
