import { datums } from "./datum-table.ts";
import type { LonLat } from "./datums.ts";
import { type Result, refuse } from "./problem.ts";
import { fromUtm, toUtm, type UtmZone, utmZoneOf } from "./projections.ts";

/** Latitude bands of eight degrees from 80° S; the last, X, has twelve. The letters I and O are not used. */
export const bandLetters = "CDEFGHJKLMNPQRSTUVWX";

const columnLetters = ["STUVWXYZ", "ABCDEFGH", "JKLMNPQR"] as const;
const rowLetters = "ABCDEFGHJKLMNPQRSTUV";
const rowCycleMetres = 2_000_000;
const squareMetres = 100_000;
const ellipsoid = datums[0].ellipsoid;

/**
 * The latitude band letter of a latitude.
 * @param lat degrees from -80 to 84
 * @returns the letter, or null outside the area that UTM covers
 */
export function bandOf(lat: number): string | null {
  if (!(lat >= -80 && lat <= 84)) return null;
  // Adding 80 rounds a hair south of the equator up to it.
  const index = Math.min(19, Math.floor((lat + 80) / 8), lat < 0 ? 9 : 19);
  return bandLetters[index] ?? null;
}

/** South and north limit, in degrees, of a band letter; null for a letter that is no band. */
export function bandLimits(letter: string): readonly [south: number, north: number] | null {
  const index = bandLetters.indexOf(letter);
  if (index < 0 || letter.length !== 1) return null;
  const south = index * 8 - 80;
  return [south, letter === "X" ? 84 : south + 8];
}

function rowOffset(zone: number): number {
  return zone % 2 === 0 ? 5 : 0;
}

/**
 * Writes a WGS 84 position as an MGRS reference (the lettering scheme of WGS 84; older ellipsoids use another one).
 * Digits are cut off, not rounded, as the system wants: the reference names the square that holds the position.
 * @param place degrees on WGS 84
 * @param digits digits per axis, 0 (100 km square) to 5 (1 m square)
 * @returns the reference without blanks, or `coordinate.outside-grid` beyond 80° S and 84° N
 */
export function toMgrs(place: LonLat, digits: 0 | 1 | 2 | 3 | 4 | 5 = 5): Result<{ readonly text: string }> {
  const band = bandOf(place.lat);
  if (!band || !Number.isFinite(place.lon))
    return refuse("coordinate.outside-grid", { lon: place.lon, lat: place.lat });
  const zone = utmZoneOf(place);
  const { easting, northing } = toUtm(place, zone, ellipsoid);
  // A micrometre keeps a position that was read from a whole metre from falling into the square below it.
  const east = Math.floor(easting + 1e-6);
  // Just south of the equator the northing rounds up to the false northing, which belongs to the other hemisphere.
  const north = Math.min(Math.floor(northing + 1e-6), zone.hemisphere === "S" ? 9_999_999 : Number.POSITIVE_INFINITY);
  const column = columnLetters[(zone.zone % 3) as 0 | 1 | 2][Math.floor(east / squareMetres) - 1] ?? "";
  const row = rowLetters[(Math.floor((north % rowCycleMetres) / squareMetres) + rowOffset(zone.zone)) % 20] ?? "";
  const cut = (metres: number) =>
    String(metres % squareMetres)
      .padStart(5, "0")
      .slice(0, digits);
  return { ok: true, text: `${String(zone.zone).padStart(2, "0")}${band}${column}${row}${cut(east)}${cut(north)}` };
}

/** What an MGRS reference says: the centre of its square on WGS 84 and the side of the square in metres. */
export interface MgrsSquare extends LonLat {
  readonly zone: UtmZone;
  readonly sideMetres: number;
}

/**
 * Reads an MGRS reference on WGS 84, with or without blanks, of 100 km to 1 m precision.
 * @returns the centre of the square, or one of `coordinate.unreadable`, `coordinate.zone-unknown`,
 * `coordinate.mgrs-digits-odd`, `coordinate.mgrs-square-unknown` (letters that do not exist in that zone and band)
 */
export function fromMgrs(text: string): Result<MgrsSquare> {
  const match = /^(\d{1,2})([A-Z])([A-Z])([A-Z])(\d*)$/.exec(text.toUpperCase().replace(/\s/g, ""));
  if (!match) return refuse("coordinate.unreadable", { text });
  const [, zoneText = "", band = "", columnLetter = "", rowLetter = "", figures = ""] = match;
  const zoneNumber = Number(zoneText);
  if (zoneNumber < 1 || zoneNumber > 60) return refuse("coordinate.zone-unknown", { zone: zoneNumber });
  if (figures.length % 2 === 1 || figures.length > 10) {
    return refuse("coordinate.mgrs-digits-odd", { digits: figures.length });
  }
  const limits = bandLimits(band);
  const column = columnLetters[(zoneNumber % 3) as 0 | 1 | 2].indexOf(columnLetter);
  const row = rowLetters.indexOf(rowLetter);
  const unknownSquare = refuse("coordinate.mgrs-square-unknown", { text });
  if (!limits || column < 0 || row < 0) return unknownSquare;

  const digits = figures.length / 2;
  const sideMetres = 10 ** (5 - digits);
  const part = (from: number) => Number(figures.slice(from, from + digits) || "0") * sideMetres + sideMetres / 2;
  const zone: UtmZone = { zone: zoneNumber, hemisphere: band >= "N" ? "N" : "S" };
  const easting = (column + 1) * squareMetres + part(0);
  const rowBase = ((row - rowOffset(zoneNumber) + 20) % 20) * squareMetres;
  // Row letters repeat every 2,000 km. The right repetition is the one whose square touches the latitude band; a
  // coarse square may have its centre a little outside, hence the margin of one square.
  const margin = squareMetres / 111_000 + 0.1;
  for (let cycle = 0; cycle < 5; cycle++) {
    const northing = rowBase + cycle * rowCycleMetres + part(digits);
    if (northing > 10_000_000) break;
    const place = fromUtm({ easting, northing }, zone, ellipsoid);
    if (place.lat >= limits[0] - margin && place.lat <= limits[1] + margin) {
      return { ok: true, lon: place.lon, lat: place.lat, zone, sideMetres };
    }
  }
  return unknownSquare;
}
