import { type NorthCorrections, parseBearing, trueBearing } from "../bearings.ts";
import { plainCharacters, readNumber } from "../coordinates/characters.ts";
import { parseCoordinate } from "../coordinates/parse.ts";
import type { CoordinateResult } from "../coordinates/types.ts";
import { findOperation, type LonLat } from "../datums.ts";
import { bearingDegrees } from "../geodesic.ts";
import { fromTm3, fromUtm, toTm3, toUtm, utmZoneOf } from "../projections.ts";
import {
  type CoordinateReading,
  distanceUnits,
  type SurveyedPolygon,
  type SurveyFinding,
  type SurveyPlace,
  type TypedLeg,
} from "./types.ts";

/** A leg that was understood: the bearing as measured and the length in metres. */
export interface ReadLeg {
  readonly bearingDegrees: number;
  readonly metres: number;
}

/** A value, or the findings that say why there is none. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly findings: readonly SurveyFinding[] };

/** Makes a finding; without a place it is about the whole survey. */
export function finding(
  code: SurveyFinding["code"],
  severity: SurveyFinding["severity"],
  params: SurveyFinding["params"] = {},
  place: SurveyPlace = { part: "survey" },
  suggestion?: SurveyFinding["suggestion"],
): SurveyFinding {
  return { code, severity, place, params, ...(suggestion ? { suggestion } : {}) };
}

/**
 * Reads a distance as typed, in the survey's unit: digits of the region, a decimal point or comma, an "m" behind it.
 * A comma before exactly three digits is refused, because 1,234 means different lengths to different readers.
 * @returns metres, or null when it cannot be read or is not positive
 */
export function readDistance(text: string, unit: SurveyedPolygon["distanceUnit"]): number | null {
  const plain = plainCharacters(text).replace(/\s*(m|ft|yd)\.?$/i, "");
  if (/^\d{1,3},\d{3}$/.test(plain)) return null;
  const read = readNumber(plain);
  return read && read.value > 0 ? read.value * distanceUnits[unit] : null;
}

/** Reads one leg; every part of it that is missing or cannot be read is a finding of its own. */
export function readLeg(
  leg: Partial<TypedLeg> | undefined,
  survey: Pick<SurveyedPolygon, "distanceUnit">,
  place: SurveyPlace,
): Read<ReadLeg> {
  const findings: SurveyFinding[] = [];
  const bearing = leg?.bearing?.trim() ?? "";
  const distance = leg?.distance?.trim() ?? "";
  const read = parseBearing(bearing);
  if (bearing === "") findings.push(finding("survey.bearing-missing", "error", {}, place));
  else if (!read.ok) {
    const { code, params } = read.problem;
    findings.push(finding("survey.bearing-unreadable", "error", { text: bearing, ...params, problem: code }, place));
  }
  const metres = readDistance(distance, survey.distanceUnit);
  if (distance === "") findings.push(finding("survey.distance-missing", "error", {}, place));
  else if (metres === null) findings.push(finding("survey.distance-unreadable", "error", { text: distance }, place));
  if (findings.length > 0 || !read.ok || metres === null) return { ok: false, findings };
  return { ok: true, value: { bearingDegrees: read.degrees, metres } };
}

/** Whether anything of a leg was typed. */
export function isTyped(leg: Partial<TypedLeg> | undefined): boolean {
  return Boolean(leg?.bearing?.trim() || leg?.distance?.trim());
}

/** Reads a coordinate as the survey says it is written. */
export function readText(text: string, reading: CoordinateReading): CoordinateResult {
  const { datum, operation, order, zone, centralMeridian } = reading;
  return parseCoordinate(text, {
    datum,
    ...(operation === undefined ? {} : { operation }),
    ...(order === undefined ? {} : { order }),
    ...(zone === undefined ? {} : { zone }),
    ...(centralMeridian === undefined ? {} : { centralMeridian }),
  });
}

/** Reads a coordinate and says what is wrong with it in the terms of a survey. */
export function readPosition(text: string, reading: CoordinateReading, place: SurveyPlace): Read<LonLat> {
  const read = readText(text, reading);
  if (read.ok) return { ok: true, value: { lon: read.lon, lat: read.lat } };
  const { code, params } = read.problem;
  return {
    ok: false,
    findings: [finding("survey.point-unreadable", "error", { ...params, text, problem: code }, place)],
  };
}

/**
 * Direction of grid north as seen from true north at a place, degrees, east positive: on the three-degree grid when
 * the survey names a central meridian, otherwise in its UTM zone or the zone the place lies in.
 */
export function convergenceAt(place: LonLat, reading: CoordinateReading): number {
  const chosen = findOperation(reading.datum ?? "wgs-84", reading.operation);
  if (!chosen.ok) return 0;
  const { ellipsoid } = chosen.datum;
  const { centralMeridian } = reading;
  const zone = reading.zone ?? utmZoneOf(place);
  const figures =
    centralMeridian === undefined ? toUtm(place, zone, ellipsoid) : toTm3(place, centralMeridian, ellipsoid);
  // A kilometre up the grid line: over a shorter one the projection's rounding would show.
  const north = { ...figures, northing: figures.northing + 1000 };
  const along =
    centralMeridian === undefined ? fromUtm(north, zone, ellipsoid) : fromTm3(north, centralMeridian, ellipsoid);
  const degrees = bearingDegrees(place, along);
  return degrees > 180 ? degrees - 360 : degrees;
}

/**
 * The true bearing of a leg measured near a place.
 * @param near where, for grid north; null when it is not known
 * @returns null when what it needs was not given
 */
export function trueBearingNear(degrees: number, survey: SurveyedPolygon, near: LonLat | null): number | null {
  const corrections: NorthCorrections = {
    ...(survey.declinationDegrees === null ? {} : { declinationDegrees: survey.declinationDegrees }),
    ...(near && survey.north === "grid" ? { convergenceDegrees: convergenceAt(near, survey.reading) } : {}),
  };
  return trueBearing(degrees, survey.north, corrections);
}
