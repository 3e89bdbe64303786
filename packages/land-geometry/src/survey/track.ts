import type { Position } from "geojson";
import { selfMeetings } from "../checks/segments.ts";
import type { LonLat } from "../datums.ts";
import { nearestOnSide, type Plane, type PlanePoint, planeAt, planeDistance } from "./plane.ts";
import type { SurveyTrack, SurveyTrackReport, TrackPoint } from "./types.ts";

/** Limits of cleaning a track; all may be left out. */
export interface TrackLimits {
  /** Faster than this is a jump, metres a second; 6 when left out. */
  readonly fastest?: number;
  /** Points that stay within so many metres of each other are a stop; 3 when left out. */
  readonly stopMetres?: number;
  /** At least so many points make a stop; 4 when left out. */
  readonly stopPoints?: number;
  /** Points the receiver calls less accurate than this are left out, metres; 25 when left out. */
  readonly worstAccuracyMetres?: number;
}

/** The corners that a track comes down to. */
export interface CleanedTrack {
  readonly corners: readonly LonLat[];
  readonly report: SurveyTrackReport;
}

interface Step extends TrackPoint {
  readonly plane: PlanePoint;
  /** Seconds, NaN without a time. */
  readonly seconds: number;
}

function speed(one: Step, two: Step): number {
  const seconds = Math.abs(two.seconds - one.seconds);
  return seconds > 0 ? planeDistance(one.plane, two.plane) / seconds : Number.NaN;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, two) => one - two);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/**
 * Jumps: points off by far more than a usual step from both neighbours, while those are close to each other; where
 * times are known, only when getting there and back is faster than anybody walks.
 */
function withoutOutliers(steps: readonly Step[], fastest: number): Step[] {
  const usual = median(steps.slice(1).map((step, index) => planeDistance(step.plane, (steps[index] ?? step).plane)));
  const limit = Math.max(10, usual * 5);
  const kept: Step[] = [];
  steps.forEach((step, index) => {
    const before = kept[kept.length - 1];
    const after = steps[index + 1];
    if (before && after) {
      const [there, back] = [planeDistance(before.plane, step.plane), planeDistance(step.plane, after.plane)];
      const across = planeDistance(before.plane, after.plane);
      const jumps = Math.min(there, back) > limit && across < Math.min(there, back) / 2;
      const fast = Math.min(speed(before, step), speed(step, after));
      if (jumps && !(fast <= fastest)) return;
    } else if (before && !after && speed(before, step) > fastest && planeDistance(before.plane, step.plane) > limit) {
      return;
    }
    kept.push(step);
  });
  return kept;
}

/** Keeps one point of each stop: the one nearest to the middle of them. */
function withoutStops(steps: readonly Step[], metres: number, least: number): Step[] {
  const kept: Step[] = [];
  for (let from = 0; from < steps.length; ) {
    const first = steps[from];
    if (!first) break;
    let to = from + 1;
    while (to < steps.length && planeDistance((steps[to] ?? first).plane, first.plane) <= metres) to++;
    const group = steps.slice(from, to);
    if (group.length < least) {
      kept.push(first);
      from++;
      continue;
    }
    const middle: PlanePoint = [
      group.reduce((sum, { plane }) => sum + plane[0], 0) / group.length,
      group.reduce((sum, { plane }) => sum + plane[1], 0) / group.length,
    ];
    const nearest = group.reduce((best, step) =>
      planeDistance(step.plane, middle) < planeDistance(best.plane, middle) ? step : best,
    );
    kept.push(nearest);
    from = to;
  }
  return kept;
}

/** Where the walk comes back to its start: the point in its second half that is nearest to it, when that is near. */
function closed(steps: readonly Step[]): { readonly steps: readonly Step[]; readonly gapMetres: number } {
  const first = steps[0];
  const last = steps[steps.length - 1];
  if (!first || !last) return { steps, gapMetres: 0 };
  const walked: number[] = [0];
  for (let at = 1; at < steps.length; at++) {
    walked.push((walked[at - 1] ?? 0) + planeDistance((steps[at - 1] ?? first).plane, (steps[at] ?? first).plane));
  }
  const total = walked[walked.length - 1] ?? 0;
  const open = planeDistance(first.plane, last.plane);
  // A walk that overshoots passes its start again; nobody overshoots by half.
  const near = Math.max(5, total * 0.02);
  let best = steps.length - 1;
  for (let at = steps.length - 1; at > 2 && (walked[at] ?? 0) > total / 2; at--) {
    const away = planeDistance((steps[at] ?? first).plane, first.plane);
    if (away <= near && away < planeDistance((steps[best] ?? last).plane, first.plane)) best = at;
  }
  const kept = steps.slice(0, best + 1);
  const end = kept[kept.length - 1] ?? last;
  return { steps: kept, gapMetres: best === steps.length - 1 ? open : planeDistance(end.plane, first.plane) };
}

