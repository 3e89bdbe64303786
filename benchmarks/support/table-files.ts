/** Makes the files of a report with 3,000 rows and prints what that took, as JSON: a part of `article-7.ts`, run as a program. */
import { createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { translatorOf } from "../../src/apps/server/labels.ts";
import {
  askedKey,
  assemble,
  number,
  questionsOf,
  type Result,
  type Series,
} from "../../src/domains/reporting/model.ts";
import type { Definition } from "../../src/domains/reporting/model-definition.ts";
import { documentOf } from "../../src/domains/reporting/outputs/document.ts";
import { writeWorkbook } from "../../src/domains/reporting/outputs/workbook.ts";
import { writingOf } from "../../src/domains/reporting/outputs/writing.ts";
import { renderPdf } from "../../src/platform/documents/index.ts";
import { timed } from "./timing.ts";

/** Times in milliseconds, sizes in bytes, and the memory of the program afterwards. */
export interface TableFiles {
  pdf: number;
  xlsx: number;
  pages: number;
  bytes: number;
  megabytes: number;
}

const country = "KHM";

/** A report with one table of many rows, without a database. */
function wideTable(rows: number): Result {
  const columns = ["land.cancelled", "land.reduced", "land.cleared", "land.released", "land.closing", "land.confirmed"];
  const definition: Definition = {
    ...{ id: "wide", words: { texts: { en: "Every project" } }, scope: "country" },
    blocks: [
      {
        ...{ kind: "table", id: "projects", words: { texts: { en: "Every project" } }, by: "project", total: true },
        columns: columns.map((measure, n) => ({ kind: "measure", id: `c${n}`, measure })),
      },
    ],
  };
  const parameters = {
    ...{ countries: [country], from: "2025-01-01", to: "2025-12-31", knownOn: null, asOf: "2026-11-23" },
    ...{ areaUnit: "km2" as const, form: null, audience: "own" as const },
  };
  const keys = Array.from({ length: rows }, (_, n) => `P-${String(n).padStart(5, "0")}`);
  const series = new Map<string, Series>(
    questionsOf(definition, parameters).map((asked, c) => {
      const cells = keys.map((key, n) => [key, number((n * 7919 * (c + 3)) % 9_000_000)] as const);
      return [
        askedKey(asked),
        { rows: new Map(cells), total: number(cells.reduce((sum, [, { value }]) => sum + (value ?? 0), 0)) },
      ];
    }),
  );
  const compare = (_by: unknown, a: string | null, b: string | null) => ((a ?? "") < (b ?? "") ? -1 : 1);
  return assemble(
    definition,
    "0".repeat(64),
    parameters,
    { series, entries: new Map(), contact: null, compare },
    { references: {}, warnings: [] },
  );
}

async function tableFiles(): Promise<TableFiles> {
  const result = wideTable(3000);
  const writing = writingOf(result, translatorOf("en"), {});
  const options = { language: "en", country, title: "Every project", now: new Date("2026-11-23T00:00:00Z") } as const;
  const make = (of: Result) =>
    renderPdf(
      "document.typ",
      documentOf(of, { own: writing, english: null }, { issuer: "Santi", number: "1", banner: null }),
      options,
    );
  // The thread with the fonts starts with the first document.
  await make(wideTable(1));
  const pdf = await timed(() => make(result));
  const folder = mkdtempSync(join(tmpdir(), "santi-bench-"));
  const path = join(folder, "table.xlsx");
  await writeWorkbook(
    wideTable(1),
    writing,
    createWriteStream(join(folder, "first.xlsx")),
    AbortSignal.timeout(60_000),
  );
  const xlsx = await timed(() => writeWorkbook(result, writing, createWriteStream(path), AbortSignal.timeout(60_000)));
  const bytes = statSync(path).size;
  rmSync(folder, { recursive: true });
  const megabytes = Math.round(process.memoryUsage().rss / 1e6);
  return { pdf: pdf.ms, xlsx: xlsx.ms, pages: pdf.result.pages, bytes, megabytes };
}

console.log(JSON.stringify(await tableFiles()));
process.exit(0);
