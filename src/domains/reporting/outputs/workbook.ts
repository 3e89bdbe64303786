import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { type Cell, type Result, type ResultTable, unitOf } from "../model.ts";
import { measureOf, type Unit } from "../model-measures.ts";
import { measuresIn, shownValue, type Writing } from "./writing.ts";

const sheetName = (text: string, taken: Set<string>): string => {
  const base =
    text
      .replace(/[[\]*?:/\\']/g, " ")
      .slice(0, 27)
      .trim() || "table";
  let name = base;
  for (let n = 2; taken.has(name); n++) name = `${base} ${n}`;
  taken.add(name);
  return name;
};

const letter = (n: number): string =>
  n < 26 ? String.fromCharCode(65 + n) : letter(Math.floor(n / 26) - 1) + letter(n % 26);
const numberFormat = (unit: Unit | null, areaUnit: string) =>
  unit === null || unit === "part"
    ? "0.0%"
    : unit === "money" || (unit === "m2" && areaUnit !== "m2")
      ? "#,##0.00"
      : "#,##0";

/** A total that is the sum of its rows is written as one, so that who changes a row sees what follows. */
function totalOf(
  table: ResultTable,
  at: number,
  result: Result,
  head: number,
): number | null | { formula: string; result: number } {
  const cell = table.total?.[at] as Cell;
  const column = table.block.columns[at];
  if (!column) return null;
  const unit = unitOf(column, table.block);
  const value = shownValue(cell, unit, result);
  const cells = table.rows.map((row) => row.cells[at] as Cell);
  const adds = cells.length > 0 && cells.every(({ value: each }) => each !== null);
  const exact = cells.reduce((sum, { value: each }) => sum + (each ?? 0), 0) === cell.value;
  if (!adds || !exact || value === null) return value;
  const name = letter(at + 1);
  return { formula: `SUM(${name}${head + 1}:${name}${head + table.rows.length})`, result: value };
}

/**
 * Writes a report as a workbook: a sheet for each table, and one that says where everything comes from. Areas are in the
 * report's unit with full precision, so that sums of cells are exact; the cell's format rounds what is seen.
 */
export async function writeWorkbook(
  result: Result,
  writing: Writing,
  stream: Writable,
  signal: AbortSignal,
): Promise<void> {
  // Large, and needed only here.
  const { default: ExcelJS } = await import("exceljs");
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useSharedStrings: false, useStyles: true });
  let failure: unknown = null;
  stream.on("error", (error) => {
    failure = error;
  });
  const taken = new Set<string>();
  const { parameters } = result;
  const scale = { m2: 1, ha: 10_000, km2: 1_000_000 }[parameters.areaUnit];
  const exact = (cell: Cell, unit: Unit | null) =>
    cell.value === null ? writing.cell(cell, unit) : unit === "m2" ? cell.value / scale : cell.value;
  const head = 3;
  const tables = result.blocks.filter((block) => block.kind === "table");
  for (const table of tables) {
    const { block, rows } = table;
    const sheet = workbook.addWorksheet(sheetName(writing.say(block.words), taken), {
      views: [{ state: "frozen", ySplit: head, xSplit: 1 }],
    });
    sheet.getColumn(1).width = 28;
    block.columns.forEach((column, n) => {
      sheet.getColumn(n + 2).width = 16;
      sheet.getColumn(n + 2).numFmt = numberFormat(unitOf(column, block), parameters.areaUnit);
    });
    const title = sheet.addRow([writing.say(block.words)]);
    title.font = { bold: true, size: 13 };
    title.commit();
    sheet.addRow([writing.standing]).commit();
    const header = sheet.addRow([
      writing.t(`reporting.by.${block.by}`),
      ...block.columns.map((column) => writing.column(column, table)),
    ]);
    header.font = { bold: true };
    header.alignment = { wrapText: true, vertical: "top" };
    header.commit();
    for (const [n, row] of rows.entries()) {
      if (failure) throw failure;
      sheet
        .addRow([
          writing.row(block.by, row.key),
          ...block.columns.map((column, at) => exact(row.cells[at] as Cell, unitOf(column, block))),
        ])
        .commit();
      if (n % 500 === 499) {
        signal.throwIfAborted();
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    if (table.total) {
      const last = sheet.addRow([
        writing.t("reporting.row.total"),
        ...table.total.map((cell, at) => {
          const column = block.columns[at];
          return (
            (cell.value === null ? writing.cell(cell, column ? unitOf(column, block) : null) : null) ??
            totalOf(table, at, result, head)
          );
        }),
      ]);
      last.font = { bold: true };
      last.commit();
    }
    sheet.commit();
  }
  provenance(workbook.addWorksheet(sheetName(writing.t("reporting.provenance"), taken)), result, writing);
  await workbook.commit();
  if (failure) throw failure;
  if (!stream.writableFinished) await finished(stream);
}

interface Sheet {
  addRow(values: unknown[]): { commit(): void };
  getColumn(n: number): { width?: number | undefined };
  commit(): void;
}

/** Where every figure comes from: the definition by its hash, the parameters, the rule of each measure. */
function provenance(sheet: Sheet, result: Result, writing: Writing): void {
  const { t } = writing;
  const { parameters, definitionHash } = result;
  sheet.getColumn(1).width = 34;
  sheet.getColumn(2).width = 100;
  const lines: (string | null)[][] = [
    [writing.say(result.definition.words), writing.countries],
    [t("reporting.provenance.standing"), writing.standing],
    [t("reporting.provenance.period"), `${parameters.from} – ${parameters.to}`],
    [
      t("reporting.provenance.known-on"),
      parameters.knownOn ?? t("reporting.provenance.now", { asOf: parameters.asOf }),
    ],
    [t("reporting.provenance.definition"), `${result.definition.id} ${definitionHash}`],
    [t("reporting.provenance.audience"), t(`reporting.audience.${parameters.audience}`)],
    ...writing.warnings.map((warning) => [t("reporting.provenance.warning"), warning]),
    ...result.blocks.flatMap((block) =>
      block.kind === "contact" && block.contact
        ? [[t("reporting.section.contact"), writing.contact(block.contact)]]
        : [],
    ),
    [],
    [t("reporting.provenance.measure"), t("reporting.provenance.rule")],
    ...measuresIn(result).map((measure) => [
      `${t(`reporting.measure.${measure}`)} (${measureOf(measure)?.unit ?? ""})`,
      writing.rule(measure),
    ]),
  ];
  for (const line of lines) sheet.addRow(line).commit();
  sheet.commit();
}
