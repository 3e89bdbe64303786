import { execFileSync, spawnSync } from "node:child_process";

/**
 * Runs one of the GeographicLib command line tools on lines of input.
 * @returns its output lines
 */
export function geographicTool(
  tool: "GeoConvert" | "Planimeter",
  args: readonly string[],
  lines: readonly string[],
): readonly string[] {
  const output = execFileSync(tool, [...args], {
    input: `${lines.join("\n")}\n`,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  return output.trimEnd().split("\n");
}

/** Whether a GeographicLib command line tool is installed; says so when it is not. */
export function hasGeographicTool(tool: "GeoConvert" | "Planimeter"): boolean {
  const present = spawnSync(tool, ["--version"], { stdio: "ignore" }).error === undefined;
  if (!present) console.warn(`${tool} is not installed; the tests that compare with it are skipped`);
  return present;
}
