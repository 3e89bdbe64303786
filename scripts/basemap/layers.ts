import type { Feature, FeatureCollection, GeometryObject, MultiPolygon, Point } from "geojson";
import { feature, merge, mesh } from "topojson-client";
import { topology } from "topojson-server";
import type {
  GeometryObject as ArcObject,
  GeometryCollection,
  MultiPolygon as MultiPolygonArcs,
  Topology,
} from "topojson-specification";
import type { UnitFeature } from "./admin1.ts";
import type { CountryProperties } from "./countries.ts";
import { ASEAN } from "./iso-countries.ts";
import { countryNames, unitNames } from "./labels.ts";
import { ringArea, unite } from "./shapes.ts";
import { simplifyTopology } from "./simplify.ts";
import { type Admin1, type Area, type Line, polygonsOf } from "./sources.ts";

/** One layer of the basemap at one zoom. */
export interface Layer {
  name: "land" | "countries" | "units" | "boundaries" | "rivers" | "lakes" | "country_labels" | "unit_labels";
  features: Feature<GeometryObject, Record<string, string | number>>[];
}

/** What the layers of every zoom are made from. */
export interface BasemapData {
  admin1: readonly Feature<Area, Admin1>[];
  countries: readonly Feature<MultiPolygon, CountryProperties>[];
  units: readonly UnitFeature[];
  rivers: readonly Feature<Line, { min_zoom: number; strokeweig: number }>[];
  lakes: readonly Feature<Area, { scalerank: number; name: string | null }>[];
}

interface PieceProperties {
  country: string;
  unit: string;
}

type Piece = MultiPolygonArcs<PieceProperties>;

/** Metres on the ground of one screen pixel at the equator, for tiles drawn 512 pixels wide. */
export function metresPerPixel(zoom: number): number {
  return 78_271.5 / 2 ** zoom;
}

/** Zooms from which the layers appear. */
const FROM_ZOOM = { units: 3, rivers: 3, lakes: 2, unitLabels: 4 } as const;

/**
 * Builds the mosaic all area layers are cut from: ASEAN units as they are today and whole countries elsewhere, in one
 * topology, so that land, countries, units and borders agree at every zoom.
 */
export function mosaic(data: BasemapData): Topology {
  const asean = new Set<string | null>(ASEAN);
  const units = data.units.flatMap(({ id, geometry, properties }): Feature<MultiPolygon, PieceProperties>[] =>
    properties.validTo === undefined && geometry.type === "MultiPolygon"
      ? [{ type: "Feature", geometry, properties: { country: properties.country, unit: String(id) } }]
      : [],
  );
  const others = unite(data.admin1, ({ country, admin }) => (asean.has(country) ? null : (country ?? admin)));
  const rest = [...others].map(([country, geometry]): Feature<MultiPolygon, PieceProperties> => {
    return { type: "Feature", geometry, properties: { country, unit: "" } };
  });
  const collection: FeatureCollection<MultiPolygon, PieceProperties> = {
    type: "FeatureCollection",
    features: [...units, ...rest],
  };
  return topology({ pieces: collection });
}

function propertiesOf(object: ArcObject): PieceProperties {
  return object.properties as PieceProperties;
}

/** A label's rank: 0 for ASEAN members, then 1 to 4 from the largest to the smallest country. */
function countryRank(id: string, shape: Area): number {
  if ((ASEAN as readonly string[]).includes(id)) return 0;
  const area = polygonsOf(shape).reduce((sum, [outer = []]) => sum + Math.abs(ringArea(outer)), 0);
  return area > 150 ? 1 : area > 20 ? 2 : area > 1 ? 3 : 4;
}

/** Better places for labels than the middle of the largest polygon. */
const LABEL_PLACES: Readonly<Record<string, [number, number]>> = {
  MYS: [102.4, 4.1],
  VNM: [105.3, 21.4],
  PHL: [121.2, 16.8],
  USA: [-98.5, 39.5],
  CAN: [-106, 57],
};

