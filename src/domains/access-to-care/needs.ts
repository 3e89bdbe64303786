import { suppress } from "@santi/safe-statistics";
import type { NeedCount, NeedGroupCount } from "./input-store.ts";
import type { AccessGroup } from "./model.ts";

/** Counts below this are hidden, and as many others as it takes that they do not follow. */
export const needThreshold = 5;

/** People of a group with open needs in a unit; protected already. */
export interface GroupNeed {
  group: AccessGroup;
  unit: string;
  people: number;
}

/** Counts of people with open needs that may be kept and computed with. */
export interface ProtectedNeeds {
  shown: NeedCount[];
  /** Units whose people are left out. */
  hidden: number;
  groups: GroupNeed[];
}

const groupOf: Readonly<Record<string, AccessGroup>> = {
  female: "women",
  male: "men",
  child: "children",
  older: "older",
};

type GroupRows = readonly { unit: string; value: string; people: number }[];

function tableOf(by: "sex" | "age" | "kind", rows: GroupRows) {
  const units = [...new Set(rows.map(({ unit }) => unit))].sort();
  const values = [...new Set(rows.map(({ value }) => value))].sort();
  const at = new Map(rows.map(({ unit, value, people }) => [`${unit} ${value}`, people]));
  return {
    dimensions: [
      { name: "unit", values: units },
      { name: by, values },
    ],
    counts: units.flatMap((unit) => values.map((value) => at.get(`${unit} ${value}`) ?? 0)),
  };
}

const inOrder = (a: GroupNeed, b: GroupNeed) =>
  a.group === b.group ? (a.unit < b.unit ? -1 : 1) : a.group < b.group ? -1 : 1;

/**
 * Counts of people with open needs as they may be kept and computed with: small counts and those that would give them
 * away are left out, so that nothing that is computed from the rest can tell of somebody. The counts of units, by sex and
 * by age are tables of the same people and protected as one, so that none tells what another hides. Those of other or
 * unknown sex and adults are counted to protect the rest, and not told.
 */
export function protectNeeds(counts: readonly NeedCount[], by: NeedGroupCount): ProtectedNeeds {
  if (counts.length === 0) return { shown: [], hidden: 0, groups: [] };
  const units = {
    dimensions: [{ name: "unit", values: counts.map(({ unit }) => unit) }],
    counts: counts.map(({ people }) => people),
  };
  const tables = [units, tableOf("sex", by.sex), tableOf("age", by.age)].filter((each) => each.counts.length > 0);
  const shown: NeedCount[] = [];
  const groups: GroupNeed[] = [];
  for (const { place, count } of suppress(tables, { threshold: needThreshold }).cells) {
    const { unit, sex, age } = place;
    if (unit === undefined || count === null || count === 0) continue;
    const group = groupOf[sex ?? age ?? ""];
    if (sex === undefined && age === undefined) shown.push({ unit, people: count });
    else if (group) groups.push({ group, unit, people: count });
  }
  shown.sort((a, b) => (a.unit < b.unit ? -1 : 1));
  groups.push(...kindsOf(by.kind, shown));
  const hidden = counts.filter(({ people }) => people > 0).length - shown.length;
  return { shown, hidden, groups: groups.sort(inOrder) };
}

/** Somebody may have several needs, so this table adds up to needs, not to people; but one kind alone counts the same people. */
function kindsOf(rows: GroupRows, shown: readonly NeedCount[]): GroupNeed[] {
  const [only, ...others] = new Set(rows.map(({ value }) => value));
  if (only === undefined) return [];
  if (others.length === 0) return shown.map((each) => ({ group: `need-${only}` as AccessGroup, ...each }));
  return suppress(tableOf("kind", rows), { threshold: needThreshold }).cells.flatMap(({ place, count }) =>
    place.unit === undefined || place.kind === undefined || count === null || count === 0
      ? []
      : [{ group: `need-${place.kind}` as AccessGroup, unit: place.unit, people: count }],
  );
}
