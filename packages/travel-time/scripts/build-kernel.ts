/**
 * Compiles `assembly/kernel.ts` and bundles the threads' `src/kernel/*-worker.ts`, and writes all as text beside the sources
 * (`*.generated.ts`), so that they need no files of their own in a bundle, a browser or a thread.
 *
 * npm run build:kernel --workspace packages/travel-time
 */
import { writeFileSync } from "node:fs";
import { bundleWorker, workerSource } from "./bundle-worker.ts";
import { compileKernel, kernelSource } from "./compile-kernel.ts";

writeFileSync(kernelSource, await compileKernel());
for (const name of ["slab", "reach"] as const) writeFileSync(workerSource(name), await bundleWorker(name));
