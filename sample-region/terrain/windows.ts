import type { TerrainWindow, TerrainWindowName } from "./types.ts";

/** A place in a window: shares of its width from the west and of its height from the north. */
export type Share = readonly [u: number, v: number];

/** What the ground is like around a place: metres above the sea, and how far hills rise and fall around that. */
export interface Anchor {
  readonly at: Share;
  readonly height: number;
  readonly relief: number;
}

/** A window with what guides chance in it. */
export interface WindowPlan extends TerrainWindow {
  readonly anchors: readonly Anchor[];
  /** Ground below this many metres is under water: the lake's level, or the sea's. */
  readonly waterLevel: number;
  /** The towns that main roads join. */
  readonly centres: readonly Share[];
  /** Where main roads leave the window. */
  readonly exits: readonly Share[];
  readonly marketTowns: number;
  readonly villages: number;
}

const SIDE = 640;
const CELL = 200;
const square = (west: number, north: number) => ({
  columns: SIDE,
  rows: SIDE,
  west,
  north,
  cellWidth: CELL,
  cellHeight: CELL,
  epsg: 32648,
});

/** Both windows are 128 km a side in cells of 200 m. Heights follow the real ground in outline only. */
export const windowPlans: Readonly<Record<TerrainWindowName, WindowPlan>> = {
  // From the Thai border to the north-west end of the great lake, hills in the south-west.
  "khm-north-west": {
    name: "khm-north-west",
    countries: ["KHM", "THA"],
    grid: square(230_000, 1_535_000),
    people: 1_600_000,
    waterLevel: 6,
    anchors: [
      { at: [1.02, 0.62], height: 1, relief: 3 },
      { at: [1, 0.9], height: 8, relief: 4 },
      { at: [0.85, 0.45], height: 11, relief: 4 },
      { at: [0.58, 0.67], height: 18, relief: 7 },
      { at: [0.4, 0.27], height: 22, relief: 9 },
      { at: [0.62, 0.3], height: 18, relief: 6 },
      { at: [0.05, 0.2], height: 45, relief: 16 },
      { at: [0.5, -0.02], height: 62, relief: 36 },
      { at: [0.95, 0.05], height: 30, relief: 10 },
      { at: [0.2, 0.55], height: 60, relief: 50 },
      { at: [0.1, 0.86], height: 210, relief: 190 },
      { at: [-0.03, 1.02], height: 560, relief: 520 },
      { at: [0.38, 1.03], height: 300, relief: 340 },
      { at: [0.7, 1.02], height: 70, relief: 60 },
    ],
    centres: [
      [0.58, 0.67],
      [0.4, 0.28],
      [0.06, 0.2],
      [0.1, 0.86],
      [0.77, 0.25],
    ],
    exits: [
      [1, 0.31],
      [0.82, 1],
      [0.45, 0],
    ],
    marketTowns: 24,
    villages: 260,
  },
  // From the Lao plains over the Annamite range to the coast.
  "lao-vnm-hills": {
    name: "lao-vnm-hills",
    countries: ["LAO", "VNM"],
    grid: square(607_000, 1_900_000),
    people: 640_000,
    waterLevel: 0,
    anchors: [
      { at: [1.03, 0.02], height: -14, relief: 4 },
      { at: [1, 0.24], height: 3, relief: 6 },
      { at: [0.93, 0.34], height: 14, relief: 14 },
      { at: [0.97, 0.62], height: 90, relief: 120 },
      { at: [0.62, 0.48], height: 430, relief: 260 },
      { at: [0.7, 0.7], height: 820, relief: 640 },
      { at: [0.52, 0.22], height: 760, relief: 640 },
      { at: [0.85, 0.96], height: 980, relief: 760 },
      { at: [0.78, 0.12], height: 160, relief: 240 },
      { at: [0.17, 0.43], height: 190, relief: 110 },
      { at: [0, 0.8], height: 210, relief: 90 },
      { at: [0.22, 1], height: 380, relief: 260 },
      { at: [0, 0.02], height: 360, relief: 320 },
      { at: [0.3, 0.08], height: 560, relief: 480 },
      { at: [0.4, 0.7], height: 420, relief: 380 },
    ],
    centres: [
      [0.93, 0.33],
      [0.62, 0.47],
      [0.16, 0.43],
      [0.06, 0.82],
    ],
    exits: [
      [0, 0.46],
      [1, 0.45],
      [0.86, 0],
    ],
    marketTowns: 17,
    villages: 230,
  },
};
