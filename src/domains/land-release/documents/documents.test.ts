import { distanceMetres } from "@santi/land-geometry";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Language, languages } from "../../../platform/contract/fields.ts";
import type { Block, DocumentModel, Words } from "../../../platform/documents/index.ts";
import { archivalLevel, pdfFacts } from "../../../platform/documents/testing.ts";
import { readCatalogue } from "../../../platform/i18n/node.ts";
import { createTranslator, type Translator } from "../../../platform/i18n/translator.ts";
import { cornersOf, legsOf, utmText } from "./corners.ts";
import {
  completionReport,
  completionReportPdf,
  createWriter,
  handoverCertificate,
  handoverCertificatePdf,
  signatoryRoles,
} from "./index.ts";
import { aCompletionReport, aHandoverCertificate } from "./samples.ts";

const english = readCatalogue("en");
const translators = new Map<Language, Translator>();
function translator(language: Language): Translator {
  const made = translators.get(language) ?? createTranslator(language, readCatalogue(language), { fallback: english });
  translators.set(language, made);
  return made;
}

/** Every text of a model, in whatever depth. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return value && typeof value === "object" ? Object.values(value).flatMap(textsOf) : [];
}
const tables = (model: DocumentModel) => model.blocks.filter((block) => block.kind === "table");
const cell = (words: Words | undefined) => (typeof words === "object" ? words.own : words);
const tableWith = (model: DocumentModel, column: string) =>
  tables(model).find(({ columns }) => columns.some(({ label }) => label.own === column)) as Extract<
    Block,
    { kind: "table" }
  >;

describe("what the documents say", () => {
  const writer = createWriter("km", translator);
  const report = completionReport(aCompletionReport(), writer);
  const certificate = handoverCertificate(aHandoverCertificate(), writer);

  it("is every fact of the record", () => {
    const all = textsOf(report).join("\n");
    const facts = [
      "TSK-KHM-00231",
      "HA-KHM-003391",
      "NTS-KHM-000951",
      "26,113 m² (2.6113 ha)",
      "11,208",
      "9,870",
      "5,455",
      "13 cm",
      "Detector VMH3CS",
      "2026-01-12 – 2026-02-14",
      "Type 72A",
      "60 mm mortar",
      "13.158400",
      "NW-01",
      "Flooded until April",
      "Quality Management Team 2",
      "Lane marking incomplete",
      "QL-2026-03",
      "327.4° M",
      "104.2 m",
      "168.3 M",
      "-99.60",
      "1 : 1,130",
      "48P 270100 1455300",
      "48N 269986.9 1455633.7",
      "RP",
      "BM",
      "SP",
      "TP3",
      "IP1",
      "Provincial office",
      "Chan Sophea",
      "405",
      "Agriculture",
    ];
    expect(facts.filter((fact) => !all.includes(fact))).toEqual([]);
    const more = textsOf(certificate).join("\n");
    const own = [
      "KHM 2025-1",
      "Commune hall of Kdol Ta Haen",
      "Commune council",
      "10 មីនា 2026",
      "10 Mar 2026",
      "CR-KHM-000417",
    ];
    expect(own.filter((fact) => !more.includes(fact))).toEqual([]);
  });

  it("has no key without words in any language, and no code without a label", () => {
    for (const language of languages) {
      const words = createWriter(language, translator);
      const models = [completionReport(aCompletionReport(), words), handoverCertificate(aHandoverCertificate(), words)];
      expect(models.flatMap(textsOf).filter((text) => /^(document|code)\.[\w.-]+$/.test(text))).toEqual([]);
    }
    for (const role of signatoryRoles) expect(english[`document.release.sign.role.${role}`]).toBeDefined();
  });

  it("stands in both languages, in an English document in one", () => {
    expect(report.title).toEqual({ own: "របាយការណ៍បញ្ចប់ការងារ", english: "Completion report" });
    const plain = completionReport(aCompletionReport(), createWriter("en", translator));
    const doubled = (value: unknown): boolean =>
      value !== null &&
      typeof value === "object" &&
      (("english" in value && value.english !== null) || Object.values(value).some(doubled));
    expect(doubled(report)).toBe(true);
    expect(doubled(plain)).toBe(false);
  });

  it("writes numbers as the nation does, always with Latin digits", () => {
    const first = (language: Language) => {
      const model = completionReport(aCompletionReport(), createWriter(language, translator));
      return tables(model)[0]?.rows[0]?.slice(1);
    };
    expect(first("vi")).toEqual(["26.113", "2,6113"]);
    for (const language of ["km", "lo", "my", "en", "th"] as const)
      expect(first(language)).toEqual(["26,113", "2.6113"]);
    const burmese = textsOf(completionReport(aCompletionReport(), createWriter("my", translator)).blocks).join("");
    expect(burmese).not.toMatch(/[၀-၉]/);
  });

  it("says on every page when it is not approved, and nothing of the kind when it is", () => {
    expect(report.banner).toBeNull();
    const { head } = aCompletionReport();
    const draft = completionReport(aCompletionReport({ head: { ...head, state: "draft" } }), writer);
    expect(draft.banner?.english).toBe("Draft: not approved, of no effect");
  });

  it("says that there is nothing, rather than leaving a section out", () => {
    const empty = completionReport(
      aCompletionReport({
        devices: [],
        visits: [],
        nonConformities: [],
        accidents: [],
        processed: [],
        products: [],
        control: null,
      }),
      writer,
    );
    const found = tableWith(empty, translator("km").t("document.release.model"));
    expect(found.rows).toEqual([]);
    expect(found.empty.english).toBe("None.");
    expect(textsOf(empty).join()).toContain("No accepted inspection of this land is on record.");
  });

  it("adds up: what was, was adjusted and was released leaves what remains", () => {
    const data = aCompletionReport();
    const released = data.products.reduce((sum, { squareMetres }) => sum + squareMetres, 0);
    expect(data.area.squareMetres + data.adjustedSquareMetres - released).toBe(data.remainingSquareMetres);
    const rows = tables(report)[0]?.rows.map((row) => cell(row[1]));
    expect(rows?.at(-1)).toBe("21,078");
    expect(cell(tables(report)[0]?.total?.[1])).toBe("5,455");
  });
});

describe("the table of corners", () => {
  it("leads around the outline and back: the legs are as long as it", () => {
    const degree = fc.double({ min: 0.001, max: 0.01, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(degree, degree), { minLength: 3, maxLength: 12 }), (offsets) => {
        const ring = offsets.map(([x, y]): [number, number] => [102 + x, 13 + y]);
        const [points = []] = cornersOf({ type: "Polygon", coordinates: [[...ring, ring[0] as [number, number]]] });
        expect(points.length).toBe(ring.length);
        const legs = legsOf(points);
        const around = ring.reduce((sum, [lon, lat], i) => {
          const [nextLon, nextLat] = ring[(i + 1) % ring.length] as [number, number];
          return sum + distanceMetres({ lon, lat }, { lon: nextLon, lat: nextLat });
        }, 0);
        expect(legs.reduce((sum, { metres }) => sum + (metres ?? 0), 0)).toBeCloseTo(around, 6);
        for (const { bearing } of legs) expect(bearing?.degrees).toBeLessThanOrEqual(360);
      }),
    );
  });

  it("names the corners of further rings apart, and writes UTM with its zone", () => {
    const square = (x: number) => [
      [x, 1],
      [x + 1, 1],
      [x + 1, 2],
      [x, 1],
    ];
    const parts = cornersOf({ type: "MultiPolygon", coordinates: [[square(0)], [square(5)]] });
    expect(parts.map((points) => points.map(({ name }) => name))).toEqual([
      ["TP1", "TP2", "TP3"],
      ["2.TP1", "2.TP2", "2.TP3"],
    ]);
    expect(utmText(102.878, 13.1585)).toBe("48N 269986.9 1455633.7");
  });

  it("keeps a bearing and a distance that were surveyed", () => {
    const points = aCompletionReport().products[0]?.corners ?? [];
    expect(legsOf(points).at(-1)).toMatchObject({ bearing: { degrees: 327.4, north: "magnetic" }, metres: 104.2 });
  });
});

const scripts: Partial<Record<Language, string>> = {
  km: "NotoSansKhmer",
  lo: "NotoSansLao",
  th: "NotoSansThai",
  my: "NotoSansMyanmar",
};

describe.each(["km", "th", "my", "lo", "vi", "en"] as const)("the documents as PDF (%s)", (language) => {
  const options = { language, country: "KHM", translator };

  it.each([
    ["completion report", () => completionReportPdf(aCompletionReport(), options), "CR-KHM-000417"],
    ["handover certificate", () => handoverCertificatePdf(aHandoverCertificate(), options), "HC-KHM-000198"],
  ])("%s: whole, archival, in our fonts, the same at each making", async (_name, make, number) => {
    const { pdf, pages } = await make();
    const facts = pdfFacts(pdf);
    expect(facts.pages).toBe(pages);
    expect(pages).toBeGreaterThanOrEqual(3);
    // Lines of Burmese are half as tall again, and its words are longer.
    expect(pages).toBeLessThanOrEqual(language === "my" ? 7 : 6);
    expect(facts).toMatchObject({ archival: archivalLevel, language, missingFonts: 0, active: [] });
    expect(facts.title).toContain(number);
    const script = scripts[language] ?? "NotoSans";
    const allowed = new Set(["NotoSans", script].flatMap((name) => [`${name}-Regular`, `${name}-Bold`]));
    // Other scripts come in only with names that the record has in them.
    expect(facts.fonts.filter((name) => !allowed.has(name))).toEqual([]);
    expect(facts.fonts).toContain(`${script}-Regular`);
    expect(Buffer.compare((await make()).pdf, pdf)).toBe(0);
  });
});

it("a task of hundreds of points, pieces and devices is still one document", async () => {
  const base = aCompletionReport();
  const [product] = base.products;
  const [device] = base.devices;
  if (!product || !device) throw new Error("The sample has products and devices");
  const ring = Array.from({ length: 300 }, (_, i) => [
    102.88 + Math.cos(i / 48) * 0.002,
    13.16 + Math.sin(i / 48) * 0.002,
  ]);
  const long = {
    ...product,
    corners: null,
    geometry: { type: "Polygon" as const, coordinates: [[...ring, ring[0] as number[]]] },
  };
  const data = aCompletionReport({
    products: [long, ...Array.from({ length: 40 }, () => base.products[1] ?? product)],
    devices: Array.from({ length: 400 }, () => device),
  });
  const { pages } = await completionReportPdf(data, { language: "km", country: "KHM", translator });
  expect(pages).toBeGreaterThan(15);
});
