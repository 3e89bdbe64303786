import type { Block, Column, Definition, Figure, TableBlock, Where } from "./model-definition.ts";
import { type Dimension, measureOf, type Unit } from "./model-measures.ts";

/** In which unit areas are shown. Square metres are counted whole and rounded once, when they are shown. */
export const areaUnits = ["m2", "ha", "km2"] as const;
export type AreaUnit = (typeof areaUnits)[number];

/** Square metres in a unit, and the decimals that it is shown with. 1 km² is 100 ha is 1,000,000 m². */
export const areaScale: Readonly<Record<AreaUnit, { squareMetres: number; decimals: number }>> = {
  m2: { squareMetres: 1, decimals: 0 },
  ha: { squareMetres: 10_000, decimals: 2 },
  km2: { squareMetres: 1_000_000, decimals: 2 },
};

/** What a report is made for. Days are ISO, both ends of the period within. */
export interface Parameters {
  countries: string[];
  from: string;
  to: string;
  /** As known at the end of this day, UTC; null for all that is known now. */
  knownOn: string | null;
  /** The day on which it was made. */
  asOf: string;
  areaUnit: AreaUnit;
  /** The edition of the form whose letters the sections get. */
  form: string | null;
  /** Whose clearance it is made with: the caller's own, or what anybody may see. */
  audience: "own" | "public";
}

/** Why a cell has no number. A cell never has a wrong one. */
export type Missing =
  | "hidden"
  | "not-published"
  | "withheld"
  | "whole-years-only"
  | "no-earlier-year"
  | "nothing-to-divide-by"
  | "not-given"
  | "not-added"
  | "claimed-twice"
  | "rate-missing"
  | "currencies-differ"
  | "retired";

/** A figure, or why there is none. Shares are from 0 to 1, areas in whole square metres. */
export interface Cell {
  value: number | null;
  missing?: Missing;
  /** Of an amount of money. */
  currency?: string;
}

/** A cell with a figure; areas in whole square metres, shares from 0 to 1. */
export const number = (value: number): Cell => ({ value });
/** A cell with an amount in a currency (ISO 4217). */
export const money = (value: number, currency: string): Cell => ({ value, currency });
/** A cell that says why it has no figure. */
export const none = (missing: Missing): Cell => ({ value: null, missing });

/** Figures of one measure over the values of a dimension; the key of what is not known is null. */
export interface Series {
  rows: ReadonlyMap<string | null, Cell>;
  total: Cell;
}

/** One question for a series. */
export interface Asked {
  country: string;
  measure: string;
  by: Dimension | null;
  where: Where;
  from: string;
  to: string;
}

/** Names a question; two that ask the same have one name. */
export function askedKey({ country, measure, by, where, from, to }: Asked): string {
  const filters = Object.entries(where)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, values]) => `${name}=${[...values].sort().join("|")}`);
  return [country, measure, by ?? "", from, to, ...filters].join(" ");
}

/** What a country wrote by hand into a block of a report. */
export interface NationalEntry {
  texts: Readonly<Record<string, string>>;
  numbers: Readonly<Record<string, number>>;
  flag: "changed" | "unchanged" | "not-applicable";
  /** The year for which it was written. */
  year: number;
}

/** Whom readers may ask: what the country says of itself, else what the node says of itself. */
export interface Contact {
  texts: Readonly<Record<string, string>>;
  of: "country" | "node";
}

export interface ResultRow {
  key: string | null;
  cells: Cell[];
}
export interface ResultTable {
  kind: "table";
  block: TableBlock;
  from: string;
  to: string;
  rows: ResultRow[];
  total: Cell[] | null;
}
export type ResultBlock =
  | ResultTable
  | { kind: "heading"; block: Extract<Block, { kind: "heading" }>; letter: string | null }
  | { kind: "text"; block: Extract<Block, { kind: "text" }>; cells: Record<string, Cell> }
  | { kind: "national"; block: Extract<Block, { kind: "national" }>; entry: NationalEntry | null }
  | { kind: "numbers"; block: Extract<Block, { kind: "numbers" }>; entry: NationalEntry | null }
  | { kind: "figures"; block: Extract<Block, { kind: "figures" }>; cells: Cell[] }
  | { kind: "contact"; block: Extract<Block, { kind: "contact" }>; contact: Contact | null }
  | { kind: "chart"; block: Extract<Block, { kind: "chart" }> }
  | { kind: "map"; block: Extract<Block, { kind: "map" }> };

/** Something that a reader must know of the whole report. */
export type Warning = "period-not-closed" | "amputated-differs" | "several-countries" | "contact-missing";

/** A made report. The same definition over the same data for the same parameters is the same, byte by byte. */
export interface Result {
  definition: Definition;
  definitionHash: string;
  parameters: Parameters;
  blocks: ResultBlock[];
  warnings: Warning[];
  /** Codes and names of the units and organisations that rows are about. */
  references: Record<string, { code: string; names: Record<string, string> }>;
}

