import type { FilterSpecification } from "maplibre-gl";
import { useEffect } from "react";
import { useMap } from "./map-context.ts";

/** The filter of a style layer with the data layer's own part of it, which stands first, changed. */
export function withOwnFilter(whole: FilterSpecification, own: FilterSpecification): FilterSpecification {
  return ["all", own, ...(whole as unknown[]).slice(2)] as FilterSpecification;
}

/**
 * Changes the filter of a data layer in place, as a child of `SantiMap`. A new `layers` array makes a new style and
 * compares all its features with those before; for a filter that changes many times a second that is too much. The layer
 * must have a filter of its own from the start; a new style brings that one back, and this changes it again.
 */
export function LayerFilter({ layer, filter }: { layer: string; filter: FilterSpecification }) {
  const map = useMap();
  useEffect(() => {
    if (!map) return;
    const wanted = JSON.stringify(filter);
    const apply = () => {
      for (const id of map.getLayersOrder()) {
        if (!id.startsWith(`${layer}:`)) continue;
        const whole = map.getFilter(id);
        if (!Array.isArray(whole) || JSON.stringify(whole[1]) === wanted) continue;
        map.setFilter(id, withOwnFilter(whole as FilterSpecification, filter), { validate: false });
      }
    };
    apply();
    map.on("styledata", apply);
    return () => {
      map.off("styledata", apply);
    };
  }, [map, layer, filter]);
  return null;
}
