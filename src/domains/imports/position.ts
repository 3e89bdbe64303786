import {
  checkDefaultPoint,
  checkPlace,
  checkPolygon,
  checkPrecision,
  type Datum,
  type DatumId,
  type DatumOperation,
  findOperation,
  fromTm3,
  fromUtm,
  type Finding as GeometryFinding,
  isWithinAreaOfUse,
  type LonLat,
  parseCoordinate,
  parseCoordinateCells,
  type ReadingOptions,
  type Region,
  repairPolygon,
  toWgs84,
  type UtmZone,
} from "@santi/land-geometry";
import type { Geometry, Position } from "geojson";
import type { GeometryValue } from "../../platform/contract/fields.ts";
import type { RecordValues } from "../../platform/contract/record-type.ts";
import { cleanText, normaliseDigits, type SourceRow } from "../../platform/files/index.ts";
import type { Finding } from "../../platform/records/definition.ts";
import type { PositionMapping } from "./profile.ts";

/** A country's land with how far from it a position is believed. */
export interface Land {
  region: Region;
  /** Up to here nothing is said: the border is generalised. */
  silentMetres: number;
  /** Up to here a warning is enough; beyond, the position cannot be true. */
  toleranceMetres: number;
}

/** What was read about where a row is. */
export interface PositionResult {
  /** The position fields of the record; without `geometry` when it cannot be true. */
  values: RecordValues;
  findings: Finding[];
  /** The row must be refused: nobody can tell what its coordinates mean. */
  refused: boolean;
}

type SimpleGeometry = Exclude<Geometry, { type: "GeometryCollection" }>;

const formats: Record<string, string> = {
  "decimal-degrees": "decimal",
  "degrees-minutes": "dms",
  "degrees-minutes-seconds": "dms",
  utm: "utm",
  "vn2000-tm3": "tm3",
  mgrs: "mgrs",
};

const empty: PositionResult = { values: {}, findings: [], refused: false };

function zoneOf(mapping: PositionMapping, row: SourceRow): UtmZone | undefined {
  const cell = mapping.zoneColumn ? row.fields[mapping.zoneColumn] : undefined;
  const text = normaliseDigits(cleanText(String(cell ?? "")));
  const match = /^(\d{1,2})\s*([NS])?/i.exec(text);
  const zone = match ? Number(match[1]) : mapping.zone;
  if (zone === undefined) return undefined;
  const letter = match?.[2]?.toUpperCase();
  return { zone, hemisphere: letter === "N" || letter === "S" ? letter : mapping.hemisphere };
}

const flat = (position: Position): Position => [position[0] as number, position[1] as number];

/** The geometry with every position changed and without heights. */
function changed(geometry: SimpleGeometry, change: (position: Position) => Position): SimpleGeometry {
  const walk = (node: unknown): unknown =>
    Array.isArray(node) && typeof node[0] === "number" ? change(node as Position) : (node as unknown[]).map(walk);
  return { type: geometry.type, coordinates: walk(geometry.coordinates) } as SimpleGeometry;
}

/** The geometry as one of the allowed types, when that needs no judgement. */
function asAllowed(geometry: Geometry, allowed: readonly GeometryValue["type"][]): SimpleGeometry | null {
  if (geometry.type === "GeometryCollection") {
    const [only] = geometry.geometries;
    return geometry.geometries.length === 1 && only ? asAllowed(only, allowed) : null;
  }
  if (allowed.includes(geometry.type)) return geometry;
  if ("coordinates" in geometry && geometry.coordinates.length === 1) {
    const single = { MultiPoint: "Point", MultiPolygon: "Polygon", MultiLineString: "LineString" }[
      geometry.type as string
    ];
    if (single && allowed.includes(single as GeometryValue["type"]))
      return { type: single, coordinates: geometry.coordinates[0] } as SimpleGeometry;
  }
  return null;
}

type Operation = { readonly datum: Datum & { readonly id: DatumId }; readonly operation: DatumOperation };

