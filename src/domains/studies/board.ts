import type { Tx } from "../../platform/database/types.ts";
import { type BoardFilter, findBoard, type StoredBoardRow } from "./board-store.ts";
import type { BoardRow } from "./contract-board.ts";
import { isLate, type Outcome, outcomeOf, outcomes } from "./model.ts";

/** A stored row with what became of it by a day, and the nearest day on which an open action is due. */
export function boardRowOf(row: StoredBoardRow, today: string): BoardRow {
  const open = row.actions.filter(({ status }) => status === "planned" || status === "under-way");
  const days = open.flatMap(({ dueOn }) => (dueOn === null ? [] : [dueOn])).sort();
  return {
    ...row,
    outcome: outcomeOf(row.state, row.actions, today),
    dueOn: days[0] ?? null,
    actions: row.actions.map((action) => ({ ...action, late: isLate(action, today) })),
  };
}

/** Overdue first, then by outcome, the nearest day first, then by code. */
export function inBoardOrder(a: BoardRow, b: BoardRow): number {
  return (
    outcomes.indexOf(a.outcome) - outcomes.indexOf(b.outcome) ||
    (a.dueOn ?? "9999").localeCompare(b.dueOn ?? "9999") ||
    a.country.localeCompare(b.country) ||
    a.code.localeCompare(b.code)
  );
}

/**
 * The board by a day: rows in order, narrowed to an outcome when one is asked for, and how many there are of each.
 * @param today `YYYY-MM-DD`
 */
export async function boardOf(
  tx: Tx,
  filter: BoardFilter & { outcome?: Outcome | undefined },
  today: string,
): Promise<{ rows: BoardRow[]; counts: Record<Outcome, number> }> {
  const rows = (await findBoard(tx, filter)).map((row) => boardRowOf(row, today)).sort(inBoardOrder);
  const counts = Object.fromEntries(
    outcomes.map((outcome) => [outcome, rows.filter((row) => row.outcome === outcome).length]),
  ) as Record<Outcome, number>;
  return { rows: filter.outcome ? rows.filter(({ outcome }) => outcome === filter.outcome) : rows, counts };
}
