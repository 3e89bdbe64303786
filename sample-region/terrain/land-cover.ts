import { Random } from "../random.ts";
import { fractalNoise } from "./noise.ts";
import type { Relief } from "./relief.ts";
import type { WindowPlan } from "./windows.ts";

/** Codes of ESA WorldCover that occur. */
const COVER = { trees: 10, shrubs: 20, grass: 30, crops: 40, built: 50, bare: 60, water: 80, wetland: 90 } as const;

/**
 * What grows: towns are built up, even ground near people is sown, marsh lies around the lake and in hollows, forest on
 * slopes and heights, and scrub and grass between, in patches.
 */
export function coverLand(
  plan: WindowPlan,
  { elevation, water }: Relief,
  steep: Float32Array,
  population: Float32Array,
  toRiver: Float32Array,
  seed: string,
): Uint8Array {
  const side = plan.grid.columns;
  const moist = fractalNoise(side, 60, 5, new Random(`${seed}/moisture`));
  const used = fractalNoise(side, 36, 4, new Random(`${seed}/fields`));
  const square = (plan.grid.cellWidth / 1000) * (plan.grid.cellHeight / 1000);
  return Uint8Array.from(elevation, (height, cell) => {
    if (water[cell]) return COVER.water;
    const people = (population[cell] as number) / square;
    if (people > 1400) return COVER.built;
    const slope = steep[cell] as number;
    const above = height - plan.waterLevel;
    const wet = moist[cell] as number;
    const near = (toRiver[cell] as number) < 2.5 ? 0.08 : 0;
    if (slope < 0.01 && above < 2.2 + wet * 2 && wet + near > 0.42) return COVER.wetland;
    const sown = (used[cell] as number) + people / 260 - slope * 7 - above / 520;
    if (sown > 0.36) return COVER.crops;
    if (slope > 0.55) return COVER.bare;
    const wild = wet + slope * 1.6 + above / 900;
    if (wild > 0.62) return COVER.trees;
    return wild > 0.5 ? COVER.shrubs : COVER.grass;
  });
}
