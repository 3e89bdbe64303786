import { createWriteStream } from "node:fs";
import { fileResponse, type Scalar, type WriteField, writeCsv, writeXlsx } from "../../platform/files/index.ts";
import type { Context, Handlers } from "../../platform/http/handler.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { referencesById } from "../../platform/records/references.ts";
import { accidentProblems } from "./contract.ts";
import type { statisticsRoutes } from "./contract-statistics.ts";
import { unknownKey } from "./model-statistics.ts";
import { publication, publishedKeys } from "./publication.ts";
import { statistics } from "./statistics.ts";

interface Sheet {
  name: string;
  fields: readonly WriteField[];
  rows: Iterable<Record<string, Scalar>>;
}

function download(context: Context, format: "csv" | "xlsx", { name, fields, rows }: Sheet): Promise<Response> {
  const date = context.now.toISOString().slice(0, 10);
  async function* lines() {
    for (const row of rows) yield { fields: row, geometry: null };
  }
  return fileResponse(`${name}-${date}`, format, (path) => {
    const stream = createWriteStream(path, { mode: 0o600 });
    const options = { fields, signal: context.signal };
    return format === "xlsx"
      ? writeXlsx(lines(), stream, { ...options, sheet: name.slice(0, 31) })
      : writeCsv(lines(), stream, options);
  });
}

/** Codes of first-level units in place of their ids, which say nothing outside. */
function codeOf(references: Readonly<Record<string, { code: string }>>, key: string | null | undefined): string | null {
  return key === null || key === undefined ? null : (references[key]?.code ?? key);
}

function demandPublish(context: Context, country: string): void {
  if (!context.caller.can("accidents.publish", country)) throw new Problem(commonProblems.forbidden);
}

/** The handlers of figures and of records made anonymous. */
export const statisticsHandlers: Handlers<typeof statisticsRoutes> = {
  statistics: (context, { query }) => statistics(context, query),
  async statisticsFile(context, { query }) {
    const { format, ...asked } = query;
    const { by, rows, references } = await statistics(context, asked);
    const fields: WriteField[] = [
      ...by.map((name) => ({ name, kind: "text" as const })),
      { name: "casualties", kind: "integer" },
      { name: "accidents", kind: "integer" },
      { name: "share", kind: "number" },
      { name: "change", kind: "number" },
    ];
    const lines = rows.map(({ keys, ...figures }) => ({
      ...Object.fromEntries(by.map((name, i) => [name, keys[i] === null ? "total" : codeOf(references, keys[i])])),
      ...figures,
    }));
    return download(context, format, { name: "casualties", fields, rows: lines });
  },
  async anonymity(context, { query }) {
    demandPublish(context, query.country);
    return (await publication(context.tx, query)).report;
  },
  async records(context, { query }) {
    demandPublish(context, query.country);
    const { rows, report } = await publication(context.tx, query);
    if (!report.reached) throw new Problem(accidentProblems["not-anonymous"], { records: report.records });
    const units = [...new Set(rows.map(({ unit }) => unit))];
    const references = await referencesById(context.tx, {
      unit: units.filter((unit): unit is string => typeof unit === "string" && unit !== unknownKey && unit !== "*"),
    });
    const fields = publishedKeys.map((name) => ({ name, kind: "text" as const }));
    const lines = rows.map((row) => ({ ...row, unit: codeOf(references, row.unit) }));
    return download(context, query.format, { name: "casualty-records", fields, rows: lines });
  },
};
