import { fileResponse, intoFile } from "./file-response.ts";
import type { RowSource, WriteField } from "./write.ts";
import { writeCsv } from "./write-csv.ts";
import { writeXlsx } from "./write-xlsx.ts";

/**
 * Answers with a table as a file.
 * @param name the file's name without its ending, in ASCII
 */
export function tableResponse(
  rows: RowSource,
  options: { name: string; format: "csv" | "xlsx"; fields: readonly WriteField[]; signal: AbortSignal },
): Promise<Response> {
  const { name, format, fields, signal } = options;
  return fileResponse(name, format, (path) =>
    intoFile(path, (stream) =>
      format === "csv"
        ? writeCsv(rows, stream, { fields: [...fields], signal })
        : writeXlsx(rows, stream, { fields: [...fields], signal, sheet: name.slice(0, 31) }),
    ),
  );
}
