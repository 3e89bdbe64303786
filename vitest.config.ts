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
    maxWorkers: 2,
  },
});
