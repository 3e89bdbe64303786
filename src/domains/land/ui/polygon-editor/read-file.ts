import type { Areal, TrackPoint } from "@santi/land-geometry";
import type { Polygon, Position } from "geojson";

/** Reads XML into a document, as the browser's DOMParser does. */
export type ParseXml = (text: string) => Document;

/** What a file held, or the key of why it cannot be used. */
export type FileRead<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: FileProblem };

/** Stable names of what is wrong with a file. */
export type FileProblem = "no-track" | "no-polygon" | "not-wgs84" | "columns-missing" | "unreadable" | "too-large";

/** Largest file that is read in the browser, bytes: a day's walk of one point a second is a tenth of it. */
export const largestFile = 20_000_000;

const refuse = (problem: FileProblem) => ({ ok: false, problem }) as const;

function trackPoint(lon: number, lat: number, time?: string | null, accuracy?: number): TrackPoint | null {
  if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) return null;
  return {
    lon,
    lat,
    ...(time ? { time } : {}),
    ...(accuracy !== undefined && Number.isFinite(accuracy) ? { accuracyMetres: accuracy } : {}),
  };
}

function elements(parent: Document | Element, name: string): Element[] {
  return [...Array.from(parent.getElementsByTagNameNS("*", name))];
}

function gpxPoints(document: Document): TrackPoint[] {
  const of = (name: string) =>
    elements(document, name).flatMap((point) => {
      const number = (attribute: string) => Number(point.getAttribute(attribute) || Number.NaN);
      const time = elements(point, "time")[0]?.textContent?.trim();
      return trackPoint(number("lon"), number("lat"), time) ?? [];
    });
  const tracks = of("trkpt");
  if (tracks.length > 0) return tracks;
  const routes = of("rtept");
  return routes.length > 0 ? routes : of("wpt");
}

/** The cells of one line: separated by commas, semicolons or tabs, with double quotes around cells that hold one. */
function cellsOf(line: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const character = line[at] ?? "";
    if (character === '"') {
      if (quoted && line[at + 1] === '"') {
        cell += '"';
        at++;
      } else quoted = !quoted;
    } else if (character === separator && !quoted) {
      cells.push(cell.trim());
      cell = "";
    } else cell += character;
  }
  return [...cells, cell.trim()];
}

const columns = {
  lat: /^(lat|latitude|y|y_?coord)$/i,
  lon: /^(lon|long|lng|longitude|x|x_?coord)$/i,
  time: /^(time|timestamp|date_?time|utc)$/i,
  accuracy: /^(accuracy|hdop_m|h_?acc|horizontal_?accuracy)$/i,
};

function csvPoints(text: string): FileRead<TrackPoint[]> {
  const lines = text
    .replace(/^\ufeff/, "")
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "");
  const [head = "", ...rows] = lines;
  const separator = [";", "\t", ","].find((candidate) => head.includes(candidate)) ?? ",";
  const names = cellsOf(head, separator);
  const column = (pattern: RegExp) => names.findIndex((name) => pattern.test(name));
  const [lat, lon, time, accuracy] = [
    column(columns.lat),
    column(columns.lon),
    column(columns.time),
    column(columns.accuracy),
  ];
  if (lat < 0 || lon < 0) return refuse("columns-missing");
  const number = (cell: string | undefined) => {
    // With semicolons between cells a comma is a decimal comma.
    const plain = separator === "," ? (cell ?? "") : (cell ?? "").replace(",", ".");
    return plain === "" ? Number.NaN : Number(plain);
  };
  const points = rows.flatMap((row) => {
    const cells = cellsOf(row, separator);
    return trackPoint(number(cells[lon]), number(cells[lat]), cells[time] || null, number(cells[accuracy])) ?? [];
  });
  return points.length > 0 ? { ok: true, value: points } : refuse("no-track");
}

interface LooseGeometry {
  readonly type?: unknown;
  readonly coordinates?: unknown;
  readonly geometry?: LooseGeometry;
  readonly geometries?: readonly LooseGeometry[];
  readonly features?: readonly LooseGeometry[];
  readonly crs?: { readonly properties?: { readonly name?: unknown } };
}

