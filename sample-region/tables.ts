import { generate, type SampleOptions } from "./generate.ts";
import { isCorrection, type SampleItem, type SampleTypeName } from "./item.ts";

/** A line of counts: records by type, country and, where the type has them, class, status and year of its date. */
export interface SampleCount {
  type: SampleTypeName;
  country: string;
  areaClass: string | null;
  status: string | null;
  year: string | null;
  records: number;
  /** Square metres of areas, 0 for other types. */
  squareMetres: number;
  /** People killed, injured, amputated or with unknown outcome in accidents, 0 for other types. */
  casualties: number;
}

const dateFields: Readonly<Record<SampleTypeName, string | null>> = {
  "places.unit": null,
  "organisations.organisation": null,
  "land.area": "identifiedOn",
  "tasking.team": null,
  "tasking.task": "startOn",
  "tasking.progress": "day",
  "quality.visit": "visitedOn",
  "accidents.accident": "occurredOn",
  "accidents.casualty": null,
  "ordnance.find": "foundOn",
  "ordnance.event": "occurredOn",
};

/**
 * Counts the records of a sample region in their last state, for tests and for checking what a loader stored.
 * @param seed as for `generate`
 * @param scale as for `generate`
 * @param options the other options of `generate`
 */
export function sampleTables(
  seed: number,
  scale: number,
  options: Omit<SampleOptions, "seed" | "scale"> = {},
): SampleCount[] {
  const counts = new Map<string, SampleCount>();
  for (const record of lastStates(generate({ ...options, seed, scale }))) add(counts, record);
  return [...counts.values()];
}

/** Folds corrections into the records they follow: every record once, with its last values. */
export function* lastStates(stream: Iterable<readonly SampleItem[]>): Generator<SampleItem> {
  let current: SampleItem | undefined;
  for (const item of items(stream)) {
    if (current && isCorrection(item)) {
      const values: SampleItem["values"] = { ...current.values, ...item.values };
      current = { ...current, values };
    } else {
      if (current) yield current;
      current = item;
    }
  }
  if (current) yield current;
}

function* items(stream: Iterable<readonly SampleItem[]>): Generator<SampleItem> {
  for (const batch of stream) yield* batch;
}

function add(counts: Map<string, SampleCount>, { type, country, values }: SampleItem): void {
  const dateField = dateFields[type];
  const line = {
    type,
    country,
    areaClass: (values.areaClass as string | undefined) ?? null,
    status: type === "land.area" ? (values.status as string) : null,
    year: dateField ? String(values[dateField]).slice(0, 4) : null,
  };
  const key = Object.values(line).join("|");
  const count = counts.get(key) ?? { ...line, records: 0, squareMetres: 0, casualties: 0 };
  count.records++;
  if (type === "land.area") count.squareMetres += (values.areaSquareMetres as number | undefined) ?? 0;
  for (const field of ["killed", "injured", "amputated", "outcomeUnknown"]) {
    count.casualties += (values[field] as number | undefined) ?? 0;
  }
  counts.set(key, count);
}
