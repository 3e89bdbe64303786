import type { Tx } from "../../platform/database/types.ts";
import type { StoredRecord } from "../../platform/records/store.ts";
import { readAreas } from "../land/index.ts";
import type { AreaClass, AreaStatus } from "../land/model.ts";
import { findPosted } from "../ledger/index.ts";
import type { Posting } from "../ledger/model.ts";
import { firstLevelUnits, unitAround } from "../places/index.ts";
import { checkReport } from "./checks.ts";
import type { Part } from "./contract-body.ts";
import { applyReport } from "./fold.ts";
import { type Areal, boxOf, noGround } from "./ground.ts";
import { defaultRules, type NationalRules } from "./model.ts";
import type { AreaState, Effects, ProductEffect, ReportFacts, ReportFinding, World } from "./state.ts";
import {
  findNeighbours,
  findProducts,
  findReleasedNear,
  findStates,
  type ProductRow,
  type StateRow,
} from "./state-store.ts";
import { findAccreditation, findApprovedOf, findControl, findRules, type StoredReport } from "./store.ts";

/** What approving a report would do, or does. */
export interface Computed {
  findings: ReportFinding[];
  before: ReadonlyMap<string, AreaState>;
  after: ReadonlyMap<string, AreaState>;
  touched: ReadonlySet<string>;
  /** What the ledger gets. When earlier facts change, what they were posted as is taken back in the same entries. */
  postings: Posting[];
  products: ProductEffect[];
  /** Products that no longer hold. */
  voided: string[];
  excluded: Record<string, Areal>;
  records: ReadonlyMap<string, StoredRecord>;
}

/** The rules in force in a country, its own ones over the usual ones. */
export async function rulesOf(tx: Tx, country: string): Promise<NationalRules> {
  return { ...defaultRules, ...(await findRules(tx, country))?.body };
}

/** A report as the fold takes it. */
export function factsOf(report: StoredReport): ReportFacts {
  return {
    id: report.id,
    code: report.code,
    type: report.type,
    effectiveOn: report.effectiveOn ?? "",
    area: report.area,
    organisation: report.organisation,
    unit: report.unit,
    body: report.body,
    ...(report.result ? { excluded: report.result.excluded } : {}),
  };
}

function namedAreas(report: StoredReport): string[] {
  return [
    ...(report.area ? [report.area] : []),
    ...report.body.parts.flatMap(({ area }) => (area ? [area] : [])),
    ...(report.result?.areas ?? []),
  ];
}

/** An area from its record alone, before any report. */
export function fromRecord(record: StoredRecord, provinces: ReadonlyMap<string, string>): AreaState {
  const { values } = record;
  const text = (name: string) => (values[name] as string | undefined) ?? null;
  const geometry = values.geometry as { type: string } | undefined;
  const outline = geometry?.type === "Polygon" || geometry?.type === "MultiPolygon" ? (geometry as Areal) : null;
  return {
    id: record.id,
    code: text("code") ?? "",
    name: text("name"),
    areaClass: (text("areaClass") ?? "indication") as AreaClass,
    status: (text("status") ?? "open") as AreaStatus,
    perimeter: outline,
    ground: noGround,
    openSquareMetres: 0,
    identifiedOn: text("identifiedOn"),
    closedOn: text("closedOn"),
    closureReason: text("closureReason"),
    contamination: (values.contamination as string[] | undefined) ?? [],
    evidence: text("evidence") as AreaState["evidence"],
    unit: text("unit"),
    province: provinces.get(text("unit") ?? "") ?? null,
    landClass: null,
    organisation: text("organisation"),
    parent: null,
    released: [],
    effectiveOn: null,
    carried: false,
  };
}

function fromStored(base: AreaState, row: StateRow, products: readonly ProductRow[]): AreaState {
  return {
    ...base,
    areaClass: row.areaClass,
    status: row.status,
    perimeter: row.perimeter,
    ground: row.ground,
    openSquareMetres: row.openSquareMetres,
    parent: row.parent,
    landClass: row.landClass,
    released: products.flatMap(({ area, geometry }) => (area === row.area && geometry ? [geometry] : [])),
    effectiveOn: row.effectiveOn,
    carried: true,
  };
}

