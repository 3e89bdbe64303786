import { inflateSync } from "node:zlib";

/** What a PDF says of itself, read without another program. */
export interface PdfFacts {
  pages: number;
  /** Names of fonts without the letters of the subset. */
  fonts: string[];
  /** Fonts that are only named, not in the file. */
  missingFonts: number;
  /** The language of the whole, without its region. */
  language: string | null;
  title: string | null;
  /** Part and level of PDF/A, e.g. `2A`. */
  archival: string | null;
  /** The kinds of its tags, each once: what a reader aloud is told. */
  tags: string[];
  /** Links, scripts, files and actions; there should be none. */
  active: string[];
  /** The whole file with its packed parts unpacked. */
  text: string;
}

/**
 * The level that this machine's documents keep: tagged where a compiler that tags is published for the platform
 * (`package.json`, overrides).
 */
export const archivalLevel = process.platform === "linux" && process.arch === "x64" ? "2A" : "2B";

/** Unpacks every stream of a PDF that is packed with deflate, behind the file itself. */
function unpacked(bytes: Buffer): string {
  const parts = [bytes.toString("latin1")];
  for (let at = bytes.indexOf("stream\n"); at >= 0; at = bytes.indexOf("stream\n", at + 7)) {
    if (bytes.toString("latin1", at - 3, at) === "end") continue;
    try {
      parts.push(inflateSync(bytes.subarray(at + 7)).toString("latin1"));
    } catch {
      // Not packed: it stands in the file as it is.
    }
  }
  return parts.join("\n");
}

/** Text of PDF or XML in Latin letters or UTF-8 read as such. */
const decoded = (text: string) => Buffer.from(text, "latin1").toString("utf8");

/** Reads what tests ask of a document. */
export function pdfFacts(pdf: Uint8Array): PdfFacts {
  const text = unpacked(Buffer.from(pdf));
  const named = [...text.matchAll(/\/FontName\s*\/([A-Z]{6}\+)?([\w-]+)/g)];
  const descriptors = [...text.matchAll(/\/Type\s*\/FontDescriptor[\s\S]*?>>/g)].map(([whole]) => whole);
  return {
    pages: [...text.matchAll(/\/Type\s*\/Page\b(?!s)/g)].length,
    fonts: [...new Set(named.map(([, , name]) => name as string))].sort(),
    missingFonts: descriptors.filter((each) => !/\/FontFile[23]?\b/.test(each)).length,
    language: /\/Type\s*\/Catalog\b[\s\S]*?\/Lang\s*\(([a-z]+)/.exec(text)?.[1] ?? null,
    title: decoded(/<dc:title>[\s\S]*?<rdf:li[^>]*>([^<]*)</.exec(text)?.[1] ?? "") || null,
    archival:
      text
        .match(/pdfaid:part>(\d)[\s\S]*?pdfaid:conformance>(\w)/)
        ?.slice(1)
        .join("") ?? null,
    tags: [
      ...new Set([...text.matchAll(/\/Type\s*\/StructElem\s*\/S\s*\/(\w+)/g)].map(([, kind]) => kind as string)),
    ].sort(),
    active: [
      ...new Set(text.match(/\/(JavaScript|JS|Launch|URI|EmbeddedFile|OpenAction|AA|GoToR|SubmitForm)\b/g) ?? []),
    ],
    text,
  };
}
