import { kindOfValue } from "./fields.ts";
import type { Scalar } from "./types.ts";

/** Where a table starts inside a sheet: the row with the names (1-based, 0 when there is none) and the titles above. */
export interface TableStart {
  headerRow: number;
  titleRows: string[];
}

/**
 * Finds the header of a table in its first rows. Titles above a table fill one or two cells, a header about as many
 * as the rows below it, with words rather than values. Rows are cells from the left; row 1 is the first.
 */
export function findHeader(rows: readonly (readonly Scalar[])[]): TableStart {
  const filled = rows.map((row) => row.filter((cell) => !isEmpty(cell)).length);
  const counts = filled.filter((count) => count > 0).sort((a, b) => a - b);
  const usual = counts[Math.floor(counts.length / 2)] ?? 0;
  const needed = usual <= 2 ? usual : Math.ceil(usual * 0.6);
  for (let index = 0; index < rows.length; index++) {
    if ((filled[index] as number) < needed || filled[index] === 0) continue;
    const cells = (rows[index] as readonly Scalar[]).filter((cell) => !isEmpty(cell));
    const words = cells.filter((cell) => isLabel(cell)).length;
    if (words / cells.length < 0.6) return { headerRow: 0, titleRows: titlesOf(rows, index) };
    return { headerRow: index + 1, titleRows: titlesOf(rows, index) };
  }
  return { headerRow: 0, titleRows: [] };
}

function titlesOf(rows: readonly (readonly Scalar[])[], before: number): string[] {
  return rows
    .slice(0, before)
    .map((row) => [...new Set(row.filter((cell) => !isEmpty(cell)).map(String))].join(" "))
    .filter((text) => text !== "");
}

/** A year as a column's name is common in statistics, so whole numbers from 1900 to 2699 may stand in a header. */
function isLabel(cell: Scalar): boolean {
  const kind = kindOfValue(cell, false);
  if (kind === "integer") return Number(cell) >= 1900 && Number(cell) < 2700;
  return kind === "text";
}

/** True for cells that hold nothing a person can see. */
export function isEmpty(cell: Scalar | undefined): boolean {
  return cell === null || cell === undefined || (typeof cell === "string" && cell.trim() === "");
}
