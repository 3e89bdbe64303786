import { prepareRegion } from "@santi/land-geometry";
import type { LineString, MultiLineString, MultiPolygon, Polygon } from "geojson";
import type { ScreeningRule } from "./model.ts";
import { lastDigitTest } from "./screening-digits.ts";
import { copiedShapes } from "./screening-shapes.ts";

/** What a field report says, as plain facts. Days as `YYYY-MM-DD`, areas in square metres. */
export interface ReportFacts {
  id: string;
  organisation: string;
  team: string | null;
  from: string;
  to: string;
  /** A code of the list `work-method`; decides which rate is possible. */
  method: string | null;
  polygons: readonly (Polygon | MultiPolygon)[];
  processedSquareMetres: number | null;
  deminers: number | null;
  hours: number | null;
  devices: number | null;
  track?: LineString | MultiLineString | null;
}

/**
 * A reason to look again, never an accusation: which rule, which reports, and the numbers behind it. The sentence is
 * the message `quality.screening.<rule>` with `numbers` as its arguments.
 */
export interface Reason {
  rule: ScreeningRule;
  reports: readonly string[];
  numbers: Readonly<Record<string, number>>;
  sentence: `quality.screening.${ScreeningRule}`;
}

/** From where on something is worth a look; a country's own settings. */
export interface ScreeningLimits {
  /** Largest believable square metres a deminer-day, by method; `other` for methods without their own. */
  squareMetresPerDeminerDay: Readonly<Record<string, number>>;
  /** Fewest consecutive days with the same figures. */
  repeatedDays: number;
  /** Fewest figures for the test of last digits, and the p-value below which it speaks. */
  digitFigures: number;
  digitProbability: number;
  /** Largest believable share of a track outside the polygon, and how far outside does not count, metres. */
  trackOutsideShare: number;
  trackToleranceMetres: number;
  /** How closely two shapes must agree to be called copies, metres. */
  shapeToleranceMetres: number;
}

/** What counts until a country sets its own: wide limits, so that a reason is worth a reviewer's time. */
export const shippedLimits: ScreeningLimits = {
  squareMetresPerDeminerDay: {
    manual: 100,
    "instrument-search": 800,
    "visual-search": 5000,
    "animal-detection": 1500,
    mechanical: 5000,
    "non-technical": 2_000_000,
    other: 5000,
  },
  repeatedDays: 3,
  digitFigures: 50,
  digitProbability: 0.001,
  trackOutsideShare: 0.3,
  trackToleranceMetres: 15,
  shapeToleranceMetres: 0.25,
};

const reason = (rule: ScreeningRule, reports: readonly string[], numbers: Reason["numbers"]): Reason => ({
  rule,
  reports,
  numbers,
  sentence: `quality.screening.${rule}`,
});

const dayNumber = (day: string) => Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000);

/**
 * Screens reports for what can hardly be true or was hardly measured. It orders nothing and blames nobody: equal
 * figures and copied shapes have honest explanations, and only people at the place know them.
 * @returns reasons in the order of the rules, each naming the reports in the order given
 */
export function screenReports(reports: readonly ReportFacts[], limits: ScreeningLimits = shippedLimits): Reason[] {
  return [
    ...copiedPolygons(reports, limits),
    ...impossibleRates(reports, limits),
    ...repeatedFigures(reports, limits),
    ...unevenDigits(reports, limits),
    ...strayTracks(reports, limits),
  ];
}

function copiedPolygons(reports: readonly ReportFacts[], limits: ScreeningLimits): Reason[] {
  const shapes = reports.flatMap(({ id, polygons }) => polygons.map((polygon) => ({ id, polygon })));
  return copiedShapes(shapes, limits.shapeToleranceMetres)
    .filter(({ one, two }) => one !== two)
    .map(({ one, two, kind, corners, metresApart, turnedDegrees }) =>
      kind === "same"
        ? reason("same-polygon", [one, two], { corners })
        : reason("copied-shape", [one, two], { corners, metres: metresApart, degrees: turnedDegrees }),
    );
}

function impossibleRates(reports: readonly ReportFacts[], limits: ScreeningLimits): Reason[] {
  return reports.flatMap((report): Reason[] => {
    const { id, processedSquareMetres: processed, deminers, method } = report;
    if (processed === null || processed <= 0 || deminers === null) return [];
    if (deminers === 0) return [reason("area-without-people", [id], { squareMetres: processed })];
    const days = dayNumber(report.to) - dayNumber(report.from) + 1;
    if (!(days >= 1)) return [];
    const rates = limits.squareMetresPerDeminerDay;
    const limit = rates[method ?? "other"] ?? rates.other;
    const rate = processed / (deminers * days);
    if (limit === undefined || rate <= limit) return [];
    return [
      reason("impossible-rate", [id], { squareMetres: processed, deminers, days, rate: Math.round(rate), limit }),
    ];
  });
}

