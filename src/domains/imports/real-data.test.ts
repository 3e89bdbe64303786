import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { programClaims } from "../../platform/database/types.ts";
import { rootPath } from "../../platform/kernel/root.ts";
import { findByKeys } from "../../platform/records/store.ts";
import { unitDefinition } from "../places/index.ts";
import { loadCountries } from "../places/reference.ts";
import { crosswalkOf } from "../places/store.ts";
import { findFindings } from "./finding-store.ts";
import type { Profile } from "./profile.ts";
import { allDefinitions, runImport } from "./samples.ts";
import { shippedProfile } from "./shipped.ts";
import { undoImport } from "./undo.ts";

/** Public data that may lie beside the project; who has only the repository passes without it. */
const data = rootPath("..", "shared", "data");
const there = existsSync(data);
const change = { accountId: null, now: new Date("2026-11-24T00:00:00Z"), reason: "tried out" };
const long = 240_000;

const profile = (id: string): Profile => {
  const found = shippedProfile(id);
  if (!found) throw new Error(`The profile ${id} comes with the program`);
  return found;
};

const files = (folder: string, ending: string) =>
  readdirSync(join(data, folder))
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(data, folder, name));

/** The same figures, counted without the importer. */
function countEvents(paths: readonly string[]): { rows: number; accidents: number; events: number; identical: number } {
  const rows = paths.flatMap(
    (path) =>
      (JSON.parse(readFileSync(path, "utf8")) as { features: { properties: { TIPO_EVENTO: string } }[] }).features,
  );
  const accidents = rows.filter(({ properties }) => ["1", "2"].includes(properties.TIPO_EVENTO)).length;
  const different = new Set(rows.map((row) => JSON.stringify(row))).size;
  return { rows: rows.length, accidents, events: rows.length - accidents, identical: rows.length - different };
}

describe.skipIf(there)("importing real data", () => {
  it("is skipped: ../shared/data is not there", () => {});
});

if (there) {
  describeEachDatabase("importing real data", (context) => {
    it(
      "takes Colombian events by type, explains the one wrong place, knows them again and takes them back",
      async () => {
        await context.db.transaction(programClaims, loadCountries);
        const options = { profile: profile("colombia-events"), country: "COL" };
        // Thirteen of thirty years, the wrong place among them; all of them when asked for.
        const all = process.env.SANTI_REAL_DATA === "all";
        const paths = files("colombia-events", ".json").filter((path) => all || /(199\d|200[014])\.json$/.test(path));
        const expected = countEvents(paths);
        if (all) expect(expected.rows).toBe(36_527);
        const result = await runImport(context.db, paths, options);
        expect(result).toMatchObject({
          read: expected.rows,
          stored: expected.rows,
          refused: 0,
          withoutPosition: 1,
          byType: { "accidents.accident": expected.accidents, "ordnance.event": expected.events },
          findings: { error: 1 },
          byCheck: { "place.sign-lost": 1, "identical-row": expected.identical, "no-units-loaded": 1 },
        });
        const [wrong] = await context.db.transaction(programClaims, (tx) =>
          findFindings(tx, "COL", result.importId, { severity: "error" }, { limit: 5 }),
        );
        expect(wrong).toMatchObject({
          fields: { DEPARTAMENTO: "BOGOTA DC", AÑO: "2004" },
          suggestion: {
            reason: "flip-longitude-sign",
            values: { geometry: { coordinates: [-74.23416667, 4.197777778] } },
          },
        });
        const again = await runImport(context.db, paths.slice(0, 5), options);
        expect(again).toMatchObject({ stored: 0, refused: 0, findings: { error: 0, warning: 0 } });
        expect(again.unchanged).toBe(again.read);
        const undone = await context.db.transaction(programClaims, (tx) =>
          undoImport(tx, allDefinitions, { country: "COL", id: result.importId }, change),
        );
        expect(undone).toMatchObject({ withdrawn: expected.rows, reverted: 0, leftCount: 0 });
      },
      long,
    );

    it(
      "takes the gazetteer of Cambodia in whatever order its files come, and finds the fault in a published table",
      async () => {
        const result = await runImport(context.db, files("cambodia-gazetteer", ".yml"), {
          profile: profile("cambodia-gazetteer"),
        });
        expect(result).toMatchObject({ read: 16_465, stored: 16_465, refused: 0, byType: { "places.unit": 16_465 } });
        const units = await context.db.transaction(programClaims, (tx) =>
          findByKeys(tx, unitDefinition, "KHM", "code", ["01", "0102", "010201", "01020101"]),
        );
        const byLevel = units.sort((a, b) => Number(a.values.level) - Number(b.values.level));
        expect(byLevel.map(({ values }) => values.level)).toEqual([1, 2, 3, 4]);
        expect(byLevel.map(({ values }) => values.parent)).toEqual([
          undefined,
          ...byLevel.slice(0, 3).map(({ id }) => id),
        ]);
        expect(byLevel[0]?.values).toMatchObject({
          names: { km: "បន្ទាយមានជ័យ", en: "Banteay Meanchey" },
          kindNames: { km: "ខេត្ត", en: "Province" },
          geometry: { type: "Point", coordinates: [102.8862666, 13.7989147] },
        });
        const table = await runImport(context.db, files("cambodia-gazetteer", ".csv"), {
          profile: profile("cambodia-ncdd-csv"),
        });
        expect(table).toMatchObject({ read: 1066, created: 0, refused: 1, byCheck: { "duplicate-key": 1 } });
        expect(table.firstFindings.find(({ finding }) => finding.severity === "error")?.finding.params.key).toBe(
          "030802",
        );
      },
      long,
    );

    it(
      "takes the 34 provinces of Viet Nam with their wards; official and geodesic areas agree; old provinces lead to them",
      async () => {
        const names = files("viet-nam-units", ".json").filter((path) => !path.includes("vn_only"));
        const borders = [
          ...files("viet-nam-units", ".geojson").filter((path) => /\/(01|44|46|48)_/.test(path)),
          ...files("viet-nam-units/quang_tri_wards", ".geojson").slice(0, 10),
        ];
        const result = await runImport(context.db, [...names, ...borders], {
          profile: profile("viet-nam-units"),
          country: "VNM",
        });
        expect(result).toMatchObject({ refused: 0, created: 34 + 3321, updated: borders.length });
        const [quangTri] = (
          await context.db.transaction(programClaims, (tx) => findByKeys(tx, unitDefinition, "VNM", "code", ["44"]))
        ).filter(({ values }) => values.validTo === undefined);
        expect(quangTri?.values).toMatchObject({
          names: { vi: "Quảng Trị", en: "Quang Tri" },
          officialSquareMetres: 12_700_000_000,
        });
        expect(quangTri?.values.geometry).toMatchObject({ type: "MultiPolygon" });
        const computed = Number(quangTri?.values.areaSquareMetres);
        expect(Math.abs(computed / 12_700_000_000 - 1)).toBeLessThan(0.02);
        const ward = await context.db.transaction(programClaims, (tx) =>
          findByKeys(tx, unitDefinition, "VNM", "code", ["18859"]),
        );
        expect(ward[0]?.values).toMatchObject({
          parent: quangTri?.id,
          level: 2,
          kindNames: { vi: "Phường", en: "Ward" },
        });
        const { predecessors } = await context.db.transaction(programClaims, (tx) =>
          crosswalkOf(tx, "VNM", quangTri?.id as string),
        );
        expect(predecessors.map(({ names: { vi } }) => vi)).toEqual(["Quảng Bình", "Quảng Trị"]);
      },
      long,
    );
  });
}
