import type { Tx } from "../../platform/database/types.ts";
import { readAreas } from "../land/index.ts";
import { findPosted, ledgerTable } from "../ledger/index.ts";
import { type Account, accounts, type Posting } from "../ledger/model.ts";
import { linksOf, readGround } from "./bases.ts";
import { metresOf } from "./ground.ts";
import { type AreaVersion, exchange, foldReports, productKey, versionKey } from "./refold.ts";
import type { AreaState, ProductEffect } from "./state.ts";
import type { ProductRow, StateRow } from "./state-store.ts";
import { findApprovedOf, findRulesInForce } from "./store.ts";
import { findAreasWithState, findOutlines, type ReportOutline } from "./verify-store.ts";
import { findVersions } from "./version-store.ts";

/** Something that is stored otherwise than the approved reports say. */
export interface LedgerDifference {
  /** `unfounded`: an area that no approved report made; `refused`: a report that would not hold if approved today. */
  kind: "entry" | "product" | "state" | "version" | "total" | "unfounded" | "refused";
  area: string | null;
  areaCode: string;
  reportCode: string;
  /** The account, the kind of product, the member of the state, the day of the version, or the check that refuses. */
  what: string;
  stored: string | number | null;
  computed: string | number | null;
}

/** What a verification looked at and found. */
export interface LedgerVerification {
  areas: number;
  reports: number;
  differences: LedgerDifference[];
}

/** Areas that hang together: each report joins all areas that it names. */
function components(outlines: readonly ReportOutline[]): string[][] {
  const parents = new Map<string, string>();
  const root = (id: string): string => {
    let at = id;
    for (let up = parents.get(at); up !== undefined && up !== at; up = parents.get(at)) at = up;
    parents.set(id, at);
    return at;
  };
  for (const { areas } of outlines)
    for (const area of areas) {
      if (!parents.has(area)) parents.set(area, area);
      parents.set(root(area), root(areas[0] as string));
    }
  const groups = new Map<string, string[]>();
  for (const area of parents.keys()) groups.set(root(area), [...(groups.get(root(area)) ?? []), area]);
  return [...groups.values()];
}

/** How many areas are looked at together, at least, while there are more. */
const batchSize = 400;

/** Groups put together until they are worth asking the database for; what hangs together stays together. */
function inBatches(groups: readonly string[][]): string[][] {
  const batches: string[][] = [];
  for (const group of groups) {
    const last = batches.at(-1);
    if (last && last.length < batchSize) last.push(...group);
    else batches.push([...group]);
  }
  return batches;
}

type Name = { code: (area: string) => string; report: (id: string) => string };

/** Amounts by report, area, account and day; who, where and how are left out, for they follow from records that change. */
function compareEntries(wanted: readonly Posting[], posted: readonly Posting[], name: Name): LedgerDifference[] {
  const sums = new Map<string, { posting: Posting; stored: number; computed: number }>();
  const add = (posting: Posting, side: "stored" | "computed") => {
    const key = [posting.about, posting.area, posting.account, posting.effectiveOn].join();
    const sum = sums.get(key) ?? { posting, stored: 0, computed: 0 };
    sum[side] += posting.squareMetres;
    sums.set(key, sum);
  };
  for (const posting of posted) add(posting, "stored");
  for (const posting of wanted) add(posting, "computed");
  return [...sums.values()]
    .filter(({ stored, computed }) => stored !== computed)
    .map(({ posting, stored, computed }) => ({
      ...{ kind: "entry", area: posting.area, areaCode: name.code(posting.area), stored, computed },
      ...{ reportCode: name.report(posting.about), what: posting.account },
    }));
}

function compareProducts(
  wanted: readonly ProductEffect[],
  standing: readonly ProductRow[],
  name: Name,
): LedgerDifference[] {
  const { missing, stale } = exchange(wanted, standing, productKey);
  const said = (
    product: ProductEffect | ProductRow,
    stored: number | null,
    computed: number | null,
  ): LedgerDifference => ({
    ...{ kind: "product", area: product.area, areaCode: name.code(product.area), what: product.kind },
    ...{ reportCode: name.report(product.report), stored, computed },
  });
  return [
    ...missing.map((product) => said(product, null, product.squareMetres)),
    ...stale.map((product) => said(product, product.squareMetres, null)),
  ];
}

function compareVersions(
  wanted: readonly AreaVersion[],
  standing: readonly AreaVersion[],
  name: Name,
): LedgerDifference[] {
  // Versions that were taken over from a state when they began to be kept say less than the reports.
  const takenOver = new Set(standing.filter(({ report }) => report === null).map(({ area }) => area));
  const told = (versions: readonly AreaVersion[]) => versions.filter(({ area }) => !takenOver.has(area));
  const { missing, stale } = exchange(told(wanted), told(standing), versionKey);
  const said = (version: AreaVersion, stored: number | null, computed: number | null): LedgerDifference => ({
    ...{ kind: "version", area: version.area, areaCode: name.code(version.area), what: version.effectiveOn },
    ...{ reportCode: version.report ? name.report(version.report) : "", stored, computed },
  });
  return [
    ...missing.map((version) => said(version, null, version.openSquareMetres)),
    ...stale.map((version) => said(version, version.openSquareMetres, null)),
  ];
}

