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
import type { Results, UnitResult } from "./contract.ts";
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

const number = (name: string): WriteField => ({ name, kind: "number" });

type Told = Pick<RunFiles, "run" | "references">;

function unitFields(unit: string | null, level: number, references: RunFiles["references"]) {
  const reference = unit === null ? undefined : references[unit];
  return {
    unit_code: reference?.code ?? "",
    unit_name: reference?.names.en ?? Object.values(reference?.names ?? {})[0] ?? "",
    level,
  };
}

/** Figures of all people of a unit, or of the whole ground; what is unknown is empty. */
function figures(row: Omit<UnitResult, "unit" | "level">, thresholds: readonly number[]): WriteRow["fields"] {
  return {
    people: row.population,
    ...Object.fromEntries(thresholds.map((minutes, i) => [`within_${minutes}_min`, row.within[i] ?? null])),
    outside: row.outside,
    share_outside: row.share,
    score_per_1000: row.score,
    outside_because_of_contamination: row.contamination,
    outside_fast: row.band?.low ?? null,
    outside_slow: row.band?.high ?? null,
    outside_with_proposed_services: row.after ?? null,
  };
}

const figureFields = (thresholds: readonly number[]): WriteField[] => [
  number("people"),
  ...thresholds.map((minutes) => number(`within_${minutes}_min`)),
  number("outside"),
  number("share_outside"),
  number("score_per_1000"),
  number("outside_because_of_contamination"),
  number("outside_fast"),
  number("outside_slow"),
  number("outside_with_proposed_services"),
];

const placeFields: readonly WriteField[] = [
  { name: "unit_code", kind: "text" },
  { name: "unit_name", kind: "text" },
  { name: "level", kind: "integer" },
];

/**
 * The table of a run, a row for each group of people in each unit: first `all` of them, then the groups that are told apart.
 * The whole ground is level 0. Of groups there is the threshold by which gaps are ranked, and no row where their number
 * may not be told.
 */
export function longRows({ run, references }: Told): { fields: WriteField[]; rows: WriteRow[] } {
  const { units, thresholds, total, groups, threshold } = run.results;
  const row = (group: string, place: object, values: WriteRow["fields"]): WriteRow => ({
    fields: { ...place, group, ...values },
  });
  return {
    fields: [...placeFields, { name: "group", kind: "text" }, ...figureFields(thresholds)],
    rows: [
      row("all", unitFields(null, 0, references), figures(total, thresholds)),
      ...units.map((unit) => row("all", unitFields(unit.unit, unit.level, references), figures(unit, thresholds))),
      ...groups.map(({ group, unit, population, outside, share, score }) => {
        return row(group, unitFields(unit, unit === null ? 0 : 1, references), {
          people: population,
          [`within_${threshold}_min`]: Number((population - outside).toFixed(1)),
          outside,
          share_outside: share,
          score_per_1000: score,
        });
      }),
    ],
  };
}

/**
 * Figures of each unit as one row, as maps need it: groups of people are columns of their own (`women_outside`), empty where
 * their number may not be told, as on the second level.
 */
export function unitRows({ run, references }: Told): {
  fields: WriteField[];
  rows: (WriteRow & { unit: string | null })[];
} {
  const { units, thresholds, groups } = run.results;
  const names = [...new Set(groups.map(({ group }) => group))];
  const column = (group: string, figure: string) => `${group.replaceAll("-", "_")}_${figure}`;
  const groupFields = (unit: UnitResult) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const of = unit.level === 1 ? groups.find((each) => each.group === name && each.unit === unit.unit) : undefined;
        return [
          [column(name, "people"), of?.population ?? null],
          [column(name, "outside"), of?.outside ?? null],
          [column(name, "share_outside"), of?.share ?? null],
          [column(name, "score_per_1000"), of?.score ?? null],
        ];
      }),
    );
  const perGroup = ["people", "outside", "share_outside", "score_per_1000"] as const;
  return {
    fields: [
      ...placeFields,
      ...figureFields(thresholds),
      ...names.flatMap((name) => perGroup.map((figure) => number(column(name, figure)))),
    ],
    rows: units.map((unit) => ({
      unit: unit.unit,
      fields: {
        ...unitFields(unit.unit, unit.level, references),
        ...figures(unit, thresholds),
        ...groupFields(unit),
      },
    })),
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
 * Answers with a file of a run: the raster of travel times, the table of units and groups, the shapes of units with both, or
 * everything as JSON in the form whose hash the record keeps.
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
  if (format === "csv") {
    const { fields, rows } = longRows(files);
    return fileResponse(named(analysis.code), "csv", (path) =>
      writeCsv(rows, createWriteStream(path, { mode: 0o600 }), { fields, signal }),
    );
  }
  const { fields, rows } = unitRows(files);
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
