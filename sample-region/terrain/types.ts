import type { Grid } from "@santi/travel-time";
import type { FeatureCollection, LineString, Point } from "geojson";

/** The windows that can be made; each is a square of ground that lies where such ground would. */
export const terrainWindowNames = ["khm-north-west", "lao-vnm-hills"] as const;
/** The name of a window. */
export type TerrainWindowName = (typeof terrainWindowNames)[number];

/** Classes of roads, from the widest to the narrowest (words of OpenStreetMap). */
export type RoadClass = "primary" | "secondary" | "tertiary" | "track";
/** A river is crossed at bridges and fords only; a stream is waded in the dry season. */
export type RiverClass = "river" | "stream";
/** How a road passes a river: a ford is under water in the rainy season. */
export type CrossingClass = "bridge" | "ford";

/** What is fixed of a window before chance plays its part. */
export interface TerrainWindow {
  readonly name: TerrainWindowName;
  /** ISO 3166-1 alpha-3 codes of the countries it lies in. */
  readonly countries: readonly string[];
  /** UTM grid (WGS 84), metres. */
  readonly grid: Grid;
  /** People in all. */
  readonly people: number;
}

/**
 * Invented ground. Rasters are row by row from the north-west corner of `grid`; vectors are GeoJSON, so longitude and
 * latitude on WGS 84.
 */
export interface TerrainLayers {
  readonly window: TerrainWindow;
  readonly grid: Grid;
  /** Metres above the sea. */
  readonly elevation: Float32Array;
  /** Classes of ESA WorldCover: 10 trees, 20 shrubs, 30 grass, 40 crops, 50 built-up, 60 bare, 80 water, 90 wetland. */
  readonly landCover: Uint8Array;
  /** People in each cell. */
  readonly population: Float32Array;
  /** Parts of the population in each cell: by sex, which add up to all, and others that overlap these. */
  readonly groups: Readonly<Record<"women" | "men" | "children" | "older" | "disability", Float32Array>>;
  readonly roads: FeatureCollection<LineString, { class: RoadClass }>;
  readonly rivers: FeatureCollection<LineString, { class: RiverClass }>;
  readonly bridges: FeatureCollection<Point, { class: CrossingClass }>;
  /** Places that roads lead to, the largest first. */
  readonly towns: FeatureCollection<Point, { rank: 1 | 2 | 3 }>;
}
