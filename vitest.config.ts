import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const shared = { environment: "node", testTimeout: 180_000, hookTimeout: 300_000 } as const;

export default defineConfig({
  test: {
    ...shared,
    include: [
      "packages/*/src/**/*.test.ts",
      "src/**/*.test.ts",
      "src/**/*.test.tsx",
      "sample-region/**/*.test.ts",
      "scripts/**/*.test.ts",
      "tests/**/*.test.ts",
    ],
    env: { TZ: "UTC" },
    // Journeys wait for a browser and suites for a server, so that one file more than processors keeps them busy.
    maxWorkers: Math.min(4, availableParallelism() + 1),
    // Each file opens its database once: compiling it well takes longer than the quick compiler's code loses.
    execArgv: ["--liftoff-only"],
  },
});
