import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { MultiPolygon, Polygon } from "geojson";
import { sql } from "kysely";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { languages } from "../../platform/contract/fields.ts";
import type { Tx } from "../../platform/database/types.ts";
import { writeWkb } from "../../platform/files/index.ts";
import { rootPath } from "../../platform/kernel/root.ts";

interface CountryProperties {
  alpha2: string | null;
  numeric: string | null;
  name: string;
}

/** A country's name in every language of Santi, from Unicode's own tables; the register's Latin name where they have none. */
function countryNames(alpha2: string | null, latin: string): Record<string, string> {
  const names: Record<string, string> = { en: latin };
  if (!alpha2) return names;
  for (const language of languages) {
    const name = new Intl.DisplayNames(language, { type: "region", fallback: "none" }).of(alpha2);
    if (name) names[language] = name;
  }
  return names;
}

/**
 * Loads the register of countries with names and generalised boundaries, once.
 * @returns how many were loaded, 0 when they were there
 */
export async function loadCountries(tx: Tx): Promise<number> {
  const { rows } = await sql`select 1 from places_country limit 1`.execute(tx);
  if (rows.length > 0) return 0;
  const text = gunzipSync(readFileSync(rootPath("assets", "boundaries", "countries.json.gz"))).toString();
  const topology = JSON.parse(text) as Topology<{ countries: GeometryCollection<CountryProperties> }>;
  const countries = feature(topology, topology.objects.countries).features.map(({ id, properties, geometry }) => {
    const boundary: MultiPolygon | null =
      geometry?.type === "Polygon"
        ? { type: "MultiPolygon", coordinates: [(geometry as Polygon).coordinates] }
        : ((geometry as MultiPolygon | null) ?? null);
    return {
      country: id as string,
      numeric_code: properties.numeric,
      names: countryNames(properties.alpha2, properties.name),
      boundary: boundary ? writeWkb(boundary).toString("hex") : null,
    };
  });
  await sql`insert into places_country (country, numeric_code, names, boundary)
    select country, numeric_code, names, ST_SetSRID(boundary::geometry, 4326)
    from jsonb_to_recordset(${JSON.stringify(countries)}::jsonb) as r(country text, numeric_code text, names jsonb, boundary text)`.execute(
    tx,
  );
  return countries.length;
}
