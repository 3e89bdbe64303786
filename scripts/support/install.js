import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the project. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Ends with a sentence when Node is too old; nothing else could be relied on. */
export function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Santi needs Node 20.19 or later; this is ${process.version}. See https://nodejs.org`);
  process.exit(2);
}

/** Runs a command in the project's folder and ends with its code when it fails. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
    ...options,
  });
  if (result.status !== 0) process.exit(result.status ?? 1);
}

/** Installs the packages of package-lock.json when they are missing or older than it. */
export function ensureInstalled() {
  const lock = join(root, "package-lock.json");
  const marker = join(root, "node_modules", ".package-lock.json");
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(lock).mtimeMs - 1000) return;
  if (existsSync(marker) && sameLock(lock)) return;
  console.error("Installing packages…");
  // Exactly what the lock file says; where a mirror lacks a package for another platform, what can be had.
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  const exact = spawnSync("npm", ["ci", ...quiet], {
    cwd: root,
    stdio: ["ignore", "ignore", "pipe"],
    shell: process.platform === "win32",
    encoding: "utf8",
  });
  if (exact.status !== 0) {
    console.error(exact.stderr.split("\n").slice(0, 3).join("\n"));
    run("npm", ["install", "--no-save", ...quiet], { stdio: ["ignore", "ignore", "inherit"] });
  }
  writeFileSync(join(root, "node_modules", ".santi-lock"), digest(readFileSync(lock)));
}

function sameLock(lock) {
  const note = join(root, "node_modules", ".santi-lock");
  return existsSync(note) && readFileSync(note, "utf8") === digest(readFileSync(lock));
}

const digest = (data) => createHash("sha256").update(data).digest("hex");

/** A fingerprint of everything that goes into the build. */
export function sourceKey() {
  const hash = createHash("sha256");
  const visit = (path) => {
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) visit(join(path, name));
    } else if (!/\.test\.tsx?$/.test(path)) hash.update(path.slice(root.length)).update(readFileSync(path));
  };
  for (const part of [
    "src",
    ...readdirSync(join(root, "packages")).map((name) => join("packages", name, "src")),
    "sample-region",
    "assets/boundaries",
    "assets/database",
    "scripts/build.js",
    "scripts/prepare-database.ts",
    "package-lock.json",
  ]) {
    if (existsSync(join(root, part))) visit(join(root, part));
  }
  return hash.digest("hex");
}

/** Builds the program when its source changed since the last build. */
export function ensureBuilt() {
  const note = join(root, "dist", "source-key");
  const key = sourceKey();
  if (existsSync(note) && readFileSync(note, "utf8") === key) return;
  console.error("Building…");
  run(process.execPath, ["scripts/build.js"]);
  mkdirSync(join(root, "dist"), { recursive: true });
  writeFileSync(note, key);
}
