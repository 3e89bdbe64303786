import type { Writable } from "node:stream";
import type { Geometry } from "geojson";
import type { Claims, Database } from "../../platform/database/types.ts";
import { type Scalar, type WriteRow, writeCsv, writeXlsx } from "../../platform/files/index.ts";
import type { Translator } from "../../platform/i18n/translator.ts";
import { type FindingFilter, findFindings } from "./finding-store.ts";
import { messageParams, sentenceKeys } from "./model.ts";
import type { StoredFinding, StoredImport } from "./store.ts";

const pageSize = 500;
const sampledPages = 4;

/** The sentence of a finding in the reader's language. */
export function findingSentence(
  translator: Translator,
  { check, params }: Pick<StoredFinding, "check" | "params">,
): string {
  return translator.first(sentenceKeys(check), messageParams(params));
}

/** The label of a field in the reader's language. */
export function fieldLabel(translator: Translator, recordType: string | null, field: string | null): string {
  if (field === null) return "";
  return translator.first([`field.${recordType ?? ""}.${field}`, `field.${field}`, field]);
}

/** What a finding suggests, in the reader's language; empty when it suggests nothing. */
export function suggestionText(
  translator: Translator,
  { suggestion, params }: Pick<StoredFinding, "params"> & { suggestion?: StoredFinding["suggestion"] },
): string {
  if (!suggestion) return "";
  const values = Object.entries(suggestion.values)
    .map(([, value]) => {
      const geometry = value as Geometry | null;
      if (geometry && typeof geometry === "object" && geometry.type === "Point") return geometry.coordinates.join(", ");
      return typeof value === "string" && params.nearest
        ? String(params.nearest)
        : typeof value === "string"
          ? value
          : "";
    })
    .filter((text) => text !== "");
  return [translator.first([`imports.suggestion.${suggestion.reason}`]), ...values].join(": ");
}

type PagedFinding = Awaited<ReturnType<typeof findFindings>>[number];

/** Where findings are read, in whose name, and what of each may be shown. */
export interface FindingsReading {
  database: Database;
  claims: Claims;
  present(finding: PagedFinding): PagedFinding;
}

/** Every finding that a filter lets through, in pages; each page in a short transaction of its own. */
async function* allFindings(
  { database: db, claims, present }: FindingsReading,
  entry: StoredImport,
  filter: FindingFilter,
) {
  for (let after: string | undefined; ; ) {
    const page = await db.transaction(
      claims,
      (tx) => findFindings(tx, entry.country, entry.id, filter, { after, limit: pageSize }),
      {
        readOnly: true,
      },
    );
    yield page.map(present);
    if (page.length < pageSize) return;
    after = page.at(-1)?.id;
  }
}

/**
 * Writes findings for whoever sent the file, as CSV or a workbook: file, row, severity, field, the problem as a
 * sentence, the suggestion, and then the row as it was sent, so that it can be mended and sent again.
 * @returns the number of rows
 */
export async function writeFindings(
  reading: FindingsReading,
  entry: StoredImport,
  filter: FindingFilter,
  translator: Translator,
  output: { format: "csv" | "xlsx"; stream: Writable },
): Promise<number> {
  const t = (name: string) => translator.t(`imports.findings-file.${name}`);
  const own = {
    file: t("file"),
    row: t("row"),
    severity: t("severity"),
    field: t("field"),
    problem: t("problem"),
    suggestion: t("suggestion"),
    state: t("state"),
    longitude: t("longitude"),
    latitude: t("latitude"),
  };
  // The columns of the source come from its rows; a column first met after two thousand findings is not shown.
  const sourceColumns = new Set<string>();
  let pages = 0;
  let points = false;
  for await (const page of allFindings(reading, entry, filter)) {
    for (const { fields, geometry } of page) {
      for (const name of Object.keys(fields ?? {})) sourceColumns.add(name);
      points ||= (geometry as Geometry | null)?.type === "Point";
    }
    if (++pages >= sampledPages) break;
  }
  const taken = new Set(Object.values(own));
  const columnOf = new Map([...sourceColumns].map((name) => [name, taken.has(name) ? `${name} *` : name]));
  async function* rows(): AsyncGenerator<WriteRow> {
    for await (const page of allFindings(reading, entry, filter)) {
      for (const finding of page) {
        const fields: Record<string, Scalar> = {
          [own.file]: entry.files[finding.file]?.name ?? "",
          [own.row]: finding.row,
          [own.severity]: translator.t(`imports.severity.${finding.severity}`),
          [own.field]: fieldLabel(translator, finding.recordType, finding.field),
          [own.problem]: findingSentence(translator, finding),
          [own.suggestion]: suggestionText(translator, finding),
          [own.state]: translator.t(`imports.state.${finding.state}`),
        };
        const geometry = finding.geometry as Geometry | null;
        if (points && geometry?.type === "Point") {
          fields[own.longitude] = geometry.coordinates[0] ?? null;
          fields[own.latitude] = geometry.coordinates[1] ?? null;
        }
        for (const [name, value] of Object.entries(finding.fields ?? {})) {
          const column = columnOf.get(name);
          if (column) fields[column] = value;
        }
        yield { fields };
      }
    }
  }
  const numeric = new Set([own.row, own.longitude, own.latitude]);
  const shown = Object.values(own).filter((name) => points || (name !== own.longitude && name !== own.latitude));
  const fields = [...shown, ...columnOf.values()].map((name) => ({
    name,
    kind: numeric.has(name) ? ("number" as const) : ("text" as const),
  }));
  const written =
    output.format === "csv"
      ? await writeCsv(rows(), output.stream, { fields })
      : await writeXlsx(rows(), output.stream, { fields, sheet: t("sheet") });
  return written.rows;
}
