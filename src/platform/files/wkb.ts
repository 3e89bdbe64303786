import type { Geometry, Position } from "geojson";
import { FileProblem } from "./problem.ts";

const names = [
  "",
  "Point",
  "LineString",
  "Polygon",
  "MultiPoint",
  "MultiLineString",
  "MultiPolygon",
  "GeometryCollection",
];

/**
 * Reads a geometry in well-known binary: ISO (types + 1000 for Z, + 2000 for M) and the PostGIS flags alike. Measures
 * are dropped, heights kept, empty geometries are null. Throws `geometry.malformed` and `geometry.unsupported-type`
 * (curves, surfaces).
 */
export function readWkb(bytes: Uint8Array): Geometry | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;

  function need(length: number): void {
    if (at + length > bytes.byteLength) throw new FileProblem("geometry.malformed", { bytes: bytes.byteLength });
  }

  /** A count says how many things of at least `size` bytes follow, so one beyond the end is a lie. */
  function count(little: boolean, size: number): number {
    need(4);
    const value = view.getUint32(at, little);
    at += 4;
    need(value * size);
    return value;
  }

  function position(little: boolean, ordinates: number, hasZ: boolean): Position {
    const x = view.getFloat64(at, little);
    const y = view.getFloat64(at + 8, little);
    const result: Position = [x, y];
    if (hasZ) {
      const z = view.getFloat64(at + 16, little);
      if (!Number.isNaN(z)) result.push(z);
    }
    at += 8 * ordinates;
    return result;
  }

  function positions(little: boolean, ordinates: number, hasZ: boolean): Position[] {
    const total = count(little, 8 * ordinates);
    const result = new Array<Position>(total);
    for (let i = 0; i < total; i++) result[i] = position(little, ordinates, hasZ);
    return result;
  }

  function geometry(depth: number): Geometry | null {
    if (depth > 16) throw new FileProblem("geometry.malformed", { depth });
    need(5);
    const little = view.getUint8(at) === 1;
    let type = view.getUint32(at + 1, little);
    at += 5;
    let hasZ = (type & 0x80000000) !== 0;
    let hasM = (type & 0x40000000) !== 0;
    if ((type & 0x20000000) !== 0) at += 4;
    type &= 0x1fffffff;
    const thousands = Math.floor(type / 1000);
    if (thousands === 1 || thousands === 3) hasZ = true;
    if (thousands === 2 || thousands === 3) hasM = true;
    type %= 1000;
    const name = names[type];
    if (!name) throw new FileProblem("geometry.unsupported-type", { type });
    const ordinates = 2 + (hasZ ? 1 : 0) + (hasM ? 1 : 0);
    if (type === 1) {
      need(8 * ordinates);
      const coordinates = position(little, ordinates, hasZ);
      return Number.isNaN(coordinates[0]) ? null : { type: "Point", coordinates };
    }
    if (type === 2) {
      const coordinates = positions(little, ordinates, hasZ);
      return coordinates.length === 0 ? null : { type: "LineString", coordinates };
    }
    if (type === 3) {
      const rings = count(little, 4);
      const coordinates: Position[][] = [];
      for (let i = 0; i < rings; i++) coordinates.push(positions(little, ordinates, hasZ));
      return rings === 0 ? null : { type: "Polygon", coordinates };
    }
    const total = count(little, 5);
    const parts: Geometry[] = [];
    for (let i = 0; i < total; i++) {
      const part = geometry(depth + 1);
      if (part) parts.push(part);
    }
    return parts.length === 0 ? null : collect(name, parts);
  }

  return geometry(0);
}

function collect(name: string, parts: Geometry[]): Geometry {
  if (name === "GeometryCollection") return { type: "GeometryCollection", geometries: parts };
  const single = name.slice(5);
  const coordinates = parts.map((part) => {
    if (part.type !== single || part.type === "GeometryCollection") throw new FileProblem("geometry.malformed");
    return part.coordinates;
  });
  return { type: name, coordinates } as Geometry;
}

/** Writes a geometry as little-endian ISO well-known binary, with heights when its first position has one. */
export function writeWkb(geometry: Geometry): Buffer {
  const parts: Buffer[] = [];
  const hasZ = (firstPosition(geometry)?.length ?? 2) > 2;
  const ordinates = hasZ ? 3 : 2;

  function header(type: number, count: number | null): void {
    const bytes = Buffer.allocUnsafe(count === null ? 5 : 9);
    bytes[0] = 1;
    bytes.writeUInt32LE(type + (hasZ ? 1000 : 0), 1);
    if (count !== null) bytes.writeUInt32LE(count, 5);
    parts.push(bytes);
  }

  function points(list: Position[], counted: boolean): void {
    const start = counted ? 4 : 0;
    const bytes = Buffer.allocUnsafe(start + list.length * 8 * ordinates);
    if (counted) bytes.writeUInt32LE(list.length, 0);
    let at = start;
    for (const position of list) {
      for (let i = 0; i < ordinates; i++) {
        bytes.writeDoubleLE(position[i] ?? 0, at);
        at += 8;
      }
    }
    parts.push(bytes);
  }

  function write(value: Geometry): void {
    switch (value.type) {
      case "Point":
        header(1, null);
        points([value.coordinates], false);
        break;
      case "LineString":
        header(2, null);
        points(value.coordinates, true);
        break;
      case "Polygon":
        header(3, value.coordinates.length);
        for (const ring of value.coordinates) points(ring, true);
        break;
      case "MultiPoint":
        header(4, value.coordinates.length);
        for (const coordinates of value.coordinates) write({ type: "Point", coordinates });
        break;
      case "MultiLineString":
        header(5, value.coordinates.length);
        for (const coordinates of value.coordinates) write({ type: "LineString", coordinates });
        break;
      case "MultiPolygon":
        header(6, value.coordinates.length);
        for (const coordinates of value.coordinates) write({ type: "Polygon", coordinates });
        break;
      case "GeometryCollection":
        header(7, value.geometries.length);
        for (const inner of value.geometries) write(inner);
    }
  }

  write(geometry);
  return Buffer.concat(parts);
}

function firstPosition(geometry: Geometry): Position | null {
  for (const position of positionsOf(geometry)) return position;
  return null;
}

/** Every position of a geometry, in order. */
export function* positionsOf(geometry: Geometry): Generator<Position> {
  switch (geometry.type) {
    case "Point":
      if (geometry.coordinates.length >= 2) yield geometry.coordinates;
      break;
    case "LineString":
    case "MultiPoint":
      yield* geometry.coordinates;
      break;
    case "Polygon":
    case "MultiLineString":
      for (const line of geometry.coordinates) yield* line;
      break;
    case "MultiPolygon":
      for (const polygon of geometry.coordinates) for (const ring of polygon) yield* ring;
      break;
    case "GeometryCollection":
      for (const inner of geometry.geometries) yield* positionsOf(inner);
  }
}

/** The bounding box of a geometry as west, south, east, north in its own units; null when it has no position. */
export function boundsOf(geometry: Geometry): [number, number, number, number] | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x = 0, y = 0] of positionsOf(geometry)) {
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < south) south = y;
    if (y > north) north = y;
  }
  return west <= east ? [west, south, east, north] : null;
}
