import type { StyleSpecification } from "maplibre-gl";
import { basemapSources, borderLayers, fontFaces, groundLayers, labelLayers } from "./basemap-style.ts";
import { dataLayers, dataSource } from "./data-style.ts";
import { type MapLanguage, type MapLayer, type MapTheme, sourceOf } from "./layers.ts";

/** What a style depends on. */
export interface StyleInput {
  /** Absolute URL of the folder with `basemap/` and `fonts/`, without a slash at the end. */
  assetBase: string;
  language: MapLanguage;
  theme: MapTheme;
  /** From the bottom up; default none. */
  layers?: readonly MapLayer[];
}

const SHADED = new Set<MapLayer["kind"]>(["shaded-units", "shaded-areas"]);

/**
 * The MapLibre style of a map: the offline basemap, the data layers, the labels on top. Shaded areas lie under the
 * borders, everything else over them. Images are named in the style and drawn when asked for (`patterns.ts`).
 *
 * @throws Error when two layers have the same id
 */
export function mapStyle({ assetBase, language, theme, layers = [] }: StyleInput): StyleSpecification {
  const sources = basemapSources(assetBase);
  const seen = new Set<string>();
  for (const layer of layers) {
    if (seen.has(layer.id)) throw new Error(`Two map layers have the id ${layer.id}.`);
    seen.add(layer.id);
    const source = dataSource(layer);
    if (source) sources[sourceOf(layer)] = source;
  }
  const shaded = layers.filter(({ kind }) => SHADED.has(kind));
  const others = layers.filter(({ kind }) => !SHADED.has(kind));
  return {
    version: 8,
    "font-faces": fontFaces(assetBase),
    sources,
    layers: [
      ...groundLayers(theme),
      ...shaded.flatMap((layer) => dataLayers(layer, theme)),
      ...borderLayers(theme),
      ...others.flatMap((layer) => dataLayers(layer, theme)),
      ...labelLayers(language, theme),
    ],
  };
}
