import type {
  ExpressionSpecification,
  FontFacesSpecification,
  LayerSpecification,
  SourceSpecification,
} from "maplibre-gl";
import fonts from "../../../assets/fonts/fonts.json" with { type: "json" };
import type { MapLanguage, MapTheme } from "./layers.ts";
import { PALETTES } from "./palette.ts";

export const REGULAR = ["Noto Sans Regular"];
export const BOLD = ["Noto Sans Bold"];

/** First zoom of the detailed tiles around ASEAN; below it, and outside, the coarse world is drawn. */
const REGION_FROM = 5;

/** The font files of the style: one list of files per weight, each for its Unicode ranges. */
export function fontFaces(assetBase: string): FontFacesSpecification {
  const files = (weight: number) =>
    fonts
      .filter((font) => font.weight === weight)
      .map(({ file, unicodeRange }) => ({ url: `${assetBase}/fonts/web/${file}`, "unicode-range": unicodeRange }));
  return { [REGULAR[0] as string]: files(400), [BOLD[0] as string]: files(700) };
}

/**
 * The archive as two sources: the world, magnified beyond zoom 4, and the region with every zoom. Both read one file
 * through the `pmtiles` protocol.
 */
export function basemapSources(assetBase: string): Record<string, SourceSpecification> {
  const tiles = [`pmtiles://${assetBase}/basemap/santi.pmtiles/{z}/{x}/{y}`];
  return {
    world: { type: "vector", tiles, minzoom: 0, maxzoom: 4 },
    region: {
      type: "vector",
      tiles,
      minzoom: 0,
      maxzoom: 7,
      promoteId: { units: "id", countries: "id" },
    },
  };
}

/**
 * Text of a label: the name in the language of the page, and below it the name in Latin letters where it differs.
 *
 * @param language language of the page; English shows the Latin name alone
 */
export function labelText(language: MapLanguage): ExpressionSpecification {
  const latin: ExpressionSpecification = ["get", "name"];
  const own: ExpressionSpecification = ["coalesce", ["get", `name_${language}`], latin];
  // Vietnamese is Latin script: a second line would say the same twice.
  if (language === "en" || language === "vi") return ["format", own, {}];
  return [
    "case",
    ["has", `name_${language}`],
    // The line feed belongs to the first section: MapLibre 6.17 segments the last cluster of a section a second time
    // when the next begins, and takes a final Burmese aa or visarga off its letter.
    ["format", ["concat", own, "\n"], {}, latin, { "font-scale": 0.8 }],
    ["format", latin, {}],
  ];
}

/** Line height of labels in ems: Khmer and Burmese stack signs above and below the line. */
function labelLineHeight(language: MapLanguage): number {
  return language === "km" || language === "my" ? 1.5 : 1.25;
}

/** Areas and lines of the basemap, from the sea up. */
export function groundLayers(theme: MapTheme): LayerSpecification[] {
  const palette = PALETTES[theme];
  const ground = (source: "world" | "region"): LayerSpecification[] => {
    const minzoom = source === "region" ? REGION_FROM : 0;
    const from = { source, minzoom };
    return [
      { id: `${source}-land`, type: "fill", ...from, "source-layer": "land", paint: { "fill-color": palette.land } },
      {
        id: `${source}-members`,
        type: "fill",
        ...from,
        "source-layer": "countries",
        paint: { "fill-color": palette.member, "fill-antialias": false },
      },
      {
        id: `${source}-coast`,
        type: "line",
        ...from,
        "source-layer": "land",
        paint: { "line-color": palette.coast, "line-width": 0.75 },
      },
      {
        id: `${source}-rivers`,
        type: "line",
        ...from,
        "source-layer": "rivers",
        layout: { "line-join": "round", "line-cap": "round" },
        paint: {
          "line-color": palette.water,
          "line-width": ["interpolate", ["linear"], ["zoom"], 3, 0.4, 7, ["+", 0.6, ["/", ["get", "weight"], 40]]],
          // The rivers are drawn for a small scale and leave their bed when magnified.
          "line-opacity": ["interpolate", ["linear"], ["zoom"], 9, 1, 12, 0.3],
        },
      },
      { id: `${source}-lakes`, type: "fill", ...from, "source-layer": "lakes", paint: { "fill-color": palette.water } },
    ];
  };
  return [
    { id: "ground", type: "background", paint: { "background-color": palette.sea } },
    ...ground("world"),
    {
      id: "region-sea",
      type: "fill",
      source: "region",
      minzoom: REGION_FROM,
      "source-layer": "sea",
      paint: { "fill-color": palette.sea, "fill-antialias": false },
    },
    ...ground("region"),
  ];
}

/** Borders of units and countries, drawn over shaded areas. */
export function borderLayers(theme: MapTheme): LayerSpecification[] {
  const palette = PALETTES[theme];
  const borders = (source: "world" | "region"): LayerSpecification[] => {
    const zooms = source === "region" ? { minzoom: REGION_FROM } : { maxzoom: REGION_FROM };
    const join = { "line-join": "round" } as const;
    return [
      {
        id: `${source}-unit-borders`,
        type: "line",
        source,
        "source-layer": "boundaries",
        ...zooms,
        filter: ["==", ["get", "level"], 1],
        layout: join,
        paint: {
          "line-color": palette.unitBorder,
          "line-width": ["interpolate", ["linear"], ["zoom"], 3, 0.3, 7, 0.9, 12, 1.5],
        },
      },
      {
        id: `${source}-borders`,
        type: "line",
        source,
        "source-layer": "boundaries",
        ...zooms,
        filter: ["==", ["get", "level"], 0],
        layout: join,
        paint: {
          "line-color": palette.border,
          "line-width": ["interpolate", ["linear"], ["zoom"], 1, 0.4, 5, 1, 10, 2],
        },
      },
    ];
  };
  return [...borders("world"), ...borders("region")];
}

/** Labels of units and countries, drawn last. */
export function labelLayers(language: MapLanguage, theme: MapTheme): LayerSpecification[] {
  const palette = PALETTES[theme];
  const text = labelText(language);
  const halo = { "text-halo-color": palette.halo, "text-halo-width": 1.4 };
  const layout = {
    "text-field": text,
    "text-max-width": 9,
    "text-line-height": labelLineHeight(language),
    "text-letter-spacing": 0,
  };
  const units = (source: "world" | "region"): LayerSpecification => ({
    id: `${source}-unit-labels`,
    type: "symbol",
    source,
    "source-layer": "unit_labels",
    ...(source === "region" ? { minzoom: REGION_FROM } : { minzoom: 4.5, maxzoom: REGION_FROM }),
    layout: {
      ...layout,
      "text-font": REGULAR,
      "text-size": ["interpolate", ["linear"], ["zoom"], 5, 11, 8, 14],
      "text-padding": 6,
    },
    paint: { ...halo, "text-color": palette.unitText },
  });
  return [
    units("world"),
    units("region"),
    {
      id: "country-labels",
      type: "symbol",
      source: "world",
      "source-layer": "country_labels",
      maxzoom: 8,
      layout: {
        ...layout,
        "text-font": BOLD,
        "text-size": [
          "interpolate",
          ["linear"],
          ["zoom"],
          2,
          ["case", ["==", ["get", "rank"], 0], 11, 10],
          6,
          ["case", ["==", ["get", "rank"], 0], 17, 14],
        ],
        "symbol-sort-key": ["get", "rank"],
        "text-padding": 4,
      },
      paint: { ...halo, "text-color": ["case", ["==", ["get", "rank"], 0], palette.text, palette.unitText] },
    },
  ];
}
