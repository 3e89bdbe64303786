/** Every reason this package gives for refusing something. The codes are stable; texts live with the caller. */
export type ProblemCode =
  | "accounts.date-invalid"
  | "accounts.id-repeated"
  | "area.part-negative"
  | "area.parts-empty"
  | "area.total-not-integer"
  | "balance.id-repeated"
  | "balance.order-not-finite"
  | "balance.unknown-polygon"
  | "bearing.minutes-over-59"
  | "bearing.over-360"
  | "bearing.quadrant-over-90"
  | "bearing.seconds-over-59"
  | "bearing.unreadable"
  | "coordinate.axis-repeated"
  | "coordinate.axis-reversed"
  | "coordinate.band-mismatch"
  | "coordinate.datum-unknown"
  | "coordinate.easting-out-of-range"
  | "coordinate.empty"
  | "coordinate.format-not-for-datum"
  | "coordinate.fraction-not-last"
  | "coordinate.latitude-over-90"
  | "coordinate.longitude-over-180"
  | "coordinate.meridian-missing"
  | "coordinate.mgrs-digits-odd"
  | "coordinate.mgrs-square-unknown"
  | "coordinate.minutes-over-59"
  | "coordinate.northing-out-of-range"
  | "coordinate.one-axis-missing"
  | "coordinate.operation-not-for-datum"
  | "coordinate.operation-unknown"
  | "coordinate.outside-grid"
  | "coordinate.seconds-over-59"
  | "coordinate.sign-and-letter"
  | "coordinate.unreadable"
  | "coordinate.zone-missing"
  | "coordinate.zone-unknown"
  | "partition.position-invalid"
  | "region.empty"
  | "traverse.leg-invalid"
  | "traverse.no-legs"
  | "wkb.dimension-unsupported"
  | "wkb.geometry-unsupported"
  | "wkb.truncated";

/** A refusal a program can act on: a stable code and the values a message needs. It holds no sentence in any language. */
export interface Problem {
  readonly code: ProblemCode;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Either a value or the problem that stands in its way. */
export type Result<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly problem: Problem };

/**
 * Makes the refusing half of a `Result`.
 * @param code the stable code
 * @param params values for the message, for example the number that was out of range
 */
export function refuse(
  code: ProblemCode,
  params: Problem["params"] = {},
): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem: { code, params } };
}

/** Thrown where wrong input is a fault of the calling program and not of a person who typed something. */
export class GeometryError extends Error {
  readonly problem: Problem;

  constructor(code: ProblemCode, params: Problem["params"] = {}) {
    super(`${code} ${JSON.stringify(params)}`);
    this.name = "GeometryError";
    this.problem = { code, params };
  }
}
