import { LANGMUIR, type TravelOptions } from "./index.ts";
import type { Raster } from "./raster/raster.ts";
import type { Source } from "./travel.ts";

/** Seconds per metre on a slope, from the definitions: Tobler rescaled, and a cyclist's power found by bisection. */
function slowed(mode: number, pace: number, slope: number): number {
  if (mode === 1) return pace / (Math.exp(-3.5 * Math.abs(slope + 0.05)) / Math.exp(-0.175));
  if (mode === 3 || pace === 0) return mode === 2 || mode === 3 ? pace : Number.NaN;
  if (mode !== 2) return Number.NaN;
  const density = (1.293 - 0.00426 * 20) * Math.exp(-500 / 7000);
  const power = (speed: number, rise: number) =>
    speed * (9.8 * 95 * (rise + 0.012) + 0.5 * 0.445 * density * speed * speed);
  let [low, high] = [0, 2 / pace];
  if (power(high, slope) <= power(1 / pace, 0)) return pace / 2;
  // Below the speed at which a descent drives by itself the power is negative, so there is one root.
  for (let round = 0; round < 200; round++) {
    const middle = (low + high) / 2;
    if (power(middle, slope) < power(1 / pace, 0)) low = middle;
    else high = middle;
  }
  return 1 / high;
}

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
            if (movement.kind === "modes") {
              const heights = movement.elevation.data;
              const rise = (value(heights, column + dx, row + dy) - value(heights, column, row)) / length;
              const slope = movement.direction === "towards" ? -rise : rise;
              const pace = (x: number, y: number) =>
                slowed(movement.mode[(row + y) * columns + column + x] ?? 0, of(column + x, row + y), slope);
              let paces = [pace(dx, dy), pace(0, 0)];
              if (leap) {
                const side = ax === 2 ? pace(dx / 2, 0) : pace(0, dy / 2);
                paces = [side, pace(Math.sign(dx), Math.sign(dy)), ...paces];
              }
              end = start + (paces.reduce((sum, each) => sum + each, 0) / paces.length) * length;
              if (Number.isNaN(end)) continue;
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
