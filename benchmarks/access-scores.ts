/**
 * Claim: enhanced two-step scores (E2SFCA) of 500 services at 2 hours over 4000 × 4000 cells take at most 1/300 of the time
 * of the same loop in GRASS GIS (r.cost, three r.mapcalc, r.univar for each service), at most 1/100 of r.cost alone on a
 * region cropped by hand; at 8 hours at most 1/25 of r.cost alone. The scores are those of a naive reference within 1e-9.
 *
 * People walk: nobody is faster than 6 km/h. With motor roads catchments are many times as large and every one costs as
 * much more, while the loop of GRASS mostly reads and writes the whole raster; their ratio is printed beside, not claimed.
 *
 * Ours counts reading friction and people from files, searching on threads, and writing the scores. GRASS is timed for a
 * few services and multiplied by their number; reading its rasters in is not counted.
 *
 * npx tsx benchmarks/access-scores.ts [--size 4000] [--services 500] [--measured 5] [--long 500] [--motor 50] [--threads 2] [--json]
 */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Decay, decayWeights, type Raster, referenceTravelTime, type Source } from "@santi/travel-time";
import { accessScoresInThreads } from "@santi/travel-time/parallel-access";
import { grassInstalled } from "../packages/travel-time/src/grass.test-helper.ts";
import { madeUpSources, madeUpTerrain, seeded } from "../packages/travel-time/src/samples.test-helper.ts";
import { grassAccessTimes } from "./support/grass-access-peer.ts";
import { ownCpu } from "./support/timing.ts";

