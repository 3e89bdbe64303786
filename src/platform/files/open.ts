import { stat } from "node:fs/promises";
import { readHead } from "./bytes.ts";
import { guessEncoding, makeDecoder } from "./encoding.ts";
import { FileProblem } from "./problem.ts";
import { defaultLimits, type Format, type OpenedFile, type ReadOptions } from "./types.ts";
import { openZip, unpack, type ZipMember } from "./zip.ts";

/** A file with its format; `close` removes what had to be unpacked. */
export interface RecognisedFile {
  file: OpenedFile;
  format: Format;
  close(): Promise<void>;
}

/**
 * Recognises a file by its content, then by its name, and makes it ready to be read. A zip that holds one table or set
 * of features is unpacked first. Throws `files.empty`, `files.not-found`, `files.old-excel`,
 * `files.unsupported-format` and the problems of zips.
 */
export async function recognise(path: string, options: ReadOptions): Promise<RecognisedFile> {
  const companion = /\.(shx|dbf|prj|cpg|sbn|sbx|qix)$/i.test(path);
  if (companion) return recognise(await shapeBeside(path), options);
  const limits = { ...defaultLimits, ...options.limits };
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw new FileProblem("files.not-found");
  if (found.size === 0) throw new FileProblem("files.empty");
  const file: OpenedFile = { path, size: found.size, options, limits };
  const nothing = async () => undefined;
  if (options.format) return { file, format: options.format, close: nothing };
  const head = await readHead(path, 4096);
  if (head.toString("latin1", 0, 4) !== "PK\u0003\u0004") return { file, format: sniff(head, path), close: nothing };
  const zip = await openZip(path, limits);
  try {
    const names = zip.members.map((member) => member.name);
    if (names.includes("[Content_Types].xml") && names.some((name) => /worksheets\/[^/]+\.xml$/.test(name))) {
      return { file, format: "xlsx", close: nothing };
    }
    if (names.some((name) => /\.shp$/i.test(name))) return { file, format: "shapefile", close: nothing };
    if (names.some((name) => /\.kml$/i.test(name))) return { file, format: "kml", close: nothing };
    const member = onlyReadable(zip.members);
    const unpacked = await unpack(zip, (name) => name === member.name);
    const inner = unpacked.paths.get(member.name) as string;
    try {
      const format = sniff(await readHead(inner, 4096), member.name);
      return { file: { ...file, path: inner, size: member.bytes }, format, close: unpacked.remove };
    } catch (error) {
      await unpacked.remove();
      throw error;
    }
  } finally {
    zip.close();
  }
}

/** People pick any file of a shapefile; the one with the shapes is what is meant. */
async function shapeBeside(path: string): Promise<string> {
  for (const extension of ["shp", "SHP"]) {
    const candidate = path.replace(/\.[^.]+$/, `.${extension}`);
    if (await stat(candidate).catch(() => null)) return candidate;
  }
  throw new FileProblem("shapefile.no-shp");
}

function onlyReadable(members: ZipMember[]): ZipMember {
  const readable = members.filter(
    (member) =>
      /\.(geojson|geojsonl|ndjson|json|csv|tsv|txt|gpkg|fgb|ya?ml)$/i.test(member.name) &&
      !/^__MACOSX\//.test(member.name),
  );
  if (readable.length === 1) return readable[0] as ZipMember;
  throw new FileProblem(readable.length === 0 ? "zip.nothing-readable" : "zip.several-files", {
    files: readable.length,
  });
}

const extensionOf = (path: string) => /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? "";

/** The format of a file that is no zip, by its first bytes and then by its name. */
function sniff(head: Buffer, path: string): Format {
  const latin = head.toString("latin1");
  if (latin.startsWith("SQLite format 3\0")) return "gpkg";
  if (latin.startsWith("fgb\u0003fgb")) return "flatgeobuf";
  if (head.length >= 4 && head.readUInt32BE(0) === 0x270a) return "shapefile";
  if (latin.startsWith("\u00d0\u00cf\u0011\u00e0")) throw new FileProblem("files.old-excel");
  const { encoding } = guessEncoding(head);
  const extension = extensionOf(path);
  if (head.includes(0) && !encoding.startsWith("utf-16"))
    throw new FileProblem("files.unsupported-format", { extension });
  const text = makeDecoder(encoding).write(head).trimStart();
  if (text.startsWith("<")) {
    if (/<(?:\w+:)?kml[\s>]/i.test(text) || extension === "kml") return "kml";
    throw new FileProblem("files.unsupported-format", { extension });
  }
  if (["{", "[", "\u001e"].includes(text.charAt(0))) return "geojson";
  if (/^---\s*\n/.test(text)) return "yaml";
  if (extension === "yml" || extension === "yaml") return "yaml";
  if (["pdf", "doc", "docx", "xls", "gz", "rar", "7z"].includes(extension)) {
    throw new FileProblem("files.unsupported-format", { extension });
  }
  return "csv";
}
