import { LINE, POINT, POLYGON, type Shape, type ShapeKind } from "./shape.ts";

/**
 * Reads WKB or PostGIS EWKB (either byte order, with or without Z, M and SRID) in EPSG:4326 degrees into a shape.
 * Of a geometry collection only the members of the highest dimension are kept, as a tile feature has one kind.
 * Layout: OGC 06-103r4 §8.2, and the EWKB flags of PostGIS.
 * @param bytes the geometry
 * @param into the shape to overwrite
 * @throws RangeError when the bytes are cut short, the type is not a point, line, polygon, their multiples or a
 *   collection, or the SRID is given and is not 4326
 */
export function readWkb(bytes: Uint8Array, into: Shape): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = highestKind({ view, at: 0 });
  into.clear(kind);
  readGeometry({ view, at: 0 }, kind, into);
}

interface Cursor {
  view: DataView;
  at: number;
}

interface Header {
  little: boolean;
  type: number;
  dimensions: number;
}

const MULTIPOINT = 4;
const MULTIPOLYGON = 6;
const COLLECTION = 7;

function readHeader(cursor: Cursor): Header {
  const { view } = cursor;
  const little = view.getUint8(cursor.at) === 1;
  const code = view.getUint32(cursor.at + 1, little);
  cursor.at += 5;
  let type = code & 0x0fffffff;
  let dimensions = 2;
  if (code & 0x80000000) dimensions++;
  if (code & 0x40000000) dimensions++;
  if (code & 0x20000000) {
    const srid = view.getUint32(cursor.at, little);
    if (srid !== 4326 && srid !== 0) throw new RangeError(`WKB in SRID ${srid}: transform it to 4326 first`);
    cursor.at += 4;
  }
  // ISO WKB adds 1000 for Z, 2000 for M and 3000 for both.
  if (type >= 1000) {
    dimensions += type >= 3000 ? 2 : 1;
    type %= 1000;
  }
  if (type < POINT || type > COLLECTION) throw new RangeError(`WKB geometry type ${code} cannot be drawn in a tile`);
  return { little, type, dimensions };
}

function kindOf(type: number): ShapeKind {
  return (type >= MULTIPOINT ? type - 3 : type) as ShapeKind;
}

function readCount(cursor: Cursor, header: Header): number {
  const count = cursor.view.getUint32(cursor.at, header.little);
  cursor.at += 4;
  return count;
}

function highestKind(cursor: Cursor): ShapeKind {
  const header = readHeader(cursor);
  if (header.type !== COLLECTION) {
    const kind = kindOf(header.type);
    skipBody(cursor, header);
    return kind;
  }
  const count = readCount(cursor, header);
  let kind: ShapeKind = POINT;
  for (let i = 0; i < count; i++) kind = Math.max(kind, highestKind(cursor)) as ShapeKind;
  return kind;
}

function skipBody(cursor: Cursor, header: Header): void {
  const width = 8 * header.dimensions;
  if (header.type === POINT) {
    cursor.at += width;
  } else if (header.type === LINE) {
    const points = readCount(cursor, header);
    cursor.at += points * width;
  } else if (header.type === POLYGON) {
    const rings = readCount(cursor, header);
    for (let i = 0; i < rings; i++) {
      const points = readCount(cursor, header);
      cursor.at += points * width;
    }
  } else {
    const members = readCount(cursor, header);
    for (let i = 0; i < members; i++) skipBody(cursor, readHeader(cursor));
  }
}

function readGeometry(cursor: Cursor, kind: ShapeKind, into: Shape): void {
  const header = readHeader(cursor);
  if (header.type >= MULTIPOINT) {
    if (header.type <= MULTIPOLYGON && kindOf(header.type) !== kind) {
      skipBody(cursor, header);
      return;
    }
    const members = readCount(cursor, header);
    for (let i = 0; i < members; i++) readGeometry(cursor, kind, into);
  } else if (header.type !== kind) {
    skipBody(cursor, header);
  } else if (kind === POINT) {
    const x = cursor.view.getFloat64(cursor.at, header.little);
    const y = cursor.view.getFloat64(cursor.at + 8, header.little);
    // An empty point is written as NaN, NaN.
    if (!Number.isNaN(x)) into.addDegrees(x, y);
    cursor.at += 8 * header.dimensions;
  } else if (kind === LINE) {
    readPoints(cursor, header, into);
  } else {
    const rings = readCount(cursor, header);
    for (let i = 0; i < rings; i++) readPoints(cursor, header, into);
  }
}

function readPoints(cursor: Cursor, header: Header, into: Shape): void {
  const count = readCount(cursor, header);
  const width = 8 * header.dimensions;
  const { view } = cursor;
  // Checked before memory is reserved, so that a corrupt count cannot ask for gigabytes.
  if (cursor.at + count * width > view.byteLength) throw new RangeError("WKB ends before its last point");
  into.reservePoints(count);
  let at = cursor.at;
  for (let i = 0; i < count; i++) {
    into.addDegrees(view.getFloat64(at, header.little), view.getFloat64(at + 8, header.little));
    at += width;
  }
  cursor.at = at;
  into.endPart();
}
