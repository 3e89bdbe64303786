import type { PastNonconformity, PastStep } from "../src/domains/quality/index.ts";
import type { Severity } from "../src/domains/quality/model.ts";
import { type Day, isoDate, isoTime, parseDate } from "./calendar.ts";
import type { SampleRecord } from "./item.ts";
import { Random } from "./random.ts";

type Found = Pick<PastNonconformity, "type" | "description" | "correctiveAction">;

/** What inspections of the sample region find wrong, by how bad it is. */
const faults: Readonly<Record<Severity, readonly Found[]>> = {
  critical: [
    {
      type: "safety-distance",
      description: "Two deminers worked eight metres apart while one excavated",
      correctiveAction: "Stop the lane, brief the section again, mark the working distances",
    },
    {
      type: "medical-support",
      description: "No medic within five minutes of the working lanes",
      correctiveAction: "Suspend work until the medic is back on site",
    },
    {
      type: "procedure",
      description: "Detector was not tested after the battery had been changed",
      correctiveAction: "Search the lane again from the last tested point",
    },
  ],
  major: [
    {
      type: "marking",
      description: "Marking on the eastern side is missing over forty metres",
      correctiveAction: "Put the marking back and check the remaining sides",
    },
    {
      type: "supervision",
      description: "One section leader for three sections",
      correctiveAction: "Appoint a second section leader",
    },
    {
      type: "records",
      description: "Daily progress of four days was not entered",
      correctiveAction: "Enter the missing days from the field book",
    },
  ],
  minor: [
    {
      type: "equipment",
      description: "Two visors are scratched beyond what the procedure allows",
      correctiveAction: "Replace the visors",
    },
    { type: "records", description: "The visitors' log was not kept up to date", correctiveAction: null },
    {
      type: "boundary",
      description: "Turning point 4 has no buried metal",
      correctiveAction: "Bury a steel pin at the turning point",
    },
  ],
};

const usualDays: Readonly<Record<Severity, number>> = { critical: 7, major: 30, minor: 90 };
/** Of those whose deadline was long ago, the share that was closed. */
const closedShare = 0.85;

function severities(result: unknown, random: Random): Severity[] {
  if (result === "rejected") return random.chance(0.5) ? ["critical", "minor"] : ["critical", "major"];
  if (result === "accepted-with-conditions") return random.chance(0.4) ? ["major", "minor"] : ["major"];
  return random.chance(0.3) ? ["minor"] : [];
}

/**
 * What an inspection visit of the sample region found wrong, and what became of it until the last day: closed, corrected
 * and not yet looked at, or still open, some beyond their deadline.
 * @param until the last day of the sample region, an ISO date
 */
export function nonconformitiesOf(visit: SampleRecord, until: string): PastNonconformity[] {
  const { organisation, result, visitedOn } = visit.values;
  const random = new Random(`nonconformities/${visit.id}`);
  const day = parseDate(visitedOn as string);
  const last = parseDate(until);
  return severities(result, random).map((severity) => {
    const due = day + usualDays[severity];
    return {
      ...random.pick(faults[severity]),
      ...{ visit: visit.id, organisation: organisation as string, sensitivity: 1, severity },
      deadline: isoDate(due),
      raisedAt: moment(Math.min(day + 1, last), random),
      steps: stepsOf(day, due, last, random),
    };
  });
}

const moment = (day: Day, random: Random) => isoTime(day, random.integer(7200, 32_000));

function stepsOf(day: Day, due: Day, last: Day, random: Random): PastStep[] {
  const steps: PastStep[] = [];
  let now = day + 1;
  let deadline = due;
  const take = (on: Day, step: PastStep["step"], reason: string, until: Day | null = null) => {
    now = Math.max(on, now + 1);
    if (now > last) return false;
    steps.push({ step, reason, deadline: until === null ? null : isoDate(until), at: moment(now, random) });
    return true;
  };
  if (random.chance(0.25)) {
    const later = deadline + random.integer(60, 420);
    const reason = "The part has to be ordered";
    if (!take(deadline - random.integer(1, 4), "extended", reason, later)) return steps;
    deadline = later;
  }
  if (!random.chance(closedShare)) return steps;
  if (!take(day + random.integer(2, Math.max(3, deadline - day)), "corrected", "Corrected on site, photo in the log"))
    return steps;
  if (random.chance(0.15)) {
    const reason = "Seen again: only half of it was done";
    if (!take(now + random.integer(2, 10), "reopened", reason, now + 30)) return steps;
    if (!take(now + random.integer(3, 20), "corrected", "The rest was done")) return steps;
  }
  take(now + random.integer(2, 25), "closed", "Seen on site, in order");
  return steps;
}