/** How a position of a source geometry becomes WGS 84, or the problem that stands in its way. */
function converter(
  mapping: PositionMapping,
  { datum, operation }: Operation,
  zone: UtmZone | undefined,
): { change: (position: Position) => Position } | { problem: string } {
  const place = (at: LonLat): Position => {
    const { lon, lat } = toWgs84(operation, at);
    return [lon, lat];
  };
  if (mapping.format === "degrees") {
    if (datum.id === "wgs-84") return { change: flat };
    return { change: ([lon = Number.NaN, lat = Number.NaN]) => place({ lon, lat }) };
  }
  if (mapping.format === "utm") {
    if (!zone) return { problem: "coordinate.zone-missing" };
    return {
      change: ([easting = Number.NaN, northing = Number.NaN]) =>
        place(fromUtm({ easting, northing }, zone, datum.ellipsoid)),
    };
  }
  const { centralMeridian } = mapping;
  if (centralMeridian === undefined) return { problem: "coordinate.meridian-missing" };
  return {
    change: ([easting = Number.NaN, northing = Number.NaN]) =>
      place(fromTm3({ easting, northing }, centralMeridian, datum.ellipsoid)),
  };
}

function typedText(geometry: SimpleGeometry): string | undefined {
  const text = geometry.type === "Point" ? geometry.coordinates.join(", ") : JSON.stringify(geometry.coordinates);
  return text.length <= 2000 ? text : undefined;
}

/** One finding for each check that struck, with how often; the errors first. */
function summarised(findings: readonly GeometryFinding[]): Finding[] {
  const byCheck = new Map<string, Finding>();
  for (const { check, severity, params, suggestion } of findings) {
    const known = byCheck.get(check);
    if (known) {
      known.params = { ...known.params, count: Number(known.params.count ?? 1) + 1 };
      continue;
    }
    byCheck.set(check, {
      check,
      severity,
      field: "geometry",
      params: { ...params, count: 1 },
      ...(suggestion ? { suggestion: { values: { geometry: suggestion.geometry }, reason: suggestion.reason } } : {}),
    });
  }
  return [...byCheck.values()];
}

/** What has no bearing on the ground that an area covers, and differs from format to format. */
const silentChecks = new Set(["polygon.orientation"]);

/**
 * Judges the shape of an area. The repairs that need no judgement are offered all together, with the first finding,
 * when they leave no error.
 */
function shapeFindings(geometry: SimpleGeometry): Finding[] {
  if (geometry.type !== "Polygon" && geometry.type !== "MultiPolygon") return [];
  const found = checkPolygon(geometry).filter(({ check }) => !silentChecks.has(check));
  const findings = summarised(found);
  const [first] = findings;
  if (!first) return [];
  const own = findings.find(({ severity, suggestion }) => severity === "error" && suggestion)?.suggestion;
  for (const finding of findings) delete finding.suggestion;
  const { geometry: repaired, repairs } = repairPolygon(geometry);
  const mends =
    repairs.some(({ repair }) => repair !== "rewind") &&
    !checkPolygon(repaired).some(({ severity }) => severity === "error");
  if (mends) first.suggestion = { values: { geometry: repaired }, reason: "repair" };
  else if (own) first.suggestion = own;
  return findings;
}

/** Judges where a geometry is: at 0, 0; outside the country, with the one correction that would bring it inside. */
function placeFindings(
  geometry: SimpleGeometry,
  land: Land | null,
  reading?: { datum: string; operation: string; zone?: UtmZone },
): Finding[] {
  const findings: Finding[] = summarised(checkDefaultPoint(geometry));
  if (!land || findings.length > 0) return findings;
  const outside = checkPlace(geometry, { region: land.region, toleranceMetres: land.toleranceMetres }, reading);
  if (outside.length > 0) {
    const corrections = outside.filter(({ suggestion }) => suggestion);
    const [first] = outside as [GeometryFinding];
    const metres = Math.round(Number(first.params.metres ?? 0));
    const only = corrections.length === 1 ? (corrections[0] as GeometryFinding) : undefined;
    findings.push({
      check: only?.check ?? "place.outside-region",
      severity: "error",
      field: "geometry",
      params: { ...first.params, ...only?.params, metres, alternatives: corrections.length },
      ...(only?.suggestion
        ? { suggestion: { values: { geometry: only.suggestion.geometry }, reason: only.suggestion.reason } }
        : {}),
    });
    return findings;
  }
  if (geometry.type === "Point") {
    const [lon = 0, lat = 0] = geometry.coordinates;
    if (!land.region.isWithin(lon, lat, land.silentMetres)) {
      const metres = Math.round(land.region.distanceMetres(lon, lat));
      findings.push({ check: "near-border", severity: "warning", field: "geometry", params: { lon, lat, metres } });
    }
  }
  return findings;
}

