import type { Polygon } from "geojson";
import { describe, expect, test } from "vitest";
import { positionsOf } from "../checks/positions.ts";
import { box } from "../partition/samples.test-helper.ts";
import { prepareRegion } from "../region.ts";
import { computeSurvey } from "./compute.ts";
import { byCoordinates, byLegs, smallTraverse } from "./samples.test-helper.ts";
import { applySuggestion, undoSuggestion } from "./suggestion.ts";
import type { SurveyedPolygon, SurveyFindingCode, SurveyOptions } from "./types.ts";

const cambodia = prepareRegion(box(102.3, 10.4, 107.7, 14.7));
const square = ["13, 103", "13, 103.0004", "13.0004, 103.0004", "13.0004, 103"];
const swapLines = (texts: readonly string[], one: number, two: number) =>
  texts.map((text, at) => texts[at === one ? two : at === two ? one : at] ?? text);

/** Takes the suggestion of the first finding with a code; fails when there is none. */
function fixed(survey: SurveyedPolygon, code: SurveyFindingCode, options: SurveyOptions = {}): SurveyedPolygon {
  const found = computeSurvey(survey, options).findings.find((each) => each.code === code && each.suggestion);
  if (!found) throw new Error(`${code} is not suggested: ${JSON.stringify(computeSurvey(survey, options).findings)}`);
  return applySuggestion(survey, found);
}

const cases: readonly (readonly [string, SurveyedPolygon, SurveyFindingCode, SurveyOptions, number])[] = [
  ["points in the wrong order", byCoordinates(swapLines(square, 1, 2)), "polygon.vertex-order", {}, 1920],
  ["the first point typed again", byCoordinates([...square, "13, 103"]), "polygon.last-repeats-first", {}, 1920],
  [
    "a point typed twice",
    byCoordinates([...square.slice(0, 2), ...square.slice(1)]),
    "polygon.duplicate-consecutive",
    {},
    1920,
  ],
  [
    "a spike",
    byCoordinates([
      ...square.slice(0, 3),
      "13.0004, 103.0002",
      "13.002, 103.0002",
      "13.0004, 103.00019",
      ...square.slice(3),
    ]),
    "polygon.spike",
    {},
    1920,
  ],
  [
    "longitude before latitude",
    byCoordinates(
      square.map((text) => text.split(", ").toReversed().join(", ")),
      { reading: { datum: "wgs-84", order: "lat-lon" } },
    ),
    "place.axes-swapped",
    { region: cambodia },
    1920,
  ],
  [
    "a lost sign",
    byCoordinates(square.map((text) => text.replace("13", "-13"))),
    "place.sign-lost",
    { region: cambodia },
    1920,
  ],
  [
    "no zone",
    byCoordinates(["304854 1448889", "304904 1448889", "304904 1448939"]),
    "place.wrong-zone",
    { region: prepareRegion(box(102.5, 10.4, 105, 14.7)) },
    1250,
  ],
  [
    "the zone next door, named in every text",
    byCoordinates(["47N 304854 1448889", "47N 304904 1448889", "47N 304904 1448939"]),
    "place.wrong-zone",
    { region: cambodia },
    1250,
  ],
  [
    "the zone next door, named once",
    byCoordinates(["304854 1448889", "304904 1448889", "304904 1448939"], {
      reading: { datum: "wgs-84", zone: { zone: 47, hemisphere: "N" } },
    }),
    "place.wrong-zone",
    { region: cambodia },
    1250,
  ],
];

