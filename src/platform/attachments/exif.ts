import { type FindingKind, type FoundPosition, positionOf } from "./findings.ts";

/** What an EXIF block says that matters here. */
export interface ExifFacts {
  /** How the picture is to be turned, 1 to 8; 1 is upright. */
  orientation: number;
  takenOn: string | null;
  position: FoundPosition | null;
  kinds: ReadonlySet<FindingKind>;
}

/** More entries than any honest directory has. */
const maximumEntries = 500;
const sizes: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
};

const personalTags: ReadonlyMap<number, FindingKind> = new Map([
  [0x010e, "hidden-text"], // ImageDescription
  [0x013b, "owner"], // Artist
  [0x013c, "device"], // HostComputer
  [0x8298, "owner"], // Copyright
  [0x9286, "hidden-text"], // UserComment
  [0x927c, "maker-note"],
  [0x9c9b, "hidden-text"], // XPTitle
  [0x9c9c, "hidden-text"], // XPComment
  [0x9c9d, "owner"], // XPAuthor
  [0xa420, "device"], // ImageUniqueID
  [0xa430, "owner"], // CameraOwnerName
  [0xa431, "device"], // BodySerialNumber
  [0xa435, "device"], // LensSerialNumber
]);

interface Entry {
  tag: number;
  type: number;
  count: number;
  /** Where the values begin. */
  at: number;
}

interface Directory {
  entries: Entry[];
  next: number;
}

function readDirectory(view: DataView, at: number, little: boolean): Directory {
  const nothing = { entries: [], next: 0 };
  if (at < 8 || at + 2 > view.byteLength) return nothing;
  const count = Math.min(view.getUint16(at, little), maximumEntries);
  const entries: Entry[] = [];
  for (let i = 0; i < count; i++) {
    const entry = at + 2 + i * 12;
    if (entry + 12 > view.byteLength) return { entries, next: 0 };
    const type = view.getUint16(entry + 2, little);
    const values = view.getUint32(entry + 4, little);
    const bytes = (sizes[type] ?? 0) * values;
    const place = bytes <= 4 ? entry + 8 : view.getUint32(entry + 8, little);
    const known = bytes > 0 && place + bytes <= view.byteLength;
    // An entry whose values lie outside is still there: what it is about is known, what it says is not.
    entries.push({ tag: view.getUint16(entry, little), type, count: known ? values : 0, at: place });
  }
  const end = at + 2 + count * 12;
  return { entries, next: end + 4 <= view.byteLength ? view.getUint32(end, little) : 0 };
}

/** Degrees, minutes and seconds as three fractions, or NaN. */
function degrees(view: DataView, entry: Entry | undefined, little: boolean): number {
  if (!entry || (entry.type !== 5 && entry.type !== 10) || entry.count < 1) return Number.NaN;
  let sum = 0;
  for (let i = 0; i < Math.min(entry.count, 3); i++) {
    const above = view.getUint32(entry.at + i * 8, little);
    const below = view.getUint32(entry.at + i * 8 + 4, little);
    // Writers leave 0/0 for parts that they do not use.
    if (below === 0 && above !== 0) return Number.NaN;
    sum += below === 0 ? 0 : above / below / 60 ** i;
  }
  return sum;
}

function text(bytes: Uint8Array, entry: Entry | undefined): string {
  if (entry?.type !== 2) return "";
  return new TextDecoder("latin1").decode(bytes.subarray(entry.at, entry.at + Math.min(entry.count, 100)));
}

/** The day of an EXIF time `yyyy:mm:dd hh:mm:ss`, when it is one. */
function dayOf(written: string): string | null {
  const parts = /^(\d{4})[:-](\d\d)[:-](\d\d)/.exec(written);
  if (!parts) return null;
  const day = `${parts[1]}-${parts[2]}-${parts[3]}`;
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) ? day : null;
}

/**
 * Reads an EXIF block (a TIFF header with directories). Every offset and count is checked against the block, so that a
 * hostile one costs no more than an honest one of its size.
 * @returns null when it is no such block
 */
export function readExif(bytes: Uint8Array): ExifFacts | null {
  if (bytes.length < 8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return null;
  const little = order === 0x4949;
  if (view.getUint16(2, little) !== 42) return null;

  const kinds = new Set<FindingKind>();
  const find = (directory: Directory, tag: number) => directory.entries.find((entry) => entry.tag === tag);
  const offset = (entry: Entry | undefined) =>
    entry && entry.type === 4 && entry.count === 1 ? view.getUint32(entry.at, little) : 0;

  const main = readDirectory(view, view.getUint32(4, little), little);
  const camera = readDirectory(view, offset(find(main, 0x8769)), little);
  const satellite = readDirectory(view, offset(find(main, 0x8825)), little);
  const small = readDirectory(view, main.next, little);
  for (const { tag } of [...main.entries, ...camera.entries]) {
    const kind = personalTags.get(tag);
    if (kind) kinds.add(kind);
  }
  if (small.entries.length > 0) kinds.add("thumbnail");
  // Tag 0 is only the version of the block; many cameras write it and nothing else.
  const located =
    satellite.entries.some(({ tag }) => tag !== 0) || (find(main, 0x8825) && satellite.entries.length === 0);
  if (located) kinds.add("location");

  const sign = (tag: number, negative: string) =>
    text(bytes, find(satellite, tag)).toUpperCase().startsWith(negative) ? -1 : 1;
  const turned = find(main, 0x0112);
  const orientation = turned?.type === 3 && turned.count === 1 ? view.getUint16(turned.at, little) : 1;
  return {
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    takenOn: dayOf(text(bytes, find(camera, 0x9003))) ?? dayOf(text(bytes, find(camera, 0x9004))),
    position: positionOf(
      sign(1, "S") * degrees(view, find(satellite, 2), little),
      sign(3, "W") * degrees(view, find(satellite, 4), little),
    ),
    kinds,
  };
}

/** An EXIF block that says how a picture is to be turned and nothing else; 26 bytes. */
export function orientationBlock(orientation: number): Uint8Array {
  const bytes = new Uint8Array(26);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0x4d4d);
  view.setUint16(2, 42);
  view.setUint32(4, 8);
  view.setUint16(8, 1);
  view.setUint16(10, 0x0112);
  view.setUint16(12, 3);
  view.setUint32(14, 1);
  view.setUint16(18, orientation);
  return bytes;
}
