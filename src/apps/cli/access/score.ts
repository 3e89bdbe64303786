import { createWriteStream } from "node:fs";
import {
  type AccessMethod,
  accessScores,
  type Catchment,
  coverageByUnit,
  type Decay,
  type Grid,
  type Raster,
  unitsOf,
} from "@santi/travel-time";
import { travelTimeInThreads } from "@santi/travel-time/parallel";
import { accessScoresInThreads, catchmentsInThreads } from "@santi/travel-time/parallel-access";
import { type Command, Option } from "commander";
import { writeCsv } from "../../../platform/files/write-csv.ts";
import { distance, distanceIn, expecting, percent } from "../arguments.ts";
import type { Output } from "../output.ts";
import { interruptSignal } from "../with-node.ts";
import { supplyOf } from "./amounts.ts";
import { openRaster, readFeatures, readOnGrid, writeRaster } from "./files.ts";
import {
  checkGroundOptions,
  checkMemory,
  type Ground,
  type GroundOptions,
  groundOptions,
  type PlacedService,
  placeServices,
  readGround,
  sourcesOf,
} from "./options.ts";
import { asProblems, tellFindings } from "./told.ts";

interface ScoreOptions extends GroundOptions {
  sources: string;
  population: string;
  max: number;
  thresholds?: number[];
  method: AccessMethod;
  decay: Decay;
  supply?: string;
  band?: number;
  units?: string;
  table?: string;
  out: string;
}

/** A list of times in seconds, put in order; null when the text is none. */
function timesIn(text: string): number[] | null {
  const times = text.split(",").map(distanceIn);
  return times.every((time) => time !== null) ? times.toSorted((a, b) => a - b) : null;
}

/**
 * A decay: `none`, `gaussian:SECONDS`, `exponential:SECONDS`, `linear:SECONDS`, `steps:SECONDS=WEIGHT,…`; null when the
 * text is none.
 */
function decayIn(text: string): Decay | null {
  const [kind, value = ""] = text.split(":");
  if (kind === "none") return { kind };
  if (kind === "steps") {
    const pairs = value.split(",").map((pair) => pair.split("=").map(Number));
    if (!pairs.every((pair) => pair.length === 2 && pair.every(Number.isFinite))) return null;
    return { kind, until: pairs.map(([until = 0]) => until), weights: pairs.map(([, weight = 0]) => weight) };
  }
  const width = Number(value);
  if (!(width > 0)) return null;
  if (kind === "gaussian") return { kind, bandwidth: width };
  if (kind === "exponential") return { kind, scale: width };
  if (kind === "linear") return { kind, end: width };
  return null;
}

/** Catchments of services, with progress. */
export function catchmentsOf(
  { friction, movement }: Ground,
  services: readonly PlacedService[],
  { max, knight, threads }: { max: number; knight: boolean; threads?: number },
  output: Output,
): Promise<Catchment[]> {
  return catchmentsInThreads(friction, sourcesOf(services), {
    ...{ maximum: max, movement, knight, ...withProgress(output) },
    ...(threads ? { threads } : {}),
  });
}

/** Progress of searches, and their end when the person presses Ctrl-C. */
export function withProgress(output: Output) {
  const onProgress = (done: number, all: number) => output.progress(output.t("cli.access.searches", { done, all }));
  return { onProgress, signal: interruptSignal() };
}

/** Scores of every cell, and the least time in which a service reaches it. */
async function scoresOf(
  ground: Ground,
  people: Raster,
  services: readonly PlacedService[],
  options: ScoreOptions,
  output: Output,
) {
  const { friction, movement } = ground;
  const { method, decay: fall, knight, threads, max: maximum } = options;
  const supply = supplyOf(services, options.supply);
  const asked = { maximum, movement, knight, ...(threads ? { threads } : {}) };
  const sources = sourcesOf(services);
  const scores =
    method === "two-step"
      ? await accessScoresInThreads(friction, sources, people.data, supply, {
          ...asked,
          decay: fall,
          ...withProgress(output),
        })
      : accessScores(await catchmentsOf(ground, services, options, output), people.data, supply, {
          method,
          decay: fall,
        });
  const { time } = await travelTimeInThreads(friction, sources, asked);
  output.endProgress();
  return { scores, time };
}

