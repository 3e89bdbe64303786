import type { Position } from "geojson";
import { areaSquareMetres, perimeterMetres } from "../area.ts";
import { repairPolygon } from "../checks/repair.ts";
import type { Areal } from "../checks/rings.ts";
import type { LonLat } from "../datums.ts";
import { destination, distanceMetres } from "../geodesic.ts";
import { followApproach } from "./approach.ts";
import { checkNeighbours, checkTask, neighboursNear } from "./ground-findings.ts";
import { measureCorners, outlineOf, type PlacedCorner } from "./outline.ts";
import { checkOutlinePlace, checkUnreadable } from "./place-findings.ts";
import { finding, isTyped, readLeg, readPosition, trueBearingNear } from "./reading.ts";
import { type ChooseCorners, checkCorners, checkFileShape } from "./shape-findings.ts";
import { snapToNeighbours } from "./snap.ts";
import { cleanTrack } from "./track.ts";
import { surveyTraverse } from "./traverse-survey.ts";
import type {
  ComputedSurvey,
  SurveyedPolygon,
  SurveyFinding,
  SurveyOptions,
  SurveyPlace,
  SurveyTrackReport,
  SurveyTraverse,
} from "./types.ts";

/** An outline before it is compared with anything. */
interface Outline {
  /** Null when there is none, or when its shape is an error. */
  readonly geometry: Areal | null;
  readonly corners: readonly PlacedCorner[];
  readonly findings: readonly SurveyFinding[];
  readonly traverse?: SurveyTraverse;
  readonly track?: SurveyTrackReport;
}

function shaped(corners: readonly PlacedCorner[], options: SurveyOptions, choose: ChooseCorners): Outline {
  const { findings, isBroken } = checkCorners(corners, options, choose);
  return { geometry: isBroken ? null : outlineOf(corners), corners, findings };
}

function byBearings(survey: SurveyedPolygon, start: LonLat | null, options: SurveyOptions): Outline {
  const { corners, traverse, findings } = surveyTraverse(survey, start, options);
  if (corners.length === 0) return { geometry: null, corners, findings, ...(traverse ? { traverse } : {}) };
  // Leaving out a corner would leave out a leg, and then nothing closes: no suggestion of that kind here.
  const shape = shaped(corners, options, () => null);
  const knowsOrder = findings.some(({ code }) => code === "polygon.vertex-order");
  const own = shape.findings.filter(({ code }) => !(knowsOrder && code === "polygon.vertex-order"));
  return { ...shape, findings: [...findings, ...own], ...(traverse ? { traverse } : {}) };
}

/** One corner of a list of coordinates: read, or laid out from the corner before when only a leg was typed. */
function listedCorner(survey: SurveyedPolygon, index: number, before: LonLat | undefined) {
  const point = survey.points[index];
  const place: SurveyPlace = { part: "points", index };
  const text = point?.coordinate?.trim() ?? "";
  if (text !== "") return readPosition(point?.coordinate ?? "", survey.reading, place);
  if (!isTyped(point)) return { ok: false, findings: [finding("survey.point-missing", "error", {}, place)] } as const;
  const leg = readLeg(point, survey, place);
  if (!leg.ok) return leg;
  const bearing = before ? trueBearingNear(leg.value.bearingDegrees, survey, before) : null;
  if (!before) return { ok: false, findings: [finding("survey.point-missing", "error", {}, place)] } as const;
  if (bearing === null) return { ok: false, findings: [finding("survey.declination-missing", "error")] } as const;
  return { ok: true, value: destination(before, bearing, leg.value.metres) } as const;
}

function byCoordinates(survey: SurveyedPolygon, options: SurveyOptions): Outline {
  const findings: SurveyFinding[] = [];
  const corners: PlacedCorner[] = [];
  const hasText = survey.points.some(({ coordinate }) => coordinate?.trim());
  if (hasText && !survey.reading.datum) {
    return { geometry: null, corners: [], findings: [finding("survey.datum-missing", "error")] };
  }
  survey.points.forEach((point, index) => {
    const read = listedCorner(survey, index, corners[corners.length - 1]);
    if (read.ok) {
      const kind = index === 0 ? "turning" : point.kind;
      corners.push({ ...read.value, kind, place: { part: "points", index } });
    } else findings.push(...read.findings);
  });
  if (corners.length < survey.points.length) {
    return { geometry: null, corners, findings: [...checkUnreadable(survey, options), ...findings] };
  }
  const choose: ChooseCorners = (order) => ({
    points: order.flatMap((index) => survey.points[index] ?? []),
  });
  const usesLegs = survey.points.some((point) => !point.coordinate?.trim());
  return shaped(corners, options, usesLegs ? () => null : choose);
}

