import type { LayerSpecification, StyleSpecification } from "maplibre-gl";

/** How the names of everything begin that drawing puts on a map. */
export const drawnPrefix = "santi-draw";

const isDrawn = (name: string) => name.startsWith(`${drawnPrefix}-`);

/**
 * A new style that keeps what is being drawn on the map, on top of everything else. Without this a change of the page's
 * layers would take a half-drawn outline away.
 */
export function keepDrawn(before: StyleSpecification | undefined, next: StyleSpecification): StyleSpecification {
  if (!before) return next;
  const layers = before.layers.filter((layer: LayerSpecification) => isDrawn(layer.id));
  if (layers.length === 0) return next;
  const sources = Object.fromEntries(Object.entries(before.sources).filter(([name]) => isDrawn(name)));
  return { ...next, sources: { ...next.sources, ...sources }, layers: [...next.layers, ...layers] };
}
