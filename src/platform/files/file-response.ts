import { once } from "node:events";
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync, type WriteStream } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";

/** The types of the files that people download, by their ending. */
export const contentTypes = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  geojson: "application/geo+json",
  gpkg: "application/geopackage+sqlite3",
} as const;
export type DownloadFormat = keyof typeof contentTypes;

/**
 * Writes a file through a stream that is open before anything is read, and closed when the reading fails: a stream that
 * still opens while its place is removed would end the program.
 * @throws what `write` throws
 */
export async function intoFile<T>(path: string, write: (stream: WriteStream) => Promise<T>): Promise<T> {
  const stream = createWriteStream(path, { mode: 0o600 });
  await once(stream, "open");
  try {
    return await write(stream);
  } catch (cause) {
    stream.destroy();
    throw cause;
  }
}

/**
 * Answers with a file. It is written to a temporary place first, so that a failure is still a problem and not half a
 * file, and so that the answer says how long it is; the place is removed once the file has been sent.
 * @param download the file's name without its ending, in ASCII
 * @param write writes the file at the path it is given
 * @throws what `write` throws
 */
export async function fileResponse(
  download: string,
  format: DownloadFormat,
  write: (path: string) => Promise<unknown>,
): Promise<Response> {
  const folder = mkdtempSync(join(tmpdir(), "santi-download-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const path = join(folder, `file.${format}`);
  try {
    await write(path);
  } catch (cause) {
    remove();
    throw cause;
  }
  const source = createReadStream(path);
  source.once("close", remove);
  return new Response(Readable.toWeb(source) as ReadableStream, {
    headers: {
      "content-type": contentTypes[format],
      "content-length": String(statSync(path).size),
      "content-disposition": `attachment; filename="${download}.${format}"`,
      "cache-control": "no-store",
    },
  });
}
