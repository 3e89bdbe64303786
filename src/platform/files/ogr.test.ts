import { execFileSync, spawnSync } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { detect } from "./reader.ts";
import { allRows, aWorkspace, someRows, type Workspace } from "./samples.ts";
import { writeFlatGeobuf } from "./write-flatgeobuf.ts";
import { writeGpkg } from "./write-gpkg.ts";

const installed = spawnSync("ogr2ogr", ["--version"]).status === 0;
if (!installed) console.warn("ogr2ogr is not installed: files of another producer are not tried");

const rows = someRows();
const polygons = rows.filter((row) => row.geometry?.type.endsWith("Polygon"));
const flat = rows.filter((row) => row.fields.name !== "Tall");
const withoutNulls = (fields: object) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
let work: Workspace;
let source: string;
let polygonSource: string;

const collection = (list: typeof rows) =>
  JSON.stringify({
    type: "FeatureCollection",
    features: list.map((row) => ({ type: "Feature", properties: row.fields, geometry: row.geometry })),
  });

beforeAll(async () => {
  work = await aWorkspace();
  source = await work.file("source.geojson", collection(rows));
  polygonSource = await work.file("polygons.geojson", collection(polygons));
});
afterAll(() => work.remove());

function convert(format: string, name: string, from: string, ...more: string[]): string {
  execFileSync("ogr2ogr", ["-f", format, work.path(name), from, "-nln", "areas", ...more], { stdio: "pipe" });
  return work.path(name);
}

describe.skipIf(!installed)("files written by GDAL", () => {
  it("GeoPackage, also one left in write-ahead mode or beside a forgotten lock", async () => {
    const path = convert("GPKG", "a.gpkg", source);
    const read = await allRows(path);
    expect(read.map(({ geometry, fields }) => ({ fields, geometry }))).toEqual(
      rows.map((row, index) => ({ fields: { fid: index + 1, ...row.fields }, geometry: row.geometry })),
    );
    await mkdir(`${path}.lock`);
    expect(await allRows(path)).toEqual(read);
    const bytes = await readFile(path);
    bytes[18] = 2;
    bytes[19] = 2;
    const wal = await work.file("wal.gpkg", bytes);
    expect((await detect(wal)).warnings.map((warning) => warning.code)).toContain("gpkg.write-ahead-log");
    expect(await allRows(wal)).toEqual(read);
  });

  it("FlatGeobuf with its index", async () => {
    const read = await allRows(convert("FlatGeobuf", "a.fgb", source));
    const byCode = new Map(read.map((row) => [row.fields.code, row]));
    expect(read).toHaveLength(rows.length);
    // GDAL settles on two dimensions for a layer of mixed types.
    for (const row of flat) expect(byCode.get(row.fields.code as string)).toMatchObject(row);
  });

  it("Shapefile with holes, parts and Khmer, loose and zipped", async () => {
    const path = convert("ESRI Shapefile", "a.shp", polygonSource, "-lco", "ENCODING=UTF-8");
    const found = await detect(path);
    expect(found).toMatchObject({ format: "shapefile", encoding: "utf-8", crs: { name: "GCS_WGS_1984" }, layer: "a" });
    const read = await allRows(path);
    const names = polygons.map((row) => row.fields.name);
    expect(read.map((row) => row.fields.name)).toEqual(names);
    expect(read.map((row) => row.geometry)).toEqual(polygons.map((row) => row.geometry));
    const members: Record<string, Buffer> = {};
    for (const extension of ["shp", "shx", "dbf", "prj", "cpg"]) {
      members[`folder/ភូមិ.${extension}`] = await readFile(work.path(`a.${extension}`));
    }
    const zip = await work.zip("shape.zip", members);
    expect(await detect(zip)).toMatchObject({ format: "shapefile", layer: "ភូមិ", layers: [{ rowsEstimate: 2 }] });
    expect(await allRows(zip)).toEqual(read);
    expect(await detect(work.path("a.dbf"))).toEqual(found);
  });

  it("Shapefile with heights", async () => {
    const tall = await work.file("tall.geojson", collection(rows.filter((row) => row.fields.name === "Tall")));
    const read = await allRows(convert("ESRI Shapefile", "z.shp", tall));
    expect(read[0]?.geometry).toEqual({ type: "Point", coordinates: [103.5, 13.25, 120.5] });
  });

  it("Shapefile in Thai windows-874 without a .cpg", async () => {
    const thai = await work.file(
      "thai.geojson",
      collection([{ fields: { name: "บ้านใหม่" }, geometry: { type: "Point", coordinates: [1, 2] } }]),
    );
    const path = convert("ESRI Shapefile", "thai.shp", thai, "-lco", "ENCODING=CP874");
    await work.file("thai.cpg", "");
    expect((await allRows(path))[0]?.fields.name).toBe("บ้านใหม่");
  });

  it("KML and KMZ", async () => {
    const path = convert("KML", "a.kml", source);
    const read = await allRows(path);
    expect(read.map((row) => row.geometry)).toEqual(rows.map((row) => row.geometry));
    expect(read.map((row) => row.fields.code)).toEqual(rows.map((row) => row.fields.code));
    expect(read[0]?.fields._folder).toBe("areas");
    const kmz = await work.zip("a.kmz", { "doc.kml": await readFile(path) });
    expect(await detect(kmz)).toMatchObject({ format: "kml" });
    expect(await allRows(kmz)).toEqual(read);
  });

  it("a workbook", async () => {
    const read = await allRows(convert("XLSX", "a.xlsx", source));
    expect(read.map((row) => row.fields.code)).toEqual(rows.map((row) => row.fields.code));
    expect(read.map((row) => row.fields.area)).toEqual(rows.map((row) => row.fields.area));
  });
});

describe.skipIf(!installed)("files written here", () => {
  const read = (path: string) => {
    const text = execFileSync("ogr2ogr", ["-f", "GeoJSON", "/vsistdout/", path], { encoding: "utf8" });
    return (JSON.parse(text) as { features: { properties: object; geometry: object }[] }).features;
  };

  it("GeoPackage and FlatGeobuf are understood by GDAL", async () => {
    const gpkg = work.path("ours.gpkg");
    const fgb = work.path("ours.fgb");
    await writeGpkg(flat, gpkg);
    await writeFlatGeobuf(flat, createWriteStream(fgb));
    for (const path of [gpkg, fgb]) {
      const features = read(path);
      expect(features.map((feature) => withoutNulls(feature.properties))).toEqual(
        flat.map((row) => withoutNulls(row.fields)),
      );
      expect(features.map((feature) => feature.geometry)).toEqual(flat.map((row) => row.geometry));
    }
    const summary = execFileSync("ogrinfo", ["-al", "-so", gpkg], { encoding: "utf8" });
    expect(summary).toContain("Extent: (103.000000, 13.000000) - (104.100000, 13.250000)");
    expect(summary).toContain('ID["EPSG",4326]');
  });
});
