import type { Map as MapLibreMap, PointLike } from "maplibre-gl";
import { type MapLayer, type MapSelection, type SelectedFeature, sourceOf } from "./layers.ts";

/** Pixels around a click in which a small symbol still counts as hit. */
const REACH = 5;

/**
 * The topmost feature of a selectable layer at a place of the screen.
 *
 * @param at CSS pixels from the upper left corner of the map
 * @returns null when nothing selectable is there
 */
export function featureAt(
  map: MapLibreMap,
  at: { x: number; y: number },
  layers: readonly MapLayer[],
): MapSelection | null {
  const byId = new Map(layers.filter(({ selectable }) => selectable !== false).map((layer) => [layer.id, layer]));
  const box: [PointLike, PointLike] = [
    [at.x - REACH, at.y - REACH],
    [at.x + REACH, at.y + REACH],
  ];
  for (const hit of map.queryRenderedFeatures(box)) {
    const layer = byId.get(hit.layer.id.split(":", 1)[0] ?? "");
    if (!layer) continue;
    const id = hit.properties[layer.idField ?? "id"] ?? hit.id;
    if (id === undefined) continue;
    const { lng, lat } = map.unproject([at.x, at.y]);
    return { layer: layer.id, id: String(id), properties: hit.properties, at: [lng, lat] };
  }
  return null;
}

/** Marks or unmarks a feature as the chosen one; a layer that is not on the map is ignored. */
export function markSelected(
  map: MapLibreMap,
  feature: SelectedFeature,
  layers: readonly MapLayer[],
  selected: boolean,
): void {
  const layer = layers.find(({ id }) => id === feature.layer);
  if (!layer || !map.getSource(sourceOf(layer))) return;
  const sourceLayer =
    layer.kind === "shaded-units"
      ? layer.level === "unit"
        ? "units"
        : "countries"
      : "tiles" in layer.source
        ? layer.source.sourceLayer
        : undefined;
  map.setFeatureState(
    { source: sourceOf(layer), id: feature.id, ...(sourceLayer !== undefined && { sourceLayer }) },
    { selected },
  );
}
