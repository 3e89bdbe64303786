import type { Geometry } from "geojson";

/** Stable names of the checks. The texts shown to people live with the caller. */
export type GeometryCheck =
  | "multipolygon.duplicate-part"
  | "multipolygon.parts-overlap"
  | "place.axes-swapped"
  | "place.default-point"
  | "place.outside-region"
  | "place.precision-coarse"
  | "place.repeated-point"
  | "place.sign-lost"
  | "place.wrong-zone"
  | "polygon.duplicate-consecutive"
  | "polygon.duplicate-vertex"
  | "polygon.hole-outside"
  | "polygon.last-repeats-first"
  | "polygon.long-side"
  | "polygon.orientation"
  | "polygon.repeated-first-pair"
  | "polygon.ring-open"
  | "polygon.rings-cross"
  | "polygon.self-intersection"
  | "polygon.spike"
  | "polygon.too-few-vertices"
  | "polygon.vertex-order"
  | "traverse.misclosure";

/** Why a suggested geometry should be right; stable names. */
export type SuggestionReason =
  | "close-ring"
  | "convex-order"
  | "drop-closing-repeat"
  | "drop-consecutive-duplicate"
  | "drop-duplicate-part"
  | "drop-first-pair"
  | "drop-spike"
  | "flip-both-signs"
  | "flip-latitude-sign"
  | "flip-longitude-sign"
  | "neighbour-zone"
  | "one-slip"
  | "rewind"
  | "swap-axes";

/** What one check found. */
export interface Finding {
  readonly check: GeometryCheck;
  /** An error makes the geometry unusable for areas and maps; a warning is for somebody to look at. */
  readonly severity: "error" | "warning";
  /** Indices into the geometry's `coordinates`, outermost first; empty for the whole geometry. */
  readonly path: readonly number[];
  /** Values for the message: numbers are degrees, metres, square metres or counts as their names say. */
  readonly params: Readonly<Record<string, string | number>>;
  readonly suggestion?: {
    /** The whole geometry with this one thing put right. */
    readonly geometry: Geometry;
    readonly reason: SuggestionReason;
  };
}
