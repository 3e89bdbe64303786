import { datums, findDatum, vn2000Meridians } from "@santi/land-geometry";
import type { CrsInfo } from "../../platform/files/index.ts";
import type { PositionMapping } from "./profile.ts";

/** What a reference system means for reading positions. */
export interface KnownCrs {
  datum: string;
  format: PositionMapping["format"];
  zone?: number;
  /** Said only of zones south of the equator. */
  hemisphere?: "S";
  centralMeridian?: number;
}

/** The UTM zones of the region on old datums, by EPSG code. The grids of Hanoi 1972 (2044, 2045) are none: no UTM scale. */
const grids: Readonly<Record<string, [datum: string, zone: number]>> = {
  "EPSG:23946": ["indian-1954", 46],
  "EPSG:23947": ["indian-1954", 47],
  "EPSG:23948": ["indian-1954", 48],
  "EPSG:3148": ["indian-1960", 48],
  "EPSG:3149": ["indian-1960", 49],
  "EPSG:24047": ["indian-1975", 47],
  "EPSG:24048": ["indian-1975", 48],
  "EPSG:3405": ["vn-2000", 48],
  "EPSG:3406": ["vn-2000", 49],
};

function byCode(code: string): KnownCrs | null {
  // WGS 84 with longitude first, and with heights.
  if (code === "OGC:CRS84" || code === "EPSG:4979") return { datum: "wgs-84", format: "degrees" };
  const datum = datums.find(({ crs }) => crs === code);
  if (datum) return { datum: datum.id, format: "degrees" };
  const utm = /^EPSG:32([67])(\d\d)$/.exec(code);
  if (utm)
    return {
      ...{ datum: "wgs-84", format: "utm", zone: Number(utm[2]) },
      ...(utm[1] === "7" ? { hemisphere: "S" } : {}),
    };
  const grid = grids[code];
  if (grid) return { datum: grid[0], format: "utm", zone: grid[1] };
  const tm3 = vn2000Meridians.find(({ crs }) => crs === code);
  return tm3 ? { datum: "vn-2000", format: "tm3", centralMeridian: tm3.centralMeridian } : null;
}

/** A datum of well-known text as the table of datums spells it: `D_Indian_1960` is Indian 1960. */
function datumNamed(wkt: string): string | null {
  const [, name = ""] = /\b(?:DATUM|GEODETICDATUM|TRF|ENSEMBLE)\s*\[\s*"([^"]*)"/i.exec(wkt) ?? [];
  const found = findDatum(name.replace(/^D_/i, "").replace(/\s+ensemble$/i, ""));
  return found.ok ? found.datum.id : null;
}

/**
 * Reads well-known text of a geographic system, or of a transverse Mercator grid that is a UTM zone or a three-degree
 * zone of Viet Nam, as shapefiles have it beside them without any code.
 */
function byText(wkt: string): KnownCrs | null {
  const datum = datumNamed(wkt);
  if (datum === null) return null;
  if (/^\s*(?:GEOGCS|GEOGCRS|GEODCRS|GEODETICCRS)\b/i.test(wkt)) return { datum, format: "degrees" };
  if (!/^\s*PROJCS\b/i.test(wkt) || !/PROJECTION\s*\[\s*"Transverse_Mercator"/i.test(wkt)) return null;
  const parameter = (name: string) =>
    Number(new RegExp(`PARAMETER\\s*\\[\\s*"${name}"\\s*,\\s*([-+.\\deE]+)`, "i").exec(wkt)?.[1] ?? Number.NaN);
  const [meridian, scale, north] = ["Central_Meridian", "Scale_Factor", "False_Northing"].map(parameter);
  const units = [...wkt.matchAll(/\bUNIT\s*\[\s*"[^"]*"\s*,\s*([-+.\deE]+)/gi)];
  const isPlain = parameter("False_Easting") === 500_000 && parameter("Latitude_Of_Origin") === 0;
  if (meridian === undefined || !isPlain || Number(units.at(-1)?.[1]) !== 1) return null;
  if (scale === 0.9996 && (north === 0 || north === 10_000_000) && (((meridian - 3) % 6) + 6) % 6 === 0)
    return {
      ...{ datum, format: "utm", zone: (meridian + 183) / 6 },
      ...(north === 0 ? {} : { hemisphere: "S" }),
    };
  const known = vn2000Meridians.some(({ centralMeridian }) => centralMeridian === meridian);
  return scale === 0.9999 && north === 0 && known && datum === "vn-2000"
    ? { datum, format: "tm3", centralMeridian: meridian }
    : null;
}

/**
 * What the reference system that a file states means for reading positions, by its code or its well-known text; null
 * when it states none, or one that positions cannot be read on.
 */
export function knownCrs(crs: Pick<CrsInfo, "code" | "wkt"> | null | undefined): KnownCrs | null {
  return (crs?.code ? byCode(crs.code) : null) ?? (crs?.wkt ? byText(crs.wkt) : null);
}

/** Whether a file states where its coordinates belong, be it a system that is known here or not. */
export function statesCrs(crs: CrsInfo | null | undefined): crs is CrsInfo {
  if (!crs) return false;
  if (crs.code) return true;
  return /^\s*(?:GEO|PROJ)/i.test(crs.wkt ?? "") && !/"[^"]*unknown/i.test(crs.wkt ?? "");
}
