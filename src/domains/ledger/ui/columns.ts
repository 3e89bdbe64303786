import type { MovementOutput } from "../contract.ts";
import { type Account, dimensions } from "../model.ts";

/** What a table of the ledger can be cut by. */
export const cuts = [...dimensions, "year", "none"] as const;
export type Cut = (typeof cuts)[number];

/** The figures of a statement. */
export type FigureName = keyof MovementOutput;

/** One figure of a statement and the accounts whose entries stand behind it. */
export interface FigureColumn {
  name: FigureName;
  accounts: readonly Account[];
  /** A stock is the sum of all entries up to a day; other figures are what came in a period. */
  stock?: "opening" | "closing";
  /** Sources are posted as negative amounts; the figure is positive. */
  sign: 1 | -1;
  /** Whether it adds to the open land of the period, or takes from it. */
  effect: 1 | -1 | 0;
}

/** The figures of a statement in its order: opening + what comes − what goes = closing. */
export const columns: readonly FigureColumn[] = [
  { name: "opening", accounts: ["suspected", "confirmed"], stock: "opening", sign: 1, effect: 0 },
  { name: "identified", accounts: ["identified"], sign: -1, effect: 1 },
  { name: "boundaryIncrease", accounts: ["boundary-increase"], sign: -1, effect: 1 },
  { name: "boundaryDecrease", accounts: ["boundary-decrease"], sign: 1, effect: -1 },
  { name: "administrative", accounts: ["administrative"], sign: 1, effect: -1 },
  { name: "cancelled", accounts: ["cancelled"], sign: 1, effect: -1 },
  { name: "reducedWithoutAsset", accounts: ["reduced-without-asset"], sign: 1, effect: -1 },
  { name: "reducedWithAsset", accounts: ["reduced-with-asset"], sign: 1, effect: -1 },
  { name: "cleared", accounts: ["cleared"], sign: 1, effect: -1 },
  { name: "closing", accounts: ["suspected", "confirmed"], stock: "closing", sign: 1, effect: 0 },
  { name: "closingSuspected", accounts: ["suspected"], stock: "closing", sign: 1, effect: 0 },
  { name: "closingConfirmed", accounts: ["confirmed"], stock: "closing", sign: 1, effect: 0 },
];

/** The code lists that name the keys of a cut. */
export const codeListOf: Partial<Record<Cut, string>> = {
  contamination: "contamination-type",
  method: "release-method",
};

/** The day before an ISO day. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** Which table is asked for: the period, what was known, and the country. */
export interface LedgerQuery {
  country: string;
  to: string;
  from?: string;
  knownOn?: string;
}

/**
 * How the entries behind one figure of a table are asked for: the row's key becomes a filter (`none` where the table has
 * no value, `all` for the sum of all rows), a stock reaches back to the beginning, and a year narrows the period.
 */
export function entriesQuery(
  query: LedgerQuery,
  by: Cut,
  key: string,
  figure: Pick<FigureColumn, "accounts" | "stock">,
): Record<string, string> {
  const { from: begin, ...rest } = query;
  const asked: Record<string, string> = { ...rest, account: figure.accounts.join(",") };
  if (figure.stock === "opening" && begin) asked.to = dayBefore(begin);
  if (!figure.stock && begin) asked.from = begin;
  if (key === "all") return asked;
  if (by === "year") {
    const [first, last] = [`${key}-01-01`, `${key}-12-31`];
    if (figure.stock === "opening") asked.to = dayBefore(first);
    else {
      asked.to = last < query.to ? last : query.to;
      if (!figure.stock) asked.from = begin && begin > first ? begin : first;
    }
  } else if (by !== "none") asked[by === "contamination" ? "contaminationOnly" : by] = key;
  return asked;
}
