import { tableResponse, type WriteRow } from "../../platform/files/index.ts";
import { type Context, implement } from "../../platform/http/handler.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { type Reference, referencesById } from "../../platform/records/references.ts";
import { type MovementOutput, rights, routes } from "./contract.ts";
import { type Account, type Amounts, amountsOf, type Dimension, type Movement, movementOf } from "./model.ts";
import { type EntryRow, findAreaEntries, findBalances, findEntries, type LedgerFilter } from "./store.ts";

type Cut = Dimension | "year" | "none";

/** A table of movements with the total of its rows. */
export interface LedgerTable {
  rows: { key: string | null; movement: Movement }[];
  total: Movement;
}

function addAmounts(one: Amounts, other: Amounts): Amounts {
  const sum: Partial<Record<Account, number>> = { ...one };
  for (const [account, amount] of Object.entries(other) as [Account, number][])
    sum[account] = (sum[account] ?? 0) + amount;
  return sum;
}

/**
 * The movements of a period by one dimension. By year, each row is a year of the period with the stock at its ends, so
 * that a row's closing is the next one's opening.
 */
export async function ledgerTable(tx: Context["tx"], filter: LedgerFilter, by: Cut): Promise<LedgerTable> {
  const balances = await findBalances(tx, filter, by);
  const before = balances.reduce<Amounts>((sum, row) => addAmounts(sum, row.before), {});
  const after = balances.reduce<Amounts>((sum, row) => addAmounts(sum, row.after), {});
  const total = movementOf(before, after);
  if (by !== "year")
    return { rows: balances.map(({ key, ...row }) => ({ key, movement: movementOf(row.before, row.after) })), total };
  let opening: Amounts = before;
  const rows = balances.map(({ key, before: earlier, after: year }) => {
    const change: Partial<Record<Account, number>> = {};
    for (const [account, amount] of Object.entries(year) as [Account, number][])
      change[account] = amount - (earlier[account] ?? 0);
    const closing = addAmounts(opening, change);
    const row = { key, movement: movementOf(opening, closing) };
    opening = closing;
    return row;
  });
  const first = filter.from?.slice(0, 4);
  return { rows: first ? rows.filter(({ key }) => key !== null && key >= first) : rows, total };
}

const referencing: Partial<Record<Cut, string>> = { province: "unit", unit: "unit", organisation: "organisation" };

async function namesOf(context: Context, by: Cut, rows: LedgerTable["rows"]): Promise<Record<string, Reference>> {
  const kind = referencing[by];
  return kind ? referencesById(context.tx, { [kind]: rows.flatMap(({ key }) => (key === null ? [] : [key])) }) : {};
}

async function entryNames(context: Context, items: readonly EntryRow[]): Promise<Record<string, Reference>> {
  const present = (values: (string | null)[]) => values.filter((value) => value !== null);
  return referencesById(context.tx, {
    unit: present(items.map(({ unit }) => unit)),
    organisation: present(items.map(({ organisation }) => organisation)),
  });
}

function demandOrder({ from, to }: { from?: string | undefined; to: string }): void {
  if (from && from > to)
    throw new Problem(commonProblems["invalid-input"], {}, [{ path: "from", code: "check.dates-out-of-order" }]);
}

const columns = Object.keys(movementOf({}, {})) as (keyof MovementOutput)[];

/** The routes of the ledger with their handlers. */
export const implementation = implement(routes, {
  async table(context, { query }) {
    demandOrder(query);
    const { by, ...filter } = query;
    const { rows, total } = await ledgerTable(context.tx, filter, by);
    return {
      by,
      to: query.to,
      from: query.from ?? null,
      knownOn: query.knownOn ?? null,
      rows,
      total,
      references: await namesOf(context, by, rows),
    };
  },
  async download(context, { query }) {
    demandOrder(query);
    const { by, format, ...filter } = query;
    const { rows, total } = await ledgerTable(context.tx, filter, by);
    const names = await namesOf(context, by, rows);
    const line = (key: string, name: string, movement: Movement): WriteRow => ({
      fields: { [by]: key, name, ...movement },
      geometry: null,
    });
    const lines = rows.map(({ key, movement }) => {
      const reference = names[key ?? ""];
      const name = reference ? (reference.names.en ?? Object.values(reference.names)[0] ?? "") : "";
      return line(reference?.code ?? key ?? "", name, movement);
    });
    return tableResponse([...lines, line("total", "", total)], {
      name: `ledger-${query.country}-${by}-${query.to}`,
      format,
      fields: [
        { name: by, kind: "text" },
        { name: "name", kind: "text" },
        ...columns.map((name) => ({ name, kind: "integer" as const })),
      ],
      signal: context.signal,
    });
  },
  async entries(context, { query }) {
    demandOrder(query);
    const found = await findEntries(context.tx, query);
    return { ...found, references: await entryNames(context, found.items) };
  },
  async statement(context, { params, query }) {
    const entries = await findAreaEntries(context.tx, params.country, params.id, query.knownOn);
    if (entries.length === 0) throw new Problem(commonProblems["not-found"]);
    const groups = new Map<string, (typeof entries)[number][]>();
    for (const entry of entries) {
      const key = `${entry.report} ${entry.about} ${entry.effectiveOn}`;
      groups.set(key, [...(groups.get(key) ?? []), entry]);
    }
    let balance: Amounts = {};
    const lines = [...groups.values()].map((group) => {
      const amounts = amountsOf(group);
      balance = addAmounts(balance, amounts);
      const [first] = group as [(typeof entries)[number]];
      const { report, reportCode, reportType, about, effectiveOn, knownAt } = first;
      return {
        ...{ report, reportCode, reportType, about, effectiveOn, knownAt, amounts },
        suspected: balance.suspected ?? 0,
        confirmed: balance.confirmed ?? 0,
      };
    });
    return { lines, balance };
  },
});

export {
  entriesOf,
  findAreaBalance,
  findDailyBalances,
  findEntries,
  findPosted,
  insertEntries,
  type LedgerFilter,
  type NewEntry,
} from "./store.ts";
export { rights };
