import type { Scalar, WriteField } from "../../../platform/files/index.ts";
import { type Cell, type Result, unitOf } from "../model.ts";
import { measureOf, type Unit } from "../model-measures.ts";
import { recordsOf, recordsOfFigure, recordsSearch } from "../model-records.ts";
import { shownValue, type Writing } from "./writing.ts";

/** The columns of a report as one list of figures, with their tags of the Humanitarian Exchange Language. */
const columns = [
  ["block", "#meta+block"],
  ["row_by", "#group+type"],
  ["row_code", "#group+code"],
  ["row", "#group+name"],
  ["figure", "#indicator+name"],
  ["measure", "#indicator+code"],
  ["tag", "#indicator+tag"],
  ["value", "#indicator+value+num"],
  ["unit", "#indicator+unit"],
  ["missing", "#status+reason"],
  ["country", "#country+code"],
  ["from", "#date+start"],
  ["to", "#date+end"],
  ["known_on", "#date+known"],
  ["rule", "#meta+method"],
  ["records", "#meta+url"],
] as const;
type Name = (typeof columns)[number][0];
type Line = Record<Name, Scalar>;

/** The fields of a list of figures. */
export const lineFields: readonly WriteField[] = columns.map(([name]) => ({ name, kind: "mixed" }));

/** The path of the records behind a figure. */
export function recordsPath(asked: Parameters<typeof recordsSearch>[0] | null): string | null {
  return asked && `/reports/records?${new URLSearchParams(recordsSearch(asked)).toString()}`;
}

/** Every figure of a report on a line of its own, with unit, rule, period and the way to its records. The tags come first. */
export function* linesOf(result: Result, writing: Writing): Generator<Line> {
  yield Object.fromEntries(columns) as Line;
  const { parameters, references } = result;
  const base = { country: parameters.countries.join("+"), known_on: parameters.knownOn ?? parameters.asOf };
  const unitName = (unit: Unit | null, { currency }: Cell) => {
    if (unit === "m2") return parameters.areaUnit;
    if (unit === "money") return currency ?? unit;
    return unit === null || unit === "part" ? "share" : unit;
  };
  const valued = (cell: Cell, unit: Unit | null) => ({
    value: shownValue(cell, unit, result),
    unit: unitName(unit, cell),
    missing: cell.value === null ? (cell.missing ?? "not-given") : null,
  });
  const measured = (measure: string | null) => ({
    measure,
    tag: measure === null ? null : (measureOf(measure)?.hxl ?? null),
    rule: measure === null ? null : writing.rule(measure),
  });
  for (const block of result.blocks) {
    const period = { from: parameters.from, to: parameters.to };
    if (block.kind === "figures")
      for (const [n, item] of block.block.items.entries())
        yield {
          ...{
            ...base,
            ...period,
            block: "figures",
            row_by: null,
            row_code: null,
            row: null,
            figure: writing.figure(item),
          },
          ...measured(item.measure),
          ...valued(block.cells[n] as Cell, measureOf(item.measure)?.unit ?? null),
          records: recordsPath(recordsOfFigure(result, item)),
        };
    if (block.kind !== "table") continue;
    const { block: table } = block;
    const lines = [...block.rows, ...(block.total ? [{ key: undefined, cells: block.total }] : [])];
    for (const line of lines) {
      const { key, cells } = line;
      for (const [n, column] of table.columns.entries()) {
        const measure = column.kind === "measure" ? column.measure : null;
        yield {
          ...{
            ...base,
            from: block.from,
            to: block.to,
            block: table.id,
            row_by: key === undefined ? "total" : table.by,
          },
          row_code: key === undefined || key === null ? null : (references[key]?.code ?? key),
          row: key === undefined ? writing.t("reporting.row.total") : writing.row(table.by, key),
          figure: writing.column(column, block),
          ...measured(measure),
          ...valued(cells[n] as Cell, unitOf(column, table)),
          records: recordsPath(recordsOf(result, block, key === undefined ? null : { key, cells }, column)),
        };
      }
    }
  }
}
