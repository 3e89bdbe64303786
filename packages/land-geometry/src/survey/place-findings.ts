import type { MultiPoint, Position } from "geojson";
import { checkPlace, type ExpectedPlace } from "../checks/place.ts";
import { positionsOf } from "../checks/positions.ts";
import type { Areal } from "../checks/rings.ts";
import { formatCoordinate } from "../coordinates/format.ts";
import { prepareRegion } from "../region.ts";
import { finding, readText } from "./reading.ts";
import type {
  CoordinateReading,
  SurveyedPolygon,
  SurveyFinding,
  SurveyOptions,
  SurveyPatch,
  SurveySuggestionReason,
} from "./types.ts";

/** Where a survey is expected: its country, or else the surroundings of its task; null when neither is known. */
export function expectedPlace(options: SurveyOptions): ExpectedPlace | null {
  const { region, regionToleranceMetres = 500, task } = options;
  if (region) return { region, toleranceMetres: regionToleranceMetres };
  if (task && positionsOf(task).length > 2) return { region: prepareRegion(task), toleranceMetres: 5000 };
  return null;
}

/** The texts of coordinates in a survey with the way back into it. */
interface Texts {
  readonly texts: readonly string[];
  with(changes: ReadonlyMap<number, string>): SurveyPatch;
}

function textsOf(survey: SurveyedPolygon): Texts {
  if (survey.method === "bearing-distance") {
    const { start } = survey;
    return {
      texts: start ? [start.text] : [],
      with: (changes) => ({ start: start ? { ...start, text: changes.get(0) ?? start.text } : null }),
    };
  }
  return {
    texts: survey.points.map(({ coordinate = "" }) => coordinate),
    with: (changes) => ({
      points: survey.points.map((point, index) => {
        const coordinate = changes.get(index);
        return coordinate === undefined ? point : { ...point, coordinate };
      }),
    }),
  };
}

/** How the coordinates of the outline are read: the start of a traverse may have a reading of its own. */
function readingOf(survey: SurveyedPolygon): CoordinateReading {
  return (survey.method === "bearing-distance" && survey.start?.reading) || survey.reading;
}

function withReading(survey: SurveyedPolygon, reading: CoordinateReading): SurveyPatch {
  return survey.method === "bearing-distance" && survey.start?.reading
    ? { start: { ...survey.start, reading } }
    : { reading };
}

/** Whether all texts can be read in a way that puts them where the survey should be. */
function fits(texts: readonly string[], reading: CoordinateReading, expected: ExpectedPlace | null): boolean {
  const typed = texts.filter((text) => text.trim() !== "");
  return (
    typed.length > 0 &&
    typed.every((text) => {
      const read = readText(text, reading);
      return read.ok && (!expected || expected.region.isWithin(read.lon, read.lat, expected.toleranceMetres ?? 0));
    })
  );
}

const swapped = (reading: CoordinateReading): CoordinateReading => ({
  ...reading,
  order: reading.order === "lon-lat" ? "lat-lon" : "lon-lat",
});

/**
 * What can be said of coordinates that cannot be read as typed: axes the other way round, which in this part of the
 * world makes a latitude above 90, and eastings and northings without a zone that fit the place in one zone only.
 */
export function checkUnreadable(survey: SurveyedPolygon, options: SurveyOptions): SurveyFinding[] {
  const { texts } = textsOf(survey);
  const reading = readingOf(survey);
  const problems = texts.map((text) => readText(text, reading)).map((read) => (read.ok ? null : read.problem.code));
  const expected = expectedPlace(options);
  if (problems.includes("coordinate.latitude-over-90") && fits(texts, swapped(reading), expected)) {
    const suggestion = { reason: "swap-axes", patch: withReading(survey, swapped(reading)) } as const;
    return [finding("place.axes-swapped", "error", {}, { part: "survey" }, suggestion)];
  }
  if (problems.includes("coordinate.zone-missing") && expected) {
    const [west, , east] = expected.region.bounds;
    const zones: number[] = [];
    for (let zone = Math.floor((west + 180) / 6); zone <= Math.floor((east + 180) / 6) + 2; zone++) {
      if (zone >= 1 && zone <= 60) zones.push(zone);
    }
    const readings = zones.flatMap((zone) =>
      (["N", "S"] as const).map((hemisphere) => ({ ...reading, zone: { zone, hemisphere } })),
    );
    const fitting = readings.filter((candidate) => fits(texts, candidate, expected));
    const [only] = fitting;
    if (fitting.length === 1 && only) {
      const suggestion = { reason: "country-zone", patch: withReading(survey, only) } as const;
      const params = { zone: only.zone.zone, hemisphere: only.zone.hemisphere };
      return [finding("place.wrong-zone", "error", params, { part: "survey" }, suggestion)];
    }
  }
  return [];
}

