import { Random } from "../random.ts";
import { fractalNoise } from "./noise.ts";
import type { TerrainLayers } from "./types.ts";
import type { WindowPlan } from "./windows.ts";

/** The parts of the people, far from roads and beside them; invented, but in the order of censuses of the region. */
const SHARES = {
  women: { near: 0.515, far: 0.5 },
  children: { near: 0.31, far: 0.41 },
  older: { near: 0.085, far: 0.1 },
  disability: { near: 0.03, far: 0.055 },
} as const;
/** Cells from a road at which ground is half way from near to far. */
const HALF_WAY = 12;

/**
 * Tells the people of each cell apart by sex, age and disability: more children, older people and people with disabilities
 * where no road is near, whence the young go to the towns, and all of it uneven from place to place. Women and men make
 * up all people; the other parts overlap these. Cheap: some passes over the cells.
 */
export function groupPeople(
  { grid }: WindowPlan,
  population: Float32Array,
  toRoad: Float32Array,
  seed: string,
): TerrainLayers["groups"] {
  const uneven = fractalNoise(grid.columns, 40, 1, new Random(`${seed}/groups`));
  const groups = {
    women: new Float32Array(population.length),
    men: new Float32Array(population.length),
    children: new Float32Array(population.length),
    older: new Float32Array(population.length),
    disability: new Float32Array(population.length),
  };
  for (let cell = 0; cell < population.length; cell++) {
    const people = population[cell] as number;
    if (!(people > 0)) continue;
    const road = toRoad[cell] as number;
    const away = road / (road + HALF_WAY);
    // From a tenth less to a tenth more.
    const here = people * (0.9 + 0.2 * (uneven[cell] as number));
    const part = ({ near, far }: { near: number; far: number }) => here * (near + (far - near) * away);
    groups.women[cell] = part(SHARES.women);
    groups.men[cell] = people - (groups.women[cell] as number);
    groups.children[cell] = part(SHARES.children);
    groups.older[cell] = part(SHARES.older);
    groups.disability[cell] = part(SHARES.disability);
  }
  return groups;
}
