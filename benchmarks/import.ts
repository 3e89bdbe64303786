/**
 * Claim: a checked import, in which every row is matched, judged, kept with its history and can be undone, takes at
 * most four times as long into PostgreSQL as `ogr2ogr` takes to load the same files unchecked, and at most ten times as
 * long into the embedded database; and its memory does not grow with the file.
 *
 * Run: npx tsx benchmarks/import.ts [folder with GeoJSON files for the profile colombia-events] [megabytes]
 * Without the folder, files of the same shape are made up: 30 years of events, 36,000 rows. The second argument adds a
 * run over one made-up file of so many megabytes, to see the memory.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { definitions } from "../src/apps/server/compose.ts";
import { codeLabels, codeLists } from "../src/apps/server/labels.ts";
import { type ImportResult, importFiles, shippedProfile } from "../src/domains/imports/index.ts";
import { loadCountries } from "../src/domains/places/reference.ts";
import { migrate } from "../src/platform/database/migrate.ts";
import { openDatabase } from "../src/platform/database/open.ts";
import { type Database, programClaims } from "../src/platform/database/types.ts";

/** The support scripts are plain JavaScript, for they run before anything is installed. */
const support = (await import(new URL("../scripts/support/postgres.js", import.meta.url).href)) as {
  startPostgres(): Promise<{ url: string; port: number; stop: () => void }>;
};

const allowed = { postgres: 4, embedded: 10 };
/** Growth of memory from the first tenth of a large file to its end that is still called flat. */
const allowedGrowthMegabytes = 200;

/** Repeatable numbers between 0 and 1 (linear congruential, modulus 2^31). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

/** One event like those of the source: types in its proportions, a place within Colombia. */
function madeUp(next: () => number, year: number): string {
  const draw = next();
  const type = draw < 0.66 ? "4" : draw < 0.84 ? "1" : draw < 0.94 ? "5" : "8";
  const longitude = -76.5 + next() * 4;
  const latitude = 2 + next() * 6;
  const place = Math.floor(next() * 900);
  return JSON.stringify({
    type: "Feature",
    properties: {
      TIPO_EVENTO: type,
      DEPARTAMENTO: `D ${place % 32}`,
      TIPO_AREA: "Rural",
      AÑO: String(year),
      MUNICIPIO: `M ${place}`,
    },
    geometry: { type: "Point", coordinates: [Number(longitude.toFixed(6)), Number(latitude.toFixed(6))] },
  });
}

function madeUpFiles(folder: string): string[] {
  return Array.from({ length: 30 }, (_, i) => {
    const next = numbers(i + 1);
    const features = Array.from({ length: 1200 }, () => madeUp(next, 1990 + i));
    const path = join(folder, `${1990 + i}.json`);
    writeFileSync(path, `{"type":"FeatureCollection","features":[\n${features.join(",\n")}\n]}\n`);
    return path;
  });
}

async function madeUpLargeFile(path: string, megabytes: number): Promise<void> {
  const stream = createWriteStream(path);
  const next = numbers(7);
  stream.write('{"type":"FeatureCollection","features":[\n');
  for (let written = 0, first = true; written < megabytes * 1e6; first = false) {
    const lines = Array.from({ length: 500 }, () => madeUp(next, 2010)).join(",\n");
    const text = first ? lines : `,\n${lines}`;
    written += text.length;
    if (!stream.write(text)) await once(stream, "drain");
  }
  stream.end("\n]}\n");
  await once(stream, "close");
}

async function importInto(
  db: Database,
  paths: string[],
  onMemory?: (rows: number, megabytes: number) => void,
): Promise<ImportResult> {
  const profile = shippedProfile("colombia-events");
  if (!profile) throw new Error("The profile colombia-events comes with the program");
  return importFiles(db, {
    definitions,
    codeLists,
    labels: codeLabels,
    paths,
    profile,
    country: "COL",
    accountId: null,
    now: new Date("2026-01-01T00:00:00Z"),
    onProgress: ({ rows }) => onMemory?.(rows, process.memoryUsage().rss / 1e6),
  });
}

async function prepared(db: Database): Promise<Database> {
  await migrate(db);
  await db.transaction(programClaims, loadCountries);
  return db;
}

/** Seconds that GDAL takes to load the files into a table, one after the other; null when it is not installed. */
function loadWithGdal(server: { url: string; port: number }, paths: readonly string[]): number | null {
  if (spawnSync("ogr2ogr", ["--version"]).status !== 0) return null;
  const target = `PG:host=127.0.0.1 port=${server.port} user=santi dbname=postgres`;
  const started = performance.now();
  for (const path of paths)
    execFileSync("ogr2ogr", [
      "-f",
      "PostgreSQL",
      target,
      path,
      "-nln",
      "loaded",
      "-append",
      "-q",
      "--config",
      "PG_USE_COPY",
      "YES",
    ]);
  return (performance.now() - started) / 1000;
}

