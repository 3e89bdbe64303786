/**
 * Compiles `assembly/kernel.ts` and writes it as text to `src/kernel/kernel.generated.ts`, so that it needs no file of
 * its own in a bundle, a browser or a thread.
 *
 * npm run build:kernel --workspace packages/travel-time
 */
import { writeFileSync } from "node:fs";
import { compileKernel, kernelSource } from "./compile-kernel.ts";

writeFileSync(kernelSource, await compileKernel());
