import { checkMisclosure } from "../checks/precision.ts";
import { selfMeetings } from "../checks/segments.ts";
import type { LonLat } from "../datums.ts";
import { distanceMetres } from "../geodesic.ts";
import { adjustTraverse, layOut, planeArea, type Traverse, type TraversePoint, traversePoints } from "../traverse.ts";
import { cornerNames, type PlacedCorner } from "./outline.ts";
import { finding, isTyped, type ReadLeg, readLeg, readPosition, trueBearingNear } from "./reading.ts";
import { findSlip } from "./slips.ts";
import type {
  SurveyedPolygon,
  SurveyFinding,
  SurveyOptions,
  SurveyPatch,
  SurveyPlace,
  SurveyTraverse,
  TypedLeg,
} from "./types.ts";

/** A survey by bearings and distances worked out. */
export interface TraverseSurvey {
  readonly corners: readonly PlacedCorner[];
  readonly traverse: SurveyTraverse | null;
  readonly findings: readonly SurveyFinding[];
}

const closing: SurveyPlace = { part: "closingLeg" };

function placeOfLeg(survey: SurveyedPolygon, index: number): SurveyPlace {
  return index < survey.points.length ? { part: "points", index } : closing;
}

/** The survey with one leg typed otherwise. */
function withLeg(survey: SurveyedPolygon, index: number, leg: TypedLeg): SurveyPatch {
  if (index >= survey.points.length) return { closingLeg: leg };
  return { points: survey.points.map((point, at) => (at === index ? { ...point, ...leg } : point)) };
}

function tableOf(traverse: Traverse, names: readonly string[]): SurveyTraverse {
  const { precision, perimeter, misclosure, latitudeError, departureError } = traverse;
  const area = (values: "adjusted" | "measured") => Math.abs(planeArea(traversePoints(traverse, values)));
  return {
    rows: traverse.rows.map(({ distance, ...row }, index) => ({
      ...row,
      distanceMetres: distance,
      from: names[index] ?? "",
      to: names[(index + 1) % names.length] ?? "",
    })),
    perimeterMetres: perimeter,
    latitudeError,
    departureError,
    misclosureMetres: misclosure,
    precision: Number.isFinite(precision) ? precision : null,
    unadjustedSquareMetres: area("measured"),
    adjustedSquareMetres: area("adjusted"),
  };
}

/** The two legs of a crossing outline that were probably written in each other's place, when there is just one pair. */
function legsExchanged(
  survey: SurveyedPolygon,
  typed: readonly TypedLeg[],
  legs: readonly ReadLeg[],
): SurveyPatch | null {
  if (legs.length < 4 || legs.length > 24) return null;
  const crosses = (order: readonly ReadLeg[]) => {
    const traverse = adjustTraverse(order.map((leg) => ({ bearingDegrees: leg.bearingDegrees, distance: leg.metres })));
    return (
      selfMeetings(
        traversePoints(traverse).map(({ east, north }) => [east, north]),
        1,
      ).length > 0
    );
  };
  if (!crosses(legs)) return null;
  const simple: [number, number][] = [];
  for (let one = 0; one < legs.length; one++) {
    for (let two = one + 1; two < legs.length; two++) {
      const order = legs.map((leg, at) => legs[at === one ? two : at === two ? one : at] ?? leg);
      if (!crosses(order)) simple.push([one, two]);
    }
  }
  const [pair] = simple;
  const [one, two] = pair ?? [];
  const [first, second] = [typed[one ?? -1], typed[two ?? -1]];
  if (simple.length !== 1 || one === undefined || two === undefined || !first || !second) return null;
  return { ...withLeg(survey, one, second), ...withLeg({ ...survey, ...pointsOf(survey, one, second) }, two, first) };
}

function pointsOf(survey: SurveyedPolygon, index: number, leg: TypedLeg): Pick<SurveyedPolygon, "points"> {
  return { points: survey.points.map((point, at) => (at === index ? { ...point, ...leg } : point)) };
}

function northFindings(survey: SurveyedPolygon): SurveyFinding[] {
  if (survey.north !== "magnetic") return [];
  if (survey.declinationDegrees === null) return [finding("survey.declination-missing", "error")];
  return survey.declinationDate ? [] : [finding("survey.declination-date-missing", "advice")];
}

