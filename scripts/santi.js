#!/usr/bin/env node
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt, ensureInstalled, requireNode, root } from "./support/install.js";

requireNode();
// In a packed installation the program is built and its source may be absent.
if (existsSync(join(root, "src"))) {
  ensureInstalled();
  ensureBuilt();
}
await import("../dist/cli.js");
