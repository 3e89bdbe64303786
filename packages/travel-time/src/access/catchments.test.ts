import { expect, it } from "vitest";
import { travelTime } from "../compiled.ts";
import type { Raster } from "../raster/raster.ts";
import { madeUpSources, madeUpTerrain } from "../samples.test-helper.ts";
import { catchmentSearch, catchments } from "./catchments.ts";

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

it("finds the same whether all ground is laid out or only that around each source, at every edge", () => {
  for (const cellHeight of [100, 60]) {
    const { friction } = madeUpTerrain(150, 170, 9, cellHeight);
    const { columns, rows } = friction.grid;
    const corners = [0, columns - 1, (rows - 1) * columns, rows * columns - 1, 40 * columns, columns * 85 + 75];
    const sources = corners.flatMap((corner) => {
      const cell = [corner, corner + 1, corner - 1].find((each) => (friction.data[each] ?? Number.NaN) > 0);
      return cell === undefined ? [] : [{ cell, time: cell % 2 === 0 ? 0 : 40 }];
    });
    expect(sources.length).toBeGreaterThan(3);
    const options = { maximum: 390 };
    let reached = 0;
    const whole = catchmentSearch(friction, options);
    const around = catchmentSearch(friction, options, { searches: 1 });
    for (const source of sources) {
      const found = around.from(source);
      reached += found.cells.length;
      expect(found).toEqual(whole.from(source));
    }
    expect(reached).toBeGreaterThan(50);
  }
});
