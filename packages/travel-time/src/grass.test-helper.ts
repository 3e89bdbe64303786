import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cellCentre, type Grid, type Raster } from "./raster/raster.ts";
import type { Source } from "./travel.ts";

const NULL = -9999;
const inProjection = (grid: Grid) => grid.epsg ?? 32648;

/** Whether GRASS GIS is installed here. */
export const grassInstalled = spawnSync("grass", ["--version"]).status === 0;

/** One run of a GRASS module: its name, its flags and its other parameters. */
export interface GrassRun {
  readonly module: "r.cost" | "r.walk";
  readonly flags?: string;
  readonly parameters?: readonly string[];
}

function bytesOf(data: Float32Array): Uint8Array {
  const cells = Float32Array.from(data, (value) => (Number.isNaN(value) ? NULL : value));
  return new Uint8Array(cells.buffer);
}

/** Runs GRASS over rasters and sources, and returns each result as doubles (NaN for null), with its seconds of wall time. */
export function runGrass(
  rasters: { friction: Raster; elevation?: Raster },
  sources: readonly Source[],
  runs: readonly GrassRun[],
): { results: Float64Array[]; seconds: number[] } {
  const folder = mkdtempSync(join(tmpdir(), "travel-time-grass-"));
  try {
    const { grid } = rasters.friction;
    const { columns, rows, west, north, cellWidth, cellHeight } = grid;
    const edges = `n=${north} s=${north - rows * cellHeight} w=${west} e=${west + columns * cellWidth}`;
    const script = [`set -e`, `g.region ${edges} rows=${rows} cols=${columns} --q`];
    for (const [name, raster] of Object.entries(rasters)) {
      writeFileSync(join(folder, `${name}.bin`), bytesOf(raster.data));
      const bounds = edges
        .replace("n=", "north=")
        .replace("s=", "south=")
        .replace("w=", "west=")
        .replace("e=", "east=");
      script.push(
        `r.in.bin -f input=${folder}/${name}.bin output=${name} bytes=4 ${bounds} rows=${rows} cols=${columns} anull=${NULL} --o --q`,
      );
    }
    const points = sources.map(({ cell }, index) => {
      const { x, y } = cellCentre(grid, cell);
      return `${x}|${y}|${index + 1}`;
    });
    writeFileSync(join(folder, "points.txt"), `${points.join("\n")}\n`);
    script.push(`v.in.ascii input=${folder}/points.txt output=points cat=3 --o --q`);
    runs.forEach(({ module, flags = "", parameters = [] }, index) => {
      const input = module === "r.cost" ? "input=friction" : "friction=friction elevation=elevation";
      const options = `output=o${index} start_points=points memory=8000 ${parameters.join(" ")} --o --q`;
      script.push(
        "t0=$(date +%s.%N)",
        `${module} ${flags} ${input} ${options} >/dev/null 2>&1`,
        `echo "seconds $(date +%s.%N) $t0"`,
        `r.out.bin input=o${index} output=${folder}/o${index}.bin bytes=8 null=${NULL} --o --q`,
      );
    });
    writeFileSync(join(folder, "run.sh"), script.join("\n"));
    spawnSync("grass", ["-c", `EPSG:${inProjection(grid)}`, "-e", join(folder, "location")]);
    const command = [join(folder, "location", "PERMANENT"), "--exec", "bash", join(folder, "run.sh")];
    const done = spawnSync("grass", command, { encoding: "utf8", maxBuffer: 1 << 26 });
    if (done.status !== 0) throw new Error(`GRASS failed: ${done.stderr}`);
    const seconds = [...done.stdout.matchAll(/seconds ([\d.]+) ([\d.]+)/g)].map(
      ([, end, start]) => Number(end) - Number(start),
    );
    const results = runs.map((_, index) => {
      const bytes = readFileSync(join(folder, `o${index}.bin`));
      const values = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
      return values.map((value) => (value === NULL ? Number.NaN : value));
    });
    return { results, seconds };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
