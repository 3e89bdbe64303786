import { suppress } from "@santi/safe-statistics";
import type { NeedCount, NeedGroupCount } from "./input-store.ts";
import type { AccessGroup } from "./model.ts";

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

/** People of a group with open needs in a unit; protected already. */
export interface GroupNeed {
  group: AccessGroup;
  unit: string;
  people: number;
}

const groupOf: Readonly<Record<string, AccessGroup>> = {
  female: "women",
  male: "men",
  child: "children",
  older: "older",
};

/**
 * As `protectNeeds`, for the counts by sex, by age and by kind of need: tables of the same people that are protected
 * together, so that no margin of one tells what another hides. Those of other or unknown sex and adults are counted to
 * protect the rest, and not told.
 */
export function protectNeedGroups(counts: NeedGroupCount): GroupNeed[] {
  const table = (by: "sex" | "age" | "kind", rows: readonly { unit: string; value: string; people: number }[]) => {
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
  };
  const told: GroupNeed[] = [];
  const tell = (tables: ReturnType<typeof table>[]) => {
    const filled = tables.filter(({ counts: each }) => each.length > 0);
    if (filled.length === 0) return;
    for (const { place, count } of suppress(filled, { threshold: needThreshold }).cells) {
      if (place.unit === undefined || count === null || count === 0) continue;
      const group =
        place.kind === undefined ? groupOf[place.sex ?? place.age ?? ""] : (`need-${place.kind}` as AccessGroup);
      if (group) told.push({ group, unit: place.unit, people: count });
    }
  };
  tell([table("sex", counts.sex), table("age", counts.age)]);
  // Somebody may have several needs: this table adds up to needs, not to people.
  tell([table("kind", counts.kind)]);
  return told.sort((a, b) => (a.group === b.group ? (a.unit < b.unit ? -1 : 1) : a.group < b.group ? -1 : 1));
}