describe("one tap puts right", () => {
  test.each(cases)("%s", (_, survey, code, options, squareMetres) => {
    const better = fixed(survey, code, options);
    const computed = computeSurvey(better, options);
    expect(computed.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(computed.squareMetres).toBeGreaterThan(squareMetres - 8);
    expect(computed.squareMetres).toBeLessThan(squareMetres + 8);
    // Nothing that was typed is lost, and taking the tap back gives exactly what was typed.
    expect(better.corrections).toHaveLength(1);
    expect(undoSuggestion(better)).toEqual(survey);
    expect(JSON.parse(JSON.stringify(better))).toEqual(better);
  });
});

describe("slips in a traverse", () => {
  // Sides of which no two are parallel or of the same digits, so that a slip has one explanation.
  const good = byLegs("13, 103", [
    ["75", "62.5"],
    ["341", "48.3"],
    ["262", "37.9"],
    ["187.2", "57.0"],
  ]);
  const closes = (survey: SurveyedPolygon) => (computeSurvey(survey).traverse?.precision ?? Infinity) > 200;
  const withPoint = (index: number, leg: { bearing?: string; distance?: string }): SurveyedPolygon => ({
    ...good,
    points: good.points.map((point, at) => (at === index ? { ...point, ...leg } : point)),
  });

  test("the example itself closes", () => {
    expect(closes(good)).toBe(true);
  });

  test.each([
    ["a back bearing", withPoint(1, { bearing: "161" }), "back-bearing"],
    ["digits exchanged", withPoint(0, { distance: "26.5" }), "digits-exchanged"],
    ["a decimal point", withPoint(2, { distance: "379" }), "decimal-point"],
  ])("%s is found", (_, survey, reason) => {
    expect(closes(survey)).toBe(false);
    const finding = computeSurvey(survey).findings.find(({ code }) => code === "traverse.misclosure");
    expect(finding?.suggestion?.reason).toBe(reason);
    const better = fixed(survey, "traverse.misclosure");
    expect(closes(better)).toBe(true);
    expect(computeSurvey(better).squareMetres).toBe(computeSurvey(good).squareMetres);
  });

  test("a slip that two sides explain equally well is not guessed", () => {
    // In a rectangle either of the long sides could have been walked the other way.
    const legs = {
      ...smallTraverse,
      points: smallTraverse.points.map((point, at) => (at === 2 ? { ...point, bearing: "90" } : point)),
    };
    const finding = computeSurvey(legs).findings.find(({ code }) => code === "traverse.misclosure");
    expect(finding?.severity).toBe("error");
    expect(finding?.suggestion).toBeUndefined();
  });

  test("limits are the programme's", () => {
    const severity = (limits: SurveyOptions["limits"]) =>
      computeSurvey(smallTraverse, limits ? { limits } : {}).findings.map((finding) => finding.severity);
    expect(severity(undefined)).toEqual([]);
    expect(severity({ warnBelow: 1000 })).toEqual(["warning"]);
    expect(severity({ errorBelow: 1000 })).toEqual(["error"]);
    expect(severity({ errorAboveMetres: 0.2 })).toEqual(["error"]);
  });
});

describe("neighbours and the task", () => {
  const survey = byCoordinates(square);
  const released = (geometry: Polygon) => ({ id: "r", label: "CL-1", state: "released" as const, geometry });

  test("an overlap is told in square metres", () => {
    const neighbour = { ...released(box(103.0002, 13, 103.001, 13.001)), state: "open" as const };
    const computed = computeSurvey(survey, { neighbours: [neighbour] });
    const [overlap] = computed.findings;
    expect(overlap).toMatchObject({ code: "survey.overlaps-open", severity: "warning", params: { label: "CL-1" } });
    expect(overlap?.params.squareMetres).toBeCloseTo((computed.squareMetres ?? 0) / 2, -1);
    // Half of the area is no slip of the receiver.
    expect(overlap?.suggestion).toBeUndefined();
  });

  test("a thin overlap can be given to the neighbour by a tap", () => {
    const options = { neighbours: [released(box(103.00039, 12.9, 103.001, 13.1))] };
    const better = fixed(survey, "survey.overlaps-released", options);
    const computed = computeSurvey(better, options);
    expect(computed.findings.map(({ code }) => code)).toEqual([]);
    expect(computed.snapped?.largestMetres).toBeGreaterThan(0.5);
    expect(undoSuggestion(better)).toEqual(survey);
  });

  test("a thin gap is offered to be closed", () => {
    const options = { neighbours: [released(box(103.00041, 12.9, 103.001, 13.1))] };
    const better = fixed(survey, "survey.near-neighbour", options);
    const { geometry } = computeSurvey(better, options);
    const east = geometry ? Math.max(...positionsOf(geometry).map(({ position: [lon = 0] }) => lon)) : 0;
    expect(east).toBe(103.00041);
  });

  test("ground outside the task is told; another country is told once", () => {
    const half = computeSurvey(survey, { task: box(103, 13, 103.0002, 13.001) });
    expect(half.findings).toMatchObject([{ code: "survey.outside-task" }]);
    expect(half.findings[0]?.params.share).toBeCloseTo(0.5, 2);
    const far = computeSurvey(survey, { region: prepareRegion(box(95, 15, 98, 20)), task: box(96, 16, 97, 17) });
    expect(far.findings.map(({ code }) => code)).toEqual(["place.outside-region"]);
  });
});
