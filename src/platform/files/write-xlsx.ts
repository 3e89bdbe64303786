import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import type { Scalar } from "./types.ts";
import { planRows, type RowSource, type WriteOptions } from "./write.ts";

/** How to write a workbook. */
export interface WriteXlsxOptions extends WriteOptions {
  /** Name of the sheet; characters that sheets may not have are replaced. */
  sheet?: string;
}

/** What came out: full sheets are continued in further ones. */
export interface WriteXlsxResult {
  rows: number;
  sheets: number;
  /** Texts longer than a cell can hold (32,767 characters), which were cut. */
  cutTexts: number;
}

const sheetRows = 1_048_576;
const cellCharacters = 32_767;

/**
 * Writes rows as a workbook, streaming. Fields of kind `date` become real dates; texts are texts, never formulas. The
 * header is bold and stays in view. Throws `files.unexpected-field`.
 */
export async function writeXlsx(
  rows: RowSource,
  stream: Writable,
  options: WriteXlsxOptions = {},
): Promise<WriteXlsxResult> {
  const plan = await planRows(rows, options);
  // Large, and needed only here: a server that starts does not wait for it.
  const { default: ExcelJS } = await import("exceljs");
  const base =
    (options.sheet ?? "data")
      .replace(/[[\]*?:/\\]/g, " ")
      .replace(/^'|'$/g, " ")
      .slice(0, 31)
      .trim() || "data";
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useSharedStrings: false, useStyles: true });
  const result: WriteXlsxResult = { rows: 0, sheets: 0, cutTexts: 0 };
  let failure: unknown = null;
  stream.on("error", (error) => {
    failure = error;
  });

  const addSheet = () => {
    result.sheets++;
    const suffix = result.sheets === 1 ? "" : ` (${result.sheets})`;
    const sheet = workbook.addWorksheet(base.slice(0, 31 - suffix.length) + suffix, {
      views: [{ state: "frozen", ySplit: 1 }],
    });
    plan.fields.forEach((field, index) => {
      const column = sheet.getColumn(index + 1);
      column.width = Math.min(40, Math.max(10, field.name.length + 2));
      if (field.kind === "date") column.numFmt = "yyyy-mm-dd";
    });
    const header = sheet.addRow(plan.fields.map((field) => field.name));
    header.font = { bold: true };
    header.commit();
    return sheet;
  };

  const cellValue = (value: Scalar | undefined, isDate: boolean): string | number | boolean | Date | null => {
    if (typeof value !== "string") return value ?? null;
    if (isDate && /^\d{4}-\d{2}-\d{2}$/.test(value)) return new Date(`${value}T00:00:00Z`);
    if (value.length <= cellCharacters) return value;
    result.cutTexts++;
    return value.slice(0, cellCharacters);
  };

  let sheet = addSheet();
  let inSheet = 1;
  for await (const row of plan.rows) {
    if (failure) throw failure;
    if (inSheet === sheetRows) {
      sheet.commit();
      sheet = addSheet();
      inSheet = 1;
    }
    sheet.addRow(plan.fields.map((field) => cellValue(row.fields[field.name], field.kind === "date"))).commit();
    inSheet++;
    result.rows++;
    // The library writes without waiting: give its streams a turn so that they do not pile up.
    if (result.rows % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  sheet.commit();
  await workbook.commit();
  if (!stream.writableFinished) await finished(stream);
  return result;
}
