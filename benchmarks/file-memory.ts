/**
 * Claim: files are read as streams, so that the memory needed does not grow with the file, and at the speed of a disk
 * rather than of a person. Writes large files into the temporary directory with the writers, reads every row of each in
 * a process of its own, prints rows and megabytes a second with the highest memory, and compares with GDAL's `ogrinfo`
 * where that is installed.
 *
 * Run: npx tsx benchmarks/file-memory.ts [megabytes, 1024 when left out] [formats, geojson,csv when left out]
 */
import { execFileSync, spawnSync } from "node:child_process";
import { createWriteStream, existsSync } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  readBatches,
  type WriteRow,
  writeCsv,
  writeFlatGeobuf,
  writeGeoJson,
  writeGpkg,
  writeXlsx,
} from "../src/platform/files/index.ts";

/** Bytes that a row takes in each format, roughly, to know how many rows make the size asked for. */
const rowBytes: Record<string, number> = {
  geojson: 620,
  csv: 150,
  gpkg: 460,
  flatgeobuf: 590,
  xlsx: 62,
  geojsonl: 620,
};

/** Repeatable rows that look like hazardous areas: codes, names in two scripts, numbers, a polygon of twelve corners. */
function* areas(count: number): Generator<WriteRow> {
  for (let n = 0; n < count; n++) {
    const x = 102.4 + ((n * 7919) % 50_000) / 10_000;
    const y = 10.4 + ((n * 104_729) % 42_000) / 10_000;
    const ring: number[][] = [];
    for (let corner = 0; corner < 12; corner++) {
      const turn = (corner / 12) * 2 * Math.PI;
      ring.push([Number((x + 0.001 * Math.cos(turn)).toFixed(7)), Number((y + 0.001 * Math.sin(turn)).toFixed(7))]);
    }
    ring.push(ring[0] as number[]);
    yield {
      fields: {
        code: `KH-${String(n).padStart(8, "0")}`,
        name: `ភូមិ ${n % 977}, "Phum"`,
        status: n % 3 === 0 ? "cleared" : "suspected",
        area: (n * 37) % 250_000,
        date: `20${String(n % 24).padStart(2, "0")}-0${(n % 9) + 1}-1${n % 9}`,
        open: n % 2 === 0,
        note: "Grazing land beside the road, reported by the village chief",
      },
      geometry: { type: "Polygon", coordinates: [ring] },
    };
  }
}

async function write(format: string, path: string, rows: number): Promise<void> {
  const source = areas(rows);
  if (format === "gpkg") await writeGpkg(source, path);
  else if (format === "csv") await writeCsv(source, createWriteStream(path));
  else if (format === "flatgeobuf") await writeFlatGeobuf(source, createWriteStream(path));
  else if (format === "xlsx") await writeXlsx(source, createWriteStream(path));
  else if (format === "shapefile" || format === "kml") {
    const between = `${path}.geojson`;
    await writeGeoJson(source, createWriteStream(between));
    execFileSync("ogr2ogr", ["-f", format === "kml" ? "KML" : "ESRI Shapefile", path, between], { stdio: "ignore" });
    await rm(between);
  } else await writeGeoJson(source, createWriteStream(path), { sequence: format === "geojsonl" });
}

interface Reading {
  rows: number;
  problems: number;
  seconds: number;
  baseMegabytes: number;
  peakMegabytes: number;
}

/** Runs in a child process, so that nothing but reading is measured. */
async function readAll(path: string): Promise<Reading> {
  const baseMegabytes = process.memoryUsage().rss / 1e6;
  const started = performance.now();
  let rows = 0;
  let problems = 0;
  for await (const batch of readBatches(path)) {
    rows += batch.length;
    for (const row of batch) if (row.problem) problems++;
  }
  const seconds = (performance.now() - started) / 1000;
  return { rows, problems, seconds, baseMegabytes, peakMegabytes: process.resourceUsage().maxRSS / 1000 };
}

function readInChild(path: string): Reading {
  const script = fileURLToPath(import.meta.url);
  const output = execFileSync(process.execPath, [...process.execArgv, script, "--read", path], { encoding: "utf8" });
  return JSON.parse(output) as Reading;
}

/** Seconds that GDAL takes to read every feature and add up the extent; null when it is not installed. */
function readWithGdal(path: string): number | null {
  if (spawnSync("ogrinfo", ["--version"]).status !== 0) return null;
  const started = performance.now();
  // Sums over fields and shapes make GDAL read every row instead of answering from the file's header.
  const layer = /^1: ([^(\n]*)/m.exec(spawnSync("ogrinfo", ["-so", path], { encoding: "utf8" }).stdout)?.[1]?.trim();
  const what = /\.(csv|xlsx)$/.test(path) ? "" : ", SUM(OGR_GEOM_AREA)";
  const sql = `SELECT COUNT(DISTINCT status)${what} FROM "${layer}"`;
  const done = spawnSync("ogrinfo", ["-al", "-q", "-dialect", "OGRSQL", "-sql", sql, path], { encoding: "utf8" });
  if (/ERROR/.test(done.stderr)) throw new Error(done.stderr);
  return done.status === 0 ? (performance.now() - started) / 1000 : null;
}

async function main(): Promise<void> {
  const [first = "1024", formats = "geojson,csv"] = process.argv.slice(2);
  if (first === "--read") {
    console.log(JSON.stringify(await readAll(formats)));
    return;
  }
  const megabytes = Number(first);
  const directory = await mkdtemp(join(tmpdir(), "santi-bench-"));
  try {
    for (const format of formats.split(",")) {
      const extension = format === "flatgeobuf" ? "fgb" : format === "shapefile" ? "shp" : format;
      const path = join(directory, `areas.${extension}`);
      const rows = Math.round((megabytes * 1e6) / (rowBytes[format] ?? 620));
      await write(format, path, rows);
      const table = path.replace(/shp$/, "dbf");
      const size =
        (await stat(path)).size / 1e6 + (table !== path && existsSync(table) ? (await stat(table)).size / 1e6 : 0);
      const result = readInChild(path);
      if (result.rows !== rows || result.problems > 0)
        throw new Error(`${format}: ${result.rows} of ${rows} rows read`);
      const gdal = readWithGdal(path);
      console.log(
        `${format}: ${size.toFixed(0)} MB, ${rows} rows in ${result.seconds.toFixed(1)} s = ` +
          `${(size / result.seconds).toFixed(0)} MB/s, ${Math.round(rows / result.seconds)} rows/s; peak ` +
          `${result.peakMegabytes.toFixed(0)} MB, ${(result.peakMegabytes - result.baseMegabytes).toFixed(0)} MB above its start; ` +
          (gdal === null
            ? "GDAL not installed"
            : `GDAL ${gdal.toFixed(1)} s, ratio ${(result.seconds / gdal).toFixed(2)}`),
      );
      await rm(path);
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

await main();
