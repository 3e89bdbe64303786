import { ageGroupOf, casualtyCode, type Outcome } from "../src/domains/accidents/model.ts";
import type { OrdnanceCategory } from "../src/domains/ordnance/model.ts";
import { isCorrection, type SampleItem, sampleId } from "./item.ts";
import type { Weighted } from "./programmes/programme.ts";
import type { Random } from "./random.ts";

/** How an accident happened and whom it hurt, in the fields of an accident record. */
export interface Harm {
  accidentClass: string;
  activity: string;
  cause: string;
  killed: number;
  injured: number;
  amputated?: number;
  outcomeUnknown?: number;
}

/** What people were doing, by season: weights in the months of ploughing, in the dry months, and in the others. */
const activities: readonly (readonly [string, number, number, number])[] = [
  ["farming", 40, 14, 22],
  ["collecting-wood-or-food", 12, 22, 18],
  ["herding", 7, 9, 8],
  ["fishing-or-hunting", 5, 7, 8],
  ["collecting-scrap-metal", 4, 16, 6],
  ["travelling", 10, 10, 12],
  ["playing", 8, 8, 9],
  ["building-or-digging", 5, 8, 6],
  ["standing-nearby", 4, 3, 4],
  ["domestic", 3, 2, 4],
  ["demining", 1, 1, 1],
  ["military", 1, 1, 1],
  ["unknown", 2, 2, 2],
];

/** The activity of an accident in a month. */
export function activityIn(season: "ploughing" | "dry" | "other", random: Random): string {
  const column = season === "ploughing" ? 1 : season === "dry" ? 2 : 3;
  return random.weighted(activities.map((row) => [row[0], row[column]] as const));
}

const handled: Weighted<string> = [
  ["handled", 5],
  ["tampered", 3],
  ["struck-while-working", 2],
];

function causeOf(device: OrdnanceCategory, activity: string, random: Random): string {
  if (random.chance(0.04)) return "unknown";
  if (device === "av-mine" || device === "av-mine-improvised") {
    return random.chance(0.85) ? "drove-over" : "struck-while-working";
  }
  if (device === "ap-mine" || device === "ap-mine-improvised") {
    return random.chance(0.9) ? "stepped-on" : random.weighted(handled);
  }
  switch (activity) {
    case "playing":
      return "throwing-or-playing";
    case "collecting-scrap-metal":
      return random.weighted(handled);
    case "farming":
    case "building-or-digging":
      return random.weighted([
        ["struck-while-working", 7],
        ["fire", 2],
        ["handled", 1],
      ]);
    case "domestic":
      return random.weighted([
        ["fire", 6],
        ["tampered", 4],
      ]);
    default:
      return random.weighted([
        ["handled", 5],
        ["fire", 2],
        ["detonated-nearby", 3],
      ]);
  }
}

/** How many people an accident with a device hurts. */
function victims(device: OrdnanceCategory, activity: string, random: Random): number {
  if (device === "av-mine" || device === "av-mine-improvised") return 1 + random.count(2.6);
  if (device === "ap-mine" || device === "ap-mine-improvised") return 1 + random.count(0.18);
  return 1 + random.count(activity === "playing" ? 1.5 : activity === "standing-nearby" ? 1.2 : 0.55);
}

/**
 * Makes up how an accident happened and whom it hurt. Everyone hurt is in exactly one of the counts.
 * @param countsAmputations the country counts amputations apart from other injuries
 */
export function harmOf(device: OrdnanceCategory, activity: string, countsAmputations: boolean, random: Random): Harm {
  const accidentClass =
    activity === "demining" || activity === "military" ? activity : random.chance(0.02) ? "unknown" : "civilian";
  const cause = causeOf(device, activity, random);
  const stepped = cause === "stepped-on";
  const harm: Harm = { accidentClass, activity, cause, killed: 0, injured: 0 };
  const deadly = stepped ? 0.16 : cause === "drove-over" ? 0.28 : 0.33;
  let [amputated, unknown] = [0, 0];
  for (let n = victims(device, activity, random); n > 0; n--) {
    const u = random.float();
    if (u < deadly) harm.killed++;
    else if (u > 0.985) unknown++;
    else if (countsAmputations && random.chance(stepped ? 0.62 : 0.08)) amputated++;
    else harm.injured++;
  }
  if (countsAmputations) harm.amputated = amputated;
  if (unknown > 0) harm.outcomeUnknown = unknown;
  return harm;
}

