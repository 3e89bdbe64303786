import type { Geometry, Position } from "geojson";

/** What a unit of the map shows. */
export interface MapValue {
  key: string;
  label: string;
  /** Null where there is no number. */
  value: number | null;
  text: string;
}

/** A unit with its outline in the picture. */
export interface PlacedUnit extends MapValue {
  path: string;
  fill: string;
}

/** One step of the legend: both ends belong to it. */
export interface MapClass {
  from: number;
  to: number;
  fill: string;
}

/** A map of one figure by unit: the same picture on the screen and in print. */
export interface PlacedMap {
  width: number;
  height: number;
  units: PlacedUnit[];
  classes: MapClass[];
  /** Whether some unit has no number. */
  unknown: boolean;
}

/** One hue from light to dark, told apart in grey print and by colour-blind readers (lightness falls by even steps). */
const ramp = ["#d3e8e6", "#9fcbc8", "#68a9a7", "#37827f", "#0f565b"] as const;
const zeroFill = "#f6f6f1";
/** Units without a number. */
export const unknownFill = "#c9c9c9";
const [widest, tallest] = [680, 620] as const;

/**
 * The steps of a legend: none for zero, which has a colour of its own, then up to five with about as many units in each.
 * Equal numbers are never in two steps.
 */
export function classesOf(values: readonly number[]): MapClass[] {
  const sorted = values.filter((value) => value > 0).sort((a, b) => a - b);
  const zero = values.some((value) => value <= 0) ? [{ from: 0, to: 0, fill: zeroFill }] : [];
  const different = [...new Set(sorted)];
  const count = Math.min(ramp.length, different.length);
  const steps: { from: number; to: number }[] = [];
  let at = 0;
  for (let n = 0; n < count && at < sorted.length; n++) {
    const end = n === count - 1 ? sorted.length : Math.max(at + 1, Math.round(((n + 1) / count) * sorted.length));
    let last = Math.min(end, sorted.length) - 1;
    while (last + 1 < sorted.length && sorted[last + 1] === sorted[last]) last++;
    steps.push({ from: sorted[at] as number, to: sorted[last] as number });
    at = last + 1;
  }
  // Few steps take colours from the whole ramp.
  const fill = (n: number) =>
    ramp[steps.length === 1 ? 2 : Math.round((n / (steps.length - 1)) * (ramp.length - 1))] as string;
  return [...zero, ...steps.map((step, n) => ({ ...step, fill: fill(n) }))];
}

const ringsOf = (geometry: Geometry): Position[][] =>
  geometry.type === "Polygon"
    ? geometry.coordinates
    : geometry.type === "MultiPolygon"
      ? geometry.coordinates.flat()
      : [];

/**
 * Draws units in steps of colour. Longitude and latitude are scaled evenly at the middle of the map, which is enough for a
 * country; a picture is at most 680 by 620 units.
 * @param outlines of all units by id; those without a value are drawn as unknown
 */
export function placeMap(outlines: ReadonlyMap<string, Geometry>, values: readonly MapValue[]): PlacedMap {
  const rings = new Map([...outlines].map(([key, geometry]) => [key, ringsOf(geometry)]));
  const points = [...rings.values()].flat(2) as [number, number][];
  if (points.length === 0) return { width: 0, height: 0, units: [], classes: [], unknown: false };
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [lon, lat] of points) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = Math.min(widest / ((east - west) * squeeze || 1), tallest / (north - south || 1));
  const place = ([lon = 0, lat = 0]: Position) =>
    `${((lon - west) * squeeze * scale).toFixed(1)} ${((north - lat) * scale).toFixed(1)}`;
  const known = new Map(values.map((value) => [value.key, value]));
  const classes = classesOf(values.flatMap(({ value }) => (value === null ? [] : [value])));
  const fillOf = (value: number | null | undefined) =>
    value === null || value === undefined
      ? unknownFill
      : (classes.find(({ from, to }) => Math.max(0, value) >= from && Math.max(0, value) <= to)?.fill ?? unknownFill);
  const units = [...rings].map(([key, own]): PlacedUnit => {
    const value = known.get(key);
    return {
      ...{ key, label: value?.label ?? "", value: value?.value ?? null, text: value?.text ?? "" },
      path: own.map((ring) => `M${ring.map(place).join("L")}Z`).join(""),
      fill: fillOf(value?.value),
    };
  });
  return {
    width: Math.ceil((east - west) * squeeze * scale),
    height: Math.ceil((north - south) * scale),
    units,
    classes,
    unknown: units.some(({ fill }) => fill === unknownFill),
  };
}

/** The picture for print, with room on both sides of the map. Its text alternative is the table's figures. */
export function mapSvg({ width, height, units }: PlacedMap): string {
  const room = Math.round(width / 5);
  const paths = units.map(({ path, fill }) => `<path d="${path}" fill="${fill}"/>`).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-room} -2 ${width + 2 * room} ${height + 4}" stroke="#5c6b70" stroke-width="0.8" stroke-linejoin="round" fill-rule="evenodd">${paths}</svg>`;
}

/** The colour of a step, for the legend in print. */
export const swatch = (fill: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 12"><rect x="1" y="1" width="28" height="10" fill="${fill}" stroke="#5c6b70" stroke-width="0.8"/></svg>`;