function finished(geometry: SimpleGeometry | null, typed: RecordValues, findings: Finding[]): PositionResult {
  const wrong = findings.some(({ severity }) => severity === "error");
  return { values: { ...typed, ...(geometry && !wrong ? { geometry } : {}) }, findings, refused: false };
}

const refused = (check: string, params: Finding["params"]): PositionResult => ({
  values: {},
  findings: [{ check, severity: "error", field: "geometry", params }],
  refused: true,
});

function readGeometry(
  row: SourceRow,
  mapping: PositionMapping,
  chosen: Operation,
  allowed: readonly GeometryValue["type"][],
  land: Land | null,
): PositionResult {
  if (!row.geometry) return empty;
  const zone = zoneOf(mapping, row);
  const { datum, operation } = chosen;
  const typed: RecordValues = { coordinateFormat: "geometry", datum: datum.id, datumOperation: operation.id };
  const source = asAllowed(row.geometry, allowed);
  if (!source) {
    const params = { type: row.geometry.type, allowed: allowed.join(", ") };
    return finished(null, typed, [{ check: "geometry-type", severity: "error", field: "geometry", params }]);
  }
  const text = typedText(source);
  if (text !== undefined) typed.coordinatesAsTyped = text;
  const conversion = converter(mapping, chosen, zone);
  if ("problem" in conversion) return refused(conversion.problem, {});
  const geometry = changed(source, conversion.change);
  const findings = [
    ...placeFindings(geometry, land, { datum: datum.id, operation: operation.id, ...(zone ? { zone } : {}) }),
    ...(mapping.format === "degrees" && datum.id === "wgs-84" && geometry.type === "Point"
      ? summarised(checkPrecision(geometry))
      : []),
    ...shapeFindings(geometry),
  ];
  return finished(geometry, typed, findings);
}

/** Latitude and longitude in each other's column: when the other way round lies in the country, that is the suggestion. */
function readSwapped(first: string, second: string, options: ReadingOptions, land: Land | null): Finding | null {
  const read = parseCoordinateCells(second, first, options);
  if (!read.ok || !land?.region.isWithin(read.lon, read.lat, land.silentMetres)) return null;
  return {
    check: "place.axes-swapped",
    severity: "error",
    field: "geometry",
    params: { text: `${first}; ${second}` },
    suggestion: { values: { geometry: { type: "Point", coordinates: [read.lon, read.lat] } }, reason: "swap-axes" },
  };
}

