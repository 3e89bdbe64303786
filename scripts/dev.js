import { spawn } from "node:child_process";
import { join } from "node:path";
import { ensureInstalled, requireNode, root } from "./support/install.js";

requireNode();
ensureInstalled();
const bin = (name) => join(root, "node_modules", ".bin", name);
const children = [
  spawn(bin("tsx"), ["watch", "--clear-screen=false", "src/apps/cli/main.ts", "start", "--sample", "--port", "8600"], {
    cwd: root,
    stdio: "inherit",
  }),
  spawn(bin("vite"), ["--config", "src/apps/web/vite.config.ts"], { cwd: root, stdio: "inherit" }),
];
const stop = () => {
  for (const child of children) child.kill();
};
process.on("SIGINT", stop);
process.on("SIGTERM", stop);
for (const child of children) child.on("exit", stop);
