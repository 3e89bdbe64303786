import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt, ensureInstalled, requireNode, root } from "./support/install.js";

requireNode();
ensureInstalled();
ensureBuilt();
const all = readdirSync(join(root, "benchmarks"))
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.slice(0, -3));
const [wanted, ...rest] = process.argv.slice(2);
if (wanted && !all.includes(wanted)) {
  console.error(`There is no benchmark "${wanted}". There are: ${all.join(", ")}`);
  process.exit(2);
}
let failed = 0;
for (const name of wanted ? [wanted] : all) {
  console.log(`\n== ${name}`);
  const { status } = spawnSync(join(root, "node_modules", ".bin", "tsx"), [`benchmarks/${name}.ts`, ...rest], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) failed++;
}
process.exit(failed > 0 ? 1 : 0);