/**
 * Leaves out the points of a line that lie no further than a tolerance from what remains.
 * Source: D. H. Douglas and T. K. Peucker, Cartographica 10 (1973).
 * @returns the indices that stay, both ends among them
 */
function simplifiedLine(points: readonly PlanePoint[], tolerance: number): number[] {
  const keep = new Set([0, points.length - 1]);
  const open: [number, number][] = [[0, points.length - 1]];
  for (let range = open.pop(); range; range = open.pop()) {
    const [from, to] = range;
    const [a, b] = [points[from], points[to]];
    let [furthest, most] = [-1, tolerance];
    for (let at = from + 1; at < to; at++) {
      const point = points[at];
      if (!a || !b || !point) continue;
      const { metres } = nearestOnSide(a, b, point);
      if (metres > most) [furthest, most] = [at, metres];
    }
    if (furthest < 0) continue;
    keep.add(furthest);
    open.push([from, furthest], [furthest, to]);
  }
  return [...keep].sort((one, two) => one - two);
}

/**
 * Leaves out points of a closed outline so that every point left out lies no further than a tolerance from it. The
 * first point and the one furthest from it stay.
 * @returns the indices that stay
 */
export function simplifiedRing(points: readonly PlanePoint[], toleranceMetres: number): number[] {
  const first = points[0];
  if (!first || points.length < 4 || toleranceMetres <= 0) return points.map((_, index) => index);
  const furthest = points.reduce(
    (best, point, index) => (planeDistance(point, first) > planeDistance(points[best] ?? first, first) ? index : best),
    0,
  );
  const out = simplifiedLine(points.slice(0, furthest + 1), toleranceMetres);
  const back = simplifiedLine([...points.slice(furthest), first], toleranceMetres).map((index) => index + furthest);
  return [...new Set([...out, ...back.filter((index) => index < points.length)])];
}

const crosses = (points: readonly LonLat[]) =>
  selfMeetings(
    points.map(({ lon, lat }): Position => [lon, lat]),
    1,
  ).length > 0;

/**
 * Turns a recorded walk into the corners of an outline: points without a place, repeated, inaccurate, jumped to or
 * stood at go; the walk is cut where it comes back to its start; points on the line between others are left out. The
 * tolerance of that is halved until the outline does not cross itself more than the walk did.
 * Times are read for speeds only; tracks without them are cleaned by distances.
 */
export function cleanTrack(track: SurveyTrack, limits: TrackLimits = {}): CleanedTrack {
  const { fastest = 6, stopMetres = 3, stopPoints = 4, worstAccuracyMetres = 25 } = limits;
  const usable = track.points.filter(({ lon, lat }) => Math.abs(lon) <= 180 && Math.abs(lat) <= 90);
  const plane: Plane = planeAt(usable[0] ?? { lon: 0, lat: 0 });
  const distinct = usable.filter(
    ({ lon, lat }, index) => lon !== usable[index - 1]?.lon || lat !== usable[index - 1]?.lat,
  );
  const accurate = distinct.filter(({ accuracyMetres = 0 }) => accuracyMetres <= worstAccuracyMetres);
  const steps = accurate.map(
    (point): Step => ({
      ...point,
      plane: plane.toPlane(point),
      seconds: point.time === undefined ? Number.NaN : Date.parse(point.time) / 1000,
    }),
  );
  const walked = withoutOutliers(steps, fastest);
  const moving = withoutStops(walked, stopMetres, stopPoints);
  const ring = closed(moving);
  // A last point on the first one would be a corner twice.
  const repeatsFirst = ring.steps.length > 3 && ring.gapMetres < 0.1;
  const outline = repeatsFirst ? ring.steps.slice(0, -1) : ring.steps;
  const points = outline.map((step) => step.plane);
  const crossedAlready = crosses(outline);
  let toleranceMetres = track.toleranceMetres;
  let kept = simplifiedRing(points, toleranceMetres);
  const chosen = () => kept.map((index): LonLat => outline[index] ?? { lon: Number.NaN, lat: Number.NaN });
  for (let tries = 0; tries < 6 && !crossedAlready && (kept.length < 3 || crosses(chosen())); tries++) {
    toleranceMetres /= 2;
    kept = simplifiedRing(points, tries === 5 ? 0 : toleranceMetres);
    if (tries === 5) toleranceMetres = 0;
  }
  return {
    corners: chosen().map(({ lon, lat }) => ({ lon, lat })),
    report: {
      recorded: track.points.length,
      used: kept.length,
      dropped: {
        repeated: track.points.length - distinct.length,
        inaccurate: distinct.length - accurate.length,
        outliers: steps.length - walked.length,
        stops: walked.length - moving.length,
        afterClosing: moving.length - outline.length,
        simplified: outline.length - kept.length,
      },
      gapMetres: ring.gapMetres,
      toleranceMetres,
    },
  };
}
