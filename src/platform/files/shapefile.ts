import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type ByteCursor, openCursor, readHead } from "./bytes.ts";
import { type DbfTable, openDbf } from "./dbf.ts";
import { chooseLayer } from "./layers.ts";
import { FileProblem, problem } from "./problem.ts";
import { readShape, shapeTypeName } from "./shp.ts";
import { batchSize, type CrsInfo, type FormatReader, type OpenedFile, type Problem, type SourceRow } from "./types.ts";
import { openZip, unpack } from "./zip.ts";

/** The files of one shapefile. */
interface Parts {
  name: string;
  shp: string;
  dbf: string | null;
  prj: string | null;
  cpg: string | null;
}

/** Reads shapefiles: a .shp with its companions beside it, or a zip of one or more, each a layer. */
export const shapefileReader: FormatReader = {
  async describe(file) {
    const { sets, remove } = await findParts(file);
    try {
      const warnings: Problem[] = [];
      const described = await Promise.all(sets.map((parts) => describeParts(file, parts)));
      const layers = described.map((entry) => entry.layer);
      const layer = chooseLayer(layers, file.options.layer);
      const index = layers.findIndex((candidate) => candidate.name === layer);
      const chosen = described[index];
      if (chosen) warnings.push(...chosen.warnings);
      const crs = sets[index] ? await readCrs(sets[index]) : null;
      return { layers, layer, crs, warnings, ...(chosen?.encoding ? { encoding: chosen.encoding } : {}) };
    } finally {
      await remove();
    }
  },

  async *rows(file) {
    const { sets, remove } = await findParts(file);
    try {
      const name = chooseLayer(
        sets.map((parts) => ({ name: parts.name, rowsEstimate: 1 })),
        file.options.layer,
      );
      const parts = sets.find((candidate) => candidate.name === name);
      if (parts) yield* readParts(file, parts);
    } finally {
      await remove();
    }
  },
};

async function describeParts(file: OpenedFile, parts: Parts) {
  const head = await readHead(parts.shp, 100);
  if (head.length < 100) throw new FileProblem("shapefile.damaged", { part: "shp" });
  const warnings: Problem[] = [];
  const table = await openTable(file, parts);
  if (!table) warnings.push(problem("shapefile.no-dbf"));
  if (!parts.prj) warnings.push(problem("shapefile.no-prj"));
  if (table?.guessed) warnings.push(problem("encoding.guessed", { encoding: table.encoding }));
  await table?.close();
  const geometryType = shapeTypeName(head.readInt32LE(32));
  return {
    layer: { name: parts.name, rowsEstimate: table?.count ?? null, geometryType },
    warnings,
    encoding: table?.encoding,
  };
}

async function openTable(file: OpenedFile, parts: Parts): Promise<DbfTable | null> {
  if (!parts.dbf) return null;
  const stated = parts.cpg ? encodingOf((await readFile(parts.cpg, "latin1")).trim()) : null;
  return openDbf(parts.dbf, file.options.encoding ?? stated, file.limits.rowBytes);
}

/** The encoding that a .cpg names in one of its many spellings; null when it is not understood. */
function encodingOf(text: string): string | null {
  const name = text.split(/\s/)[0]?.toLowerCase() ?? "";
  if (/^utf-?8$|^65001$/.test(name)) return "utf-8";
  const page = /^(?:ansi |ansi_|cp|windows-?|oem )?(\d{3,5})$/.exec(text.toLowerCase().trim())?.[1];
  if (page === undefined) return /^iso-?8859-?\d+$/.test(name) ? name : null;
  if (/^8859\d+$/.test(page)) return `iso-8859-${page.slice(4)}`;
  return page === "874" || /^125\d$/.test(page) ? `windows-${page}` : `cp${page}`;
}

async function readCrs(parts: Parts): Promise<CrsInfo | null> {
  if (!parts.prj) return null;
  const wkt = (await readFile(parts.prj, "utf8")).trim();
  const name = /^\w+\s*\[\s*"([^"]*)"/.exec(wkt)?.[1] ?? "";
  const authority = /AUTHORITY\s*\[\s*"(\w+)"\s*,\s*"?(\d+)"?\s*\]\s*\]\s*$/i.exec(wkt);
  return { name, wkt, ...(authority ? { code: `${authority[1]}:${authority[2]}` } : {}) };
}

