import { travelTime } from "@santi/travel-time";
import { travelTimeInThreads } from "@santi/travel-time/parallel";
import type { Command } from "commander";
import { Option } from "commander";
import { distance } from "../arguments.ts";
import type { Output } from "../output.ts";
import { interruptSignal } from "../with-node.ts";
import { openRaster, writeRaster } from "./files.ts";
import {
  checkGroundOptions,
  checkMemory,
  type GroundOptions,
  groundOptions,
  placeServices,
  readGround,
  sourcesOf,
} from "./options.ts";
import { asProblems, tellFindings } from "./told.ts";

interface TravelTimeOptions extends GroundOptions {
  sources: string;
  max?: number;
  allocation?: string;
  out: string;
}

/** Bytes by cell that tracing routes takes besides the search. */
const ROUTES = 24;

/** `santi access travel-time`: least travel time from services, on files. */
export function travelTimeCommand(access: Command, output: Output): void {
  const { t } = output;
  groundOptions(access.command("travel-time"), output)
    .requiredOption("--sources <file>", t("cli.access.sources"))
    .description(t("cli.access.travel-time"))
    .addOption(new Option("--max <seconds>", t("cli.access.max")).argParser(distance(output)))
    .option("--allocation <file>", t("cli.access.allocation"))
    .requiredOption("--out <file>", t("cli.access.out"))
    .action(async (options: TravelTimeOptions, command: Command) => {
      checkGroundOptions(command, options, output);
      await asProblems(output, options.json, async () => {
        const file = await openRaster(options.friction);
        checkMemory(file.grid, options, options.allocation ? ROUTES : 0);
        const { friction, movement } = await readGround(file, options);
        const { services, findings } = placeServices(options.sources, friction, options, output);
        tellFindings(output, findings, options.json);
        const { knight, max: maximum = Number.POSITIVE_INFINITY } = options;
        const asked = { movement, knight, maximum };
        const found = options.allocation
          ? travelTime(friction, sourcesOf(services), { ...asked, routes: true })
          : await travelTimeInThreads(friction, sourcesOf(services), {
              ...asked,
              ...(options.threads ? { threads: options.threads } : {}),
              signal: interruptSignal(),
              onProgress: ({ opened, passable }) =>
                output.progress(t("cli.access.searching", { share: Math.min(1, opened / Math.max(1, passable)) })),
            });
        output.endProgress();
        const { grid, time, nearest } = found;
        await writeRaster(options.out, { grid, data: time }, options.compress);
        if (options.allocation && nearest) {
          const data = Float32Array.from(nearest, (service) => (service < 0 ? Number.NaN : service + 1));
          await writeRaster(options.allocation, { grid, data }, options.compress);
        }
        let [reached, longest] = [0, 0];
        for (const each of time) {
          if (Number.isNaN(each)) continue;
          reached++;
          longest = Math.max(longest, each);
        }
        const result = { out: options.out, grid, services: services.length, reached, longest, findings };
        if (options.json) output.json({ ...result, allocation: options.allocation ?? null });
        else output.line(t("cli.access.travel-time.done", { ...result, cells: time.length }));
      });
    });
}
