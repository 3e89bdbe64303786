import { build } from "esbuild";
import { root } from "./install.js";

/** Packages that stay outside the bundle: native or WebAssembly code beside their files, or loaded only when needed. */
const apart = ["@node-rs/argon2", "@electric-sql/*", "@myriaddreamin/*", "node-sqlite3-wasm", "exceljs", "pg-native"];

/** Threads of the program: files that it starts by name, so that each is an entry of its own. */
export const threads = {
  "embedded-worker": "src/platform/database/embedded-worker.ts",
  "typst-worker": "src/platform/documents/typst-worker.ts",
  "access-worker": "src/domains/access-to-care/engine/worker.ts",
};

/** Bundles entries and what they import, packages too, for Node. */
export async function bundleNode(entryPoints, outdir) {
  await build({
    absWorkingDir: root,
    entryPoints,
    outdir,
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