/** Any place well inside or on the polygon, good enough to ask in which unit it lies. */
function somePlace(geometry: Areal): [number, number] {
  const [west, south, east, north] = boxOf(geometry);
  return [(west + east) / 2, (south + north) / 2];
}

async function placesOf(tx: Tx, country: string, reports: readonly StoredReport[]): Promise<World["places"]> {
  const places = new Map<string, { unit: string; province: string | null }>();
  for (const report of reports) {
    const drawn = report.body.parts.filter(
      (part): part is Part & { geometry: Areal } =>
        part.geometry !== null && ["identified", "missed-item"].includes(part.outcome) && part.area === null,
    );
    for (const part of drawn) {
      const found = await unitAround(tx, country, somePlace(part.geometry), report.effectiveOn ?? "");
      if (found) places.set(part.id, found);
    }
  }
  return places;
}

/**
 * All areas and approved reports that hang together with some areas: reports that changed them, areas that those reports
 * changed, and so on. Nothing outside is computed anew.
 */
async function component(tx: Tx, country: string, start: readonly string[]) {
  const areas = new Set(start);
  for (;;) {
    const reports = await findApprovedOf(tx, country, [...areas]);
    const size = areas.size;
    for (const report of reports) for (const id of namedAreas(report)) areas.add(id);
    if (areas.size === size) return { areas: [...areas], reports };
  }
}

