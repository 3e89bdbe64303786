import type { Raster } from "./raster/raster.ts";
import type { Source } from "./travel.ts";

/** Numbers from 0 up to 1 from a seed (xorshift32), the same on every machine. */
export function seeded(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** A made-up country: hills, slow ground, some roads, impassable rivers and ponds. Friction is seconds per cell. */
export function madeUpTerrain(
  columns: number,
  rows: number,
  seed: number,
  cellHeight = 100,
): { friction: Raster; elevation: Raster } {
  const random = seeded(seed);
  const waves = Array.from({ length: 12 }, (_, i) => ({
    x: (random() - 0.5) * 0.02 * (i + 1),
    y: (random() - 0.5) * 0.02 * (i + 1),
    phase: random() * 7,
    height: 400 / (i + 1),
  }));
  const friction = new Float32Array(columns * rows);
  const elevation = new Float32Array(columns * rows);
  const bend = 5 + random() * 10;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const cell = row * columns + column;
      let height = 900;
      for (const wave of waves) height += wave.height * Math.sin(wave.x * column + wave.y * row + wave.phase);
      elevation[cell] = height + random() * 5;
      const road = (column + Math.round(row / bend)) % 53 === 0 || (row + Math.round(column / bend)) % 71 === 0;
      const river = (column * 2 + row + Math.round(4 * Math.sin(row / 9))) % 97 === 0 && !road;
      friction[cell] = river || random() < 0.01 ? Number.NaN : road ? 6 + random() * 8 : 70 + random() * 290;
    }
  }
  const grid = { columns, rows, west: 300_000, north: 1_400_000, cellWidth: 100, cellHeight, epsg: 32648 };
  return { friction: { grid, data: friction }, elevation: { grid, data: elevation } };
}

/** Sources spread by chance over the passable cells, no two in one. */
export function madeUpSources(friction: Raster, count: number, seed: number): Source[] {
  const random = seeded(seed);
  const cells = new Set<number>();
  while (cells.size < count) {
    const cell = Math.floor(random() * friction.data.length);
    if (!Number.isNaN(friction.data[cell])) cells.add(cell);
  }
  return [...cells].map((cell) => ({ cell }));
}

/** How many cells of two results differ in any bit (NaN equals NaN). */
export function differingCells(a: Float64Array, b: Float64Array): number {
  let different = Math.abs(a.length - b.length);
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (!Object.is(a[i], b[i])) different++;
  return different;
}
