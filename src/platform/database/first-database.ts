import {
  cpSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { extract } from "tar-stream";
import { rootPath } from "../kernel/root.ts";
import { schemaKey } from "./migrate.ts";

/**
 * The databases that the build prepares: `tables` is migrated and holds the register of countries, `sample` holds the
 * sample region's records too.
 */
export type Prepared = "tables" | "sample";

/** Where the build leaves them; in each folder the files, and beside them the key of the schema that they have. */
const prepared = (...names: string[]) => rootPath("dist", "database", ...names);

/**
 * The prepared files that a new embedded database can begin with: every migration is applied. Null when the build made
 * none or made them for another schema.
 */
export function preparedDatabase(name: Prepared): string | null {
  const key = prepared(name, "schema-key");
  return existsSync(key) && readFileSync(key, "utf8") === schemaKey() ? prepared(name, "db") : null;
}

/**
 * Lays down the shipped files of an embedded database without tables; initialising one from nothing would take ten
 * seconds. The directory appears under its name only when it is whole.
 */
export async function layBareDatabase(directory: string): Promise<void> {
  const partial = `${directory}.unpacking`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true, mode: 0o700 });
  await unpackTemplate(partial);
  renameSync(partial, directory);
}

/** Makes a closed embedded database one that new nodes of this build begin with. */
export function keepAsFirstDatabase(dataDirectory: string, name: Prepared): void {
  rmSync(prepared(name), { recursive: true, force: true });
  mkdirSync(prepared(name), { recursive: true });
  cpSync(join(dataDirectory, "db"), prepared(name, "db"), { recursive: true });
  writeFileSync(prepared(name, "schema-key"), schemaKey());
}

/** Unpacks the shipped files of a database without tables. */
async function unpackTemplate(directory: string): Promise<void> {
  const files = extract();
  const reading = pipeline(
    createReadStream(rootPath("assets", "database", "template.tar.br")),
    createBrotliDecompress(),
    files,
  );
  for await (const entry of files) {
    const path = join(directory, entry.header.name);
    if (entry.header.type === "directory") {
      mkdirSync(path, { recursive: true });
      entry.resume();
    } else {
      mkdirSync(dirname(path), { recursive: true });
      await pipeline(entry, createWriteStream(path, { mode: 0o600 }));
    }
  }
  await reading;
}
