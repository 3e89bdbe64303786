import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { charactersFile, drawnRuns } from "../../../scripts/generate-characters.ts";
import { drawnCharacters } from "./characters.ts";
import { createRenderer } from "./index.ts";
import type { Block, DocumentModel } from "./model.ts";
import { archivalLevel, pdfFacts } from "./testing.ts";

const both = (own: string, english: string) => ({ own, english });
const options = { language: "km", country: "KHM", title: "ឯកសារ", now: new Date("2026-03-03T00:00:00Z") } as const;

function aDocument(...blocks: Block[]): DocumentModel {
  return {
    title: both("ឯកសារ", "Document"),
    issuer: both("អាជ្ញាធរ", "Authority"),
    number: "D-1",
    asOf: both("គិតត្រឹម 3", "As of 3"),
    page: both("ទំព័រ {page} នៃ {pages}", "Page {page} of {pages}"),
    unshown: both("� គ្មានរូបរាង", "� has no shape"),
    banner: null,
    blocks,
  };
}

/** What would do something in Typst, in SVG or in PDF, were it read as markup. */
const hostile = [
  '#panic("read as code")',
  '#image("/etc/passwd")',
  '#read("../../../../etc/passwd")',
  '#import "@preview/example:0.1.0": *',
  "$ sum_(k=1)^n k $ *bold* _italic_ `raw` <label> @reference = heading",
  '"] #link("https://example.org")[x] ["',
  "// comment /* comment */ \\u{41} \\ #{1+1} ]])) }}",
  "</svg><script>1</script>&lt; {page} {x} %{y}",
];

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="10mm" height="5mm" viewBox="0 0 10 5"><path d="M0 0h10"/></svg>';
const words = (text: string) => both(text, text);
/** A block of every kind with the same words. */
const everywhere = (text: string): Block[] => [
  { kind: "heading", label: words(text) },
  { kind: "paragraph", words: text },
  { kind: "notice", words: words(text) },
  { kind: "facts", items: [{ label: words(text), value: text, wide: true }] },
  {
    kind: "table",
    caption: words(text),
    columns: [{ label: words(text), align: "left", weight: 1 }],
    rows: [[text], [words(text)]],
    total: [text],
    empty: words(text),
  },
  { kind: "figure", svg, caption: words(text), description: text, legend: [{ svg, label: words(text) }] },
  {
    kind: "signatures",
    words: {
      name: words("n"),
      position: words("p"),
      organisation: words("o"),
      date: words("d"),
      signature: words("s"),
    },
    signatories: [{ role: words(text), name: text, position: text, organisation: text, date: text }],
  },
];