function readCells(row: SourceRow, mapping: PositionMapping, chosen: Operation, land: Land | null): PositionResult {
  const cell = (name: string | undefined) => {
    const value = name ? row.fields[name] : null;
    return value === null || value === undefined ? "" : cleanText(String(value));
  };
  const [whole, first, second] = [cell(mapping.column), cell(mapping.first), cell(mapping.second)];
  if (whole === "" && first === "" && second === "") return empty;
  const zone = zoneOf(mapping, row);
  const { datum, operation } = chosen;
  const options = {
    datum: datum.id,
    operation: operation.id,
    ...(mapping.order ? { order: mapping.order } : {}),
    ...(zone ? { zone } : {}),
    ...(mapping.centralMeridian === undefined ? {} : { centralMeridian: mapping.centralMeridian }),
  };
  const read = mapping.column ? parseCoordinate(whole, options) : parseCoordinateCells(first, second, options);
  const asTyped = mapping.column ? whole : `${first}; ${second}`;
  const typed: RecordValues = {
    coordinatesAsTyped: asTyped.slice(0, 2000),
    datum: datum.id,
    datumOperation: operation.id,
  };
  if (!read.ok) {
    const { code, params } = read.problem;
    if (code === "coordinate.zone-missing" || code === "coordinate.meridian-missing")
      return refused(code, { text: asTyped.slice(0, 200), ...params });
    const swapped = code === "coordinate.latitude-over-90" ? readSwapped(first, second, options, land) : null;
    if (swapped) return finished(null, typed, [swapped]);
    return finished(null, typed, [
      { check: code, severity: "error", field: "geometry", params: { ...params, text: asTyped.slice(0, 200) } },
    ]);
  }
  typed.coordinateFormat = formats[read.format] ?? read.format;
  const geometry: SimpleGeometry = { type: "Point", coordinates: [read.lon, read.lat] };
  const reading = read.zone ? { datum: datum.id, operation: operation.id, zone: read.zone } : undefined;
  const findings = placeFindings(geometry, land, reading);
  // Only one order of two such numbers makes sense, but a table that mixes both orders deserves a look.
  if (
    read.format === "decimal-degrees" &&
    !mapping.column &&
    mapping.order !== "lon-lat" &&
    Math.abs(Number(normaliseDigits(first).replace(",", "."))) > 90
  ) {
    const params = { text: asTyped.slice(0, 200), lon: read.lon, lat: read.lat };
    findings.push({ check: "axes-read-reversed", severity: "warning", field: "geometry", params });
  }
  const wrong = findings.some(({ severity }) => severity === "error");
  if (read.resolutionMetres > 200 && !wrong) {
    const params = { metres: Math.round(read.resolutionMetres) };
    findings.push({ check: "place.precision-coarse", severity: "warning", field: "geometry", params });
  }
  return finished(geometry, typed, findings);
}

/**
 * Reads where a row is, on WGS 84, and keeps beside it what was typed, the datum and the operation used. A datum that
 * is not said or not known refuses the row; a place that cannot be true leaves the record without geometry, with the
 * one correction that would mend it, when there is exactly one.
 * @param allowed geometry types of the record's field
 * @param land the country, or null when its border is not known or is what the geometry itself is about
 */
export function readPosition(
  row: SourceRow,
  mapping: PositionMapping,
  allowed: readonly GeometryValue["type"][],
  land: Land | null,
): PositionResult {
  const written = mapping.kind === "geometry" ? row.geometry !== null : true;
  if (!written) return empty;
  const cell = mapping.datumColumn ? row.fields[mapping.datumColumn] : undefined;
  const stated = cell === null || cell === undefined ? "" : cleanText(String(cell));
  const name = stated === "" ? mapping.datum : stated;
  if (mapping.kind === "columns") {
    const filled = [mapping.column, mapping.first, mapping.second].some((column) => {
      const value = column ? row.fields[column] : null;
      return value !== null && value !== undefined && String(value).trim() !== "";
    });
    if (!filled) return empty;
  }
  const operation =
    stated === "" || mapping.datum === undefined || stated === mapping.datum ? mapping.operation : undefined;
  const chosen = findOperation(name, operation);
  if (!chosen.ok) return refused(chosen.problem.code, { ...chosen.problem.params });
  const result =
    mapping.kind === "geometry"
      ? readGeometry(row, mapping, chosen, allowed, land)
      : readCells(row, mapping, chosen, land);
  const at = result.values.geometry as SimpleGeometry | undefined;
  if (at?.type === "Point" && chosen.operation.accuracyMetres > 0) {
    const [lon = 0, lat = 0] = at.coordinates;
    if (!isWithinAreaOfUse(chosen.operation, { lon, lat })) {
      const params = { operation: chosen.operation.id, datum: chosen.datum.id };
      result.findings.push({ check: "operation-outside-area", severity: "warning", field: "geometry", params });
    }
  }
  return result;
}