const middle = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

async function main(): Promise<void> {
  const [given, megabytes] = process.argv.slice(2);
  const beside = join(import.meta.dirname ?? ".", "..", "..", "shared", "data", "colombia-events");
  const source = given ?? (existsSync(beside) ? beside : null);
  const work = mkdtempSync(join(tmpdir(), "santi-bench-import-"));
  const server = await support.startPostgres();
  let failed = false;
  try {
    const paths = source
      ? readdirSync(source)
          .filter((name) => name.endsWith(".json"))
          .sort()
          .map((name) => join(source, name))
      : madeUpFiles(work);
    const bytes = paths.reduce((sum, path) => sum + statSync(path).size, 0);
    console.log(`${paths.length} files, ${(bytes / 1e6).toFixed(1)} MB${source ? "" : " (made up)"}`);

    // PostGIS once, as the first migration makes it; then three turns each, taken by turns, so that both see the same machine.
    const extension = await openDatabase({ url: server.url });
    await extension.executeSql("create extension if not exists postgis");
    await extension.close();
    const gdal: number[] = [];
    const checked: number[] = [];
    let result: ImportResult | undefined;
    for (let turn = 0; turn < 3; turn++) {
      const seconds = loadWithGdal(server, paths);
      if (seconds !== null) gdal.push(seconds);
      const name = `turn${turn}`;
      const admin = await openDatabase({ url: server.url });
      await admin.executeSql(`create database ${name}`);
      await admin.executeSql("drop table if exists loaded");
      await admin.close();
      const db = await prepared(await openDatabase({ url: server.url.replace(/\/postgres$/, `/${name}`) }));
      result = await importInto(db, paths);
      checked.push(result.seconds);
      await db.close();
    }
    const { read = 0, stored = 0, unchanged = 0, refused = 0 } = result ?? {};
    if (read !== stored + unchanged + refused) throw new Error("rows are missing from the account");
    // Before the embedded database opens, whose memory would hide a growth.
    if (megabytes) {
      const path = join(work, "large.json");
      await madeUpLargeFile(path, Number(megabytes));
      const admin = await openDatabase({ url: server.url });
      await admin.executeSql("create database large");
      await admin.close();
      const db = await prepared(await openDatabase({ url: server.url.replace(/\/postgres$/, "/large") }));
      const seen: { rows: number; megabytes: number }[] = [];
      const large = await importInto(db, [path], (rows, rss) => seen.push({ rows, megabytes: rss }));
      await db.close();
      const early = Math.max(...seen.slice(0, Math.ceil(seen.length / 10)).map((each) => each.megabytes));
      const peak = Math.max(...seen.map((each) => each.megabytes));
      const good = peak - early <= allowedGrowthMegabytes;
      failed ||= !good;
      console.log(
        `${megabytes} MB, ${large.read} rows in ${large.seconds.toFixed(0)} s: ${early.toFixed(0)} MB after a tenth, ` +
          `${peak.toFixed(0)} MB at most ${good ? "ok" : "GROWS"}`,
      );
    }

    const directory = join(work, "embedded");
    mkdirSync(directory);
    const embedded = await prepared(await openDatabase({ directory }));
    const inEmbedded = (await importInto(embedded, paths)).seconds;
    await embedded.close();

    const own = middle(checked);
    console.log(
      `import into PostgreSQL  ${own.toFixed(1)} s, ${Math.round(read / own)} rows a second; ${stored} of ${read} stored`,
    );
    console.log(`import into embedded    ${inEmbedded.toFixed(1)} s, ${Math.round(read / inEmbedded)} rows a second`);
    if (gdal.length === 0) console.log("ogr2ogr is not installed: no ratio");
    else {
      const peer = middle(gdal);
      console.log(`ogr2ogr into PostgreSQL ${peer.toFixed(1)} s, unchecked`);
      for (const [name, seconds] of [
        ["postgres", own],
        ["embedded", inEmbedded],
      ] as const) {
        const ratio = seconds / peer;
        const good = ratio <= allowed[name];
        failed ||= !good;
        console.log(`ratio ${name}: ${ratio.toFixed(2)} (at most ${allowed[name]}) ${good ? "ok" : "TOO SLOW"}`);
      }
    }
  } finally {
    server.stop();
    rmSync(work, { recursive: true, force: true });
  }
  process.exit(failed ? 1 : 0);
}

await main();
