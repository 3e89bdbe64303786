import type { MapLayer } from "../../../platform/map/layers.ts";
import type { Search } from "../../../platform/ui/address.ts";
import { filterPart, listSearch } from "../../../platform/ui/records/list-search.ts";
import type { RecordSection } from "../../../platform/ui/records/section.ts";

/** The filters of an address that a record type knows, with the country; a filter on a field it lacks does not apply. */
export function sectionFilters(section: RecordSection, search: Search): Search {
  const { bbox: _, ...filters } = filterPart(listSearch(section.type, search));
  return { ...filters, ...(search.country ? { country: search.country } : {}) };
}

/** The address of a record type's tiles under the filters; `{z}/{x}/{y}` stay for the map to fill. */
export function tileUrl(section: RecordSection, search: Search): string {
  const query = new URLSearchParams(sectionFilters(section, search) as Record<string, string>).toString();
  return `/tiles/${section.type.name}/{z}/{x}/{y}.mvt${query === "" ? "" : `?${query}`}`;
}

/** The map layer of a section; null when its records have no place. */
export function mapLayerOf(section: RecordSection, search: Search): MapLayer | null {
  return section.mapLayer?.({ tiles: tileUrl(section, search), sourceLayer: section.type.name, maxZoom: 14 }) ?? null;
}

/** The record types drawn: those in the address, else areas and whatever the address singles out. */
export function shownSections(all: readonly RecordSection[], search: Search): RecordSection[] {
  const drawable = all.filter((section) => section.mapLayer);
  if (search.layers !== undefined) {
    const names = new Set(search.layers.split(","));
    return drawable.filter((section) => names.has(section.type.name));
  }
  if (search.layer !== undefined) return drawable.filter((section) => section.type.name === search.layer);
  return drawable.filter((section) => section.group === "work");
}
