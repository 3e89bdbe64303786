import type { FeatureCollection } from "geojson";
import type { Grid, Raster } from "../raster/raster.ts";

/** How people move: on foot, by bicycle, by motor vehicle. */
export type ModeName = "walking" | "bicycling" | "motorised";
/** Seasons of the monsoon. */
export type Season = "dry" | "rainy";

/** How people move in one kind of place, and how fast on flat ground, in km/h; null: not in that season. */
export interface SpeedRule {
  readonly mode: ModeName;
  readonly dry: number | null;
  readonly rainy: number | null;
}

/** Speeds by kind of place. Plain data, to be edited; a kind that is missing is told as a finding. */
export interface SpeedTable {
  /** By land-cover code, written as text. */
  readonly landCover: Readonly<Record<string, SpeedRule>>;
  /** By class of road. */
  readonly roads: Readonly<Record<string, SpeedRule>>;
  /** By class of river: null speeds make it a barrier, others the speed of wading. */
  readonly rivers: Readonly<Record<string, SpeedRule>>;
  /** By class of crossing: the speed where no road leads over it, and the most that a road over it allows. */
  readonly crossings: Readonly<Record<string, SpeedRule>>;
}

/** A class raster: whole numbers row by row; NaN (in floats) is no value. */
export interface ClassRaster {
  readonly grid: Grid;
  readonly data: Uint8Array | Float32Array;
}

/**
 * What friction is built from. Rasters share one grid in metres. Lines, points and polygons are GeoJSON; a feature's class
 * is its property `class`, else `highway` or `waterway`, else its crossing `bridge`/`ford`.
 */
export interface FrictionInput {
  readonly landCover: ClassRaster;
  readonly roads?: FeatureCollection | undefined;
  readonly rivers?: FeatureCollection | undefined;
  /** Bridges and fords, as points. */
  readonly bridges?: FeatureCollection | undefined;
  /** Polygons nobody enters, such as open hazardous areas. */
  readonly hazards?: FeatureCollection | undefined;
  /** Only looked at: it must share the grid, and cells without height are told. */
  readonly elevation?: Raster | undefined;
}

/** How friction is built. */
export interface FrictionChoices {
  readonly speeds: SpeedTable;
  /** Default "dry". */
  readonly season?: Season;
  /** What coordinates of features are: longitude and latitude on WGS 84 (default), or the grid's own. */
  readonly coordinates?: "wgs84" | "grid";
  /** A road passes a river only at a bridge or ford ("crossings", the default), or everywhere ("roads"). */
  readonly riverCrossing?: "crossings" | "roads";
  /** Metres within which a bridge or ford opens the river. Default one and a half cells. */
  readonly crossingReach?: number;
  /** A hazardous polygon closes every cell it touches (default), or those whose middle lies in it. */
  readonly hazardRule?: "touched" | "centre";
  /** Roads through hazardous polygons stay open. Default false. */
  readonly roadsThroughHazards?: boolean;
}

/** What gave a cell its friction. */
export interface FrictionRule {
  readonly kind: "no-data" | "land-cover" | "road" | "river" | "crossing" | "hazard" | "unknown-class";
  /** Land-cover code or class; empty where there is none. */
  readonly class: string;
  readonly mode: ModeName;
  /** km/h on the flat in the season; null is impassable. */
  readonly speed: number | null;
  readonly cells: number;
}

/** Codes of what can be wrong with the input. */
export type FrictionFindingCode =
  | "grids-differ"
  | "crs-differ"
  | "crs-unknown"
  | "not-metres"
  | "speed-invalid"
  | "class-unknown"
  | "no-data-border"
  | "elevation-missing"
  | "features-outside"
  | "geometry-ignored"
  | "road-cut"
  | "road-beside-river"
  | "crossing-unused"
  | "nothing-passable";

/** Something the reader should know. With an error nothing is built. */
export interface FrictionFinding {
  readonly code: FrictionFindingCode;
  readonly severity: "error" | "warning" | "info";
  readonly details: Readonly<Record<string, number | string>>;
}

/** Friction, how it came about, and what to know about it. */
export interface BuiltFriction {
  /** Seconds per metre on the flat; NaN is impassable. For `{ kind: "modes" }`, or `perCell` for `{ kind: "friction" }`. */
  readonly friction: Raster;
  /** How people move in each cell (`MODE`; 0 where nobody can). */
  readonly mode: Uint8Array;
  /** Which of `rules` made each cell. */
  readonly rule: Uint8Array;
  readonly rules: readonly FrictionRule[];
  readonly findings: readonly FrictionFinding[];
}
