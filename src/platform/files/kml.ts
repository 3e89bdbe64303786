import { kml } from "@tmcw/togeojson";
import { DOMImplementation, type Document, type Element } from "@xmldom/xmldom";
import type { Feature, Geometry } from "geojson";
import { SaxesParser } from "saxes";
import { readChunks, readHead } from "./bytes.ts";
import { guessEncoding, makeDecoder } from "./encoding.ts";
import { flattenInto } from "./fields.ts";
import { positionsOf } from "./geometry.ts";
import { FileProblem, problem } from "./problem.ts";
import { batchSize, type FormatReader, type OpenedFile, type Problem, type SourceRow } from "./types.ts";
import { openZip } from "./zip.ts";

/** A placemark cut out of the file, with the names of the folders around it. */
interface Placemark {
  document: Document | null;
  folders: string[];
  problem?: Problem;
}

/**
 * Reads KML and KMZ placemark by placemark. Folder names become the field `_folder`. Styles are ignored. Documents that
 * declare entities are refused (`xml.entities-refused`).
 */
export const kmlReader: FormatReader = {
  async describe(file) {
    const warnings: Problem[] = [];
    const cutter = makeCutter(file.limits.rowBytes);
    let placemarks = 0;
    let seen = 0;
    const types = new Set<string>();
    let whole = true;
    for await (const text of readText(file)) {
      for (const { geometry } of cutter.push(text)) {
        placemarks++;
        if (geometry) types.add(geometry.type);
      }
      seen += text.length;
      if (placemarks < 200 && seen < 4_000_000) continue;
      whole = false;
      break;
    }
    if (cutter.hasNetworkLink()) warnings.push(problem("kml.network-link"));
    const rowsEstimate = whole ? placemarks : null;
    const geometryType = types.size === 0 ? null : types.size === 1 ? ([...types][0] as string) : "Geometry";
    const layers = [{ name: "placemarks", rowsEstimate, geometryType }];
    return { layers, layer: "placemarks", encoding: "utf-8", crs: { name: "WGS 84", code: "EPSG:4326" }, warnings };
  },

  async *rows(file) {
    const cutter = makeCutter(file.limits.rowBytes);
    for await (const text of readText(file)) {
      const rows = cutter.push(text);
      for (let i = 0; i < rows.length; i += batchSize) yield rows.slice(i, i + batchSize);
    }
    const rest = cutter.end();
    if (rest.length > 0) yield rest;
  },
};

/** The text of a KML, or of the main KML of a KMZ: doc.kml, else the first one. */
async function* readText(file: OpenedFile): AsyncGenerator<string, void, undefined> {
  const head = await readHead(file.path, 1024);
  if (head.toString("latin1", 0, 4) !== "PK\u0003\u0004") {
    const guess = guessEncoding(head).encoding;
    yield* decode(readChunks(file), file.options.encoding ?? declaredEncoding(head) ?? guess);
    return;
  }
  const zip = await openZip(file.path, file.limits);
  try {
    const members = zip.members.filter((member) => /\.kml$/i.test(member.name));
    const main = members.find((member) => /^doc\.kml$/i.test(member.name)) ?? members[0];
    if (!main) throw new FileProblem("kml.no-document");
    yield* decode(trackMember(file, await zip.read(main.name), main.bytes), file.options.encoding ?? "utf-8");
  } finally {
    zip.close();
  }
}

async function* trackMember(file: OpenedFile, stream: AsyncIterable<Buffer>, bytesTotal: number) {
  let bytesRead = 0;
  try {
    for await (const chunk of stream) {
      file.options.signal?.throwIfAborted();
      bytesRead += chunk.length;
      file.options.onProgress?.({ bytesRead, bytesTotal });
      yield chunk;
    }
  } catch (error) {
    if (file.options.signal?.aborted) throw error;
    throw new FileProblem("zip.damaged", { reason: error instanceof Error ? error.message.slice(0, 200) : null });
  }
}

function declaredEncoding(head: Buffer): string | null {
  const declared = /^[^<]{0,3}<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(head.toString("latin1"))?.[1]?.toLowerCase();
  return declared === undefined || declared.startsWith("utf") ? null : declared;
}

