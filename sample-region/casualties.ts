import type { OrdnanceCategory } from "../src/domains/ordnance/model.ts";
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
