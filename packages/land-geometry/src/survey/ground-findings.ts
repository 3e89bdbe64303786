import { areaSquareMetres } from "../area.ts";
import { positionsOf } from "../checks/positions.ts";
import { type Areal, partsOf } from "../checks/rings.ts";
import { clipTo, subtract } from "../partition/overlay.ts";
import { buffer } from "./buffer.ts";
import { finding } from "./reading.ts";
import { snapToNeighbours } from "./snap.ts";
import type { SurveyedPolygon, SurveyFinding, SurveyNeighbour, SurveyOptions } from "./types.ts";

type Box = readonly [west: number, south: number, east: number, north: number];

function boxOf(geometry: Areal): Box {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const { position } of positionsOf(geometry)) {
    const [lon = 0, lat = 0] = position;
    [west, south] = [Math.min(west, lon), Math.min(south, lat)];
    [east, north] = [Math.max(east, lon), Math.max(north, lat)];
  }
  return [west, south, east, north];
}

/** The neighbours whose boxes come within a distance of a polygon's. */
export function neighboursNear(
  geometry: Areal,
  neighbours: readonly SurveyNeighbour[],
  metres: number,
): SurveyNeighbour[] {
  const [west, south, east, north] = boxOf(geometry);
  const dLat = metres / 110_000;
  const dLon = dLat / Math.max(0.01, Math.cos((Math.max(Math.abs(south), Math.abs(north)) * Math.PI) / 180));
  return neighbours.filter((neighbour) => {
    if (partsOf(neighbour.geometry).length === 0) return false;
    const [w, s, e, n] = boxOf(neighbour.geometry);
    return w <= east + dLon && e >= west - dLon && s <= north + dLat && n >= south - dLat;
  });
}

/** Ground outside the task a survey belongs to, in whole square metres. */
export function checkTask(geometry: Areal, options: SurveyOptions): SurveyFinding[] {
  const { task, outsideSquareMetres = 1 } = options;
  if (!task || positionsOf(task).length < 3) return [];
  const squareMetres = areaSquareMetres(subtract(geometry, [task]));
  if (squareMetres <= outsideSquareMetres) return [];
  const whole = areaSquareMetres(geometry);
  const params = { squareMetres, share: whole > 0 ? Math.min(1, squareMetres / whole) : 1 };
  return [finding("survey.outside-task", "warning", params)];
}

/**
 * Overlaps with neighbours in whole square metres, the largest first, and borders so near each other that they are
 * probably one. Where all of that is thin, taking over the borders of the neighbours is offered.
 */
export function checkNeighbours(survey: SurveyedPolygon, geometry: Areal, options: SurveyOptions): SurveyFinding[] {
  const { neighbours = [], overlapSquareMetres = 1, snapMetres = 2 } = options;
  const near = neighboursNear(geometry, neighbours, snapMetres);
  if (near.length === 0) return [];
  const offersSnap = survey.snapMetres === undefined && snapMetres > 0;
  const suggestion = { reason: "snap", patch: { snapMetres } } as const;
  const overlaps = near
    .map((neighbour) => ({ neighbour, common: clipTo(geometry, neighbour.geometry) }))
    .map(({ neighbour, common }) => ({ neighbour, common, squareMetres: areaSquareMetres(common) }))
    .filter(({ squareMetres }) => squareMetres > overlapSquareMetres)
    .sort((one, two) => two.squareMetres - one.squareMetres);
  const findings = overlaps.map(({ neighbour: { id, label, state }, common, squareMetres }): SurveyFinding => {
    const isThin = offersSnap && buffer(common, -snapMetres / 2).coordinates.length === 0;
    return finding(
      state === "released" ? "survey.overlaps-released" : "survey.overlaps-open",
      "warning",
      { id, label, squareMetres },
      { part: "survey" },
      isThin ? suggestion : undefined,
    );
  });
  if (findings.length > 0 || !offersSnap) return findings;
  const shapes = near.map((neighbour) => neighbour.geometry);
  const { movedPoints, largestMetres } = snapToNeighbours(geometry, shapes, snapMetres);
  // A hundredth of a metre is below what anybody measures.
  if (largestMetres < 0.01) return findings;
  const params = { points: movedPoints, metres: largestMetres };
  return [finding("survey.near-neighbour", "advice", params, { part: "survey" }, suggestion)];
}
