import type { Block, Column, Where, Wording } from "../model-definition.ts";
import type { Dimension, MeasureId } from "../model-measures.ts";

/** Words of the catalogue under `reporting.`. */
export const say = (name: string): Wording => ({ key: `reporting.${name}` });

/** A column that counts. */
export const counts = (id: string, measure: MeasureId, where?: Where, words?: string): Column => ({
  ...{ kind: "measure", id, measure },
  ...(where ? { where } : {}),
  ...(words ? { words: say(words) } : {}),
});

/** The part of a column's known values. */
export const shareOf = (of: string): Column => ({ kind: "share", id: `${of}-share`, of });

/** A heading over what follows; `section` is the section of a treaty form that it opens. */
export const heading = (words: string, section?: string): Block => ({
  ...{ kind: "heading", words: say(words) },
  ...(section ? { section } : {}),
});

/** A text that the country writes by hand, for whoever fills a treaty form. */
export const national = (id: string, words: string, voluntary = false): Block => ({
  ...{ kind: "national", id, words: say(words), voluntary },
});

/** A table with its whole below. */
export const table = (
  id: string,
  words: string,
  by: Dimension,
  columns: Column[],
  more: { where?: Where; yearsBefore?: number; total?: boolean } = {},
): Block => ({ kind: "table", id, words: say(words), by, columns, total: true, ...more });

/** Bars of a column of the table `of`. */
export const chart = (of: string, column: string, words: string): Block => ({
  ...{ kind: "chart", table: of, column, words: say(words) },
});

/** A map of a column of the table `of`. */
export const map = (of: string, column: string, words: string): Block => ({
  ...{ kind: "map", table: of, column, words: say(words) },
});

/** The groups of ordnance that are not anti-personnel mines. */
export const otherItems: Where = { group: ["av-mine", "cmr", "erw", "other"] };

/** What land is left, known and suspected. */
export const remaining = (id: string, words: string, where?: Where): Block =>
  table(
    id,
    words,
    "province",
    [
      counts("areas-confirmed", "areas.confirmed"),
      counts("areas-suspected", "areas.suspected"),
      counts("areas", "areas.open"),
      counts("confirmed", "land.confirmed"),
      counts("suspected", "land.suspected"),
      counts("remaining", "land.closing"),
    ],
    where ? { where } : {},
  );

/** What was cancelled, reduced and cleared. */
export const released: Column[] = [
  counts("cancelled", "land.cancelled"),
  counts("reduced", "land.reduced"),
  counts("cleared", "land.cleared"),
  counts("released", "land.released"),
];

/** Casualties by outcome. */
export const outcomes: Column[] = [
  counts("killed", "casualties.people", { outcome: ["killed"] }, "column.killed"),
  counts("injured", "casualties.people", { outcome: ["injured"] }, "column.injured"),
  counts("amputated", "casualties.people", { outcome: ["amputated"] }, "column.amputated"),
  counts("unknown", "casualties.people", { outcome: ["unknown"] }, "column.survival-unknown"),
  counts("people", "casualties.people"),
];
