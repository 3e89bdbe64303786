import { ensureInstalled, requireNode, run } from "./support/install.js";

requireNode();
ensureInstalled();
const npx = (...args) => run("npx", ["--no-install", ...args]);
npx("tsc", "--noEmit", "-p", ".");
npx("biome", "check", ".");
// What is generated is committed; it must be what its source gives.
npx("tsx", "scripts/generate-types.ts", "--check");
npx("tsx", "scripts/generate-openapi.ts", "--check");
