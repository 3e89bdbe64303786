import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateCapacity } from "./capacity.ts";
import { anyCatchments } from "./random-catchments.test-helper.ts";

const rooms = fc.array(
  fc.oneof(fc.constantFrom(0, 10, Number.POSITIVE_INFINITY), fc.double({ min: 0.001, max: 900, noNaN: true })),
  {
    minLength: 6,
    maxLength: 6,
  },
);

describe("allocateCapacity", () => {
  it("keeps every limit, and everybody is served or left over", () => {
    fc.assert(
      fc.property(anyCatchments(12, 6), rooms, ({ catchments, population }, all) => {
        const capacity = all.slice(0, catchments.length);
        const { served, unserved } = allocateCapacity(catchments, population, capacity);
        served.forEach((people, service) => {
          expect(people).toBeLessThanOrEqual((capacity[service] as number) * (1 + 1e-9));
        });
        const people = population.reduce((sum, count) => sum + (count || 0), 0);
        const counted = served.reduce((a, b) => a + b, 0) + unserved.reduce((a, b) => a + b, 0);
        expect(counted).toBeCloseTo(people, 6);
      }),
    );
  });

  it("leaves nobody unserved while a service in reach has room", () => {
    fc.assert(
      fc.property(anyCatchments(12, 6), rooms, ({ catchments, population }, all) => {
        const { served, unserved } = allocateCapacity(catchments, population, all.slice(0, catchments.length));
        catchments.forEach(({ cells }, service) => {
          const room = (all[service] as number) - (served[service] as number);
          if (room > 1e-6) expect([...cells].filter((cell) => (unserved[cell] as number) > 1e-6)).toEqual([]);
        });
      }),
    );
  });

  it("does not depend on the order in which services are listed", () => {
    fc.assert(
      fc.property(anyCatchments(12, 6), rooms, ({ catchments, population }, all) => {
        const capacity = all.slice(0, catchments.length);
        const forth = allocateCapacity(catchments, population, capacity);
        const back = allocateCapacity(catchments.toReversed(), population, capacity.toReversed());
        forth.served.forEach((people, service) => {
          expect(back.served.toReversed()[service]).toBeCloseTo(people, 6);
        });
        forth.unserved.forEach((people, cell) => {
          expect(back.unserved[cell]).toBeCloseTo(people, 6);
        });
      }),
    );
  });

  it("worked by hand: the nearer cell fills the service, the rest goes to the second nearest", () => {
    const near = { cells: Int32Array.of(0, 1), times: Float64Array.of(5, 8) };
    const far = { cells: Int32Array.of(0, 1), times: Float64Array.of(30, 20) };
    const { served, travel, unserved } = allocateCapacity([near, far], Float64Array.of(60, 70), [100, 20]);
    expect([...served]).toEqual([100, 20]);
    expect([...travel]).toEqual([60 * 5 + 40 * 8, 20 * 20]);
    expect([...unserved]).toEqual([0, 10]);
  });

  it("worked by hand: equal times share the room", () => {
    const one = { cells: Int32Array.of(0, 1), times: Float64Array.of(5, 5) };
    const { unserved } = allocateCapacity([one], Float64Array.of(30, 90), [60]);
    expect([...unserved]).toEqual([15, 45]);
  });
});
