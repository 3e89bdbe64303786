import { totalmem } from "node:os";
import {
  type Grid,
  isGeographic,
  MODE,
  type Movement,
  placeSources,
  type Raster,
  type RasterFile,
  type Source,
  TravelTimeProblem,
} from "@santi/travel-time";
import { estimateMemory } from "@santi/travel-time/memory";
import { type Command, Option } from "commander";
import { defineProblems, Problem } from "../../../platform/kernel/problem.ts";
import { distance, positiveNumber, wholeNumber } from "../arguments.ts";
import { CommandFailed, type Output } from "../output.ts";
import { type NamedPoint, pointsOf, readFeatures, readOnGrid } from "./files.ts";
import { type Finding, megabytes, tellFindings } from "./told.ts";

const memoryProblems = defineProblems("travel", { "coarser-would-fit": 413 });

/** What people can travel by on the command line: Langmuir's walk, Tobler's, a bicycle, a motor vehicle. */
export const travelModes = ["walk", "tobler", "bicycle", "motor"] as const;
type TravelMode = (typeof travelModes)[number];
const MODE_OF = { tobler: MODE.walking, bicycle: MODE.bicycling, motor: MODE.motorised } as const;

/** What every search is told. */
export interface GroundOptions {
  friction: string;
  dem?: string;
  mode?: TravelMode;
  modes?: string;
  towards: boolean;
  knight: boolean;
  snap: number;
  skip: boolean;
  memory?: number;
  threads?: number;
  compress: boolean;
  json: boolean;
}

/** Adds the options that say over which ground people travel, and how. */
export function groundOptions(command: Command, output: Output): Command {
  const { t } = output;
  return command
    .requiredOption("--friction <file>", t("cli.access.friction"))
    .option("--dem <file>", t("cli.access.dem"))
    .addOption(new Option("--mode <mode>", t("cli.access.mode")).choices(travelModes))
    .option("--modes <file>", t("cli.access.modes"))
    .option("--towards", t("cli.access.towards"), false)
    .option("--knight", t("cli.access.knight"), false)
    .addOption(new Option("--snap <distance>", t("cli.access.snap")).argParser(distance(output)).default(0))
    .option("--skip", t("cli.access.skip"), false)
    .addOption(new Option("--memory <megabytes>", t("cli.access.memory")).argParser(positiveNumber(output)))
    .addOption(new Option("--threads <count>", t("cli.access.threads")).argParser(wholeNumber(output)))
    .option("--no-compress", t("cli.access.no-compress"))
    .option("--json", t("cli.option.json"), false);
}

/** Refuses options that do not go together: exit code 2. */
export function checkGroundOptions(command: Command, options: GroundOptions, { t }: Output): void {
  const sloped = options.mode !== undefined || options.modes !== undefined || options.towards;
  if (sloped && !options.dem) command.error(t("cli.access.needs-dem"), { exitCode: 2 });
  if (options.mode && options.modes) command.error(t("cli.access.mode-or-modes"), { exitCode: 2 });
  const walks = options.dem && !options.modes && (options.mode ?? "walk") === "walk";
  if (walks && options.towards) command.error(t("cli.access.walk-leaves"), { exitCode: 2 });
}

/** The kind of search that the options ask for. */
export function kindOf({ dem, mode = "walk", modes }: GroundOptions): Movement["kind"] {
  if (!dem) return "friction";
  return mode === "walk" && !modes ? "langmuir" : "modes";
}

/** Bytes a search may take: as told, else four fifths of the machine's memory. */
export const memoryOf = ({ memory }: { memory?: number }): number => (memory ? memory * 1e6 : totalmem() * 0.8);

/**
 * Refuses, before any cell is read, a raster that memory would not hold, with the width of cells that would fit.
 * @param extra bytes by cell that the command needs besides the search
 */
