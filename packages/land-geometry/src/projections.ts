import proj4, { type Converter } from "proj4";
import type { Ellipsoid } from "./datum-table.ts";
import { ellipsoidParameters, type LonLat } from "./datums.ts";

/** A UTM zone: number 1 to 60 and hemisphere. */
export interface UtmZone {
  readonly zone: number;
  readonly hemisphere: "N" | "S";
}

/** Metres east and north on a grid. */
export interface GridPosition {
  readonly easting: number;
  readonly northing: number;
}

/**
 * The central meridians, in degrees, of the three-degree zones in use in Viet Nam (one or more provinces each), with
 * the EPSG code of the VN-2000 TM-3 system.
 */
export const vn2000Meridians: readonly { readonly centralMeridian: number; readonly crs: string }[] = [
  { centralMeridian: 102, crs: "EPSG:5896" },
  { centralMeridian: 103, crs: "EPSG:9205" },
  { centralMeridian: 104, crs: "EPSG:9206" },
  { centralMeridian: 104.5, crs: "EPSG:9207" },
  { centralMeridian: 104.75, crs: "EPSG:9208" },
  { centralMeridian: 105, crs: "EPSG:5897" },
  { centralMeridian: 105.5, crs: "EPSG:9209" },
  { centralMeridian: 105.75, crs: "EPSG:9210" },
  { centralMeridian: 106, crs: "EPSG:9211" },
  { centralMeridian: 106.25, crs: "EPSG:9212" },
  { centralMeridian: 106.5, crs: "EPSG:9213" },
  { centralMeridian: 107, crs: "EPSG:9214" },
  { centralMeridian: 107.25, crs: "EPSG:9215" },
  { centralMeridian: 107.5, crs: "EPSG:9216" },
  { centralMeridian: 107.75, crs: "EPSG:5899" },
  { centralMeridian: 108, crs: "EPSG:5898" },
  { centralMeridian: 108.25, crs: "EPSG:9217" },
  { centralMeridian: 108.5, crs: "EPSG:9218" },
];

const converters = new Map<string, Converter>();

function converterFor(grid: string, ellipsoid: Ellipsoid): Converter {
  const axes = ellipsoidParameters(ellipsoid);
  const key = `${grid} ${axes}`;
  const ready = converters.get(key);
  if (ready) return ready;
  // Both ends name the same ellipsoid and no datum shift: this is a projection and nothing else.
  const converter = proj4(`+proj=longlat ${axes} +no_defs`, `${grid} ${axes} +units=m +no_defs`);
  converters.set(key, converter);
  return converter;
}

function utmGrid(zone: UtmZone): string {
  return `+proj=utm +zone=${zone.zone}${zone.hemisphere === "S" ? " +south" : ""}`;
}

function tm3Grid(centralMeridian: number): string {
  return `+proj=tmerc +lat_0=0 +lon_0=${centralMeridian} +k=0.9999 +x_0=500000 +y_0=0`;
}

function project(grid: string, ellipsoid: Ellipsoid, place: LonLat): GridPosition {
  const [easting, northing] = converterFor(grid, ellipsoid).forward([place.lon, place.lat]);
  return { easting: easting ?? Number.NaN, northing: northing ?? Number.NaN };
}

function unproject(grid: string, ellipsoid: Ellipsoid, position: GridPosition): LonLat {
  const [lon, lat] = converterFor(grid, ellipsoid).inverse([position.easting, position.northing]);
  return { lon: lon ?? Number.NaN, lat: lat ?? Number.NaN };
}

/**
 * The UTM zone a position belongs to, with the exceptions of southern Norway and Svalbard.
 * @param place degrees; longitude 180 belongs to zone 1
 */
export function utmZoneOf(place: LonLat): UtmZone {
  const lon = place.lon >= 180 ? place.lon - 360 : place.lon;
  const { lat } = place;
  const hemisphere = lat < 0 ? "S" : "N";
  let zone = Math.min(60, Math.floor((lon + 180) / 6) + 1);
  if (lat >= 56 && lat < 64 && lon >= 3 && lon < 12) zone = 32;
  if (lat >= 72 && lon >= 0 && lon < 42) zone = lon < 9 ? 31 : lon < 21 ? 33 : lon < 33 ? 35 : 37;
  return { zone, hemisphere };
}

/** Projects degrees to UTM metres in the given zone, on the given ellipsoid; no datum shift takes place. */
export function toUtm(place: LonLat, zone: UtmZone, ellipsoid: Ellipsoid): GridPosition {
  return project(utmGrid(zone), ellipsoid, place);
}

/** UTM metres in the given zone back to degrees on the same ellipsoid. */
export function fromUtm(position: GridPosition, zone: UtmZone, ellipsoid: Ellipsoid): LonLat {
  return unproject(utmGrid(zone), ellipsoid, position);
}

/**
 * Projects degrees to the three-degree transverse Mercator grid of Viet Nam: scale 0.9999 on the central meridian,
 * 500,000 m false easting, no false northing.
 */
export function toTm3(place: LonLat, centralMeridian: number, ellipsoid: Ellipsoid): GridPosition {
  return project(tm3Grid(centralMeridian), ellipsoid, place);
}

/** Metres of the three-degree grid back to degrees on the same ellipsoid. */
export function fromTm3(position: GridPosition, centralMeridian: number, ellipsoid: Ellipsoid): LonLat {
  return unproject(tm3Grid(centralMeridian), ellipsoid, position);
}
