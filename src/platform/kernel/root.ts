import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

function findRoot(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest) && (JSON.parse(readFileSync(manifest, "utf8")) as { name?: string }).name === "santi")
      return folder;
    if (dirname(folder) === folder) throw new Error(`No package.json named "santi" above ${start}`);
  }
}

let root: string | undefined;

/** The path of a file of the installation, from source or from the built program; Node only. */
export function rootPath(...parts: string[]): string {
  root ??= findRoot(dirname(fileURLToPath(import.meta.url)));
  return join(root, ...parts);
}

/** The version of the program, from its package.json. */
export function programVersion(): string {
  return (JSON.parse(readFileSync(rootPath("package.json"), "utf8")) as { version: string }).version;
}
