import type { DatumId } from "../datum-table.ts";
import type { Problem } from "../problem.ts";
import type { UtmZone } from "../projections.ts";

/** How a coordinate is written. */
export type CoordinateFormat =
  | "decimal-degrees"
  | "degrees-minutes"
  | "degrees-minutes-seconds"
  | "utm"
  | "vn2000-tm3"
  | "mgrs";

/** What the reader must know about a text besides the text. */
export interface ReadingOptions {
  /** Datum id or spelling. There is no default: a coordinate without a datum is refused. */
  readonly datum: string | null | undefined;
  /** Datum operation to use in place of the datum's default. */
  readonly operation?: string;
  /** Which of two unlabelled angles comes first. Latitude first when left out. */
  readonly order?: "lat-lon" | "lon-lat";
  /** Zone for eastings and northings written without one. */
  readonly zone?: UtmZone;
  /** Central meridian in degrees: eastings and northings are then on the VN-2000 three-degree grid. */
  readonly centralMeridian?: number;
}

/** A coordinate that was understood. */
export interface ReadCoordinate {
  readonly ok: true;
  /** Degrees on WGS 84. */
  readonly lon: number;
  readonly lat: number;
  /** The characters as they were handed over. */
  readonly asTyped: string;
  readonly format: CoordinateFormat;
  readonly datum: DatumId;
  readonly operation: { readonly id: string; readonly accuracy: number };
  /** Size in metres of one unit of the last written place. */
  readonly resolutionMetres: number;
  /** Accuracy of the operation plus half a unit of the last written place, metres. How the point was fixed is not in it. */
  readonly accuracyMetres: number;
  /** The zone read or given, for UTM and MGRS. */
  readonly zone?: UtmZone;
}

/** A coordinate that was not understood, and why. */
export interface UnreadCoordinate {
  readonly ok: false;
  readonly problem: Problem;
}

/** What reading a coordinate gives. */
export type CoordinateResult = ReadCoordinate | UnreadCoordinate;
