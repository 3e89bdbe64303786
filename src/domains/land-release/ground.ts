import {
  accountsOf,
  areaSquareMetres,
  clipTo,
  distanceMetres,
  intersectionArea,
  merge,
  subtract,
} from "@santi/land-geometry";
import type { MultiPolygon, Polygon, Position } from "geojson";

export type Areal = Polygon | MultiPolygon;

/** Ground with a name, of which a piece may overlap another's. */
export interface NamedGround {
  id: string;
  code: string;
  ground: Areal;
}

/** Ground of no extent. */
export const noGround: MultiPolygon = { type: "MultiPolygon", coordinates: [] };

/** Whether a ground has no extent. */
export function isEmpty(geometry: Areal): boolean {
  return geometry.coordinates.length === 0;
}

type Box = [west: number, south: number, east: number, north: number];

/** The box around a geometry in degrees. */
export function boxOf(geometry: Areal): Box {
  const box: Box = [180, 90, -180, -90];
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  for (const [shell = []] of polygons as Position[][][])
    for (const [x = 0, y = 0] of shell) {
      if (x < box[0]) box[0] = x;
      if (y < box[1]) box[1] = y;
      if (x > box[2]) box[2] = x;
      if (y > box[3]) box[3] = y;
    }
  return box;
}

/** Metres between the boxes around two grounds, 0 when they meet: the grounds are at least so far from each other. */
export function metresApart(one: Areal, other: Areal): number {
  const [w, s, e, n] = boxOf(one);
  const [west, south, east, north] = boxOf(other);
  // The corners of the gap, or twice the same degree where the boxes stand beside or above each other.
  const gap = (low: number, high: number, otherLow: number, otherHigh: number): [number, number] => {
    if (high < otherLow) return [high, otherLow];
    return otherHigh < low ? [low, otherHigh] : [Math.max(low, otherLow), Math.max(low, otherLow)];
  };
  const [lon, otherLon] = gap(w, e, west, east);
  const [lat, otherLat] = gap(s, n, south, north);
  return distanceMetres({ lon, lat }, { lon: otherLon, lat: otherLat });
}

/** A place well inside a polygon: the middle of the widest stretch within it, half-way between its south and north. */
export function placeInside(geometry: Areal): [longitude: number, latitude: number] {
  const polygons = toMulti(geometry).coordinates;
  for (const rings of [polygons.flat(), polygons[0] ?? []]) {
    const [west, south, east, north] = boxOf({ type: "MultiPolygon", coordinates: [[rings.flat()]] });
    const middle = (south + north) / 2;
    const crossings = rings.flatMap((ring) =>
      ring.flatMap(([x = 0, y = 0], i) => {
        const [toX = 0, toY = 0] = ring[(i + 1) % ring.length] ?? [];
        return y > middle === toY > middle ? [] : [x + ((middle - y) / (toY - y)) * (toX - x)];
      }),
    );
    crossings.sort((a, b) => a - b);
    let best: [number, number] | null = null;
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const [from = west, to = east] = crossings.slice(i, i + 2);
      if (!best || to - from > best[1] - best[0]) best = [from, to];
    }
    if (best) return [(best[0] + best[1]) / 2, middle];
  }
  const [west, south, east, north] = boxOf(geometry);
  return [(west + east) / 2, (south + north) / 2];
}

/** A reported polygon as it counts: without heights, and ground that several of its parts cover taken once. */
export function countedOnce(geometry: Areal): Areal {
  const flat = (rings: Position[][]) => rings.map((ring) => ring.map(([x = 0, y = 0]) => [x, y]));
  if (geometry.type === "Polygon") return { type: "Polygon", coordinates: flat(geometry.coordinates) };
  const parts = geometry.coordinates.map((rings): Polygon => ({ type: "Polygon", coordinates: flat(rings) }));
  const overlap = parts.some((part, i) =>
    near(
      part,
      parts.slice(i + 1).map((ground) => ({ ground })),
    ).some(({ ground }) => intersectionArea(part, ground) > 0),
  );
  return overlap ? merge(parts) : { type: "MultiPolygon", coordinates: parts.map(({ coordinates }) => coordinates) };
}

