import type { Feature, FeatureCollection, Geometry, MultiPolygon, Point } from "geojson";
import type { MapBounds } from "../../../../platform/map/layers.ts";
import type { HistoryOutput } from "../../contract-history.ts";
import { decodeShape, stateOn } from "../../model-replay.ts";

/** How far one step of the replay goes. */
export const stepSizes = ["month", "year"] as const;
export type StepSize = (typeof stepSizes)[number];

/** An ISO day as a number that grows with it, `20240131`; map filters compare numbers. */
export function dayNumber(day: string): number {
  return Number(day.replaceAll("-", ""));
}

const never = 99_991_231;

/** The last day of a month, ISO. @param month counted from 1 */
function monthEnd(year: number, month: number): string {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/**
 * The days at which a replay stops: the end of every month or year from the first day's on; the last stop is the last
 * day itself.
 * @param first ISO day, not after `last`
 */
export function stopsOf(first: string, last: string, size: StepSize): string[] {
  const stops: string[] = [];
  let year = Number(first.slice(0, 4));
  let month = size === "month" ? Number(first.slice(5, 7)) : 12;
  for (let stop = monthEnd(year, month); stop < last; stop = monthEnd(year, month)) {
    stops.push(stop);
    if (size === "year" || month === 12) year += 1;
    month = size === "year" ? 12 : (month % 12) + 1;
  }
  return [...stops, last];
}

/** The place of the stop that shows a day: the last one on it or before, else the first. */
export function stopAt(stops: readonly string[], day: string): number {
  const next = stops.findIndex((stop) => stop > day);
  return next === -1 ? stops.length - 1 : Math.max(0, next - 1);
}

/** The middle of the box around a shape. */
function middleOf(shape: MultiPolygon): Point {
  const corners = shape.coordinates.flat(2);
  const middle = (axis: 0 | 1) => {
    const values = corners.map((corner) => corner[axis] ?? 0);
    return (Math.min(...values) + Math.max(...values)) / 2;
  };
  return { type: "Point", coordinates: [middle(0), middle(1)] };
}

/** Everything that the map of a country ever showed, each feature with the days between which it held. */
export interface ReplayMap {
  areas: FeatureCollection;
  released: FeatureCollection;
  bounds: MapBounds | null;
}

/**
 * The features of a replay, made once: each state of each area, and each product, with `from` and `until` (exclusive) as
 * numbers, so that a day is shown by a filter and not by new features.
 */
export function replayMap(history: HistoryOutput): ReplayMap {
  const shapes = history.shapes.map(decodeShape);
  const box: [number, number, number, number] = [180, 90, -180, -90];
  const shapeAt = (place: number | null): MultiPolygon | null => {
    const shape = place === null ? undefined : shapes[place];
    if (!shape || shape.coordinates.length === 0) return null;
    for (const [lon = 0, lat = 0] of shape.coordinates.flat(2)) {
      box[0] = Math.min(box[0], lon);
      box[1] = Math.min(box[1], lat);
      box[2] = Math.max(box[2], lon);
      box[3] = Math.max(box[3], lat);
    }
    return shape;
  };
  const feature = (id: string, geometry: Geometry, properties: Record<string, unknown>): Feature => ({
    type: "Feature",
    geometry,
    properties: { id, ...properties },
  });
  const areas = history.areas.flatMap(({ id, code, states }) =>
    states.flatMap(({ from, areaClass, status, shape }, at) => {
      const geometry = shapeAt(shape);
      const next = states[at + 1]?.from;
      if (!geometry) return [];
      const properties = {
        ...{ area: id, code, areaClass, status },
        ...{ from: dayNumber(from), until: next ? dayNumber(next) : never },
      };
      // An outline is a speck on the map of a country; a symbol stands in for it there.
      return [geometry, middleOf(geometry)].map((shape) => feature(`${id} ${at}`, shape, properties));
    }),
  );
  const released = history.products.flatMap(({ area, kind, from, shape }, at) => {
    const geometry = shapeAt(shape);
    return geometry
      ? feature(`${area} product ${at}`, geometry, {
          ...{ area, kind, areaClass: "indication", status: "released" },
          ...{ from: dayNumber(from), until: never },
        })
      : [];
  });
  const collection = (features: Feature[]): FeatureCollection => ({ type: "FeatureCollection", features });
  return { areas: collection(areas), released: collection(released), bounds: box[0] <= box[2] ? box : null };
}

/** How many areas stood in each class and status at the end of a day. */
export interface AreaCounts {
  sha: number;
  cha: number;
  indication: number;
  closed: number;
  /** Areas of the map that the ledger does not have, because no approved report stands behind them. */
  notInLedger: number;
}

/** Counts the areas of a country at the end of a day. */
export function countsOn(history: Pick<HistoryOutput, "areas">, day: string): AreaCounts {
  const counts: AreaCounts = { sha: 0, cha: 0, indication: 0, closed: 0, notInLedger: 0 };
  for (const { states, carried } of history.areas) {
    const state = stateOn(states, day);
    if (!state) continue;
    if (state.status === "closed" || state.status === "released") counts.closed += 1;
    else {
      counts[state.areaClass] += 1;
      if (!carried) counts.notInLedger += 1;
    }
  }
  return counts;
}
