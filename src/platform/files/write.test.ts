import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { detect } from "./reader.ts";
import { allRows, aWorkspace, someRows, type Workspace } from "./samples.ts";
import { neutraliseFormula, writeCsv } from "./write-csv.ts";
import { writeFlatGeobuf } from "./write-flatgeobuf.ts";
import { writeGeoJson } from "./write-geojson.ts";
import { writeGpkg } from "./write-gpkg.ts";
import { writeXlsx } from "./write-xlsx.ts";

let work: Workspace;
beforeAll(async () => {
  work = await aWorkspace();
});
afterAll(() => work.remove());

const rows = someRows();

describe("what is written can be read back", () => {
  it.each([false, true])("as GeoJSON (sequence: %s)", async (sequence) => {
    const path = work.path(`out-${sequence}.geojson`);
    expect(await writeGeoJson(rows, createWriteStream(path), { sequence })).toEqual({ rows: rows.length });
    expect(await allRows(path)).toEqual(rows.map((row, index) => ({ number: index + 1, ...row })));
  });

  it("as GeoPackage", async () => {
    const path = work.path("out.gpkg");
    expect(await writeGpkg(rows, path, { layer: "ភូមិ" })).toEqual({ rows: rows.length });
    const found = await detect(path);
    expect(found).toMatchObject({
      format: "gpkg",
      layer: "ភូមិ",
      crs: { code: "EPSG:4326" },
      layers: [{ rowsEstimate: 8 }],
    });
    const read = await allRows(path);
    expect(read.map((row) => row.geometry)).toEqual(rows.map((row) => row.geometry));
    expect(read.map((row) => row.fields)).toEqual(rows.map((row, index) => ({ fid: index + 1, ...row.fields })));
    await expect(writeGpkg(rows, path)).rejects.toMatchObject({ code: "files.exists" });
  });

  it("as FlatGeobuf, but for rows without a place", async () => {
    const path = work.path("out.fgb");
    const extra = { fields: { code: "x" }, geometry: null };
    expect(await writeFlatGeobuf([...rows, extra], createWriteStream(path))).toEqual({ rows: 8, withoutPlace: 1 });
    expect(await detect(path)).toMatchObject({ format: "flatgeobuf", crs: { code: "EPSG:4326" } });
    expect(await allRows(path)).toEqual(rows.map((row, index) => ({ number: index + 1, ...row })));
  });

  it("as CSV, where everything is text", async () => {
    const path = work.path("out.csv");
    const options = { pointColumns: { longitude: "lon", latitude: "lat" } };
    expect(await writeCsv(rows, createWriteStream(path), options)).toEqual({ rows: rows.length });
    expect((await readFile(path)).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const read = await allRows(path);
    expect(read.map((row) => row.fields.name)).toEqual(rows.map((row) => row.fields.name));
    expect(read[0]).toMatchObject({
      number: 2,
      fields: { code: "0101", area: "1234.5", open: "true", lon: "103.5", lat: "13.25" },
    });
  });

  it("as a workbook, with dates that are dates and codes that stay text", async () => {
    const path = work.path("out.xlsx");
    const dated = rows.map((row) => ({ fields: { ...row.fields, when: "2024-05-01" } }));
    const fields = [
      { name: "code" },
      { name: "name" },
      { name: "area" },
      { name: "open" },
      { name: "when", kind: "date" as const },
    ];
    const result = await writeXlsx(dated, createWriteStream(path), { sheet: "តំបន់", fields });
    expect(result).toEqual({ rows: 8, sheets: 1, cutTexts: 0 });
    const found = await detect(path);
    expect(found).toMatchObject({ format: "xlsx", layer: "តំបន់", headerRow: 1 });
    expect(found.fields.map((field) => field.kind)).toEqual(["text", "text", "number", "boolean", "date"]);
    expect(await allRows(path)).toEqual(dated.map((row, index) => ({ number: index + 2, geometry: null, ...row })));
  });
});

describe("writing", () => {
  it("makes formulas harmless and leaves numbers alone", () => {
    const harmless = ["=1+1", "+cmd", "-2+3", "@x", "\t=1", "＝1", " =1"].map(neutraliseFormula);
    expect(harmless).toEqual(["'=1+1", "'+cmd", "'-2+3", "'@x", "'\t=1", "'＝1", "' =1"]);
    expect(["-5", "+66", "-1.5", "ភូមិ", "a=b", "1-2"].map(neutraliseFormula)).toEqual([
      "-5",
      "+66",
      "-1.5",
      "ភូមិ",
      "a=b",
      "1-2",
    ]);
  });

  it("refuses to lose a value that has no column", async () => {
    const writing = writeCsv([{ fields: { a: 1 } }, { fields: { b: 2 } }], createWriteStream(work.path("lost.csv")), {
      fields: [{ name: "a" }],
    });
    await expect(writing).rejects.toMatchObject({ code: "files.unexpected-field", params: { field: "b", row: 2 } });
  });

  it("leaves no half-written GeoPackage behind", async () => {
    const path = work.path("half.gpkg");
    const writing = writeGpkg([{ fields: { a: 1 } }, { fields: { b: 2 } }], path, { fields: [{ name: "a" }] });
    await expect(writing).rejects.toMatchObject({ code: "files.unexpected-field" });
    await expect(readFile(path)).rejects.toThrow();
  });

  it("fails when the stream fails", async () => {
    await expect(writeGeoJson(rows, createWriteStream(work.path("no/such/folder.json")))).rejects.toThrow("ENOENT");
  });
});
