import { createReadStream, mkdtempSync, rmSync, statSync } from "node:fs";
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
