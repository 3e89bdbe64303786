import { parse, type ScalarTag, type Tags } from "yaml";
import { readChunks, readHead } from "./bytes.ts";
import { guessEncoding, makeDecoder } from "./encoding.ts";
import { flattenInto } from "./fields.ts";
import { chooseLayer } from "./layers.ts";
import { problem } from "./problem.ts";
import { batchSize, type FormatReader, type OpenedFile, type SourceRow } from "./types.ts";

interface Block {
  layer: string;
  /** 1-based line of the first line of the block. */
  line: number;
  text: string;
  tooLarge: boolean;
}

/**
 * Reads YAML maps of identifiers to records: each top-level name is a layer, each of its entries a row with the
 * identifier as `_key` and inner maps as dotted fields. Records are cut by indentation and parsed one by one, so
 * anchors do not reach from one record to another.
 */
export const yamlReader: FormatReader = {
  async describe(file) {
    const counts = new Map<string, number>();
    for await (const blocks of readBlocks(file)) {
      for (const block of blocks) counts.set(block.layer, (counts.get(block.layer) ?? 0) + 1);
    }
    const layers = [...counts].map(([name, rowsEstimate]) => ({ name, rowsEstimate, geometryType: null }));
    return { layers, layer: chooseLayer(layers, file.options.layer), encoding: "utf-8", warnings: [] };
  },

  async *rows(file) {
    let layer = file.options.layer;
    let number = 0;
    let batch: SourceRow[] = [];
    let seen = layer === undefined;
    for await (const blocks of readBlocks(file)) {
      for (const block of blocks) {
        layer ??= block.layer;
        if (block.layer !== layer) continue;
        seen = true;
        batch.push(toRow(block, ++number));
        if (batch.length < batchSize) continue;
        yield batch;
        batch = [];
      }
    }
    if (!seen) chooseLayer([], layer);
    if (batch.length > 0) yield batch;
  },
};

function toRow(block: Block, number: number): SourceRow {
  const row: SourceRow = { number, fields: {}, geometry: null };
  if (block.tooLarge) return { ...row, problem: problem("files.row-too-large", { line: block.line }) };
  try {
    // Aliases could repeat a small text without end; a record that needs them is refused.
    const value: unknown = parse(block.text, { maxAliasCount: 0, stringKeys: true, customTags: keepCodes });
    if (Array.isArray(value)) flattenInto(row.fields, "", value[0]);
    else if (typeof value === "object" && value !== null) {
      const [key, record] = Object.entries(value)[0] ?? ["", null];
      row.fields._key = key;
      flattenInto(row.fields, typeof record === "object" && !Array.isArray(record) ? "" : "value", record);
    } else row.problem = problem("yaml.broken-record", { line: block.line });
  } catch {
    row.problem = problem("yaml.broken-record", { line: block.line });
  }
  return row;
}

/** Whole numbers that start with a zero are codes of places, which must not lose it. */
function keepCodes(tags: Tags): Tags {
  const isWhole = (tag: Tags[number]): tag is ScalarTag =>
    typeof tag === "object" && tag.tag === "tag:yaml.org,2002:int" && !("format" in tag && tag.format);
  return tags.map((tag): Tags[number] => (isWhole(tag) ? { ...tag, test: /^[-+]?(?:0|[1-9]\d*)$/ } : tag));
}

async function* readBlocks(file: OpenedFile): AsyncGenerator<Block[], void, undefined> {
  const encoding = file.options.encoding ?? guessEncoding(await readHead(file.path, 4096)).encoding;
  const decoder = makeDecoder(encoding.startsWith("utf-") ? encoding : "utf-8");
  const cutter = makeCutter(file.limits.rowBytes);
  for await (const chunk of readChunks(file)) yield cutter(decoder.write(chunk), false);
  yield cutter(decoder.end(), true);
}

/** Cuts a YAML text into the entries of its top-level maps, by lines and their indentation. */
function makeCutter(maxLength: number): (text: string, last: boolean) => Block[] {
  let rest = "";
  let line = 0;
  let layer = "";
  let indent = -1;
  let block: Block | null = null;
  let found: Block[] = [];

  function takeLine(text: string): void {
    line++;
    const inner = text.trimStart();
    const depth = text.length - inner.length;
    if (inner === "" || (inner.startsWith("#") && block === null)) {
      if (block) append(text);
      return;
    }
    const isItem = inner.startsWith("- ") || inner === "-";
    if (depth === 0 && !isItem) {
      finish();
      indent = -1;
      const key = /^(?:"([^"]*)"|'([^']*)'|([^:#]+?))\s*:(?:\s|$)/.exec(text);
      layer = key ? (key[1] ?? key[2] ?? key[3] ?? "") : layer;
      return;
    }
    if (layer === "") return;
    if (indent < 0) indent = depth;
    if (depth <= indent && !(inner.startsWith("#") && block)) {
      finish();
      block = { layer, line, text: text.slice(depth), tooLarge: false };
      return;
    }
    append(text.slice(Math.min(depth, indent)));
  }

  function append(text: string): void {
    if (!block || block.tooLarge) return;
    block.text += `\n${text}`;
    if (block.text.length > maxLength) block.tooLarge = true;
  }

  function finish(): void {
    if (block) found.push(block);
    block = null;
  }

  return (text, last) => {
    const all = rest + text;
    const lines = all.split("\n");
    rest = last ? "" : (lines.pop() as string);
    for (const each of lines) takeLine(each.endsWith("\r") ? each.slice(0, -1) : each);
    if (last) finish();
    const result = found;
    found = [];
    return result;
  };
}
