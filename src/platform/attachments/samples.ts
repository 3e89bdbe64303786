import { crc32 } from "node:zlib";

/** Pictures of 8 by 8 points, as an ordinary program writes them. */
const plainJpeg = Buffer.from(
  "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/2wBDAQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjL/wAARCAAIAAgDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDkKKKK8U/TD//Z",
  "base64",
);
const plainPng = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAFElEQVR4nGM8ISfHgA0wYRUdtBIA0MoBFD5jqJkAAAAASUVORK5CYII=",
  "base64",
);
const plainWebp = Buffer.from(
  "UklGRjoAAABXRUJQVlA4IC4AAACwAQCdASoIAAgAAUAmJaACdLoABDAAAP7x3I/4DdfFtMv/vYL/3YL/3YL/WwAA",
  "base64",
);

/** Where and by whom a picture of the tests was taken: Bavel, 13° 09′ 30.6″ N, 102° 52′ 40.8″ E. */
export const secret = { latitude: 13.1585, longitude: 102.878, owner: "Sok Dara", serial: "SN-4471-88" } as const;

type Value =
  | { type: 2; text: string }
  | { type: 3 | 4; numbers: number[] }
  | { type: 5; fractions: [number, number][] };

const ascii = (text: string): Value => ({ type: 2, text });
const short = (value: number): Value => ({ type: 3, numbers: [value] });
const long = (value: number): Value => ({ type: 4, numbers: [value] });
const fractions = (value: number): Value => {
  const degrees = Math.floor(value);
  const minutes = Math.floor((value - degrees) * 60);
  const seconds = Math.round(((value - degrees) * 60 - minutes) * 60 * 1000);
  return {
    type: 5,
    fractions: [
      [degrees, 1],
      [minutes, 1],
      [seconds, 1000],
    ],
  };
};

function packed(value: Value): { count: number; bytes: Buffer } {
  if ("text" in value) return { count: value.text.length + 1, bytes: Buffer.from(`${value.text}\0`, "latin1") };
  if ("fractions" in value) {
    const bytes = Buffer.alloc(value.fractions.length * 8);
    value.fractions.forEach(([above, below], i) => {
      bytes.writeUInt32BE(above, i * 8);
      bytes.writeUInt32BE(below, i * 8 + 4);
    });
    return { count: value.fractions.length, bytes };
  }
  const size = value.type === 3 ? 2 : 4;
  const bytes = Buffer.alloc(value.numbers.length * size);
  value.numbers.forEach(
    (number, i) => void (size === 2 ? bytes.writeUInt16BE(number, i * 2) : bytes.writeUInt32BE(number, i * 4)),
  );
  return { count: value.numbers.length, bytes };
}

/** A directory that begins at `at`, its longer values behind it. */
function directory(at: number, entries: Record<number, Value>): Buffer {
  const tags = Object.entries(entries).sort(([a], [b]) => Number(a) - Number(b));
  const head = Buffer.alloc(2 + tags.length * 12 + 4);
  head.writeUInt16BE(tags.length, 0);
  const behind: Buffer[] = [];
  let next = at + head.length;
  tags.forEach(([tag, value], i) => {
    const { count, bytes } = packed(value);
    const entry = 2 + i * 12;
    head.writeUInt16BE(Number(tag), entry);
    head.writeUInt16BE(value.type, entry + 2);
    head.writeUInt32BE(count, entry + 4);
    if (bytes.length <= 4) bytes.copy(head, entry + 8);
    else {
      head.writeUInt32BE(next, entry + 8);
      behind.push(bytes);
      next += bytes.length;
    }
  });
  return Buffer.concat([head, ...behind]);
}

/** An EXIF block of a telephone: place, owner, serial number, maker's note, day, turn. */
export function anExif({ orientation = 6 }: { orientation?: number } = {}): Buffer {
  const main = (camera: number, place: number) =>
    directory(8, { 274: short(orientation), 315: ascii(secret.owner), 34665: long(camera), 34853: long(place) });
  const cameraAt = 8 + main(0, 0).length;
  const camera = directory(cameraAt, {
    36867: ascii("2026:02:17 08:15:00"),
    37500: ascii("maker knows more than you think"),
    42033: ascii(secret.serial),
  });
  const placeAt = cameraAt + camera.length;
  const place = directory(placeAt, {
    1: ascii("N"),
    2: fractions(secret.latitude),
    3: ascii("E"),
    4: fractions(secret.longitude),
  });
  const head = Buffer.from([0x4d, 0x4d, 0, 42, 0, 0, 0, 8]);
  return Buffer.concat([head, main(cameraAt, placeAt), camera, place]);
}