function byTrack(survey: SurveyedPolygon, options: SurveyOptions): Outline {
  const { track } = survey;
  if (!track || track.points.length === 0) {
    return { geometry: null, corners: [], findings: [finding("survey.track-missing", "error")] };
  }
  const { corners, report } = cleanTrack(track);
  const placed = corners.map(
    ({ lon, lat }): PlacedCorner => ({ lon, lat, kind: "turning", place: { part: "survey" } }),
  );
  const shape = shaped(placed, options, () => null);
  const walked = placed.reduce((sum, corner, index) => sum + distanceMetres(placed[index - 1] ?? corner, corner), 0);
  const limitMetres = Math.max(10, walked * 0.05);
  const { gapMetres, dropped } = report;
  const count = Object.values(dropped).reduce((sum, each) => sum + each, 0);
  return {
    ...shape,
    findings: [
      ...shape.findings,
      ...(gapMetres > limitMetres ? [finding("survey.track-open", "warning", { metres: gapMetres, limitMetres })] : []),
      ...(count > 0
        ? [finding("survey.track-cleaned", "advice", { ...dropped, count, recorded: report.recorded })]
        : []),
    ],
    track: report,
  };
}

function byFile(survey: SurveyedPolygon, options: SurveyOptions): Outline {
  const { file } = survey;
  if (!file) return { geometry: null, corners: [], findings: [finding("survey.file-missing", "error")] };
  const { findings, isBroken } = checkFileShape(file.geometry, options, (geometry) => ({
    file: { ...file, geometry },
  }));
  const { geometry } = repairPolygon(file.geometry);
  const rings = geometry.type === "Polygon" ? geometry.coordinates : (geometry.coordinates[0] ?? []);
  const isOne = rings.length === 1 && (geometry.type === "Polygon" || geometry.coordinates.length === 1);
  const corners = isOne
    ? (rings[0] ?? []).slice(0, -1).map(
        ([lon = Number.NaN, lat = Number.NaN]): PlacedCorner => ({
          lon,
          lat,
          kind: "turning",
          place: { part: "survey" },
        }),
      )
    : [];
  return { geometry: isBroken ? null : geometry, corners, findings };
}

const severities = ["error", "warning", "advice"] as const;

/**
 * Works out a surveyed polygon: the outline on the ground in WGS 84, its corners, closure and adjustment, geodesic area
 * and perimeter, and everything there is to say about it. Pure: the same survey and options give the same result.
 *
 * A traverse that closes badly still has an outline, because a programme may accept it with a reason; an outline that
 * crosses itself, encloses nothing or cannot be placed has none.
 * @param survey as typed
 * @param options what it is compared with, and limits
 */
export function computeSurvey(survey: SurveyedPolygon, options: SurveyOptions = {}): ComputedSurvey {
  const listed = survey.method === "coordinates" || survey.method === "drawn" ? byCoordinates(survey, options) : null;
  const approach = followApproach(survey, options, listed?.corners[0] ?? null);
  const outline =
    listed ??
    (survey.method === "bearing-distance"
      ? byBearings(survey, approach.places.start ?? null, options)
      : survey.method === "gps-track"
        ? byTrack(survey, options)
        : byFile(survey, options));
  const findings: SurveyFinding[] = [...approach.findings, ...outline.findings];
  if (survey.method === "bearing-distance" && !approach.places.start) {
    findings.push(...checkUnreadable(survey, options));
  }

  let geometry = outline.geometry && repairPolygon(outline.geometry).geometry;
  let snapped: ComputedSurvey["snapped"];
  const { neighbours = [] } = options;
  if (geometry) {
    const typed = typedPositions(survey, outline, approach.places.start);
    const misplaced = checkOutlinePlace(survey, geometry, typed, options);
    findings.push(...misplaced);
    if (survey.snapMetres !== undefined && survey.snapMetres > 0) {
      const near = neighboursNear(geometry, neighbours, survey.snapMetres).map((each) => each.geometry);
      const fitted = snapToNeighbours(geometry, near, survey.snapMetres);
      geometry = single(fitted.geometry);
      snapped = { movedPoints: fitted.movedPoints, largestMetres: fitted.largestMetres };
    }
    // A polygon in another country overlaps nothing and leaves every task; one sentence is enough.
    if (geometry && misplaced.length === 0) findings.push(...checkTask(geometry, options));
    if (geometry) findings.push(...checkNeighbours(survey, geometry, options));
  }
  return {
    geometry,
    corners: measureCorners(outline.corners),
    approach: approach.places,
    ...(outline.traverse ? { traverse: outline.traverse } : {}),
    ...(outline.track ? { track: outline.track } : {}),
    ...(snapped ? { snapped } : {}),
    squareMetres: geometry && areaSquareMetres(geometry),
    perimeterMetres: geometry && perimeterMetres(geometry),
    findings: severities.flatMap((severity) => findings.filter((each) => each.severity === severity)),
  };
}

/** The positions that were typed as coordinates: corners of a list, or the start of a traverse. */
function typedPositions(survey: SurveyedPolygon, outline: Outline, start: LonLat | undefined): Position[] {
  if (survey.method === "bearing-distance") return start ? [[start.lon, start.lat]] : [];
  return outline.corners.map(({ lon, lat }): Position => [lon, lat]);
}

/** One part as a polygon; null when nothing is left. */
function single(geometry: Areal): Areal | null {
  if (geometry.type === "Polygon") return geometry;
  const [only, ...others] = geometry.coordinates;
  if (!only) return null;
  return others.length > 0 ? geometry : { type: "Polygon", coordinates: only };
}
