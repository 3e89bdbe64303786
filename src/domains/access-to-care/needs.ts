import { suppress } from "@santi/safe-statistics";
import type { NeedCount } from "./input-store.ts";

/** Counts below this are hidden, and as many others as it takes that they do not follow. */
export const needThreshold = 5;

/**
 * Counts of people with open needs as they may be kept and computed with: small counts and those that would give them
 * away are left out, so that nothing that is computed from the rest can tell of somebody.
 * @returns the counts that stay, and how many units are left out
 */
export function protectNeeds(counts: readonly NeedCount[]): { shown: NeedCount[]; hidden: number } {
  if (counts.length === 0) return { shown: [], hidden: 0 };
  const { cells } = suppress(
    {
      dimensions: [{ name: "unit", values: counts.map(({ unit }) => unit) }],
      counts: counts.map(({ people }) => people),
    },
    { threshold: needThreshold },
  );
  const shown = cells.flatMap(({ place, count }) =>
    place.unit !== undefined && count !== null && count > 0 ? [{ unit: place.unit, people: count }] : [],
  );
  shown.sort((a, b) => (a.unit < b.unit ? -1 : 1));
  return { shown, hidden: counts.filter(({ people }) => people > 0).length - shown.length };
}
