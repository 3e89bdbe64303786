import type { Asked, Result, ResultRow, ResultTable } from "./model.ts";
import { narrowed } from "./model.ts";
import type { Column, Figure } from "./model-definition.ts";

/** What leads from a figure to the records that it counts. */
export interface RecordsAsked extends Asked {
  knownOn: string | null;
  /** The row, when the figure is one of a cut: its key, `none` for what is not known. */
  key: string | null;
}

/** The records behind a cell of a table; null for what follows from other columns or stands in several countries' rows. */
export function recordsOf(
  { parameters }: Pick<Result, "parameters">,
  table: ResultTable,
  row: ResultRow | null,
  column: Column,
): RecordsAsked | null {
  if (column.kind !== "measure") return null;
  const { block, from, to } = table;
  const country =
    block.by === "country" ? row?.key : parameters.countries.length === 1 ? parameters.countries[0] : null;
  if (!country) return null;
  const cut = block.by === "country" || row === null ? null : block.by;
  return {
    ...{ country, measure: column.measure, by: cut, where: narrowed(block.where, column.where), from, to },
    ...{ knownOn: parameters.knownOn, key: cut === null ? null : (row?.key ?? "none") },
  };
}

/** The records behind a figure outside a table; null in a report of several countries. */
export function recordsOfFigure(
  { parameters }: Pick<Result, "parameters">,
  { measure, where }: Figure,
): RecordsAsked | null {
  const [country, ...others] = parameters.countries;
  if (!country || others.length > 0) return null;
  const { from, to, knownOn } = parameters;
  return { country, measure, by: null, where: where ?? {}, from, to, knownOn, key: null };
}

/** The address of the page that lists the records behind a figure. */
export function recordsSearch({
  country,
  measure,
  by,
  where,
  from,
  to,
  knownOn,
  key,
}: RecordsAsked): Record<string, string> {
  const filters = Object.entries(where).map(([name, values]) => [name, values.join(",")] as const);
  return {
    ...{ country, measure, from, to },
    ...(knownOn ? { knownOn } : {}),
    ...(by && key ? { by, key } : {}),
    ...Object.fromEntries(filters),
  };
}
