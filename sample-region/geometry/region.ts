import type { Point, Ring } from "./frame.ts";

/** West, south, east, north in degrees. */
export type Bounds = readonly [number, number, number, number];

/** A territory as polygons with holes, ready for questions about points. */
export interface Region {
  readonly polygons: readonly (readonly Ring[])[];
  readonly bounds: Bounds;
}

/** Prepares polygons (outer ring and holes, closed) for questions. */
export function regionOf(polygons: readonly (readonly Ring[])[]): Region {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [outer] of polygons) {
    for (const [lon, lat] of outer ?? []) {
      west = Math.min(west, lon);
      east = Math.max(east, lon);
      south = Math.min(south, lat);
      north = Math.max(north, lat);
    }
  }
  return { polygons, bounds: [west, south, east, north] };
}

/** The longitudes at which a parallel crosses the borders of a region, sorted; inside is between the 1st and 2nd, and so on. */
export function crossings(region: Region, lat: number): number[] {
  const at: number[] = [];
  for (const polygon of region.polygons) {
    for (const ring of polygon) {
      for (let i = 1; i < ring.length; i++) {
        const [ax, ay] = ring[i - 1] as Point;
        const [bx, by] = ring[i] as Point;
        if (ay > lat !== by > lat) at.push(ax + ((lat - ay) * (bx - ax)) / (by - ay));
      }
    }
  }
  return at.sort((a, b) => a - b);
}

/** Tells whether a place lies inside a region (even-odd rule). */
export function contains(region: Region, [lon, lat]: Point): boolean {
  const [west, south, east, north] = region.bounds;
  if (lon < west || lon > east || lat < south || lat > north) return false;
  let inside = false;
  for (const polygon of region.polygons) {
    for (const ring of polygon) {
      for (let i = 1; i < ring.length; i++) {
        const [ax, ay] = ring[i - 1] as Point;
        const [bx, by] = ring[i] as Point;
        if (ay > lat !== by > lat && lon < ax + ((lat - ay) * (bx - ax)) / (by - ay)) inside = !inside;
      }
    }
  }
  return inside;
}

function key([lon, lat]: Point): string {
  return `${Math.round(lon * 1e5)},${Math.round(lat * 1e5)}`;
}

/**
 * The parts of a region's border that it shares with a neighbour, as lines in the direction of the region's rings.
 * The two must share their vertices, as units of one topology do.
 */
export function sharedBorder(region: Region, neighbours: readonly Region[]): Point[][] {
  const theirs = new Set<string>();
  for (const { polygons, bounds } of neighbours) {
    const near =
      bounds[0] <= region.bounds[2] &&
      bounds[2] >= region.bounds[0] &&
      bounds[1] <= region.bounds[3] &&
      bounds[3] >= region.bounds[1];
    if (near)
      for (const polygon of polygons) for (const ring of polygon) for (const place of ring) theirs.add(key(place));
  }
  const lines: Point[][] = [];
  for (const polygon of region.polygons) {
    for (const ring of polygon) {
      let line: Point[] = [];
      for (const place of ring) {
        if (theirs.has(key(place))) line.push(place);
        else {
          if (line.length > 1) lines.push(line);
          line = [];
        }
      }
      if (line.length > 1) lines.push(line);
    }
  }
  return lines;
}