/** An XMP packet that names the same place. */
export const anXmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description exif:GPSLatitude="13,9.51N" exif:GPSLongitude="102,52.68E"/></x:xmpmeta>`;

function segment(marker: number, payload: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(payload.length + 2, 2);
  return Buffer.concat([head, payload]);
}

/** A JPEG with what is asked for in it. */
export function aJpeg(
  options: { exif?: Buffer; xmp?: string; comment?: string; trailing?: string; salt?: number } = {},
): Buffer {
  const { exif, xmp, comment, trailing, salt } = options;
  const extra: Buffer[] = [];
  if (exif) extra.push(segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0", "latin1"), exif])));
  if (xmp) extra.push(segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${xmp}`)));
  if (comment) extra.push(segment(0xfe, Buffer.from(comment)));
  // A Huffman table that no scan uses makes another picture file of the same picture.
  if (salt !== undefined) extra.push(segment(0xc4, Buffer.from([0x13, 1, ...Array<number>(15).fill(0), salt])));
  return Buffer.concat([plainJpeg.subarray(0, 20), ...extra, plainJpeg.subarray(20), Buffer.from(trailing ?? "")]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const chunk = Buffer.alloc(8 + body.length);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), chunk.length - 4);
  return chunk;
}

/** A PNG with what is asked for in it. */
export function aPng(options: { exif?: Buffer; xmp?: string; text?: string; trailing?: string } = {}): Buffer {
  const { exif, xmp, text, trailing } = options;
  const extra: Buffer[] = [];
  if (exif) extra.push(pngChunk("eXIf", exif));
  if (xmp) extra.push(pngChunk("iTXt", Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${xmp}`)));
  if (text) extra.push(pngChunk("tEXt", Buffer.from(`Author\0${text}`)));
  return Buffer.concat([plainPng.subarray(0, 33), ...extra, plainPng.subarray(33), Buffer.from(trailing ?? "")]);
}

function riffChunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 0, "latin1");
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}

/** A WebP in the extended form with what is asked for in it. */
export function aWebp(options: { exif?: Buffer; xmp?: string } = {}): Buffer {
  const { exif, xmp } = options;
  const flags = (exif ? 0x08 : 0) | (xmp ? 0x04 : 0);
  const body = Buffer.concat([
    Buffer.from("WEBP"),
    riffChunk("VP8X", Buffer.from([flags, 0, 0, 0, 7, 0, 0, 7, 0, 0])),
    plainWebp.subarray(12),
    ...(exif ? [riffChunk("EXIF", exif)] : []),
    ...(xmp ? [riffChunk("XMP ", Buffer.from(xmp))] : []),
  ]);
  return riffChunk("RIFF", body);
}

/** The smallest PDF, with a georeferenced frame when asked for. */
export function aPdf({ map = false, stream }: { map?: boolean; stream?: Buffer } = {}): Buffer {
  const frame = map
    ? "/VP [<< /Measure << /Subtype /GEO /GPTS [13.1 102.8 13.2 102.8 13.2 102.9 13.1 102.9] >> >>]"
    : "";
  const packedPart = stream
    ? [
        Buffer.from(`4 0 obj << /Filter /FlateDecode /Length ${stream.length} >>\nstream\n`),
        stream,
        Buffer.from("\nendstream endobj\n"),
      ]
    : [];
  return Buffer.concat([
    Buffer.from(`%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R ${frame} >> endobj\n`),
    ...packedPart,
    Buffer.from("trailer << /Root 1 0 R >>\n%%EOF\n"),
  ]);
}

/** A track of two points. */
export const aGpx = `<?xml version="1.0"?>\n<gpx version="1.1"><trk><trkseg><trkpt lat="13.1585" lon="102.878"/><trkpt lat="13.16" lon="102.88"/></trkseg></trk></gpx>\n`;
