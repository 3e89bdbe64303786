import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cyclingPace, MODE, paceOnSlope, portableExp, walkingFactor } from "./modes.ts";

describe("portableExp", () => {
  it("is within two units in the last place of the true exponential", () => {
    fc.assert(
      fc.property(fc.double({ min: -0.3, max: 708, noNaN: true }), (x) => {
        const exact = Math.exp(x);
        expect(Math.abs(portableExp(x) - exact)).toBeLessThanOrEqual(exact * Number.EPSILON * 3);
      }),
    );
    expect([portableExp(0), portableExp(710), portableExp(Number.NaN)]).toEqual([
      1,
      Number.POSITIVE_INFINITY,
      Number.NaN,
    ]);
  });
});

describe("walkingFactor", () => {
  it("is 1 on the flat, least at a descent of 5 %, and gives Tobler's speeds at 5.036 km/h", () => {
    expect(walkingFactor(0)).toBeCloseTo(1, 15);
    const speed = (slope: number) => 5.036742 / walkingFactor(slope);
    expect(speed(-0.05)).toBeCloseTo(6, 5);
    expect(speed(0.2)).toBeCloseTo(6 * Math.exp(-3.5 * 0.25), 5);
    expect(speed(-0.3)).toBeCloseTo(speed(0.2), 9);
  });
});

describe("cyclingPace", () => {
  it("needs the same power on every slope, up to twice the flat speed", () => {
    const slopes = fc.double({ min: -0.6, max: 0.6, noNaN: true });
    const paces = fc.double({ min: 0.06, max: 2, noNaN: true });
    fc.assert(
      fc.property(paces, slopes, (pace, slope) => {
        const power = (speed: number, rise: number) => speed * (931 * (rise + 0.012) + 0.25020962 * speed * speed);
        const speed = 1 / cyclingPace(pace, slope);
        const flat = 1 / pace;
        if (speed >= 2 * flat * (1 - 1e-12))
          expect(power(2 * flat, slope)).toBeLessThanOrEqual(power(flat, 0) * (1 + 1e-9));
        else expect(power(speed, slope) / power(flat, 0)).toBeCloseTo(1, 9);
      }),
    );
    expect(cyclingPace(0.3, 0)).toBeCloseTo(0.3, 12);
  });
});

it("motorised travel takes no notice of slopes, and an unknown mode is impassable", () => {
  expect(paceOnSlope(MODE.motorised, 0.05, 0.3, 9)).toBe(0.05);
  expect(paceOnSlope(0, 0.05, 0, 1)).toBe(Number.NaN);
});
