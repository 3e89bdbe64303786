import type { Tx } from "../../platform/database/types.ts";
import type { StoredRecord } from "../../platform/records/store.ts";
import { findPosted } from "../ledger/index.ts";
import type { Posting } from "../ledger/model.ts";
import { firstLevelUnits, unitAround } from "../places/index.ts";
import { factsOf, landAround, linksOf, readGround } from "./bases.ts";
import { checkReport } from "./checks.ts";
import type { Part } from "./contract-body.ts";
import { type Areal, boxOf, isEmpty, placeInside } from "./ground.ts";
import { inspectedOrganisation, isControlled } from "./inspection.ts";
import { findTask } from "./link-store.ts";
import { boxesIn } from "./place-checks.ts";
import {
  type AreaVersion,
  difference,
  exchange,
  type Folded,
  foldReports,
  type Link,
  productKey,
  rulesAt,
  versionKey,
} from "./refold.ts";
import type { AreaState, ProductEffect, ReportFacts, ReportFinding, World } from "./state.ts";
import { findLatest, findNeighbours, findReleasedNear } from "./state-store.ts";
import { findAccreditation, findApproved, findApprovedOf, findRulesInForce, type StoredReport } from "./store.ts";
import { findVersions } from "./version-store.ts";

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
  /** What areas are from which day on, as far as the report makes it so. */
  versions: AreaVersion[];
  /** Versions that no longer hold. */
  ended: string[];
  excluded: Record<string, Areal>;
  records: ReadonlyMap<string, StoredRecord>;
}

function namedAreas(report: StoredReport): string[] {
  return [
    ...(report.area ? [report.area] : []),
    // Areas that its parts would make, should they be there already.
    ...report.body.parts.map(({ area, id }) => area ?? id),
    ...(report.result?.areas ?? []),
  ];
}

/**
 * Units in which new areas lie, on the day of their report; of one that has no day yet, today. Where no unit with a border
 * is around them, the unit that the report names.
 */
