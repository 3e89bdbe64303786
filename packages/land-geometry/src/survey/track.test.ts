import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { destination, distanceMetres } from "../geodesic.ts";
import { computeSurvey } from "./compute.ts";
import { nearestOnSide, planeAt, planeDistance } from "./plane.ts";
import { emptySurvey } from "./samples.test-helper.ts";
import { cleanTrack, simplifiedRing } from "./track.ts";
import type { SurveyTrack, TrackPoint } from "./types.ts";

const start = { lon: 103, lat: 13 };

/** A walk around a square of 100 m, a point every five metres and as many seconds. */
function walk(): TrackPoint[] {
  const points: TrackPoint[] = [];
  let place = start;
  [90, 0, 270, 180].forEach((bearing, side) => {
    for (let step = 0; step < 20; step++) {
      const second = String(points.length * 5).padStart(4, "0");
      const time = new Date(Date.UTC(2026, 0, 1) + Number(second) * 1000).toISOString();
      points.push({ ...destination(place, bearing, step * 5), time });
    }
    place = destination(place, bearing, 100);
    if (side === 3) points.push({ ...place, time: new Date(Date.UTC(2026, 0, 1, 1)).toISOString() });
  });
  return points;
}

const track = (points: readonly TrackPoint[], toleranceMetres = 1): SurveyTrack => ({
  name: "walk.gpx",
  points,
  toleranceMetres,
});

describe("a walk around a square", () => {
  test("comes down to its four corners and closes", () => {
    const { corners, report } = cleanTrack(track(walk()));
    expect(corners).toHaveLength(4);
    expect(report.gapMetres).toBeLessThan(0.1);
    expect(report.dropped).toMatchObject({ outliers: 0, stops: 0, repeated: 0 });
    expect(report.recorded).toBe(report.used + Object.values(report.dropped).reduce((sum, each) => sum + each, 0));
  });

  test("a jump is dropped, and counted", () => {
    const points = walk();
    const jump = { ...destination(points[30] ?? start, 90, 200), time: "2026-01-01T00:02:32.000Z" };
    const { corners, report } = cleanTrack(track([...points.slice(0, 31), jump, ...points.slice(31)]));
    expect(report.dropped.outliers).toBe(1);
    expect(corners).toHaveLength(4);
  });

  test("a jump is dropped in a track without times, too", () => {
    const points = walk().map(({ lon, lat }) => ({ lon, lat }));
    const jump = destination(points[30] ?? start, 90, 200);
    expect(cleanTrack(track([...points.slice(0, 31), jump, ...points.slice(31)])).report.dropped.outliers).toBe(1);
  });

  test("standing still leaves one point", () => {
    const points = walk();
    const here = points[50] ?? start;
    const stop = Array.from({ length: 12 }, (_, at) => destination(here, at * 71, 0.5 + (at % 3) * 0.4));
    const { corners, report } = cleanTrack(track([...points.slice(0, 51), ...stop, ...points.slice(51)]));
    expect(report.dropped.stops).toBe(12);
    expect(corners.length).toBeLessThanOrEqual(5);
  });

  test("walked on after closing, the second way is left out", () => {
    const points = walk();
    const again = points.slice(1, 8);
    const { corners, report } = cleanTrack(track([...points, ...again]));
    expect(report.dropped.afterClosing).toBeGreaterThanOrEqual(7);
    expect(corners).toHaveLength(4);
  });

  test("points the receiver calls inaccurate go", () => {
    const points = walk().map((point, at) => (at === 33 ? { ...point, accuracyMetres: 80 } : point));
    expect(cleanTrack(track(points)).report.dropped.inaccurate).toBe(1);
  });

  test("as a survey it has its area, and says what was left out", () => {
    const computed = computeSurvey({ ...emptySurvey, method: "gps-track", track: track(walk()) });
    expect(computed.squareMetres).toBeGreaterThan(9990);
    expect(computed.squareMetres).toBeLessThan(10_010);
    const cleaned = computed.findings.find(({ code }) => code === "survey.track-cleaned");
    expect(cleaned?.params.recorded).toBe(81);
    expect(computed.findings.some(({ code }) => code === "survey.track-open")).toBe(false);
  });

  test("a walk that does not come back is told", () => {
    const computed = computeSurvey({ ...emptySurvey, method: "gps-track", track: track(walk().slice(0, 60)) });
    const open = computed.findings.find(({ code }) => code === "survey.track-open");
    expect(open?.params.metres).toBeGreaterThan(90);
    expect(computed.geometry).not.toBeNull();
  });
});

describe("properties", () => {
  const wobbly = fc
    .array(fc.double({ min: 40, max: 200, noNaN: true }), { minLength: 6, maxLength: 60 })
    .map((reaches) => reaches.map((reach, at) => destination(start, (at * 360) / reaches.length, reach)));

  test("no point left out lies further from the outline than the tolerance", () => {
    fc.assert(
      fc.property(wobbly, fc.double({ min: 0.1, max: 20, noNaN: true }), (places, tolerance) => {
        const plane = planeAt(start);
        const points = places.map(plane.toPlane);
        const kept = simplifiedRing(points, tolerance);
        expect(kept).toEqual([...new Set(kept)].sort((one, two) => one - two));
        const ring = kept.map((index) => points[index] ?? ([0, 0] as const));
        for (const point of points) {
          const away = Math.min(
            ...ring.map((from, at) => nearestOnSide(from, ring[(at + 1) % ring.length] ?? from, point).metres),
          );
          expect(away).toBeLessThanOrEqual(tolerance + 1e-9);
        }
      }),
    );
  });

  test("nothing is lost count of, and what stays was recorded", () => {
    fc.assert(
      fc.property(wobbly, fc.double({ min: 0, max: 30, noNaN: true }), (places, tolerance) => {
        const { corners, report } = cleanTrack(track(places, tolerance));
        const dropped = Object.values(report.dropped).reduce((sum, each) => sum + each, 0);
        expect(report.used + dropped).toBe(report.recorded);
        for (const corner of corners) expect(places).toContainEqual(corner);
      }),
    );
  });

  test("the plane keeps short distances", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 360, noNaN: true }),
        fc.double({ min: 1, max: 3000, noNaN: true }),
        (bearing, metres) => {
          const plane = planeAt(start);
          const away = destination(start, bearing, metres);
          const flat = planeDistance(plane.toPlane(start), plane.toPlane(away));
          expect(Math.abs(flat - metres)).toBeLessThan(metres * 3e-4);
          expect(distanceMetres(plane.toPlace(plane.toPlane(away)), away)).toBeLessThan(1e-6);
        },
      ),
    );
  });
});
