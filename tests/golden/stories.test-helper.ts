import { apportion } from "@santi/land-geometry";
import { expect } from "vitest";
import { createAreas } from "../../src/domains/land/index.ts";
import type { AreaClass } from "../../src/domains/land/model.ts";
import { bodySchema } from "../../src/domains/land-release/contract-body.ts";
import { type PastReport, recordPast } from "../../src/domains/land-release/index.ts";
import type { Outcome, ReportType } from "../../src/domains/land-release/model.ts";
import { strips } from "../../src/domains/land-release/samples.ts";
import { unitDefinition } from "../../src/domains/places/index.ts";
import type { Tx } from "../../src/platform/database/types.ts";
import { newId } from "../../src/platform/kernel/ids.ts";
import { createRecords } from "../../src/platform/records/actions.ts";

/** Something that an approved report said about a whole number of square metres of an area. */
export interface Step {
  on: string;
  outcome: Extract<Outcome, "cancelled" | "reduced" | "cleared" | "administrative" | "boundary-increase">;
  squareMetres: number;
  withAsset?: boolean;
  /** The day on which the report was approved; 30 days after its date of information when left out. */
  knownOn?: string;
}

/** The life of one hazardous area as published figures need it. */
export interface Story {
  /** Name of its first-level unit. */
  province?: string;
  on: string;
  squareMetres: number;
  areaClass: Extract<AreaClass, "sha" | "cha">;
  contamination?: readonly string[];
  landClass?: string;
  project?: string;
  steps?: readonly Step[];
}

const change = { accountId: null, now: new Date("2026-11-23T00:00:00Z"), reason: null };

const typeOf: Readonly<Record<Step["outcome"], ReportType>> = {
  cancelled: "cancellation",
  reduced: "technical-survey",
  cleared: "clearance",
  administrative: "re-survey",
  "boundary-increase": "re-survey",
};

function later(day: string, days: number): string {
  return new Date(Date.parse(`${day}T08:00:00Z`) + days * 86_400_000).toISOString();
}

/** Areas lie in columns of a kilometre, side by side and clear of each other. */
const cornerOf = (n: number) => [100 + (n % 100) * 0.05, 8 + Math.floor(n / 100)] as const;

/**
 * Ground of one area: a strip for each step and one for what stays, drawn so that each has its whole number of square
 * metres by geodesic area. Ground that the boundary takes in lies above all the rest.
 */
function groundOf({ squareMetres, steps = [] }: Story, n: number) {
  const added = steps.filter(({ outcome }) => outcome === "boundary-increase");
  const taken = steps.filter(({ outcome }) => outcome !== "boundary-increase");
  const rest = [...taken].reduce((left, step) => left - step.squareMetres, squareMetres);
  const sizes = [...taken.map((step) => step.squareMetres), rest, ...added.map((step) => step.squareMetres)];
  const [west, south] = cornerOf(n);
  const inside = taken.length + (rest > 0 ? 1 : 0);
  const { parts } = strips(west, south, west + 0.01, rest > 0 ? sizes : sizes.filter((_, i) => i !== taken.length));
  const { whole } = strips(west, south, west + 0.01, [squareMetres]);
  return {
    whole,
    of: [...taken, ...added].map((step, i) => [step, parts[i < taken.length ? i : inside + i - taken.length]] as const),
  };
}

function reportsOf(country: string, story: Story, area: string, n: number): PastReport[] {
  const { whole, of } = groundOf(story, n);
  const ground = new Map(of);
  const report = (type: ReportType, on: string, knownOn: string | undefined, part: object): PastReport => ({
    ...{ country, id: newId(), type, area, effectiveOn: on, approvedAt: later(knownOn ?? on, knownOn ? 0 : 30) },
    ...{ organisation: null, task: null, unit: null, startedOn: null, endedOn: null, corrects: null },
    body: bodySchema.parse({
      ...{ methods: ["manual"], reason: "As surveyed", project: story.project ?? null },
      parts: [{ id: newId(), area, ...part }],
    }),
  });
  const { areaClass, contamination = [], landClass = null } = story;
  return [
    report("non-technical-survey", story.on, undefined, {
      ...{ outcome: "identified", geometry: whole, areaClass, contamination: [...contamination], landClass },
    }),
    ...[...(story.steps ?? [])]
      .sort((one, other) => one.on.localeCompare(other.on))
      .map((step) =>
        report(typeOf[step.outcome], step.on, step.knownOn, {
          ...{ outcome: step.outcome, geometry: ground.get(step), withAsset: step.withAsset ?? null },
          depthCentimetres: step.outcome === "cleared" ? 20 : null,
        }),
      ),
  ];
}

/** First-level units by name. */
export async function makeProvinces(tx: Tx, country: string, names: readonly string[]): Promise<Map<string, string>> {
  const units = await createRecords(
    tx,
    unitDefinition,
    names.map((name, i) => ({
      country,
      values: { code: String(i + 1).padStart(2, "0"), names: { en: name }, level: 1 },
    })),
    change,
  );
  return new Map(units.map(({ id }, i) => [names[i] as string, id]));
}

/**
 * Stores the areas of some stories and everything that was reported about them, as approved reports of the past. Each
 * square metre of a table that is made from them comes from a polygon in a report.
 * @returns the ids of the areas, in order
 */
export async function tell(
  tx: Tx,
  country: string,
  stories: readonly Story[],
  provinces: ReadonlyMap<string, string> = new Map(),
): Promise<string[]> {
  const areas = stories.map(() => newId());
  await createAreas(
    tx,
    stories.map((story, i) => ({
      country,
      id: areas[i] as string,
      values: {
        ...{ areaClass: "indication", status: "open" },
        ...(story.province ? { unit: provinces.get(story.province) as string } : {}),
      },
    })),
    change,
  );
  const reports = stories.flatMap((story, i) => reportsOf(country, story, areas[i] as string, i));
  const { stored, refused } = await recordPast(tx, country, reports, change);
  expect(refused).toEqual([]);
  expect(stored).toBe(reports.length);
  return areas;
}

/** Shares a total out over so many parts of unlike size; whole numbers that add up to it. */
export function shares(total: number, parts: number): number[] {
  return apportion(
    total,
    Array.from({ length: parts }, (_, i) => 5 + ((i * 7) % 11)),
  );
}

/** Square metres of a figure that a publication gives in square kilometres. */
export const fromKm2 = (km2: number) => Math.round(km2 * 1e6);

/** A figure as publications print it: rounded once, from whole square metres. */
export const printedKm2 = (squareMetres: number, digits = 2) => (squareMetres / 1e6).toFixed(digits);

/** The n-th of some days that lie evenly in a year. */
export function dayIn(year: number, n: number, of: number): string {
  return new Date(Date.UTC(year, 0, 1) + Math.floor((364 * (n + 0.5)) / of) * 86_400_000).toISOString().slice(0, 10);
}
