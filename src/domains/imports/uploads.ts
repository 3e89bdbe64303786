import { createHash } from "node:crypto";
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { isUuid, newId } from "../../platform/kernel/ids.ts";
import { Problem } from "../../platform/kernel/problem.ts";
import { importProblems, type UploadOutput } from "./contract.ts";

/** A file that somebody sent and that waits to be imported. */
export interface Upload extends UploadOutput {
  path: string;
  accountId: string | null;
}

/** Files that were sent, in a folder of the node. */
export interface Uploads {
  /** @throws Problem `imports.upload-too-large`, `imports.upload-empty` */
  save(name: string, body: AsyncIterable<Uint8Array>, limit: number, accountId: string | null): Promise<Upload>;
  /** A file of the same account. @throws Problem `imports.file-gone` */
  find(id: string, accountId: string | null): Upload;
  remove(id: string): void;
  /** Removes files that nobody used for so many milliseconds. */
  purge(age: number, now: Date): void;
}

/** A name fit for a file system that keeps its extension, by which formats are told. */
function safeName(name: string): string {
  const plain = basename(name.replaceAll("\\", "/"))
    .normalize("NFC")
    .replace(/[^\p{L}\p{M}\p{N}._ -]/gu, "_")
    .replace(/^\.+/, "_");
  const short = plain.length > 100 ? plain.slice(-100) : plain;
  return short === "" ? "file" : short;
}

/** Makes the store of sent files in a folder, which is made when needed. */
export function createUploads(folder: string): Uploads {
  const description = (id: string) => join(folder, id, "upload.json");
  return {
    async save(name, body, limit, accountId) {
      const id = newId();
      const place = join(folder, id);
      mkdirSync(place, { recursive: true, mode: 0o700 });
      const path = join(place, safeName(name));
      const hash = createHash("sha256");
      let size = 0;
      const measure = new Transform({
        transform(chunk: Uint8Array, _encoding, done) {
          size += chunk.length;
          if (size > limit) done(new Problem(importProblems["upload-too-large"], { limit }));
          else {
            hash.update(chunk);
            done(null, chunk);
          }
        },
      });
      try {
        await pipeline(body, measure, createWriteStream(path, { mode: 0o600 }));
        if (size === 0) throw new Problem(importProblems["upload-empty"], { file: name });
      } catch (cause) {
        rmSync(place, { recursive: true, force: true });
        throw cause;
      }
      const upload: Upload = { id, name, size, sha256: hash.digest("hex"), path, accountId };
      writeFileSync(description(id), JSON.stringify(upload), { mode: 0o600 });
      return upload;
    },
    find(id, accountId) {
      const file = description(id);
      if (!isUuid(id) || !existsSync(file)) throw new Problem(importProblems["file-gone"]);
      const upload = JSON.parse(readFileSync(file, "utf8")) as Upload;
      if (upload.accountId !== accountId) throw new Problem(importProblems["file-gone"]);
      return upload;
    },
    remove(id) {
      if (isUuid(id)) rmSync(join(folder, id), { recursive: true, force: true });
    },
    purge(age, now) {
      if (!existsSync(folder)) return;
      for (const id of readdirSync(folder)) {
        if (isUuid(id) && now.getTime() - statSync(join(folder, id)).mtimeMs > age) this.remove(id);
      }
    },
  };
}
