import type { Tx } from "../../platform/database/types.ts";
import { recordEvent } from "../../platform/events/index.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { entriesOf, insertEntries, type NewEntry } from "../ledger/index.ts";
import { newReport, type ReportInput, reportCodes } from "./actions.ts";
import { factsOf, readGround } from "./bases.ts";
import type { ReportType } from "./model.ts";
import { type AreaBase, type AreaVersion, baseOf, foldReports, rulesAt } from "./refold.ts";
import type { AreaState, ReportFinding } from "./state.ts";
import { insertProducts, putStates, stateRow } from "./state-store.ts";
import { addSteps, findRulesInForce, insertReports, type StoredReport, takeSequence } from "./store.ts";
import { insertVersions } from "./version-store.ts";

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
  const ground = await readGround(
    tx,
    country,
    ids.filter((id) => id !== null),
  );
  const rules = await findRulesInForce(tx, country);
  // Their records say already what the reports made of them; before, they were something that somebody had noted.
  const areas = new Map<string, AreaState>();
  const bases = new Map<string, AreaBase>();
  for (const [id, state] of ground.bases) {
    const noted: AreaState = { ...state, areaClass: "indication", status: "open" };
    areas.set(id, noted);
    bases.set(id, baseOf(noted));
  }
  const sequence = await takeSequence(tx, country, reports.length);
  const codes = await codesOf(tx, country, reports);
  const stored: StoredReport[] = [];
  const entries: NewEntry[] = [];
  const versions: Parameters<typeof insertVersions>[2][number][] = [];
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
    // Every area is by itself here, so that none asks whether another holds its ground.
    const touched = [past.area, ...past.body.parts.map((part) => part.area)].filter((id) => id !== null);
    const own = touched.flatMap((id): [string, AreaState][] => {
      const state = areas.get(id);
      return state ? [[id, state]] : [];
    });
    const link = { facts: factsOf(report), place: number, rules: rulesAt(rules, past.approvedAt) };
    const folded = foldReports([link], new Map(own));
    const errors = folded.findings.map(({ finding }) => finding).filter(({ severity }) => severity === "error");
    if (errors.length > 0) {
      outcome.refused.push({ report: report.code, findings: errors });
      continue;
    }
    for (const [id, state] of folded.areas) areas.set(id, state);
    for (const id of folded.touched) lastReport.set(id, number);
    stored.push({ ...report, result: { areas: [...folded.touched], excluded: {} } });
    const { id, sample } = report;
    const knownAt = past.approvedAt;
    entries.push(...entriesOf({ country, id, knownAt, sample }, folded.postings));
    products.push(...folded.products.map((product) => ({ ...product, id: newId(), sample })));
    const made = (version: AreaVersion) => ({ ...version, id: newId(), place: number, knownAt, sample });
    versions.push(...folded.versions.map(made));
  }
  await insertReports(tx, stored);
  await addSteps(
    tx,
    country,
    stored.map(({ id, approvedAt, sample }) => ({ report: id, at: approvedAt as string, sample })),
  );
  await insertEntries(tx, entries);
  await insertProducts(tx, country, products);
  await insertVersions(tx, country, versions);
  const samples = new Set(stored.filter((report) => report.sample).flatMap((report) => report.result?.areas ?? []));
  await putStates(
    tx,
    country,
    [...lastReport].flatMap(([id, sequence]) => {
      const state = areas.get(id);
      const base = bases.get(id) ?? null;
      return state ? [stateRow(state, { sequence, effectiveOn: "", base, sample: samples.has(id) })] : [];
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
