import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { geodesicArea } from "../area.ts";
import { parseCoordinate } from "../coordinates/parse.ts";
import { destination } from "../geodesic.ts";
import { computeSurvey } from "./compute.ts";
import { byCoordinates, byLegs, emptySurvey, smallTraverse } from "./samples.test-helper.ts";
import type { ComputedSurvey, SurveyedPolygon } from "./types.ts";

const codes = ({ findings }: ComputedSurvey) => findings.map(({ code }) => code);

describe("an area of the size that is cleared, by bearings and distances", () => {
  const computed = computeSurvey(smallTraverse);

  test("closes as the worked example says", () => {
    expect(computed.traverse?.perimeterMetres).toBeCloseTo(179.7, 9);
    expect(computed.traverse?.latitudeError.toFixed(4)).toBe("-0.1985");
    expect(computed.traverse?.departureError.toFixed(3)).toBe("0.149");
    expect(computed.traverse?.misclosureMetres.toFixed(3)).toBe("0.248");
    expect(Math.round(computed.traverse?.precision ?? 0)).toBe(724);
    expect(computed.traverse?.adjustedSquareMetres.toFixed(1)).toBe("1994.9");
    expect(computed.traverse?.unadjustedSquareMetres.toFixed(1)).toBe("1990.0");
    expect(computed.traverse?.rows.map(({ from, to }) => `${from}–${to}`)).toEqual([
      "SP–TP1",
      "TP1–TP2",
      "TP2–TP3",
      "TP3–SP",
    ]);
  });

  test("lies on the ground with its adjusted area, and nothing is wrong with it", () => {
    expect(computed.squareMetres).toBe(1995);
    expect(codes(computed)).toEqual([]);
    expect(computed.corners.map(({ name }) => name)).toEqual(["SP", "TP1", "TP2", "TP3"]);
    expect(computed.corners[0]).toMatchObject({ lon: 107.1, lat: 16.82 });
    expect(computed.corners[0]?.distanceMetres).toBeCloseTo(Math.hypot(49.9582, 0.0552), 3);
  });

  test("unadjusted it is closed straight back to the start", () => {
    const plain = computeSurvey({ ...smallTraverse, adjust: false });
    expect(plain.squareMetres).toBe(1990);
    expect(plain.corners[1]?.distanceMetres).toBeCloseTo(40, 6);
  });
});

test("the example in feet keeps the printed digits of every side when typed in feet", () => {
  const survey = byLegs(
    "13, 103",
    [
      [`226°54'23"`, "639.15"],
      [`0°00'00"`, "523.69"],
      [`235°02'29"`, "409.54"],
      [`79°35'02"`, "815.93"],
    ],
    { distanceUnit: "foot" },
  );
  const { traverse } = computeSurvey(survey);
  const feet = (metres: number | undefined) => ((metres ?? 0) / 0.3048).toFixed(3);
  expect(traverse?.rows.map((row) => [feet(row.latitude), feet(row.departure)])).toEqual([
    ["-436.662", "-466.732"],
    ["523.690", "0.000"],
    ["-234.660", "-335.645"],
    ["147.517", "802.484"],
  ]);
  expect(traverse?.rows.map((row) => [feet(row.adjustedLatitude), feet(row.adjustedDeparture)])).toEqual([
    ["-436.631", "-466.761"],
    ["523.715", "-0.023"],
    ["-234.640", "-335.663"],
    ["147.556", "802.447"],
  ]);
  expect(Math.round(traverse?.precision ?? 0)).toBe(15146);
  expect(Math.round((traverse?.adjustedSquareMetres ?? 0) / 0.3048 ** 2)).toBe(52851);
});