const suggested: Readonly<Partial<Record<string, SurveySuggestionReason>>> = {
  "swap-axes": "swap-axes",
  "flip-latitude-sign": "sign",
  "flip-longitude-sign": "sign",
  "flip-both-signs": "sign",
  "neighbour-zone": "neighbour-zone",
};

/** Texts that say other places, written as the old ones were. */
function retyped(
  survey: SurveyedPolygon,
  before: readonly Position[],
  after: readonly Position[],
  zone: number | undefined,
): SurveyPatch | null {
  const { texts, with: withTexts } = textsOf(survey);
  const reading = readingOf(survey);
  const changes = new Map<number, string>();
  for (const [index, text] of texts.entries()) {
    const [from, to] = [before[index], after[index]];
    if (!from || !to || (from[0] === to[0] && from[1] === to[1])) continue;
    const read = readText(text, reading);
    if (!read.ok) return null;
    const written = formatCoordinate(to[0] ?? Number.NaN, to[1] ?? Number.NaN, read.format, read.datum, {
      ...(reading.operation === undefined ? {} : { operation: reading.operation }),
      ...(zone !== undefined && read.zone ? { zone: { ...read.zone, zone } } : {}),
      ...(reading.centralMeridian === undefined ? {} : { centralMeridian: reading.centralMeridian }),
      ...(read.format === "decimal-degrees" ? { decimals: 7 } : {}),
    });
    if (!written.ok) return null;
    changes.set(index, written.text);
  }
  return changes.size > 0 ? withTexts(changes) : null;
}

/**
 * Looks whether an outline lies where the survey should be. Corrections of axes, signs and zone are offered as changes
 * of what was typed: of how the coordinates are read where that is enough, otherwise of the texts.
 * @param outline for outlines that were not typed
 */
export function checkOutlinePlace(
  survey: SurveyedPolygon,
  outline: Areal,
  typed: readonly Position[],
  options: SurveyOptions,
): SurveyFinding[] {
  const expected = expectedPlace(options);
  if (!expected) return [];
  const isTyped = survey.method === "coordinates" || survey.method === "drawn" || survey.method === "bearing-distance";
  const { texts } = textsOf(survey);
  const reading = readingOf(survey);
  const firstText = texts.find((text) => text.trim() !== "");
  const first = firstText === undefined ? null : readText(firstText, reading);
  const zone = first?.ok ? first.zone : undefined;
  const points: MultiPoint = { type: "MultiPoint", coordinates: typed.map((each) => [...each]) };
  const found = isTyped
    ? checkPlace(points, expected, zone && reading.datum ? { datum: reading.datum, zone } : undefined)
    : checkPlace(outline, expected);
  const findings = found.map(({ check, severity, params, path, suggestion }): SurveyFinding => {
    const [index] = path;
    const place =
      isTyped && index !== undefined && survey.method !== "bearing-distance"
        ? ({ part: "points", index } as const)
        : ({ part: survey.method === "bearing-distance" ? "start" : "survey" } as const);
    const reason = suggestion && suggested[suggestion.reason];
    if (!suggestion || !reason) return finding(check, severity, params, place);
    const target = suggestion.geometry;
    if (!isTyped) {
      const isAreal = target.type === "Polygon" || target.type === "MultiPolygon";
      const patch = isAreal && survey.file ? { file: { ...survey.file, geometry: target } } : null;
      return finding(check, severity, params, place, patch ? { reason, patch } : undefined);
    }
    const after = target.type === "MultiPoint" ? target.coordinates : [];
    const newZone = typeof params.zone === "number" ? params.zone : undefined;
    const otherwise =
      reason === "swap-axes"
        ? swapped(reading)
        : reason === "neighbour-zone" && reading.zone && newZone !== undefined
          ? { ...reading, zone: { ...reading.zone, zone: newZone } }
          : null;
    const patch =
      otherwise && fits(texts, otherwise, expected)
        ? withReading(survey, otherwise)
        : retyped(survey, typed, after, newZone);
    return finding(check, severity, params, place, patch ? { reason, patch } : undefined);
  });
  // Everything outside, and one good answer: the bare statement says nothing more.
  return findings.some(({ suggestion }) => suggestion)
    ? findings.filter(({ code }) => code !== "place.outside-region")
    : findings;
}
