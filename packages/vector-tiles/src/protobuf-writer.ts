/** A growable byte buffer that writes the protocol-buffer wire format. One instance is reused for many messages. */
export class ProtobufWriter {
  #bytes: Uint8Array;
  #view: DataView;
  #length = 0;

  constructor(capacity = 4096) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** Number of bytes written since the last {@link reset}. */
  get length(): number {
    return this.#length;
  }

  /** Forgets what was written and keeps the memory. */
  reset(): void {
    this.#length = 0;
  }

  /** A view of what was written; valid until the next write or reset. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** A copy of what was written, which the caller owns. */
  copy(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  /** Makes room for `extra` more bytes, so that a run of raw writes needs no further check. */
  reserve(extra: number): void {
    const needed = this.#length + extra;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }

  /** Writes an unsigned integer below 2^32 as a varint. */
  varint32(value: number): void {
    this.reserve(5);
    const bytes = this.#bytes;
    let at = this.#length;
    let rest = value >>> 0;
    while (rest > 0x7f) {
      bytes[at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    bytes[at++] = rest;
    this.#length = at;
  }

  /** Writes the first `count` unsigned 32-bit integers of `values` as consecutive varints. */
  varints32(values: Uint32Array, count: number): void {
    this.reserve(5 * count);
    const bytes = this.#bytes;
    let at = this.#length;
    for (let i = 0; i < count; i++) {
      let rest = values[i] as number;
      while (rest > 0x7f) {
        bytes[at++] = (rest & 0x7f) | 0x80;
        rest >>>= 7;
      }
      bytes[at++] = rest;
    }
    this.#length = at;
  }

  /** Writes a non-negative safe integer or a bigint below 2^64 as a varint. */
  varint(value: number | bigint): void {
    if (typeof value === "number" && value <= 0xffffffff) {
      this.varint32(value);
      return;
    }
    this.reserve(10);
    let rest = BigInt.asUintN(64, BigInt(value));
    while (rest > 0x7fn) {
      this.#bytes[this.#length++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.#bytes[this.#length++] = Number(rest);
  }

  /** Writes one raw byte. */
  byte(value: number): void {
    this.reserve(1);
    this.#bytes[this.#length++] = value;
  }

  /** Writes a 64-bit floating-point number, little-endian. */
  double(value: number): void {
    this.reserve(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  /** Writes raw bytes. */
  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Writes a field tag, the byte length of `bytes`, and the bytes. */
  bytesField(tag: number, bytes: Uint8Array): void {
    this.varint32(tag);
    this.varint32(bytes.length);
    this.raw(bytes);
  }

  /** Writes a field tag and a length-prefixed UTF-8 string. Short ASCII strings, the usual case, avoid the encoder. */
  stringField(tag: number, text: string): void {
    this.varint32(tag);
    const size = text.length;
    if (size < 0x80) {
      this.reserve(1 + size);
      const start = this.#length;
      const bytes = this.#bytes;
      bytes[start] = size;
      let i = 0;
      for (; i < size; i++) {
        const code = text.charCodeAt(i);
        if (code > 0x7f) break;
        bytes[start + 1 + i] = code;
      }
      if (i === size) {
        this.#length = start + 1 + size;
        return;
      }
    }
    const encoded = utf8.encode(text);
    this.varint32(encoded.length);
    this.raw(encoded);
  }
}

const utf8 = new TextEncoder();

/** Number of bytes an unsigned 32-bit integer takes as a varint. */
export function varintSize(value: number): number {
  return value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x200000 ? 3 : value < 0x10000000 ? 4 : 5;
}
