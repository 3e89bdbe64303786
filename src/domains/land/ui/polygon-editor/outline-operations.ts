import {
  type Areal,
  buffer,
  type ComputedSurvey,
  geodesicArea,
  merge,
  type SurveyedPolygon,
  type SurveyNeighbour,
  type SurveyOperation,
  splitByLine,
  subtract,
} from "@santi/land-geometry";
import type { MultiPolygon, Polygon, Position } from "geojson";
import { commonParts, emptySurvey, ringPoints } from "./survey-state.ts";

/** An outline that was made from another, with the survey that says how. */
export interface MadeOutline {
  survey: SurveyedPolygon;
  geometry: Areal;
  /** Geodesic, whole. */
  squareMetres: number;
}

const plain = (geometry: MultiPolygon): Areal => {
  const [only] = geometry.coordinates;
  return geometry.coordinates.length === 1 && only ? { type: "Polygon", coordinates: only } : geometry;
};

/**
 * The survey of an outline that was made from another. What had been typed stays in it; borders that were taken over from
 * neighbours are in the new outline already and are not taken over again.
 * @param name what the outline is called where it has holes or several parts and so no list of corners
 */
function made(from: SurveyedPolygon, geometry: Areal, operation: SurveyOperation, name: string): MadeOutline {
  const { origin, ...typed } = from;
  const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const [rings = []] = parts;
  const [ring = []] = rings;
  const isSimple = parts.length === 1 && rings.length === 1;
  return {
    survey: {
      ...emptySurvey(isSimple ? "drawn" : "file"),
      ...commonParts(from),
      reading: { datum: "wgs-84", order: "lat-lon" },
      ...(isSimple ? { points: ringPoints(ring.slice(0, -1), 12) } : { file: { name, geometry } }),
      origin: {
        survey: origin?.survey ?? typed,
        operations: [...(origin?.operations ?? []), operation],
      },
    },
    geometry,
    squareMetres: Math.round(geodesicArea(geometry)),
  };
}

/** Where an operation starts: the survey, the outline that it comes to, and what to call outlines without corners. */
export interface OperationBase {
  survey: SurveyedPolygon;
  geometry: Areal;
  name: string;
}

/** What an operation starts from; null while there is no outline. */
export function baseOf(survey: SurveyedPolygon, computed: ComputedSurvey, name: string): OperationBase | null {
  return computed.geometry ? { survey, geometry: computed.geometry, name } : null;
}

/**
 * Cuts an outline along a line. The pieces share the points of the cut and add up to the outline.
 * @param line at least two positions; to cut a piece off it must cross the outline from border to border
 * @returns the pieces from west to east; one when the line cuts nothing off
 */
export function splitOutline(base: OperationBase, line: readonly Position[]): MadeOutline[] {
  if (line.length < 2) return [];
  const pieces: Polygon[] = splitByLine(base.geometry, { type: "LineString", coordinates: [...line] });
  return pieces.map((piece) => made(base.survey, piece, { kind: "split", line }, base.name));
}

const named = ({ id, label }: SurveyNeighbour) => ({ id, label });

/** Joins an outline with a neighbour; where they only touch, the border between them goes. */
export function mergeOutline(base: OperationBase, neighbour: SurveyNeighbour): MadeOutline {
  const joined = plain(merge([base.geometry, neighbour.geometry]));
  return made(base.survey, joined, { kind: "merge", neighbour: named(neighbour) }, base.name);
}

/** Takes a neighbour's ground out of an outline. @returns null when nothing is left */
export function subtractNeighbour(base: OperationBase, neighbour: SurveyNeighbour): MadeOutline | null {
  const left = subtract(base.geometry, [neighbour.geometry]);
  if (left.coordinates.length === 0) return null;
  return made(base.survey, plain(left), { kind: "subtract", neighbour: named(neighbour) }, base.name);
}

/**
 * Widens an outline by a fade-out, or draws it in by a negative distance.
 * @param metres width on the ground
 * @returns null when nothing is left
 */
export function fadeOut(base: OperationBase, metres: number): MadeOutline | null {
  const wider = buffer(base.geometry, metres);
  if (wider.coordinates.length === 0) return null;
  return made(base.survey, plain(wider), { kind: "fade-out", metres }, base.name);
}

/** The box around a geometry: west, south, east, north. */
function boxOf(geometry: Areal): readonly [number, number, number, number] {
  const positions = geometry.type === "Polygon" ? geometry.coordinates.flat() : geometry.coordinates.flat(2);
  const lons = positions.map(([lon = 0]) => lon);
  const lats = positions.map(([, lat = 0]) => lat);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

/** Neighbours near enough to be joined with an outline or taken out of it: within about 50 m, the nearest label first. */
export function nearNeighbours(geometry: Areal, neighbours: readonly SurveyNeighbour[]): SurveyNeighbour[] {
  const reach = 0.0005;
  const [west, south, east, north] = boxOf(geometry);
  return neighbours
    .filter((each) => {
      const [w, s, e, n] = boxOf(each.geometry);
      return w <= east + reach && e >= west - reach && s <= north + reach && n >= south - reach;
    })
    .toSorted((one, two) => one.label.localeCompare(two.label));
}
