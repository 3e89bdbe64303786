import type { DatumOperation } from "../datum-table.ts";
import { findOperation, fromWgs84, type LonLat } from "../datums.ts";
import { toMgrs } from "../mgrs.ts";
import { type Result, refuse } from "../problem.ts";
import { toTm3, toUtm, type UtmZone, utmZoneOf } from "../projections.ts";
import type { CoordinateFormat } from "./types.ts";

/** Details of writing a coordinate. */
export interface WritingOptions {
  /** Datum operation to use in place of the datum's default. */
  readonly operation?: string;
  /**
   * Decimals of the last written unit; when left out 6 for degrees, 4 for minutes, 2 for seconds and 0 for metres. For
   * MGRS the figures per axis, 5 (a metre) when left out.
   */
  readonly decimals?: number;
  /** UTM zone to write in; the zone the place lies in when left out. */
  readonly zone?: UtmZone;
  /** Central meridian in degrees, needed for the VN-2000 three-degree grid. */
  readonly centralMeridian?: number;
}

/** A written coordinate and the operation that brought it to its datum. */
export type WrittenCoordinate = Result<{
  readonly text: string;
  readonly operation: { readonly id: string; readonly accuracy: number };
}>;

/**
 * Writes a WGS 84 position in a format and on a datum, with Latin digits and a decimal point; the text can be read
 * back with `parseCoordinate`.
 * @param lon degrees on WGS 84
 * @param lat degrees on WGS 84
 * @param format how to write it
 * @param datum datum id or spelling to write it on
 * @param options decimals, zone, central meridian
 * @returns the text, or a problem: `coordinate.datum-unknown`, `coordinate.format-not-for-datum` (MGRS on another
 * datum than WGS 84, the Vietnamese grid on another than VN-2000), `coordinate.meridian-missing`,
 * `coordinate.outside-grid`
 */
export function formatCoordinate(
  lon: number,
  lat: number,
  format: CoordinateFormat,
  datum: string,
  options: WritingOptions = {},
): WrittenCoordinate {
  const chosen = findOperation(datum, options.operation);
  if (!chosen.ok) return chosen;
  if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) return refuse("coordinate.outside-grid", { lon, lat });
  const place = fromWgs84(chosen.operation, { lon, lat });
  const { decimals } = options;

  switch (format) {
    case "decimal-degrees":
      return written(angles(place, decimals ?? 6, 0), chosen.operation);
    case "degrees-minutes":
      return written(angles(place, decimals ?? 4, 1), chosen.operation);
    case "degrees-minutes-seconds":
      return written(angles(place, decimals ?? 2, 2), chosen.operation);
    case "utm": {
      if (Math.abs(place.lat) > 84) return refuse("coordinate.outside-grid", { lon, lat });
      const zone = options.zone ?? utmZoneOf(place);
      const { easting, northing } = toUtm(place, zone, chosen.datum.ellipsoid);
      const text = `${zone.zone}${zone.hemisphere} ${easting.toFixed(decimals ?? 0)} ${northing.toFixed(decimals ?? 0)}`;
      return written(text, chosen.operation);
    }
    case "vn2000-tm3": {
      if (chosen.datum.id !== "vn-2000") {
        return refuse("coordinate.format-not-for-datum", { format, datum: chosen.datum.id });
      }
      if (options.centralMeridian === undefined) return refuse("coordinate.meridian-missing");
      const { easting, northing } = toTm3(place, options.centralMeridian, chosen.datum.ellipsoid);
      return written(`${easting.toFixed(decimals ?? 0)} ${northing.toFixed(decimals ?? 0)}`, chosen.operation);
    }
    case "mgrs": {
      if (chosen.datum.id !== "wgs-84")
        return refuse("coordinate.format-not-for-datum", { format, datum: chosen.datum.id });
      const digits = Math.max(0, Math.min(5, Math.round(decimals ?? 5))) as 0 | 1 | 2 | 3 | 4 | 5;
      const mgrs = toMgrs(place, digits);
      return mgrs.ok ? written(mgrs.text, chosen.operation) : mgrs;
    }
  }
}

function written(text: string, operation: DatumOperation): WrittenCoordinate {
  return { ok: true, text, operation: { id: operation.id, accuracy: operation.accuracyMetres } };
}

function angles(place: LonLat, decimals: number, divisions: 0 | 1 | 2): string {
  const lat = angle(Math.abs(place.lat), decimals, divisions, 2);
  const lon = angle(Math.abs(place.lon), decimals, divisions, 3);
  if (divisions === 0) return `${place.lat < 0 ? "-" : ""}${lat}, ${place.lon < 0 ? "-" : ""}${lon}`;
  return `${lat}${place.lat < 0 ? "S" : "N"} ${lon}${place.lon < 0 ? "W" : "E"}`;
}

function angle(degrees: number, decimals: number, divisions: 0 | 1 | 2, width: number): string {
  if (divisions === 0) return degrees.toFixed(decimals);
  // Rounding once, in units of the last place, keeps 59.9999 minutes from being written as 60.
  const unit = 10 ** decimals;
  const total = Math.round(degrees * 60 ** divisions * unit);
  const last = total % (60 * unit);
  const fraction = (last / unit).toFixed(decimals).padStart(decimals > 0 ? decimals + 3 : 2, "0");
  const whole = Math.round((total - last) / (60 * unit));
  if (divisions === 1) return `${String(whole).padStart(width, "0")}°${fraction}'`;
  const minutes = String(whole % 60).padStart(2, "0");
  return `${String(Math.floor(whole / 60)).padStart(width, "0")}°${minutes}'${fraction}"`;
}