describe("north", () => {
  const magnetic: SurveyedPolygon = { ...smallTraverse, north: "magnetic" };

  test("a declination that nobody gave is not taken for zero, but the closure is shown", () => {
    const computed = computeSurvey(magnetic);
    expect(codes(computed)).toContain("survey.declination-missing");
    expect(computed.geometry).toBeNull();
    expect(Math.round(computed.traverse?.precision ?? 0)).toBe(724);
  });

  test("true = magnetic + declination", () => {
    const computed = computeSurvey({ ...magnetic, declinationDegrees: -1.5, declinationDate: "2026-01-01" });
    const straight = computeSurvey(smallTraverse);
    const turn = (computed.corners[0]?.bearingDegrees ?? 0) - (straight.corners[0]?.bearingDegrees ?? 0);
    expect(turn).toBeCloseTo(-1.5, 6);
    expect(codes(computed)).toEqual([]);
  });

  test("grid bearings are turned by the convergence at the start", () => {
    const computed = computeSurvey({ ...smallTraverse, north: "grid" });
    const straight = computeSurvey(smallTraverse);
    const turn = (computed.corners[0]?.bearingDegrees ?? 0) - (straight.corners[0]?.bearingDegrees ?? 0);
    // First-order convergence of a transverse Mercator grid: Δλ sin φ, with 105° E in the middle of zone 48.
    expect(turn).toBeCloseTo(2.1 * Math.sin((16.82 * Math.PI) / 180), 3);
  });
});

describe("the way in", () => {
  test("leads from the reference point over the benchmark to the start", () => {
    const { start: _, ...rest } = smallTraverse;
    const computed = computeSurvey({
      ...rest,
      referencePoint: { text: "16.82, 107.1" },
      referenceToBenchmark: { bearing: "90", distance: "100" },
      benchmarkToStart: { bearing: "0", distance: "30" },
    });
    const benchmark = destination({ lon: 107.1, lat: 16.82 }, 90, 100);
    expect(computed.approach.benchmark).toEqual(benchmark);
    expect(computed.approach.start).toEqual(destination(benchmark, 0, 30));
    expect(computed.squareMetres).toBe(1995);
  });

  test("is compared with a start that was fixed by itself", () => {
    const computed = computeSurvey({
      ...smallTraverse,
      benchmark: { text: "16.82, 107.1" },
      benchmarkToStart: { bearing: "90", distance: "35" },
    });
    const [differs] = computed.findings.filter(({ code }) => code === "survey.start-differs");
    expect(differs?.params.metres).toBeCloseTo(35, 3);
  });

  test("a point on another datum is read on that datum", () => {
    const other = { text: "48N 304854 1448889", reading: { datum: "Indian 1960" } };
    const { approach } = computeSurvey({ ...smallTraverse, benchmark: other });
    const read = parseCoordinate(other.text, { datum: "Indian 1960" });
    expect(read.ok && [read.lon, read.lat]).toEqual([approach.benchmark?.lon, approach.benchmark?.lat]);
  });
});

describe("what is missing is said where it is missing", () => {
  test.each([
    ["a start", { ...smallTraverse, start: { text: "" } }, "survey.start-missing", { part: "start" }],
    [
      "a distance",
      {
        ...smallTraverse,
        points: smallTraverse.points.map((point, at) => (at === 1 ? { ...point, distance: "" } : point)),
      },
      "survey.distance-missing",
      { part: "points", index: 1 },
    ],
    [
      "a bearing",
      { ...smallTraverse, closingLeg: { bearing: "400", distance: "40" } },
      "survey.bearing-unreadable",
      { part: "closingLeg" },
    ],
    [
      "a datum",
      byCoordinates(["13, 103", "13, 103.001", "13.001, 103"], { reading: { datum: null } }),
      "survey.datum-missing",
      { part: "survey" },
    ],
    ["a track", { ...emptySurvey, method: "gps-track" as const }, "survey.track-missing", { part: "survey" }],
    ["a file", { ...emptySurvey, method: "file" as const }, "survey.file-missing", { part: "survey" }],
    ["corners", byCoordinates(["13, 103", "13, 103.001"]), "survey.too-few-points", { part: "survey" }],
  ])("%s", (_, survey, code, place) => {
    const computed = computeSurvey(survey as SurveyedPolygon);
    expect(computed.findings).toContainEqual(expect.objectContaining({ code, place, severity: "error" }));
    expect(computed.geometry).toBeNull();
    expect(computed.squareMetres).toBeNull();
  });

  test("the way back: the outline closes straight and says that closure is not known", () => {
    const { closingLeg: _, ...open } = smallTraverse;
    const computed = computeSurvey(open);
    expect(codes(computed)).toEqual(["survey.closing-leg-missing"]);
    expect(computed.traverse).toBeUndefined();
    expect(computed.squareMetres).toBe(1990);
  });

  test("a comma before three digits is no distance", () => {
    const computed = computeSurvey({ ...smallTraverse, closingLeg: { bearing: "180", distance: "1,234" } });
    expect(codes(computed)).toContain("survey.distance-unreadable");
  });
});

