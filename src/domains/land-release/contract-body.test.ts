import { describe, expect, it } from "vitest";
import { validationProblem } from "../../platform/http/problems.ts";
import { bodySchema } from "./contract-body.ts";
import { anId } from "./samples.ts";

const sent = (survey: unknown) =>
  bodySchema.safeParse({ parts: [{ id: anId(1), outcome: "identified", survey }] }).success;

describe("the survey of a part", () => {
  const begun = { method: "coordinates", points: [] };
  it("may be only begun, and may say more than is known of it", () => {
    expect(sent(null)).toBe(true);
    expect(sent(begun)).toBe(true);
    expect(sent({ ...begun, points: [{ kind: "turning", coordinate: "16.82, 107.1", note: "a stone" }] })).toBe(true);
    expect(sent({ ...begun, weather: "rain" })).toBe(true);
  });

  it("is of its kind where others work it out again", () => {
    const wrong = [
      {},
      { ...begun, method: "guess" },
      { ...begun, points: [null] },
      { ...begun, points: [{ bearing: 90 }] },
      { ...begun, start: "16.82, 107.1" },
      { ...begun, reading: { datum: 4326 } },
      { ...begun, track: { points: [{ lon: "107" }] } },
      { ...begun, file: { geometry: { type: "Point", coordinates: [1, 2] } } },
    ];
    expect(wrong.filter(sent)).toEqual([]);
  });
});

describe("the polygon of a part", () => {
  it("is refused with words that people know: places that cannot be, and kinds that are no polygon", () => {
    const told = (geometry: unknown) => {
      const read = bodySchema.safeParse({ parts: [{ id: anId(1), outcome: "identified", geometry }] });
      return read.error ? validationProblem(read.error).fields.map(({ path, code }) => `${path} ${code}`) : [];
    };
    const ring = (...positions: unknown[]) => ({ type: "Polygon", coordinates: [positions] });
    expect(told(ring([103, 13], [103.1, 13], [103, 13.1], [103, 13]))).toEqual([]);
    expect(told(ring([13, 103]))).toEqual(["parts.0.geometry.coordinates.0.0 field.impossible-position"]);
    expect(told({ type: "Point", coordinates: [103, 13] })).toEqual(["parts.0.geometry.type field.invalid-value"]);
  });
});
