import ExcelJS from "exceljs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { detect } from "./reader.ts";
import { allRows, aWorkspace, type Workspace } from "./samples.ts";
import { readShape } from "./shp.ts";

let work: Workspace;
beforeAll(async () => {
  work = await aWorkspace();
});
afterAll(() => work.remove());

describe("workbooks", () => {
  it("reads titles, merged cells, dates, formulas, rich text, errors and several sheets", async () => {
    const workbook = new ExcelJS.Workbook();
    workbook.addWorksheet("ទទេ");
    const sheet = workbook.addWorksheet("តំបន់ ២០២៤");
    sheet.mergeCells("A1:D1");
    sheet.getCell("A1").value = "Areas released";
    sheet.getRow(3).values = ["code", "when", "area", "note", "note"];
    sheet.getRow(4).values = [
      "0101",
      new Date("2024-05-01T00:00:00Z"),
      { formula: "1+1", result: 2 },
      { richText: [{ text: "rich " }, { text: "text" }] },
    ];
    sheet.getCell("B4").numFmt = "dd/mm/yyyy";
    sheet.getRow(6).values = ["0102", new Date("2024-05-01T14:30:00Z"), { error: "#REF!" }, true];
    sheet.getCell("B6").numFmt = "[$-1070000]d/mm/yyyy h:mm";
    sheet.getCell("C7").value = 12.5;
    sheet.getCell("C7").numFmt = '0.00" days"';
    const path = work.path("book.xlsx");
    await workbook.xlsx.writeFile(path);

    const found = await detect(path);
    expect(found).toMatchObject({ format: "xlsx", layer: "តំបន់ ២០២៤", headerRow: 3, titleRows: ["Areas released"] });
    expect(found.layers.map((layer) => [layer.name, layer.rowsEstimate])).toEqual([
      ["ទទេ", 0],
      ["តំបន់ ២០២៤", 3],
    ]);
    expect(found.warnings.map((warning) => warning.code)).toEqual(["table.repeated-column"]);
    expect(await allRows(path)).toEqual([
      {
        number: 4,
        fields: { code: "0101", when: "2024-05-01", area: 2, note: "rich text", note_2: null },
        geometry: null,
      },
      {
        number: 6,
        fields: { code: "0102", when: "2024-05-01T14:30:00", area: null, note: true, note_2: null },
        geometry: null,
        warnings: [{ code: "xlsx.cell-error", params: { column: "area", value: "#REF!" } }],
      },
      { number: 7, fields: { code: null, when: null, area: 12.5, note: null, note_2: null }, geometry: null },
    ]);
    expect(await allRows(path, { layer: "ទទេ" })).toEqual([]);
  });

  it("puts the two rows of a header together where words of the first span columns of the second", async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet("List");
    const rows = [
      ["Accidents of the year"],
      ["No", "ID", "Place", null, "Killed", null, "Injured", null],
      [null, null, "Lat", "Lon", "Men", "Women", "Men", "Women"],
      [1, "A1", 13.1, 103.1, 0, 1, 2, 3],
      [2, "A2", 13.2, 103.2, 0, 0, 0, 1],
    ];
    sheet.addRows(rows);
    const path = work.path("two-rows.xlsx");
    await workbook.xlsx.writeFile(path);
    const text = rows.map((row) => row.map((cell) => cell ?? "").join(",")).join("\n");
    const names = ["No", "ID", "Lat", "Lon", "Killed Men", "Killed Women", "Injured Men", "Injured Women"];
    for (const file of [path, await work.file("two-rows.csv", text)]) {
      for (const options of [{}, { headerRow: 3 }]) {
        const found = await detect(file, options);
        expect(found).toMatchObject({ headerRow: 3, titleRows: ["Accidents of the year"], warnings: [] });
        expect(found.fields.map(({ name }) => name)).toEqual(names);
        expect((await allRows(file, options)).map(({ number }) => number)).toEqual([4, 5]);
      }
    }
  });

  it("takes no row of data for a second row of names", async () => {
    for (const text of [
      "Village,,Commune\nPhnom,note,Bavel\nThmei,,Bavel\n",
      "Title of the list,,\nID,Date,Place\n1,2026-01-01,x\n",
      "Accident,,Victims,\nID,Date,Killed,Injured\nA,2026-01-02,0,1\n",
      "Kingdom,,,,\n,,Form 3,Revision 2,\nID,Date,Place,Killed,Injured\nA,2026-01-01,x,1,2\n",
      "ID,Place,\n1,Bavel,far\n2,Thmei,\n",
    ]) {
      const found = await detect(await work.file("plain.csv", text));
      expect(found.headerRow).toBe(text.startsWith("Kingdom") ? 3 : /^(Title|Accident)/.test(text) ? 2 : 1);
    }
  });

  it("names the columns of formulas that no spreadsheet has worked out yet", async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet("List");
    sheet.addRows([
      ["id", "killed", "injured", "note"],
      ["A1", 1, 2, "x"],
    ]);
    sheet.getCell("B2").value = { formula: "1+1" };
    sheet.getCell("C2").value = { formula: "1+2", result: 3 };
    sheet.getCell("D2").value = { formula: '""', result: "" };
    const path = work.path("formulas.xlsx");
    await workbook.xlsx.writeFile(path);
    expect(await allRows(path)).toEqual([
      {
        number: 2,
        fields: { id: "A1", killed: null, injured: 3, note: null },
        geometry: null,
        warnings: [{ code: "xlsx.formula-without-value", params: { column: "killed" } }],
      },
    ]);
  });
});

