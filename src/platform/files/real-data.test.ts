import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { detect } from "./reader.ts";
import { allRows } from "./samples.ts";

const data = join(import.meta.dirname, "../../../../shared/data");
const present = existsSync(data);
if (!present) console.warn("../shared/data is absent: real files are not tried");

describe.skipIf(!present)("real files", () => {
  it("reads 36,527 events from 30 GeoJSON files", async () => {
    const folder = join(data, "colombia-events");
    const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
    let rows = 0;
    for (const name of files) {
      for (const row of await allRows(join(folder, name))) {
        rows++;
        expect(row.problem ?? row.warnings).toBeUndefined();
      }
    }
    expect([files.length, rows]).toEqual([30, 36_527]);
  });

  it("finds the header of the gazetteer below its title", async () => {
    const path = join(data, "cambodia-gazetteer/Gazetteer_KPC_02_Mar_2023.csv");
    const found = await detect(path);
    expect(found).toMatchObject({
      format: "csv",
      headerRow: 3,
      titleRows: ['List of Gazetter Code for "Kampong Cham"'],
    });
    const rows = await allRows(path);
    expect(rows[0]).toMatchObject({ number: 4, fields: { Type: "ស្រុក", Code: "301", "Name (Latin)": "Batheay" } });
  });

  it("reads the villages of the gazetteer", async () => {
    const rows = await allRows(join(data, "cambodia-gazetteer/villages.yml"));
    expect(rows).toHaveLength(14_578);
    expect(rows[0]?.fields).toMatchObject({ _key: "01020101", "name.km": "អូរធំ" });
    expect(rows.filter((row) => row.problem)).toEqual([]);
  });
});
