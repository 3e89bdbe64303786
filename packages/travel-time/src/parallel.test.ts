import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bundleWorker, workerSource } from "../scripts/bundle-worker.ts";
import { travelTime } from "./compiled.ts";
import { memoryNeeded, travelTimeInThreads } from "./parallel.ts";
import type { Raster } from "./raster/raster.ts";
import { differingCells, madeUpSources, madeUpTerrain, seeded } from "./samples.test-helper.ts";
import type { Movement } from "./travel.ts";

/** Corridors that wind from the north edge to the south and back, so that every route crosses every border many times. */
function winding(columns: number, rows: number): Raster {
  const { friction } = madeUpTerrain(columns, rows, 5);
  const random = seeded(2);
  for (let cell = 0; cell < friction.data.length; cell++) {
    const column = cell % columns;
    const row = Math.floor(cell / columns);
    const wall = column % 12 === 7 && ((column - 7) / 12) % 2 === 0 ? row > 3 : row < rows - 3;
    friction.data[cell] = column % 12 === 7 && wall ? Number.NaN : 5 + random() * 100;
  }
  return friction;
}

describe("travelTimeInThreads", () => {
  const { friction, elevation } = madeUpTerrain(173, 301, 8);
  const mode = Uint8Array.from(friction.data, (value) => (value < 20 ? 3 : 1));
  it.each<[string, Movement, boolean, number]>([
    ["friction", { kind: "friction" }, false, 2],
    ["friction, knight's moves", { kind: "friction" }, true, 3],
    ["langmuir, knight's moves", { kind: "langmuir", elevation }, true, 4],
    ["modes towards, knight's moves", { kind: "modes", elevation, mode, direction: "towards" }, true, 3],
  ])("finds the same bits as one thread: %s", async (_, movement, knight, threads) => {
    const sources = [...madeUpSources(friction, 9, 4), { cell: 7, time: 900 }];
    const one = travelTime(friction, sources, { movement, knight });
    const many = await travelTimeInThreads(friction, sources, { movement, knight, threads });
    expect(differingCells(many.time, one.time)).toBe(0);
    expect(many.stranded).toEqual(one.stranded);
    expect(many.opened).toBeGreaterThanOrEqual(one.opened);
  });

  it("finds the same bits when every route crosses every border many times, on 1 to 4 threads", async () => {
    const ground = winding(200, 271);
    const sources = [{ cell: 0 }];
    const one = travelTime(ground, sources);
    expect(one.time.every((value, cell) => Number.isNaN(value) === Number.isNaN(ground.data[cell]))).toBe(true);
    for (const threads of [1, 2, 3, 4]) {
      const { time } = await travelTimeInThreads(ground, sources, { threads });
      expect(differingCells(time, one.time)).toBe(0);
    }
  });

  it("refuses beforehand what does not fit, says the numbers, and works within what it asked for", async () => {
    const needed = memoryNeeded(friction.grid, "friction", 3);
    const sources = madeUpSources(friction, 3, 4);
    await expect(travelTimeInThreads(friction, sources, { threads: 3, memory: needed - 1 })).rejects.toMatchObject({
      code: "too-large",
      details: { needed, given: needed - 1 },
    });
    const { time } = await travelTimeInThreads(friction, sources, { threads: 3, memory: needed });
    expect(differingCells(time, travelTime(friction, sources).time)).toBe(0);
    expect(() => travelTime(friction, sources, { memory: 200_000 })).toThrow(
      expect.objectContaining({ code: "too-large" }),
    );
  });

  it("ends at once with the signal's reason, and tells progress", async () => {
    const ground = winding(1500, 1100);
    const stop = new AbortController();
    const seen: number[] = [];
    const onProgress = ({ opened, passable }: { opened: number; passable: number }) => {
      seen.push(opened / passable);
      stop.abort(new Error("enough"));
    };
    const running = travelTimeInThreads(ground, [{ cell: 0 }], { threads: 2, onProgress, signal: stop.signal });
    await expect(running).rejects.toThrow("enough");
    expect(seen.length).toBe(1);
    await expect(travelTimeInThreads(ground, [], { signal: AbortSignal.abort(new Error("before")) })).rejects.toThrow(
      "before",
    );
  });

  it("runs the threads that are in the source, byte for byte", async () => {
    for (const name of ["slab", "reach"] as const) {
      const kept = readFileSync(workerSource(name), "utf8") === (await bundleWorker(name));
      expect(kept, "run npm run build:kernel").toBe(true);
    }
  });
});
