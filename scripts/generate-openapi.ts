import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { openApiDocument } from "../src/apps/server/openapi.ts";
import { rootPath } from "../src/platform/kernel/root.ts";

/** Writes the OpenAPI description of all contracts; `--check` fails when the committed file differs. */
function generateOpenApi(check: boolean): void {
  // Formatted as every other file, so that the formatter finds nothing to change.
  const text = execFileSync(
    process.execPath,
    [rootPath("node_modules", "@biomejs", "biome", "bin", "biome"), "format", "--stdin-file-path=openapi.json"],
    { cwd: rootPath(), input: JSON.stringify(openApiDocument()), encoding: "utf8", maxBuffer: 1e8 },
  );
  const file = rootPath("docs", "openapi.json");
  if (check) {
    if (readFileSync(file, "utf8") !== text)
      throw new Error("docs/openapi.json is stale: run npx tsx scripts/generate-openapi.ts");
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

generateOpenApi(process.argv.includes("--check"));
