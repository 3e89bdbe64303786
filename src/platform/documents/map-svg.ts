import type { Geometry, Position } from "geojson";
import { PALETTES } from "../map/palette.ts";
import { type AreaSymbol, drawArea, drawPoint, type PointSymbol, patternDefinitions } from "./map-symbols.ts";

/** Ground on the map. */
export interface MapLayer {
  symbol: AreaSymbol;
  geometry: Geometry;
  /** Written in its middle. */
  label?: string | null;
}

/** A point on the map with its name. */
export interface MapPoint {
  symbol: PointSymbol;
  /** Longitude and latitude in degrees on WGS 84. */
  position: readonly [number, number];
  label?: string | null;
}

/** West, south, east, north in degrees on WGS 84. */
export type Extent = readonly [number, number, number, number];

export interface MapOptions {
  layers: readonly MapLayer[];
  points?: readonly MapPoint[];
  /** What is to be seen; everything on the map when left out. */
  extent?: Extent;
  /** Millimetres on the paper. */
  width: number;
  height: number;
  scaleBar?: boolean;
  northArrow?: boolean;
  /** Degrees along the frame. */
  graticule?: boolean;
}

/** A drawn map. */
export interface MapFigure {
  svg: string;
  /** Printed at its size, one millimetre stands for so many. */
  scale: number;
}

const equator = 6_378_137;
const eccentricity = 0.006_694_379_990_14;

/** Metres of a degree of longitude and of latitude at a latitude, from the radii of curvature of WGS 84. */
function metresPerDegree(latitude: number): { east: number; north: number } {
  const radians = Math.PI / 180;
  const bend = 1 - eccentricity * Math.sin(latitude * radians) ** 2;
  const across = equator / Math.sqrt(bend);
  return {
    east: across * Math.cos(latitude * radians) * radians,
    north: ((equator * (1 - eccentricity)) / bend ** 1.5) * radians,
  };
}

function positionsOf(geometry: Geometry): Position[] {
  if (geometry.type === "GeometryCollection") return geometry.geometries.flatMap(positionsOf);
  const flat = (value: unknown): Position[] =>
    Array.isArray(value) && typeof value[0] === "number" ? [value as Position] : (value as unknown[]).flatMap(flat);
  return flat(geometry.coordinates);
}

function extentOf(positions: readonly Position[]): Extent {
  const lons = positions.map(([lon]) => lon as number);
  const lats = positions.map(([, lat]) => lat as number);
  if (positions.length === 0) return [0, 0, 0, 0];
  const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b));
  const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b));
  return [least(lons), least(lats), most(lons), most(lats)];
}

/** Text as it may stand in SVG: signs of markup are escaped, control characters left out. */
export function escapeXml(text: string): string {
  const named: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML allows no control characters.
      .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "")
      .replace(/[&<>"']/g, (sign) => named[sign] ?? sign)
  );
}

/** 1, 2 or 5 times a power of ten, the largest that is not above. */
function niceBelow(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const digit = value / power;
  return (digit >= 5 ? 5 : digit >= 2 ? 2 : 1) * power;
}

const round = (value: number) => Math.round(value * 1000) / 1000;
const families = "Noto Sans, Noto Sans Khmer, Noto Sans Lao, Noto Sans Thai, Noto Sans Myanmar";

interface TextStyle {
  size: number;
  anchor?: "start" | "middle" | "end";
  bold?: boolean;
  turned?: boolean;
}