export function checkMemory(grid: Grid, options: GroundOptions, extra = 0): void {
  const given = memoryOf(options) - grid.columns * grid.rows * extra;
  const { needed, fits, grid: coarse } = estimateMemory(grid, kindOf(options), Math.max(0, given), options.threads);
  if (fits) return;
  throw new Problem(memoryProblems["coarser-would-fit"], {
    needed: megabytes(needed + grid.columns * grid.rows * extra),
    given: megabytes(memoryOf(options)),
    cell: grid.cellWidth,
    coarser: coarse.cellWidth,
  });
}

/** Ground that is ready to be searched. */
export interface Ground {
  readonly friction: Raster;
  readonly movement: Movement;
}

/** Reads the rasters of a search. Friction per cell becomes friction per metre where slopes are counted in metres. */
export async function readGround(file: RasterFile, options: GroundOptions): Promise<Ground> {
  const friction = await file.read();
  if (!options.dem) return { friction, movement: { kind: "friction" } };
  const { grid } = friction;
  const elevation = await readOnGrid(options.dem, grid);
  const { mode = "walk", modes, towards } = options;
  if (mode === "walk" && !modes) return { friction, movement: { kind: "langmuir", elevation } };
  if (Math.abs(grid.cellWidth - grid.cellHeight) > grid.cellWidth / 1000) {
    throw new TravelTimeProblem("grid-invalid", "Friction per cell needs square cells.");
  }
  const perMetre = { grid, data: friction.data.map((value) => value / grid.cellWidth) };
  const by = modes
    ? Uint8Array.from((await readOnGrid(modes, grid)).data, (value) => (value >= 0 ? value : 0))
    : new Uint8Array(friction.data.length).fill(MODE_OF[mode === "walk" ? "tobler" : mode]);
  return {
    friction: perMetre,
    movement: { kind: "modes", elevation, mode: by, direction: towards ? "towards" : "from" },
  };
}

/** A service with the cell it was given. */
export interface PlacedService extends NamedPoint {
  readonly cell: number;
  readonly moved: number;
}

/** Services on passable cells, and what is to be known about their places. */
export interface PlacedServices {
  readonly services: readonly PlacedService[];
  readonly findings: readonly Finding[];
}

/**
 * Reads services and gives each a passable cell. One in the sea or on a barrier is moved to the nearest such cell within
 * `--snap`, told with the distance; else it ends the command, or with `--skip` is left out.
 */
export function placeServices(path: string, friction: Raster, options: GroundOptions, output: Output): PlacedServices {
  const points = pointsOf(readFeatures(path, friction.grid), friction.grid);
  const findings: Finding[] = [];
  const services: PlacedService[] = [];
  const free = friction.data.reduce((cells, value) => (value === 0 ? cells + 1 : cells), 0);
  if (free > 0) findings.push({ code: "friction-free", severity: "warning", details: { cells: free } });
  const unit = isGeographic(friction.grid.epsg) ? "°" : "m";
  placeSources(friction, points, options.snap).forEach((placed, index) => {
    const point = points[index] as NamedPoint;
    if (placed.refused) {
      const details = { name: point.name, snap: options.snap, unit };
      findings.push({ code: `source-${placed.refused}`, severity: options.skip ? "warning" : "error", details });
      return;
    }
    if (placed.moved > 0) {
      const distance = unit === "m" ? Math.round(placed.moved) : Number(placed.moved.toPrecision(2));
      const details = { name: point.name, distance, unit };
      findings.push({ code: "source-moved", severity: "warning", details });
    }
    services.push({ ...point, cell: placed.cell, moved: placed.moved });
  });
  if (services.length === 0 && options.skip) findings.push({ code: "no-sources", severity: "error", details: {} });
  if (findings.some(({ severity }) => severity === "error")) {
    if (options.json) output.json({ findings });
    else tellFindings(output, findings, false);
    throw new CommandFailed();
  }
  return { services, findings };
}

/** The cells of services as sources of a search. */
export const sourcesOf = (services: readonly PlacedService[]): Source[] => services.map(({ cell }) => ({ cell }));
