import { populatedCells, type Siting, siteByCoverage, siteByTime } from "@santi/travel-time";
import { siteAnywhereInThreads } from "@santi/travel-time/parallel-access";
import { type Command, Option } from "commander";
import { count, distance, positiveNumber } from "../arguments.ts";
import type { Output } from "../output.ts";
import { costsOf } from "./amounts.ts";
import { cellFeatures, openRaster, writeWhole } from "./files.ts";
import {
  checkGroundOptions,
  checkMemory,
  type GroundOptions,
  groundOptions,
  type PlacedService,
  placeServices,
  readGround,
} from "./options.ts";
import { catchmentsOf, noDemand, readPeople, withProgress } from "./score.ts";
import { asProblems, tellFindings } from "./told.ts";

interface SiteOptions extends GroundOptions {
  existing?: string;
  candidates?: string;
  population: string;
  max: number;
  count: number;
  by: "coverage" | "time";
  cost?: string;
  budget?: number;
  out: string;
}

/** `santi access site`: where further services would help most, on files. */
export function siteCommand(access: Command, output: Output): void {
  const { t } = output;
  groundOptions(access.command("site"), output)
    .description(t("cli.access.site"))
    .requiredOption("--population <file>", t("cli.access.population"))
    .addOption(
      new Option("--max <seconds>", t("cli.access.reach-time")).argParser(distance(output)).makeOptionMandatory(),
    )
    .addOption(new Option("--count <number>", t("cli.access.count")).argParser(count(output)).makeOptionMandatory())
    .option("--candidates <file>", t("cli.access.candidates"))
    .option("--existing <file>", t("cli.access.existing"))
    .addOption(new Option("--by <goal>", t("cli.access.by-goal")).choices(["coverage", "time"]).default("coverage"))
    .option("--cost <property>", t("cli.access.cost"))
    .addOption(new Option("--budget <amount>", t("cli.access.budget")).argParser(positiveNumber(output)))
    .requiredOption("--out <file>", t("cli.access.site-out"))
    .action(async (options: SiteOptions, self: Command) => {
      checkGroundOptions(self, options, output);
      if (options.by === "time" && !options.candidates)
        self.error(t("cli.access.time-needs-candidates"), { exitCode: 2 });
      if ((options.cost !== undefined || options.budget !== undefined) && !options.candidates)
        self.error(t("cli.access.cost-needs-candidates"), { exitCode: 2 });
      await asProblems(output, options.json, async () => {
        const file = await openRaster(options.friction);
        checkMemory(file.grid, options, 24);
        const ground = await readGround(file, options);
        const { friction, movement } = ground;
        const people = await readPeople(options.population, file.grid);
        const place = (path: string | undefined) =>
          path ? placeServices(path, friction, options, output) : { services: [], findings: [] };
        const [existing, candidates] = [place(options.existing), place(options.candidates)];
        const nobody = people.data.some((each) => each > 0) ? [] : [noDemand];
        const findings = [...existing.findings, ...candidates.findings, ...nobody];
        tellFindings(output, findings, options.json);
        const held = await catchmentsOf(ground, existing.services, options, output);
        const among = options.candidates ? candidates.services : null;
        const cells = among ? Int32Array.from(among, ({ cell }) => cell) : populatedCells(friction, people.data);
        let siting: Siting;
        let costs: number[] | null = null;
        if (among) {
          if (options.cost !== undefined) costs = costsOf(among, options.cost);
          const found = await catchmentsOf(ground, among, options, output);
          const { budget } = options;
          const asked = { existing: held, ...(costs ? { costs } : {}), ...(budget === undefined ? {} : { budget }) };
          siting =
            options.by === "time"
              ? siteByTime(found, people.data, options.count, { ...asked, beyond: options.max })
              : siteByCoverage(found, people.data, options.count, asked);
        } else {
          siting = await siteAnywhereInThreads(friction, cells, people.data, options.count, {
            ...{ maximum: options.max, movement, knight: options.knight, existing: held },
            ...(options.threads ? { threads: options.threads } : {}),
            ...withProgress(output),
          });
        }
        output.endProgress();
        const chosen = siting.chosen.map((candidate, i) => ({
          cell: cells[candidate] as number,
          properties: {
            ...{ rank: i + 1, gain: siting.gains[i] ?? 0, ...nameOf(among, candidate) },
            ...(costs ? { cost: costs[candidate] as number } : {}),
          },
        }));
        const features = cellFeatures(file.grid, chosen);
        await writeWhole(options.out, new Blob([`${JSON.stringify(features)}\n`]));
        const { evaluations } = siting;
        if (options.json) {
          const sites = chosen.map(({ cell, properties }) => ({ cell, ...properties }));
          return output.json({
            out: options.out,
            by: options.by,
            candidates: cells.length,
            evaluations,
            sites,
            ...(costs ? { spent: spentOn(chosen) } : {}),
            findings,
          });
        }
        for (const { properties } of features.features) {
          output.line(`  ${t(`cli.access.site.gain.${options.by}`, { rank: 0, gain: 0, name: "", ...properties })}`);
        }
        if (costs) output.line(t("cli.access.site.spent", { spent: spentOn(chosen) }));
        output.line(t("cli.access.site.done", { out: options.out, chosen: chosen.length, candidates: cells.length }));
      });
    });
}

/** What the chosen places cost together. */
const spentOn = (chosen: readonly { properties: { cost?: number } }[]): number =>
  chosen.reduce((sum, { properties }) => sum + (properties.cost ?? 0), 0);

const nameOf = (among: readonly PlacedService[] | null, candidate: number): { name?: string } => {
  const name = among?.[candidate]?.name;
  return name === undefined ? {} : { name };
};
