import type { Position } from "geojson";
import type { NorthReference } from "../bearings.ts";
import type { GeometryCheck } from "../checks/finding.ts";
import type { MisclosureLimits } from "../checks/precision.ts";
import type { Areal } from "../checks/rings.ts";
import type { LonLat } from "../datums.ts";
import type { UtmZone } from "../projections.ts";
import type { Region } from "../region.ts";

/** How the outline of an area came to be. */
export const surveyMethods = ["bearing-distance", "coordinates", "gps-track", "file", "drawn"] as const;
export type SurveyMethod = (typeof surveyMethods)[number];

/** Units in which distances are typed, with their length in metres. */
export const distanceUnits = { metre: 1, foot: 0.3048, yard: 0.9144 } as const;
export type DistanceUnit = keyof typeof distanceUnits;

/** What is needed to read a typed coordinate besides its characters. */
export interface CoordinateReading {
  /** Datum id or spelling; null while nobody has said, and then nothing is read. */
  readonly datum: string | null;
  /** Datum operation in place of the datum's default. */
  readonly operation?: string;
  /** Which of two unlabelled angles comes first; latitude when left out. */
  readonly order?: "lat-lon" | "lon-lat";
  /** For eastings and northings without a zone. */
  readonly zone?: UtmZone;
  /** Degrees; for eastings and northings on the VN-2000 three-degree grid. */
  readonly centralMeridian?: number;
}

/** A named point outside or on the outline, as somebody wrote it down. */
export interface TypedCoordinate {
  /** The characters as typed. */
  readonly text: string;
  /** How to read it where that differs from the rest of the survey, as for a point taken off a map. */
  readonly reading?: CoordinateReading;
  /** How it was fixed: a code such as "gps" or "map". */
  readonly fixedBy?: string;
  /** What whoever fixed it says of its accuracy, metres. */
  readonly accuracyMetres?: number;
  readonly description?: string;
}

/** A bearing and a distance as typed. */
export interface TypedLeg {
  readonly bearing: string;
  readonly distance: string;
}

/**
 * One corner of the outline as typed: the leg that leads to it from the corner before, or its coordinate. With both,
 * the leg counts in a survey by bearing and distance and the coordinate is compared with it; elsewhere the other way
 * round.
 */
export interface SurveyPoint {
  readonly kind: "turning" | "intermediate";
  readonly bearing?: string;
  readonly distance?: string;
  readonly coordinate?: string;
  readonly note?: string;
}

/** One position of a track, WGS 84. */
export interface TrackPoint extends LonLat {
  /** ISO 8601 instant. */
  readonly time?: string;
  /** What the receiver said, metres. */
  readonly accuracyMetres?: number;
}

/** A walk around an area as a satellite receiver recorded it. */
export interface SurveyTrack {
  /** Name of the file. */
  readonly name: string;
  readonly points: readonly TrackPoint[];
  /** How far the outline may leave the walk where points are left out, metres; 0 keeps every point. */
  readonly toleranceMetres: number;
}

/** An outline from a file, already in WGS 84. */
export interface SurveyFile {
  readonly name: string;
  readonly geometry: Areal;
}

/** One correction that was taken by a tap: why, and what stood there before. */
export interface SurveyCorrection {
  readonly code: SurveyFindingCode;
  readonly reason: SurveySuggestionReason;
  /** The members of the survey that changed, as they were; null for one that was not there. */
  readonly before: SurveyPatch;
}

/** One thing that was done with an outline to make another: cut, joined, lessened, widened. */
export interface SurveyOperation {
  readonly kind: "split" | "merge" | "subtract" | "fade-out";
  /** Along which line it was cut, WGS 84. */
  readonly line?: readonly Position[];
  /** With which neighbour it was joined, or whose ground was taken away. */
  readonly neighbour?: { readonly id: string; readonly label: string };
  /** By how much it was widened, metres. */
  readonly metres?: number;
}

/** From which survey an outline was made, and how. */
export interface SurveyOrigin {
  /** The survey as it was typed; it has no origin itself. */
  readonly survey: SurveyedPolygon;
  /** What was done, the first first. */
  readonly operations: readonly SurveyOperation[];
}

/**
 * A surveyed polygon as it was typed, walked, drawn or read: plain JSON that is kept for ever, from which
 * `computeSurvey` makes the outline on the ground.
 */
