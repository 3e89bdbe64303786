import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build as buildWeb } from "vite";
import { bundleNode, threads } from "./support/bundle.js";
import { root } from "./support/install.js";

/**
 * Bundles server and command line with their packages into `dist/`: reading a thousand small files would take longer
 * than anything else at the start.
 */
const buildNode = () => bundleNode({ cli: "src/apps/cli/main.ts", ...threads }, "dist");

/** Compresses what the server sends, once, so that it need not at every request. */
function compressFiles(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) compressFiles(path);
    else if (/\.(js|mjs|css|html|svg|json|webmanifest)$/.test(name) && statSync(path).size > 1024) {
      const data = readFileSync(path);
      writeFileSync(`${path}.gz`, gzipSync(data, { level: 9 }));
      writeFileSync(`${path}.br`, brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }));
    }
  }
}

/** Prepares the tables of new embedded databases, with the loader for TypeScript because it reads the program's source. */
async function prepareDatabase() {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/prepare-database.ts"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`Preparing the first database ended with ${code}`);
}

rmSync(join(root, "dist"), { recursive: true, force: true });
await Promise.all([
  buildNode(),
  prepareDatabase(),
  buildWeb({ configFile: join(root, "src/apps/web/vite.config.ts"), logLevel: "warn" }).then(() =>
    compressFiles(join(root, "dist", "web")),
  ),
]);
