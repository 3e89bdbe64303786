import { csvReader } from "./csv.ts";
import { describeFields, usesDecimalComma } from "./fields.ts";
import { flatgeobufReader } from "./flatgeobuf.ts";
import { geojsonReader } from "./geojson.ts";
import { gpkgReader } from "./gpkg.ts";
import { kmlReader } from "./kml.ts";
import { recognise } from "./open.ts";
import { shapefileReader } from "./shapefile.ts";
import type { Detected, Format, FormatReader, LayerInfo, ReadOptions, SourceRow } from "./types.ts";
import { xlsxReader } from "./xlsx.ts";
import { yamlReader } from "./yaml.ts";

const readers: Record<Format, FormatReader> = {
  geojson: geojsonReader,
  csv: csvReader,
  xlsx: xlsxReader,
  gpkg: gpkgReader,
  shapefile: shapefileReader,
  kml: kmlReader,
  flatgeobuf: flatgeobufReader,
  yaml: yamlReader,
};

const sampleRows = 500;

/**
 * Says what a file is: format, layers, encoding, header, fields with samples, stated coordinate reference system. Only
 * its first rows are read. Throws `FileProblem` for a file that cannot be read at all.
 */
export async function detect(path: string, options: ReadOptions = {}): Promise<Detected> {
  const quiet: ReadOptions = { ...options };
  delete quiet.onProgress;
  const { file, format, close } = await recognise(path, quiet);
  try {
    const described = await readers[format].describe(file);
    const { layer } = described;
    const sample: SourceRow[] = [];
    let whole = true;
    if (layer !== null) {
      const oneLayer = { ...file, options: { ...file.options, layer } };
      for await (const batch of readers[format].rows(oneLayer)) {
        sample.push(...batch);
        if (sample.length < sampleRows) continue;
        whole = false;
        break;
      }
    }
    const layers = described.layers.map((info) => (info.name === layer ? refine(info, sample, whole) : info));
    const decimalComma = usesDecimalComma(sample);
    const fields = describeFields(sample.slice(0, sampleRows), decimalComma);
    const isText = format === "csv" || format === "xlsx";
    return { format, ...described, layers, ...(isText ? { decimalComma } : {}), fields };
  } finally {
    await close();
  }
}

/** What the sampled rows tell about a layer beyond what the format states. */
function refine(info: LayerInfo, sample: SourceRow[], whole: boolean): LayerInfo {
  const types = new Set(sample.flatMap((row) => row.geometry?.type ?? []));
  const seen = types.size === 0 ? null : types.size === 1 ? ([...types][0] as string) : "Geometry";
  return { ...info, rowsEstimate: whole ? sample.length : info.rowsEstimate, geometryType: info.geometryType ?? seen };
}

/**
 * Streams the rows of a file, or of one of its layers, in the order of the file. Memory does not grow with the file.
 * Rows that cannot be read come with a `problem`; a file that cannot be read at all throws `FileProblem`, and an
 * aborted signal throws its reason.
 */
export async function* readRows(path: string, options: ReadOptions = {}): AsyncGenerator<SourceRow, void, undefined> {
  for await (const batch of readBatches(path, options)) yield* batch;
}

/** As `readRows`, in arrays of some hundred rows: for callers that write in batches, and faster for all. */
export async function* readBatches(
  path: string,
  options: ReadOptions = {},
): AsyncGenerator<SourceRow[], void, undefined> {
  options.signal?.throwIfAborted();
  const { file, format, close } = await recognise(path, options);
  try {
    for await (const batch of readers[format].rows(file)) {
      options.signal?.throwIfAborted();
      yield batch;
    }
  } finally {
    await close();
  }
}
