import { kindOfValue } from "./fields.ts";
import type { Scalar } from "./types.ts";

/** Where a table starts inside a sheet: the last row of names (1-based, 0 when there is none), the names, the titles above. */
export interface TableStart {
  headerRow: number;
  /** The names as they stand; of a header of two rows, the names of both put together. */
  header: readonly Scalar[];
  titleRows: string[];
}

/**
 * Finds the header of a table in its first rows. Titles above a table fill one or two cells, a header about as many
 * as the rows below it, with words rather than values. Rows are cells from the left; row 1 is the first.
 * @param headerRow the last row of names (1-based), when somebody said it; 0 when there is none
 */
export function findHeader(rows: readonly (readonly Scalar[])[], headerRow?: number): TableStart {
  if (headerRow !== undefined) {
    const two = headerRow > 1 ? twoRows(rows, headerRow - 2) : null;
    const top = headerRow - (two ? 2 : 1);
    return { headerRow, header: two ?? rows[headerRow - 1] ?? [], titleRows: titlesOf(rows, Math.max(0, top)) };
  }
  const filled = rows.map(countFilled);
  const counts = filled.filter((count) => count > 0).sort((a, b) => a - b);
  const usual = counts[Math.floor(counts.length / 2)] ?? 0;
  const needed = usual <= 2 ? usual : Math.ceil(usual * 0.6);
  for (let index = 0; index < rows.length; index++) {
    const two = twoRows(rows, index);
    if (two && countFilled(two) >= needed)
      return { headerRow: index + 2, header: two, titleRows: titlesOf(rows, index) };
    if ((filled[index] as number) < needed || filled[index] === 0) continue;
    const header = rows[index] as readonly Scalar[];
    const cells = header.filter((cell) => !isEmpty(cell));
    const words = cells.filter((cell) => isLabel(cell)).length;
    if (words / cells.length < 0.6) return { headerRow: 0, header: [], titleRows: titlesOf(rows, index) };
    return { headerRow: index + 1, header, titleRows: titlesOf(rows, index) };
  }
  return { headerRow: 0, header: [], titleRows: [] };
}

const countFilled = (row: readonly Scalar[]) => row.filter((cell) => !isEmpty(cell)).length;

/**
 * The names of a header whose first row spans columns that its second row names, as "Place" over "Lat" and "Lon" beside
 * "ID"; null when the two rows are not such a header. A name that would stand twice takes the word above it in front.
 */
function twoRows(rows: readonly (readonly Scalar[])[], index: number): Scalar[] | null {
  const [top = [], below = []] = rows.slice(index, index + 2);
  const width = 1 + Math.max(...[top, below].map((row) => row.findLastIndex((cell) => !isEmpty(cell))));
  const columns = Array.from({ length: width }, (_, column) => column);
  const has = (row: readonly Scalar[], column: number) => !isEmpty(row[column]);
  const spans = (column: number) => has(top, column) && column + 1 < width && !has(top, column + 1);
  const lower = columns.filter((column) => has(below, column));
  const alone = columns.filter((column) => has(top, column) && !has(below, column));
  // "No" heads many columns of numbers.
  const labels = [...top, ...below].every((cell) => isEmpty(cell) || isLabel(cell) || /^no\.?$/i.test(String(cell)));
  if (!labels || lower.length < 2 || alone.length === 0) return null;
  // The second row stands below spans only, and below all of them; what is above it alone is a column of its own.
  const ofSpan = (column: number) => (has(top, column) ? spans(column) : true);
  if (!lower.every(ofSpan) || columns.some((column) => spans(column) && !has(below, column) && has(below, column + 1)))
    return null;
  const names = columns.map((column) => (has(below, column) ? below[column] : top[column]) ?? null);
  if (names.some(isEmpty)) return null;
  return names.map((name, column) => {
    if (!has(below, column) || names.indexOf(name) === names.lastIndexOf(name)) return name;
    const above = top.slice(0, column + 1).findLast((cell) => !isEmpty(cell));
    return isEmpty(above) ? name : `${above} ${name}`;
  });
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
