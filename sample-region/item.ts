import { accident, casualty } from "../src/domains/accidents/contract.ts";
import { area } from "../src/domains/land/contract.ts";
import { event, find } from "../src/domains/ordnance/contract.ts";
import { organisation } from "../src/domains/organisations/contract.ts";
import { unit } from "../src/domains/places/contract.ts";
import { visit } from "../src/domains/quality/contract.ts";
import { progress, task, team } from "../src/domains/tasking/contract.ts";
import type { RecordType, RecordValues } from "../src/platform/contract/record-type.ts";
import { type Day, isoDate, isoTime } from "./calendar.ts";
import type { Random } from "./random.ts";

/** The record types that the sample region fills, by name. */
export const sampleRecordTypes: Readonly<Record<string, RecordType>> = Object.fromEntries(
  [unit, organisation, area, team, task, progress, visit, accident, casualty, find, event].map((type) => [
    type.name,
    type,
  ]),
);

export type SampleTypeName =
  | "places.unit"
  | "organisations.organisation"
  | "land.area"
  | "tasking.team"
  | "tasking.task"
  | "tasking.progress"
  | "quality.visit"
  | "accidents.accident"
  | "accidents.casualty"
  | "ordnance.find"
  | "ordnance.event";

/** The first revision of an invented record, with every field that holds a value, derived ones too. */
export interface SampleRecord {
  type: SampleTypeName;
  /** ISO 3166-1 alpha-3. */
  country: string;
  /** A UUID of version 7 whose time is `recordedAt`. */
  id: string;
  values: RecordValues;
  /** ISO date from which the values hold. */
  effectiveOn: string;
  /** ISO time at which the record was entered. */
  recordedAt: string;
}

/** A later revision of a record: only the fields that change; null empties a field. */
export interface SampleCorrection extends SampleRecord {
  /** 2 or more; the corrections of one record follow it in the stream, in order. */
  revision: number;
  reason: string;
}

export type SampleItem = SampleRecord | SampleCorrection;

/** Tells a correction from a first revision. */
export function isCorrection(item: SampleItem): item is SampleCorrection {
  return "revision" in item;
}

const hex: readonly string[] = Array.from({ length: 256 }, (_, n) => (n < 16 ? "0" : "") + n.toString(16));

function hex32(n: number): string {
  return `${hex[n >>> 24]}${hex[(n >>> 16) & 255]}${hex[(n >>> 8) & 255]}${hex[n & 255]}`;
}

/**
 * A UUID of version 7 (RFC 9562 §5.7) whose 48-bit time is the given moment and whose other bits come from `random`.
 * @param milliseconds Unix time
 */
export function sampleId(milliseconds: number, random: Random): string {
  const high = Math.floor(milliseconds / 0x1_0000);
  const low = milliseconds % 0x1_0000;
  const rest = (random.next() & 0x0fff) | 0x7000;
  const variant = (random.next() & 0x3fff) | 0x8000;
  const node = random.next() & 0xffff;
  const four = (n: number) => `${hex[n >>> 8]}${hex[n & 255]}`;
  return `${hex32(high)}-${four(low)}-${four(rest)}-${four(variant)}-${four(node)}${hex32(random.next())}`;
}

/** When something that holds from a day was entered: some days later, in office hours of the region, never after `until`. */
export interface Entered {
  effectiveOn: string;
  recordedAt: string;
  milliseconds: number;
  day: Day;
}

/**
 * Chooses the moment at which a fact was entered.
 * @param effective the day from which the fact holds
 * @param delay mean days between the fact and its entry
 * @param until the last day of the sample region
 */
export function entered(effective: Day, delay: number, until: Day, random: Random): Entered {
  const day = Math.min(until, effective + Math.floor(random.logNormal(delay, 0.7)));
  // 01:00 to 10:00 UTC is the working day of the region.
  const second = random.integer(3600, 35_999);
  return {
    effectiveOn: isoDate(effective),
    recordedAt: isoTime(day, second),
    milliseconds: (day * 86_400 + second) * 1000,
    day,
  };
}
