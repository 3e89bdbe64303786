import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build as bundle } from "esbuild";
import { build as buildWeb } from "vite";
import { root } from "./support/install.js";

/** Packages that stay outside the bundle: native or WebAssembly code beside their files, or loaded only when needed. */
const apart = ["@node-rs/argon2", "@electric-sql/*", "@myriaddreamin/*", "node-sqlite3-wasm", "exceljs", "pg-native"];

/**
 * Bundles server and command line with their packages into `dist/`: reading a thousand small files would take longer
 * than anything else at the start.
 */
async function buildNode() {
  await bundle({
    absWorkingDir: root,
    entryPoints: {
      cli: "src/apps/cli/main.ts",
      "embedded-worker": "src/platform/database/embedded-worker.ts",
      "typst-worker": "src/platform/documents/typst-worker.ts",
      "access-worker": "src/domains/access-to-care/engine/worker.ts",
    },
    outdir: "dist",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    external: apart,
    // Packages in the old module format call `require` for the modules of Node.
    banner: {
      js: 'import { createRequire as createSantiRequire } from "node:module"; const require = createSantiRequire(import.meta.url);',
    },
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