describe("YAML", () => {
  it("flattens maps of records, layer by layer, and goes on after a broken one", async () => {
    const text = `---
# a gazetteer
provinces:
  '01':
    name:
      km: បន្ទាយមានជ័យ
      latin: "Banteay: Meanchey"
    box:
    - '13.3'
    - '14.2'
    note: >
      two
      lines

  '02':
    name: [unclosed
  '03':
    name: *alias
  04: 0405
districts:
  '0102': {name: {km: មង្គលបូរី}, area: 12.5, open: true}
`;
    const path = await work.file("gazetteer.yml", text);
    expect((await detect(path)).layers).toEqual([
      { name: "provinces", rowsEstimate: 4, geometryType: null },
      { name: "districts", rowsEstimate: 1, geometryType: null },
    ]);
    const rows = await allRows(path);
    expect(rows[0]?.fields).toEqual({
      _key: "01",
      "name.km": "បន្ទាយមានជ័យ",
      "name.latin": "Banteay: Meanchey",
      box: '["13.3","14.2"]',
      note: "two lines\n",
    });
    expect(rows.map((row) => row.problem?.code ?? row.fields._key)).toEqual([
      "01",
      "yaml.broken-record",
      "yaml.broken-record",
      "04",
    ]);
    expect(rows[1]?.problem?.params).toEqual({ line: 15 });
    expect(rows[3]?.fields).toEqual({ _key: "04", value: "0405" });
    expect(await allRows(path, { layer: "districts" })).toEqual([
      { number: 1, fields: { _key: "0102", "name.km": "មង្គលបូរី", area: 12.5, open: true }, geometry: null },
    ]);
  });
});

describe("KML", () => {
  it("reads folders, extended data, other prefixes, and leaves styles out", async () => {
    const kml = `<?xml version="1.0" encoding="UTF-8"?>
<k:kml xmlns:k="http://www.opengis.net/kml/2.2"><k:Document><k:name>doc</k:name>
<k:Folder><k:name>ភូមិ</k:name>
<k:Placemark id="p1"><k:name>One</k:name><k:description><![CDATA[<b>bold</b>]]></k:description>
<k:Style><k:LineStyle><k:color>ff0000ff</k:color></k:LineStyle></k:Style>
<k:ExtendedData><k:Data name="code"><k:value>0101</k:value></k:Data></k:ExtendedData>
<k:Point><k:coordinates>103.5,13.5,7</k:coordinates></k:Point></k:Placemark></k:Folder>
<k:Placemark><k:name>Two</k:name></k:Placemark>
<k:NetworkLink><k:Link><k:href>http://example.org/</k:href></k:Link></k:NetworkLink>
</k:Document></k:kml>`;
    const path = await work.file("a.kml", kml);
    expect((await detect(path)).warnings).toEqual([{ code: "kml.network-link", params: {} }]);
    expect(await allRows(path)).toEqual([
      {
        number: 1,
        fields: { _folder: "doc / ភូមិ", _id: "p1", name: "One", description: "<b>bold</b>", code: "0101" },
        geometry: { type: "Point", coordinates: [103.5, 13.5, 7] },
      },
      { number: 2, fields: { _folder: "doc", name: "Two" }, geometry: null },
    ]);
  });

  it("says when the file ends inside a placemark", async () => {
    const rows = await allRows(await work.file("cut.kml", "<kml><Placemark><name>a</name></Placemark><Placemark><na"));
    expect(rows.map((row) => row.problem?.code ?? row.fields.name)).toEqual(["a", "kml.cut-short"]);
  });
});

describe("shapes", () => {
  const polygon = (rings: number[][][]) => {
    const points = rings.flat();
    const bytes = Buffer.alloc(44 + rings.length * 4 + points.length * 16);
    bytes.writeInt32LE(5, 0);
    bytes.writeInt32LE(rings.length, 36);
    bytes.writeInt32LE(points.length, 40);
    let from = 0;
    rings.forEach((ring, index) => {
      bytes.writeInt32LE(from, 44 + index * 4);
      from += ring.length;
    });
    points.forEach(([x = 0, y = 0], index) => {
      bytes.writeDoubleLE(x, 44 + rings.length * 4 + index * 16);
      bytes.writeDoubleLE(y, 52 + rings.length * 4 + index * 16);
    });
    return bytes;
  };
  const square = (x: number, y: number, size: number) => [
    [x, y],
    [x, y + size],
    [x + size, y + size],
    [x + size, y],
    [x, y],
  ];

  it("gives a hole to the smallest ring around it, and keeps one that has none", () => {
    const island = square(4, 4, 2);
    const hole = square(4.5, 4.5, 1).toReversed();
    const lake = square(3, 3, 4).toReversed();
    const stray = square(50, 50, 1).toReversed();
    const shape = readShape(polygon([hole, square(0, 0, 10), lake, island, stray]));
    expect(shape).toEqual({
      type: "MultiPolygon",
      coordinates: [
        [square(0, 0, 10).toReversed(), lake.toReversed()],
        [island.toReversed(), hole.toReversed()],
        [stray],
      ],
    });
  });

  it("refuses counts that do not fit the record", () => {
    const bytes = polygon([square(0, 0, 1)]);
    bytes.writeInt32LE(2_000_000_000, 40);
    expect(() => readShape(bytes)).toThrow("geometry.malformed");
    const multiPatch = Buffer.alloc(44);
    multiPatch.writeInt32LE(31, 0);
    expect(() => readShape(multiPatch)).toThrow("geometry.unsupported-type");
  });
});
