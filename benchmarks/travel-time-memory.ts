/**
 * Claim: travel time with knight's moves over 8000 × 8000 cells is found in less than 2.2 GB of memory, the raster and the
 * result included, and what would not fit is refused before it is read.
 *
 * A process of its own reads friction from a file, searches and writes the times; its greatest size is what the system says.
 *
 * npx tsx benchmarks/travel-time-memory.ts [--size 8000] [--sources 500] [--threads 2] [--json]
 */
import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { estimateMemory } from "@santi/travel-time/memory";
import { memoryNeeded, travelTimeInThreads } from "@santi/travel-time/parallel";
import { seeded } from "../packages/travel-time/src/samples.test-helper.ts";

const LIMIT = 2.2e9;
const { values: flags } = parseArgs({
  options: {
    size: { type: "string", default: "8000" },
    sources: { type: "string", default: "500" },
    threads: { type: "string", default: "2" },
    search: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const size = Number(flags.size);
const threads = Number(flags.threads);
const grid = { columns: size, rows: size, west: 0, north: size * 100, cellWidth: 100, cellHeight: 100, epsg: 32648 };

/** Ground row by row, so that making it takes no memory: rough country, a network of roads, ponds. */
function writeGround(path: string): void {
  const random = seeded(41);
  const file = openSync(path, "w");
  const row = new Float32Array(size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const road = (x + (y >> 3)) % 97 === 0 || (y + (x >> 3)) % 131 === 0;
      row[x] = road ? 7 : random() < 0.012 ? Number.NaN : 70 + random() * 290;
    }
    writeSync(file, new Uint8Array(row.buffer));
  }
  closeSync(file);
}

/** The process that is measured. */
async function searchFile(path: string): Promise<void> {
  const data = new Float32Array(size * size);
  const bytes = new Uint8Array(data.buffer);
  const file = openSync(path, "r");
  for (let at = 0; at < bytes.length; ) at += readSync(file, bytes, at, Math.min(1 << 26, bytes.length - at), null);
  closeSync(file);
  const random = seeded(7);
  const sources = Array.from({ length: Number(flags.sources) }, () => ({ cell: Math.floor(random() * data.length) }));
  const start = performance.now();
  const { time, opened } = await travelTimeInThreads({ grid, data }, sources, { knight: true, threads });
  const seconds = (performance.now() - start) / 1000;
  const out = openSync(join(path, "..", "time.bin"), "w");
  const cells = new Uint8Array(time.buffer);
  for (let at = 0; at < cells.length; at += 1 << 26)
    writeSync(out, cells.subarray(at, Math.min(cells.length, at + (1 << 26))));
  closeSync(out);
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  console.log(JSON.stringify({ bytes: maxRSS * 1024, opened, seconds, cpu: (userCPUTime + systemCPUTime) / 1e6 }));
}

if (flags.search) await searchFile(flags.search);
else {
  const folder = mkdtempSync(join(tmpdir(), "travel-time-memory-"));
  try {
    const path = join(folder, "friction.bin");
    writeGround(path);
    writeFileSync(join(folder, "time.bin"), "");
    const args = ["--size", flags.size, "--sources", flags.sources, "--threads", flags.threads, "--search", path];
    const command = ["tsx", fileURLToPath(import.meta.url), ...args];
    const done = spawnSync("npx", command, { encoding: "utf8", env: { ...process.env, NODE_ENV: "" } });
    if (done.status !== 0) throw new Error(`The search failed: ${done.stderr}`);
    const measured = JSON.parse(done.stdout) as { bytes: number; opened: number; seconds: number; cpu: number };
    const told = memoryNeeded(grid, "friction", threads) + size * size * 4;
    const offer = estimateMemory({ ...grid, columns: size * 4, rows: size * 4 }, "friction", LIMIT, threads);
    const result = { size, ...measured, told, offered: offer.factor };
    if (flags.json) console.log(JSON.stringify(result));
    const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(2);
    console.log(
      `${size} × ${size}, knight's moves: ${gigabytes(measured.bytes)} GB at most, ${gigabytes(told)} GB foretold; ` +
        `${measured.seconds.toFixed(1)} s (${measured.cpu.toFixed(1)} s of processor), ${measured.opened} cells opened`,
    );
    console.log(
      `Four times as wide and high: ${gigabytes(offer.needed)} GB needed; within 2.2 GB, cells ${offer.factor} times as wide would do`,
    );
    if (measured.bytes >= LIMIT || (size >= 8000 && offer.fits)) {
      console.error("Not met: 2.2 GB");
      process.exitCode = 1;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
