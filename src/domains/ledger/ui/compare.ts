import type { EntryOutput, TableOutput } from "../contract.ts";
import type { FigureColumn, FigureName } from "./columns.ts";

/** One row of a cut as it was known then and is known now. */
export interface ComparedRow {
  key: string | null;
  before: number;
  after: number;
  difference: number;
}

/** The rows of two tables of one cut side by side, in the order of the newer; what only one has counts as nothing. */
export function compareRows(
  then: Pick<TableOutput, "rows">,
  now: Pick<TableOutput, "rows">,
  figure: FigureName,
): ComparedRow[] {
  const earlier = new Map(then.rows.map(({ key, movement }) => [key, movement[figure]]));
  const later = new Map(now.rows.map(({ key, movement }) => [key, movement[figure]]));
  return [...new Set([...later.keys(), ...earlier.keys()])].map((key) => {
    const [before = 0, after = 0] = [earlier.get(key), later.get(key)];
    return { key, before, after, difference: after - before };
  });
}

/** A report that changed a figure after a day, and by how much. */
export interface Explanation {
  country: string;
  /** The report whose facts it states. */
  about: string;
  reportCode: string | null;
  reportType: string | null;
  /** The first and the last day that the entries hold from. */
  from: string;
  to: string;
  knownAt: string;
  squareMetres: number;
}

/**
 * Entries that became known late, one line for each report and the day it became known, the largest effect first. Their
 * sum is the difference of the figure when all entries are here.
 */
export function explain(entries: readonly EntryOutput[], figure: Pick<FigureColumn, "sign">): Explanation[] {
  const lines = new Map<string, Explanation>();
  for (const entry of entries) {
    const id = `${entry.about} ${entry.knownAt}`;
    const line = lines.get(id);
    const amount = figure.sign * entry.squareMetres;
    if (line) {
      line.squareMetres += amount;
      if (entry.effectiveOn < line.from) line.from = entry.effectiveOn;
      if (entry.effectiveOn > line.to) line.to = entry.effectiveOn;
    } else {
      const { country, about, reportCode, reportType, knownAt, effectiveOn } = entry;
      lines.set(id, {
        ...{ country, about, reportCode, reportType, knownAt },
        ...{ from: effectiveOn, to: effectiveOn, squareMetres: amount },
      });
    }
  }
  return [...lines.values()]
    .filter(({ squareMetres }) => squareMetres !== 0)
    .sort((a, b) => Math.abs(b.squareMetres) - Math.abs(a.squareMetres));
}
