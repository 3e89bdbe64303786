import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureDebianPackages, hasChromium } from "./support/debian.js";
import { ensureBuilt, ensureInstalled, requireNode, root } from "./support/install.js";
import { findPostgres, startPostgres } from "./support/postgres.js";

requireNode();
ensureInstalled();
const version = findPostgresVersion();
ensureDebianPackages([
  { name: "chromium", present: hasChromium },
  { name: `postgresql-${version}-postgis-3`, present: () => findPostgres() !== null },
]);
ensureBuilt();

// A server given by address is used as it is; else one is started for this run alone.
const given = process.env.SANTI_TEST_DATABASE_URL;
const server = given
  ? null
  : await startPostgres({ settings: ["max_connections=300", "shared_buffers=256MB", "fsync=off"] });
const result = spawnSync(
  process.execPath,
  [join(root, "node_modules", "vitest", "vitest.mjs"), "run", ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, SANTI_TEST_DATABASE_URL: given ?? server.url },
  },
);
server?.stop();
process.exit(result.status ?? 1);

function findPostgresVersion() {
  for (const candidate of [15, 16, 17, 18]) {
    const found = spawnSync("apt-cache", ["show", `postgresql-${candidate}-postgis-3`], { stdio: "ignore" });
    if (found.status === 0) return candidate;
  }
  return 15;
}
