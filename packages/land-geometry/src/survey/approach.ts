import type { LonLat } from "../datums.ts";
import { destination, distanceMetres } from "../geodesic.ts";
import { finding, isTyped, readLeg, readPosition, trueBearingNear } from "./reading.ts";
import type { ComputedSurvey, SurveyedPolygon, SurveyFinding, SurveyOptions, TypedCoordinate } from "./types.ts";

/** The way in worked out, and what is to be said about it. */
export interface Approach {
  readonly places: ComputedSurvey["approach"];
  readonly findings: readonly SurveyFinding[];
}

/**
 * Follows the way in from the reference point over the benchmark to the start. A typed coordinate comes before what
 * the legs lead to; where there are both, a difference beyond the limit is reported.
 * @param outlineStart where the outline begins when that is known without the way in
 */
export function followApproach(
  survey: SurveyedPolygon,
  options: SurveyOptions,
  outlineStart: LonLat | null = null,
): Approach {
  const findings: SurveyFinding[] = [];
  const { differenceMetres = 10 } = options;

  const typed = (part: "referencePoint" | "benchmark" | "start", point: TypedCoordinate | undefined) => {
    if (!point || point.text.trim() === "") return null;
    const read = readPosition(point.text, point.reading ?? survey.reading, { part });
    if (read.ok) return read.value;
    findings.push(...read.findings);
    return null;
  };
  const led = (part: "referenceToBenchmark" | "benchmarkToStart", from: LonLat | null): LonLat | null => {
    const leg = survey[part];
    if (!from || !isTyped(leg)) return null;
    const read = readLeg(leg, survey, { part });
    if (!read.ok) {
      findings.push(...read.findings);
      return null;
    }
    const bearing = trueBearingNear(read.value.bearingDegrees, survey, from);
    return bearing === null ? null : destination(from, bearing, read.value.metres);
  };
  const compare = (part: "benchmark" | "start", one: LonLat | null, two: LonLat | null, accuracy = 0) => {
    if (!one || !two) return;
    const metres = distanceMetres(one, two);
    const limitMetres = Math.max(differenceMetres, accuracy);
    if (metres > limitMetres) {
      findings.push(finding("survey.start-differs", "warning", { metres, limitMetres }, { part }));
    }
  };

  const referencePoint = typed("referencePoint", survey.referencePoint);
  const benchmarkTyped = typed("benchmark", survey.benchmark);
  const benchmarkLed = led("referenceToBenchmark", referencePoint);
  compare("benchmark", benchmarkTyped, benchmarkLed, survey.benchmark?.accuracyMetres);
  const benchmark = benchmarkTyped ?? benchmarkLed;
  const startTyped = outlineStart ?? typed("start", survey.start);
  const startLed = led("benchmarkToStart", benchmark ?? referencePoint);
  compare("start", startTyped, startLed, survey.start?.accuracyMetres);
  const start = startTyped ?? startLed;
  return {
    places: {
      ...(referencePoint ? { referencePoint } : {}),
      ...(benchmark ? { benchmark } : {}),
      ...(start ? { start } : {}),
    },
    findings,
  };
}