/** Words with a light edge, so that they can be read on lines and hatches. */
function words(text: string, x: number, y: number, { size, anchor = "start", bold, turned }: TextStyle): string {
  const { text: color, halo } = PALETTES.light;
  const common = `x="${round(x)}" y="${round(y)}" font-family="${families}" font-size="${size}" text-anchor="${anchor}"${bold ? ' font-weight="700"' : ""}${turned ? ` transform="rotate(-90 ${round(x)} ${round(y)})"` : ""}`;
  const inner = escapeXml(text);
  return `<text ${common} fill="none" stroke="${halo}" stroke-width="${round(size * 0.25)}" stroke-linejoin="round">${inner}</text><text ${common} fill="${color}">${inner}</text>`;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const meet = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Finds a free place beside each point for its name, going round it; a name without one is left out. */
function placeLabels(
  points: readonly { x: number; y: number; label: string }[],
  within: Box,
  taken: readonly Box[],
): string {
  const size = 2.5;
  const used: Box[] = [
    ...taken,
    ...points.map(({ x, y }) => ({ left: x - 0.8, right: x + 0.8, top: y - 0.8, bottom: y + 0.8 })),
  ];
  const written: string[] = [];
  const done: { x: number; y: number; label: string }[] = [];
  for (const point of points) {
    const { x, y, label } = point;
    // Neighbours share corners; a name stands once at each.
    if (done.some((other) => other.label === label && Math.hypot(other.x - x, other.y - y) < 1)) continue;
    done.push(point);
    const width = [...label].length * size * 0.6;
    const spots: [number, number][] = [
      [1.3, -0.9],
      [1.3, 2.6],
      [-1.3 - width, -0.9],
      [-1.3 - width, 2.6],
      [-width / 2, -1.6],
      [-width / 2, 3.4],
      [1.7, 0.9],
      [-1.7 - width, 0.9],
    ];
    const free = spots
      .map(([dx, dy]) => ({
        left: x + dx,
        right: x + dx + width,
        top: y + dy - size * 0.85,
        bottom: y + dy + 0.2,
        base: y + dy,
      }))
      .find(
        (box) =>
          box.left >= within.left &&
          box.right <= within.right &&
          box.top >= within.top &&
          box.bottom <= within.bottom &&
          !used.some((other) => meet(box, other)),
      );
    if (!free) continue;
    used.push(free);
    written.push(words(label, free.left, free.base, { size }));
  }
  return written.join("");
}

function scaleBar(metresPerMillimetre: number, within: Box): { svg: string; box: Box } {
  const metres = niceBelow(metresPerMillimetre * 45);
  const length = metres / metresPerMillimetre;
  const left = within.left + 3;
  const top = within.bottom - 5;
  const { text, casing } = PALETTES.light;
  const quarter = length / 4;
  const fields = [0, 1, 2, 3]
    .map(
      (i) =>
        `<rect x="${round(left + i * quarter)}" y="${round(top)}" width="${round(quarter)}" height="1.2" fill="${i % 2 === 0 ? text : casing}" stroke="${text}" stroke-width="0.2"/>`,
    )
    .join("");
  const [unit, shown] = metres >= 1000 ? ["km", metres / 1000] : ["m", metres];
  const svg =
    fields +
    words("0", left, top - 0.8, { size: 2.4, anchor: "middle" }) +
    words(`${shown} ${unit}`, left + length, top - 0.8, { size: 2.4, anchor: "middle" });
  return { svg, box: { left: left - 2, right: left + length + 8, top: top - 4, bottom: within.bottom } };
}

function northArrow(within: Box): { svg: string; box: Box } {
  const x = within.right - 6;
  const y = within.top + 5;
  const { text, casing } = PALETTES.light;
  const svg =
    `<path d="M${x} ${y}L${x + 2} ${y + 7}L${x} ${y + 5.5}Z" fill="${text}" stroke="${text}" stroke-width="0.2"/>` +
    `<path d="M${x} ${y}L${x - 2} ${y + 7}L${x} ${y + 5.5}Z" fill="${casing}" stroke="${text}" stroke-width="0.2"/>` +
    words("N", x, y - 0.8, { size: 3.2, anchor: "middle", bold: true });
  return { svg, box: { left: x - 3, right: within.right, top: within.top, bottom: y + 8 } };
}

/** Degrees along the frame at round values, with their hemisphere. */
function graticule(extent: Extent, within: Box, place: (position: Position) => [number, number]): string {
  const [west, south, east, north] = extent;
  const step = niceBelow(Math.max(east - west, north - south) / 4);
  const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  const { unitText } = PALETTES.light;
  const tick = (d: string) => `<path d="${d}" stroke="${unitText}" stroke-width="0.2"/>`;
  const parts: string[] = [];
  for (let i = Math.ceil(west / step); i * step <= east; i++) {
    const [x] = place([i * step, south]);
    if (x < within.left + 8 || x > within.right - 8) continue;
    const name = `${Math.abs(i * step).toFixed(digits)}° ${i < 0 ? "W" : "E"}`;
    parts.push(tick(`M${round(x)} ${within.bottom}v1.2M${round(x)} ${within.top}v-1.2`));
    parts.push(words(name, x, within.bottom + 3.6, { size: 2.2, anchor: "middle" }));
  }
  for (let i = Math.ceil(south / step); i * step <= north; i++) {
    const [, y] = place([west, i * step]);
    if (y < within.top + 8 || y > within.bottom - 8) continue;
    const name = `${Math.abs(i * step).toFixed(digits)}° ${i < 0 ? "S" : "N"}`;
    parts.push(tick(`M${within.left} ${round(y)}h-1.2M${within.right} ${round(y)}h1.2`));
    parts.push(words(name, within.left - 1.8, y, { size: 2.2, anchor: "middle", turned: true }));
  }
  return parts.join("");
}

/**
 * Draws a map as SVG from geometries alone, north up, in the symbols of the screen. Places are projected to the plane
 * that touches the ellipsoid in the middle, which is off by less than four parts in ten thousand ten kilometres away.
 */
export function mapSvg(options: MapOptions): MapFigure {
  const { layers, points = [], width, height } = options;
  const shown =
    options.extent ??
    extentOf([
      ...layers.flatMap(({ geometry }) => positionsOf(geometry)),
      ...points.map(({ position }) => [...position]),
    ]);
  const middle: [number, number] = [(shown[0] + shown[2]) / 2, (shown[1] + shown[3]) / 2];
  const degree = metresPerDegree(middle[1]);
  const edge = options.graticule ? 5 : 0.5;
  const within: Box = {
    left: edge,
    top: options.graticule ? 2 : 0.5,
    right: width - (options.graticule ? 2 : 0.5),
    bottom: height - edge,
  };
  const span = { x: within.right - within.left, y: within.bottom - within.top };
  // A margin of a twelfth on each side, and never closer than 1 : 200.
  const metresPerMillimetre = Math.max(
    ((shown[2] - shown[0]) * degree.east * 1.2) / span.x,
    ((shown[3] - shown[1]) * degree.north * 1.2) / span.y,
    0.2,
  );
  const centre = { x: (within.left + within.right) / 2, y: (within.top + within.bottom) / 2 };
  const place = ([lon = 0, lat = 0]: Position): [number, number] => [
    round(centre.x + ((lon - middle[0]) * degree.east) / metresPerMillimetre),
    round(centre.y - ((lat - middle[1]) * degree.north) / metresPerMillimetre),
  ];
  const half = {
    lon: (span.x * metresPerMillimetre) / degree.east / 2,
    lat: (span.y * metresPerMillimetre) / degree.north / 2,
  };
  const seen: Extent = [middle[0] - half.lon, middle[1] - half.lat, middle[0] + half.lon, middle[1] + half.lat];

  const pathOf = (geometry: Geometry): string => {
    const line = (ring: Position[], close: boolean) =>
      `M${(close ? ring.slice(0, -1) : ring).map((position) => place(position).join(" ")).join("L")}${close ? "Z" : ""}`;
    switch (geometry.type) {
      case "Polygon":
        return geometry.coordinates.map((ring) => line(ring, true)).join("");
      case "MultiPolygon":
        return geometry.coordinates
          .flat()
          .map((ring) => line(ring, true))
          .join("");
      case "LineString":
        return line(geometry.coordinates, false);
      case "MultiLineString":
        return geometry.coordinates.map((part) => line(part, false)).join("");
      case "GeometryCollection":
        return geometry.geometries.map(pathOf).join("");
      case "Point":
      case "MultiPoint":
        return "";
    }
  };
  const bar = options.scaleBar ? scaleBar(metresPerMillimetre, within) : null;
  const arrow = options.northArrow ? northArrow(within) : null;
  const taken = [bar, arrow].flatMap((part) => (part ? [part.box] : []));
  const { member, border } = PALETTES.light;
  const frame = `x="${within.left}" y="${within.top}" width="${round(span.x)}" height="${round(span.y)}"`;
  const named = layers.flatMap(({ geometry, label }) => {
    const [west, south, east, north] = extentOf(positionsOf(geometry));
    const [x, y] = place([(west + east) / 2, (south + north) / 2]);
    return label ? [words(label, x, y, { size: 3, anchor: "middle", bold: true })] : [];
  });
  const marks = points.map(({ symbol, position }) => drawPoint(symbol, ...place([...position])));
  const labelled = points.flatMap(({ position, label }) => {
    const [x, y] = place([...position]);
    return label ? [{ x, y, label }] : [];
  });
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}mm" height="${height}mm" viewBox="0 0 ${width} ${height}">`,
    patternDefinitions(layers.map(({ symbol }) => symbol)),
    `<clipPath id="frame"><rect ${frame}/></clipPath><rect ${frame} fill="${member}"/><g clip-path="url(#frame)">`,
    ...layers.map(({ symbol, geometry }) => drawArea(symbol, pathOf(geometry))),
    ...marks,
    ...named,
    placeLabels(labelled, within, taken),
    "</g>",
    bar?.svg ?? "",
    arrow?.svg ?? "",
    `<rect ${frame} fill="none" stroke="${border}" stroke-width="0.3"/>`,
    options.graticule ? graticule(seen, within, place) : "",
    "</svg>",
  ].join("");
  return { svg, scale: Math.round(metresPerMillimetre * 1000) };
}
