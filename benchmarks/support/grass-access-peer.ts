import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cellCentre, type Grid } from "@santi/travel-time";

const NULL = -9999;

/** What GRASS GIS is asked to do for each service. */
export interface GrassAccessQuestion {
  readonly grid: Grid;
  readonly friction: Float32Array;
  readonly population: Float32Array;
  readonly cells: readonly number[];
  /** Seconds; with a loop, also the ends of the three steps. */
  readonly maximum: number;
  readonly steps: readonly [number, number, number];
  readonly weights: readonly [number, number, number];
  /** Metres around a service that the cropped region reaches; none when left out. */
  readonly crop?: number;
  /** Also weigh, sum and add up as an enhanced two-step score needs it. */
  readonly loop: boolean;
}

/** Mean seconds of one service: on the clock, and of processor. */
export interface GrassSeconds {
  readonly wall: number;
  readonly cpu: number;
}

/** Times of one service, by part of the work. */
export interface GrassAccessTimes {
  /** `r.cost` over the whole region, stopped at the maximum. */
  readonly cost: GrassSeconds;
  /** `r.cost` over a region cropped by hand around the service. */
  readonly cropped: GrassSeconds | null;
  /** `r.cost`, three `r.mapcalc` and `r.univar`: one turn of the loop. */
  readonly loop: GrassSeconds | null;
}

const bytesOf = (data: Float32Array) =>
  new Uint8Array(Float32Array.from(data, (value) => (Number.isNaN(value) ? NULL : value)).buffer);

/** Times one service after the other in GRASS GIS (memory=8000), reading the rasters in not counted. */
export function grassAccessTimes(question: GrassAccessQuestion): GrassAccessTimes {
  const { grid, cells, maximum, steps, weights, crop, loop } = question;
  const folder = mkdtempSync(join(tmpdir(), "grass-access-"));
  try {
    const { columns, rows, west, north, cellWidth } = grid;
    const [east, south] = [west + columns * cellWidth, north - rows * cellWidth];
    const region = `g.region n=${north} s=${south} w=${west} e=${east} rows=${rows} cols=${columns} --q`;
    const bounds = `north=${north} south=${south} west=${west} east=${east} rows=${rows} cols=${columns}`;
    const script = ["set -e", region];
    for (const [name, data] of [
      ["friction", question.friction],
      ["people", question.population],
    ] as const) {
      writeFileSync(join(folder, `${name}.bin`), bytesOf(data));
      script.push(`r.in.bin -f input=${folder}/${name}.bin output=${name} bytes=4 ${bounds} anull=${NULL} --o --q`);
    }
    script.push('r.mapcalc "score = 0.0" --o --q');
    const time = (part: string, commands: readonly string[]) => {
      script.push(`TIMEFORMAT="${part} %R %U %S"`, `{ time { ${commands.join("; ")}; }; } 2>&1`);
    };
    for (const cell of cells) {
      const { x, y } = cellCentre(grid, cell);
      const cost = `r.cost -k input=friction output=time start_coordinates=${x},${y} max_cost=${maximum} memory=8000 --o --q >/dev/null 2>&1`;
      time("cost", [cost]);
      if (loop) {
        const [a, b, c] = steps;
        const weight = `if(isnull(time), 0.0, if(time <= ${a}, ${weights[0]}, if(time <= ${b}, ${weights[1]}, if(time <= ${c}, ${weights[2]}, 0.0))))`;
        time("rest", [
          `r.mapcalc "weight = ${weight}" --o --q`,
          'r.mapcalc "weighted = weight * if(isnull(people), 0.0, people)" --o --q',
          "sum=$(r.univar -g map=weighted --q | grep '^sum=' | cut -d= -f2)",
          'r.mapcalc "score = score + weight / $sum" --o --q 2>/dev/null',
        ]);
      }
      if (crop !== undefined) {
        const edge = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));
        const cropped = `n=${edge(y + crop, south, north)} s=${edge(y - crop, south, north)} w=${edge(x - crop, west, east)} e=${edge(x + crop, west, east)}`;
        script.push(`g.region ${cropped} align=friction --q`);
        time("cropped", [cost]);
        script.push(region);
      }
    }
    writeFileSync(join(folder, "run.sh"), script.join("\n"));
    spawnSync("grass", ["-c", `EPSG:${grid.epsg ?? 32648}`, "-e", join(folder, "location")]);
    const command = [join(folder, "location", "PERMANENT"), "--exec", "bash", join(folder, "run.sh")];
    const done = spawnSync("grass", command, { encoding: "utf8", maxBuffer: 1 << 26 });
    if (done.status !== 0) throw new Error(`GRASS failed: ${done.stderr}`);
    const mean = (part: string): GrassSeconds | null => {
      const times = [...done.stdout.matchAll(new RegExp(`^${part} ([\\d.]+) ([\\d.]+) ([\\d.]+)$`, "gm"))];
      if (times.length === 0) return null;
      const sum = (of: (numbers: number[]) => number) =>
        times.reduce((total, [, ...numbers]) => total + of(numbers.map(Number)), 0) / times.length;
      return { wall: sum(([wall = 0]) => wall), cpu: sum(([, user = 0, system = 0]) => user + system) };
    };
    const cost = mean("cost") ?? { wall: Number.NaN, cpu: Number.NaN };
    const rest = mean("rest");
    const loopTimes = rest && { wall: cost.wall + rest.wall, cpu: cost.cpu + rest.cpu };
    return { cost, cropped: mean("cropped"), loop: loopTimes };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
