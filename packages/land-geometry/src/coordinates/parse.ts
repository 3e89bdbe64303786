import type { Datum, DatumId, DatumOperation } from "../datum-table.ts";
import { findOperation, type LonLat, toWgs84 } from "../datums.ts";
import { bandLimits, fromMgrs } from "../mgrs.ts";
import { type Result, refuse } from "../problem.ts";
import { fromTm3, fromUtm, type UtmZone } from "../projections.ts";
import { readAnglePair } from "./angles.ts";
import { plainCharacters } from "./characters.ts";
import { looksLikeGrid, readGrid, type WrittenGrid } from "./grid.ts";
import type { CoordinateFormat, CoordinateResult, ReadingOptions } from "./types.ts";

const metresPerDegree = 111_320;
const mgrsShape = /^\d{1,2}\s*[c-hj-np-x]\s*[a-hj-np-z]\s*[a-hj-np-v]\s*(?:\d*|\d+\s+\d+)$/i;

interface OnDatum extends LonLat {
  readonly format: CoordinateFormat;
  readonly resolutionMetres: number;
  readonly zone?: UtmZone;
}

/**
 * Reads a coordinate pair as people type it: decimal degrees, degrees and minutes, degrees minutes and seconds, UTM,
 * the VN-2000 three-degree grid, or MGRS; with decimal points or commas and with Latin, Khmer, Lao, Thai or Burmese
 * digits.
 *
 * A text with a long number is taken for eastings and northings, one with three letters in a row after a zone for
 * MGRS, anything else for angles.
 * @param text one pair, latitude and longitude or easting and northing
 * @param options the datum, which is required, and what the text may leave out
 * @returns the position on WGS 84 with everything needed to trace it, or a problem with a stable code
 */
export function parseCoordinate(text: string, options: ReadingOptions): CoordinateResult {
  const chosen = findOperation(options.datum, options.operation);
  if (!chosen.ok) return chosen;
  const plain = plainCharacters(text);
  if (plain === "") return refuse("coordinate.empty");

  const read = mgrsShape.test(plain)
    ? readMgrs(plain, chosen.datum.id)
    : looksLikeGrid(plain)
      ? readGridOnDatum(plain, options, chosen.datum)
      : readAngles(plain, options.order);
  if (!read.ok) return read;
  return finished(text, read.place, chosen.datum.id, chosen.operation);
}

/**
 * Reads a coordinate that stands in two cells of a table, as text or as numbers.
 * @param first latitude or northing, unless `options.order` is "lon-lat"
 * @param second longitude or easting
 * @returns as `parseCoordinate`; `asTyped` joins both cells with "; " and can be parsed again
 */
export function parseCoordinateCells(
  first: string | number,
  second: string | number,
  options: ReadingOptions,
): CoordinateResult {
  const [one, two] = [first, second].map((cell) => String(cell).replace(/;/g, " ").trim());
  if (!one || !two) return refuse(one || two ? "coordinate.one-axis-missing" : "coordinate.empty");
  return parseCoordinate(`${one}; ${two}`, options);
}

function readMgrs(plain: string, datum: DatumId): Result<{ readonly place: OnDatum }> {
  // Square letters run differently on the older ellipsoids; reading them as WGS 84 would be hundreds of kilometres off.
  if (datum !== "wgs-84") return refuse("coordinate.format-not-for-datum", { format: "mgrs", datum });
  const groups = /(\d+)\s+(\d+)$/.exec(plain);
  if (groups && groups[1]?.length !== groups[2]?.length) {
    return refuse("coordinate.mgrs-digits-odd", { digits: (groups[1]?.length ?? 0) + (groups[2]?.length ?? 0) });
  }
  const square = fromMgrs(plain);
  if (!square.ok) return square;
  const { lon, lat, zone, sideMetres } = square;
  return { ok: true, place: { lon, lat, zone, format: "mgrs", resolutionMetres: sideMetres } };
}

