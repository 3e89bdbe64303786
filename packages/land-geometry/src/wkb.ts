import type { Geometry, Position } from "geojson";
import { GeometryError } from "./problem.ts";

const types = {
  Point: 1,
  LineString: 2,
  Polygon: 3,
  MultiPoint: 4,
  MultiLineString: 5,
  MultiPolygon: 6,
  GeometryCollection: 7,
} as const;

/** Collections inside collections go no deeper than this, so that hostile bytes cannot exhaust the stack. */
const deepest = 16;

const zFlag = 0x80000000;
const mFlag = 0x40000000;
const sridFlag = 0x20000000;

/** What a piece of well-known binary holds. */
export interface DecodedWkb {
  readonly geometry: Geometry;
  /** The spatial reference number of PostGIS's extended form, null when there is none. */
  readonly srid: number | null;
}

class Reader {
  private readonly view: DataView;
  private at = 0;
  private little = true;
  private hasZ = false;
  private hasM = false;
  srid: number | null = null;

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Reads the byte order and type word and returns the type code. */
  private header(): number {
    this.need(5);
    this.little = this.view.getUint8(this.at) === 1;
    const word = this.view.getUint32(this.at + 1, this.little);
    this.at += 5;
    // Two ways to say that there is a third or fourth ordinate: flag bits (PostGIS) and thousands (ISO 13249-3).
    const iso = word & 0x0fffffff;
    const thousands = Math.floor(iso / 1000);
    this.hasZ = (word & zFlag) !== 0 || thousands === 1 || thousands === 3;
    this.hasM = (word & mFlag) !== 0 || thousands === 2 || thousands === 3;
    if (thousands > 3) throw new GeometryError("wkb.geometry-unsupported", { type: iso });
    if ((word & sridFlag) !== 0) {
      this.need(4);
      this.srid = this.view.getInt32(this.at, this.little);
      this.at += 4;
    }
    return iso % 1000;
  }

  private need(bytes: number): void {
    if (this.at + bytes > this.view.byteLength) {
      throw new GeometryError("wkb.truncated", { at: this.at, length: this.view.byteLength });
    }
  }

  /** Reads a count and makes sure that so many items of at least `size` bytes can follow. */
  private count(size: number): number {
    this.need(4);
    const count = this.view.getUint32(this.at, this.little);
    this.at += 4;
    this.need(count * size);
    return count;
  }

  private positions(): Position[] {
    const stride = 16 + (this.hasZ ? 8 : 0) + (this.hasM ? 8 : 0);
    const count = this.count(stride);
    const { view, little, hasZ } = this;
    const positions = new Array<Position>(count);
    let at = this.at;
    for (let index = 0; index < count; index++, at += stride) {
      const x = view.getFloat64(at, little);
      const y = view.getFloat64(at + 8, little);
      positions[index] = hasZ ? withHeight(x, y, view.getFloat64(at + 16, little)) : [x, y];
    }
    this.at = at;
    return positions;
  }

  private rings(): Position[][] {
    return Array.from({ length: this.count(4) }, () => this.positions());
  }

  private point(): Position {
    const stride = 16 + (this.hasZ ? 8 : 0) + (this.hasM ? 8 : 0);
    this.need(stride);
    const x = this.view.getFloat64(this.at, this.little);
    const y = this.view.getFloat64(this.at + 8, this.little);
    const position = this.hasZ ? withHeight(x, y, this.view.getFloat64(this.at + 16, this.little)) : [x, y];
    this.at += stride;
    // An empty point is written as not-a-number twice.
    return Number.isNaN(x) && Number.isNaN(y) ? [] : position;
  }

  private members<T>(type: number, read: () => T): T[] {
    return Array.from({ length: this.count(9) }, () => {
      const found = this.header();
      if (found !== type) throw new GeometryError("wkb.geometry-unsupported", { type: found, expected: type });
      return read();
    });
  }

  geometry(depth = 0): Geometry {
    const type = this.header();
    switch (type) {
      case types.Point:
        return { type: "Point", coordinates: this.point() };
      case types.LineString:
        return { type: "LineString", coordinates: this.positions() };
      case types.Polygon:
        return { type: "Polygon", coordinates: this.rings() };
      case types.MultiPoint:
        return { type: "MultiPoint", coordinates: this.members(types.Point, () => this.point()) };
      case types.MultiLineString:
        return { type: "MultiLineString", coordinates: this.members(types.LineString, () => this.positions()) };
      case types.MultiPolygon:
        return { type: "MultiPolygon", coordinates: this.members(types.Polygon, () => this.rings()) };
      case types.GeometryCollection: {
        if (depth === deepest) throw new GeometryError("wkb.geometry-unsupported", { type, depth });
        const geometries = Array.from({ length: this.count(5) }, () => this.geometry(depth + 1));
        return { type: "GeometryCollection", geometries };
      }
      default:
        throw new GeometryError("wkb.geometry-unsupported", { type });
    }
  }
}

/** A position with its height, unless the height is not a number, which stands for none. */
function withHeight(x: number, y: number, z: number): Position {
  return Number.isNaN(z) ? [x, y] : [x, y, z];
}

/**
 * Reads well-known binary in the OGC, ISO or PostGIS (extended) form, of either byte order, to a GeoJSON geometry.
 * Heights are kept as the third ordinate, unless they are not numbers; measures are left out.
 * @throws GeometryError `wkb.truncated` or `wkb.geometry-unsupported` (curves, surfaces, parts of another type than
 * their whole, collections nested deeper than 16)
 */
export function readWkb(bytes: Uint8Array): DecodedWkb {
  const reader = new Reader(bytes);
  const geometry = reader.geometry();
  return { geometry, srid: reader.srid };
}

