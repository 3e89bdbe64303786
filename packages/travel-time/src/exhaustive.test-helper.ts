import { LANGMUIR, type TravelOptions } from "./index.ts";
import type { Raster } from "./raster/raster.ts";
import type { Source } from "./travel.ts";

/**
 * Least times by repeated relaxation of every edge until nothing changes (Bellman-Ford), written straight from the
 * definition on rows and columns: slow, and without any of the engine's parts.
 */
export function exhaustiveTimes(friction: Raster, sources: readonly Source[], options: TravelOptions): Float64Array {
  const { columns, rows, cellWidth, cellHeight } = friction.grid;
  const { knight = true, strictDiagonals = false, maximum = Number.POSITIVE_INFINITY } = options;
  const movement = options.movement ?? { kind: "friction" };
  const perCell = movement.kind === "friction" && movement.per !== "units";
  const value = (data: Float32Array, column: number, row: number) =>
    column < 0 || row < 0 || column >= columns || row >= rows ? Number.NaN : (data[row * columns + column] as number);
  const of = (column: number, row: number) => value(friction.data, column, row);
  const time = new Float64Array(columns * rows).fill(Number.NaN);
  for (const source of sources) {
    const start = source.time ?? 0;
    const before = time[source.cell] as number;
    if (!Number.isNaN(friction.data[source.cell]) && start <= maximum && !(before <= start)) time[source.cell] = start;
  }
  for (let changed = true; changed; ) {
    changed = false;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const start = time[row * columns + column] as number;
        if (Number.isNaN(start)) continue;
        for (let dy = -2; dy <= 2; dy++) {
          for (let dx = -2; dx <= 2; dx++) {
            const [ax, ay] = [Math.abs(dx), Math.abs(dy)];
            const leap = ax + ay === 3;
            if (!(ax <= 1 && ay <= 1 && ax + ay > 0) && !(knight && leap)) continue;
            const here = of(column, row);
            const there = of(column + dx, row + dy);
            let mean = (there + here) / 2;
            if (leap) {
              const side = ax === 2 ? of(column + dx / 2, row) : of(column, row + dy / 2);
              mean = (side + of(column + Math.sign(dx), row + Math.sign(dy)) + there + here) / 4;
            }
            const slip =
              ax === 1 && ay === 1 && Number.isNaN(of(column + dx, row)) && Number.isNaN(of(column, row + dy));
            if (Number.isNaN(mean) || (strictDiagonals && slip)) continue;
            const width = perCell ? 1 : cellWidth;
            const height = perCell ? cellHeight / cellWidth : cellHeight;
            const length = ay === 0 ? width : ax === 0 ? height : Math.sqrt((dx * width) ** 2 + (dy * height) ** 2);
            let end = start + mean * length;
            if (movement.kind === "langmuir") {
              const heights = movement.elevation.data;
              const { a, b, c, d, lambda, slopeFactor } = { ...LANGMUIR, ...movement.coefficients };
              const climb = value(heights, column + dx, row + dy) - value(heights, column, row);
              const rate = climb >= 0 ? b : climb / length < slopeFactor ? d : c;
              end = start + climb * rate + a * length + lambda * mean * length;
            }
            const to = (row + dy) * columns + column + dx;
            if (end <= maximum && !((time[to] as number) <= end)) {
              time[to] = end;
              changed = true;
            }
          }
        }
      }
    }
  }
  return time;
}
