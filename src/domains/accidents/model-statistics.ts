import { ordnanceCategories, ordnanceGroups } from "../ordnance/model.ts";
import { codeLists } from "./model.ts";

/** What casualties are counted by. `unit` is the first-level unit; `sexAge` is men, women, boys and girls. */
export const dimensions = [
  "year",
  "country",
  "unit",
  "outcome",
  "status",
  "sex",
  "ageGroup",
  "ageBand",
  "sexAge",
  "device",
  "deviceGroup",
  "activity",
] as const;
export type Dimension = (typeof dimensions)[number];

/** The key of a value that nobody knows. Shares are among the known ones only. */
export const unknownKey = "unknown";

/** Bands of age in whole years, both ends within; an age group without an age is a band of its own. */
export const ageBands = [
  { key: "0-4", from: 0, to: 4 },
  { key: "5-12", from: 5, to: 12 },
  { key: "13-17", from: 13, to: 17 },
  { key: "18-29", from: 18, to: 29 },
  { key: "30-44", from: 30, to: 44 },
  { key: "45-59", from: 45, to: 59 },
  { key: "60-", from: 60, to: 120 },
] as const;

/** Groups in which causes are published: mines apart from explosive remnants. */
export const deviceGroups = ["ap-mine", "av-mine", "cmr", "erw", "other", unknownKey] as const;

/** The group of each device; what is not known is not another kind. */
export const groupOfDevice: ReadonlyMap<string, string> = new Map(
  ordnanceCategories.map((category) => [category, category === "unknown" ? unknownKey : ordnanceGroups[category]]),
);

/** The order of the values of a dimension, where it has one; years and places sort by themselves. */
const orders: Partial<Record<Dimension, readonly string[]>> = {
  outcome: codeLists["casualty-outcome"],
  status: codeLists["casualty-status"],
  sex: ["female", "male", "other", unknownKey],
  ageGroup: codeLists["casualty-age-group"],
  ageBand: [...ageBands.map(({ key }) => key), "child", "adult", unknownKey],
  sexAge: ["man", "woman", "boy", "girl", "other", unknownKey],
  device: ordnanceCategories,
  deviceGroup: deviceGroups,
  activity: codeLists["accident-activity"],
};

/** Compares two keys of a dimension: in its own order, unknown last, totals after everything. */
export function compareKeys(dimension: Dimension, a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  const order = orders[dimension];
  const rank = (key: string) => (key === unknownKey ? 1e6 : order ? order.indexOf(key) : 0);
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

/** A count of people and of the accidents in which they came to harm; a null key is added up over. */
export interface CountedCell {
  keys: readonly (string | null)[];
  casualties: number | null;
  accidents: number | null;
}

/** A cell with what follows from its neighbours. */
export interface PresentedCell {
  keys: (string | null)[];
  casualties: number | null;
  accidents: number | null;
  share: number | null;
  change: number | null;
}

const keyOf = (keys: readonly (string | null)[]) => JSON.stringify(keys);

/**
 * Adds shares and changes to counts. A share is the count over all counts of known values of the last dimension, the
 * other keys being equal (Landmine Monitor: percentages use only cases where the value is known). A change is that against
 * the year before, as a share of it. Neither is given where a hidden count would follow from it.
 * @param by the dimensions, in the order of the keys
 * @param cells counts with their totals; a cell that is missing counts nobody
 */
export function presentCells(by: readonly Dimension[], cells: readonly CountedCell[]): PresentedCell[] {
  const known = new Map(cells.map((cell) => [keyOf(cell.keys), cell]));
  const groups = new Map<string, { sum: number; hidden: boolean }>();
  const groupOf = (keys: readonly (string | null)[]) => keyOf(keys.slice(0, -1));
  for (const { keys, casualties } of cells) {
    const last = keys.at(-1);
    if (last === null || last === unknownKey) continue;
    const group = groups.get(groupOf(keys)) ?? { sum: 0, hidden: false };
    groups.set(groupOf(keys), {
      sum: group.sum + (casualties ?? 0),
      hidden: group.hidden || casualties === null,
    });
  }
  const yearAt = by.indexOf("year");
  const years = yearAt < 0 ? [] : cells.map(({ keys }) => keys[yearAt]).filter((key) => key !== null);
  const firstYear = years.filter((key) => key !== unknownKey && key !== undefined).sort()[0] ?? "";
  const shareOf = ({ keys, casualties }: CountedCell) => {
    const last = keys.at(-1);
    // The share of a year among all years says nothing.
    if (last === null || last === unknownKey || casualties === null || by.at(-1) === "year") return null;
    const group = groups.get(groupOf(keys));
    return group && !group.hidden && group.sum > 0 ? casualties / group.sum : null;
  };
  const changeOf = ({ keys, casualties }: CountedCell) => {
    const year = yearAt < 0 ? null : keys[yearAt];
    if (typeof year !== "string" || !/^\d{4}$/.test(year) || casualties === null || year <= firstYear) return null;
    const before = known.get(keyOf(keys.with(yearAt, String(Number(year) - 1))));
    const count = before === undefined ? 0 : before.casualties;
    return count === null || count === 0 ? null : (casualties - count) / count;
  };
  return [...cells]
    .sort((a, b) =>
      by.reduce((order, dimension, i) => order || compareKeys(dimension, a.keys[i] ?? null, b.keys[i] ?? null), 0),
    )
    .map((cell) => ({ ...cell, keys: [...cell.keys], share: shareOf(cell), change: changeOf(cell) }));
}

/**
 * The tables that are published together, and hidden as one, so that no hidden count follows from any of them: each
 * begins with the year. What is not among them is not given to readers from whom small counts are hidden: tables
 * asked for one by one could be set against each other.
 */
export const published: readonly (readonly Dimension[])[] = [
  ["year", "outcome"],
  ["year", "status"],
  ["year", "sex", "ageGroup"],
  ["year", "deviceGroup"],
  ["year", "activity"],
  ["year", "unit"],
];

/** The published table that a cut can be read from; undefined when there is none. */
export function publishedFor(by: readonly Dimension[]): readonly Dimension[] | undefined {
  return published.find((table) => by.every((dimension) => table.includes(dimension)));
}
