import type { Polygon, Position } from "geojson";
import { closeRing } from "../checks/rings.ts";
import type { LonLat } from "../datums.ts";
import { bearingDegrees, distanceMetres } from "../geodesic.ts";
import type { SurveyCorner, SurveyPlace } from "./types.ts";

/** A corner before it is measured: where it is and which entry of the survey it came from. */
export interface PlacedCorner extends LonLat {
  readonly kind: SurveyCorner["kind"];
  readonly place: SurveyPlace;
}

/** Names as in the field: SP, then TP1, TP2 … for turning points and IP1, IP2 … for intermediate points. */
export function cornerNames(kinds: readonly SurveyCorner["kind"][]): string[] {
  let [turning, intermediate] = [0, 0];
  return kinds.map((kind, index) => {
    if (index === 0) return "SP";
    return kind === "turning" ? `TP${++turning}` : `IP${++intermediate}`;
  });
}

/** The corners with their names and what leads from each to the next, the last one back to the first. */
export function measureCorners(placed: readonly PlacedCorner[]): SurveyCorner[] {
  const names = cornerNames(placed.map(({ kind }) => kind));
  return placed.map(({ lon, lat, kind }, index) => {
    const next = placed[(index + 1) % placed.length] ?? { lon, lat };
    return {
      name: names[index] ?? "",
      kind,
      lon,
      lat,
      bearingDegrees: bearingDegrees({ lon, lat }, next),
      distanceMetres: distanceMetres({ lon, lat }, next),
    };
  });
}

/** Corners as a polygon with one ring, in the order given. */
export function outlineOf(placed: readonly LonLat[]): Polygon {
  return { type: "Polygon", coordinates: [closeRing(placed.map(({ lon, lat }): Position => [lon, lat]))] };
}
