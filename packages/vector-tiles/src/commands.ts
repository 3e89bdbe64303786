import type { TileRings } from "./ring.ts";
import { POINT, POLYGON } from "./shape.ts";

/** Geometry as the command integers of the tile format (MVT 2.1 §4.3). */

/** The integers of one geometry; reused from feature to feature. */
export const commandBuffer = { values: new Uint32Array(1024) };

const MOVE_TO = 1;
const LINE_TO = 2;
const CLOSE_PATH = 7;

/** Makes room for `count` integers; what the buffer holds is kept. */
export function reserveCommands(count: number): void {
  if (count <= commandBuffer.values.length) return;
  const grown = new Uint32Array(Math.max(count, 2 * commandBuffer.values.length));
  grown.set(commandBuffer.values);
  commandBuffer.values = grown;
}

/** A command integer: the command and how often it is repeated. */
export function moveTo(count: number): number {
  return MOVE_TO | (count << 3);
}

/** A command integer for a run of line segments. */
export function lineTo(count: number): number {
  return LINE_TO | (count << 3);
}

/** The command integer that ends a ring. */
export const closePath = CLOSE_PATH | (1 << 3);

/**
 * Writes a geometry in tile units into the command buffer.
 * @returns the number of integers
 */
export function buildCommands(rings: TileRings, kind: number): number {
  reserveCommands(rings.length + 3 * rings.count);
  const { xy } = rings;
  const out = commandBuffer.values;
  let at = 0;
  let x = 0;
  let y = 0;
  for (let ring = 0; ring < rings.count; ring++) {
    const start = rings.start(ring);
    const end = rings.ends[ring] as number;
    out[at++] = moveTo(kind === POINT ? (end - start) / 2 : 1);
    for (let i = start; i < end; i += 2) {
      if (i === start + 2 && kind !== POINT) out[at++] = lineTo((end - start) / 2 - 1);
      const dx = (xy[i] as number) - x;
      const dy = (xy[i + 1] as number) - y;
      out[at++] = (dx << 1) ^ (dx >> 31);
      out[at++] = (dy << 1) ^ (dy >> 31);
      x += dx;
      y += dy;
    }
    if (kind === POLYGON) out[at++] = closePath;
  }
  return at;
}
