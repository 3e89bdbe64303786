import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { catalogues } from "../../platform/i18n/vite-catalogues.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const server = process.env.SANTI_SERVER ?? "http://localhost:8600";

export default defineConfig({
  root: here("."),
  publicDir: false,
  plugins: [react(), catalogues()],
  resolve: {
    alias: [
      // Contracts declare their shapes with zod; only the server checks them. Without it a first load is 28 kB smaller.
      { find: /^zod$/, replacement: here("./zod-stand-in.ts") },
      // Messages arrive parsed.
      { find: /^@formatjs\/icu-messageformat-parser$/, replacement: here("../../platform/i18n/no-parser.ts") },
    ],
  },
  build: {
    outDir: here("../../../dist/web"),
    emptyOutDir: true,
    sourcemap: false,
    target: "es2022",
    // The map is the one large part, and is loaded only where a map is shown.
    chunkSizeWarningLimit: 1200,
    // Fonts and pictures stay files: the content security policy allows no data: sources for them.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "map", test: /node_modules[\\/](maplibre-gl|pmtiles)[\\/]/ },
            // What the first page needs travels in two files, of which the first rarely changes: fewer requests on a
            // slow line. All other pages bring what they need beyond it.
            { name: "framework", tags: ["$initial"], test: /node_modules/ },
            { name: "start", tags: ["$initial"] },
            // Small parts that most other pages share.
            {
              name: "controls",
              test: /src[\\/]platform[\\/](ui[\\/](Checkbox|Date|Diff|FieldSet|FilterBar|Form|Number|Pagination|Progress|Radio|Table|Tabs|Text|Timeline|typed-values|use-draft|use-media|records[\\/]FieldValue)|i18n[\\/]digits)/,
            },
          ],
        },
      },
    },
  },
  server: {
    port: 8601,
    proxy: { "/api": server, "/tiles": server, "/assets": server },
  },
});
