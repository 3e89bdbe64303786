import type { Tx } from "../database/types.ts";
import { type Context, type Implementation, implement } from "../http/handler.ts";
import { routes, type WaitingOutput } from "./contract.ts";

export { rights } from "./contract.ts";

/** Something that waits for people, counted by the area that it belongs to. */
export interface WorkCounter {
  /** Names it: the message `work.<kind>` says what waits. */
  kind: string;
  /** Who has none of these rights in a country is not asked about it there. */
  rights: readonly string[];
  /** How much of it waits for the caller in one country, as far as row-level security shows it. */
  count(context: Context, country: string): Promise<{ count: number; late: number | null }>;
}

/**
 * Makes a count that several kinds of work are read off, and that is made once for each request and country.
 * @param count asks the area's store for all of them together
 */
export function countedOnce<T>(count: (context: Context, country: string) => Promise<T>): typeof count {
  const known = new WeakMap<Tx, Map<string, Promise<T>>>();
  return (context, country) => {
    const found = known.get(context.tx) ?? new Map<string, Promise<T>>();
    known.set(context.tx, found);
    const counts = found.get(country) ?? count(context, country);
    found.set(country, counts);
    return counts;
  };
}

/** The countries in which the caller has a grant; a grant without a country is one in all that are active. */
async function countriesOf(
  { caller, tx }: Context,
  active: (tx: Tx) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const own = caller.grants.map(({ country }) => country);
  return own.includes(null) ? active(tx) : [...new Set(own)].filter((country) => country !== null);
}

/**
 * The route that tells a person what waits for them.
 * @param counters of every area, in the order in which they are shown
 * @param active the countries in which the node works
 */
export function createWork(
  counters: readonly WorkCounter[],
  active: (tx: Tx) => Promise<readonly string[]>,
): Implementation {
  return implement(routes, {
    async waiting(context, { query }) {
      const countries = query.country ? [query.country] : await countriesOf(context, active);
      const items: WaitingOutput[] = [];
      for (const { kind, rights, count } of counters) {
        const item: WaitingOutput = { kind, count: 0, late: null, countries: [] };
        for (const country of countries) {
          if (!rights.some((right) => context.caller.can(right, country))) continue;
          const found = await count(context, country);
          if (found.count === 0) continue;
          item.count += found.count;
          if (found.late !== null) item.late = (item.late ?? 0) + found.late;
          item.countries.push(country);
        }
        if (item.count > 0) items.push(item);
      }
      return { items };
    },
  });
}
