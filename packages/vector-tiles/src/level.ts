import type { ClipBox } from "./clip.ts";
import { closePath, commandBuffer, lineTo, moveTo, reserveCommands } from "./commands.ts";
import { cutTile } from "./cut-tile.ts";
import { asciiBytes, BASE, FIRST, push, pushSigned, withLength } from "./digits.ts";
import { TileRings } from "./ring.ts";
import { POINT, POLYGON, type Shape, type ShapeKind } from "./shape.ts";
import { smallestSize, type TileAddress, WORLD_BITS, WORLD_SIZE } from "./world.ts";

/**
 * Levels: a geometry finished for one zoom. Tiles of a zoom share one grid, 4096 units to a tile, so rounding, dropping
 * and repair need not wait for the tile: only cutting does, and only for what crosses a tile's edge. A level is written
 * in the digits of a packed shape as `length kind parts (points …)…`; a geometry too small for its zoom is the length 0.
 * Its signed numbers are those of the tile format, so that a whole level becomes tile commands digit by digit.
 */
export const LAST_LEVEL = 10;

const EXTENT_BITS = 12;

/** Level units per world unit at a zoom. */
export function levelScale(z: number): number {
  return 2 ** (z + EXTENT_BITS - WORLD_BITS);
}

const finished = new TileRings();

/** Writes the levels of a shape for the zooms from 0 to {@link LAST_LEVEL}. */
export function encodeLevels(shape: Shape): string[] {
  const levels: string[] = [];
  for (let z = 0; z <= LAST_LEVEL; z++) {
    const grid = {
      originX: 0,
      originY: 0,
      scale: levelScale(z),
      box: { min: -WORLD_SIZE, max: WORLD_SIZE },
      smallest: smallestSize(z),
    };
    const drawn = shape.size() >= grid.smallest && cutTile(shape, grid, finished);
    levels.push(drawn ? encodeLevel(shape.kind) : withLength([]));
  }
  return levels;
}

function encodeLevel(kind: ShapeKind): string {
  const body: number[] = [];
  push(body, kind);
  push(body, finished.count);
  let x = 0;
  let y = 0;
  for (let part = 0; part < finished.count; part++) {
    const end = finished.ends[part] as number;
    push(body, (end - finished.start(part)) / 2);
    for (let i = finished.start(part); i < end; i += 2) {
      pushSigned(body, (finished.xy[i] as number) - x);
      pushSigned(body, (finished.xy[i + 1] as number) - y);
      x = finished.xy[i] as number;
      y = finished.xy[i + 1] as number;
    }
  }
  return withLength(body);
}

/** Reads levels of one zoom, one after the other, for one tile. */
export class LevelReader {
  /** Kind of the level read last. */
  kind: ShapeKind = POLYGON;
  /** Number of integers that the level read last put into the command buffer. */
  commandCount = 0;
  readonly #bytes: Uint8Array;
  readonly #originX: number;
  readonly #originY: number;
  readonly #box: ClipBox;
  readonly #worldUnits: number;
  #at = 0;

  /**
   * @param levels the levels of the tile's zoom, as text or as its ASCII bytes
   * @param tile the tile
   * @param box the tile with its buffer, in tile units
   */
  constructor(levels: string | Uint8Array, tile: TileAddress, box: ClipBox) {
    this.#bytes = typeof levels === "string" ? asciiBytes(levels) : levels;
    this.#originX = tile.x << EXTENT_BITS;
    this.#originY = tile.y << EXTENT_BITS;
    this.#box = box;
    this.#worldUnits = 1 / levelScale(tile.z);
  }