function readAngles(plain: string, order: ReadingOptions["order"]): Result<{ readonly place: OnDatum }> {
  const read = readAnglePair(plain, order);
  if (!read.ok) return read;
  const { lat, lon, format } = read.pair;
  return {
    ok: true,
    place: {
      lon: lon.degrees,
      lat: lat.degrees,
      format,
      resolutionMetres: Math.max(lat.resolutionDegrees, lon.resolutionDegrees) * metresPerDegree,
    },
  };
}

function readGridOnDatum(plain: string, options: ReadingOptions, datum: Datum): Result<{ readonly place: OnDatum }> {
  const read = readGrid(plain, options.order);
  if (!read.ok) return read;
  const { grid } = read;
  if (!(grid.easting >= 100_000 && grid.easting < 900_000)) {
    return refuse("coordinate.easting-out-of-range", { easting: grid.easting });
  }
  if (!(grid.northing >= 0 && grid.northing <= 10_000_000)) {
    return refuse("coordinate.northing-out-of-range", { northing: grid.northing });
  }
  const { resolutionMetres } = grid;
  if (options.centralMeridian !== undefined && grid.zoneNumber === null) {
    if (datum.id !== "vn-2000")
      return refuse("coordinate.format-not-for-datum", { format: "vn2000-tm3", datum: datum.id });
    const place = fromTm3(grid, options.centralMeridian, datum.ellipsoid);
    return { ok: true, place: { ...place, format: "vn2000-tm3", resolutionMetres } };
  }
  const zone = zoneOf(grid, options.zone);
  if (!zone.ok) return zone;
  const place = fromUtm(grid, zone.zone, datum.ellipsoid);
  const limits = grid.zoneLetter === null || "NS".includes(grid.zoneLetter) ? null : bandLimits(grid.zoneLetter);
  // A tenth of a degree forgives a letter read off the neighbouring band at its edge.
  if (limits && (place.lat < limits[0] - 0.1 || place.lat > limits[1] + 0.1)) {
    return refuse("coordinate.band-mismatch", { band: grid.zoneLetter ?? "", latitude: place.lat });
  }
  return { ok: true, place: { ...place, format: "utm", resolutionMetres, zone: zone.zone } };
}

function zoneOf(grid: WrittenGrid, given: UtmZone | undefined): Result<{ readonly zone: UtmZone }> {
  const number = grid.zoneNumber ?? given?.zone;
  const { zoneLetter } = grid;
  // A lone S is the southern hemisphere and not the band S, which lies between 32° N and 40° N.
  const hemisphere =
    zoneLetter === null ? given?.hemisphere : zoneLetter === "S" || zoneLetter < "N" ? ("S" as const) : ("N" as const);
  if (number === undefined || hemisphere === undefined) {
    return refuse("coordinate.zone-missing", number === undefined ? {} : { zone: number });
  }
  if (!Number.isInteger(number) || number < 1 || number > 60)
    return refuse("coordinate.zone-unknown", { zone: number });
  return { ok: true, zone: { zone: number, hemisphere } };
}

function finished(asTyped: string, place: OnDatum, datum: DatumId, operation: DatumOperation): CoordinateResult {
  const { lon, lat } = toWgs84(operation, place);
  if (!Number.isFinite(lon) || !Number.isFinite(lat)) return refuse("coordinate.outside-grid", { text: asTyped });
  const tenthMillimetre = (metres: number) => Math.round(metres * 1e4) / 1e4;
  return {
    ok: true,
    lon,
    lat,
    asTyped,
    format: place.format,
    datum,
    operation: { id: operation.id, accuracy: operation.accuracyMetres },
    resolutionMetres: tenthMillimetre(place.resolutionMetres),
    accuracyMetres: tenthMillimetre(operation.accuracyMetres + place.resolutionMetres / 2),
    ...(place.zone ? { zone: place.zone } : {}),
  };
}
