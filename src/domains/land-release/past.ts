import type { Tx } from "../../platform/database/types.ts";
import { recordEvent } from "../../platform/events/index.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { readAreas } from "../land/index.ts";
import { insertEntries } from "../ledger/index.ts";
import { firstLevelUnits } from "../places/index.ts";
import { newReport, type ReportInput, reportCodes } from "./actions.ts";
import { factsOf, fromRecord, rulesOf } from "./compute.ts";
import { applyReport } from "./fold.ts";
import type { ReportType } from "./model.ts";
import type { ReportFinding, World } from "./state.ts";
import { insertProducts, putStates } from "./state-store.ts";
import { addSteps, insertReports, type StoredReport, takeSequence } from "./store.ts";

/** A report that was approved before Santi knew of it, with the moment at which it became known. */
export interface PastReport extends ReportInput {
  id: string;
  effectiveOn: string;
  approvedAt: string;
}

/** What became of past reports: how many were stored, and why the others were not. */
export interface PastOutcome {
  stored: number;
  refused: { report: string; findings: ReportFinding[] }[];
}

/**
 * Stores approved reports of the past about areas whose records are there already and say what the reports made of them:
 * entries, products and states are written, the records are not touched. In one pass for many reports, so that ten
 * years of a programme take seconds. Ground of one area must not overlap another's; that is for whoever brings them.
 * @param reports of one country, in order of date within each area; none of the areas may be in the ledger yet
 */
export async function recordPast(
  tx: Tx,
  country: string,
  reports: readonly PastReport[],
  by: { accountId: string | null; now: Date },
): Promise<PastOutcome> {
  const outcome: PastOutcome = { stored: 0, refused: [] };
  if (reports.length === 0) return outcome;
  const ids = [...new Set(reports.flatMap(({ area, body }) => [area, ...body.parts.map((part) => part.area)]))];
  const records = await readAreas(
    tx,
    country,
    ids.filter((id) => id !== null),
  );
  const units = records.map(({ values }) => values.unit).filter((unit) => typeof unit === "string");
  const provinces = await firstLevelUnits(tx, country, units);
  const world: World = {
    areas: new Map(),
    neighbours: [],
    released: [],
    rules: await rulesOf(tx, country),
    places: new Map(),
  };
  for (const record of records)
    world.areas.set(record.id, { ...fromRecord(record, provinces), areaClass: "indication", status: "open" });
  const sequence = await takeSequence(tx, country, reports.length);
  const codes = await codesOf(tx, country, reports);
  const stored: StoredReport[] = [];
  const entries: Parameters<typeof insertEntries>[1][number][] = [];
  const products: Parameters<typeof insertProducts>[2][number][] = [];
  const lastReport = new Map<string, number>();
  for (const [i, past] of reports.entries()) {
    const number = sequence + i;
    const report: StoredReport = {
      ...newReport(past, past.code ?? (codes[i] as string), { ...by, now: new Date(past.approvedAt) }),
      state: "approved",
      submittedAt: past.approvedAt,
      verifiedAt: past.approvedAt,
      approvedAt: past.approvedAt,
      sequence: number,
    };
    // Every area of the world is by itself here, so that none asks whether another holds its ground.
    const own: World = { ...world, areas: new Map() };
    const touched = [past.area, ...past.body.parts.map((part) => part.area)].filter((id) => id !== null);
    for (const id of touched) {
      const state = world.areas.get(id);
      if (state) own.areas.set(id, state);
    }
    const effects = applyReport(own, factsOf(report));
    const errors = effects.findings.filter(({ severity }) => severity === "error");
    if (errors.length > 0) {
      outcome.refused.push({ report: report.code, findings: errors });
      continue;
    }
    for (const [id, state] of own.areas) world.areas.set(id, state);
    for (const id of effects.touched) lastReport.set(id, number);
    stored.push({ ...report, result: { areas: [...effects.touched], excluded: {} } });
    effects.postings.forEach((posting, line) => {
      entries.push({
        ...posting,
        country,
        report: report.id,
        knownAt: past.approvedAt,
        line: line + 1,
        sample: report.sample,
      });
    });
    for (const product of effects.products) products.push({ ...product, id: newId(), sample: report.sample });
  }
  await insertReports(tx, stored);
  await addSteps(
    tx,
    country,
    stored.map(({ id, approvedAt, sample }) => ({ report: id, at: approvedAt as string, sample })),
  );
  await insertEntries(tx, entries);
  await insertProducts(tx, country, products);
  const sample = new Set(stored.filter((report) => report.sample).flatMap((report) => report.result?.areas ?? []));
  await putStates(
    tx,
    country,
    [...lastReport].flatMap(([id, last]) => {
      const state = world.areas.get(id);
      if (!state) return [];
      const { perimeter, ground, openSquareMetres, areaClass, status, parent, landClass } = state;
      const effectiveOn = state.effectiveOn ?? "";
      return [
        {
          area: id,
          ...{ perimeter, ground, openSquareMetres, areaClass, status, parent, landClass, effectiveOn },
          sequence: last,
          sample: sample.has(id),
        },
      ];
    }),
  );
  outcome.stored = stored.length;
  await recordEvent(tx, {
    type: "land.reports-brought",
    country,
    accountId: by.accountId,
    now: by.now,
    payload: { stored: outcome.stored, refused: outcome.refused.length },
  });
  return outcome;
}

async function codesOf(tx: Tx, country: string, reports: readonly PastReport[]): Promise<string[]> {
  const counts = new Map<ReportType, number>();
  for (const { type, code } of reports) if (!code) counts.set(type, (counts.get(type) ?? 0) + 1);
  const made = new Map<ReportType, string[]>();
  for (const [type, count] of counts) made.set(type, (await reportCodes(tx, country, type, count)).reverse());
  return reports.map(({ type, code }) => code ?? (made.get(type)?.pop() as string));
}
