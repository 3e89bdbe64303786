import type { Context } from "../../platform/http/handler.ts";
import { casualtyChanges, type LandChange, landChanges } from "./changes-store.ts";
import type { DifferencesOutput } from "./contract.ts";
import type { Cell, Result, ResultTable } from "./model.ts";
import { measureOf } from "./model-measures.ts";

type Change = DifferencesOutput["changes"][number];

const same = (one: Cell, other: Cell) => one.value === other.value && one.missing === other.missing;
const nothing: Cell = { value: 0 };

/** The cells of two results of the same report that are not the same, row by row. Pure. */
export function changedCells(
  before: Pick<Result, "blocks">,
  after: Pick<Result, "blocks">,
): Omit<Change, "approvedLater" | "corrected">[] {
  const changes: Omit<Change, "approvedLater" | "corrected">[] = [];
  const tables = (of: Pick<Result, "blocks">) => of.blocks.filter((block) => block.kind === "table");
  const earlier = new Map(tables(before).map((table) => [table.block.id, table]));
  for (const table of tables(after)) {
    const old = earlier.get(table.block.id);
    if (!old) continue;
    const places = new Map(old.block.columns.map(({ id }, n) => [id, n]));
    const compare = (key: string | null, whole: boolean, cells: Cell[] | undefined, oldCells: Cell[] | undefined) => {
      table.block.columns.forEach((column, n) => {
        const at = places.get(column.id);
        if (at === undefined) return;
        const one = oldCells?.[at] ?? nothing;
        const other = cells?.[n] ?? nothing;
        // What is not told to whoever asks is no change.
        if (same(one, other) || other.missing === "not-published" || other.missing === "withheld") return;
        changes.push({ block: table.block.id, key, whole, column: column.id, before: one, after: other });
      });
    };
    const rows = new Map(old.rows.map((row) => [row.key, row]));
    for (const row of table.rows) {
      compare(row.key, false, row.cells, rows.get(row.key)?.cells);
      rows.delete(row.key);
    }
    for (const [key, row] of rows) compare(key, false, undefined, row.cells);
    if (table.total && old.total) compare(null, true, table.total, old.total);
  }
  return changes;
}

const explained = ["province", "organisation", "year"] as const;

/**
 * Why an earlier report and a later one differ: for every row of land how many reports were approved in between and how many
 * earlier ones were put right; for casualties how many became known, were corrected and were taken back.
 * @param between the moments up to which each was known
 */
export async function explain(
  context: Context,
  before: Result,
  after: Result,
  between: { after: string; until: string | null },
): Promise<DifferencesOutput> {
  const [country] = after.parameters.countries;
  const changed = changedCells(before, after);
  if (!country || changed.length === 0) return { changes: [], casualties: null };
  const tables = new Map(
    after.blocks.flatMap((block) => (block.kind === "table" ? [[block.block.id, block] as const] : [])),
  );
  const known = new Map<string, LandChange[]>();
  const landOf = async (table: ResultTable, key: string | null, whole: boolean) => {
    const by = whole ? null : (explained.find((name) => name === table.block.by) ?? undefined);
    if (by === undefined) return null;
    const name = `${by} ${table.to}`;
    const found = known.get(name) ?? (await landChanges(context.tx, { country, to: table.to }, between, by));
    known.set(name, found);
    return found.find((each) => each.key === key) ?? { approvedLater: 0, corrected: 0 };
  };
  const changes: Change[] = [];
  let people = false;
  for (const change of changed) {
    const table = tables.get(change.block);
    const column = table?.block.columns.find(({ id }) => id === change.column);
    const source = column?.kind === "measure" ? measureOf(column.measure)?.source : undefined;
    if (source === "casualties") people = true;
    const land =
      table && (source === "ledger" || source === "areas") ? await landOf(table, change.key, change.whole) : null;
    changes.push({ ...change, approvedLater: land?.approvedLater ?? null, corrected: land?.corrected ?? null });
  }
  const until = between.until ?? context.now.toISOString();
  return {
    changes,
    casualties: people ? await casualtyChanges(context.tx, country, { after: between.after, until }) : null,
  };
}