function labels(data: BasemapData, zoom: number): Layer[] {
  const countries = data.countries.map(
    ({ id, geometry, properties }): Feature<Point, Record<string, string | number>> => {
      const coordinates = LABEL_PLACES[String(id)] ?? properties.point;
      const rank = countryRank(String(id), geometry);
      return {
        type: "Feature",
        geometry: { type: "Point", coordinates },
        properties: { id: String(id), rank, ...countryNames(String(id), properties.alpha2, properties.name) },
      };
    },
  );
  const shown = countries.filter(({ properties }) => Number(properties.rank) <= Math.max(1, zoom));
  const units = data.units.flatMap(({ id, properties }): Feature<Point, Record<string, string | number>>[] => {
    if (properties.validTo !== undefined || zoom < FROM_ZOOM.unitLabels) return [];
    return [
      {
        type: "Feature",
        geometry: { type: "Point", coordinates: properties.point },
        properties: { id: String(id), country: properties.country, ...unitNames(properties) },
      },
    ];
  });
  return [
    { name: "country_labels", features: shown },
    { name: "unit_labels", features: units },
  ];
}

/**
 * Makes the layers of one zoom, borders thinned for it without opening gaps between neighbours.
 *
 * @param shapes result of `mosaic`; it is not changed
 */
export function layersAt(zoom: number, shapes: Topology, data: BasemapData): Layer[] {
  const thinned: Topology = { ...shapes, arcs: [...shapes.arcs] };
  // Beyond the last zoom the same lines are magnified, so the last zoom keeps what a magnified map would show.
  simplifyTopology(thinned, zoom === 7 ? 40 : metresPerPixel(zoom) / 3, new Set());
  const pieces = thinned.objects.pieces as GeometryCollection<PieceProperties>;
  const all = pieces.geometries as Piece[];
  const asean = ASEAN.map((country): Feature<GeometryObject, Record<string, string | number>> => {
    const members = all.filter((piece) => piece.properties?.country === country);
    return { type: "Feature", geometry: merge(thinned, members), properties: { id: country } };
  });
  const national = mesh(thinned, pieces, (a, b) => propertiesOf(a).country !== propertiesOf(b).country);
  const internal = mesh(thinned, pieces, (a, b) => a !== b && propertiesOf(a).country === propertiesOf(b).country);
  const units = all.flatMap((piece): Layer["features"] => {
    const { unit, country } = propertiesOf(piece);
    if (unit === "") return [];
    return [{ type: "Feature", geometry: feature(thinned, piece).geometry, properties: { id: unit, country } }];
  });
  const from = (first: number, layer: Layer): Layer[] => (zoom < first ? [] : [layer]);
  return [
    { name: "land", features: [{ type: "Feature", geometry: merge(thinned, all), properties: {} }] },
    { name: "countries", features: asean },
    ...from(FROM_ZOOM.units, { name: "units", features: units }),
    ...from(FROM_ZOOM.lakes, {
      name: "lakes",
      features: data.lakes
        .filter(({ properties }) => properties.scalerank <= zoom)
        .map(({ geometry }) => ({ type: "Feature", geometry, properties: {} })),
    }),
    ...from(FROM_ZOOM.rivers, {
      name: "rivers",
      features: data.rivers
        .filter(({ properties }) => properties.min_zoom <= zoom + 1)
        .map(({ geometry, properties }) => ({
          type: "Feature",
          geometry,
          properties: { weight: Math.round(properties.strokeweig * 100) },
        })),
    }),
    {
      name: "boundaries",
      features: [
        { type: "Feature", geometry: national, properties: { level: 0 } },
        ...(zoom < FROM_ZOOM.units ? [] : [{ type: "Feature" as const, geometry: internal, properties: { level: 1 } }]),
      ],
    },
    ...labels(data, zoom),
  ];
}
