import { asciiBytes, BASE, FIRST, push, pushSigned, withLength } from "./digits.ts";
import { type GeoJsonGeometry, readGeoJson } from "./geojson.ts";
import { encodeLevels } from "./level.ts";
import { POINT, Shape, type ShapeKind } from "./shape.ts";
import { readWkb } from "./wkb.ts";

/** A shape packed as text, and the longer side of its box: what a store keeps beside a geometry. */
export interface PackedShape {
  /** For the column `tile_shape text`. */
  readonly shape: string;
  /**
   * For the column `tile_size integer`: the longer side of the bounding box in world units (2^28 for points).
   * `tile_size >= smallestSize(z)` leaves out what is below half a tile unit.
   */
  readonly size: number;
  /** For the column `tile_levels text[]`: the finished geometry for each zoom from 0 to {@link LAST_LEVEL}. */
  readonly levels: readonly string[];
}

const scratch = new Shape();

/**
 * Packs a geometry for fast tiles: called once, when the geometry is written.
 * @param geometry WKB or EWKB bytes or a GeoJSON geometry, EPSG:4326
 * @returns the text and the size to store
 * @throws RangeError when WKB is malformed (see `readWkb`)
 */
export function packShape(geometry: Uint8Array | GeoJsonGeometry): PackedShape {
  if (geometry instanceof Uint8Array) readWkb(geometry, scratch);
  else readGeoJson(geometry, scratch);
  return { shape: encodeShape(scratch), size: Math.round(scratch.size()), levels: encodeLevels(scratch) };
}

/**
 * Writes the packed form of a shape, for a `text` column beside the geometry: printable ASCII, so that it passes
 * through any driver as it is (a `bytea` travels as hexadecimal, twice its length), and self-delimiting, so that a
 * database can send ten thousand of them as one value made by `string_agg`.
 *
 * A shape is numbers (see `digits.ts`): `length kind size (points | parts (points …)…)`, where `length` counts the
 * characters after itself, `size` is {@link Shape.size}, and each point is two signed differences, in whole world
 * units, from the point before (the first from 0, 0).
 */
export function encodeShape(shape: Shape): string {
  const body: number[] = [];
  push(body, shape.kind);
  push(body, Math.round(shape.size()));
  let x = 0;
  let y = 0;
  const pushPoints = (from: number, to: number) => {
    push(body, to - from);
    for (let i = 2 * from; i < 2 * to; i += 2) {
      const nextX = Math.round(shape.coordinates[i] as number);
      const nextY = Math.round(shape.coordinates[i + 1] as number);
      pushSigned(body, nextX - x);
      pushSigned(body, nextY - y);
      x = nextX;
      y = nextY;
    }
  };
  if (shape.kind === POINT) {
    pushPoints(0, shape.points);
  } else {
    push(body, shape.parts);
    let from = 0;
    for (let part = 0; part < shape.parts; part++) {
      const to = shape.partEnds[part] as number;
      pushPoints(from, to);
      from = to;
    }
  }
  return withLength(body);
}

/** Reads packed shapes one after the other. */
export class PackedShapeReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  /** @param packed one or more packed shapes, as text or as its ASCII bytes */
  constructor(packed: string | Uint8Array) {
    this.#bytes = typeof packed === "string" ? asciiBytes(packed) : packed;
  }

  /** Whether every shape was read. */
  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /**
   * Reads the next shape.
   * @param into the shape to overwrite
   * @param smallest shapes of a smaller size are skipped without being decoded
   * @returns whether the shape was decoded
   * @throws RangeError when the text ends early or is not a packed shape
   */
  next(into: Shape, smallest: number): boolean {
    const length = this.#number();
    const end = this.#at + length;
    const kind = this.#number();
    const size = this.#number();
    if (end > this.#bytes.length || kind < POINT || kind > 3) throw new RangeError("Not a packed shape, or cut short");
    if (size < smallest) {
      this.#at = end;
      return false;
    }
    into.clear(kind as ShapeKind);
    const parts = kind === POINT ? 1 : this.#number();
    this.#points(into, parts, kind !== POINT);
    if (this.#at !== end) throw new RangeError("A packed shape has a wrong length");
    return true;
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

  #points(into: Shape, parts: number, closed: boolean): void {
    const bytes = this.#bytes;
    let x = 0;
    let y = 0;
    for (let part = 0; part < parts; part++) {
      const count = this.#number();
      // Every coordinate takes at least one character, so a corrupt count is seen before memory is reserved.
      if (2 * count > bytes.length - this.#at) throw new RangeError("A packed shape is cut short");
      into.reservePoints(count);
      const xy = into.coordinates;
      let to = 2 * into.points;
      const stop = to + 2 * count;
      let at = this.#at;
      // The digits are unrolled here, because this loop is where the time goes.
      while (to < stop) {
        let value = 0;
        let unit = 1;
        let digit = (bytes[at++] as number) - FIRST;
        while (digit >= BASE) {
          value += (digit - BASE) * unit;
          unit *= BASE;
          digit = (bytes[at++] as number) - FIRST;
        }
        value += digit * unit;
        x += (value & 1) === 1 ? -((value + 1) / 2) : value / 2;
        value = 0;
        unit = 1;
        digit = (bytes[at++] as number) - FIRST;
        while (digit >= BASE) {
          value += (digit - BASE) * unit;
          unit *= BASE;
          digit = (bytes[at++] as number) - FIRST;
        }
        value += digit * unit;
        y += (value & 1) === 1 ? -((value + 1) / 2) : value / 2;
        xy[to++] = x;
        xy[to++] = y;
      }
      this.#at = at;
      into.points += count;
      if (closed) into.pushPartEnd(into.points);
    }
  }
}
