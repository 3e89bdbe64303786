import { headerWarnings } from "./csv.ts";
import { uniqueNames } from "./fields.ts";
import { chooseLayer } from "./layers.ts";
import { FileProblem, problem } from "./problem.ts";
import { findHeader, isEmpty } from "./table.ts";
import { batchSize, type FormatReader, type OpenedFile, type Problem, type Scalar, type SourceRow } from "./types.ts";
import { openWorkbook, readSheet, type SheetRow, type Workbook } from "./xlsx-parts.ts";

/**
 * Reads workbooks (ECMA-376) sheet by sheet. Dates become ISO text, formulas the values stored with them, merged
 * cells the value of their first cell only. Rows above the header are titles.
 */
export const xlsxReader: FormatReader = {
  async describe(file) {
    const workbook = await openWorkbook(file);
    try {
      const layers = [];
      const tables = new Map<string, TableHead>();
      for (const sheet of workbook.sheets) {
        const head = await readTableHead(file, workbook, sheet.path);
        tables.set(sheet.name, head);
        layers.push({ name: sheet.name, rowsEstimate: head.rowsEstimate, geometryType: null });
      }
      const layer = chooseLayer(layers, file.options.layer);
      const head = layer === null ? undefined : tables.get(layer);
      const warnings: Problem[] = head ? headerWarnings(head.header, head.names) : [];
      const hidden = workbook.sheets.filter((sheet) => sheet.hidden).map((sheet) => sheet.name);
      if (hidden.length > 0) warnings.push(problem("xlsx.hidden-sheets", { sheets: hidden.join(", ") }));
      return { layers, layer, headerRow: head?.headerRow ?? 0, titleRows: head?.titleRows ?? [], warnings };
    } finally {
      workbook.close();
    }
  },

  async *rows(file) {
    const workbook = await openWorkbook(file);
    try {
      const sheet = await chooseSheet(file, workbook);
      if (!sheet) return;
      const head = await readTableHead(file, workbook, sheet.path);
      let batch: SourceRow[] = [];
      for await (const rows of readSheet(file, workbook, sheet.path)) {
        for (const row of rows) {
          if (row.number <= head.headerRow || row.cells.every(isEmpty)) continue;
          batch.push(toRow(row, head.names));
        }
        if (batch.length < batchSize) continue;
        yield batch;
        batch = [];
      }
      if (batch.length > 0) yield batch;
    } finally {
      workbook.close();
    }
  },
};

async function chooseSheet(file: OpenedFile, workbook: Workbook) {
  if (file.options.layer !== undefined) {
    const found = workbook.sheets.find((sheet) => sheet.name === file.options.layer);
    if (!found) throw new FileProblem("files.no-such-layer", { layer: file.options.layer });
    return found;
  }
  for (const sheet of workbook.sheets) {
    const head = await readTableHead(file, workbook, sheet.path);
    if (head.rowsEstimate > 0) return sheet;
  }
  return workbook.sheets[0];
}

function toRow(row: SheetRow, names: string[]): SourceRow {
  const fields: Record<string, Scalar> = {};
  names.forEach((name, index) => {
    fields[name] = row.cells[index] ?? null;
  });
  const result: SourceRow = { number: row.number, fields, geometry: null };
  const extra = row.cells.slice(names.length);
  extra.forEach((cell, index) => {
    if (!isEmpty(cell)) fields[`_extra_${index + 1}`] = cell ?? null;
  });
  const warnings = row.errors.map(({ column, value }) =>
    problem("xlsx.cell-error", { column: names[column] ?? column + 1, value }),
  );
  for (const column of row.uncomputed)
    warnings.push(problem("xlsx.formula-without-value", { column: names[column] ?? column + 1 }));
  if (extra.some((cell) => !isEmpty(cell))) {
    warnings.push(problem("table.cells-without-column", { expected: names.length, found: row.cells.length }));
  }
  if (warnings.length > 0) result.warnings = warnings;
  return result;
}

interface TableHead {
  headerRow: number;
  titleRows: string[];
  header: Scalar[];
  names: string[];
  rowsEstimate: number;
}

async function readTableHead(file: OpenedFile, workbook: Workbook, path: string): Promise<TableHead> {
  const rows: Scalar[][] = [];
  let lastRow = 0;
  let ended = true;
  for await (const batch of readSheet(
    { ...file, options: { ...file.options, onProgress: () => undefined } },
    workbook,
    path,
  )) {
    for (const row of batch) {
      lastRow = Math.max(lastRow, row.number);
      // Blank rows are left out of the file but count for a person.
      while (rows.length < row.number - 1 && rows.length < 60) rows.push([]);
      if (rows.length < 60) rows.push(row.cells);
    }
    if (rows.length < 60) continue;
    ended = false;
    break;
  }
  const { headerRow, header, titleRows } = findHeader(rows, file.options.headerRow);
  const width = Math.max(0, ...rows.slice(headerRow > 0 ? headerRow - 1 : 0).map(filledWidth));
  const names = uniqueNames(
    Array.from({ length: width }, (_, index) => {
      const cell = header[index];
      return cell === undefined || cell === null ? null : String(cell);
    }),
  );
  const stated = ended ? 0 : (workbook.rowCounts.get(path) ?? 0);
  const rowsEstimate = ended
    ? rows.slice(headerRow).filter((row) => !row.every(isEmpty)).length
    : Math.max(stated, lastRow) - headerRow;
  return { headerRow, titleRows: headerRow > 0 ? titleRows : [], header: [...header], names, rowsEstimate };
}

const filledWidth = (cells: Scalar[]) => cells.findLastIndex((cell) => !isEmpty(cell)) + 1;
