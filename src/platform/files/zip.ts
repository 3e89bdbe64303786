import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Entry, open, type ZipFile } from "yauzl";
import { FileProblem } from "./problem.ts";
import type { Limits } from "./types.ts";

const ratioMatters = 16 * 1024 * 1024;

/** A member of a zip: its name with forward slashes, and its size when unpacked. */
export interface ZipMember {
  name: string;
  bytes: number;
}

/** An open zip; close it. */
export interface Zip {
  members: ZipMember[];
  /** Streams a member's unpacked bytes; fails when it is larger than the zip's directory says. */
  read(name: string): Promise<Readable>;
  close(): void;
}

/**
 * Opens a zip and checks it before anything is unpacked. Refuses absolute and climbing paths (`zip.unsafe-path`), too
 * many members (`zip.too-many-members`), too many bytes (`zip.too-large`), members packed tighter than honest data is
 * (`zip.bomb`), encryption (`zip.encrypted`) and damage (`zip.damaged`). The unpacked sizes that are checked are those
 * the directory states; a member that turns out larger is cut off by `read`.
 */
export async function openZip(path: string, limits: Limits): Promise<Zip> {
  const zip = await openLazily(path);
  const entries = new Map<string, Entry>();
  let total = 0;
  try {
    if (zip.entryCount > limits.zipEntries) {
      throw new FileProblem("zip.too-many-members", { members: zip.entryCount, maximum: limits.zipEntries });
    }
    for await (const entry of eachEntry(zip)) {
      if (entry.fileName.endsWith("/")) continue;
      if (entry.isEncrypted()) throw new FileProblem("zip.encrypted", { member: entry.fileName });
      total += entry.uncompressedSize;
      if (total > limits.zipBytes) throw new FileProblem("zip.too-large", { bytes: total, maximum: limits.zipBytes });
      const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
      if (entry.uncompressedSize > ratioMatters && ratio > limits.zipRatio) {
        throw new FileProblem("zip.bomb", { member: entry.fileName, ratio: Math.round(ratio) });
      }
      entries.set(entry.fileName, entry);
    }
  } catch (error) {
    zip.close();
    throw error;
  }
  return {
    members: [...entries.values()].map((entry) => ({ name: entry.fileName, bytes: entry.uncompressedSize })),
    read(name) {
      const entry = entries.get(name);
      if (!entry) return Promise.reject(new FileProblem("zip.no-such-member", { member: name }));
      return new Promise((resolve, reject) => {
        zip.openReadStream(entry, (error, stream) => (error ? reject(damaged(error)) : resolve(stream)));
      });
    },
    close: () => zip.close(),
  };
}

function openLazily(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    open(
      path,
      { lazyEntries: true, autoClose: false, validateEntrySizes: true, strictFileNames: false },
      (error, zip) => (error ? reject(damaged(error)) : resolve(zip)),
    );
  });
}

async function* eachEntry(zip: ZipFile): AsyncGenerator<Entry> {
  while (true) {
    const entry = await new Promise<Entry | null>((resolve, reject) => {
      const settle = (action: () => void) => {
        zip.removeListener("entry", onEntry);
        zip.removeListener("end", onEnd);
        zip.removeListener("error", onError);
        action();
      };
      const onEntry = (found: Entry) => settle(() => resolve(found));
      const onEnd = () => settle(() => resolve(null));
      const onError = (error: Error) => settle(() => reject(damaged(error)));
      zip.once("entry", onEntry);
      zip.once("end", onEnd);
      zip.once("error", onError);
      zip.readEntry();
    });
    if (entry === null) return;
    yield entry;
  }
}

function damaged(error: Error): FileProblem {
  // yauzl tells its errors apart by message only.
  const unsafe = /invalid (relative|characters)|absolute path/i.test(error.message);
  return new FileProblem(unsafe ? "zip.unsafe-path" : "zip.damaged", { reason: error.message.slice(0, 200) });
}

/** Files unpacked from a zip, by the name they had in it; `remove` deletes them. */
export interface Unpacked {
  directory: string;
  /** Member name to path on disk. */
  paths: Map<string, string>;
  remove(): Promise<void>;
}

/**
 * Unpacks the members that `wanted` accepts into a new temporary directory. On disk they are numbered, so no name from
 * the zip ever reaches the file system.
 */
export async function unpack(zip: Zip, wanted: (name: string) => boolean): Promise<Unpacked> {
  const directory = await mkdtemp(join(tmpdir(), "santi-files-"));
  const remove = () => rm(directory, { recursive: true, force: true });
  const paths = new Map<string, string>();
  try {
    for (const { name } of zip.members) {
      if (!wanted(name)) continue;
      const extension = /\.[a-z0-9]{1,8}$/i.exec(name)?.[0].toLowerCase() ?? "";
      const path = join(directory, `${paths.size}${extension}`);
      await pipeline(await zip.read(name), createWriteStream(path));
      paths.set(name, path);
    }
    return { directory, paths, remove };
  } catch (error) {
    await remove();
    throw error instanceof FileProblem ? error : damaged(error as Error);
  }
}