/** The same day some years earlier; 28 February where that year has no 29th. Not before year 1, which no calendar here has. */
function yearsEarlier(day: string, years: number): string {
  const year = Math.max(1, Number(day.slice(0, 4)) - years);
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const rest = day.slice(4) === "-02-29" && !isLeap ? "-02-28" : day.slice(4);
  return `${String(year).padStart(4, "0")}${rest}`;
}

/** The period of a table: rows of years may begin before that of the report. */
export function periodOf(
  block: TableBlock,
  { from, to }: Pick<Parameters, "from" | "to">,
): { from: string; to: string } {
  return { from: block.yearsBefore ? yearsEarlier(from, block.yearsBefore) : from, to };
}

/** Both filters; of a dimension in both the second counts. */
export const narrowed = (one: Where | undefined, other: Where | undefined): Where => ({ ...one, ...other });

/** Every series that a definition needs for some parameters, each once. */
export function questionsOf(of: Definition, parameters: Parameters): Asked[] {
  const { countries, from, to } = parameters;
  const asked = new Map<string, Asked>();
  const add = (question: Asked) => asked.set(askedKey(question), question);
  const single = ({ measure, where }: Figure) => {
    for (const country of countries) add({ country, measure, by: null, where: where ?? {}, from, to });
  };
  for (const block of of.blocks) {
    if (block.kind === "figures") block.items.forEach(single);
    if (block.kind === "text") Object.values(block.cells).forEach(single);
    if (block.kind !== "table") continue;
    const period = periodOf(block, parameters);
    for (const column of block.columns) {
      if (column.kind !== "measure") continue;
      const by = block.by === "country" ? null : block.by;
      const filters = narrowed(block.where, column.where);
      for (const country of countries) add({ country, measure: column.measure, by, where: filters, ...period });
    }
  }
  return [...asked.values()];
}

const sum = (cells: readonly Cell[]): Cell => {
  const gap = cells.find(({ value }) => value === null);
  if (gap) return none(gap.missing ?? "hidden");
  const total = cells.reduce((sums, { value }) => sums + (value ?? 0), 0);
  const currencies = new Set(cells.flatMap(({ value, currency }) => (currency && value !== 0 ? [currency] : [])));
  if (currencies.size > 1) return none("currencies-differ");
  const [currency] = currencies;
  // Hundredths are summed as whole numbers, so that no amount ends in a rest of binary fractions.
  return currency === undefined ? number(total) : money(Math.round(total * 100) / 100, currency);
};

const divided = (one: Cell | undefined, other: Cell | undefined): Cell => {
  if (!one || one.value === null) return none(one?.missing ?? "not-given");
  if (!other || other.value === null) return none(other?.missing ?? "not-given");
  return other.value === 0 ? none("nothing-to-divide-by") : number(one.value / other.value);
};

/** Whether a row is of a value that is known: some lists have a code for what is not. */
const isKnown = (key: string | null) => key !== null && key !== "unknown";

interface Facts {
  series: ReadonlyMap<string, Series>;
  contact: Contact | null;
  entries: ReadonlyMap<string, NationalEntry>;
  /** The order of rows by their keys. */
  compare: (by: Dimension, a: string | null, b: string | null) => number;
}

