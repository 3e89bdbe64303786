export const codeLists = {
  "accident-class": ["civilian", "demining", "military", "unknown"],
  "accident-cause": [
    "stepped-on",
    "drove-over",
    "handled",
    "tampered",
    "struck-while-working",
    "fire",
    "detonated-nearby",
    "throwing-or-playing",
    "unknown",
    "other",
  ],
  "accident-activity": [
    "farming",
    "collecting-wood-or-food",
    "herding",
    "fishing-or-hunting",
    "collecting-scrap-metal",
    "travelling",
    "playing",
    "building-or-digging",
    "demining",
    "military",
    "domestic",
    "standing-nearby",
    "other",
    "unknown",
  ],
} as const;

/** How many people an accident killed, injured or left in a condition that is not known. */
export interface CasualtyCounts {
  killed: number | null;
  injured: number | null;
  /** Only where the country counts amputations apart; such people are then not among the injured. */
  amputated: number | null;
  outcomeUnknown: number | null;
}

/**
 * All casualties of an accident: killed + injured + amputated + outcome unknown, as published tables add them.
 * Null when nothing at all was recorded, because unknown is not zero.
 */
export function casualties(counts: CasualtyCounts): number | null {
  const known = [counts.killed, counts.injured, counts.amputated, counts.outcomeUnknown].filter((n) => n !== null);
  return known.length === 0 ? null : known.reduce((sum, n) => sum + n, 0);
}
