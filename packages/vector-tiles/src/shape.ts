import { WORLD_SIZE, worldX, worldY } from "./world.ts";

/** Geometry kinds with the numbers the tile format gives them. */
export const POINT = 1;
export const LINE = 2;
export const POLYGON = 3;
export type ShapeKind = typeof POINT | typeof LINE | typeof POLYGON;

/**
 * A geometry in world units (see `world.ts`), in arrays that grow and are reused. Points: `parts` is 0 and every pair
 * is a point. Lines: one part a line. Polygons: one part a ring, without the repeated closing point; which rings are
 * holes is not recorded, because the inside is defined by the even-odd rule over all rings.
 */
export class Shape {
  kind: ShapeKind = POLYGON;
  /** x0, y0, x1, y1, … in world units, which need not be whole. */
  coordinates: Float64Array = new Float64Array(256);
  /** Number of points in `coordinates`. */
  points = 0;
  /** For every part, the index of the point after its last. */
  partEnds: Int32Array = new Int32Array(16);
  parts = 0;

  /** Empties the shape and sets its kind; the memory is kept. */
  clear(kind: ShapeKind): void {
    this.kind = kind;
    this.points = 0;
    this.parts = 0;
  }

  /** Makes room for `extra` more points. */
  reservePoints(extra: number): void {
    const needed = 2 * (this.points + extra);
    if (needed <= this.coordinates.length) return;
    const grown = new Float64Array(Math.max(needed, this.coordinates.length * 2));
    grown.set(this.coordinates.subarray(0, 2 * this.points));
    this.coordinates = grown;
  }

  /** Appends a point in world units. */
  addPoint(x: number, y: number): void {
    if (2 * this.points + 2 > this.coordinates.length) this.reservePoints(1);
    const at = 2 * this.points++;
    this.coordinates[at] = x;
    this.coordinates[at + 1] = y;
  }

  /** Appends a point in degrees, EPSG:4326. */
  addDegrees(longitude: number, latitude: number): void {
    this.addPoint(worldX(longitude), worldY(latitude));
  }

  /**
   * Ends the part that started after the last one. The closing point of a ring is removed; a ring of fewer than three
   * points or a line of fewer than two is forgotten.
   */
  endPart(): void {
    const start = this.parts === 0 ? 0 : (this.partEnds[this.parts - 1] as number);
    if (this.kind === POLYGON && this.points - start > 1) {
      const first = 2 * start;
      const last = 2 * this.points - 2;
      const xy = this.coordinates;
      if (xy[first] === xy[last] && xy[first + 1] === xy[last + 1]) this.points--;
    }
    if (this.points - start < (this.kind === POLYGON ? 3 : 2)) {
      this.points = start;
      return;
    }
    this.pushPartEnd(this.points);
  }

  /** Records that a part ends before point `end`. */
  pushPartEnd(end: number): void {
    if (this.parts === this.partEnds.length) {
      const grown = new Int32Array(this.parts * 2);
      grown.set(this.partEnds);
      this.partEnds = grown;
    }
    this.partEnds[this.parts++] = end;
  }

  /**
   * The longer side of the bounding box in world units. Points have no size and are never too small to draw, so they
   * answer the side of the world.
   */
  size(): number {
    if (this.kind === POINT) return WORLD_SIZE;
    const xy = this.coordinates;
    let west = WORLD_SIZE;
    let east = 0;
    let north = WORLD_SIZE;
    let south = 0;
    for (let i = 0; i < 2 * this.points; i += 2) {
      const x = xy[i] as number;
      const y = xy[i + 1] as number;
      if (x < west) west = x;
      if (x > east) east = x;
      if (y < north) north = y;
      if (y > south) south = y;
    }
    return Math.max(0, east - west, south - north);
  }
}