/** Reads well-known binary written in hexadecimal digits, as PostGIS prints a geometry column. */
export function readWkbHex(hex: string): DecodedWkb {
  if (hex.length % 2 === 1 || /[^0-9a-f]/i.test(hex)) throw new GeometryError("wkb.truncated", { length: hex.length });
  const bytes = new Uint8Array(hex.length / 2);
  for (let index = 0; index < bytes.length; index++)
    bytes[index] = Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16);
  return readWkb(bytes);
}

function firstPosition(geometry: Geometry): Position | undefined {
  if (geometry.type === "GeometryCollection") {
    return geometry.geometries.map(firstPosition).find((position) => position !== undefined);
  }
  if (geometry.type === "Point") return geometry.coordinates.length > 0 ? geometry.coordinates : undefined;
  if (geometry.type === "MultiPolygon") return geometry.coordinates.flat(2)[0];
  if (geometry.type === "Polygon" || geometry.type === "MultiLineString") return geometry.coordinates.flat()[0];
  return geometry.coordinates[0];
}

function byteLength(geometry: Geometry, stride: number): number {
  const line = (positions: readonly Position[]) => 4 + positions.length * stride;
  const area = (rings: readonly (readonly Position[])[]) => rings.reduce((sum, ring) => sum + line(ring), 4);
  switch (geometry.type) {
    case "Point":
      return 5 + stride;
    case "LineString":
      return 5 + line(geometry.coordinates);
    case "Polygon":
      return 5 + area(geometry.coordinates);
    case "MultiPoint":
      return 9 + geometry.coordinates.length * (5 + stride);
    case "MultiLineString":
      return geometry.coordinates.reduce((sum, positions) => sum + 5 + line(positions), 9);
    case "MultiPolygon":
      return geometry.coordinates.reduce((sum, rings) => sum + 5 + area(rings), 9);
    case "GeometryCollection":
      return geometry.geometries.reduce((sum, member) => sum + byteLength(member, stride), 9);
  }
}

/** How well-known binary is written. */
export interface WkbOptions {
  /** Adds a spatial reference number, for example 4326; not in the ISO form, which has no place for it. */
  readonly srid?: number;
  /** `extended` as PostGIS writes it (when left out), or `iso` (13249-3), which GeoPackage asks for. PostGIS reads both. */
  readonly form?: "extended" | "iso";
  /** Makes positions like the first: a height that is missing becomes 0, one too many is left out. */
  readonly level?: boolean;
}

/**
 * Writes a GeoJSON geometry as little-endian well-known binary, which PostGIS reads from a `bytea` value.
 * @param geometry its positions all with two or all with three ordinates, unless `level` is set
 * @throws GeometryError `wkb.dimension-unsupported` when positions differ in their number of ordinates
 */
export function writeWkb(geometry: Geometry, options: WkbOptions = {}): Uint8Array<ArrayBuffer> {
  const hasZ = (firstPosition(geometry)?.length ?? 2) > 2;
  const stride = hasZ ? 24 : 16;
  const { form = "extended", level = false } = options;
  const srid = form === "iso" ? undefined : options.srid;
  const height = hasZ ? (form === "iso" ? 1000 : zFlag) : 0;
  const bytes = new Uint8Array(byteLength(geometry, stride) + (srid === undefined ? 0 : 4));
  const view = new DataView(bytes.buffer);
  let at = 0;

  const uint32 = (value: number) => {
    view.setUint32(at, value, true);
    at += 4;
  };
  const header = (type: keyof typeof types, withSrid: boolean) => {
    view.setUint8(at, 1);
    at += 1;
    uint32(types[type] + height + (withSrid ? sridFlag : 0));
    if (withSrid && srid !== undefined) uint32(srid);
  };
  const ordinates = (position: Position) => {
    if (!level && position.length !== 0 && position.length > 2 !== hasZ) {
      throw new GeometryError("wkb.dimension-unsupported", { ordinates: position.length });
    }
    // An empty point is written as not-a-number in every ordinate.
    const missing = position.length === 0 ? Number.NaN : 0;
    for (let axis = 0; axis < stride / 8; axis++, at += 8) view.setFloat64(at, position[axis] ?? missing, true);
  };
  const line = (positions: readonly Position[]) => {
    uint32(positions.length);
    for (const position of positions) ordinates(position);
  };
  const area = (rings: readonly (readonly Position[])[]) => {
    uint32(rings.length);
    for (const ring of rings) line(ring);
  };
  const members = <T>(list: readonly T[], type: keyof typeof types, write: (member: T) => void) => {
    uint32(list.length);
    for (const member of list) {
      header(type, false);
      write(member);
    }
  };
  const write = (part: Geometry, withSrid: boolean): void => {
    header(part.type, withSrid);
    switch (part.type) {
      case "Point":
        ordinates(part.coordinates);
        break;
      case "LineString":
        line(part.coordinates);
        break;
      case "Polygon":
        area(part.coordinates);
        break;
      case "MultiPoint":
        members(part.coordinates, "Point", ordinates);
        break;
      case "MultiLineString":
        members(part.coordinates, "LineString", line);
        break;
      case "MultiPolygon":
        members(part.coordinates, "Polygon", area);
        break;
      case "GeometryCollection":
        uint32(part.geometries.length);
        for (const member of part.geometries) write(member, false);
    }
  };
  write(geometry, srid !== undefined);
  return bytes;
}

/** Writes extended well-known binary in hexadecimal digits, the text form of a PostGIS geometry. */
export function writeWkbHex(geometry: Geometry, options: WkbOptions = {}): string {
  return Array.from(writeWkb(geometry, options), (byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .toUpperCase();
}