function tableOf(block: TableBlock, parameters: Parameters, { series, entries, compare }: Facts): ResultTable {
  const period = periodOf(block, parameters);
  const { countries } = parameters;
  const seriesOf = (column: Extract<Column, { kind: "measure" }>, country: string) =>
    series.get(
      askedKey({
        ...{ country, measure: column.measure, by: block.by === "country" ? null : block.by },
        ...{ where: narrowed(block.where, column.where), ...period },
      }),
    );
  const keys = new Set<string | null>(block.by === "country" ? countries : []);
  if (block.by !== "country")
    for (const column of block.columns)
      if (column.kind === "measure")
        for (const country of countries) for (const key of seriesOf(column, country)?.rows.keys() ?? []) keys.add(key);
  if (block.by === "year")
    for (let year = Number(period.from.slice(0, 4)); year <= Number(period.to.slice(0, 4)); year++)
      keys.add(String(year));
  const order = [...keys].sort((a, b) => compare(block.by, a, b));
  const counted = (column: Extract<Column, { kind: "measure" }>, key: string | null): Cell => {
    if (block.by === "country") return seriesOf(column, key ?? "")?.total ?? none("not-given");
    return sum(
      countries.map((country) => {
        const found = seriesOf(column, country);
        // A row that a series does not have counts nothing, unless the series could not be counted at all.
        const uncounted = found && found.rows.size === 0 && found.total.value === null;
        return found?.rows.get(key) ?? (uncounted ? found.total : number(0));
      }),
    );
  };
  const input = (name: string, key: string | null): Cell => {
    const given = key === null ? undefined : entries.get(name)?.numbers[key];
    return given === undefined ? none("not-given") : number(given);
  };
  const at = new Map(block.columns.map((column, n) => [column.id, n]));
  const rows: ResultRow[] = order.map((key) => ({ key, cells: [] }));
  const total: Cell[] = [];
  block.columns.forEach((column) => {
    const of = (row: { cells: readonly Cell[] } | undefined, id: string) => row?.cells[at.get(id) ?? -1];
    switch (column.kind) {
      case "measure": {
        for (const row of rows) row.cells.push(counted(column, row.key));
        const measure = measureOf(column.measure);
        // Balances of several days, and medians, do not add up.
        const whole = countries.map((country) => seriesOf(column, country)?.total ?? none("not-given"));
        total.push(countries.length > 1 && !measure?.adds ? none("not-added") : sum(whole));
        break;
      }
      case "sum":
        for (const row of rows) row.cells.push(sum(column.of.map((id) => of(row, id) ?? none("not-given"))));
        total.push(sum(column.of.map((id) => total[at.get(id) ?? -1] ?? none("not-given"))));
        break;
      case "share": {
        const known = sum(rows.filter(({ key }) => isKnown(key)).map((row) => of(row, column.of) ?? none("not-given")));
        for (const row of rows)
          row.cells.push(isKnown(row.key) ? divided(of(row, column.of), known) : none("nothing-to-divide-by"));
        total.push(none("nothing-to-divide-by"));
        break;
      }
      case "change":
        rows.forEach((row, n) => {
          const before = rows[n - 1];
          const [now, then] = [of(row, column.of), of(before, column.of)];
          const change = divided(now, then);
          row.cells.push(
            before === undefined ? none("no-earlier-year") : change.value === null ? change : number(change.value - 1),
          );
        });
        total.push(none("not-added"));
        break;
      case "ratio":
        for (const row of rows) row.cells.push(divided(of(row, column.of), of(row, column.by)));
        total.push(divided(total[at.get(column.of) ?? -1], total[at.get(column.by) ?? -1]));
        break;
      case "input": {
        for (const row of rows) row.cells.push(input(column.input, row.key));
        total.push(sum(rows.map((row) => input(column.input, row.key))));
        break;
      }
    }
  });
  return { kind: "table", block, ...period, rows, total: block.total ? total : null };
}

/**
 * Puts a report together from its definition and the series that were counted for it. Pure.
 * @param facts every series that `questionsOf` asks for, and what the country wrote
 */
export function assemble(
  of: Definition,
  hash: string,
  parameters: Parameters,
  facts: Facts,
  more: Pick<Result, "references" | "warnings">,
): Result {
  const { countries, from, to } = parameters;
  const single = ({ measure, where }: Figure): Cell => {
    if (countries.length > 1 && !measureOf(measure)?.adds) return none("not-added");
    return sum(
      countries.map((country) => {
        const found = facts.series.get(askedKey({ country, measure, by: null, where: where ?? {}, from, to }));
        return found?.total ?? none("not-given");
      }),
    );
  };
  const letters = of.forms?.find(({ id }) => id === parameters.form)?.letters ?? {};
  const made = (block: Block): ResultBlock => {
    switch (block.kind) {
      case "heading":
        return { kind: "heading", block, letter: letters[block.section ?? ""] ?? null };
      case "text":
        return {
          ...{ kind: "text", block },
          cells: Object.fromEntries(Object.entries(block.cells).map(([name, asked]) => [name, single(asked)])),
        };
      case "figures":
        return { kind: "figures", block, cells: block.items.map(single) };
      case "national":
        return { kind: "national", block, entry: facts.entries.get(block.id) ?? null };
      case "numbers":
        return { kind: "numbers", block, entry: facts.entries.get(block.id) ?? null };
      case "contact":
        return { kind: "contact", block, contact: facts.contact };
      case "chart":
        return { kind: "chart", block };
      case "map":
        return { kind: "map", block };
      case "table":
        return tableOf(block, parameters, facts);
    }
  };
  return { definition: of, definitionHash: hash, parameters, blocks: of.blocks.map(made), ...more };
}

/** The unit of a column's figures; null for parts of a whole. */
export function unitOf(column: Column, of: TableBlock): Unit | null {
  if (column.kind === "measure") return measureOf(column.measure)?.unit ?? null;
  if (column.kind === "input") return column.unit;
  if (column.kind !== "sum") return null;
  const first = of.columns.find(({ id }) => id === column.of[0]);
  return first ? unitOf(first, of) : null;
}

/** The column of a table that a chart or map shows: its table, where it stands, its unit. Null when there is none. */
export function columnOf(
  { blocks }: Pick<Result, "blocks">,
  picture: { table: string; column: string },
): { table: ResultTable; column: Column; at: number; unit: Unit | null } | null {
  const table = blocks.find((each) => each.kind === "table" && each.block.id === picture.table);
  if (table?.kind !== "table") return null;
  const at = table.block.columns.findIndex(({ id }) => id === picture.column);
  const column = table.block.columns[at];
  return column ? { table, column, at, unit: unitOf(column, table.block) } : null;
}
