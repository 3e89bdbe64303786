import { runProgram } from "./program.ts";

// A reader that has seen enough (`santi account list | head`) is no failure, and no reason to stop serving.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (cause: NodeJS.ErrnoException) => {
    if (cause.code !== "EPIPE") throw cause;
  });
}

process.exitCode = await runProgram(process.argv.slice(2));
