import { createWriteStream } from "node:fs";
import type { Geometry } from "geojson";
import { nodeName, readSetting } from "../../platform/administration/index.ts";
import type { Language } from "../../platform/contract/fields.ts";
import { pdfResponse, renderPdf } from "../../platform/documents/index.ts";
import { fileResponse, writeCsv } from "../../platform/files/index.ts";
import type { Context } from "../../platform/http/handler.ts";
import type { Translator } from "../../platform/i18n/translator.ts";
import { canonicalJson, type Json } from "../../platform/kernel/canonical-json.ts";
import { type Result, unitOf } from "./model.ts";
import { measureOf } from "./model-measures.ts";
import { recordsOf, recordsOfFigure } from "./model-records.ts";
import { documentOf } from "./outputs/document.ts";
import { lineFields, linesOf, recordsPath } from "./outputs/lines.ts";
import { writeWorkbook } from "./outputs/workbook.ts";
import { shownValue, writingOf } from "./outputs/writing.ts";
import { publicPageOf } from "./settings.ts";
import { countryNames, outlines } from "./store.ts";

/** Gives the words of a language. */
export type Translators = (language: Language) => Translator;

/** What a file of a report is made from. */
export interface FileAsked {
  result: Result;
  format: "json" | "csv" | "xlsx" | "pdf" | "geojson";
  language: Language;
  /** The number of the edition; null for a report that nobody published. */
  number: string | null;
  /** The moment that the file says it was made at. */
  at: Date;
}

function download(text: string, name: string, type: string): Response {
  return new Response(text, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
}

/** A report with unit, rule and the way to its records at every cell, for other programs. Canonical. */
export function jsonOf(result: Result, rule: (measure: string) => string): string {
  const blocks = result.blocks.map((block) => {
    if (block.kind === "figures")
      return {
        ...block,
        cells: block.cells.map((cell, n) => {
          const item = block.block.items[n];
          if (!item) return cell;
          const records = recordsPath(recordsOfFigure(result, item));
          return { ...cell, unit: measureOf(item.measure)?.unit ?? null, rule: rule(item.measure), records };
        }),
      };
    if (block.kind === "text")
      return {
        ...block,
        cells: Object.fromEntries(
          Object.entries(block.cells).map(([name, cell]) => {
            const figure = block.block.cells[name];
            if (!figure) return [name, cell];
            const records = recordsPath(recordsOfFigure(result, figure));
            return [
              name,
              { ...cell, unit: measureOf(figure.measure)?.unit ?? null, rule: rule(figure.measure), records },
            ];
          }),
        ),
      };
    if (block.kind !== "table") return block;
    const { columns } = block.block;
    const described = columns.map((column) => ({
      ...{ id: column.id, unit: unitOf(column, block.block) },
      rule: column.kind === "measure" ? rule(column.measure) : null,
    }));
    const linked = (row: { key: string | null } | null, cells: (typeof block.rows)[number]["cells"]) =>
      cells.map((cell, n) => {
        const column = columns[n];
        const of = row === null ? null : { ...row, cells };
        return { ...cell, records: column ? recordsPath(recordsOf(result, block, of, column)) : null };
      });
    return {
      ...{ ...block, columns: described },
      rows: block.rows.map(({ key, cells }) => ({ key, cells: linked({ key }, cells) })),
      total: block.total && linked(null, block.total),
    };
  });
  return canonicalJson({ ...result, blocks } as unknown as Json);
}

/** The outlines that the caller may have maps of figures on; visitors only where the country's public page has a map. */
export async function mapOutlines(context: Context, country: string): Promise<Map<string, Geometry>> {
  const { map } = await publicPageOf(context.tx, country);
  if (map === "none" && !context.caller.can("reports.read", country)) return new Map();
  return new Map([...(await outlines(context.tx, country))].map(([id, { geometry }]) => [id, geometry]));
}

/** The tables by first-level unit as outlines with their figures, at the precision that the country chose for places. */
async function geoJsonOf(context: Context, result: Result): Promise<object> {
  const [country = ""] = result.parameters.countries;
  const { map } = await publicPageOf(context.tx, country);
  const shapes = map === "none" ? new Map<string, { geometry: Geometry }>() : await outlines(context.tx, country);
  const units = new Map<string, Record<string, number | string | null>>();
  for (const block of result.blocks) {
    if (block.kind !== "table" || block.block.by !== "province") continue;
    for (const { key, cells } of block.rows) {
      if (key === null) continue;
      const properties = units.get(key) ?? { code: result.references[key]?.code ?? key, ...namesOf(result, key) };
      units.set(key, properties);
      block.block.columns.forEach((column, n) => {
        const cell = cells[n];
        if (cell) properties[`${block.block.id}.${column.id}`] = shownValue(cell, unitOf(column, block.block), result);
      });
    }
  }
  const { from, to, knownOn, asOf, areaUnit } = result.parameters;
  return {
    ...{ type: "FeatureCollection", from, to, knownOn, asOf, areaUnit },
    features: [...units].map(([key, properties]) => ({
      ...{ type: "Feature", geometry: shapes.get(key)?.geometry ?? null, properties },
    })),
  };
}

const namesOf = (result: Result, key: string) =>
  Object.fromEntries(
    Object.entries(result.references[key]?.names ?? {}).map(([language, name]) => [`name_${language}`, name]),
  );

/**
 * Answers with a report as a file. The same report gives the same bytes, but for workbooks, which say when they were written.
 */
export async function reportFile(context: Context, asked: FileAsked, translators: Translators): Promise<Response> {
  const { result, format, language, number, at } = asked;
  const { parameters, definition } = result;
  const writing = writingOf(result, translators(language), await countryNames(context.tx));
  const name = `${definition.id}-${parameters.countries.join("-")}-${parameters.to}`;
  switch (format) {
    case "json":
      return download(jsonOf(result, writing.rule), `${name}.json`, "application/json");
    case "geojson":
      return download(JSON.stringify(await geoJsonOf(context, result)), `${name}.geojson`, "application/geo+json");
    case "csv": {
      function* rows() {
        for (const fields of linesOf(result, writing)) yield { fields, geometry: null };
      }
      return fileResponse(name, "csv", (path) =>
        writeCsv(rows(), createWriteStream(path, { mode: 0o600 }), { fields: lineFields, signal: context.signal }),
      );
    }
    case "xlsx":
      return fileResponse(name, "xlsx", (path) =>
        writeWorkbook(result, writing, createWriteStream(path, { mode: 0o600 }), context.signal),
      );
    case "pdf": {
      const english = language === "en" ? null : writingOf(result, translators("en"), await countryNames(context.tx));
      const names = (await readSetting(context.tx, nodeName)) as Partial<Record<Language, string>>;
      const issuer = names[language] ?? names.en ?? writing.countries;
      const banner = number === null ? writing.t("reporting.live") : null;
      const mapped = result.blocks.some(({ kind }) => kind === "map");
      const [first = ""] = parameters.countries;
      const model = documentOf(
        result,
        { own: writing, english },
        {
          ...{ issuer, number: number ?? `${definition.id} ${parameters.countries.join(" ")}` },
          banner: banner === null ? null : { own: banner, english: english ? english.t("reporting.live") : null },
          ...(mapped ? { outlines: await mapOutlines(context, first) } : {}),
        },
      );
      const title = [model.title.own, model.number].join(" ");
      return pdfResponse(context, name, () =>
        renderPdf("document.typ", model, { language, country: first, title, now: at }),
      );
    }
  }
}
