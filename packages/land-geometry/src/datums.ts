import proj4, { type Converter } from "proj4";
import {
  type Datum,
  type DatumId,
  type DatumOperation,
  datumOperations,
  datums,
  type Ellipsoid,
} from "./datum-table.ts";
import { GeometryError, type Result, refuse } from "./problem.ts";

/** A longitude and latitude in decimal degrees. Which datum they are on is said by whoever hands them over. */
export interface LonLat {
  readonly lon: number;
  readonly lat: number;
}

const datumById = new Map<string, Datum & { readonly id: DatumId }>(datums.map((datum) => [datum.id, datum]));
const operationById = new Map<string, DatumOperation>(datumOperations.map((operation) => [operation.id, operation]));

function spelling(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

const datumBySpelling = new Map<string, DatumId>(
  datums.flatMap((datum) =>
    [datum.id, datum.name, datum.crs, ...datum.aliases].map((name): [string, DatumId] => [spelling(name), datum.id]),
  ),
);

/**
 * Finds a datum by its id, name, EPSG code or a common spelling ("WGS84", "Indian 1960", "EPSG:4756").
 * @returns the datum, or the problem `coordinate.datum-unknown`: an unknown datum is never taken for WGS 84
 */
export function findDatum(
  name: string | null | undefined,
): Result<{ readonly datum: Datum & { readonly id: DatumId } }> {
  const datum = datumById.get(datumBySpelling.get(spelling(name ?? "")) ?? "");
  return datum ? { ok: true, datum } : refuse("coordinate.datum-unknown", { datum: name ?? "" });
}

/**
 * Chooses the operation that carries a datum to WGS 84.
 * @param datum id or spelling of the datum
 * @param operation id of the wanted operation; the datum's default when left out
 * @returns the operation, or `coordinate.datum-unknown`, `coordinate.operation-unknown` or
 * `coordinate.operation-not-for-datum`
 */
export function findOperation(
  datum: string | null | undefined,
  operation?: string | undefined,
): Result<{ readonly datum: Datum & { readonly id: DatumId }; readonly operation: DatumOperation }> {
  const known = findDatum(datum);
  if (!known.ok) return known;
  const id = operation ?? known.datum.defaultOperation;
  const found = operationById.get(id);
  if (!found) return refuse("coordinate.operation-unknown", { operation: id });
  if (found.datum !== known.datum.id) {
    return refuse("coordinate.operation-not-for-datum", { operation: id, datum: known.datum.id });
  }
  return { ok: true, datum: known.datum, operation: found };
}

/**
 * The operations known for a datum whose area of use holds a place, the default first; all of them when no place is
 * given. Useful for showing a choice.
 * @param datum id of the datum
 * @param place a rough WGS 84 position in degrees
 */
export function operationsFor(datum: DatumId, place?: LonLat): readonly DatumOperation[] {
  const preferred = datumById.get(datum)?.defaultOperation;
  return datumOperations
    .filter((operation) => operation.datum === datum && (!place || isWithinAreaOfUse(operation, place)))
    .sort((a, b) => Number(b.id === preferred) - Number(a.id === preferred));
}

/** Whether a place (degrees) lies in the area an operation was made for. Outside it the accuracy is not promised. */
export function isWithinAreaOfUse(operation: DatumOperation, place: LonLat): boolean {
  const [west, south, east, north] = operation.area;
  return place.lon >= west && place.lon <= east && place.lat >= south && place.lat <= north;
}

/**
 * The ellipsoid as proj string parameters. Axes are written out, so that no table inside a library decides them.
 */
export function ellipsoidParameters(ellipsoid: Ellipsoid): string {
  return `+a=${ellipsoid.semiMajorMetres} +rf=${ellipsoid.inverseFlattening}`;
}

const wgs84Longlat = "+proj=longlat +a=6378137 +rf=298.257223563 +towgs84=0,0,0 +no_defs";
const converters = new Map<string, Converter>();

function converterFor(operation: DatumOperation): Converter {
  const ready = converters.get(operation.id);
  if (ready) return ready;
  const datum = datumById.get(operation.datum);
  if (!datum) throw new GeometryError("coordinate.datum-unknown", { datum: operation.datum });
  const source = `+proj=longlat ${ellipsoidParameters(datum.ellipsoid)} +towgs84=${operation.towgs84.join(",")} +no_defs`;
  const converter = proj4(source, wgs84Longlat);
  converters.set(operation.id, converter);
  return converter;
}

/**
 * Carries a position from an operation's datum to WGS 84, at ellipsoidal height zero on the source datum.
 * @param operation one entry of `datumOperations`
 * @param place degrees on the operation's datum
 * @returns degrees on WGS 84
 */
export function toWgs84(operation: DatumOperation, place: LonLat): LonLat {
  if (operation.datum === "wgs-84") return { lon: place.lon, lat: place.lat };
  const [lon, lat] = converterFor(operation).forward([place.lon, place.lat]);
  return { lon: lon ?? Number.NaN, lat: lat ?? Number.NaN };
}

/**
 * The exact inverse of `toWgs84`: degrees on WGS 84 to degrees on the operation's datum.
 *
 * A reversed Helmert transformation is only approximate and loses the height that the forward one leaves behind,
 * some millimetres together. Correcting the result by the remaining difference until it vanishes removes both.
 */
export function fromWgs84(operation: DatumOperation, place: LonLat): LonLat {
  if (operation.datum === "wgs-84") return { lon: place.lon, lat: place.lat };
  const [lon0, lat0] = converterFor(operation).inverse([place.lon, place.lat]);
  let lon = lon0 ?? Number.NaN;
  let lat = lat0 ?? Number.NaN;
  for (let round = 0; round < 4; round++) {
    const back = toWgs84(operation, { lon, lat });
    const dLon = place.lon - back.lon;
    const dLat = place.lat - back.lat;
    lon += dLon;
    lat += dLat;
    if (Math.abs(dLon) < 1e-13 && Math.abs(dLat) < 1e-13) break;
  }
  return { lon, lat };
}
