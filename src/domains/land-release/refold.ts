import type { AreaClass, AreaStatus } from "../land/model.ts";
import type { Posting } from "../ledger/model.ts";
import { applyReport } from "./fold.ts";
import { type Areal, boxOf, isEmpty, metresOf } from "./ground.ts";
import { defaultRules, type NationalRules } from "./model.ts";
import type { AreaState, ProductEffect, ReportFacts, ReportFinding, World } from "./state.ts";

/** One report in its place among others. */
export interface Link {
  facts: ReportFacts;
  /** Order of approval among the reports of one day; a correction has that of the report it puts right. Null: last. */
  place: number | null;
  /** In force when it was approved. */
  rules: NationalRules;
}

/** What an area was from a day on. */
export interface AreaVersion {
  area: string;
  report: string | null;
  effectiveOn: string;
  place: number | null;
  areaClass: AreaClass;
  status: AreaStatus;
  openSquareMetres: number;
  perimeter: Areal | null;
  ground: Areal;
}

/** What reports make of areas when they are applied one after the other. */
export interface Folded {
  areas: ReadonlyMap<string, AreaState>;
  touched: ReadonlySet<string>;
  postings: Posting[];
  products: ProductEffect[];
  versions: AreaVersion[];
  findings: { report: ReportFacts; finding: ReportFinding }[];
  /** Ground left to others, by part, of the reports that were not approved before. */
  excluded: Record<string, Areal>;
}

/** The rules in force at a moment (ISO, UTC): the country's newest version until then, over the usual ones. */
export function rulesAt(
  versions: readonly { body: Partial<NationalRules>; from: string }[],
  moment: string,
): NationalRules {
  const at = Date.parse(moment);
  return { ...defaultRules, ...versions.findLast(({ from }) => Date.parse(from) <= at)?.body };
}

/** Reports in the order in which they count: by date of information, then by place. */
export function inOrder(links: readonly Link[]): Link[] {
  return [...links].sort(
    (a, b) =>
      a.facts.effectiveOn.localeCompare(b.facts.effectiveOn) ||
      (a.place ?? Number.MAX_SAFE_INTEGER) - (b.place ?? Number.MAX_SAFE_INTEGER),
  );
}

/**
 * Folds reports over areas. The one way in which reports become states, entries and products: for a new report on what
 * stands, for a whole group of areas anew, and for proving that what is stored is what the reports say.
 * @param bases the areas before the first of the reports; those that one of them makes are left out
 * @param around what lies beside the areas; asked only by reports that were not approved before
 */
export function foldReports(
  links: readonly Link[],
  bases: ReadonlyMap<string, AreaState>,
  around: Pick<World, "neighbours" | "released" | "places" | "codes"> = {
    neighbours: [],
    released: [],
    places: new Map(),
  },
): Folded {
  const areas = new Map(bases);
  const touched = new Set<string>();
  const folded = { areas, touched, postings: [], products: [], versions: [], findings: [], excluded: {} } as Folded & {
    areas: Map<string, AreaState>;
  };
  for (const { facts, place, rules } of inOrder(links)) {
    const effects = applyReport({ ...around, areas, rules }, facts);
    folded.postings.push(...effects.postings);
    folded.products.push(...effects.products);
    folded.findings.push(...effects.findings.map((finding) => ({ report: facts, finding })));
    if (!facts.excluded) Object.assign(folded.excluded, effects.excluded);
    for (const id of effects.touched) {
      touched.add(id);
      const state = areas.get(id);
      if (!state?.carried) continue;
      const { areaClass, status, openSquareMetres, perimeter, ground } = state;
      const { id: report, effectiveOn } = facts;
      folded.versions.push({
        ...{ area: id, report, effectiveOn, place, areaClass, status, openSquareMetres, perimeter, ground },
      });
    }
  }
  return folded;
}

/** Which of the wanted things do not stand yet, and which of those that stand are not wanted. */
export function exchange<W, S>(
  wanted: readonly W[],
  standing: readonly S[],
  keyOf: (thing: W | S) => string,
): { missing: W[]; stale: S[] } {
  const left = new Map<string, S[]>();
  for (const thing of standing) {
    const key = keyOf(thing);
    left.set(key, [...(left.get(key) ?? []), thing]);
  }
  const missing = wanted.filter((thing) => left.get(keyOf(thing))?.pop() === undefined);
  return { missing, stale: [...left.values()].flat() };
}

/** Ground by its size and its box to a centimetre: told from other ground, equal after it was stored. */
function groundKey(geometry: Areal | null): string {
  if (!geometry || isEmpty(geometry)) return "";
  return [metresOf(geometry), ...boxOf(geometry).map((degrees) => degrees.toFixed(7))].join();
}

/** What makes a product the same as another. */
export function productKey(
  product: Pick<ProductEffect, "report" | "area" | "kind" | "squareMetres" | "effectiveOn" | "geometry">,
): string {
  const { report, area, kind, squareMetres, effectiveOn, geometry } = product;
  return [report, area, kind, squareMetres, effectiveOn, groundKey(geometry)].join();
}

/** What makes a version of an area the same as another. */
export function versionKey(version: AreaVersion): string {
  const { area, report, effectiveOn, areaClass, status, openSquareMetres, perimeter, ground } = version;
  return [area, report, effectiveOn, areaClass, status, openSquareMetres, groundKey(perimeter), groundKey(ground)].join(
    " ",
  );
}

const postingKey = (p: Posting) =>
  JSON.stringify([
    ...[p.about, p.area, p.account, p.effectiveOn, p.province, p.unit, p.organisation, p.project],
    ...[p.contamination, p.method, p.landClass, p.depthCentimetres],
  ]);

/** What must be posted so that what stands in the ledger becomes what should stand there. */
export function difference(wanted: readonly Posting[], posted: readonly Posting[]): Posting[] {
  const sums = new Map<string, Posting>();
  const add = (posting: Posting, sign: 1 | -1) => {
    const key = postingKey(posting);
    const known = sums.get(key) ?? { ...posting, squareMetres: 0 };
    sums.set(key, { ...known, squareMetres: known.squareMetres + sign * posting.squareMetres });
  };
  for (const posting of posted) add(posting, -1);
  for (const posting of wanted) add(posting, 1);
  return [...sums.values()].filter(({ squareMetres }) => squareMetres !== 0);
}

/** What was noted about an area before its first report, of what reports change. Kept with its state. */
export type AreaBase = Pick<
  AreaState,
  "areaClass" | "status" | "perimeter" | "identifiedOn" | "closedOn" | "closureReason" | "contamination" | "evidence"
>;

/** What of an area that no report carries yet is kept for folding it anew later. */
export function baseOf(state: AreaState): AreaBase {
  const { areaClass, status, perimeter, identifiedOn, closedOn, closureReason, contamination, evidence } = state;
  return { areaClass, status, perimeter, identifiedOn, closedOn, closureReason, contamination, evidence };
}
