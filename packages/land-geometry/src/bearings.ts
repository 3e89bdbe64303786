import { angleTokens } from "./coordinates/angle-tokens.ts";
import { readAngle } from "./coordinates/angles.ts";
import { plainCharacters } from "./coordinates/characters.ts";
import { type ProblemCode, type Result, refuse } from "./problem.ts";

/** Which north a bearing was measured from. */
export type NorthReference = "true" | "magnetic" | "grid";

/** What turns a compass or map bearing into a true one, degrees, east positive. */
export interface NorthCorrections {
  /** Magnetic declination at the place and date of the measurement. */
  readonly declinationDegrees?: number;
  /** Direction of grid north as seen from true north. */
  readonly convergenceDegrees?: number;
}

function turn(degrees: number): number {
  const rest = degrees % 360;
  return rest < 0 ? rest + 360 : rest === 0 ? 0 : rest;
}

function correction(reference: NorthReference, corrections: NorthCorrections): number | null {
  if (reference === "true") return 0;
  return (reference === "magnetic" ? corrections.declinationDegrees : corrections.convergenceDegrees) ?? null;
}

/**
 * Turns a bearing into a true bearing: true = magnetic + declination, true = grid + convergence, both east positive.
 * @param degrees the bearing as measured
 * @returns degrees from 0 up to, not including, 360; null when the correction it needs was not given, because leaving
 * it out would pass for zero
 */
export function trueBearing(degrees: number, reference: NorthReference, corrections: NorthCorrections): number | null {
  const change = correction(reference, corrections);
  return change === null ? null : turn(degrees + change);
}

/**
 * The inverse of `trueBearing`: what a compass or a map shows for a true bearing.
 * @returns degrees from 0 up to 360, or null when the correction it needs was not given
 */
export function bearingFrom(degrees: number, reference: NorthReference, corrections: NorthCorrections): number | null {
  const change = correction(reference, corrections);
  return change === null ? null : turn(degrees - change);
}

const quadrant = /^\s*([ns])(?![a-z])\s*(.+?)\s*([ew])\s*$/i;

const codes: Readonly<Partial<Record<ProblemCode, ProblemCode>>> = {
  "coordinate.minutes-over-59": "bearing.minutes-over-59",
  "coordinate.seconds-over-59": "bearing.seconds-over-59",
};

/**
 * Reads a bearing as typed: decimal degrees, degrees with minutes and seconds, or by quadrant (S 46°54'23" W), with
 * any digits that coordinates may have.
 * @returns degrees from 0 up to 360 and as typed, or `bearing.unreadable`, `bearing.over-360`,
 * `bearing.quadrant-over-90`, `bearing.minutes-over-59`, `bearing.seconds-over-59`
 */
export function parseBearing(text: string): Result<{ readonly degrees: number; readonly asTyped: string }> {
  // One angle needs no separator, so every comma between digits is a decimal comma.
  const plain = plainCharacters(text).replace(/(\d),(?=\d)/g, "$1.");
  const match = quadrant.exec(plain);
  const tokens = angleTokens(match?.[2] ?? plain);
  const read = tokens ? readAngle(tokens) : refuse("bearing.unreadable");
  if (!read.ok) return refuse(codes[read.problem.code] ?? "bearing.unreadable", { ...read.problem.params, text });
  const { degrees, letter } = read.angle;
  if (letter !== null || degrees < 0) return refuse("bearing.unreadable", { text });
  if (!match) {
    return degrees > 360
      ? refuse("bearing.over-360", { degrees })
      : { ok: true, degrees: turn(degrees), asTyped: text };
  }
  if (degrees > 90) return refuse("bearing.quadrant-over-90", { degrees });
  const north = match[1]?.toUpperCase() === "N";
  const east = match[3]?.toUpperCase() === "E";
  const whole = north ? (east ? degrees : 360 - degrees) : east ? 180 - degrees : 180 + degrees;
  return { ok: true, degrees: turn(whole), asTyped: text };
}