const { values: flags } = parseArgs({
  options: {
    size: { type: "string", default: "4000" },
    services: { type: "string", default: "500" },
    measured: { type: "string", default: "5" },
    long: { type: "string", default: "500" },
    motor: { type: "string", default: "50" },
    threads: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const size = Number(flags.size);
const threads = flags.threads === undefined ? {} : { threads: Number(flags.threads) };
const HOUR = 3600;
/** Seconds to walk 100 m at 6 km/h. */
const WALK = 60;

const steps = (hours: number): Decay & { kind: "steps" } => ({
  kind: "steps",
  until: [(hours * HOUR) / 4, (hours * HOUR) / 2, hours * HOUR],
  weights: [1, 0.68, 0.22],
});

function peopled(friction: Raster, seed: number): Float32Array {
  const random = seeded(seed);
  return friction.data.map((value) => (!Number.isNaN(value) && random() < 0.2 ? Math.ceil(random() * 40) : 0));
}

/** The scores straight from the definition: every service searched over the whole raster in plain TypeScript. */
function naiveScores(friction: Raster, people: Float32Array, sources: readonly Source[], hours: number): Float64Array {
  const weightOf = decayWeights(steps(hours));
  const score = new Float64Array(people.length);
  for (const source of sources) {
    const { time } = referenceTravelTime(friction, [source]);
    const weights = time.map((each) => (Number.isNaN(each) ? 0 : weightOf(each)));
    const demand = weights.reduce((sum, weight, cell) => sum + weight * (people[cell] as number), 0);
    for (let cell = 0; cell < score.length && demand > 0; cell++) {
      score[cell] = (score[cell] as number) + (weights[cell] as number) / demand;
    }
  }
  return score;
}

async function worstDifference(): Promise<number> {
  const { friction } = madeUpTerrain(260, 240, 29);
  const people = peopled(friction, 3);
  const sources = madeUpSources(friction, 12, 8);
  const naive = naiveScores(friction, people, sources, 0.5);
  const supply = sources.map(() => 1);
  const options = { maximum: 0.5 * HOUR, decay: steps(0.5), ...threads };
  const { score } = await accessScoresInThreads(friction, sources, people, supply, options);
  const relative = (one: number, two: number) => (one === two ? 0 : Math.abs(one / two - 1));
  return score.reduce((worst, value, cell) => Math.max(worst, relative(value, naive[cell] as number)), 0);
}

const folder = mkdtempSync(join(tmpdir(), "access-scores-"));
try {
  const driven = madeUpTerrain(size, size, 17).friction;
  const friction: Raster = { grid: driven.grid, data: driven.data.map((pace) => (pace < WALK ? WALK : pace)) };
  const people = peopled(friction, 5);
  const sources = madeUpSources(friction, Number(flags.services), 23);
  const write = (name: string, data: Float32Array | Float64Array) =>
    writeFileSync(join(folder, name), new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  const read = (name: string) => {
    // Straight into memory that threads share, as they would copy it there.
    const values = new Float32Array(new SharedArrayBuffer(size * size * 4));
    const file = openSync(join(folder, name), "r");
    for (let at = 0, got = 1; got > 0; at += got) got = readSync(file, new Uint8Array(values.buffer, at));
    closeSync(file);
    return values;
  };
  write("friction.bin", friction.data);
  write("driven.bin", driven.data);
  write("people.bin", people);

  const ours = async (hours: number, count: number, file = "friction.bin") => {
    const [start, cpu] = [performance.now(), ownCpu()];
    const own: Raster = { grid: friction.grid, data: read(file) };
    const some = sources.slice(0, count);
    const options = { maximum: hours * HOUR, decay: steps(hours), ...threads };
    const supply = some.map(() => 1);
    const { score } = await accessScoresInThreads(own, some, read("people.bin"), supply, options);
    write("score.bin", score);
    return { seconds: (performance.now() - start) / 1000, cpu: (ownCpu() - cpu) / 1000, count };
  };
  const short = await ours(2, sources.length);
  const long = await ours(8, Math.min(sources.length, Number(flags.long)));
  const motor = await ours(2, Math.min(sources.length, Number(flags.motor)), "driven.bin");
  const worst = await worstDifference();
  const lines = [
    `scores differ from a naive reference by at most ${worst.toExponential(1)}`,
    `2 h, ${short.count} services: ${short.seconds.toFixed(2)} s (${short.cpu.toFixed(2)} s of processor)`,
    `2 h with motor roads, ${motor.count} services: ${motor.seconds.toFixed(2)} s (${motor.cpu.toFixed(2)} s of processor)`,
    `8 h, ${long.count} services: ${long.seconds.toFixed(2)} s (${long.cpu.toFixed(2)} s of processor)`,
  ];
  const failed: string[] = worst <= 1e-9 ? [] : ["scores within 1e-9"];
  const ratios: Record<string, number> = {};
  if (grassInstalled) {
    const cells = sources.slice(0, Number(flags.measured)).map(({ cell }) => cell);
    const { until, weights } = steps(2);
    const question = { grid: friction.grid, friction: friction.data, population: people, cells };
    const exact = { steps: until as [number, number, number], weights: weights as [number, number, number] };
    const near = grassAccessTimes({ ...question, ...exact, maximum: 2 * HOUR, crop: 120_000, loop: true });
    const far = grassAccessTimes({ ...question, ...exact, cells: cells.slice(0, 3), maximum: 8 * HOUR, loop: false });
    const seconds = ({ seconds: wall, cpu, count }: typeof short) => ({ wall: wall / count, cpu: cpu / count });
    const unknown = { wall: Number.NaN, cpu: Number.NaN };
    for (const [name, theirs, mine, wanted] of [
      ["2 h, GRASS loop", near.loop ?? unknown, seconds(short), 300],
      ["2 h, r.cost on a cropped region", near.cropped ?? unknown, seconds(short), 100],
      ["8 h, r.cost alone", far.cost, seconds(long), 25],
      ["2 h with motor roads, GRASS loop on foot", near.loop ?? unknown, seconds(motor), 0],
    ] as const) {
      const [clock, processor] = [theirs.wall / mine.wall, theirs.cpu / mine.cpu];
      ratios[name] = clock;
      const says = `${theirs.wall.toFixed(2)} s a service (${theirs.cpu.toFixed(2)} of processor) against ${(mine.wall * 1000).toFixed(1)} ms (${(mine.cpu * 1000).toFixed(1)})`;
      const claim = wanted > 0 ? `claim ${wanted} ×` : "no claim";
      lines.push(`${name}: ${says}: ${clock.toFixed(0)} ×, by processor ${processor.toFixed(0)} × (${claim})`);
      if (size >= 4000 && !(clock >= wanted)) failed.push(name);
    }
  } else lines.push("GRASS GIS is not installed (apt-get install grass-core): no peer");
  if (flags.json) console.log(JSON.stringify({ size, short, motor, long, worst, ratios }));
  for (const line of lines) console.log(line);
  if (failed.length > 0) console.error(`Not met: ${failed.join("; ")}`);
  process.exitCode = failed.length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
