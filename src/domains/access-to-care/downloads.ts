import { createWriteStream } from "node:fs";
import {
  fileResponse,
  type WriteField,
  type WriteRow,
  writeCsv,
  writeGeoJson,
  writeGpkg,
} from "../../platform/files/index.ts";
import { canonicalJson, type Json } from "../../platform/kernel/canonical-json.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import type { Reference } from "../../platform/records/references.ts";
import type { Results } from "./contract.ts";
import type { UnitShape } from "./input-store.ts";
import type { StoredAnalysis, StoredRun } from "./store.ts";

/** A run with everything that its files need. */
export interface RunFiles {
  run: StoredRun & { results: Results };
  analysis: StoredAnalysis;
  references: Readonly<Record<string, Reference>>;
  /** The bytes of a file of the run; null when there is none. */
  read(name: string): Promise<Buffer | null>;
  signal: AbortSignal;
}

/** Figures of each unit as rows of a table; what is unknown is empty. */
export function unitRows({ run, references }: Pick<RunFiles, "run" | "references">): {
  fields: WriteField[];
  rows: (WriteRow & { unit: string | null })[];
} {
  const { units, thresholds } = run.results;
  const number = (name: string) => ({ name, kind: "number" as const });
  return {
    fields: [
      { name: "unit_code", kind: "text" },
      { name: "unit_name", kind: "text" },
      { name: "level", kind: "integer" },
      number("people"),
      ...thresholds.map((minutes) => number(`within_${minutes}_min`)),
      number("outside"),
      number("share_outside"),
      number("score_per_1000"),
      number("outside_because_of_contamination"),
      number("outside_fast"),
      number("outside_slow"),
    ],
    rows: units.map((unit) => {
      const reference = unit.unit === null ? undefined : references[unit.unit];
      return {
        unit: unit.unit,
        fields: {
          unit_code: reference?.code ?? "",
          unit_name: reference?.names.en ?? Object.values(reference?.names ?? {})[0] ?? "",
          level: unit.level,
          people: unit.population,
          ...Object.fromEntries(thresholds.map((minutes, i) => [`within_${minutes}_min`, unit.within[i] ?? null])),
          outside: unit.outside,
          share_outside: unit.share,
          score_per_1000: unit.score,
          outside_because_of_contamination: unit.contamination,
          outside_fast: unit.band?.low ?? null,
          outside_slow: unit.band?.high ?? null,
        },
      };
    }),
  };
}

const named = (code: string, suffix = "") => `${code.replace(/[^\w-]+/g, "-")}${suffix}`;

function bytesResponse(bytes: Uint8Array, type: string, name: string): Response {
  return new Response(Uint8Array.from(bytes), {
    headers: {
      "content-type": type,
      "content-length": String(bytes.length),
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "private, no-store",
    },
  });
}

/**
 * Answers with a file of a run: the raster of travel times, the table of units with or without their shapes, or everything as
 * JSON in the form whose hash the record keeps.
 */
export async function downloadRun(
  files: RunFiles,
  { format, hazards }: { format: "csv" | "geojson" | "gpkg" | "tif" | "json"; hazards: boolean },
): Promise<Response> {
  const { run, analysis, read, signal } = files;
  if (format === "json") {
    const bytes = Buffer.from(canonicalJson(run.results as unknown as Json), "utf8");
    return bytesResponse(bytes, "application/json", `${named(analysis.code)}.json`);
  }
  if (format === "tif") {
    // Without hazardous areas there is one raster; with them the other is the ground as if it were open.
    const open = run.parameters.hazards && !hazards;
    const bytes = await read(open ? "travel-time-open" : "travel-time");
    if (!bytes) throw new Problem(commonProblems["not-found"]);
    return bytesResponse(bytes, "image/tiff", `${named(analysis.code, open ? "-open" : "")}.tif`);
  }
  const { fields, rows } = unitRows(files);
  if (format === "csv")
    return fileResponse(named(analysis.code), "csv", (path) =>
      writeCsv(
        rows.map(({ fields: values }) => ({ fields: values })),
        createWriteStream(path, { mode: 0o600 }),
        { fields, signal },
      ),
    );
  const frozen = await read("input-units");
  const shapes = new Map(
    (frozen ? (JSON.parse(frozen.toString("utf8")) as UnitShape[]) : []).map(({ unit, geometry }) => [unit, geometry]),
  );
  const shaped = rows.map(({ unit, fields: values }): WriteRow => {
    const geometry = unit === null ? undefined : shapes.get(unit);
    return { fields: values, geometry: (geometry as WriteRow["geometry"]) ?? null };
  });
  return fileResponse(named(analysis.code), format, (path) =>
    format === "gpkg"
      ? writeGpkg(shaped, path, { fields, layer: "access_to_care", signal })
      : writeGeoJson(shaped, createWriteStream(path, { mode: 0o600 }), { signal }),
  );
}