export interface SurveyedPolygon {
  readonly method: SurveyMethod;
  /** How the coordinates of this survey are read. */
  readonly reading: CoordinateReading;
  /** RP: a landmark from which the benchmark is found. */
  readonly referencePoint?: TypedCoordinate;
  /** BM: a fixed point a short way outside the area. */
  readonly benchmark?: TypedCoordinate;
  /** SP: where the outline begins, in a survey by bearing and distance. */
  readonly start?: TypedCoordinate;
  /** The way in: from the reference point to the benchmark. */
  readonly referenceToBenchmark?: TypedLeg;
  /** From the benchmark (or, where there is none, the reference point) to the start. */
  readonly benchmarkToStart?: TypedLeg;
  /** By bearing and distance: the corners after the start. By coordinates or drawn: all corners, the start first. */
  readonly points: readonly SurveyPoint[];
  /** By bearing and distance: from the last corner back to the start. */
  readonly closingLeg?: TypedLeg;
  readonly north: NorthReference;
  /** East positive. Null while nobody has said; it is never taken for zero. */
  readonly declinationDegrees: number | null;
  /** ISO date on which that declination held. */
  readonly declinationDate: string | null;
  readonly distanceUnit: DistanceUnit;
  /** Whether the misclosure is spread over the sides by the compass rule. */
  readonly adjust: boolean;
  readonly track?: SurveyTrack;
  readonly file?: SurveyFile;
  /** Borders of neighbours within so many metres are taken over. */
  readonly snapMetres?: number;
  /** Corrections taken by a tap, the oldest first, with what had been typed. */
  readonly corrections?: readonly SurveyCorrection[];
  /** For an outline that was made from another: that one as typed, and what was done with it. */
  readonly origin?: SurveyOrigin;
}

/** Members of a survey with new values; null takes a member away. */
export type SurveyPatch = {
  readonly [Member in Exclude<keyof SurveyedPolygon, "corrections">]?: SurveyedPolygon[Member] | null;
};

/** Stable names of what a survey can be told; texts live with the caller. */
export type SurveyFindingCode =
  | GeometryCheck
  | "survey.bearing-missing"
  | "survey.bearing-unreadable"
  | "survey.closing-leg-missing"
  | "survey.datum-missing"
  | "survey.declination-date-missing"
  | "survey.declination-missing"
  | "survey.distance-missing"
  | "survey.distance-unreadable"
  | "survey.file-missing"
  | "survey.intermediate-needed"
  | "survey.near-neighbour"
  | "survey.outside-task"
  | "survey.overlaps-open"
  | "survey.overlaps-released"
  | "survey.point-differs"
  | "survey.point-missing"
  | "survey.point-unreadable"
  | "survey.start-differs"
  | "survey.start-missing"
  | "survey.too-few-points"
  | "survey.track-cleaned"
  | "survey.track-missing"
  | "survey.track-open";

/** Why a suggested change should be right; stable names. */
export type SurveySuggestionReason =
  | "back-bearing"
  | "country-zone"
  | "digits-exchanged"
  | "decimal-point"
  | "drop-point"
  | "drop-repeat"
  | "legs-exchanged"
  | "neighbour-zone"
  | "reorder"
  | "repair"
  | "sign"
  | "snap"
  | "swap-axes";

/** Which entry of a survey a finding is about. */
export type SurveyPlace =
  | { readonly part: "survey" }
  | { readonly part: "referencePoint" | "benchmark" | "start" }
  | { readonly part: "referenceToBenchmark" | "benchmarkToStart" | "closingLeg" }
  | { readonly part: "points"; readonly index: number };

/** Something to say about a survey. */
export interface SurveyFinding {
  readonly code: SurveyFindingCode;
  /** An error stands in the way of a usable outline; a warning is for somebody to look at; advice is for next time. */
  readonly severity: "error" | "warning" | "advice";
  readonly place: SurveyPlace;
  /** Values for the message; the names say the units. */
  readonly params: Readonly<Record<string, string | number>>;
  /** The one good answer, where there is one. */
  readonly suggestion?: { readonly reason: SurveySuggestionReason; readonly patch: SurveyPatch };
}

/** Ground next to or under a survey that is already recorded. */
export interface SurveyNeighbour {
  readonly id: string;
  readonly label: string;
  /** Land that was released, or an area that is still open. */
  readonly state: "released" | "open";
  readonly geometry: Areal;
}

