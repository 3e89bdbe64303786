import {
  type ComputedSurvey,
  computeSurvey,
  cornerNames,
  distanceMetres,
  intersectionArea,
  type SurveyedPolygon,
} from "@santi/land-geometry";
import { z } from "zod";
import type { Part } from "../contract-body.ts";
import { type Areal, metresOf } from "../ground.ts";
import type { Coded, FieldSurvey, ReleasedPolygon, SurveyPoint } from "./data.ts";

const text = z.string().max(2000);
const leg = z.looseObject({ bearing: text.optional(), distance: text.optional() });
const reading = z.looseObject({ datum: text.nullable() });
const named = z.looseObject({
  text,
  reading: reading.optional(),
  fixedBy: text.optional(),
  accuracyMetres: z.number().optional(),
});
/** A survey as the editor keeps it; a report's body takes whatever was sent, so it is looked at before it is worked out. */
const typedSurvey = z.looseObject({
  method: z.enum(["bearing-distance", "coordinates"]),
  reading,
  referencePoint: named.optional(),
  benchmark: named.optional(),
  start: named.optional(),
  referenceToBenchmark: leg.optional(),
  benchmarkToStart: leg.optional(),
  closingLeg: leg.optional(),
  points: z.array(leg.extend({ kind: z.enum(["turning", "intermediate"]), coordinate: text.optional() })).max(2000),
  north: z.enum(["true", "grid", "magnetic"]),
  declinationDegrees: z.number().nullable(),
  declinationDate: text.nullable(),
  distanceUnit: z.enum(["metre", "foot", "yard"]),
  adjust: z.boolean(),
});

/** A part's survey with everything that follows from it. */
export interface WorkedSurvey {
  part: Part;
  typed: SurveyedPolygon;
  computed: ComputedSurvey;
}

/** The surveys by bearing and distance or by coordinates among some parts, worked out anew from what was typed. */
export function surveysOf(parts: readonly Part[]): WorkedSurvey[] {
  return parts.flatMap((part) => {
    const read = typedSurvey.safeParse(part.survey);
    if (!read.success || read.data.points.length === 0) return [];
    const typed = read.data as unknown as SurveyedPolygon;
    return [{ part, typed, computed: computeSurvey(typed) }];
  });
}

const kindOf: Readonly<Record<string, readonly ReleasedPolygon["outcome"][]>> = {
  cancelled: ["cancelled"],
  reduced: ["reduced-with-asset", "reduced-without-asset"],
  cleared: ["cleared"],
};

/** Which released piece a survey is the outline of: the one that it covers most, if it covers more than half. */
export function pieceOf({ part }: WorkedSurvey, products: readonly ReleasedPolygon[]): number {
  const ground = part.geometry;
  if (!ground) return -1;
  const shares = products.map(({ outcome, geometry }) => {
    if (!kindOf[part.outcome]?.includes(outcome) || !geometry || !("coordinates" in geometry)) return 0;
    const piece = geometry as Areal;
    return intersectionArea(piece, ground) / Math.max(1, metresOf(piece));
  });
  const most = Math.max(0, ...shares);
  return most > 0.5 ? shares.indexOf(most) : -1;
}

const fixedCode = (fixedBy: string | undefined): Coded | null =>
  fixedBy ? { list: "fixed-by", value: fixedBy } : null;

/** The points outside the outline that lead to it, and where it starts, as far as the survey says. */
export function marksOf({ typed, computed: { approach } }: WorkedSurvey): SurveyPoint[] {
  const rows = [
    ["RP", "reference", "referencePoint"],
    ["BM", "benchmark", "benchmark"],
  ] as const;
  return rows.flatMap(([name, kind, member]) => {
    const at = approach[member];
    if (!at) return [];
    const { fixedBy, accuracyMetres = null } = typed[member] ?? {};
    return [{ name, kind, longitude: at.lon, latitude: at.lat, fixedBy: fixedCode(fixedBy), accuracyMetres }];
  });
}

/** Corners farther than this from a surveyed one are not it, metres. */
const sameCorner = 0.05;

/**
 * The corners of a piece under the names of its survey. Only where every one of them was surveyed: ground that was cut
 * by a neighbour has corners that nobody measured, and keeps computed names.
 * @param corners of the piece as it counts
 */
export function surveyedCorners(
  { typed, computed }: WorkedSurvey,
  corners: readonly SurveyPoint[],
): readonly SurveyPoint[] | null {
  if (corners.length !== computed.corners.length) return null;
  const at = (corner: SurveyPoint) => ({ lon: corner.longitude, lat: corner.latitude });
  const found = computed.corners.map((corner, i) => {
    const own = corners.find((each) => distanceMetres(at(each), corner) < sameCorner);
    if (!own) return null;
    const start = i === 0 ? typed.start : undefined;
    return {
      ...own,
      name: corner.name,
      kind: i === 0 ? ("start" as const) : corner.kind,
      fixedBy: fixedCode(start?.fixedBy ?? (typed.method === "bearing-distance" ? "bearing-distance" : undefined)),
      accuracyMetres: start?.accuracyMetres ?? null,
    };
  });
  const whole = found.filter((corner) => corner !== null);
  return whole.length === corners.length ? whole : null;
}

/** What was typed in the field, for the tables of a document. @param polygon the name of the piece or area */
export function fieldSurvey({ typed, computed }: WorkedSurvey, polygon: string): FieldSurvey {
  if (typed.method === "coordinates") {
    const names = cornerNames(typed.points.map(({ kind }) => kind));
    const points = typed.points.map(({ coordinate }, i) => ({ name: names[i] ?? "", asTyped: coordinate ?? "" }));
    return { polygon, traverse: null, coordinates: { datum: typed.reading.datum, points } };
  }
  const names = cornerNames(["turning", ...typed.points.map(({ kind }) => kind)]);
  const { traverse } = computed;
  const legs = [...typed.points, ...(typed.closingLeg ? [typed.closingLeg] : [])].map(({ bearing, distance }, i) => {
    const row = traverse?.rows[i];
    return {
      from: names[i] ?? "",
      to: names[(i + 1) % names.length] ?? "",
      bearing: bearing ?? "",
      distance: distance ?? "",
      adjusted: row ? { north: row.adjustedLatitude, east: row.adjustedDeparture } : null,
    };
  });
  return {
    polygon,
    coordinates: null,
    traverse: {
      north: typed.north,
      declinationDegrees: typed.declinationDegrees,
      declinationDate: typed.declinationDate,
      unit: typed.distanceUnit,
      start: typed.start?.text ?? null,
      legs,
      perimeterMetres: traverse?.perimeterMetres ?? null,
      misclosureMetres: traverse?.misclosureMetres ?? null,
      precision: traverse?.precision ?? null,
      adjusted: typed.adjust && traverse !== undefined,
    },
  };
}
