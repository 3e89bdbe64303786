import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const shared = { environment: "node", testTimeout: 180_000, hookTimeout: 300_000 } as const;

/** Files whose tests take minutes though they are short: at the end nothing else would run beside them. */
const long = /\/tests\/(journeys\/pages|nothing-leaks|authorisation)\./;

/** Vitest's order, by what each file took before or else by size, with the long files first. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const ordered = await super.sort(files);
    return [
      ...ordered.filter((file) => long.test(file.moduleId)),
      ...ordered.filter((file) => !long.test(file.moduleId)),
    ];
  }
}

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
    sequence: { sequencer: LongestFirst },
    // Journeys wait for a browser and suites for a server, so that one file more than processors keeps them busy.
    maxWorkers: Math.min(4, availableParallelism() + 1),
    // Each file opens its database once: compiling it well takes longer than the quick compiler's code loses.
    execArgv: ["--liftoff-only"],
  },
});