async function placesOf(
  tx: Tx,
  country: string,
  reports: readonly StoredReport[],
  areas: ReadonlyMap<string, AreaState>,
  today: string,
): Promise<World["places"]> {
  const places = new Map<string, { unit: string; province: string | null }>();
  const named = reports.flatMap(({ unit }) => (unit ? [unit] : []));
  const provinces = await firstLevelUnits(tx, country, named);
  const isNew = ({ outcome, area }: Part, report: StoredReport) => {
    if (outcome === "identified" || outcome === "missed-item") return area === null || !areas.get(area)?.unit;
    const known = outcome === "reclassified" ? areas.get(area ?? report.area ?? "") : undefined;
    return known?.areaClass === "indication" && !known.unit;
  };
  for (const report of reports) {
    const { unit } = report;
    for (const part of report.body.parts.filter((each) => isNew(each, report))) {
      const { geometry } = part;
      const found =
        geometry && !isEmpty(geometry)
          ? await unitAround(tx, country, placeInside(geometry), report.effectiveOn ?? today)
          : null;
      const place = found ?? (unit ? { unit, province: provinces.get(unit) ?? null } : null);
      if (place) places.set(part.id, place);
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

/**
 * Works out what approving a report does, and everything that keeps it from being approved. Reads only.
 * A report that comes after all others of its areas is folded on their present state. One that is dated before another,
 * or that puts an approved one right, makes its areas be folded anew from their first report.
 * @param options.lock whether the states are about to be written
 */
export async function computeReport(
  tx: Tx,
  report: StoredReport,
  options: { now: Date; lock?: boolean },
): Promise<Computed> {
  const { country } = report;
  const versions = await findRulesInForce(tx, country);
  const rules = rulesAt(versions, options.now.toISOString());
  const old = report.corrects ? await findApproved(tx, country, report.corrects) : null;
  const start = [...new Set([...namedAreas(report), ...(old ? namedAreas(old) : [])])];
  const late = old !== null || (await findLatest(tx, country, start)) > (report.effectiveOn ?? "");
  const whole = late ? await component(tx, country, start) : { areas: start, reports: [] };
  const ground = await readGround(tx, country, whole.areas, options.lock);
  const own = checkReport(report, {
    now: options.now,
    rules,
    accreditation: report.organisation ? await findAccreditation(tx, country, report.organisation) : null,
    // Asked only where it matters.
    controlled:
      !report.body.parts.some(({ outcome }) => outcome === "cleared") ||
      (await isControlled(tx, country, report.area, report.task)),
    areaKnown: report.area !== null && ground.now.has(report.area),
    land: await landAround(tx, country, boxesIn(report)),
    task: report.task ? await findTask(tx, country, report.task) : null,
    inspected: report.type === "quality-inspection" ? await inspectedOrganisation(tx, report) : null,
  });
  const boxes = report.body.parts.flatMap(({ geometry }) =>
    geometry && geometry.coordinates.length > 0 ? [boxOf(geometry)] : [],
  );
  const around = {
    neighbours: (await findNeighbours(tx, country, boxes)).filter(({ id }) => !ground.now.has(id)),
    released: (await findReleasedNear(tx, country, boxes)).filter(({ id }) => !ground.now.has(id)),
    places: await placesOf(tx, country, [report, ...whole.reports], ground.now, options.now.toISOString().slice(0, 10)),
  };
  const link: Link = { facts: factsOf({ ...report, result: null }), place: old?.place ?? null, rules };
  const shared = { before: ground.now, records: ground.records };
  if (!late) {
    const folded = foldReports([link], ground.now, around);
    const { areas: after, touched, postings, products, versions: made, excluded } = folded;
    const findings = findingsOf(report, own, folded);
    return { ...shared, after, touched, postings, products, versions: made, excluded, findings, voided: [], ended: [] };
  }
  const chain = linksOf(
    whole.reports.filter(({ id }) => id !== report.corrects),
    versions,
  );
  const codes = new Map([...ground.now].map(([id, { code }]) => [id, code]));
  const folded = foldReports([...chain, link], ground.bases, { ...around, codes });
  const after = withNames(folded.areas, ground.records, link.facts, ground.now);
  const touched = new Set([...folded.touched, ...ground.records.keys()]);
  const posted = await findPosted(tx, country, [...new Set([...ground.records.keys(), ...after.keys()])]);
  const products = exchange(folded.products, ground.products, productKey);
  const made = exchange(folded.versions, await findVersions(tx, country, [...ground.records.keys()]), versionKey);
  return {
    ...shared,
    after,
    touched,
    postings: difference(folded.postings, posted),
    products: products.missing,
    voided: products.stale.map(({ id }) => id),
    versions: made.missing,
    ended: made.stale.map(({ id }) => id),
    excluded: folded.excluded,
    findings: findingsOf(report, own, folded).map((finding) => beforeItsArea(report, finding, ground.now)),
  };
}

/** Says of a report that is dated before its area was found what is the matter, where the fold only missed the area. */
function beforeItsArea(
  report: StoredReport,
  finding: ReportFinding,
  areas: ReadonlyMap<string, AreaState>,
): ReportFinding {
  const part = report.body.parts.find(({ id }) => id === finding.part);
  const known = areas.get(part?.area ?? report.area ?? "");
  if (finding.check !== "area-unknown" || !known?.identifiedOn || known.identifiedOn <= (report.effectiveOn ?? ""))
    return finding;
  const params = { code: known.code, date: known.identifiedOn };
  return { ...finding, check: "report-before-area", field: "effectiveOn", params };
}

/** What is wrong with a report by itself, with what it does to areas, and with what later reports would then do. */
function findingsOf(report: StoredReport, own: readonly ReportFinding[], folded: Folded): ReportFinding[] {
  const said = new Set(own.map(({ check, part }) => `${check} ${part}`));
  const others = folded.findings.flatMap(({ report: each, finding }): ReportFinding[] => {
    if (each.id === report.id) return said.has(`${finding.check} ${finding.part}`) ? [] : [finding];
    if (finding.severity !== "error") return [];
    const params = { code: each.code, check: finding.check };
    return [{ ...finding, check: "later-report-fails", part: null, params }];
  });
  return [...own, ...others];
}

/**
 * Areas folded anew, with what their records say that no report may change back: codes and names as they are known by
 * now, and the unit where the reports named none.
 */
function withNames(
  areas: ReadonlyMap<string, AreaState>,
  records: ReadonlyMap<string, StoredRecord>,
  facts: ReportFacts,
  now: ReadonlyMap<string, AreaState>,
): Map<string, AreaState> {
  const saysName = new Set(facts.body.parts.flatMap(({ id, area, name }) => (name ? [area ?? id] : [])));
  return new Map(
    [...areas].map(([id, state]) => {
      const known = records.has(id) ? now.get(id) : undefined;
      if (!known) return [id, state];
      const name = saysName.has(id) ? state.name : known.name;
      return [id, { ...state, code: known.code, name, unit: state.unit ?? known.unit }];
    }),
  );
}
