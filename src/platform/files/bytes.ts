import { type FileHandle, open } from "node:fs/promises";
import { FileProblem } from "./problem.ts";
import type { OpenedFile } from "./types.ts";

const chunkBytes = 1024 * 1024;

/** Reads at most `length` bytes of the file at `path` from `position`; fewer at the end of the file. */
export async function readHead(path: string, length: number, position = 0): Promise<Buffer> {
  const handle = await open(path, "r");
  try {
    const buffer = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    await handle.close();
  }
}

/** Yields the file in buffers of about 1 MiB, tells progress, and stops with the signal's reason when aborted. */
export async function* readChunks(file: OpenedFile): AsyncGenerator<Buffer, void, undefined> {
  const { onProgress, signal } = file.options;
  const handle = await open(file.path, "r");
  try {
    let position = 0;
    while (true) {
      signal?.throwIfAborted();
      const buffer = Buffer.allocUnsafeSlow(chunkBytes);
      const { bytesRead } = await handle.read(buffer, 0, chunkBytes, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      onProgress?.({ bytesRead: position, bytesTotal: file.size });
      yield bytesRead === chunkBytes ? buffer : buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** A forward reader of a binary file that keeps only what is being looked at. */
export interface ByteCursor {
  /** Bytes taken so far. */
  readonly offset: number;
  /** True when `length` bytes can be taken without waiting. */
  has(length: number): boolean;
  /** Reads until `length` bytes can be taken; false when the file ends before. Throws above `maximum`. */
  fill(length: number): Promise<boolean>;
  /** The next `length` bytes, which must be there; valid until the next fill. */
  take(length: number): Buffer;
  /** The next `length` bytes without moving past them. */
  peek(length: number): Buffer;
  /** Moves to an absolute offset at or after the present one, without reading what lies between. */
  skipTo(offset: number): void;
  close(): Promise<void>;
}

/** Opens a cursor over `path`; `report` is told the bytes read so far after each read of the disk. */
export async function openCursor(
  path: string,
  maximum: number,
  report?: (bytesRead: number) => void,
): Promise<ByteCursor> {
  const handle: FileHandle = await open(path, "r");
  let buffer: Buffer = Buffer.alloc(0);
  let position = 0;
  let base = 0;

  async function fill(length: number): Promise<boolean> {
    if (length > maximum) throw new FileProblem("files.row-too-large", { bytes: length, maximum });
    const left = buffer.length - position;
    if (left >= length) return true;
    const next = Buffer.allocUnsafeSlow(Math.max(length, chunkBytes));
    buffer.copy(next, 0, position);
    base += position;
    position = 0;
    let filled = left;
    while (filled < length) {
      const { bytesRead } = await handle.read(next, filled, next.length - filled, base + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    buffer = next.subarray(0, filled);
    report?.(base + filled);
    return filled >= length;
  }

  return {
    get offset() {
      return base + position;
    },
    has: (length) => buffer.length - position >= length,
    fill,
    take(length) {
      position += length;
      return buffer.subarray(position - length, position);
    },
    peek: (length) => buffer.subarray(position, position + length),
    skipTo(offset) {
      if (offset <= base + buffer.length) {
        position = offset - base;
        return;
      }
      base = offset;
      buffer = Buffer.alloc(0);
      position = 0;
    },
    close: () => handle.close(),
  };
}