/** All geometries in a GeoJSON text of any kind; null when it is none, and "other" when it says another system than WGS 84. */
function geometriesOf(text: string): LooseGeometry[] | "other" | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof parsed !== "object" || parsed === null) return null;
  const top = parsed as LooseGeometry;
  const crs = top.crs?.properties?.name;
  if (typeof crs === "string" && !/(CRS84|4326)$/i.test(crs)) return "other";
  const walk = (node: LooseGeometry): LooseGeometry[] => {
    const inside = [...(node.features ?? []), ...(node.geometries ?? []), ...(node.geometry ? [node.geometry] : [])];
    return inside.length > 0 ? inside.flatMap(walk) : [node];
  };
  return walk(top);
}

const isPosition = (value: unknown): value is Position =>
  Array.isArray(value) && value.length >= 2 && value.every((ordinate) => typeof ordinate === "number");
const isLine = (value: unknown): value is Position[] => Array.isArray(value) && value.every(isPosition);
const isRings = (value: unknown): value is Position[][] =>
  Array.isArray(value) && value.length > 0 && value.every(isLine);

/**
 * Reads the points of a walk from GPX (tracks, else routes, else waypoints), from GeoJSON (lines, else points), or from
 * CSV with columns of latitude and longitude. All are WGS 84.
 * @param name the file's name, whose ending decides when the text does not
 */
export function readTrack(name: string, text: string, parseXml: ParseXml): FileRead<TrackPoint[]> {
  const start = text.replace(/^\ufeff/, "").trimStart();
  if (start.startsWith("<")) {
    const points = gpxPoints(parseXml(start));
    return points.length > 0 ? { ok: true, value: points } : refuse("no-track");
  }
  if (start.startsWith("{")) {
    const geometries = geometriesOf(start);
    if (geometries === null) return refuse("unreadable");
    if (geometries === "other") return refuse("not-wgs84");
    const lines = geometries.flatMap(({ type, coordinates }) =>
      type === "LineString" && isLine(coordinates)
        ? coordinates
        : type === "MultiLineString" && isRings(coordinates)
          ? coordinates.flat()
          : [],
    );
    const singles = geometries.flatMap(({ type, coordinates }) =>
      type === "Point" && isPosition(coordinates) ? [coordinates] : [],
    );
    const points = (lines.length > 0 ? lines : singles).flatMap(
      ([lon = Number.NaN, lat = Number.NaN]) => trackPoint(lon, lat) ?? [],
    );
    return points.length > 0 ? { ok: true, value: points } : refuse("no-track");
  }
  return /\.(csv|txt|tsv)$/i.test(name) ? csvPoints(text) : refuse("unreadable");
}

function kmlPolygons(document: Document): Position[][][] {
  return elements(document, "Polygon").map((polygon) =>
    ["outerBoundaryIs", "innerBoundaryIs"].flatMap((boundary) =>
      elements(polygon, boundary).map((ring) =>
        (elements(ring, "coordinates")[0]?.textContent ?? "")
          .trim()
          .split(/\s+/)
          .map((tuple) => tuple.split(",").slice(0, 2).map(Number)),
      ),
    ),
  );
}

/** Reads the polygons of a GeoJSON or KML file, which both are WGS 84, as one geometry. */
export function readOutline(text: string, parseXml: ParseXml): FileRead<Areal> {
  const start = text.replace(/^\ufeff/, "").trimStart();
  let parts: Position[][][] = [];
  if (start.startsWith("<")) parts = kmlPolygons(parseXml(start));
  else {
    const geometries = geometriesOf(start);
    if (geometries === null) return refuse("unreadable");
    if (geometries === "other") return refuse("not-wgs84");
    parts = geometries.flatMap(({ type, coordinates }) =>
      type === "Polygon" && isRings(coordinates)
        ? [coordinates]
        : type === "MultiPolygon" && Array.isArray(coordinates) && coordinates.every(isRings)
          ? (coordinates as Position[][][])
          : [],
    );
  }
  const isSound = parts.flat(2).every((position) => isPosition(position) && position.every(Number.isFinite));
  const sound = parts
    .map((part) => part.filter((ring) => ring.length >= 3).map((ring) => ring.map((each) => each.slice(0, 2))))
    .filter((part) => part.length > 0);
  const [first, ...others] = sound;
  if (!first || !isSound) return refuse("no-polygon");
  const polygon: Polygon = { type: "Polygon", coordinates: first };
  return { ok: true, value: others.length === 0 ? polygon : { type: "MultiPolygon", coordinates: sound } };
}
