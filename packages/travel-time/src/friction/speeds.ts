import type { ModeName, SpeedRule, SpeedTable } from "./types.ts";

const walk = (dry: number | null, rainy: number | null = dry): SpeedRule => ({ mode: "walking", dry, rainy });
const ride = (dry: number | null, rainy: number | null = dry): SpeedRule => ({ mode: "bicycling", dry, rainy });
const drive = (dry: number | null, rainy: number | null = dry): SpeedRule => ({ mode: "motorised", dry, rainy });

/**
 * Walking over land cover (codes of ESA WorldCover). Dry-season speeds are those that Weiss et al. (Nature 553, 2018;
 * Nature Medicine 26, 2020) give to the nearest class of theirs; what the rains take from them is an assumption, to be
 * replaced by what people on the ground say.
 */
const LAND_COVER: SpeedTable["landCover"] = {
  10: walk(3.24, 2.7),
  20: walk(3, 2.5),
  30: walk(4.86, 4),
  40: walk(2.5, 1.8),
  50: walk(5),
  60: walk(3, 2.5),
  70: walk(1.62),
  80: walk(null),
  90: walk(2, 1),
  95: walk(1.62, 1),
  100: walk(4.2, 3.5),
};

const RIVERS: SpeedTable["rivers"] = {
  river: walk(null),
  canal: walk(null),
  stream: walk(1.5, null),
  ditch: walk(2, 1),
  drain: walk(2, 1),
};

const classes = ["motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential"] as const;
const roads = (speeds: readonly SpeedRule[], rest: Readonly<Record<string, SpeedRule>>) => ({
  ...Object.fromEntries(classes.map((name, i) => [name, speeds[i] as SpeedRule])),
  ...rest,
});
const everywhere = (rule: SpeedRule) => classes.map(() => rule);

/**
 * Speeds for those who walk all the way, who own a bicycle, and who find a motor vehicle on every road; everyone walks
 * where there is no road. Classes of roads and rivers are those of OpenStreetMap. Cycling is slower than the 15 km/h of a
 * paved road where it is not; driving is below limits, in the range that AccessMod studies use.
 */
export const SPEEDS: Readonly<Record<ModeName, SpeedTable>> = {
  walking: {
    landCover: LAND_COVER,
    roads: roads(everywhere(walk(5)), { service: walk(5), track: walk(5, 4), path: walk(4.5, 3.5) }),
    rivers: RIVERS,
    crossings: { bridge: walk(5), ford: walk(2, null) },
  },
  bicycling: {
    landCover: LAND_COVER,
    roads: roads([ride(15), ride(15), ride(15), ride(14), ride(12, 10), ride(11, 8), ride(11, 9)], {
      service: ride(11, 9),
      track: ride(9, 5),
      path: walk(4.5, 3.5),
    }),
    rivers: RIVERS,
    crossings: { bridge: ride(12), ford: walk(2, null) },
  },
  motorised: {
    landCover: LAND_COVER,
    roads: roads(
      [drive(80), drive(70, 60), drive(60, 50), drive(50, 40), drive(35, 22), drive(25, 12), drive(20, 15)],
      {
        service: drive(15, 10),
        track: drive(12, 5),
        path: walk(4.5, 3.5),
      },
    ),
    rivers: RIVERS,
    crossings: { bridge: drive(40), ford: drive(5, null) },
  },
};

/** A table with every speed multiplied by what `factor` gives for its group and class; null speeds stay. */
export function varySpeeds(table: SpeedTable, factor: number | ((group: keyof SpeedTable, name: string) => number)) {
  const of = typeof factor === "number" ? () => factor : factor;
  const group = (name: keyof SpeedTable): Readonly<Record<string, SpeedRule>> =>
    Object.fromEntries(
      Object.entries(table[name]).map(([key, rule]) => {
        const by = of(name, key);
        const times = (speed: number | null) => (speed === null ? null : speed * by);
        return [key, { mode: rule.mode, dry: times(rule.dry), rainy: times(rule.rainy) }];
      }),
    );
  return {
    landCover: group("landCover"),
    roads: group("roads"),
    rivers: group("rivers"),
    crossings: group("crossings"),
  } satisfies SpeedTable;
}

/** A lower, the given and a higher table: every speed `share` below and above (0.2 is ±20 %). */
export function speedBand(table: SpeedTable, share: number): Record<"slow" | "middle" | "fast", SpeedTable> {
  return { slow: varySpeeds(table, 1 - share), middle: table, fast: varySpeeds(table, 1 + share) };
}
