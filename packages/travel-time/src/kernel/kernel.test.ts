import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { compileKernel, kernelSource } from "../../scripts/compile-kernel.ts";

it("the compiled kernel is what its source compiles to, byte for byte", async () => {
  expect(readFileSync(kernelSource, "utf8") === (await compileKernel()), "run npm run build:kernel").toBe(true);
}, 300_000);