/** Reads people on the raster of a search. @throws Problem as `readOnGrid` */
export function readPeople(path: string, grid: Grid): Promise<Raster> {
  return readOnGrid(path, grid);
}

interface UnitRow {
  readonly unit: string;
  readonly people: number;
  readonly within: readonly number[];
  readonly unreached: number;
  readonly meanTime: number | null;
  /** Mean score of a person. */
  readonly score: number;
  /** People within each threshold when everybody is so much slower, and so much faster; with a band. */
  readonly slow?: readonly number[];
  readonly fast?: readonly number[];
}

/** The units that people are counted by: which lies in each cell, and their features. */
function readUnits(path: string | undefined, grid: Grid) {
  const file = path ? readFeatures(path, grid) : undefined;
  const features = file?.collection.features ?? [];
  const none = () => new Int32Array(grid.columns * grid.rows).fill(-1);
  return { features, units: file ? unitsOf(grid, features, file.coordinates) : none() };
}

/** Travel times when all speeds that friction stands for are `factor` times as high. */
async function timesAt(
  { friction, movement }: Ground,
  services: readonly PlacedService[],
  { max: maximum, knight, threads }: ScoreOptions,
  factor: number,
): Promise<Float64Array> {
  const varied = { grid: friction.grid, data: friction.data.map((value) => value / factor) };
  const asked = { maximum, movement, knight, signal: interruptSignal(), ...(threads ? { threads } : {}) };
  return (await travelTimeInThreads(varied, sourcesOf(services), asked)).time;
}

function unitRows(
  { features, units }: ReturnType<typeof readUnits>,
  thresholds: readonly number[],
  people: Raster,
  time: Float64Array,
  score: Float64Array,
  band: { slow: Float64Array; fast: Float64Array } | null,
): UnitRow[] {
  const covered = (times: Float64Array) => coverageByUnit(times, people.data, units, features.length, thresholds);
  const coverage = covered(time);
  const [slow, fast] = band ? [covered(band.slow), covered(band.fast)] : [];
  const sums = new Float64Array(features.length + 1);
  people.data.forEach((count, cell) => {
    if (!(count > 0)) return;
    const unit = units[cell] as number;
    const at = unit < 0 ? features.length : unit;
    sums[at] = (sums[at] as number) + count * (score[cell] as number);
  });
  const nameOf = (unit: number) => {
    const properties = features[unit]?.properties;
    return unit === features.length ? "" : String(properties?.name ?? properties?.code ?? unit + 1);
  };
  return coverage.map((each, unit) => ({
    unit: nameOf(unit),
    ...each,
    score: each.people > 0 ? (sums[unit] as number) / each.people : 0,
    ...(slow && fast ? { slow: slow[unit]?.within ?? [], fast: fast[unit]?.within ?? [] } : {}),
  }));
}

async function writeTable(path: string, rows: readonly UnitRow[], thresholds: readonly number[]): Promise<void> {
  const banded = rows.some(({ slow }) => slow !== undefined);
  const sides = banded ? (["slow", "fast"] as const) : [];
  const varied = sides.flatMap((side) => thresholds.map((each) => `within_${each}_${side}`));
  const counts = thresholds.map((each) => `within_${each}`);
  const fields = ["unit", "people", ...counts, "unreached", "mean_time", "score", ...varied];
  const named = (within: readonly number[], side = "") =>
    thresholds.map((each, i) => [`within_${each}${side}`, within[i] ?? 0] as const);
  async function* records() {
    for (const { unit, people, within, unreached, meanTime, score, ...row } of rows) {
      const counted = Object.fromEntries([
        ...named(within),
        ...sides.flatMap((side) => named(row[side] ?? [], `_${side}`)),
      ]);
      yield { fields: { unit, people, ...counted, unreached, mean_time: meanTime, score }, geometry: null };
    }
  }
  await writeCsv(records(), createWriteStream(path), { fields: fields.map((name) => ({ name })) });
}