  /** Whether every level was read. */
  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /**
   * Reads the next level.
   * @param into overwritten with the geometry in world units when it has to be cut
   * @returns "whole" when the commands are in the command buffer; "crossing" when `into` has to be cut with the tile;
   *   "nothing" when there is nothing to draw
   * @throws RangeError when the text is not a level or cut short
   */
  next(into: Shape): "whole" | "crossing" | "nothing" {
    const length = this.#number();
    if (length === 0) return "nothing";
    const start = this.#at;
    const end = start + length;
    if (end > this.#bytes.length) throw new RangeError("A level is cut short");
    this.kind = this.#number() as ShapeKind;
    const parts = this.#number();
    if (this.kind < POINT || this.kind > POLYGON || 2 * parts > length) throw new RangeError("Not a level");
    reserveCommands(length + 3 * parts);
    const whole = this.#commands(parts);
    if (this.#at !== end) throw new RangeError("A level has a wrong length");
    if (whole) return "whole";
    this.#at = start;
    this.#decode(into);
    return "crossing";
  }

  #number(): number {
    const bytes = this.#bytes;
    let digit = (bytes[this.#at++] as number) - FIRST;
    if (digit < BASE) return digit;
    let value = 0;
    let unit = 1;
    while (digit >= BASE) {
      value += (digit - BASE) * unit;
      unit *= BASE;
      digit = (bytes[this.#at++] as number) - FIRST;
    }
    return value + digit * unit;
  }

  /** Turns a level into commands; false when a point lies outside the box. */
  #commands(parts: number): boolean {
    const bytes = this.#bytes;
    const out = commandBuffer.values;
    const polygon = this.kind === POLYGON;
    const point = this.kind === POINT;
    const { min, max } = this.#box;
    let x = -this.#originX;
    let y = -this.#originY;
    let count = 0;
    let west = max;
    let east = min;
    let north = max;
    let south = min;
    for (let part = 0; part < parts; part++) {
      const points = this.#number();
      if (2 * points > bytes.length - this.#at) throw new RangeError("A level is cut short");
      let at = this.#at;
      out[count++] = moveTo(point ? points : 1);
      for (let i = 0; i < points; i++) {
        if (i === 1 && !point) out[count++] = lineTo(points - 1);
        let digit = (bytes[at++] as number) - FIRST;
        let value = digit;
        if (digit >= BASE) {
          value = digit - BASE;
          let unit = BASE;
          digit = (bytes[at++] as number) - FIRST;
          while (digit >= BASE) {
            value += (digit - BASE) * unit;
            unit *= BASE;
            digit = (bytes[at++] as number) - FIRST;
          }
          value += digit * unit;
        }
        out[count++] = value;
        x += (value >>> 1) ^ -(value & 1);
        digit = (bytes[at++] as number) - FIRST;
        value = digit;
        if (digit >= BASE) {
          value = digit - BASE;
          let unit = BASE;
          digit = (bytes[at++] as number) - FIRST;
          while (digit >= BASE) {
            value += (digit - BASE) * unit;
            unit *= BASE;
            digit = (bytes[at++] as number) - FIRST;
          }
          value += digit * unit;
        }
        out[count++] = value;
        y += (value >>> 1) ^ -(value & 1);
        if (count === 3) {
          out[1] = (x << 1) ^ (x >> 31);
          out[2] = (y << 1) ^ (y >> 31);
        }
        if (x < west) west = x;
        if (x > east) east = x;
        if (y < north) north = y;
        if (y > south) south = y;
      }
      this.#at = at;
      if (polygon) out[count++] = closePath;
    }
    this.commandCount = count;
    return west >= min && east <= max && north >= min && south <= max;
  }

  #decode(into: Shape): void {
    this.#number();
    into.clear(this.kind);
    const parts = this.#number();
    let x = 0;
    let y = 0;
    for (let part = 0; part < parts; part++) {
      const points = this.#number();
      for (let i = 0; i < points; i++) {
        x += signed(this.#number());
        y += signed(this.#number());
        into.addPoint(x * this.#worldUnits, y * this.#worldUnits);
      }
      if (this.kind !== POINT) into.pushPartEnd(into.points);
    }
  }
}

function signed(value: number): number {
  return (value >>> 1) ^ -(value & 1);
}