test("digits of the region are read", () => {
  const survey = byLegs("១៦.៨២, ១០៧.១", [
    ["៩០", "៥០"],
    ["០", "៤០.០"],
    ["២៧០", "៤៩.៥"],
    ["១៨០.៥", "៤០.២"],
  ]);
  expect(computeSurvey(survey).squareMetres).toBe(1995);
});

test("corners by coordinate and corners by leg mix in a list", () => {
  const survey = byCoordinates(["13, 103", "13.001, 103"]);
  const mixed = {
    ...survey,
    points: [...survey.points, { kind: "intermediate" as const, bearing: "90", distance: "45" }],
  };
  const computed = computeSurvey(mixed);
  expect(computed.corners.map(({ name }) => name)).toEqual(["SP", "TP1", "IP1"]);
  expect(computed.corners[1]?.distanceMetres).toBeCloseTo(45, 6);
});

test("sides above fifty metres want an intermediate point, once for all", () => {
  const computed = computeSurvey(byCoordinates(["13, 103", "13, 103.001", "13.001, 103.001", "13.001, 103"]));
  expect(codes(computed)).toEqual(["survey.intermediate-needed"]);
  expect(computed.findings[0]).toMatchObject({ severity: "advice", params: { sides: 4, limitMetres: 50 } });
  expect(computed.squareMetres).toBeGreaterThan(11_990);
  expect(computed.squareMetres).toBeLessThan(12_010);
});

describe("properties", () => {
  const lengths = fc.array(fc.double({ min: 20, max: 300, noNaN: true }), { minLength: 3, maxLength: 14 });

  test("a star walked by exact bearings and distances closes, and has the area of its corners", () => {
    fc.assert(
      fc.property(lengths, fc.double({ min: 0, max: 360, noNaN: true }), (reaches, turn) => {
        const points = reaches.map((reach, at) => {
          const angle = ((turn + (at * 360) / reaches.length) * Math.PI) / 180;
          return { east: reach * Math.sin(angle), north: reach * Math.cos(angle) };
        });
        const legs = points.map((from, at): [string, string] => {
          const to = points[(at + 1) % points.length] ?? from;
          const bearing = (Math.atan2(to.east - from.east, to.north - from.north) * 180) / Math.PI;
          return [
            ((bearing + 360) % 360).toFixed(9),
            Math.hypot(to.east - from.east, to.north - from.north).toFixed(9),
          ];
        });
        const computed = computeSurvey(byLegs("13, 103", legs));
        expect(computed.traverse?.misclosureMetres).toBeLessThan(1e-4);
        const plane = computed.traverse?.adjustedSquareMetres ?? 0;
        const ground = computed.geometry && geodesicArea(computed.geometry);
        if (ground === null) return;
        expect(Math.abs(ground - plane)).toBeLessThan(1e-6 * plane + 0.01);
      }),
      { numRuns: 60 },
    );
  });

  test("the same survey written as JSON and read again gives the same result", () => {
    for (const survey of [smallTraverse, byCoordinates(["13, 103", "13, 103.001", "13.001, 103"])]) {
      const copy = JSON.parse(JSON.stringify(survey)) as SurveyedPolygon;
      expect(computeSurvey(copy)).toEqual(computeSurvey(survey));
    }
  });
});
