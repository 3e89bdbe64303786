import type { Position } from "geojson";
import { findOperation, fromWgs84, toWgs84 } from "../datums.ts";
import { fromUtm, toUtm, type UtmZone, utmZoneOf } from "../projections.ts";
import type { Region } from "../region.ts";
import type { Finding, GeometryCheck, SuggestionReason } from "./finding.ts";
import { mapPositions, type PlacedPosition, positionsOf, type SimpleGeometry } from "./positions.ts";

/** Where a geometry should lie. */
export interface ExpectedPlace {
  readonly region: Region;
  /** How far outside a position may be, metres: the uncertainty of the border and of the coordinates. 0 when left out. */
  readonly toleranceMetres?: number;
}

/** How coordinates were read, for the check of the zone. */
export interface ZoneReading {
  /** Datum the eastings and northings were read on. */
  readonly datum: string;
  /** Its operation, when it was not the default. */
  readonly operation?: string;
  /** Zone they were read in; the zone each position lies in when left out. */
  readonly zone?: UtmZone;
}

function isInside(
  { region, toleranceMetres = 0 }: ExpectedPlace,
  [lon = Number.NaN, lat = Number.NaN]: Position,
): boolean {
  return region.isWithin(lon, lat, toleranceMetres);
}

function outsidePositions(geometry: SimpleGeometry, expected: ExpectedPlace): readonly PlacedPosition[] {
  return positionsOf(geometry).filter(({ position }) => !isInside(expected, position));
}

/**
 * Finds geometries that leave a region by more than the tolerance: one error for the whole geometry when all of it is
 * outside, otherwise one for each position outside, with the distance to the region.
 */
export function checkOutsideRegion(geometry: SimpleGeometry, expected: ExpectedPlace): Finding[] {
  const outside = outsidePositions(geometry, expected);
  const all = outside.length === positionsOf(geometry).length;
  const finding = ({ position: [lon = 0, lat = 0], path }: PlacedPosition): Finding => ({
    check: "place.outside-region",
    severity: "error",
    path: all ? [] : path,
    params: {
      lon,
      lat,
      metres: expected.region.distanceMetres(lon, lat),
      toleranceMetres: expected.toleranceMetres ?? 0,
    },
  });
  return outside.slice(0, all ? 1 : undefined).map(finding);
}

/**
 * Tries one correction on a geometry that is wholly or partly outside the region. First on the positions that are
 * outside only; when that leaves some outside, on all of them. Null when neither brings everything inside.
 */
function corrected(
  geometry: SimpleGeometry,
  expected: ExpectedPlace,
  change: (position: Position) => Position,
): SimpleGeometry | null {
  const someOutside = mapPositions(geometry, (position) =>
    isInside(expected, position) ? position : change(position),
  );
  if (outsidePositions(someOutside, expected).length === 0) return someOutside;
  const whole = mapPositions(geometry, change);
  return outsidePositions(whole, expected).length === 0 ? whole : null;
}

function correctionFindings(
  geometry: SimpleGeometry,
  expected: ExpectedPlace,
  check: GeometryCheck,
  tries: readonly {
    readonly reason: SuggestionReason;
    readonly change: (position: Position) => Position;
    readonly params?: Finding["params"];
  }[],
): Finding[] {
  const outside = outsidePositions(geometry, expected);
  const [first] = outside;
  if (!first) return [];
  const path = outside.length === 1 ? first.path : [];
  return tries.flatMap(({ reason, change, params = {} }): Finding[] => {
    const suggested = corrected(geometry, expected, change);
    if (!suggested) return [];
    return [{ check, severity: "error", path, params, suggestion: { geometry: suggested, reason } }];
  });
}

function withLonLat(position: Position, lon: number, lat: number): Position {
  return [lon, lat, ...position.slice(2)];
}

/**
 * Finds latitude and longitude exchanged: the geometry is outside the region and lies inside once its axes, or those
 * of its positions outside, are swapped.
 */
export function checkSwappedAxes(geometry: SimpleGeometry, expected: ExpectedPlace): Finding[] {
  return correctionFindings(geometry, expected, "place.axes-swapped", [
    {
      reason: "swap-axes",
      change: (position) => withLonLat(position, position[1] ?? Number.NaN, position[0] ?? Number.NaN),
    },
  ]);
}

/** Finds a sign that was lost or put in: one finding for each change of sign that brings the geometry into the region. */
export function checkSigns(geometry: SimpleGeometry, expected: ExpectedPlace): Finding[] {
  const flip = (lonSign: 1 | -1, latSign: 1 | -1) => (position: Position) =>
    withLonLat(position, lonSign * (position[0] ?? Number.NaN), latSign * (position[1] ?? Number.NaN));
  return correctionFindings(geometry, expected, "place.sign-lost", [
    { reason: "flip-latitude-sign", change: flip(1, -1) },
    { reason: "flip-longitude-sign", change: flip(-1, 1) },
    { reason: "flip-both-signs", change: flip(-1, -1) },
  ]);
}

/**
 * Finds eastings and northings that were read in the wrong UTM zone: the geometry is outside the region and lies
 * inside when the same figures are read in the zone to the west or to the east.
 * @param reading datum and zone the figures were read with; with an unknown datum nothing is found
 */
export function checkUtmZone(geometry: SimpleGeometry, expected: ExpectedPlace, reading: ZoneReading): Finding[] {
  const chosen = findOperation(reading.datum, reading.operation);
  if (!chosen.ok) return [];
  const { datum, operation } = chosen;
  const [first] = positionsOf(geometry);
  if (!first) return [];
  const readIn = reading.zone ?? utmZoneOf({ lon: first.position[0] ?? 0, lat: first.position[1] ?? 0 });
  const tries = [-1, 1].map((step) => {
    const zone = ((readIn.zone + step + 59) % 60) + 1;
    const change = (position: Position): Position => {
      const [lon = Number.NaN, lat = Number.NaN] = position;
      const figures = toUtm(fromWgs84(operation, { lon, lat }), readIn, datum.ellipsoid);
      const place = toWgs84(operation, fromUtm(figures, { ...readIn, zone }, datum.ellipsoid));
      return withLonLat(position, place.lon, place.lat);
    };
    return { reason: "neighbour-zone" as const, change, params: { readIn: readIn.zone, zone } };
  });
  return correctionFindings(geometry, expected, "place.wrong-zone", tries);
}

/**
 * Runs all checks of where a geometry lies: outside the region, and every correction of axes, signs and, when it is
 * known how eastings and northings were read, zone, that would bring it inside. Nothing is offered that stays outside.
 */
export function checkPlace(geometry: SimpleGeometry, expected: ExpectedPlace, reading?: ZoneReading): Finding[] {
  const outside = checkOutsideRegion(geometry, expected);
  if (outside.length === 0) return [];
  return [
    ...outside,
    ...checkSwappedAxes(geometry, expected),
    ...checkSigns(geometry, expected),
    ...(reading ? checkUtmZone(geometry, expected, reading) : []),
  ];
}
