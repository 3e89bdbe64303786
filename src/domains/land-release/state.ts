import type { AreaClass, AreaStatus } from "../land/model.ts";
import type { Account, EntryDimensions, Posting } from "../ledger/model.ts";
import type { Part, ReportBody } from "./contract-body.ts";
import { type Areal, groundLeft, type NamedGround, overlapsWith, united } from "./ground.ts";
import type { NationalRules, ReportType } from "./model.ts";

/** Something that a reviewer must know before a report is approved, or that keeps it from being approved. */
export interface ReportFinding {
  check: string;
  severity: "error" | "warning";
  /** The part that it is about, or null for the report as a whole. */
  part: string | null;
  /** The field of the part or of the report. */
  field: string | null;
  params: Readonly<Record<string, string | number | boolean | null>>;
}

export type ProductKind = "cancelled" | "reduced-with-asset" | "reduced-without-asset" | "cleared";

/** The state of an area as approved reports have made it. States are never altered, only replaced. */
export interface AreaState {
  id: string;
  code: string;
  name: string | null;
  areaClass: AreaClass;
  status: AreaStatus;
  /** Outline as reported; null for an area that was never surveyed. */
  perimeter: Areal | null;
  /** Open ground that counts in this area and in no other. */
  ground: Areal;
  openSquareMetres: number;
  identifiedOn: string | null;
  closedOn: string | null;
  closureReason: string | null;
  contamination: readonly string[];
  evidence: "direct" | "indirect" | null;
  unit: string | null;
  province: string | null;
  landClass: string | null;
  organisation: string | null;
  parent: string | null;
  /** Ground released so far. */
  released: readonly Areal[];
  /** The last report that changed it, by date of information and order of approval. */
  effectiveOn: string | null;
  /** Whether the ledger has it. */
  carried: boolean;
}

/** Released ground of one report. */
export interface ProductEffect {
  area: string;
  part: string;
  report: string;
  kind: ProductKind;
  geometry: Areal | null;
  squareMetres: number;
  depthCentimetres: number | null;
  method: string | null;
  effectiveOn: string;
}

/** A report as the fold needs it. */
export interface ReportFacts {
  id: string;
  code: string;
  type: ReportType;
  effectiveOn: string;
  area: string | null;
  organisation: string | null;
  unit: string | null;
  body: ReportBody;
  /** Ground held by others when it was approved, by part; asked of the world when the report is new. */
  excluded?: Readonly<Record<string, Areal>>;
}

/** Areas as they are while reports are applied one after the other. */
export interface World {
  areas: Map<string, AreaState>;
  /** Open ground of areas that the reports do not touch. */
  neighbours: readonly NamedGround[];
  /** Land around the reports' polygons that was given back. */
  released: readonly NamedGround[];
  rules: NationalRules;
  /** Where the polygons of parts lie: the administrative unit and the first-level unit above it, by part. */
  places: ReadonlyMap<string, { unit: string; province: string | null }>;
  /** Codes that areas have by now, of those that are made anew from their first report. */
  codes?: ReadonlyMap<string, string>;
}

/** What a report does. */
export interface Effects {
  postings: Posting[];
  products: ProductEffect[];
  findings: ReportFinding[];
  /** Areas whose state changed, new ones too. */
  touched: ReadonlySet<string>;
  /** Ground left to others, by part, to be kept with the report. */
  excluded: Record<string, Areal>;
}

/** The account that holds the open land of a class; an indication has none. */
export const stockOf: Readonly<Record<AreaClass, Account | null>> = {
  indication: null,
  sha: "suspected",
  cha: "confirmed",
};

/** One report at work on the world. */
export interface Step {
  world: World;
  report: ReportFacts;
  effects: Effects & { touched: Set<string> };
}

/** Notes what keeps the report from being approved. */
export function refuse(
  step: Step,
  check: string,
  part: Part | null,
  params: ReportFinding["params"] = {},
  field = "",
): void {
  step.effects.findings.push({ check, severity: "error", part: part?.id ?? null, field: field || null, params });
}

/** Notes what a reviewer should know. */
export function warn(step: Step, check: string, part: Part | null, params: ReportFinding["params"] = {}): void {
  step.effects.findings.push({ check, severity: "warning", part: part?.id ?? null, field: null, params });
}

/** Puts the new state of an area in place of the old one. */
export function replace({ world, report, effects }: Step, state: AreaState): void {
  world.areas.set(state.id, { ...state, effectiveOn: report.effectiveOn, carried: true });
  effects.touched.add(state.id);
}

/** Adds postings of one area; amounts of nothing and accounts that an indication has not are left out. */
export function post(
  step: Step,
  state: AreaState,
  part: Part | null,
  amounts: readonly [Account | null, number][],
): void {
  const { report, effects } = step;
  const dimensions: EntryDimensions = {
    province: state.province,
    unit: state.unit,
    organisation: report.organisation,
    project: report.body.project,
    // In one order, so that the same combination is one row of a table.
    contamination: [...state.contamination].sort(),
    method: part?.method ?? report.body.methods[0] ?? null,
    landClass: state.landClass,
    depthCentimetres: part?.depthCentimetres ?? null,
  };
  for (const [account, squareMetres] of amounts) {
    if (account === null || squareMetres === 0) continue;
    effects.postings.push({
      ...dimensions,
      area: state.id,
      account,
      squareMetres,
      effectiveOn: report.effectiveOn,
      about: report.id,
    });
  }
}

/** Open ground of all other areas, those of the report and those beside it. */
function othersGround({ world }: Step, self: string): NamedGround[] {
  const mine = [...world.areas.values()].filter(({ id }) => id !== self);
  return [...mine, ...world.neighbours.filter(({ id }) => !world.areas.has(id))];
}

/** The part of a polygon that other areas do not hold; what they hold is told and kept with the report. */
export function ownGround(step: Step, part: Part, geometry: Areal, self: string): Areal {
  const { report, effects } = step;
  if (report.excluded) {
    const kept = report.excluded[part.id];
    if (!kept) return geometry;
    effects.excluded[part.id] = kept;
    return groundLeft(geometry, [{ ground: kept }]);
  }
  const overlaps = overlapsWith(geometry, othersGround(step, self));
  if (overlaps.length === 0) return geometry;
  for (const { code, squareMetres } of overlaps) warn(step, "overlaps-open-area", part, { code, squareMetres });
  effects.excluded[part.id] = united(overlaps.map(({ ground }) => ground));
  // Taken from all that hold some of it and from nobody else, as it will be when the report is applied again.
  return groundLeft(geometry, overlaps);
}
