import type { Feature, FeatureCollection, MultiPolygon } from "geojson";
import { topology } from "topojson-server";
import type { GeometryCollection, Topology } from "topojson-specification";
import { ASEAN, ISO_COUNTRIES } from "./iso-countries.ts";
import { compact, labelPoint, unite } from "./shapes.ts";
import { arcsOf, simplifyTopology } from "./simplify.ts";
import type { Admin1, Area } from "./sources.ts";

/** Properties of a country in `countries.json.gz`; the feature's `id` is its alpha-3 code. */
export interface CountryProperties {
  /** ISO 3166-1 alpha-2. */
  alpha2: string;
  /** ISO 3166-1 numeric, three digits; null for Kosovo, which ISO 3166 does not list. */
  numeric: string | null;
  name: string;
  /** `full` keeps every point of the source; `simplified` lies within the tolerance of it. */
  detail: "full" | "simplified";
  /** A point well inside, longitude and latitude. */
  point: [number, number];
}

/** Greatest distance in metres between a simplified border and the source. */
export const TOLERANCE = 700;

const KOSOVO: readonly [string, string, string | null, string] = ["XKX", "XK", null, "Kosovo"];

/**
 * Unites Natural Earth's admin-1 units into countries: one entry for each country of ISO 3166-1 the source draws.
 * Borders of ASEAN members are exact and identical with the outer borders of their first-level units.
 */
export function countryFeatures(units: readonly Feature<Area, Admin1>[]): Feature<MultiPolygon, CountryProperties>[] {
  const shapes = unite(units, (unit) => unit.country);
  const asean = new Set<string>(ASEAN);
  return [...ISO_COUNTRIES, KOSOVO].flatMap(([alpha3, alpha2, numeric, name]) => {
    const geometry = shapes.get(alpha3);
    if (!geometry) return [];
    const detail = asean.has(alpha3) ? "full" : "simplified";
    return [
      {
        type: "Feature" as const,
        id: alpha3,
        geometry,
        properties: { alpha2, numeric, name, detail, point: labelPoint(geometry) },
      },
    ];
  });
}

/** The countries as compact TopoJSON with the object `countries`, simplified outside ASEAN. */
export function countryTopology(countries: readonly Feature<MultiPolygon, CountryProperties>[]): Topology {
  const collection: FeatureCollection = { type: "FeatureCollection", features: [...countries] };
  const shapes = topology({ countries: collection });
  const exact = new Set<number>();
  const { geometries } = shapes.objects.countries as GeometryCollection;
  for (const country of geometries) {
    const { detail } = country.properties as CountryProperties;
    if (detail === "full") for (const arc of arcsOf(country as { arcs?: unknown })) exact.add(arc);
  }
  simplifyTopology(shapes, TOLERANCE, exact);
  return compact(shapes);
}
