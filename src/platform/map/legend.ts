import type { MapLayer, MapTheme, PointMark, PointShape } from "./layers.ts";
import { AREA_FILL, PALETTES, STATUS_OUTLINE } from "./palette.ts";

/** A symbol of the legend. */
export interface PointSwatch {
  type: "point";
  shape: PointShape;
  color: string;
  mark: PointMark;
}

/** How a legend entry is drawn. */
export type Swatch =
  | {
      type: "area";
      fill: string | null;
      fillOpacity: number;
      hatch: "sha" | "cha" | "indication" | null;
      outline: string | null;
      /** Lengths of dashes and gaps in outline widths; empty for a continuous line. */
      dash: readonly number[];
      /** The symbol of an area known only as a point. */
      symbol?: PointSwatch;
    }
  | PointSwatch
  | { type: "line"; color: string; dash: readonly number[] };

/** One line of a legend. The page turns `key` into words. */
export interface LegendEntry {
  layer: string;
  /** `class.sha`, `status.open`, `layer` for a layer of one symbol, `value` for a class of a shaded map. */
  key: string;
  /** Lowest and next value of a class of a shaded map; `to` is absent in the last class. */
  from?: number;
  to?: number;
  swatch: Swatch;
}

const CLASSES: readonly (readonly ["cha" | "sha" | "indication", PointShape])[] = [
  ["cha", "triangle"],
  ["sha", "square"],
  ["indication", "circle"],
];

function hazardEntries(layer: string, theme: MapTheme): LegendEntry[] {
  const { open, worked, closed } = STATUS_OUTLINE[theme];
  const { tones } = PALETTES[theme];
  const statuses: readonly [string, string, number[], string, PointMark][] = [
    ["open", open, [], tones.red, "solid"],
    ["worked-on", worked, [3, 1.5], tones.orange, "dotted"],
    ["suspended", worked, [1, 1.5], tones.orange, "dotted"],
    ["closed", closed, [6, 1.5, 1, 1.5], tones.green, "hollow"],
  ];
  return [
    ...CLASSES.map(([name, shape]): LegendEntry => {
      const symbol: PointSwatch = { type: "point", shape, color: tones.grey, mark: "solid" };
      const fill = { fill: AREA_FILL[name], fillOpacity: 0.5, hatch: name, outline: null, dash: [] };
      return { layer, key: `class.${name}`, swatch: { type: "area", ...fill, symbol } };
    }),
    ...statuses.map(([name, outline, dash, color, mark]): LegendEntry => {
      const symbol: PointSwatch = { type: "point", shape: "square", color, mark };
      const edge = { fill: null, fillOpacity: 0, hatch: null, outline, dash };
      return { layer, key: `status.${name}`, swatch: { type: "area", ...edge, symbol } };
    }),
  ];
}

function entriesOf(layer: MapLayer, theme: MapTheme): LegendEntry[] {
  const { tones } = PALETTES[theme];
  switch (layer.kind) {
    case "hazard-areas":
      return hazardEntries(layer.id, theme);
    case "points":
      return [
        {
          layer: layer.id,
          key: "layer",
          swatch: { type: "point", shape: layer.shape, color: tones[layer.tone], mark: "solid" },
        },
      ];
    case "lines": {
      const dash = layer.dashed ? [2, 1.5] : [];
      return [{ layer: layer.id, key: "layer", swatch: { type: "line", color: tones[layer.tone], dash } }];
    }
    case "shaded-areas":
    case "shaded-units":
      return layer.classes.map(({ from, color }, i): LegendEntry => {
        const to = layer.classes[i + 1]?.from;
        return {
          layer: layer.id,
          key: "value",
          from,
          ...(to !== undefined && { to }),
          swatch: { type: "area", fill: color, fillOpacity: 0.8, hatch: null, outline: null, dash: [] },
        };
      });
  }
}

/**
 * The entries of a text legend for the layers of a map, in the order of the layers: the same colours, hatches, dashes
 * and shapes as on the map, and a key for the words.
 */
export function legendEntries(layers: readonly MapLayer[], theme: MapTheme): LegendEntry[] {
  return layers.flatMap((layer) => entriesOf(layer, theme));
}
