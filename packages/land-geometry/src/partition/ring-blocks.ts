import { type GridRing, sideOf } from "./grid.ts";

/** So many sides of a ring share a box. */
export const sidesPerBlock = 64;

/** Rings with fewer sides are gone through one by one. */
const fewSides = 3 * sidesPerBlock;

/**
 * Boxes around stretches of a long ring, four numbers each: west, south, east, north. The stretch with number k has the
 * sides that end at the points k · 64 to k · 64 + 63; the first side of a ring comes from its last point.
 */
export type RingBlocks = Float64Array;

const known = new WeakMap<GridRing, RingBlocks>();

function toBlocks(ring: GridRing): RingBlocks {
  const count = ring.length / 2;
  const blocks = new Float64Array(4 * Math.ceil(count / sidesPerBlock));
  for (let block = 0; block < blocks.length / 4; block++) {
    const from = block * sidesPerBlock;
    const to = Math.min(from + sidesPerBlock, count);
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let at = from - 1; at < to; at++) {
      const point = at < 0 ? count - 1 : at;
      const x = ring[2 * point] as number;
      const y = ring[2 * point + 1] as number;
      if (x < west) west = x;
      if (x > east) east = x;
      if (y < south) south = y;
      if (y > north) north = y;
    }
    blocks.set([west, south, east, north], 4 * block);
  }
  return blocks;
}

/** The blocks of a long ring, made when they are first asked for; null for a ring that needs none. */
export function blocksOf(ring: GridRing): RingBlocks | null {
  if (ring.length < 2 * fewSides) return null;
  const found = known.get(ring);
  if (found) return found;
  const made = toBlocks(ring);
  known.set(ring, made);
  return made;
}

/**
 * Whether a whole block lies strictly to one side of the line from a to b, decided exactly. The corners of its box that lie
 * furthest to the left and to the right of the line follow from the line's direction.
 */
export function isBeside(blocks: RingBlocks, block: number, ax: number, ay: number, bx: number, by: number): boolean {
  const west = blocks[4 * block] as number;
  const south = blocks[4 * block + 1] as number;
  const east = blocks[4 * block + 2] as number;
  const north = blocks[4 * block + 3] as number;
  const [leftY, rightY] = bx > ax ? [north, south] : [south, north];
  const [leftX, rightX] = by > ay ? [west, east] : [east, west];
  return sideOf(ax, ay, bx, by, leftX, leftY) < 0 || sideOf(ax, ay, bx, by, rightX, rightY) > 0;
}
