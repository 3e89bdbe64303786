import { parseBearing } from "../bearings.ts";
import type { MisclosureLimits } from "../checks/precision.ts";
import { type ReadLeg, readDistance } from "./reading.ts";
import type { SurveyedPolygon, SurveySuggestionReason, TypedLeg } from "./types.ts";

/** One leg typed otherwise, and why that should be right. */
export interface Slip {
  /** Index of the leg. */
  readonly index: number;
  readonly leg: TypedLeg;
  readonly reason: SurveySuggestionReason;
}

/** The texts that differ by two neighbouring digits exchanged. */
function digitsExchanged(text: string): string[] {
  const found: string[] = [];
  for (let at = 1; at < text.length; at++) {
    // A decimal point may stand between the two.
    const before = /\d/.test(text[at - 1] ?? "") ? at - 1 : at - 2;
    const [one = "", two = ""] = [text[before], text[at]];
    if (!/\d/.test(one) || !/\d/.test(two) || one === two) continue;
    found.push(`${text.slice(0, before)}${two}${text.slice(before + 1, at)}${one}${text.slice(at + 1)}`);
  }
  return found;
}

function decimalMoved(text: string): string[] {
  const match = /^\s*(\d+)(?:[.,](\d+))?\s*$/.exec(text);
  if (!match) return [];
  const [, whole = "", fraction = ""] = match;
  const right = `${whole}${fraction.slice(0, 1) || "0"}${fraction.length > 1 ? `.${fraction.slice(1)}` : ""}`;
  const left = `${whole.slice(0, -1) || "0"}.${whole.slice(-1)}${fraction}`;
  return [right, left];
}

function otherReadings(leg: TypedLeg, read: ReadLeg, unit: SurveyedPolygon["distanceUnit"]) {
  const back = Number(((read.bearingDegrees + 180) % 360).toFixed(6));
  const changes: { readonly leg: TypedLeg; readonly reason: SurveySuggestionReason }[] = [
    { leg: { ...leg, bearing: String(back) }, reason: "back-bearing" },
    ...decimalMoved(leg.distance).map((distance) => ({ leg: { ...leg, distance }, reason: "decimal-point" as const })),
    ...digitsExchanged(leg.distance).map((distance) => ({
      leg: { ...leg, distance },
      reason: "digits-exchanged" as const,
    })),
    ...digitsExchanged(leg.bearing).map((bearing) => ({
      leg: { ...leg, bearing },
      reason: "digits-exchanged" as const,
    })),
  ];
  return changes.flatMap(({ leg: other, reason }) => {
    const bearing = parseBearing(other.bearing);
    const metres = readDistance(other.distance, unit);
    return bearing.ok && metres !== null ? [{ leg: other, reason, bearingDegrees: bearing.degrees, metres }] : [];
  });
}

/**
 * Looks for the one slip that explains why a traverse closes badly: a bearing taken backwards, a decimal point one
 * place off, or two neighbouring digits exchanged, in one leg. It answers only when exactly one such change brings the
 * traverse within the limits and closes it at least four times better.
 * @param typed the legs as typed, the closing one last
 * @param legs the same legs, read
 */
export function findSlip(
  typed: readonly TypedLeg[],
  legs: readonly ReadLeg[],
  unit: SurveyedPolygon["distanceUnit"],
  limits: MisclosureLimits = {},
): Slip | null {
  const { warnBelow = 200, errorAboveMetres = 10 } = limits;
  const part = (degrees: number, metres: number) => {
    const angle = (degrees * Math.PI) / 180;
    return [metres * Math.cos(angle), metres * Math.sin(angle)] as const;
  };
  let [north, east, perimeter] = [0, 0, 0];
  for (const { bearingDegrees, metres } of legs) {
    const [latitude, departure] = part(bearingDegrees, metres);
    north += latitude;
    east += departure;
    perimeter += metres;
  }
  const misclosure = Math.hypot(north, east);
  const slips: Slip[] = [];
  legs.forEach((leg, index) => {
    const own = typed[index];
    if (!own) return;
    const [latitude, departure] = part(leg.bearingDegrees, leg.metres);
    for (const other of otherReadings(own, leg, unit)) {
      const [otherLatitude, otherDeparture] = part(other.bearingDegrees, other.metres);
      const gap = Math.hypot(north - latitude + otherLatitude, east - departure + otherDeparture);
      const length = perimeter - leg.metres + other.metres;
      const closes = length >= gap * warnBelow && gap <= errorAboveMetres && gap * 4 <= misclosure;
      if (closes) slips.push({ index, leg: other.leg, reason: other.reason });
    }
  });
  // The same text can come of two kinds of slip; it is one answer all the same.
  const texts = new Set(slips.map(({ index, leg }) => `${index} ${leg.bearing} ${leg.distance}`));
  return texts.size === 1 ? (slips[0] ?? null) : null;
}
