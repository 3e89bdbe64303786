import { parse } from "csv-parse/sync";
import fc from "fast-check";
import iconv from "iconv-lite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeCsvSplitter } from "./csv-split.ts";
import { detect } from "./reader.ts";
import { allRows, aWorkspace, type Workspace } from "./samples.ts";

let work: Workspace;
beforeAll(async () => {
  work = await aWorkspace();
});
afterAll(() => work.remove());

const split = (text: string, cut: number, delimiter = ",") => {
  const splitter = makeCsvSplitter({ delimiter, newline: "\n", maxLength: 1000 });
  return [...splitter.push(text.slice(0, cut), false), ...splitter.push(text.slice(cut), true)].map(
    (record) => record.cells,
  );
};

describe("splitting", () => {
  it("gives the same cells as csv-parse, wherever the text is cut in two", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "ភ", " ", ",", ";", '"', "\n", "\r\n", "1"), maxLength: 6 });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(table, fc.nat(200), fc.boolean(), fc.constantFrom("\n", "\r\n"), (rows, at, quoteAll, lineEnd) => {
        const write = (text: string) => (quoteAll || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
        const text = rows.map((row) => row.map(write).join(",")).join(lineEnd) + lineEnd;
        const theirs: string[][] = parse(text, { relax_column_count: true });
        expect(split(text, Math.min(at, text.length))).toEqual(theirs);
        expect(theirs).toEqual(rows);
      }),
    );
  });

  it("keeps a stray quote inside a cell and what follows a closing quote", () => {
    expect(split('5" shell,x\n"a"b,c\n', 3)).toEqual([
      ['5" shell', "x"],
      ["ab", "c"],
    ]);
  });
});

describe("reading CSV", () => {
  it("finds titles, header, delimiter, decimal comma and counts rows as a spreadsheet does", async () => {
    const path = await work.file("titles.csv", 'Report;;\n;;\ncode;name;area\n0101;"A;B";1.234,5\n\n0102;C;12,25\n');
    const found = await detect(path);
    expect(found).toMatchObject({
      format: "csv",
      delimiter: ";",
      headerRow: 3,
      titleRows: ["Report"],
      decimalComma: true,
    });
    expect(found.fields.map((field) => [field.name, field.kind])).toEqual([
      ["code", "text"],
      ["name", "text"],
      ["area", "number"],
    ]);
    const rows = await allRows(path);
    expect(rows.map((row) => row.number)).toEqual([4, 6]);
    expect(rows[0]?.fields).toEqual({ code: "0101", name: "A;B", area: "1.234,5" });
  });

  it("reports ragged rows and makes names unique", async () => {
    const path = await work.file("ragged.csv", "a,a,,b\n1,2,3,4\n1,2\n1,2,3,4,5\n1,2,3,4,\n");
    expect((await detect(path)).warnings.map((warning) => warning.code)).toEqual([
      "table.repeated-column",
      "table.unnamed-column",
    ]);
    const rows = await allRows(path);
    expect(Object.keys(rows[0]?.fields ?? {})).toEqual(["a", "a_2", "column_3", "b"]);
    expect(rows.map((row) => row.warnings?.[0]?.params ?? null)).toEqual([
      null,
      { expected: 4, found: 2 },
      { expected: 4, found: 5 },
      null,
    ]);
    expect(rows[2]?.fields._extra_1).toBe("5");
  });

  it("loses one line, not the file, to a quote that is never closed", async () => {
    const lines = Array.from({ length: 2000 }, (_, index) => `${index},name ${index}`);
    lines[1000] = '1000,"name';
    const rows = await allRows(await work.file("quote.csv", `id,name\n${lines.join("\n")}\n`));
    expect(rows).toHaveLength(2000);
    expect(rows.filter((row) => row.problem).map((row) => [row.number, row.problem?.code])).toEqual([
      [1002, "csv.unclosed-quote"],
    ]);
  });

  it.each([
    ["utf-16le", "ឈ្មោះ,ចំនួន\nភូមិ,១\n", true],
    ["utf-16be", "ឈ្មោះ,ចំនួន\nភូមិ,១\n", true],
    ["windows-874", "ชื่อ,จังหวัด\nบ้านใหม่,สระแก้ว\n", false],
    ["windows-1252", "nombre,año\nNechí,1990\nPeñón,1991\n", false],
    ["utf-8", "ชื่อ,จังหวัด\nบ้านใหม่,สระแก้ว\n", true],
  ])("recognises %s", async (encoding, text, addBOM) => {
    const path = await work.file(`${encoding}.csv`, iconv.encode(text, encoding, { addBOM }));
    expect((await detect(path)).encoding).toBe(encoding);
    const [header = "", first = ""] = text.split("\n").map((line) => line.split(","));
    const rows = await allRows(path);
    expect(Object.keys(rows[0]?.fields ?? {})).toEqual(header);
    expect(Object.values(rows[0]?.fields ?? {})).toEqual(first);
  });

  it("recognises Vietnamese windows-1258, whose tones are letters of their own", async () => {
    const bytes = Buffer.from([
      0x74, 0xea, 0x6e, 0x2c, 0x78, 0xe3, 0x0a, 0x48, 0x69, 0xea, 0xec, 0x75, 0x2c, 0x61, 0xcc, 0x0a,
    ]);
    const path = await work.file("1258.csv", bytes);
    expect((await detect(path)).encoding).toBe("windows-1258");
    expect((await allRows(path))[0]?.fields.tên?.toString().normalize("NFC")).toBe("Hiếu");
  });

  it("warns of text that was already garbled when it was saved", async () => {
    const garbled = iconv.decode(Buffer.from("name,place\nหมู่บ้าน,ภูมิ\n"), "windows-1252");
    const found = await detect(await work.file("mojibake.csv", garbled));
    expect(found.warnings.map((warning) => warning.code)).toContain("encoding.mojibake");
  });

  it("keeps names that would reach into the prototype", async () => {
    const rows = await allRows(await work.file("proto.csv", "__proto__,b\nx,y\n"));
    expect(Object.entries(rows[0]?.fields ?? {})).toEqual([
      ["_proto_", "x"],
      ["b", "y"],
    ]);
  });

  it("stops when asked to", async () => {
    const path = await work.file("long.csv", `a,b\n${"1,2\n".repeat(600_000)}`);
    const controller = new AbortController();
    const reading = allRows(path, { signal: controller.signal, onProgress: () => controller.abort(new Error("stop")) });
    await expect(reading).rejects.toThrow("stop");
  });
});