function compareState(area: string, row: StateRow | undefined, state: AreaState | undefined, name: Name) {
  const differences: LedgerDifference[] = [];
  const compare = (what: string, stored: string | number | null, computed: string | number | null) => {
    if (stored === computed) return;
    const about = { area, areaCode: name.code(area), reportCode: "" };
    differences.push({ kind: "state", ...about, what, stored, computed });
  };
  compare("openSquareMetres", row?.openSquareMetres ?? 0, state?.openSquareMetres ?? 0);
  compare("ground", row ? metresOf(row.ground) : 0, state ? metresOf(state.ground) : 0);
  // What a correction undid stays stored, as closed.
  if (state?.carried) {
    compare("areaClass", row?.areaClass ?? null, state.areaClass);
    compare("status", row?.status ?? null, state.status);
  } else if (row) compare("status", row.status, "closed");
  return differences;
}

/**
 * Folds every area of a country anew from its first approved report, and compares what comes out with what is stored:
 * ledger entries by report, area, account and day, products, states, and the sums from which tables are made. Amounts
 * are whole square metres. Reads only; some hundred areas are in memory at a time.
 * @param onProgress told now and then how many areas are done
 */
export async function verifyLedger(
  tx: Tx,
  country: string,
  onProgress: (areas: number) => void = () => {},
): Promise<LedgerVerification> {
  const outlines = await findOutlines(tx, country);
  const rules = await findRulesInForce(tx, country);
  const withState = await findAreasWithState(tx, country);
  const reported = components(outlines);
  const known = new Set(reported.flat());
  const unfounded = withState.filter((area) => !known.has(area));
  const differences: LedgerDifference[] = [];
  const totals = new Map<Account, number>();
  let areas = 0;
  for (const batch of inBatches(reported)) {
    const reports = await findApprovedOf(tx, country, batch);
    const { records, rows, bases, products } = await readGround(tx, country, batch);
    const folded = foldReports(linksOf(reports, rules), bases);
    const versions = await findVersions(tx, country, batch);
    const codes = new Map(reports.map(({ id, code }) => [id, code]));
    const name: Name = {
      code: (area) => (records.get(area)?.values.code as string | undefined) ?? folded.areas.get(area)?.code ?? "",
      report: (id) => codes.get(id) ?? id,
    };
    const everywhere = [...new Set([...batch, ...folded.areas.keys()])];
    const posted = await findPosted(tx, country, everywhere);
    differences.push(
      ...folded.findings
        .filter(({ finding }) => finding.severity === "error")
        .map(
          ({ report, finding }): LedgerDifference => ({
            ...{ kind: "refused", area: report.area, areaCode: name.code(report.area ?? "") },
            ...{ reportCode: report.code, what: finding.check, stored: null, computed: null },
          }),
        ),
      ...compareEntries(folded.postings, posted, name),
      ...compareProducts(folded.products, products, name),
      ...compareVersions(folded.versions, versions, name),
      ...batch.flatMap((area) => compareState(area, rows.get(area), folded.areas.get(area), name)),
    );
    for (const { account, squareMetres } of folded.postings)
      totals.set(account, (totals.get(account) ?? 0) + squareMetres);
    areas += batch.length;
    onProgress(areas);
  }
  for (const record of await readAreas(tx, country, unfounded)) {
    const code = (record.values.code as string | undefined) ?? "";
    const nothing = { stored: null, computed: null };
    differences.push({ kind: "unfounded", area: record.id, areaCode: code, reportCode: "", what: "state", ...nothing });
  }
  differences.push(...(await compareTotals(tx, country, totals)));
  return { areas: areas + unfounded.length, reports: outlines.length, differences };
}

/** The table of the whole country, which is made from kept sums, against everything that was folded. */
async function compareTotals(tx: Tx, country: string, totals: ReadonlyMap<Account, number>) {
  const { total } = await ledgerTable(tx, { country, to: "9999-12-31" }, "none");
  const stored: Record<Account, number> = {
    suspected: total.closingSuspected,
    confirmed: total.closingConfirmed,
    identified: -total.identified || 0,
    "boundary-increase": -total.boundaryIncrease || 0,
    cancelled: total.cancelled,
    "reduced-without-asset": total.reducedWithoutAsset,
    "reduced-with-asset": total.reducedWithAsset,
    cleared: total.cleared,
    "boundary-decrease": total.boundaryDecrease,
    administrative: total.administrative,
  };
  return accounts
    .filter((account) => stored[account] !== (totals.get(account) ?? 0))
    .map(
      (account): LedgerDifference => ({
        ...{ kind: "total", area: null, areaCode: "", reportCode: "", what: account },
        ...{ stored: stored[account], computed: totals.get(account) ?? 0 },
      }),
    );
}

export { findLedgerCountries } from "./verify-store.ts";
