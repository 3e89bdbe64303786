import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeJsonScanner } from "./geojson-scan.ts";
import { detect } from "./reader.ts";
import { allRows, aWorkspace, type Workspace } from "./samples.ts";

let work: Workspace;
beforeAll(async () => {
  work = await aWorkspace();
});
afterAll(() => work.remove());

const feature = (n: number, properties: object = { n }) => ({
  type: "Feature",
  properties,
  geometry: { type: "Point", coordinates: [100 + n, 13] },
});

function scan(text: string, chunk = 7, maxBytes = 10_000) {
  const bytes = Buffer.from(text, "utf8");
  const scanner = makeJsonScanner(maxBytes);
  const found = [];
  for (let i = 0; i < bytes.length; i += chunk) found.push(...scanner.push(bytes.subarray(i, i + chunk)));
  found.push(...scanner.end());
  return found;
}

const numbers = (text: string, chunk?: number) =>
  scan(text, chunk).map(
    (record) => record.problem?.code ?? (record.value as { properties: { n: number } }).properties.n,
  );

describe("scanning", () => {
  it("cuts the same features as JSON.parse, wherever the bytes are cut and whatever strings hold", () => {
    const nasty = fc.string({ unit: fc.constantFrom("{", "}", "[", "]", '"', "\\", "ភ", ",", ":", "\n", "é", "a") });
    const properties = fc.record({
      n: fc.integer(),
      s: nasty,
      o: fc.dictionary(nasty, nasty, { maxKeys: 2 }),
      features: fc.array(nasty, { maxLength: 2 }),
    });
    fc.assert(
      fc.property(
        fc.array(properties, { maxLength: 5 }),
        fc.integer({ min: 1, max: 60 }),
        fc.boolean(),
        fc.boolean(),
        (list, chunk, pretty, nested) => {
          const features = list.map((each, index) => ({ ...feature(index), properties: each }));
          const collection = { name: "x", type: "FeatureCollection", bbox: [1, 2, 3, 4], features, note: { a: ["b"] } };
          const text = JSON.stringify(
            nested ? { data: [{ result: collection }], ok: true } : collection,
            null,
            pretty ? 2 : 0,
          );
          expect(scan(text, chunk).map((record) => record.value)).toEqual(features);
          const lines = features.map((each) => JSON.stringify(each)).join("\n");
          expect(scan(lines, chunk).map((record) => record.value)).toEqual(features);
          const sequence = features.map((each) => `\u001e${JSON.stringify(each, null, 1)}\n`).join("");
          expect(scan(sequence, chunk).map((record) => record.value)).toEqual(features);
          expect(scan(JSON.stringify(features), chunk).map((record) => record.value)).toEqual(features);
        },
      ),
    );
  });

  const good = [1, 2, 3, 4].map((n) => JSON.stringify(feature(n)));
  const collect = (list: string[]) => `{"type":"FeatureCollection","features":[${list.join(",\n")}]}`;
  const cases: [string, string, (string | number)[]][] = [
    ["a bad value", '{"type":"Feature","properties":{"n":NaN},"geometry":null}', [1, "geojson.broken-feature", 3]],
    ["a missing brace", '{"type":"Feature","properties":{"n":9,"geometry":null}', [1, "geojson.broken-feature", 3]],
    [
      "a missing quote",
      '{"type":"Feature","properties":{"a":"x,"n":9},"geometry":null}',
      [1, "geojson.broken-feature", 3],
    ],
    ["nothing", "null", [1, "geojson.not-a-feature", 3]],
  ];
  it.each(cases)("goes on after %s in a collection", (_, broken, expected) => {
    const codes = numbers(collect([good[0] as string, broken, good[2] as string]));
    expect(codes.map((code) => (code === "geojson.cut-short" ? "geojson.broken-feature" : code))).toEqual(expected);
  });
  it.each(cases.slice(0, 3))("goes on after %s between lines", (_, broken, expected) => {
    expect(numbers([good[0], broken, good[2]].join("\n"))).toEqual(expected);
  });

  it("tells where a broken feature starts", () => {
    const text = collect([good[0] as string, '{"type":"Feature","properties":}', good[2] as string]);
    const broken = scan(text)[1];
    expect(text.slice(broken?.offset).startsWith('{"type":"Feature","properties":}')).toBe(true);
  });

  it("says when a file ends early", () => {
    expect(numbers(collect(good).slice(0, -30))).toEqual([1, 2, 3, "geojson.cut-short"]);
    expect(numbers(collect(good).slice(0, -2))).toEqual([1, 2, 3, 4, "geojson.cut-short"]);
    expect(numbers(good.join("\n").slice(0, -5))).toEqual([1, 2, 3, "geojson.cut-short"]);
  });

  it("refuses a feature above the limit and reads the next", () => {
    const huge = JSON.stringify(feature(9, { text: "x".repeat(50_000) }));
    expect(numbers(collect([good[0] as string, huge, good[2] as string]), 1000)).toEqual([1, "files.row-too-large", 3]);
  });
});

describe("reading GeoJSON", () => {
  it("flattens properties, keeps ids, reads a byte order mark and a stated system", async () => {
    const crs = { type: "name", properties: { name: "urn:ogc:def:crs:EPSG::32648" } };
    const one = { ...feature(1, { name: { km: "ភូមិ" }, list: [1, 2], __proto__x: 1 }), id: "KH-1" };
    const path = await work.file(
      "a.geojson",
      `\ufeff${JSON.stringify({ type: "FeatureCollection", crs, features: [one] })}`,
    );
    expect(await detect(path)).toMatchObject({ format: "geojson", crs: { code: "EPSG:32648" }, encoding: "utf-8" });
    const rows = await allRows(path);
    expect(rows).toEqual([
      { number: 1, fields: { _id: "KH-1", "name.km": "ភូមិ", list: "[1,2]", __proto__x: 1 }, geometry: one.geometry },
    ]);
  });

  it("reads a single feature, a lone geometry and plain rows", async () => {
    const collection = { type: "GeometryCollection", geometries: [{ type: "Point", coordinates: [1, 2] }] };
    expect(await allRows(await work.file("one.json", JSON.stringify(feature(5))))).toMatchObject([
      { number: 1, fields: { n: 5 } },
    ]);
    expect(await allRows(await work.file("gc.json", JSON.stringify(collection)))).toEqual([
      { number: 1, fields: {}, geometry: collection },
    ]);
    expect(await allRows(await work.file("rows.json", '[{"a":1},{"a":"x"}]'))).toEqual([
      { number: 1, fields: { a: 1 }, geometry: null },
      { number: 2, fields: { a: "x" }, geometry: null },
    ]);
  });

  it("keeps a row whose place is malformed and says so", async () => {
    const text = '{"type":"Feature","properties":{"a":1},"geometry":{"type":"Point","coordinates":["103","13"]}}';
    expect(await allRows(await work.file("bad.json", text))).toEqual([
      { number: 1, fields: { a: 1 }, geometry: null, warnings: [{ code: "geometry.malformed", params: {} }] },
    ]);
  });

  it("says that TopoJSON is not GeoJSON", async () => {
    const rows = await allRows(await work.file("topo.json", '{"type":"Topology","objects":{"a":{}},"arcs":[]}'));
    expect(rows[0]?.problem?.code).toBe("geojson.topojson");
  });
});
