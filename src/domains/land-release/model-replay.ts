import type { MultiPolygon, Polygon, Position } from "geojson";
import type { AreaClass, AreaStatus } from "../land/model.ts";

/** How many steps of an encoded shape make one degree: a step is about one metre. */
export const shapeScale = 100_000;

/**
 * A shape for the map: polygons of rings, the outer one first. A ring is flat whole numbers, longitude before latitude,
 * in steps of 1/100,000 degree: the first corner, then the way from each corner to the next. The last corner is not
 * the first one again.
 */
export type Shape = number[][][];

/** What an area was from a day on, until its next state. */
export interface ReplayState {
  from: string;
  areaClass: AreaClass;
  status: AreaStatus;
  squareMetres: number;
  /** Place of its shape in the list of shapes; null while it had none. */
  shape: number | null;
}

/** Stock and released land of the country from a day on, in whole square metres; what was released is the sum so far. */
export interface ReplayFigures {
  on: string;
  suspected: number;
  confirmed: number;
  cancelled: number;
  reducedWithAsset: number;
  reducedWithoutAsset: number;
  cleared: number;
}

function encodeRing(ring: readonly Position[]): number[] | null {
  const steps: number[] = [];
  let [x, y] = [0, 0];
  for (const [lon = 0, lat = 0] of ring.slice(0, -1)) {
    const [nextX, nextY] = [Math.round(lon * shapeScale), Math.round(lat * shapeScale)];
    // Corners less than a step apart fall together.
    if (steps.length > 0 && nextX === x && nextY === y) continue;
    steps.push(nextX - x, nextY - y);
    [x, y] = [nextX, nextY];
  }
  return steps.length >= 6 ? steps : null;
}

/** Writes a polygon as a shape for the map. Rings that are smaller than its grid are left out. */
export function encodeShape(geometry: Polygon | MultiPolygon): Shape {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return polygons.flatMap(([outer = [], ...holes]) => {
    const shell = encodeRing(outer);
    return shell ? [[shell, ...holes.map(encodeRing).filter((hole) => hole !== null)]] : [];
  });
}

/** Reads a shape into GeoJSON, in degrees of WGS 84. */
export function decodeShape(shape: Shape): MultiPolygon {
  return {
    type: "MultiPolygon",
    coordinates: shape.map((rings) =>
      rings.map((steps) => {
        const ring: Position[] = [];
        let [x, y] = [0, 0];
        for (let i = 0; i + 1 < steps.length; i += 2) {
          x += steps[i] as number;
          y += steps[i + 1] as number;
          ring.push([x / shapeScale, y / shapeScale]);
        }
        const [first] = ring;
        return first ? [...ring, first] : ring;
      }),
    ),
  };
}

/** The last entry of a list in order of days that holds on a day, or null before the first; days are ISO. */
function lastUntil<T>(entries: readonly T[], dayOf: (entry: T) => string, day: string): T | null {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (dayOf(entries[middle] as T) <= day) low = middle + 1;
    else high = middle;
  }
  return entries[low - 1] ?? null;
}

/** What an area was at the end of a day; null before it was known. */
export function stateOn(states: readonly ReplayState[], day: string): ReplayState | null {
  return lastUntil(states, ({ from }) => from, day);
}

/** The figures of a country at the end of a day; null before the first entry. */
export function figuresOn(figures: readonly ReplayFigures[], day: string): ReplayFigures | null {
  return lastUntil(figures, ({ on }) => on, day);
}
