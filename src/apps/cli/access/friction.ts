import {
  buildFriction,
  type FrictionChoices,
  type FrictionInput,
  type Grid,
  isGeographic,
  metricGrid,
  perCell,
  resample,
  type Season,
  SPEEDS,
  type SpeedTable,
  withSlope,
} from "@santi/travel-time";
import type { Command } from "commander";
import { Option } from "commander";
import { z } from "zod";
import { validationProblem } from "../../../platform/http/problems.ts";
import { distance, positiveNumber } from "../arguments.ts";
import type { Output } from "../output.ts";
import { inGrid, openRaster, readFeatures, readJson, writeRaster } from "./files.ts";
import { asProblems, tellFindings } from "./told.ts";

const rule = z.object({
  mode: z.enum(["walking", "bicycling", "motorised"]),
  dry: z.number().nullable(),
  rainy: z.number().nullable(),
});
const group = z.record(z.string(), rule);
const speedTable = z.object({ landCover: group, roads: group, rivers: group, crossings: group });

const TABLE_OF = { walk: SPEEDS.walking, bicycle: SPEEDS.bicycling, motor: SPEEDS.motorised } as const;

interface FrictionOptions {
  landCover?: string;
  roads?: string;
  rivers?: string;
  bridges?: string;
  hazards?: string;
  dem?: string;
  mode: keyof typeof TABLE_OF;
  speeds?: string;
  season: Season;
  crossings: "marked" | "all";
  reach?: number;
  hazardRule: "touched" | "centre";
  roadsStayOpen: boolean;
  cell?: number;
  out?: string;
  modes?: string;
  rules?: string;
  printSpeeds: boolean;
  compress: boolean;
  json: boolean;
}

function readSpeeds({ speeds, mode }: FrictionOptions): SpeedTable {
  if (!speeds) return TABLE_OF[mode];
  const parsed = speedTable.safeParse(readJson(speeds));
  if (!parsed.success) throw validationProblem(parsed.error);
  return parsed.data;
}

/** A grid of the same ground in the same system with cells of another size. */
function withCells(grid: Grid, cell: number): Grid {
  const [width, height] = [grid.columns * grid.cellWidth, grid.rows * grid.cellHeight];
  return {
    ...grid,
    columns: Math.ceil(width / cell),
    rows: Math.ceil(height / cell),
    cellWidth: cell,
    cellHeight: cell,
  };
}

/** `santi access friction`: friction from land cover, roads, rivers, bridges and hazardous areas, on files. */
export function frictionCommand(access: Command, output: Output): void {
  const { t } = output;
  access
    .command("friction")
    .description(t("cli.access.build"))
    .option("--land-cover <file>", t("cli.access.land-cover"))
    .option("--roads <file>", t("cli.access.roads"))
    .option("--rivers <file>", t("cli.access.rivers"))
    .option("--bridges <file>", t("cli.access.bridges"))
    .option("--hazards <file>", t("cli.access.hazards"))
    .option("--dem <file>", t("cli.access.build-dem"))
    .addOption(new Option("--mode <mode>", t("cli.access.build-mode")).choices(Object.keys(TABLE_OF)).default("walk"))
    .option("--speeds <file>", t("cli.access.speeds"))
    .addOption(new Option("--season <season>", t("cli.access.season")).choices(["dry", "rainy"]).default("dry"))
    .addOption(
      new Option("--crossings <where>", t("cli.access.crossings")).choices(["marked", "all"]).default("marked"),
    )
    .addOption(new Option("--reach <metres>", t("cli.access.reach")).argParser(distance(output)))
    .addOption(
      new Option("--hazard-rule <rule>", t("cli.access.hazard-rule")).choices(["touched", "centre"]).default("touched"),
    )
    .option("--roads-stay-open", t("cli.access.roads-stay-open"), false)
    .addOption(new Option("--cell <metres>", t("cli.access.cell")).argParser(positiveNumber(output)))
    .option("--out <file>", t("cli.access.build-out"))
    .option("--modes <file>", t("cli.access.build-modes"))
    .option("--rules <file>", t("cli.access.rules"))
    .option("--print-speeds", t("cli.access.print-speeds"), false)
    .option("--no-compress", t("cli.access.no-compress"))
    .option("--json", t("cli.option.json"), false)
    .action(async (options: FrictionOptions, command: Command) => {
      if (options.printSpeeds) return output.json(readSpeeds(options));
      const { landCover: path, out } = options;
      if (!path || !out) return command.error(t("cli.access.needs-land-cover"), { exitCode: 2 });
      await asProblems(output, options.json, async () => {
        const result = await buildOnFiles(options, path);
        await writeRaster(out, result.friction, options.compress);
        const asFloats = (data: Uint8Array) => ({ grid: result.friction.grid, data: Float32Array.from(data) });
        if (options.modes) await writeRaster(options.modes, asFloats(result.mode), options.compress);
        if (options.rules) await writeRaster(options.rules, asFloats(result.rule), options.compress);
        const { rules, findings, friction } = result;
        if (options.json) return output.json({ out, grid: friction.grid, rules, findings });
        tellFindings(output, findings, false);
        for (const { kind, class: name, speed, mode, cells } of rules) {
          if (cells === 0) continue;
          const made = t(`cli.access.rule.${kind}`, { class: name });
          const by =
            speed === null
              ? t("cli.access.impassable")
              : t("cli.access.speed", { speed, mode: t(`cli.access.by.${mode}`) });
          output.line(`  ${t("cli.access.rule", { made, by, cells })}`);
        }
        output.line(t("cli.access.build.done", { out, columns: friction.grid.columns, rows: friction.grid.rows }));
      });
    });
}

async function buildOnFiles(options: FrictionOptions, path: string) {
  let landCover = await (await openRaster(path)).read();
  let elevation = options.dem ? await (await openRaster(options.dem)).read() : undefined;
  if (options.cell) {
    const { grid } = landCover;
    const wanted = isGeographic(grid.epsg) ? metricGrid(grid, options.cell) : withCells(grid, options.cell);
    landCover = resample(landCover, wanted, "nearest");
    elevation = elevation && resample(elevation, wanted, "bilinear");
  }
  const { grid } = landCover;
  const layer = (file: string | undefined) => file && inGrid(readFeatures(file, grid), grid);
  const input: FrictionInput = {
    landCover,
    elevation,
    roads: layer(options.roads) || undefined,
    rivers: layer(options.rivers) || undefined,
    bridges: layer(options.bridges) || undefined,
    hazards: layer(options.hazards) || undefined,
  };
  const choices: FrictionChoices = {
    speeds: readSpeeds(options),
    season: options.season,
    coordinates: "grid",
    riverCrossing: options.crossings === "all" ? "roads" : "crossings",
    ...(options.reach === undefined ? {} : { crossingReach: options.reach }),
    hazardRule: options.hazardRule,
    roadsThroughHazards: options.roadsStayOpen,
  };
  const built = buildFriction(input, choices);
  return { ...built, friction: perCell(elevation ? withSlope(built, elevation) : built.friction) };
}
