import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { detect } from "./reader.ts";
import { allRows, aWorkspace, type Workspace } from "./samples.ts";

let work: Workspace;
beforeAll(async () => {
  work = await aWorkspace();
});
afterAll(() => work.remove());

const codeOf = async (reading: Promise<unknown>): Promise<string> => {
  try {
    await reading;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return "read";
};

describe("zips", () => {
  it("refuses names that climb out, whatever slashes they use", async () => {
    for (const evil of ["../../evil.csv", "..\\..\\evil.csv", "/etc/evil.csv", "C:\\evil.csv"]) {
      const path = await work.zip("evil.zip", { [evil.replace(/[./\\:]/g, "_")]: "a,b\n1,2\n" });
      const bytes = await readFile(path);
      const patched = Buffer.from(bytes.toString("latin1").replaceAll(evil.replace(/[./\\:]/g, "_"), evil), "latin1");
      expect(await codeOf(detect(await work.file("patched.zip", patched)))).toBe("zip.unsafe-path");
    }
  });

  it("refuses a member packed too tightly, too many bytes and too many members", async () => {
    const bomb = await work.zip("bomb.zip", { "a.csv": Buffer.alloc(40_000_000, "0") });
    expect(await codeOf(detect(bomb))).toBe("zip.bomb");
    const small = await work.zip("small.zip", { "a.csv": "a,b\n1,2\n", "b.txt.png": "x" });
    expect(await codeOf(detect(small, { limits: { zipBytes: 5 } }))).toBe("zip.too-large");
    expect(await codeOf(detect(small, { limits: { zipEntries: 1 } }))).toBe("zip.too-many-members");
    expect(await codeOf(detect(small))).toBe("read");
  });

  it("refuses a member that unpacks to more than it says", async () => {
    const path = await work.zip("liar.zip", { "a.csv": Buffer.from(`a,b\n${"1,2\n".repeat(50_000)}`) });
    const bytes = await readFile(path);
    const directory = bytes.lastIndexOf(Buffer.from("PK\u0001\u0002", "latin1"));
    bytes.writeUInt32LE(100, directory + 24);
    expect(await codeOf(allRows(await work.file("lying.zip", bytes)))).toBe("zip.damaged");
  });

  it("says when there is nothing to read, or no telling what", async () => {
    expect(await codeOf(detect(await work.zip("png.zip", { "a.png": "x" })))).toBe("zip.nothing-readable");
    expect(await codeOf(detect(await work.zip("two.zip", { "a.csv": "a\n", "b.csv": "b\n" })))).toBe(
      "zip.several-files",
    );
    expect(await codeOf(detect(await work.file("cut.zip", "PK\u0003\u0004rest")))).toBe("zip.damaged");
  });
});

describe("XML", () => {
  it("refuses documents that declare entities", async () => {
    const kml = `<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>
      <kml><Document><Placemark><name>&b;</name></Placemark></Document></kml>`;
    expect(await codeOf(allRows(await work.file("lol.kml", kml)))).toBe("xml.entities-refused");
    const workbook = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><workbook><sheets/></workbook>';
    const rels = "<Relationships/>";
    const path = await work.zip("lol.xlsx", {
      "[Content_Types].xml": "<Types/>",
      "xl/workbook.xml": workbook,
      "xl/_rels/workbook.xml.rels": rels,
      "xl/worksheets/sheet1.xml": "<worksheet/>",
    });
    expect(await codeOf(detect(path))).toBe("xml.entities-refused");
  });

  it("loses one placemark, not the file, to an unknown entity", async () => {
    const mark = (name: string) =>
      `<Placemark><name>${name}</name><Point><coordinates>103,13</coordinates></Point></Placemark>`;
    const kml = `<kml><Document>${mark("one")}${mark("two &nbsp; &foo;")}${mark("three")}</Document></kml>`;
    const rows = await allRows(await work.file("entity.kml", kml));
    expect(rows.map((row) => row.problem?.code ?? row.fields.name)).toEqual(["one", "kml.broken-placemark", "three"]);
  });
});

describe("other files", () => {
  it("says what it cannot read", async () => {
    expect(await codeOf(detect(work.path("absent.csv")))).toBe("files.not-found");
    expect(await codeOf(detect(await work.file("empty.csv", "")))).toBe("files.empty");
    expect(await codeOf(detect(await work.file("old.xls", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]))))).toBe(
      "files.old-excel",
    );
    expect(await codeOf(detect(await work.file("a.pdf", "%PDF-1.7\n")))).toBe("files.unsupported-format");
    expect(await codeOf(detect(await work.file("a.html", "<html></html>")))).toBe("files.unsupported-format");
    expect(await codeOf(detect(await work.file("a.bin", Buffer.from([1, 0, 2, 0, 0, 0, 5]))))).toBe(
      "files.unsupported-format",
    );
    expect(await codeOf(detect(await work.file("a.gpkg", Buffer.from(`SQLite format 3\0${"x".repeat(200)}`))))).toBe(
      "gpkg.damaged",
    );
    expect(
      await codeOf(detect(await work.file("a.fgb", Buffer.from("fgb\u0003fgb\0\xff\xff\xff\xff", "latin1")))),
    ).toBe("flatgeobuf.damaged");
    expect(await codeOf(detect(await work.file("a.dbf", "x")))).toBe("shapefile.no-shp");
  });

  it("names the layer that is not there", async () => {
    const path = await work.file("a.yml", "things:\n  a: {b: 1}\n");
    expect(await codeOf(allRows(path, { layer: "others" }))).toBe("files.no-such-layer");
  });
});