/** Reports of one day each by one team, in the order of days. */
function daysByTeam(reports: readonly ReportFacts[]): ReportFacts[][] {
  const teams = new Map<string, ReportFacts[]>();
  for (const report of reports) {
    if (report.from !== report.to || report.team === null) continue;
    const key = `${report.organisation}/${report.team}`;
    teams.set(key, [...(teams.get(key) ?? []), report]);
  }
  return [...teams.values()].map((days) => days.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)));
}

function repeatedFigures(reports: readonly ReportFacts[], limits: ScreeningLimits): Reason[] {
  const figures = (report: ReportFacts) =>
    [report.processedSquareMetres, report.deminers, report.hours, report.devices].join("/");
  const reasons: Reason[] = [];
  for (const days of daysByTeam(reports)) {
    let run: ReportFacts[] = [];
    const close = () => {
      const [first] = run;
      // Days without work are rightly alike.
      if (first && run.length >= limits.repeatedDays && (first.processedSquareMetres ?? 0) > 0)
        reasons.push(
          reason(
            "repeated-figures",
            run.map(({ id }) => id),
            { days: run.length, squareMetres: first.processedSquareMetres ?? 0 },
          ),
        );
    };
    for (const day of days) {
      const last = run.at(-1);
      // A weekend between two days does not make the figures new.
      const follows = last && dayNumber(day.from) - dayNumber(last.from) <= 3 && figures(day) === figures(last);
      if (!follows) {
        close();
        run = [];
      }
      run.push(day);
    }
    close();
  }
  return reasons;
}

function unevenDigits(reports: readonly ReportFacts[], limits: ScreeningLimits): Reason[] {
  const groups = new Map<string, ReportFacts[]>();
  for (const report of reports) {
    // A figure of one digit is its size, not its ending.
    if ((report.processedSquareMetres ?? 0) < 100) continue;
    groups.set(report.organisation, [...(groups.get(report.organisation) ?? []), report]);
  }
  return [...groups.values()].flatMap((group): Reason[] => {
    if (group.length < limits.digitFigures) return [];
    const test = lastDigitTest(group.map(({ processedSquareMetres }) => processedSquareMetres ?? 0));
    if (test.probability >= limits.digitProbability) return [];
    return [
      reason(
        "last-digits",
        group.map(({ id }) => id),
        {
          figures: group.length,
          digit: test.mostFrequent,
          share:
            test.counts[test.mostFrequent] === undefined
              ? 0
              : (test.counts[test.mostFrequent] as number) / group.length,
          chiSquare: test.chiSquare,
          probability: test.probability,
        },
      ),
    ];
  });
}

const metresPerDegree = 111_320;

function strayTracks(reports: readonly ReportFacts[], limits: ScreeningLimits): Reason[] {
  return reports.flatMap((report): Reason[] => {
    if (!report.track || report.polygons.length === 0) return [];
    const regions = report.polygons.map((polygon) => prepareRegion(polygon));
    const lines = report.track.type === "LineString" ? [report.track.coordinates] : report.track.coordinates;
    let length = 0;
    let outside = 0;
    for (const line of lines) {
      line.forEach(([lon = 0, lat = 0], at) => {
        const next = line[at + 1];
        if (!next) return;
        const [toLon = 0, toLat = 0] = next;
        const shrink = Math.cos((lat * Math.PI) / 180);
        const metres = Math.hypot((toLon - lon) * shrink, toLat - lat) * metresPerDegree;
        // Five-metre steps: fine enough beside the tolerance, few enough for a day's track.
        const steps = Math.max(1, Math.ceil(metres / 5));
        for (let step = 0; step < steps; step++) {
          const t = (step + 0.5) / steps;
          const [x, y] = [lon + (toLon - lon) * t, lat + (toLat - lat) * t];
          length += metres / steps;
          if (!regions.some((region) => region.isWithin(x, y, limits.trackToleranceMetres))) outside += metres / steps;
        }
      });
    }
    if (length === 0 || outside / length <= limits.trackOutsideShare) return [];
    return [reason("track-outside", [report.id], { share: outside / length, metres: Math.round(outside) })];
  });
}
