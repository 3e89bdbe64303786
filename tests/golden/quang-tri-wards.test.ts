import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createBalance, geodesicArea } from "@santi/land-geometry";
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from "geojson";
import { describe, expect, it } from "vitest";
import { rootPath } from "../../src/platform/kernel/root.ts";

/**
 * Borders and official areas of the 78 wards, communes and the special zone of Quảng Trị since July 2025, as the project
 * "Vietnamese Provinces Database" (Thang Le Quoc, MIT) publishes them from the government's map of the merged units.
 * They lie beside the project, in `../shared/data` or where SANTI_DATA_FOLDER points.
 */
const folder = join(
  process.env.SANTI_DATA_FOLDER ?? rootPath("..", "shared", "data"),
  "viet-nam-units/quang_tri_wards",
);
const there = existsSync(folder);
if (!there) console.warn(`${folder} is not there; the areas of the wards of Quảng Trị are not compared`);

type Ward = Feature<Polygon | MultiPolygon, { code: string; name: string; areaKm2: number }>;

const readWards = () =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".geojson"))
    .flatMap((name) => {
      const file = JSON.parse(readFileSync(join(folder, name), "utf8")) as FeatureCollection;
      return file.features as Ward[];
    });

describe.skipIf(there)("the wards of Quảng Trị", () => {
  it("are skipped: ../shared/data is not there", () => {});
});

describe.runIf(there)("the wards of Quảng Trị", () => {
  const wards = there ? readWards() : [];
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const official = sum(wards.map(({ properties }) => properties.areaKm2));
  const measured = sum(wards.map(({ geometry }) => geodesicArea(geometry))) / 1e6;

  it("are 78, with 12,700 km² by the official figures", () => {
    expect(wards).toHaveLength(78);
    expect(new Set(wards.map(({ properties }) => properties.code)).size).toBe(78);
    expect(Math.round(official)).toBe(12_700);
  });

  it("have geodesic areas that add up to the official total within 0.15 %", () => {
    expect(Math.abs(measured / official - 1)).toBeLessThan(0.0015);
  });

  it("share borders: counted once, the ground of all is their sum within a thousandth, in every order", () => {
    const members = wards.map(({ geometry, properties }, at) => ({
      ...{ id: properties.code, class: properties.code, order: at, geometry },
    }));
    const total = (order: (at: number) => number) =>
      sum([
        ...createBalance(members.map((one, at) => ({ ...one, order: order(at) })))
          .areaByClass()
          .values(),
      ]) / 1e6;
    const once = total((at) => at);
    expect(once).toBeLessThanOrEqual(measured);
    expect(once / measured).toBeGreaterThan(0.999);
    expect(Math.abs(total((at) => 1000 - at) / once - 1)).toBeLessThan(1e-9);
  });
});
