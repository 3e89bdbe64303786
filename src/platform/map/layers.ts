import type { FeatureCollection } from "geojson";
import type { FilterSpecification } from "maplibre-gl";
import type { Language } from "../contract/fields.ts";

export type MapLanguage = Language;
export type MapTheme = "light" | "dark";

/** Where a layer's features come from: vector tiles behind the session, or a small set already in the page. */
export type LayerSource =
  | { tiles: string; sourceLayer: string; minZoom?: number; maxZoom?: number; attribution?: string }
  | { data: FeatureCollection };

interface LayerBase {
  /** Unique among the layers of one map; may not contain a colon. */
  id: string;
  /** The property that identifies a feature; default `id`. */
  idField?: string;
  /** Features to draw; all of them by default. */
  filter?: FilterSpecification;
  /** The property to write beside a feature at high zoom. */
  labelField?: string;
  /** Whether a click or Enter selects features of this layer; default true. */
  selectable?: boolean;
}

/** Hazardous areas in the symbols of TN 07.11/01; features carry their class and status as standard codes. */
export interface HazardAreaLayer extends LayerBase {
  kind: "hazard-areas";
  source: LayerSource;
  /** Property with `indication`, `sha` or `cha`; default `areaClass`. */
  classField?: string;
  /** Property with `open`, `worked-on`, `suspended`, `closed` or `released`; default `status`. */
  statusField?: string;
}

export const pointShapes = ["circle", "square", "diamond", "triangle", "cross"] as const;
export type PointShape = (typeof pointShapes)[number];

export const pointMarks = ["solid", "dotted", "hollow"] as const;
/** How much of a symbol is filled: all, all but a dot in the middle, or the edge alone. */
export type PointMark = (typeof pointMarks)[number];

export const tones = ["red", "orange", "green", "blue", "purple", "grey"] as const;
/** A colour by name; the map picks its value for the theme. */
export type Tone = (typeof tones)[number];

/** Things drawn as symbols: accidents, services, tasks. */
export interface PointLayer extends LayerBase {
  kind: "points";
  source: LayerSource;
  shape: PointShape;
  tone: Tone;
  /** Property with a count of records that one point stands for; larger counts are drawn larger, with the number. */
  countField?: string;
}

/** A class of a shaded map: values from `from` upwards, until the next class. */
export interface ShadeClass {
  from: number;
  /** Any CSS colour. */
  color: string;
}

/** Basemap units (`VN-25@2025`, `KH-2`) or countries (`KHM`) shaded by a value. */
export interface ShadedUnitLayer extends Omit<LayerBase, "filter" | "labelField"> {
  kind: "shaded-units";
  level: "country" | "unit";
  values: Readonly<Record<string, number>>;
  /** In ascending order of `from`. */
  classes: readonly ShadeClass[];
}

/** Polygons shaded by a numeric property, as travel time zones or grid cells. */
export interface ShadedAreaLayer extends LayerBase {
  kind: "shaded-areas";
  source: LayerSource;
  valueField: string;
  classes: readonly ShadeClass[];
}

/** Lines, as tracks, links between a place and its service, or a drawn outline. */
export interface LineLayer extends LayerBase {
  kind: "lines";
  source: LayerSource;
  tone: Tone;
  dashed?: boolean;
}

export type MapLayer = HazardAreaLayer | PointLayer | ShadedUnitLayer | ShadedAreaLayer | LineLayer;

/** A feature the user chose, or the one to show as chosen. */
export interface SelectedFeature {
  layer: string;
  id: string;
}

/** What `onSelect` receives. */
export interface MapSelection extends SelectedFeature {
  properties: Readonly<Record<string, unknown>>;
  /** Longitude and latitude of the click, in degrees. */
  at: [number, number];
}

/** West, south, east, north in degrees. */
export type MapBounds = readonly [number, number, number, number];

/** The ASEAN members with a margin: what a map shows when it is told nothing else. */
export const ASEAN_BOUNDS: MapBounds = [92, -11.2, 141.2, 28.6];

/** Name of the map source that carries a layer's features. */
export function sourceOf(layer: MapLayer): string {
  if (layer.kind !== "shaded-units") return `data:${layer.id}`;
  return "region";
}