/** The grounds whose boxes meet a geometry's. */
export function near<T extends { ground: Areal }>(geometry: Areal, others: readonly T[]): T[] {
  const [west, south, east, north] = boxOf(geometry);
  return others.filter(({ ground }) => {
    if (isEmpty(ground)) return false;
    const [w, s, e, n] = boxOf(ground);
    return w <= east && e >= west && s <= north && n >= south;
  });
}

/** What a piece of ground has in common with others, in whole square metres; under half a metre is nothing. */
export function overlapsWith(
  geometry: Areal,
  others: readonly NamedGround[],
): (NamedGround & { squareMetres: number })[] {
  return near(geometry, others)
    .map((other) => ({ ...other, squareMetres: Math.round(intersectionArea(geometry, other.ground)) }))
    .filter(({ squareMetres }) => squareMetres > 0);
}

/** The part of a geometry that no other ground has; the geometry itself, untouched, when none is near. */
export function groundLeft(geometry: Areal, others: readonly { ground: Areal }[]): Areal {
  const close = near(geometry, others).map(({ ground }) => ground);
  return close.length === 0 ? geometry : subtract(geometry, close);
}

/** The part of a geometry within another. */
export function clip(geometry: Areal, bounds: Areal): Areal {
  return isEmpty(geometry) || isEmpty(bounds) ? noGround : clipTo(geometry, bounds);
}

/** Whole square metres of ground; zero for none. */
export function metresOf(geometry: Areal): number {
  return isEmpty(geometry) ? 0 : areaSquareMetres(geometry);
}

/** Two grounds as one. */
export function together(one: Areal, other: Areal): MultiPolygon {
  if (isEmpty(one)) return toMulti(other);
  if (isEmpty(other)) return toMulti(one);
  return merge([one, other]);
}

/** Any number of grounds as one. */
export function united(grounds: readonly Areal[]): MultiPolygon {
  const [only] = grounds;
  return grounds.length === 1 && only ? toMulti(only) : merge(grounds);
}

/** A ground as a collection of polygons, as the database keeps it. */
export function toMulti(geometry: Areal): MultiPolygon {
  return geometry.type === "MultiPolygon" ? geometry : { type: "MultiPolygon", coordinates: [geometry.coordinates] };
}

/** What is taken out of an area's open ground, and what stays. */
export interface Taken {
  /** Whole square metres within the open ground. */
  inside: number;
  /** Whole square metres beyond it. */
  outside: number;
  insideGround: Areal;
  /** Inside and outside together. */
  ground: Areal;
  remaining: MultiPolygon;
  remainingSquareMetres: number;
}

/**
 * Takes a polygon out of open ground. The figures close: what stays is the whole square metres of its own ground, so
 * that the account of open land always equals the area's geometry, and `inside` is the balance given less that.
 * @param open the open ground, with its balance in whole square metres
 * @param geometry what is taken; ground that others hold must be out of it already
 */
export function take(open: { ground: Areal; squareMetres: number }, geometry: Areal): Taken {
  const nothing = { inside: 0, insideGround: noGround, remaining: toMulti(open.ground) };
  if (isEmpty(geometry)) return { ...nothing, outside: 0, ground: noGround, remainingSquareMetres: open.squareMetres };
  if (isEmpty(open.ground))
    return { ...nothing, outside: metresOf(geometry), ground: geometry, remainingSquareMetres: open.squareMetres };
  const accounts = accountsOf(open.ground, [{ id: "taken", date: "0000-01-01", geometry }]);
  const [product] = accounts.products;
  const stays = Math.min(open.squareMetres, metresOf(accounts.remainingGround));
  const inside = product?.inside ? open.squareMetres - stays : 0;
  const remaining = open.squareMetres - inside;
  const outside = product?.outside ?? 0;
  return {
    inside,
    outside,
    insideGround: outside === 0 ? (product?.ground ?? noGround) : clipTo(geometry, open.ground),
    ground: product?.ground ?? noGround,
    // Ground of which nothing was taken keeps its outline, without the corners of what only touches it.
    remaining: remaining === 0 ? noGround : inside === 0 ? nothing.remaining : accounts.remainingGround,
    remainingSquareMetres: remaining,
  };
}