/** Corners that were also fixed by coordinate: where both are too far apart. */
function compareCoordinates(
  survey: SurveyedPolygon,
  corners: readonly PlacedCorner[],
  options: SurveyOptions,
): SurveyFinding[] {
  const limitMetres = options.differenceMetres ?? 10;
  return survey.points.flatMap(({ coordinate = "" }, index): readonly SurveyFinding[] => {
    const corner = corners[index + 1];
    if (coordinate.trim() === "" || !corner) return [];
    const place: SurveyPlace = { part: "points", index };
    const read = readPosition(coordinate, survey.reading, place);
    if (!read.ok) return read.findings;
    const metres = distanceMetres(corner, read.value);
    return metres > limitMetres ? [finding("survey.point-differs", "warning", { metres, limitMetres }, place)] : [];
  });
}

/**
 * Works out a survey by bearings and distances: closure, adjustment, and, when the start and the north are known, the
 * corners on the ground.
 * @param start where the outline begins; null when that is not known
 */
export function surveyTraverse(survey: SurveyedPolygon, start: LonLat | null, options: SurveyOptions): TraverseSurvey {
  const findings: SurveyFinding[] = [...northFindings(survey)];
  const isClosed = isTyped(survey.closingLeg);
  const typed: TypedLeg[] = [...survey.points, ...(isClosed ? [survey.closingLeg ?? {}] : [])].map(
    ({ bearing = "", distance = "" }: Partial<TypedLeg>) => ({ bearing, distance }),
  );
  const read = typed.map((leg, index) => readLeg(leg, survey, placeOfLeg(survey, index)));
  findings.push(...read.flatMap((each) => (each.ok ? [] : each.findings)));
  const legs = read.flatMap((each) => (each.ok ? [each.value] : []));
  if (survey.points.length < 2) {
    findings.push(finding("survey.too-few-points", "error", { points: survey.points.length + 1 }));
  }
  if (legs.length < typed.length || survey.points.length < 2) return { corners: [], traverse: null, findings };

  const trueLegs = legs.map(({ bearingDegrees, metres }) => {
    const bearing = trueBearingNear(bearingDegrees, survey, start);
    // Closure and areas do not depend on where north is, so that the table can stand before that is known.
    return { bearingDegrees: bearing ?? bearingDegrees, distance: metres, isTrue: bearing !== null };
  });
  const kinds = ["turning" as const, ...survey.points.map(({ kind }) => kind)];
  let points: TraversePoint[];
  let traverse: SurveyTraverse | null = null;
  if (isClosed) {
    const worked = adjustTraverse(trueLegs.map(({ bearingDegrees, distance }) => ({ bearingDegrees, distance })));
    points = traversePoints(worked, survey.adjust ? "adjusted" : "measured");
    traverse = tableOf(worked, cornerNames(kinds));
    const slip = findSlip(typed, legs, survey.distanceUnit, options.limits);
    findings.push(
      ...checkMisclosure(worked, options.limits).map(({ check, severity, params }) =>
        finding(
          check,
          severity,
          params,
          slip ? placeOfLeg(survey, slip.index) : { part: "survey" },
          slip ? { reason: slip.reason, patch: withLeg(survey, slip.index, slip.leg) } : undefined,
        ),
      ),
    );
    const exchanged = legsExchanged(survey, typed, legs);
    if (exchanged) {
      const suggestion = { reason: "legs-exchanged", patch: exchanged } as const;
      findings.push(
        finding("polygon.vertex-order", "error", { vertices: legs.length }, { part: "survey" }, suggestion),
      );
    }
  } else {
    // Without a measured way back there is nothing to adjust; the outline closes straight.
    points = openPoints(trueLegs);
    findings.push(finding("survey.closing-leg-missing", "warning", {}, closing));
  }
  if (!start || trueLegs.some(({ isTrue }) => !isTrue)) {
    if (!start) findings.push(finding("survey.start-missing", "error", {}, { part: "start" }));
    return { corners: [], traverse, findings };
  }
  const corners = layOut(start, points).map(
    ({ lon, lat }, index): PlacedCorner => ({
      lon,
      lat,
      kind: kinds[index] ?? "turning",
      place: index === 0 ? { part: "start" } : { part: "points", index: index - 1 },
    }),
  );
  findings.push(...compareCoordinates(survey, corners, options));
  return { corners, traverse, findings };
}

/** The corners of legs that nobody measured back to the start, the end of the last leg among them. */
function openPoints(legs: readonly { readonly bearingDegrees: number; readonly distance: number }[]): TraversePoint[] {
  const points: TraversePoint[] = [{ east: 0, north: 0 }];
  for (const { bearingDegrees, distance } of legs) {
    const angle = (bearingDegrees * Math.PI) / 180;
    const { east, north } = points[points.length - 1] ?? { east: 0, north: 0 };
    points.push({ east: east + distance * Math.sin(angle), north: north + distance * Math.cos(angle) });
  }
  return points;
}
