import type { Map as MapLibreMap } from "maplibre-gl";
import { createContext, useContext } from "react";

/** The MapLibre map of the surrounding `SantiMap`; null until it is ready. */
export const MapContext = createContext<MapLibreMap | null>(null);

/**
 * The MapLibre map of the surrounding `SantiMap`, for children that draw or measure on it.
 *
 * @returns null until the map is ready, and outside a `SantiMap`
 */
export function useMap(): MapLibreMap | null {
  return useContext(MapContext);
}