async function* decode(chunks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<string, void, undefined> {
  const decoder = makeDecoder(encoding);
  for await (const chunk of chunks) yield decoder.write(chunk);
  yield decoder.end();
}

interface Cutter {
  push(text: string): SourceRow[];
  end(): SourceRow[];
  hasNetworkLink(): boolean;
}

const containers = new Set(["Document", "Folder"]);
/** Parts of a placemark that only say how it is drawn. */
const drawing = new Set(["Style", "StyleMap", "styleUrl", "LookAt", "Camera"]);
/** Prefixes that mark extensions; any other prefix is somebody's name for KML itself. */
const extensionPrefixes = new Set(["gx", "atom", "xal"]);

/**
 * Cuts placemarks out of a stream of XML text. Each becomes a small document of its own, built from the parser's
 * events and read at once, so that memory holds one placemark at a time and nothing is parsed twice.
 */
function makeCutter(maxBytes: number): Cutter {
  const parser = new SaxesParser({ xmlns: false });
  // Names that HTML has and XML has not are common in descriptions written by hand.
  Object.assign(parser.ENTITIES, { nbsp: "\u00a0", copy: "\u00a9", deg: "\u00b0", sup2: "\u00b2", ndash: "\u2013" });
  const implementation = new DOMImplementation();
  const path: string[] = [];
  const folders: { depth: number; name: string }[] = [];
  let document: Document | null = null;
  let element: Element | null = null;
  let depth = 0;
  let skipping = 0;
  let size = 0;
  let broken: Problem | null = null;
  let networkLink = false;
  let found: SourceRow[] = [];
  let number = 0;

  const localName = (name: string) => {
    const colon = name.indexOf(":");
    return colon < 0 || extensionPrefixes.has(name.slice(0, colon)) ? name : name.slice(colon + 1);
  };

  parser.on("doctype", (text) => {
    if (/<!ENTITY/i.test(text)) throw new FileProblem("xml.entities-refused");
  });
  parser.on("error", (error) => {
    if (depth > 0 && !broken) broken = problem("kml.broken-placemark", { reason: error.message.slice(0, 200) });
  });
  parser.on("opentag", (tag) => {
    const name = localName(tag.name);
    path.push(name);
    if (path.length > 500) throw new FileProblem("xml.too-deep", { depth: path.length });
    if (name === "NetworkLink") networkLink = true;
    if (depth === 0 && containers.has(name)) folders.push({ depth: path.length, name: "" });
    if (depth === 0 && name !== "Placemark") return;
    if (depth === 0) {
      document = implementation.createDocument(null, "kml", null);
      element = document.documentElement;
      size = 0;
      broken = null;
    }
    depth++;
    if (skipping > 0 || drawing.has(name)) skipping++;
    if (skipping > 0 || !document || !element) return;
    const child = document.createElement(name);
    for (const [key, value] of Object.entries(tag.attributes)) child.setAttribute(key, String(value));
    element.appendChild(child);
    element = child;
  });
  const addText = (text: string) => {
    if (depth === 0) {
      const folder = folders[folders.length - 1];
      if (folder && path[path.length - 1] === "name" && folder.depth === path.length - 1) folder.name += text.trim();
      return;
    }
    if (skipping > 0) return;
    size += text.length;
    if (size > maxBytes) {
      broken ??= problem("files.row-too-large", { maximum: maxBytes });
      document = null;
      element = null;
    }
    // Indentation is most of the text nodes of a file and none of its content.
    if (document && element && /\S/.test(text)) element.appendChild(document.createTextNode(text));
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    const name = path.pop();
    if (depth === 0) {
      if (name && containers.has(name)) folders.pop();
      return;
    }
    depth--;
    if (skipping > 0) {
      skipping--;
      return;
    }
    element = (element?.parentNode as Element | null) ?? null;
    if (depth > 0) return;
    const names = folders.map((folder) => folder.name).filter((folder) => folder !== "");
    found.push(toRow({ document, folders: names, ...(broken ? { problem: broken } : {}) }, ++number));
    document = null;
    element = null;
  });

  const taken = () => {
    const result = found;
    found = [];
    return result;
  };
  return {
    push(text) {
      parser.write(text);
      return taken();
    },
    end() {
      const open = depth > 0;
      parser.close();
      if (open) found.push(toRow({ document: null, folders: [], problem: problem("kml.cut-short") }, ++number));
      return taken();
    },
    hasNetworkLink: () => networkLink,
  };
}

function toRow(placemark: Placemark, number: number): SourceRow {
  const row: SourceRow = { number, fields: {}, geometry: null };
  if (placemark.problem) row.problem = placemark.problem;
  if (placemark.folders.length > 0) row.fields._folder = placemark.folders.join(" / ");
  if (!placemark.document) return row;
  try {
    // The two libraries describe the same DOM with types of their own.
    const collection = kml(placemark.document as unknown as Parameters<typeof kml>[0], { skipNullGeometry: false });
    const feature = collection.features[0] as Feature<Geometry | null> | undefined;
    if (!feature) return row;
    if (typeof feature.id === "string") row.fields._id = feature.id;
    for (const [name, value] of Object.entries(feature.properties ?? {})) {
      flattenInto(row.fields, name, isMarkup(value) ? value.value : value);
    }
    if (feature.geometry && hasNumbers(feature.geometry)) row.geometry = joinParts(feature.geometry);
    else if (feature.geometry) row.warnings = [problem("geometry.malformed")];
  } catch (error) {
    row.problem = problem("kml.broken-placemark", {
      reason: error instanceof Error ? error.message.slice(0, 200) : null,
    });
  }
  return row;
}

const isMarkup = (value: unknown): value is { value: unknown } =>
  typeof value === "object" && value !== null && "@type" in value && "value" in value;

/** KML has one word for every kind of several parts; when they are all alike GeoJSON has a better one. */
function joinParts(geometry: Geometry): Geometry {
  if (geometry.type !== "GeometryCollection") return geometry;
  const { geometries } = geometry;
  const type = geometries[0]?.type;
  if (!type || geometries.some((part) => part.type !== type)) return geometry;
  if (type !== "Point" && type !== "LineString" && type !== "Polygon") return geometry;
  const coordinates = geometries.map((part) => (part as Exclude<Geometry, { type: "GeometryCollection" }>).coordinates);
  return { type: `Multi${type}`, coordinates } as Geometry;
}

/** Coordinates that are no numbers come through as NaN. */
function hasNumbers(geometry: Geometry): boolean {
  for (const [x = Number.NaN, y = Number.NaN] of positionsOf(geometry)) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return false;
  }
  return true;
}
