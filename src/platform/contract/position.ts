import { type Field, fields } from "./fields.ts";
import type { Sensitivity } from "./sensitivity.ts";

/** How a position was fixed (after the geopoint's "fixed by"). */
export const fixedBy = [
  "gps",
  "differential-gps",
  "map",
  "imagery",
  "bearing-distance",
  "unit-centroid",
  "unknown",
] as const;

/**
 * The fields that keep how a position came to be: the geometry in WGS 84, and beside it the coordinates exactly as
 * typed, their format and datum, the operation that turned them into WGS 84, how they were fixed and how accurate they are.
 */
export function positionFields(
  sensitivity: Sensitivity,
  geometries: NonNullable<Field["geometries"]>,
): Record<string, Field> {
  return {
    geometry: fields.geometry(sensitivity, geometries),
    coordinatesAsTyped: fields.text(sensitivity, { maxLength: 2000, derived: true }),
    coordinateFormat: fields.code(sensitivity, "coordinate-format", { derived: true }),
    datum: fields.code(sensitivity, "datum", { derived: true }),
    datumOperation: fields.text(sensitivity, { maxLength: 200, derived: true }),
    fixedBy: fields.code(sensitivity, "fixed-by"),
    accuracyMetres: fields.number(sensitivity, { min: 0, max: 100_000 }),
  };
}

/** Code lists that belong to positions. */
export const positionCodeLists = {
  "coordinate-format": ["decimal", "dms", "utm", "tm3", "mgrs", "geometry"],
  "fixed-by": fixedBy,
} as const;
