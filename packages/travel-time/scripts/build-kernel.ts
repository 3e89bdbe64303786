/**
 * Compiles `assembly/kernel.ts` and bundles `src/kernel/slab-worker.ts`, and writes both as text beside the sources
 * (`*.generated.ts`), so that they need no files of their own in a bundle, a browser or a thread.
 *
 * npm run build:kernel --workspace packages/travel-time
 */
import { writeFileSync } from "node:fs";
import { bundleWorker, workerSource } from "./bundle-worker.ts";
import { compileKernel, kernelSource } from "./compile-kernel.ts";

writeFileSync(kernelSource, await compileKernel());
writeFileSync(workerSource, await bundleWorker());
