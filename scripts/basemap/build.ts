import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { constants, gzipSync } from "node:zlib";
import { aseanUnits, unitTopology } from "./admin1.ts";
import { countryFeatures, countryTopology } from "./countries.ts";
import { writeFonts } from "./fonts.ts";
import { readAdmin1, readLakes, readRivers } from "./sources.ts";
import { basemapArchive } from "./tiles.ts";
import { FIRST_DAY_OF_34, VIET_NAM_34 } from "./viet-nam.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

function write(path: string, bytes: Uint8Array): void {
  const target = join(ROOT, "assets", path);
  mkdirSync(join(target, ".."), { recursive: true });
  writeFileSync(target, bytes);
  console.log(`${path}: ${(bytes.length / 1024).toFixed(0)} kB`);
}

function writeJsonGz(path: string, value: unknown): void {
  write(path, gzipSync(JSON.stringify(value), { level: constants.Z_BEST_COMPRESSION }));
}

/** Builds what `--only` names, or everything: `boundaries`, `basemap`, `fonts`. */
function main(): void {
  const { values } = parseArgs({ options: { sources: { type: "string" }, only: { type: "string" } } });
  const wanted = (part: string): boolean => values.only === undefined || values.only === part;
  if (wanted("fonts")) console.log(`fonts: ${writeFonts(ROOT).length} web files`);
  if (values.only === "fonts") return;
  if (!values.sources)
    throw new Error("Say where the source packages are: --sources DIR (see scripts/basemap/README.md).");
  const admin1 = readAdmin1(values.sources);
  const countries = countryFeatures(admin1);
  const units = aseanUnits(admin1);
  if (wanted("boundaries")) {
    writeJsonGz("boundaries/countries.json.gz", countryTopology(countries));
    writeJsonGz("boundaries/asean-admin1.json.gz", unitTopology(units));
    const merged = VIET_NAM_34.map(([code, name, nationalCode, , formedFrom]) => ({
      id: `${code}@2025`,
      name,
      nationalCode,
      formedFrom,
    }));
    const crosswalk = { country: "VNM", effectiveOn: FIRST_DAY_OF_34, units: merged };
    write("boundaries/viet-nam-2025.json", Buffer.from(`${JSON.stringify(crosswalk, null, 1)}\n`));
  }
  if (wanted("basemap")) {
    const rivers = readRivers(values.sources);
    const lakes = readLakes(values.sources);
    write("basemap/santi.pmtiles", basemapArchive({ admin1, countries, units, rivers, lakes }));
  }
}

main();
