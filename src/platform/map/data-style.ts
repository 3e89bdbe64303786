import type {
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
  SourceSpecification,
} from "maplibre-gl";
import { REGULAR } from "./basemap-style.ts";
import {
  type HazardAreaLayer,
  type LineLayer,
  type MapLayer,
  type MapTheme,
  type PointLayer,
  type ShadeClass,
  type ShadedAreaLayer,
  type ShadedUnitLayer,
  sourceOf,
} from "./layers.ts";
import { AREA_FILL, PALETTES, STATUS_OUTLINE } from "./palette.ts";

const POLYGON: ExpressionSpecification = ["==", ["geometry-type"], "Polygon"];
const POINT: ExpressionSpecification = ["==", ["geometry-type"], "Point"];
const SELECTED: ExpressionSpecification = ["boolean", ["feature-state", "selected"], false];

/** The map source of a layer, or null when the layer draws features of the basemap. */
export function dataSource(layer: MapLayer): SourceSpecification | null {
  if (layer.kind === "shaded-units") return null;
  const promoteId = layer.idField ?? "id";
  const { source } = layer;
  if ("data" in source) return { type: "geojson", data: source.data, promoteId };
  return {
    type: "vector",
    tiles: [source.tiles],
    minzoom: source.minZoom ?? 0,
    maxzoom: source.maxZoom ?? 14,
    promoteId: { [source.sourceLayer]: promoteId },
    ...(source.attribution && { attribution: source.attribution }),
  };
}

/** What every style layer of one data layer shares: its source, its filter, and a name that leads back to it. */
function base(layer: Exclude<MapLayer, ShadedUnitLayer>, part: string, ...filters: ExpressionSpecification[]) {
  const all = [...(layer.filter ? [layer.filter as ExpressionSpecification] : []), ...filters];
  return {
    id: `${layer.id}:${part}`,
    source: sourceOf(layer),
    ...("tiles" in layer.source && { "source-layer": layer.source.sourceLayer }),
    ...(all.length > 0 && { filter: ["all", ...all] as FilterSpecification }),
  };
}

function step(value: ExpressionSpecification, classes: readonly ShadeClass[]): ExpressionSpecification {
  const below = "rgba(0, 0, 0, 0)";
  return ["step", value, below, ...classes.flatMap(({ from, color }) => [from, color])] as ExpressionSpecification;
}

function label(layer: Exclude<MapLayer, ShadedUnitLayer>, theme: MapTheme): LayerSpecification[] {
  if (!layer.labelField) return [];
  const palette = PALETTES[theme];
  return [
    {
      ...base(layer, "label"),
      type: "symbol",
      minzoom: 10,
      layout: {
        "text-field": ["to-string", ["coalesce", ["get", layer.labelField], ""]],
        "text-font": REGULAR,
        "text-size": 12,
        "text-variable-anchor": ["top", "bottom", "left", "right"],
        "text-radial-offset": 0.9,
      },
      paint: { "text-color": palette.text, "text-halo-color": palette.halo, "text-halo-width": 1.4 },
    },
  ];
}

/**
 * Hazardous areas: half transparent fill by class with a hatch of its own, outline by status with a dash of its own,
 * so that neither rests on colour alone. Areas known only as a point are symbols: a triangle when confirmed, a square
 * when suspected, a circle for an indication; with a dot when worked on, hollow when closed.
 */
function hazardAreas(layer: HazardAreaLayer, theme: MapTheme): LayerSpecification[] {
  const palette = PALETTES[theme];
  const outline = STATUS_OUTLINE[theme];
  const areaClass: ExpressionSpecification = ["get", layer.classField ?? "areaClass"];
  const status: ExpressionSpecification = ["get", layer.statusField ?? "status"];
  const closed: ExpressionSpecification = ["in", status, ["literal", ["closed", "released"]]];
  const worked: ExpressionSpecification = ["in", status, ["literal", ["worked-on", "suspended"]]];
  const width: ExpressionSpecification = ["interpolate", ["linear"], ["zoom"], 5, 1, 10, 2, 15, 3];
  const line = (part: string, filter: ExpressionSpecification, color: string, dash?: number[]): LayerSpecification => ({
    ...base(layer, part, POLYGON, filter),
    type: "line",
    layout: { "line-join": "round" },
    paint: { "line-color": color, "line-width": width, ...(dash && { "line-dasharray": dash }) },
  });
  const symbol: ExpressionSpecification = [
    "concat",
    "point:",
    ["match", areaClass, "cha", "triangle", "sha", "square", "circle"],
    ":",
    ["case", closed, `green:${theme}:hollow`, worked, `orange:${theme}:dotted`, `red:${theme}:solid`],
  ];
  return [
    {
      ...base(layer, "fill", POLYGON),
      type: "fill",
      paint: {
        "fill-color": ["match", areaClass, "cha", AREA_FILL.cha, "sha", AREA_FILL.sha, AREA_FILL.indication],
        "fill-opacity": ["case", closed, 0.15, 0.5],
      },
    },
    {
      ...base(layer, "hatch", POLYGON, ["!", closed]),
      type: "fill",
      minzoom: 8,
      paint: {
        "fill-pattern": [
          "concat",
          "hatch:",
          ["match", areaClass, "cha", "cha", "sha", "sha", "indication"],
          `:${theme}`,
        ],
      },
    },
    {
      ...base(layer, "casing", POLYGON),
      type: "line",
      layout: { "line-join": "round" },
      paint: {
        "line-color": ["case", SELECTED, palette.selection, palette.casing],
        "line-width": ["case", SELECTED, 7, 3.5],
        "line-opacity": ["case", SELECTED, 1, 0.7],
      },
    },
    line("open", ["all", ["!", closed], ["!", worked]], outline.open),
    line("worked", ["==", status, "worked-on"], outline.worked, [3, 1.5]),
    line("suspended", ["==", status, "suspended"], outline.worked, [1, 1.5]),
    line("closed", closed, outline.closed, [6, 1.5, 1, 1.5]),
    {
      ...base(layer, "halo", POINT),
      type: "circle",
      paint: {
        "circle-radius": ["case", SELECTED, 12, 0],
        "circle-color": "rgba(0, 0, 0, 0)",
        "circle-stroke-color": palette.selection,
        "circle-stroke-width": ["case", SELECTED, 3, 0],
      },
    },
    {
      ...base(layer, "point", POINT),
      type: "symbol",
      layout: {
        "icon-image": symbol,
        "icon-size": ["interpolate", ["linear"], ["zoom"], 5, 0.6, 10, 1],
        "icon-allow-overlap": true,
      },
    },
    ...label(layer, theme),
  ];
}

