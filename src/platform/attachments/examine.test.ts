import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { examine } from "./examine.ts";
import { readExif } from "./exif.ts";
import { type MediaType, mediaTypes, sniff, typeOfName } from "./media.ts";
import { aGpx, aJpeg, anExif, anXmp, aPdf, aPng, aWebp, secret } from "./samples.ts";

const near = { latitude: expect.closeTo(secret.latitude, 6), longitude: expect.closeTo(secret.longitude, 6) };
const kindsOf = (bytes: Uint8Array, type: MediaType) => [...(examine(bytes, type)?.kinds ?? [])].sort();

const pictures: [MediaType, (options: { exif?: Buffer; xmp?: string }) => Buffer][] = [
  ["image/jpeg", aJpeg],
  ["image/png", aPng],
  ["image/webp", aWebp],
];

describe.each(pictures)("a picture (%s)", (type, make) => {
  it("with EXIF: place, owner, device and notes are found and gone from the copy, the turn stays", () => {
    const bytes = make({ exif: anExif() });
    const found = examine(bytes, type);
    expect([...(found?.kinds ?? [])].sort()).toEqual(["device", "location", "maker-note", "owner"]);
    expect(found?.position).toEqual(near);
    expect(found?.takenOn).toBe("2026-02-17");
    const copy = Buffer.from(found?.cleaned ?? []);
    for (const word of [secret.owner, secret.serial, "maker knows"]) {
      expect(bytes.includes(word)).toBe(true);
      expect(copy.includes(word)).toBe(false);
    }
    expect(sniff(copy)).toBe(type);
    expect(kindsOf(copy, type)).toEqual([]);
    const at = copy.indexOf("MM\0*", 0, "latin1");
    expect(readExif(copy.subarray(at))?.orientation).toBe(6);
  });

  it("with XMP: the place is found and gone from the copy", () => {
    const found = examine(make({ xmp: anXmp }), type);
    expect(found?.kinds.has("location")).toBe(true);
    expect(found?.position).toEqual(near);
    expect(Buffer.from(found?.cleaned ?? []).includes("GPSLatitude")).toBe(false);
  });

  it("that needs no cleaning is given out with the same picture, and cleaning twice is cleaning once", () => {
    const once = examine(make({ exif: anExif(), xmp: anXmp }), type)?.cleaned as Uint8Array;
    expect(examine(once, type)?.cleaned).toEqual(Buffer.from(once));
    expect(kindsOf(make({}), type)).toEqual([]);
  });

  it("cut off anywhere is broken and never half read", () => {
    const bytes = make({ exif: anExif(), xmp: anXmp });
    for (let length = 0; length < bytes.length - 1; length++)
      expect(examine(bytes.subarray(0, length), type), `${length} of ${bytes.length}`).toBeNull();
  });

  it("with any bytes changed never fails, and no copy keeps the place", () => {
    const bytes = make({ exif: anExif(), xmp: anXmp });
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const hostile = Buffer.from(bytes);
        for (const [at, value] of changes) hostile[at] = value;
        const copy = examine(hostile, type)?.cleaned;
        expect(copy && Buffer.from(copy).includes("GPSLatitude=")).not.toBe(true);
        expect(copy && Buffer.from(copy).includes(secret.owner)).not.toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});

describe("hostile EXIF", () => {
  it("with any bytes is read in bounds", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (tail, little) => {
        const head = little ? [0x49, 0x49, 42, 0] : [0x4d, 0x4d, 0, 42];
        const facts = readExif(Uint8Array.from([...head, ...tail]));
        expect(facts === null || (facts.orientation >= 1 && facts.orientation <= 8)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("with huge counts and directories that point to themselves ends at once", () => {
    const exif = anExif();
    exif.writeUInt16BE(0xffff, 8);
    expect(readExif(exif)).not.toBeNull();
    const loop = Buffer.from(anExif());
    loop.writeUInt32BE(0xfffffff0, 4);
    expect(readExif(loop)?.kinds.size).toBe(0);
  });

  it("whose place lies outside the block still says that there is one", () => {
    const exif = anExif();
    const at = exif.indexOf(Buffer.from([0x88, 0x25, 0, 4, 0, 0, 0, 1]));
    exif.writeUInt32BE(0xfffff, at + 8);
    const found = examine(aJpeg({ exif }), "image/jpeg");
    expect(found?.kinds.has("location")).toBe(true);
    expect(found?.position).toBeNull();
  });
});

describe("what else hides in files", () => {
  it("comments and what follows the end of a picture", () => {
    const found = examine(aJpeg({ comment: "taken by me", trailing: "a film of the place" }), "image/jpeg");
    expect([...(found?.kinds ?? [])].sort()).toEqual(["hidden-text", "trailing-data"]);
    expect(Buffer.from(found?.cleaned ?? []).includes("taken by me")).toBe(false);
    expect(Buffer.from(found?.cleaned ?? []).includes("film")).toBe(false);
    expect(kindsOf(aPng({ text: secret.owner, trailing: "x" }), "image/png")).toEqual(["hidden-text", "trailing-data"]);
  });

  it("a map's frame in a PDF, packed or not; it stays in and is said to", () => {
    const found = examine(aPdf({ map: true }), "application/pdf");
    expect(found?.kinds.has("location")).toBe(true);
    expect(found?.position).toEqual({ latitude: expect.closeTo(13.15, 9), longitude: expect.closeTo(102.85, 9) });
    expect(found?.cleaned).toBeNull();
    const packed = deflateSync("<< /Type /Viewport /Measure << /Subtype /GEO /GPTS [13 102 14 103] >> >>");
    expect(examine(aPdf({ stream: packed }), "application/pdf")?.position).toEqual({
      latitude: 13.5,
      longitude: 102.5,
    });
    expect(kindsOf(aPdf(), "application/pdf")).toEqual([]);
    expect(examine(aPdf().subarray(0, 40), "application/pdf")).toBeNull();
  });

  it("a packed part of a PDF that grows without end is cut off", () => {
    const bomb = deflateSync(Buffer.alloc(60_000_000));
    const started = performance.now();
    expect(examine(aPdf({ stream: bomb }), "application/pdf")).not.toBeNull();
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it("a track is a list of places", () => {
    const found = examine(Buffer.from(aGpx), "application/gpx+xml");
    expect(found?.position).toEqual({ latitude: 13.1585, longitude: 102.878 });
    expect(examine(Buffer.from(aGpx.slice(0, -10)), "application/gpx+xml")).toBeNull();
  });
});

describe("what a file is", () => {
  it("is told by its bytes", () => {
    expect(sniff(aJpeg())).toBe("image/jpeg");
    expect(sniff(aPng())).toBe("image/png");
    expect(sniff(aWebp())).toBe("image/webp");
    expect(sniff(aPdf())).toBe("application/pdf");
    expect(sniff(Buffer.from(aGpx))).toBe("application/gpx+xml");
    expect(sniff(Buffer.from("\ufeffcode,name\nA-1,ឃុំ\n"))).toBe("text/csv");
    expect(sniff(Buffer.from("\ufeffcode\tname\n", "utf16le"))).toBe("text/csv");
  });

  it("is nothing that is taken when it is a page, a program, a drawing with scripts or another archive", () => {
    const refused = [
      "<!doctype html><script>1</script>",
      "a,b\n<script>alert(1)</script>",
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      '<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "b">]><gpx></gpx>',
      "MZ\x90\0\x03\0\0\0",
      "\x7fELF\x02\x01\x01\0",
      "PK\x03\x04 no workbook",
      "GIF89a\x01\0\x01\0",
      "one word",
    ];
    for (const text of refused) expect(sniff(Buffer.from(text, "latin1")), text).toBeNull();
  });

  it("is claimed by the end of its name, whatever its letters", () => {
    for (const [type, endings] of Object.entries(mediaTypes))
      for (const ending of endings) expect(typeOfName(`Photo.${ending.toUpperCase()}`)).toBe(type);
    for (const name of ["a.exe", "a", "a.jpg.html", "jpg"]) expect(typeOfName(name)).toBeNull();
  });

  it("never fails on any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const type = sniff(bytes);
        if (type) examine(bytes, type);
      }),
    );
  });
});