/** `santi access score`: floating catchment scores and coverage by unit, on files. */
export function scoreCommand(access: Command, output: Output): void {
  const { t } = output;
  groundOptions(access.command("score"), output)
    .requiredOption("--sources <file>", t("cli.access.sources"))
    .description(t("cli.access.score"))
    .requiredOption("--population <file>", t("cli.access.population"))
    .addOption(
      new Option("--max <seconds>", t("cli.access.reach-time")).argParser(distance(output)).makeOptionMandatory(),
    )
    .addOption(
      new Option("--thresholds <seconds,…>", t("cli.access.thresholds")).argParser(expecting(output, "times", timesIn)),
    )
    .addOption(
      new Option("--method <method>", t("cli.access.method")).choices(["two-step", "three-step"]).default("two-step"),
    )
    .addOption(
      new Option("--decay <decay>", t("cli.access.decay"))
        .argParser(expecting(output, "decay", decayIn))
        .default({ kind: "none" }, "none"),
    )
    .option("--supply <property>", t("cli.access.supply"))
    .addOption(new Option("--band <percent>", t("cli.access.band")).argParser(percent(output)))
    .option("--units <file>", t("cli.access.units"))
    .option("--table <file>", t("cli.access.table"))
    .requiredOption("--out <file>", t("cli.access.score-out"))
    .action(async (options: ScoreOptions, command: Command) => {
      checkGroundOptions(command, options, output);
      const { thresholds = [options.max] } = options;
      if (thresholds.some((each) => each > options.max))
        command.error(t("cli.access.thresholds-beyond"), { exitCode: 2 });
      await asProblems(output, options.json, async () => {
        const file = await openRaster(options.friction);
        checkMemory(file.grid, options, 32);
        const ground = await readGround(file, options);
        const { grid } = file;
        const people = await readPeople(options.population, grid);
        const { services, findings } = placeServices(options.sources, ground.friction, options, output);
        const told = [...findings, ...(people.data.some((each) => each > 0) ? [] : [noDemand])];
        tellFindings(output, told, options.json);
        const { scores, time } = await scoresOf(ground, people, services, options, output);
        await writeRaster(options.out, { grid, data: scores.score }, options.compress);
        const share = (options.band ?? 0) / 100;
        const slow = share > 0 ? await timesAt(ground, services, options, 1 - share) : null;
        const fast = share > 0 ? await timesAt(ground, services, options, 1 + share) : null;
        const band = slow && fast ? { slow, fast } : null;
        const rows = unitRows(readUnits(options.units, grid), thresholds, people, time, scores.score, band);
        if (options.table) await writeTable(options.table, rows, thresholds);
        const listed = services.map(({ name, moved }, i) => {
          return { name, moved, demand: scores.demand[i] ?? 0, ratio: scores.ratio[i] ?? 0 };
        });
        if (options.json)
          return output.json({ out: options.out, thresholds, services: listed, units: rows, findings: told });
        for (const { unit, people: persons, within, score, slow: low, fast: high } of rows) {
          if (persons === 0) continue;
          const name = unit === "" ? t("cli.access.no-unit") : unit;
          const part = (counts: readonly number[] | undefined) => (counts?.at(-1) ?? 0) / persons;
          const told = { name, persons, share: part(within), seconds: thresholds.at(-1) ?? 0, score };
          output.line(`  ${t("cli.access.unit", told)}`);
          if (low && high) output.line(`    ${t("cli.access.unit.band", { low: part(low), high: part(high) })}`);
        }
        output.line(t("cli.access.score.done", { out: options.out, services: services.length }));
      });
    });
}

/** Nobody lives on the raster: every figure is 0. */
export const noDemand = { code: "no-demand", severity: "warning", details: {} } as const;
