import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build as bundle } from "esbuild";
import { build as buildWeb } from "vite";
import { root } from "./support/install.js";

/** Bundles server and command line into `dist/`; npm packages stay where they are, the workspace's own go in. */
async function buildNode() {
  const packages = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  await bundle({
    absWorkingDir: root,
    entryPoints: { cli: "src/apps/cli/main.ts", "embedded-worker": "src/platform/database/embedded-worker.ts" },
    outdir: "dist",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    external: [
      ...Object.keys(packages.dependencies),
      ...Object.keys(packages.dependencies).map((name) => `${name}/*`),
    ].filter((name) => !name.startsWith("@santi/")),
    chunkNames: "chunk-[hash]",
    sourcemap: true,
    logLevel: "warning",
  });
}

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

rmSync(join(root, "dist"), { recursive: true, force: true });
await Promise.all([
  buildNode(),
  buildWeb({ configFile: join(root, "src/apps/web/vite.config.ts"), logLevel: "warn" }).then(() =>
    compressFiles(join(root, "dist", "web")),
  ),
]);
