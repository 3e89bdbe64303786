import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Command, Option } from "commander";
import { openDatabase } from "../../platform/database/open.ts";
import { portNumber } from "./arguments.ts";
import { nodeLocation } from "./location.ts";
import type { Output } from "./output.ts";

/** `santi start`: serves a node until it is told to stop. */
export function startCommand(program: Command, output: Output): void {
  const { t } = output;
  program
    .command("start")
    .description(t("cli.start.description"))
    .addOption(
      new Option("--port <number>", t("cli.start.port")).argParser(portNumber(output)).env("PORT").default(8600),
    )
    .option("--host <address>", t("cli.start.host"), process.env.HOST ?? "127.0.0.1")
    .option("--address <url>", t("cli.start.address"), process.env.SANTI_ADDRESS)
    .option("--behind-proxy", t("cli.start.behind-proxy"), false)
    .option("--sample", t("cli.start.sample"), false)
    .action(
      async (
        options: { port: number; host: string; address?: string; behindProxy: boolean; sample: boolean },
        command: Command,
      ) => {
        const location = nodeLocation(command);
        const isNew = !location.databaseUrl && !existsSync(join(location.directory, "db"));
        // The embedded database opens in a thread of its own; the program is read from disk meanwhile.
        const opening = openDatabase(
          location.databaseUrl
            ? { url: location.databaseUrl }
            : { directory: location.directory, begin: options.sample ? "sample" : "tables" },
        );
        opening.catch(() => {});
        const [{ prepareNode, sampleCountry }, { remoteAddress, serveNode }, sample] = await Promise.all([
          import("../server/node.ts"),
          import("../server/serve.ts"),
          import("./sample.ts"),
        ]);
        const { addSample, firstSample, hasSample, inventAhead, wantsSample } = sample;
        const invention = options.sample && isNew ? inventAhead(firstSample) : null;
        const database = await opening;
        const node = await prepareNode(database, {
          ...location,
          publicAddress: options.address ?? `http://localhost:${options.port}`,
          clientAddress: remoteAddress,
        }).catch(async (cause) => {
          await database.close();
          throw cause;
        });
        try {
          if (options.sample && (await wantsSample(node.database.owner)))
            await addSample(node, output, invention ?? inventAhead(firstSample));
        } catch (cause) {
          await node.close();
          throw cause;
        }
        const server = await serveNode(node, options).catch(async (cause) => {
          await node.close();
          throw cause;
        });
        output.line(
          t("cli.start.ready", { address: options.address ?? server.address.replace("127.0.0.1", "localhost") }),
        );
        if (await hasSample(node.database.owner)) {
          output.line(t("cli.start.sample-accounts"));
          for (const { role, email, password } of node.access.sampleAccounts(sampleCountry)) {
            output.line(`  ${t(`role.${role}`).padEnd(28)} ${email.padEnd(44)} ${password}`);
          }
        }
        let stopping = false;
        const stop = () => {
          if (stopping) process.exit(1);
          stopping = true;
          server.stop().then(
            () => process.exit(0),
            (cause) => {
              output.problem(cause);
              process.exit(1);
            },
          );
        };
        process.on("SIGINT", stop);
        process.on("SIGTERM", stop);
      },
    );
}