describe("a renderer", () => {
  const renderer = createRenderer();
  afterAll(() => renderer.close());

  it("sets PDF/A in our fonts, with language and title", async () => {
    const { pdf, pages } = await renderer.render(
      "document.typ",
      aDocument({ kind: "paragraph", words: "១២៣ ខ្មែរ abc" }),
      options,
    );
    const facts = pdfFacts(pdf);
    expect(facts).toMatchObject({
      pages: 1,
      missingFonts: 0,
      language: "km",
      title: "ឯកសារ",
      archival: archivalLevel,
      active: [],
    });
    expect(pages).toBe(1);
    expect(facts.fonts.filter((name) => !/^NotoSans(Khmer|Lao|Thai|Myanmar)?-(Regular|Bold)$/.test(name))).toEqual([]);
    expect(facts.fonts).toContain("NotoSansKhmer-Regular");
  });

  it.runIf(archivalLevel === "2A")("tells a reader aloud what is what", async () => {
    const paragraph = { kind: "paragraph", words: both("ក", "A") } as const;
    const { pdf } = await renderer.render("document.typ", aDocument(...everywhere("១២៣ ខ្មែរ"), paragraph), options);
    const { tags, text } = pdfFacts(pdf);
    expect(tags).toEqual(
      expect.arrayContaining([
        "Document",
        "Figure",
        "H1",
        "H2",
        "P",
        "TBody",
        "TD",
        "TFoot",
        "TH",
        "THead",
        "TR",
        "Table",
      ]),
    );
    // English beside the national language is spoken as English, and a drawing has words.
    expect(text).toMatch(/\/Lang \(en/);
    expect(text).toMatch(/\/Alt /);
  });

  it("knows the characters of its fonts", () => {
    // After another font: npx tsx scripts/generate-characters.ts
    expect(JSON.parse(readFileSync(charactersFile, "utf8"))).toEqual(drawnRuns());
    expect(drawnCharacters(dirname(charactersFile)).size).toBeGreaterThan(3000);
  });

  it("sets a document in which somebody used letters that no font has", async () => {
    for (const [written, read] of [
      ["李明 (Li)", "� (Li)"],
      ["Ali علي", "Ali �"],
      ["smile 👩‍🌾!", "smile �!"],
      ["bell\u0007 \uE000", "bell� �"],
      ["\uFEFFmark", "mark"],
    ] as const) {
      const { pdf } = await renderer.render("document.typ", aDocument(...everywhere(written)), options);
      expect(pdfFacts(pdf)).toMatchObject({ archival: archivalLevel, missingFonts: 0 });
      const shown = spawnSync("pdftotext", ["-enc", "UTF-8", "-", "-"], { input: pdf, encoding: "utf8" });
      if (shown.error) return console.info("pdftotext is not installed: the words are not read back");
      expect(shown.stdout).toContain(read);
      expect(shown.stdout.includes("has no shape")).toBe(read.includes("�"));
    }
  });

  it("gives the same bytes for the same data, also from another thread", async () => {
    const model = aDocument({ kind: "paragraph", words: both("ក", "A") });
    const other = createRenderer();
    const [a, b, c] = await Promise.all([
      renderer.render("document.typ", model, options),
      renderer.render("document.typ", model, options),
      other.render("document.typ", model, options),
    ]);
    await other.close();
    expect(Buffer.compare(a.pdf, b.pdf)).toBe(0);
    expect(Buffer.compare(a.pdf, c.pdf)).toBe(0);
    const later = await renderer.render("document.typ", model, { ...options, now: new Date("2026-03-04T00:00:00Z") });
    expect(Buffer.compare(a.pdf, later.pdf)).not.toBe(0);
  });

  it("sets what people wrote as it stands, wherever it stands", async () => {
    for (const text of hostile) {
      const model = { ...aDocument(...everywhere(text)), number: text, banner: both(text, text) };
      const { pdf } = await renderer.render("document.typ", model, { ...options, title: text });
      const facts = pdfFacts(pdf);
      expect(facts.active, text).toEqual([]);
      expect(facts.text).not.toMatch(/root:x:0/);
      expect(
        facts.title?.replace(
          /&(\w+);/g,
          (_, name: string) => ({ lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" })[name] ?? "",
        ),
      ).toBe(text);
    }
  });

  it("lets the words be read back letter by letter", async () => {
    const { pdf } = await renderer.render(
      "document.typ",
      aDocument(...hostile.map((words) => ({ kind: "paragraph", words }) as const)),
      options,
    );
    const read = spawnSync("pdftotext", ["-enc", "UTF-8", "-", "-"], { input: pdf, encoding: "utf8" });
    if (read.error) return console.info("pdftotext is not installed: the words are not read back");
    const letters = (text: string) => text.replace(/\s+/g, "");
    for (const text of hostile) expect(letters(read.stdout)).toContain(letters(text));
  });

  it("says so when a template cannot be set, and goes on with the next document", async () => {
    const broken = {
      ...aDocument(),
      blocks: [{ kind: "figure", svg: "no drawing", caption: both("a", "b"), description: "", legend: [] }],
    };
    await expect(renderer.render("document.typ", broken as DocumentModel, options)).rejects.toThrow(/could not be set/);
    await expect(renderer.render("no-such.typ", aDocument(), options)).rejects.toThrow(/could not be set/);
    await expect(renderer.render("../render.ts", aDocument(), options)).rejects.toThrow(/could not be set/);
    expect((await renderer.render("document.typ", aDocument(), options)).pages).toBe(1);
  });
});

describe("bounds", () => {
  it("a document that takes too long is given up, and the next one is set in a new thread", async () => {
    const renderer = createRenderer({ timeLimit: 1 });
    await expect(renderer.render("document.typ", aDocument(), options)).rejects.toMatchObject({
      code: "documents.too-slow",
    });
    await renderer.close();
  });

  it("too many that wait are refused, and closing gives up the rest", async () => {
    const renderer = createRenderer({ waiting: 1 });
    const first = renderer.render("document.typ", aDocument(), options);
    const second = renderer.render("document.typ", aDocument(), options);
    const refused = expect(renderer.render("document.typ", aDocument(), options)).rejects.toMatchObject({
      code: "documents.busy",
    });
    const given = Promise.all(
      [first, second].map((each) => expect(each).rejects.toMatchObject({ code: "documents.busy" })),
    );
    await refused;
    await renderer.close();
    await given;
  });

  it("an idle thread goes, and comes back when it is needed", async () => {
    const renderer = createRenderer({ idle: 10 });
    expect((await renderer.render("document.typ", aDocument(), options)).pages).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await renderer.render("document.typ", aDocument(), options)).pages).toBe(1);
    await renderer.close();
  });
});
