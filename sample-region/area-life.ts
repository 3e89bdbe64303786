import { type Day, dayOf, isoDate } from "./calendar.ts";
import type { Context, State } from "./context.ts";
import { operatorFor } from "./organisations.ts";
import type { Territory } from "./places.ts";
import type { Kind } from "./programmes/programme.ts";
import type { Random } from "./random.ts";

/** What happens to an area over the years, beside its shape and place. */
export interface Life {
  /** The first state, without the fields that do not change, and what follows, in order of day. */
  states: State[];
  identified: Day;
  /** First and last day of field work, when there was any. */
  work?: { from: Day; to: Day; operator: string };
  /** The day on which the land was given back or struck off. */
  closed?: Day;
}

/** What a life depends on. */
export interface LifeInput {
  context: Context;
  territory: Territory;
  kind: Kind;
  squareMetres: number;
  /** The geometry of the full survey; an indication has only the point until then. */
  polygon: unknown;
  point: unknown;
  random: Random;
}

function months(n: number): number {
  return Math.round(n * 30.4);
}

/**
 * Lives through the years of an area: an indication, suspected or confirmed by survey, cancelled or confirmed later,
 * worked on, suspended, closed and handed over. Class and status move as the national standards let them; what would
 * happen after the last day of the sample region does not.
 */
export function liveThrough(input: LifeInput): Life {
  const { context, kind, polygon, point, random } = input;
  const { start, until, programme } = context;
  const { pace, kinds } = programme;
  const u = random.float();
  // More than half of the areas were found in the first four years, when the baseline surveys ran.
  const identified = start + Math.floor(u * (0.35 + 0.65 * u) * (until - start - 15));
  const surveyor = operatorFor(context, ["non-technical-survey", "technical-survey"], identified, random);
  const life: Life = { states: [], identified };
  const suspected = random.chance(kinds[kind].suspected);
  const indication = random.chance(suspected ? 0.1 : 0.02);
  const first = indication
    ? { areaClass: "indication", evidence: "not-specified", geometry: point }
    : { ...verdict(suspected), geometry: polygon, areaSquareMetres: input.squareMetres };
  const opening = { ...first, status: "open", organisation: surveyor };
  life.states.push({ day: identified, values: opening, reason: "" });
  let day = identified;
  if (indication) {
    day += months(random.logNormal(4, 0.7));
    if (random.chance(0.2)) return close(life, input, day, "administrative", "Survey found no hazardous area");
    const surveyed = { ...verdict(suspected), geometry: polygon, areaSquareMetres: input.squareMetres };
    add(life, input, day, surveyed, "Non-technical survey drew the area");
  }
  let confirmed = !suspected;
  if (suspected) {
    day += months(random.logNormal(9, 0.6));
    const fate = random.float();
    if (fate < pace.cancelled) return close(life, input, day, "cancelled", "Non-technical survey found no evidence");
    if (fate < pace.cancelled + pace.confirmed) {
      confirmed = true;
      add(life, input, day, verdict(false), "Technical survey found direct evidence");
    }
  }
  if (random.chance(0.012)) {
    return close(
      life,
      input,
      day + months(random.between(1, 8)),
      "duplicate",
      "Recorded twice; the other record is kept",
    );
  }
  if (confirmed && random.chance(pace.takenUp)) work(life, input, day);
  return settle(life, input);
}

function verdict(suspected: boolean): Record<string, unknown> {
  return suspected ? { areaClass: "sha", evidence: "indirect" } : { areaClass: "cha", evidence: "direct" };
}

function add(life: Life, { context }: LifeInput, day: Day, values: Record<string, unknown>, reason: string): void {
  if (day <= context.until) life.states.push({ day, values, reason });
}

function close(life: Life, input: LifeInput, day: Day, closureReason: string, reason: string): Life {
  if (day <= input.context.until) {
    life.closed = day;
    add(life, input, day, { status: "closed", closedOn: isoDate(day), closureReason }, reason);
  }
  return settle(life, input);
}

function work(life: Life, input: LifeInput, confirmed: Day): void {
  const { context, kind, squareMetres, random } = input;
  const { pace } = context.programme;
  const from = confirmed + months(random.logNormal(pace.waiting, 0.65));
  if (from > context.until) return;
  const tasks = kind === "strike" || kind === "battlefield" ? ["battle-area-clearance"] : ["clearance"];
  const operator = operatorFor(context, tasks, from, random);
  const to = from + months(Math.min(30, random.logNormal(4 + squareMetres / 30_000, 0.4)));
  life.work = { from, to: Math.min(to, context.until), operator };
  add(life, input, from, { status: "worked-on", organisation: operator }, "Task order issued, work has begun");
  if (random.chance(pace.suspended)) {
    life.work.to = Math.floor(from + (life.work.to - from) * random.float());
    add(life, input, life.work.to, { status: "suspended" }, "Work stopped: access is not safe or funds ran out");
    return;
  }
  if (to > context.until) return;
  const closureReason = random.chance(0.78) ? "cleared" : "reduced";
  life.closed = to;
  const reason = closureReason === "cleared" ? "Completion report accepted" : "Technical survey found no more evidence";
  add(life, input, to, { status: "closed", closedOn: isoDate(to), closureReason }, reason);
  const handover = to + months(random.between(0.5, 5));
  add(life, input, handover, { status: "released" }, "Land handed over to the community");
}

/** Adds the corrections that have nothing to do with the work, and puts everything in order. */
function settle(life: Life, { context, squareMetres, random }: LifeInput): Life {
  if (random.chance(0.05)) {
    const day = life.identified + random.integer(20, 500);
    const values = { reportedSquareMetres: Math.max(100, Math.round(squareMetres / 100) * 100) };
    if (day <= context.until) life.states.push({ day, values, reason: "Reported area had a digit too many", delay: 3 });
  }
  if (random.chance(0.04)) {
    const day = life.identified + random.integer(10, 300);
    const values = { fixedBy: "differential-gps", accuracyMetres: 0.5 };
    if (day <= context.until) life.states.push({ day, values, reason: "Turning points measured again" });
  }
  life.states.sort((a, b) => a.day - b.day);
  return life;
}

/** The first day on which Viet Nam has its units of today. */
export const newUnitsFrom = dayOf(2025, 7, 1);
