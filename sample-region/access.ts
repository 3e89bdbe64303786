import { cornersOf } from "@santi/travel-time";
import { recordSampleAccess } from "../src/domains/access-to-care/index.ts";
import { type Database, programClaims } from "../src/platform/database/types.ts";
import { type TerrainWindowName, terrainWindow } from "./terrain/index.ts";

/** Where the sample region has ground to compute on, and what ground and analysis are called there. */
const grounds: readonly { country: string; window: TerrainWindowName; name: string; analysis: string }[] = [
  {
    country: "KHM",
    window: "khm-north-west",
    name: "ភាគពាយ័ព្យ · North-west (invented ground)",
    analysis: "ការស្តារនីតិសម្បទា ភាគពាយ័ព្យ · Rehabilitation in the north-west",
  },
  {
    country: "LAO",
    window: "lao-vnm-hills",
    name: "ພາກກາງ · Central hills (invented ground)",
    analysis: "Rehabilitation in the central hills",
  },
  {
    country: "VNM",
    window: "lao-vnm-hills",
    name: "Quảng Trị · Coast and hills (invented ground)",
    analysis: "Rehabilitation between the coast and the hills",
  },
];

const seed = "1";

/**
 * Enters the invented ground with one analysis for each country that has some, ready to be explored and run. Only recipes
 * are stored: the ground is made when somebody first looks at it.
 * @returns the number of records
 */
export async function loadAccess(db: Database, now: Date): Promise<number> {
  return db.transaction(programClaims, async (tx) => {
    for (const { country, window, name, analysis } of grounds) {
      const { grid } = terrainWindow(window);
      const corners = cornersOf(grid);
      const [lons, lats] = [corners.map(([lon]) => lon), corners.map(([, lat]) => lat)];
      const bounds = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
      await recordSampleAccess(tx, { country, name, window, seed, grid: { ...grid }, bounds }, analysis, now);
    }
    return grounds.length * 2;
  });
}
