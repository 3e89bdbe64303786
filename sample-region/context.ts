import type { Language } from "../src/platform/contract/fields.ts";
import type { UnitSource } from "./boundaries.ts";
import { type Day, firstDayOfMonth, isoDate, isoTime, monthIndex } from "./calendar.ts";
import type { Region } from "./geometry/region.ts";
import { type Entered, entered, type SampleItem, type SampleRecord, type SampleTypeName, sampleId } from "./item.ts";
import type { Places } from "./places.ts";
import type { Programme } from "./programmes/programme.ts";
import { Random } from "./random.ts";

/** The first day of the history: ten years before the usual last day. */
export const firstDay = "2016-07-01";

/** What the generators of one country share. */
export interface Context {
  programme: Programme;
  places: Places;
  source: UnitSource;
  /** The sample region's seed, as text; part of every stream's name. */
  seed: string;
  scale: number;
  start: Day;
  until: Day;
  /** The units of neighbouring countries that were asked for. */
  neighbours: Map<string, readonly Region[]>;
  /** The ids of the organisations by their code. */
  organisations: Map<string, string>;
  /** The ids of the teams of each operator, by the organisation's id. */
  teams: Map<string, string[]>;
  /** The ids of the units by their key. */
  unitIds: Map<string, string>;
  /** Numbers given out, by the beginning of the code. */
  numbers: Map<string, number>;
}

/** The next number under a heading, from 1. */
export function nextNumber(context: Context, heading: string): number {
  const n = (context.numbers.get(heading) ?? 0) + 1;
  context.numbers.set(heading, n);
  return n;
}

/** One state in the life of a record: from a day on these fields have these values. */
export interface State {
  day: Day;
  values: Record<string, unknown>;
  /** Why the record changed; not used for the first state. */
  reason: string;
  /** Mean days from the fact to its entry, 6 when left out. */
  delay?: number;
}

/**
 * Writes the states of a record as its first revision and corrections. Times of entry rise strictly, and the id's time
 * is that of the first entry. A state that changes nothing is left out.
 * @param states in order of day; at least one
 */
export function revisions(
  context: Context,
  type: SampleTypeName,
  states: readonly State[],
  random: Random,
): { id: string; items: SampleItem[] } {
  const [first, ...later] = states as [State, ...State[]];
  const { country } = context.programme;
  let moment = entered(first.day, first.delay ?? 6, context.until, random);
  const id = sampleId(moment.milliseconds, random);
  const record: SampleRecord = {
    type,
    country,
    id,
    values: first.values,
    effectiveOn: moment.effectiveOn,
    recordedAt: moment.recordedAt,
  };
  const items: SampleItem[] = [record];
  const current = { ...first.values };
  for (const { day, values, reason, delay } of later) {
    const changed = Object.fromEntries(Object.entries(values).filter(([name, value]) => current[name] !== value));
    if (Object.keys(changed).length === 0) continue;
    Object.assign(current, changed);
    moment = after(moment, entered(day, delay ?? 6, context.until, random));
    items.push({
      type,
      country,
      id,
      values: changed,
      effectiveOn: moment.effectiveOn,
      recordedAt: moment.recordedAt,
      revision: items.length + 1,
      reason,
    });
  }
  return { id, items };
}

/** Moves an entry to a minute after the one before when it would not come later by itself. */
function after(before: Entered, next: Entered): Entered {
  if (next.milliseconds > before.milliseconds) return next;
  const milliseconds = before.milliseconds + 60_000;
  const day = Math.floor(milliseconds / 86_400_000);
  return { ...next, day, milliseconds, recordedAt: isoTime(day, (milliseconds % 86_400_000) / 1000) };
}

/**
 * A date as somebody knew it, with its precision: to the day, or sometimes only to the month, which is written as the
 * month's first day. Drawn from a stream of its own, so that it changes nothing else of the record.
 * @param key names the stream: the record's code
 * @param vague the share of dates that are known to the month only
 */
export function datedOn(context: Context, field: string, day: Day, key: string, vague: number): Record<string, string> {
  const month = vague > 0 && stream(context, "precision", key).chance(vague);
  return {
    [field]: isoDate(month ? firstDayOfMonth(monthIndex(day)) : day),
    [`${field}Precision`]: month ? "month" : "day",
  };
}

/** A stream of random numbers of its own for one record or step. */
export function stream(context: Context, ...path: (string | number)[]): Random {
  return new Random(`${context.seed}/${context.programme.country}/${path.join("/")}`);
}

/** Names by language from a local and a Latin spelling. */
export function names(language: Language, local: string, latin: string): Partial<Record<Language, string>> {
  return local === "" || language === "en" ? { en: latin } : { en: latin, [language]: local };
}