function points(layer: PointLayer, theme: MapTheme): LayerSpecification[] {
  const palette = PALETTES[theme];
  const count: ExpressionSpecification = layer.countField
    ? ["to-number", ["coalesce", ["get", layer.countField], 1], 1]
    : ["literal", 1 as never];
  const many: ExpressionSpecification = [">", count, 1];
  const radius: ExpressionSpecification = ["min", 30, ["+", 8, ["*", 3, ["log10", count]]]];
  const single = layer.countField ? [["!", many] as ExpressionSpecification] : [];
  const groups: LayerSpecification[] = layer.countField
    ? [
        {
          ...base(layer, "group", many),
          type: "circle",
          paint: {
            "circle-radius": radius,
            "circle-color": palette.tones[layer.tone],
            "circle-opacity": 0.85,
            "circle-stroke-color": ["case", SELECTED, palette.selection, palette.casing],
            "circle-stroke-width": ["case", SELECTED, 4, 1.5],
          },
        },
        {
          ...base(layer, "count", many),
          type: "symbol",
          layout: {
            "text-field": ["to-string", count],
            "text-font": REGULAR,
            "text-size": 11,
            "text-allow-overlap": true,
          },
          paint: { "text-color": palette.casing },
        },
      ]
    : [];
  return [
    {
      ...base(layer, "halo", ...single),
      type: "circle",
      paint: {
        "circle-radius": ["case", SELECTED, 12, 0],
        "circle-color": "rgba(0, 0, 0, 0)",
        "circle-stroke-color": palette.selection,
        "circle-stroke-width": ["case", SELECTED, 3, 0],
      },
    },
    {
      ...base(layer, "point", ...single),
      type: "symbol",
      layout: {
        "icon-image": `point:${layer.shape}:${layer.tone}:${theme}`,
        "icon-size": ["interpolate", ["linear"], ["zoom"], 4, 0.45, 10, 1],
        "icon-allow-overlap": true,
      },
    },
    ...groups,
    ...label(layer, theme),
  ];
}

function shadedAreas(layer: ShadedAreaLayer, theme: MapTheme): LayerSpecification[] {
  const palette = PALETTES[theme];
  return [
    {
      ...base(layer, "fill", POLYGON),
      type: "fill",
      paint: {
        "fill-color": step(["to-number", ["get", layer.valueField], -1e9], layer.classes),
        "fill-opacity": 0.75,
        "fill-antialias": false,
      },
    },
    {
      ...base(layer, "chosen", POLYGON),
      type: "line",
      paint: { "line-color": palette.selection, "line-width": ["case", SELECTED, 3, 0] },
    },
    ...label(layer, theme),
  ];
}

function shadedUnits(layer: ShadedUnitLayer, theme: MapTheme): LayerSpecification[] {
  const entries = Object.entries(layer.values);
  if (entries.length === 0) return [];
  const palette = PALETTES[theme];
  const value = ["match", ["get", "id"], ...entries.flat(), -1e9] as unknown as ExpressionSpecification;
  const known: ExpressionSpecification = ["in", ["get", "id"], ["literal", Object.keys(layer.values)]];
  const from = {
    source: sourceOf(layer),
    "source-layer": layer.level === "unit" ? "units" : "countries",
    filter: known,
  };
  return [
    {
      id: `${layer.id}:fill`,
      type: "fill",
      ...from,
      paint: { "fill-color": step(value, layer.classes), "fill-opacity": 0.8, "fill-antialias": false },
    },
    {
      id: `${layer.id}:chosen`,
      type: "line",
      ...from,
      paint: { "line-color": palette.selection, "line-width": ["case", SELECTED, 3, 0] },
    },
  ];
}

function lines(layer: LineLayer, theme: MapTheme): LayerSpecification[] {
  const palette = PALETTES[theme];
  return [
    {
      ...base(layer, "line"),
      type: "line",
      layout: { "line-join": "round", ...(!layer.dashed && { "line-cap": "round" as const }) },
      paint: {
        "line-color": ["case", SELECTED, palette.selection, palette.tones[layer.tone]],
        "line-width": ["interpolate", ["linear"], ["zoom"], 5, 1.25, 12, 2.5],
        ...(layer.dashed && { "line-dasharray": [2, 1.5] }),
      },
    },
    ...label(layer, theme),
  ];
}

/** The style layers of a data layer, in drawing order; the id of each is the layer's id, a colon and the part. */
export function dataLayers(layer: MapLayer, theme: MapTheme): LayerSpecification[] {
  switch (layer.kind) {
    case "hazard-areas":
      return hazardAreas(layer, theme);
    case "points":
      return points(layer, theme);
    case "shaded-areas":
      return shadedAreas(layer, theme);
    case "shaded-units":
      return shadedUnits(layer, theme);
    case "lines":
      return lines(layer, theme);
  }
}