const postingKey = (p: Posting) =>
  JSON.stringify([
    p.about,
    p.area,
    p.account,
    p.effectiveOn,
    p.province,
    p.unit,
    p.organisation,
    p.project,
    p.contamination,
    p.method,
    p.landClass,
    p.depthCentimetres,
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

const productKey = (p: Pick<ProductEffect, "report" | "area" | "kind" | "squareMetres" | "effectiveOn">) =>
  [p.report, p.area, p.kind, p.squareMetres, p.effectiveOn].join();

/**
 * Works out what approving a report does, and everything that keeps it from being approved. Reads only.
 * A report that comes after all others of its areas is applied to their present state. One that is dated before another,
 * or that puts an approved one right, makes its areas be folded anew from their first report.
 * @param options.lock whether the states are about to be written
 */
export async function computeReport(
  tx: Tx,
  report: StoredReport,
  options: { now: Date; lock?: boolean },
): Promise<Computed> {
  const { country } = report;
  const rules = await rulesOf(tx, country);
  const own = checkReport(report, {
    now: options.now,
    rules,
    accreditation: report.organisation ? await findAccreditation(tx, country, report.organisation) : null,
    controlled: await findControl(tx, country, report.area, report.task),
  });
  const corrected = report.corrects ? await findApprovedOf(tx, country, namedAreas(report)) : [];
  const old = corrected.find(({ id }) => id === report.corrects) ?? null;
  const start = [...new Set([...namedAreas(report), ...(old ? namedAreas(old) : [])])];
  const rows = await findStates(tx, country, start, options.lock ?? false);
  const late = report.corrects !== null || rows.some((row) => row.effectiveOn > (report.effectiveOn ?? ""));
  const whole = late ? await component(tx, country, start) : { areas: start, reports: [] };
  const areas = [...new Set(whole.areas)];
  const records = new Map((await readAreas(tx, country, areas)).map((record) => [record.id, record]));
  const states = late ? await findStates(tx, country, areas, options.lock ?? false) : rows;
  const products = await findProducts(tx, country, areas);
  const units = [...records.values()].map(({ values }) => values.unit).filter((unit) => typeof unit === "string");
  const provinces = await firstLevelUnits(tx, country, units);
  const bases = new Map([...records.values()].map((record) => [record.id, fromRecord(record, provinces)]));
  const before = new Map(bases);
  for (const row of states) {
    const base = bases.get(row.area);
    if (base) before.set(row.area, fromStored(base, row, products));
  }
  const boxes = report.body.parts.flatMap(({ geometry }) =>
    geometry && geometry.coordinates.length > 0 ? [boxOf(geometry)] : [],
  );
  const world: World = {
    areas: new Map(before),
    neighbours: (await findNeighbours(tx, country, boxes)).filter(({ id }) => !before.has(id)),
    released: (await findReleasedNear(tx, country, boxes)).filter(({ id }) => !before.has(id)),
    rules,
    places: await placesOf(tx, country, [report, ...whole.reports]),
  };
  const shared = { before, records };
  if (!late) {
    const effects = applyReport(world, factsOf({ ...report, result: null }));
    return { ...shared, ...settled(effects, own), after: world.areas, products: effects.products, voided: [] };
  }
  return { ...shared, ...(await foldAnew(tx, { report, old, world, chain: whole.reports, bases, own, products })) };
}

function settled(effects: Effects, own: readonly ReportFinding[]) {
  const seen = new Set(own.map(({ check, part }) => `${check} ${part}`));
  const findings = [...own, ...effects.findings.filter(({ check, part }) => !seen.has(`${check} ${part}`))];
  return { findings, postings: effects.postings, touched: effects.touched, excluded: effects.excluded };
}

/** Folds all reports of a component from the first on, with the new one in its place, and finds what that changes. */
async function foldAnew(
  tx: Tx,
  input: {
    report: StoredReport;
    old: StoredReport | null;
    world: World;
    chain: readonly StoredReport[];
    bases: ReadonlyMap<string, AreaState>;
    own: readonly ReportFinding[];
    products: readonly ProductRow[];
  },
) {
  const { report, old, world, chain, bases, own, products } = input;
  const order = (each: StoredReport) =>
    each.id === report.id ? (old?.sequence ?? Number.MAX_SAFE_INTEGER) : (each.sequence ?? 0);
  const reports = [...chain.filter(({ id }) => id !== report.corrects), report].sort(
    (a, b) => (a.effectiveOn ?? "").localeCompare(b.effectiveOn ?? "") || order(a) - order(b),
  );
  const madeHere = new Set(reports.flatMap(({ body }) => body.parts.map(({ id }) => id)));
  // Before their first report areas were what somebody had noted; those that a report made were nothing.
  const folded: World = { ...world, areas: new Map() };
  for (const base of bases.values())
    if (!madeHere.has(base.id)) folded.areas.set(base.id, { ...base, areaClass: "indication", status: "open" });
  const findings: ReportFinding[] = [...own];
  const wanted: Posting[] = [];
  const made: ProductEffect[] = [];
  const touched = new Set<string>();
  let excluded: Record<string, Areal> = {};
  for (const each of reports) {
    const isNew = each.id === report.id;
    const effects = applyReport(folded, factsOf(isNew ? { ...each, result: null } : each));
    wanted.push(...effects.postings);
    made.push(...effects.products);
    for (const id of effects.touched) touched.add(id);
    if (isNew) {
      excluded = effects.excluded;
      findings.push(
        ...effects.findings.filter(({ check, part }) => !own.some((f) => f.check === check && f.part === part)),
      );
    } else
      for (const finding of effects.findings.filter(({ severity }) => severity === "error"))
        findings.push({
          ...finding,
          check: "later-report-fails",
          part: null,
          params: { code: each.code, check: finding.check },
        });
  }
  // Codes and names of areas that reports made earlier are in their records.
  for (const [id, state] of folded.areas) {
    const base = bases.get(id);
    if (base) folded.areas.set(id, { ...state, code: base.code, name: base.name, unit: state.unit ?? base.unit });
  }
  for (const id of bases.keys()) touched.add(id);
  const posted = await findPosted(tx, report.country, [...new Set([...bases.keys(), ...folded.areas.keys()])]);
  const standing = new Map<string, ProductRow[]>();
  for (const product of products)
    standing.set(productKey(product), [...(standing.get(productKey(product)) ?? []), product]);
  const fresh = made.filter((product) => standing.get(productKey(product))?.pop() === undefined);
  const voided = [...standing.values()].flat().map(({ id }) => id);
  return {
    findings,
    after: folded.areas,
    touched,
    postings: difference(wanted, posted),
    products: fresh,
    voided,
    excluded,
  };
}
