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
  // Contracts declare their shapes with zod; only the server checks them. Leaving zod out saves 28 kB on every first load.
  resolve: { alias: [{ find: /^zod$/, replacement: here("./zod-stand-in.ts") }] },
  build: {
    outDir: here("../../../dist/web"),
    emptyOutDir: true,
    sourcemap: false,
    target: "es2022",
    // Fonts and pictures stay files: the content security policy allows no data: sources for them.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "map", test: /node_modules[\\/](maplibre-gl|pmtiles|terra-draw)/ },
            { name: "framework", test: /node_modules[\\/](react|react-dom|scheduler|@tanstack)[\\/]/ },
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
