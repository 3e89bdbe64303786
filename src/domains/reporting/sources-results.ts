import type { Context } from "../../platform/http/handler.ts";
import { ledgerTable } from "../ledger/index.ts";
import { releasedIn } from "../ledger/model.ts";
import type { Grouped, Scope } from "./facts-store.ts";
import { askedKey, type Cell, money, none, number, type Series } from "./model.ts";
import type { Where } from "./model-definition.ts";
import { type Dimension, dimensions, measureOf } from "./model-measures.ts";
import {
  countContributions,
  countHurt,
  countProjectLand,
  countReached,
  countSessions,
  countUses,
  findIndicators,
  type HurtMeasure,
  type Money,
  type ReachMeasure,
} from "./results-store.ts";

/** What is asked of one measure. */
export interface ResultsAsked extends Scope {
  measure: string;
  by: Dimension | null;
  where: Where;
  /** What was answered already for one report; shares and costs ask for what other columns show. */
  known: Map<string, Promise<Series>>;
}

const cellOf = ({ values }: Grouped, measure: string): Cell => {
  const value = values[measure];
  // Where projects claim more than the whole of a square metre, no share of it is right.
  if ((values.twice ?? 0) > 0) return none("claimed-twice");
  return value === null || value === undefined ? none("not-given") : number(value);
};

/** Rows and whole; a row that counts nothing says nothing, one that cannot be counted says why. */
function seriesOf<Row extends { key: string | null; whole: boolean }>(
  rows: readonly Row[],
  by: Dimension | null,
  cell: (row: Row) => Cell,
): Series {
  const total = rows.find(({ whole }) => whole);
  const kept = by === null ? [] : rows.filter(({ whole }) => !whole).map((row) => [row.key, cell(row)] as const);
  return {
    rows: new Map(kept.filter(([, { value }]) => value !== 0)),
    total: total ? cell(total) : number(0),
  };
}

const moneyOf = ({ value, unrated, currency, currencies }: Money): Cell => {
  if (unrated > 0) return none("rate-missing");
  if (currencies > 1) return none("currencies-differ");
  return currency === null ? number(0) : money(value, currency);
};

/** One series by another, key by key; a divisor of nothing has no answer. */
function quotient(one: Series, other: Series | Cell, of: (a: Cell, b: Cell) => Cell): Series {
  const at = (key: string | null) => ("total" in other ? (other.rows.get(key) ?? number(0)) : other);
  const keys = new Set([...one.rows.keys(), ...("total" in other ? other.rows.keys() : [])]);
  return {
    rows: new Map([...keys].map((key) => [key, of(one.rows.get(key) ?? number(0), at(key))])),
    total: of(one.total, "total" in other ? other.total : other),
  };
}

const divided = (a: Cell, b: Cell, scale: number): Cell => {
  if (a.value === null) return a;
  if (b.value === null) return b;
  if (b.value === 0) return none("nothing-to-divide-by");
  const value = (a.value * scale) / b.value;
  return a.currency ? money(Math.round(value * 100) / 100, a.currency) : number(value);
};

const squareMetresInHectare = 10_000;

/** Figures of projects: land from the ledger by what they claim, people, money, land use, casualties around them. */
export function answerResults(context: Context, of: ResultsAsked): Promise<Series> {
  const { measure, by, country, where, from, to, known } = of;
  const key = (cut: Dimension | null) => askedKey({ country, measure, by: cut, where, from, to });
  const found = known.get(key(by));
  if (found) return found;
  // Every cut tells the whole too.
  const cut = by === null ? dimensions.find((dimension) => known.has(key(dimension))) : undefined;
  const answer = (cut && known.get(key(cut))) ?? count(context, of);
  known.set(key(by), answer);
  return answer;
}

async function count(context: Context, of: ResultsAsked): Promise<Series> {
  const { tx } = context;
  const { measure, by, where } = of;
  const again = (other: string) => answerResults(context, { ...of, measure: other });
  switch (measure) {
    case "results.released":
      return seriesOf(await countProjectLand(tx, of, where, by), by, (row) => cellOf(row, measure));
    case "results.share": {
      const { country, from, to, knownOn } = of;
      const national = await ledgerTable(tx, { country, from, to, ...(knownOn ? { knownOn } : {}) }, "none");
      return quotient(await again("results.released"), number(releasedIn(national.total)), (a, b) => divided(a, b, 1));
    }
    case "results.contributed":
      return seriesOf(await countContributions(tx, of, where, by), by, moneyOf);
    case "results.cost-per-hectare":
      return quotient(await again("results.contributed"), await again("results.released"), (a, b) =>
        divided(a, b, squareMetresInHectare),
      );
    case "results.land-use":
      return seriesOf(await countUses(tx, of, where, by), by, (row) => cellOf(row, measure));
    case "results.casualties-before":
    case "results.casualties-after":
      return seriesOf(await countHurt(tx, of, where, by, measure satisfies HurtMeasure), by, (row) =>
        cellOf(row, measure),
      );
    default:
      return seriesOf(await countReached(tx, of, where, by, measure as ReachMeasure), by, (row) =>
        cellOf(row, measure),
      );
  }
}

/** Figures of risk education. */
export async function answerEducation({ tx }: Context, of: ResultsAsked): Promise<Series> {
  return seriesOf(await countSessions(tx, of, of.where, of.by), of.by, (row) => cellOf(row, of.measure));
}

/**
 * What indicators count. One that does not hold for the whole period is in no table, and asked for by name it says that it
 * is retired.
 * @param count the whole of a measure for the same days
 */
export async function answerIndicators(
  context: Context,
  of: ResultsAsked,
  count: (measure: string) => Promise<Cell>,
): Promise<Series> {
  const wanted = of.where.indicator;
  const known = (await findIndicators(context.tx, of.country)).filter(({ id }) => !wanted || wanted.includes(id));
  const rows = new Map<string | null, Cell>();
  for (const { id, numerator, denominator, validFrom, validUntil } of known) {
    const valid = validFrom <= of.from && (validUntil === null || validUntil >= of.to);
    if (!valid && !wanted) continue;
    const figure = of.measure === "indicators.counted" ? numerator : denominator;
    const counts = figure !== null && measureOf(figure) !== undefined;
    rows.set(id, !valid ? none("retired") : counts ? await count(figure) : none("nothing-to-divide-by"));
  }
  // One that a report names and that is no more is marked, not passed over.
  for (const id of wanted ?? []) if (!rows.has(id)) rows.set(id, none("retired"));
  const [only] = rows.values();
  return { rows: of.by === null ? new Map() : rows, total: rows.size === 1 && only ? only : none("not-added") };
}