const countsOf: readonly (readonly [field: string, outcome: Outcome])[] = [
  ["killed", "killed"],
  ["injured", "injured"],
  ["amputated", "amputated"],
  ["outcomeUnknown", "unknown"],
];

function statusOf(accidentClass: unknown, random: Random): string {
  if (accidentClass === "demining") return "deminer";
  if (accidentClass === "military") return "military";
  return random.chance(0.03) ? "unknown" : random.chance(0.02) ? "security" : "civilian";
}

function ageOf(activity: unknown, status: string, random: Random): number {
  if (status !== "civilian" && status !== "unknown") return random.integer(20, 52);
  if (activity === "playing") return random.integer(4, 16);
  if (activity === "herding") return random.integer(9, 60);
  return random.chance(0.12) ? random.integer(3, 17) : random.integer(18, 72);
}

/** Somebody hurt in an accident, without identity. */
function somebody(accident: Record<string, unknown>, outcome: Outcome, random: Random): Record<string, unknown> {
  const { accidentClass, activity, cause } = accident;
  const status = statusOf(accidentClass, random);
  const men = status === "civilian" || status === "unknown" ? 0.78 : 0.94;
  const sex = random.chance(men) ? "male" : "female";
  const age = ageOf(activity, status, random);
  const ageKnown = random.chance(0.93);
  const stepped = cause === "stepped-on";
  const wounded = outcome !== "unknown" && random.chance(0.8);
  const below = stepped ? "lower-limbs-below-knee" : random.pick(["upper-limbs", "chest", "head-neck", "eyes"]);
  return {
    outcome,
    status,
    sex,
    ...(ageKnown ? { age } : {}),
    ageGroup: ageKnown || random.chance(0.7) ? (ageGroupOf(age) as string) : "unknown",
    ...(random.chance(0.5) ? { knewDanger: random.chance(0.4) } : {}),
    ...(random.chance(0.5) ? { hadRiskEducation: random.chance(0.45) } : {}),
    ...(random.chance(0.4) ? { touchedItem: cause === "handled" || cause === "tampered" } : {}),
    ...(wounded ? { bodyRegions: outcome === "amputated" ? ["lower-limbs-below-knee"] : [below] } : {}),
    ...(outcome === "amputated" ? { impairments: [stepped ? "below-knee" : "hand-or-finger"] } : {}),
    ...(accident.organisation ? { organisation: accident.organisation } : {}),
  };
}

/**
 * The people behind the counts of an accident: one record each, entered with the accident, so that they always add up
 * to what it states. What a later visit changed of the counts changes them too: somebody died, or one more became known.
 * @param made the accident and its corrections, in order
 * @param random a stream of its own, so that it changes nothing else
 */
export function* peopleOf(made: readonly SampleItem[], random: Random): Generator<SampleItem> {
  const [accident, ...corrections] = made;
  if (!accident) return;
  const code = String(accident.values.code);
  let n = 0;
  const enter = (at: SampleItem, outcome: Outcome): SampleItem => {
    n += 1;
    const values = {
      code: casualtyCode(code, n),
      accident: accident.id,
      ...somebody(accident.values, outcome, random),
    };
    const { country, effectiveOn, recordedAt } = at;
    return {
      ...{ type: "accidents.casualty", country, effectiveOn, recordedAt, values },
      id: sampleId(Date.parse(recordedAt), random),
    };
  };
  const current: Record<string, unknown> = { ...accident.values };
  const first = countsOf.flatMap(([field, outcome]) =>
    Array.from({ length: (current[field] as number | undefined) ?? 0 }, () => enter(accident, outcome)),
  );
  for (const correction of corrections.filter(isCorrection)) {
    const change = (field: string) =>
      ((correction.values[field] as number | undefined) ?? (current[field] as number)) - (current[field] as number);
    const [died, found] = [change("killed"), change("injured")];
    Object.assign(current, correction.values);
    const hurt = first.findIndex(({ values }) => values.outcome === "injured");
    const person = first[hurt];
    if (died > 0 && person) {
      const { country, effectiveOn, recordedAt, reason } = correction;
      const values = { outcome: "killed", diedOn: effectiveOn };
      const death = { type: person.type, country, id: person.id, values, effectiveOn, recordedAt, revision: 2, reason };
      first.splice(hurt + 1, 0, death);
    } else if (found > 0) first.push(enter(correction, "injured"));
  }
  yield* first;
}
