import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { RowSource, WriteField } from "./write.ts";
import { writeCsv } from "./write-csv.ts";
import { writeXlsx } from "./write-xlsx.ts";

const types = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

/**
 * Answers with a table as a file. It is written to a temporary place first, so that a failure is still a problem and not
 * half a file.
 * @param name the file's name without its ending, in ASCII
 */
export async function tableResponse(
  rows: RowSource,
  options: { name: string; format: keyof typeof types; fields: readonly WriteField[]; signal: AbortSignal },
): Promise<Response> {
  const { name, format, fields, signal } = options;
  const folder = mkdtempSync(join(tmpdir(), "santi-table-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const file = join(folder, `table.${format}`);
  try {
    const stream = createWriteStream(file, { mode: 0o600 });
    if (format === "csv") await writeCsv(rows, stream, { fields: [...fields], signal });
    else await writeXlsx(rows, stream, { fields: [...fields], signal, sheet: name.slice(0, 31) });
  } catch (cause) {
    remove();
    throw cause;
  }
  const source = createReadStream(file);
  source.once("close", remove);
  return new Response(Readable.toWeb(source) as ReadableStream, {
    headers: {
      "content-type": types[format],
      "content-length": String(statSync(file).size),
      "content-disposition": `attachment; filename="${name}.${format}"`,
      "cache-control": "no-store",
    },
  });
}
