import { describe, expect, it } from "vitest";
import { type GrassRun, grassInstalled, runGrass } from "./grass.test-helper.ts";
import { referenceTravelTime } from "./reference.ts";
import { differingCells, madeUpSources, madeUpTerrain } from "./samples.test-helper.ts";
import type { TravelOptions } from "./travel.ts";

const RUNS: readonly GrassRun[] = [
  { module: "r.cost" },
  { module: "r.cost", flags: "-k" },
  { module: "r.walk" },
  { module: "r.walk", flags: "-k" },
];

describe.skipIf(!grassInstalled)("GRASS GIS, when it is installed", () => {
  for (const [columns, rows, cellHeight] of [
    [150, 170, 100],
    [131, 97, 62.5],
  ] as const) {
    it(`gives the same bits in every cell of ${columns} × ${rows}, cells 100 × ${cellHeight}`, () => {
      const { friction, elevation } = madeUpTerrain(columns, rows, columns, cellHeight);
      const sources = madeUpSources(friction, 12, 5);
      const { results } = runGrass({ friction, elevation }, sources, RUNS);
      const langmuir = { kind: "langmuir", elevation } as const;
      const ours: TravelOptions[] = [
        { knight: false },
        { knight: true },
        { knight: false, movement: langmuir },
        { knight: true, movement: langmuir },
      ];
      const differing = ours.map((options, index) => {
        const { time } = referenceTravelTime(friction, sources, options);
        expect(time.filter((value) => value > 0).length).toBeGreaterThan(columns * rows * 0.8);
        return differingCells(time, results[index] as Float64Array);
      });
      expect(differing).toEqual([0, 0, 0, 0]);
    }, 300_000);
  }
});
