import { createHash } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { basename } from "node:path";
import {
  type CrsInfo,
  type Detected,
  detect,
  FileProblem,
  type ReadOptions,
  readBatches,
  type Scalar,
  type SourceRow,
} from "../../platform/files/index.ts";
import { defineProblems, Problem, type ProblemParams } from "../../platform/kernel/problem.ts";
import { knownCrs, statesCrs } from "./crs.ts";
import { type PositionMapping, type Profile, usedColumns } from "./profile.ts";

export const sourceProblems = defineProblems("imports", {
  "crs-differs": 422,
  "file-unreadable": 422,
});

/** A file of a run: who it is, and how it is read. */
export interface SourceFile {
  path: string;
  name: string;
  size: number;
  sha256: string;
  layer: string;
  decimalComma: boolean | undefined;
  /** Columns that the profile reads and the file has not. */
  missing: string[];
  /** Other layers or sheets of the file, with rows that nobody asked for. */
  unread: string[];
}

/** A row with the file that it came from. */
export interface PlacedRow {
  row: SourceRow;
  file: number;
  layer: string;
  /** Place in the list that held the row; 0 for a row of the file itself. */
  part: number;
}

async function sha256Of(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    signal?.throwIfAborted();
    hash.update(chunk as Buffer);
  }
  return hash.digest("hex");
}

/** A file that says one reference system must not be read by a profile that says another. */
function checkCrs(name: string, crs: CrsInfo | null | undefined, position: PositionMapping | undefined): void {
  if (!statesCrs(crs) || position?.kind !== "geometry") return;
  const known = knownCrs(crs);
  const agrees =
    known !== null &&
    (!position.datum || known.datum === position.datum) &&
    known.format === position.format &&
    (known.zone === undefined || (known.zone === position.zone && (known.hemisphere ?? "N") === position.hemisphere)) &&
    (known.centralMeridian === undefined || known.centralMeridian === position.centralMeridian);
  if (!agrees)
    throw new Problem(sourceProblems["crs-differs"], {
      file: name,
      crs: crs.code ?? crs.name,
      datum: position.datum ?? null,
    });
}

/** Files whose columns are known before their rows are read. */
const withColumns: ReadonlySet<Detected["format"]> = new Set(["csv", "xlsx", "gpkg", "shapefile", "flatgeobuf"]);

/** What the profile reads and the file lacks. With parts for rows of different kinds, nobody knows which columns must be there. */
function missingColumns({ format, fields }: Detected, profile: Profile): string[] {
  if (!withColumns.has(format) || profile.explode || (profile.routes ?? []).length > 0) return [];
  const there = new Set(fields.map(({ name }) => name));
  return [...usedColumns(profile)].filter((column) => !column.startsWith("@") && !there.has(column));
}

function unreadLayers({ format, layer, layers }: Detected, profile: Profile): string[] {
  if (!withColumns.has(format) || profile.reading?.layer !== undefined || profile.order) return [];
  return layers.filter(({ name, rowsEstimate }) => name !== layer && (rowsEstimate ?? 0) > 0).map(({ name }) => name);
}

const readingOptions = (profile: Profile): ReadOptions => ({ ...profile.reading });

/**
 * Looks at files before they are read: what they are, their digests, and in which order they come.
 * @param names the names to show, when the paths are temporary ones
 * @throws Problem `imports.crs-differs`, `imports.file-unreadable`
 */
export async function openSources(
  paths: readonly string[],
  profile: Profile,
  options: { names?: readonly string[]; signal?: AbortSignal } = {},
): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  for (const [i, path] of paths.entries()) {
    const name = options.names?.[i] ?? basename(path);
    let detected: Detected;
    try {
      detected = await detect(path, readingOptions(profile));
    } catch (cause) {
      throw cause instanceof FileProblem ? fileProblem(name, cause) : cause;
    }
    checkCrs(name, detected.crs, profile.position);
    files.push({
      path,
      name,
      size: statSync(path).size,
      sha256: await sha256Of(path, options.signal),
      layer: detected.layer ?? "",
      decimalComma: profile.decimalComma ?? (detected.decimalComma === true ? true : undefined),
      missing: missingColumns(detected, profile),
      unread: unreadLayers(detected, profile),
    });
  }
  const rank = ({ layer }: SourceFile) => {
    const at = profile.order?.indexOf(layer) ?? -1;
    return at < 0 ? Number.POSITIVE_INFINITY : at;
  };
  return profile.order ? files.sort((a, b) => rank(a) - rank(b) || 0) : files;
}

/** A problem of a file with its name, for people. */
export function fileProblem(name: string, cause: FileProblem): Problem {
  // A message chooses its words by `why`; names in messages hold no dots or dashes.
  const why = cause.code.replaceAll(/[.-]/g, "_");
  const params: ProblemParams = { ...cause.params, file: name, cause: cause.code, why };
  return new Problem(sourceProblems["file-unreadable"], params);
}

/** Flat fields of a member of a list, as readers make them of nested values. */
function flatten(fields: Record<string, Scalar>, key: string, value: unknown): void {
  if (value === null || value === undefined) fields[key] = null;
  else if (typeof value !== "object") fields[key] = value as Scalar;
  else if (Array.isArray(value)) fields[key] = JSON.stringify(value);
  else for (const [name, inner] of Object.entries(value)) flatten(fields, key === "" ? name : `${key}.${name}`, inner);
}

function membersOf(row: SourceRow, column: string): SourceRow[] {
  const cell = row.fields[column];
  if (typeof cell !== "string" || !cell.startsWith("[")) return [];
  let list: unknown;
  try {
    list = JSON.parse(cell);
  } catch {
    return [];
  }
  if (!Array.isArray(list)) return [];
  return list
    .filter((member) => member !== null && typeof member === "object" && !Array.isArray(member))
    .map((member) => {
      const fields: Record<string, Scalar> = {};
      flatten(fields, "", member);
      return { number: row.number, fields, geometry: null };
    });
}

/**
 * Streams the rows of several files as one, in batches; the members of exploded lists follow the row that holds them,
 * which itself loses the list.
 * @param onBytes called with the bytes read of all files so far
 */
export async function* readSources(
  files: readonly SourceFile[],
  profile: Profile,
  options: { onBytes?: (bytes: number) => void; signal?: AbortSignal } = {},
): AsyncGenerator<PlacedRow[], void, undefined> {
  let before = 0;
  for (const [file, source] of files.entries()) {
    const { layer } = source;
    const reading: ReadOptions = {
      ...readingOptions(profile),
      onProgress: ({ bytesRead }) => options.onBytes?.(before + bytesRead),
      ...(options.signal ? { signal: options.signal } : {}),
    };
    try {
      for await (const batch of readBatches(source.path, reading)) {
        const { explode } = profile;
        if (!explode) yield batch.map((row) => ({ row, file, layer, part: 0 }));
        else
          yield batch.flatMap((row) => {
            const members = membersOf(row, explode);
            const own = members.length > 0 ? { ...row, fields: { ...row.fields, [explode]: null } } : row;
            return [own, ...members].map((each, part) => ({ row: each, file, layer, part }));
          });
      }
    } catch (cause) {
      throw cause instanceof FileProblem ? fileProblem(source.name, cause) : cause;
    }
    before += source.size;
    options.onBytes?.(before);
  }
}
