/** Codes of everything this library refuses. */
export type TravelTimeCode =
  | "grid-invalid"
  | "grids-differ"
  | "friction-negative"
  | "source-outside"
  | "value-invalid"
  | "too-large"
  | "file-unsupported"
  | "crs-unsupported"
  | "friction-input";

/** A refusal: a stable code, a sentence for people, and the numbers behind it. */
export class TravelTimeProblem extends Error {
  readonly code: TravelTimeCode;
  readonly details: Readonly<Record<string, number | string>>;

  constructor(code: TravelTimeCode, message: string, details: Record<string, number | string> = {}) {
    super(message);
    this.name = "TravelTimeProblem";
    this.code = code;
    this.details = details;
  }
}
