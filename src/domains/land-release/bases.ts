import { prepareRegion, type Region } from "@santi/land-geometry";
import type { Tx } from "../../platform/database/types.ts";
import { readWkb } from "../../platform/files/index.ts";
import type { StoredRecord } from "../../platform/records/store.ts";
import { readAreas } from "../land/index.ts";
import type { AreaClass, AreaStatus } from "../land/model.ts";
import { countryBoundary, firstLevelUnits, liesInCountry } from "../places/index.ts";
import { type Areal, noGround } from "./ground.ts";
import type { NationalRules } from "./model.ts";
import { type Link, rulesAt } from "./refold.ts";
import type { AreaState, ReportFacts } from "./state.ts";
import { findProducts, findStates, type ProductRow, type StateRow } from "./state-store.ts";
import { findRulesInForce, type PlacedReport, type StoredReport } from "./store.ts";

/** Areas as they stand and as they were before their first report. */
export interface Ground {
  records: ReadonlyMap<string, StoredRecord>;
  rows: ReadonlyMap<string, StateRow>;
  products: readonly ProductRow[];
  /** Before their first report; areas that a report made are not among them. */
  bases: ReadonlyMap<string, AreaState>;
  /** As they stand. */
  now: ReadonlyMap<string, AreaState>;
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

/**
 * Loads areas from which reports can be folded: on what stands, or anew from the first.
 * @param lock whether their states are about to be written
 */
export async function readGround(tx: Tx, country: string, areas: readonly string[], lock = false): Promise<Ground> {
  const records = new Map((await readAreas(tx, country, areas)).map((record) => [record.id, record]));
  const rows = new Map((await findStates(tx, country, areas, lock)).map((row) => [row.area, row]));
  const products = await findProducts(tx, country, areas);
  const units = [...records.values()].map(({ values }) => values.unit).filter((unit) => typeof unit === "string");
  const provinces = await firstLevelUnits(tx, country, units);
  const bases = new Map<string, AreaState>();
  const now = new Map<string, AreaState>();
  for (const record of records.values()) {
    const state = fromRecord(record, provinces);
    const row = rows.get(record.id);
    now.set(record.id, row ? fromStored(state, row, products) : state);
    if (!row) bases.set(record.id, state);
    // Where it lies and who it belongs to is what its record says now; what reports change is what it was before them.
    else if (row.base) bases.set(record.id, { ...state, ...row.base });
  }
  return { records, rows, products, bases, now };
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

type RulesVersions = readonly { body: Partial<NationalRules>; from: string }[];

/** Approved reports in their places, each with the rules under which it was approved. */
export function linksOf(reports: readonly PlacedReport[], versions: RulesVersions): Link[] {
  return reports.map((report) => ({
    facts: factsOf(report),
    place: report.place,
    rules: rulesAt(versions, report.approvedAt ?? ""),
  }));
}

/** The rules in force in a country at a moment, its own ones over the usual ones; a version of a later day does not count. */
export async function rulesOf(tx: Tx, country: string, now = new Date()): Promise<NationalRules> {
  return rulesAt(await findRulesInForce(tx, country), now.toISOString());
}

/** The land of a country, prepared for checks, when one of the boxes (degrees) may lie outside it; null otherwise. */
export async function landAround(
  tx: Tx,
  country: string,
  boxes: readonly (readonly [number, number, number, number])[],
): Promise<Region | null> {
  if (await liesInCountry(tx, country, boxes)) return null;
  const wkb = await countryBoundary(tx, country);
  const border = wkb ? (readWkb(wkb) as Areal | null) : null;
  return border ? prepareRegion(border) : null;
}