/** What a survey is compared with, and the limits of a programme. All may be left out. */
export interface SurveyOptions {
  readonly limits?: MisclosureLimits;
  /** Sides above this want an intermediate point; 50 when left out. */
  readonly intermediateAboveMetres?: number;
  /** Sides above this are probably slips; 5,000 when left out. */
  readonly longSideMetres?: number;
  /** The country, to notice exchanged axes and wrong zones. */
  readonly region?: Region;
  readonly regionToleranceMetres?: number;
  /** The area or task the survey belongs to. */
  readonly task?: Areal;
  /** Ground outside the task up to this is not mentioned; 1 m² when left out. */
  readonly outsideSquareMetres?: number;
  readonly neighbours?: readonly SurveyNeighbour[];
  /** Overlaps up to this are not mentioned; 1 m² when left out. */
  readonly overlapSquareMetres?: number;
  /** Within how many metres borders are probably the same border; 2 when left out. */
  readonly snapMetres?: number;
  /** By how much a typed coordinate may differ from the same point measured, metres; 10 when left out. */
  readonly differenceMetres?: number;
}

/** One corner of a computed outline. */
export interface SurveyCorner extends LonLat {
  /** SP, TP1, TP2, IP1 … as in the field. */
  readonly name: string;
  readonly kind: "turning" | "intermediate";
  /** True bearing to the next corner, degrees, and its distance, metres. */
  readonly bearingDegrees: number;
  readonly distanceMetres: number;
}

/** One line of the closure table; lengths in metres. */
export interface SurveyTraverseRow {
  readonly from: string;
  readonly to: string;
  /** The true bearing that was computed with; as measured when the correction to true north is not known. */
  readonly bearingDegrees: number;
  readonly distanceMetres: number;
  readonly latitude: number;
  readonly departure: number;
  readonly latitudeCorrection: number;
  readonly departureCorrection: number;
  readonly adjustedLatitude: number;
  readonly adjustedDeparture: number;
}

/** How a traverse closes. */
export interface SurveyTraverse {
  readonly rows: readonly SurveyTraverseRow[];
  readonly perimeterMetres: number;
  readonly latitudeError: number;
  readonly departureError: number;
  readonly misclosureMetres: number;
  /** The n of 1 : n; null when it closes exactly. */
  readonly precision: number | null;
  /** Plane areas; the unadjusted one closed straight back to the start. */
  readonly unadjustedSquareMetres: number;
  readonly adjustedSquareMetres: number;
}

/** What became of the points of a track. */
export interface SurveyTrackReport {
  readonly recorded: number;
  readonly used: number;
  readonly dropped: {
    /** Without a usable position, or the same position again. */
    readonly repeated: number;
    /** The receiver itself called them too inaccurate. */
    readonly inaccurate: number;
    /** Jumps that nobody walks. */
    readonly outliers: number;
    /** Standing still. */
    readonly stops: number;
    /** Walked again after the outline was closed. */
    readonly afterClosing: number;
    /** On the line between those that stay. */
    readonly simplified: number;
  };
  /** From the last point kept to the first, metres. */
  readonly gapMetres: number;
  /** The tolerance that was used; smaller than asked for where the outline would have crossed itself. */
  readonly toleranceMetres: number;
}

/** A survey worked out. */
export interface ComputedSurvey {
  /** The outline; null while it encloses nothing, crosses itself or lacks something it needs. */
  readonly geometry: Areal | null;
  /** The corners in the order surveyed, as far as they can be computed; empty for files of several parts. */
  readonly corners: readonly SurveyCorner[];
  /** Where the way in leads, as far as it is known. */
  readonly approach: {
    readonly referencePoint?: LonLat;
    readonly benchmark?: LonLat;
    readonly start?: LonLat;
  };
  readonly traverse?: SurveyTraverse;
  readonly track?: SurveyTrackReport;
  /** What taking over the borders of neighbours changed. */
  readonly snapped?: { readonly movedPoints: number; readonly largestMetres: number };
  /** Geodesic, whole; null without an outline. */
  readonly squareMetres: number | null;
  readonly perimeterMetres: number | null;
  /** Errors first, then warnings, then advice. */
  readonly findings: readonly SurveyFinding[];
}
