import { expect, it } from "vitest";
import { travelTime } from "../compiled.ts";
import type { Raster } from "../raster/raster.ts";
import { madeUpSources, madeUpTerrain } from "../samples.test-helper.ts";
import { catchments } from "./catchments.ts";

it("finds for each source what a search for it alone finds, one after the other in one memory", () => {
  const { friction, elevation } = madeUpTerrain(160, 130, 12);
  const dry = friction.data.findIndex((value) => Number.isNaN(value));
  const sources = [...madeUpSources(friction, 6, 3), { cell: dry }, { cell: 0, time: 300 }];
  const mode = Uint8Array.from(friction.data, (value) => (value < 20 ? 3 : 1));
  const pace: Raster = { grid: friction.grid, data: friction.data.map((value) => value / 100) };
  for (const [ground, movement] of [
    [friction, { kind: "friction" }],
    [pace, { kind: "modes", elevation, mode, direction: "towards" }],
  ] as const) {
    const found = [...catchments(ground, sources, { movement, maximum: 3000 })];
    expect(found.length).toBe(sources.length);
    found.forEach(({ cells, times }, index) => {
      const { time } = travelTime(ground, [sources[index] ?? { cell: 0 }], { movement, maximum: 3000 });
      const reached = [...time.keys()].filter((cell) => !Number.isNaN(time[cell]));
      expect([...cells]).toEqual(reached);
      expect([...times]).toEqual(reached.map((cell) => time[cell]));
      expect(cells.length > 50).toBe(sources[index]?.cell !== dry);
    });
  }
});
