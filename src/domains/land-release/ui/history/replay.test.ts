import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeShape } from "../../model-replay.ts";
import { countsOn, dayNumber, replayMap, stepSizes, stopAt, stopsOf } from "./replay.ts";

const iso = fc
  .date({ min: new Date("1990-01-01"), max: new Date("2035-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe("the stops of a replay", () => {
  it("grow, end on the last day, and leave no month or year out", () => {
    fc.assert(
      fc.property(iso, iso, fc.constantFrom(...stepSizes), (one, two, size) => {
        const [first, last] = one <= two ? [one, two] : [two, one];
        const stops = stopsOf(first, last, size);
        expect(stops).toEqual([...new Set(stops)].sort());
        expect(stops.at(-1)).toBe(last);
        const part = size === "year" ? 4 : 7;
        const months = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
        const wanted =
          size === "year" ? Number(last.slice(0, 4)) - Number(first.slice(0, 4)) + 1 : months(last) - months(first) + 1;
        expect(new Set(stops.map((stop) => stop.slice(0, part))).size).toBe(wanted);
      }),
    );
  });

  it("show a day by the last stop before it", () => {
    const stops = stopsOf("2020-01-15", "2020-04-10", "month");
    expect(stops).toEqual(["2020-01-31", "2020-02-29", "2020-03-31", "2020-04-10"]);
    expect(stops.map((stop) => stopAt(stops, stop))).toEqual([0, 1, 2, 3]);
    expect(stopAt(stops, "2020-03-30")).toBe(1);
    expect(stopAt(stops, "2019-01-01")).toBe(0);
    expect(stopAt(stops, "2030-01-01")).toBe(3);
  });
});

const square = encodeShape({
  type: "Polygon",
  coordinates: [
    [
      [103, 13],
      [103.01, 13],
      [103.01, 13.01],
      [103, 13],
    ],
  ],
});
const id = "01559f33-a1a8-783d-827e-c7cadd27403a";
const history = {
  ...{ country: "KHM", firstDay: "2020-01-01", lastDay: "2022-06-01", figures: [], truncated: false },
  shapes: [square],
  areas: [
    {
      ...{ id, code: "HA-1", carried: true },
      states: [
        { from: "2020-01-01", areaClass: "sha" as const, status: "open" as const, squareMetres: 10, shape: 0 },
        { from: "2021-01-01", areaClass: "cha" as const, status: "worked-on" as const, squareMetres: 10, shape: 0 },
        { from: "2022-06-01", areaClass: "cha" as const, status: "closed" as const, squareMetres: 0, shape: null },
      ],
    },
  ],
  products: [
    { area: id, kind: "cleared" as const, from: "2022-06-01", squareMetres: 10, depthCentimetres: 20, shape: 0 },
  ],
};

describe("the map of a replay", () => {
  it("shows at most one state of an area on any day", () => {
    const { areas, released, bounds } = replayMap(history);
    const shown = (day: string) =>
      areas.features.filter(
        ({ geometry, properties }) =>
          geometry.type !== "Point" && properties?.from <= dayNumber(day) && properties?.until > dayNumber(day),
      );
    expect(shown("2019-12-31")).toHaveLength(0);
    expect(shown("2020-12-31").map(({ properties }) => properties?.areaClass)).toEqual(["sha"]);
    expect(shown("2021-01-01").map(({ properties }) => properties?.areaClass)).toEqual(["cha"]);
    // A state without a shape ends the one before it.
    expect(shown("2022-06-01")).toHaveLength(0);
    // Each outline has a symbol that stands in for it where it is a speck.
    const symbols = areas.features.filter(({ geometry }) => geometry.type === "Point");
    expect(symbols).toHaveLength(2);
    expect(symbols[0]?.geometry).toMatchObject({
      coordinates: [expect.closeTo(103.005, 6), expect.closeTo(13.005, 6)],
    });
    expect(released.features).toHaveLength(1);
    expect(bounds).toEqual([103, 13, 103.01, 13.01]);
  });

  it("counts areas by what they were on the day", () => {
    expect(countsOn(history, "2019-12-31")).toMatchObject({ sha: 0, cha: 0, closed: 0 });
    expect(countsOn(history, "2020-06-01")).toMatchObject({ sha: 1, cha: 0, closed: 0, notInLedger: 0 });
    expect(countsOn(history, "2022-06-01")).toMatchObject({ sha: 0, cha: 0, closed: 1 });
  });
});