async function* readParts(file: OpenedFile, parts: Parts): AsyncGenerator<SourceRow[], void, undefined> {
  const report = (bytesRead: number) => file.options.onProgress?.({ bytesRead, bytesTotal: file.size });
  const shapes = await openCursor(parts.shp, file.limits.rowBytes, report);
  const table = await openTable(file, parts).catch(async (error: unknown) => {
    await shapes.close();
    throw error;
  });
  try {
    if (!(await shapes.fill(100))) throw new FileProblem("shapefile.damaged", { part: "shp" });
    shapes.take(100);
    let number = 0;
    let batch: SourceRow[] = [];
    let bytes = 0;
    while (true) {
      const content = shapes.has(8) || (await shapes.fill(8)) ? await nextShape(file, shapes) : null;
      const hasRecord = table !== null && number < table.count && (table.has() || (await table.fill()));
      if (content === null && !hasRecord) break;
      number++;
      const row: SourceRow = { number, fields: {}, geometry: null };
      const values = hasRecord ? table.take() : {};
      if (values) row.fields = values;
      if (content === null) row.warnings = [problem("shapefile.no-shape")];
      else if (content === "cut-short") row.problem = problem("shapefile.cut-short", { offset: shapes.offset });
      else readInto(row, content);
      if (table && !hasRecord && content !== "cut-short") row.warnings = [problem("shapefile.no-record")];
      // A record marked as deleted is one that its owner took away: it keeps its number but is no row.
      if (values !== null) batch.push(row);
      if (content === "cut-short") break;
      bytes += content?.length ?? 0;
      if (batch.length < batchSize && bytes < 1_000_000) continue;
      file.options.signal?.throwIfAborted();
      yield batch;
      batch = [];
      bytes = 0;
    }
    if (batch.length > 0) yield batch;
  } finally {
    await shapes.close();
    await table?.close();
  }
}

async function nextShape(file: OpenedFile, shapes: ByteCursor): Promise<Buffer | "cut-short"> {
  const length = shapes.peek(8).readInt32BE(4) * 2;
  if (length < 0 || length > file.limits.rowBytes) throw new FileProblem("files.row-too-large", { bytes: length });
  if (!shapes.has(8 + length) && !(await shapes.fill(8 + length))) return "cut-short";
  return shapes.take(8 + length).subarray(8);
}

function readInto(row: SourceRow, content: Buffer): void {
  try {
    row.geometry = readShape(content);
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    row.warnings = [problem(error.code, error.params)];
  }
}

async function findParts(file: OpenedFile): Promise<{ sets: Parts[]; remove(): Promise<void> }> {
  const head = await readHead(file.path, 4);
  if (head.toString("latin1") === "PK\u0003\u0004") return unpackParts(file);
  const directory = dirname(file.path);
  const stem = basename(file.path).replace(/\.[^.]*$/, "");
  const names = await readdir(directory);
  const sibling = (extension: string) => {
    const found = names.find((name) => name.toLowerCase() === `${stem}.${extension}`.toLowerCase());
    return found ? join(directory, found) : null;
  };
  const parts = { name: stem, shp: file.path, dbf: sibling("dbf"), prj: sibling("prj"), cpg: sibling("cpg") };
  return { sets: [parts], remove: async () => undefined };
}

async function unpackParts(file: OpenedFile): Promise<{ sets: Parts[]; remove(): Promise<void> }> {
  const zip = await openZip(file.path, file.limits);
  try {
    const unpacked = await unpack(zip, (name) => /\.(shp|dbf|prj|cpg)$/i.test(name) && !name.startsWith("__MACOSX/"));
    const sets: Parts[] = [];
    for (const [member, path] of unpacked.paths) {
      if (!/\.shp$/i.test(member)) continue;
      const stem = member.slice(0, -4).toLowerCase();
      const sibling = (extension: string) =>
        [...unpacked.paths].find(([name]) => name.toLowerCase() === `${stem}.${extension}`)?.[1] ?? null;
      const name = basename(member).slice(0, -4);
      sets.push({ name, shp: path, dbf: sibling("dbf"), prj: sibling("prj"), cpg: sibling("cpg") });
    }
    return { sets, remove: unpacked.remove };
  } finally {
    zip.close();
  }
}
