import type { Geometry } from "geojson";

/** A value as a table or a file of features can hold it. Dates are ISO 8601 text. */
export type Scalar = string | number | boolean | null;

/** Something wrong or noteworthy, as a stable code with the facts a message needs; never an English sentence. */
export interface Problem {
  code: string;
  params: Record<string, Scalar>;
}

/** The formats that can be read. `geojson` covers collections, sequences, single features and plain JSON arrays. */
export type Format = "geojson" | "csv" | "xlsx" | "gpkg" | "shapefile" | "kml" | "flatgeobuf" | "yaml";

/** One row or feature of a file. */
export interface SourceRow {
  /** 1-based, as a person counts in that file or sheet: a spreadsheet's row number, a feature's place in its file. */
  number: number;
  fields: Record<string, Scalar>;
  geometry: Geometry | null;
  /** The row could not be read; it is still counted, and its fields hold what could be saved of it. */
  problem?: Problem;
  /** The row was read, but something about it deserves a look. */
  warnings?: Problem[];
}

/** What kind of values a field was seen to hold. */
export type FieldKind = "text" | "integer" | "number" | "date" | "boolean" | "mixed";

/** A field of a file, as the first rows show it. */
export interface DetectedField {
  name: string;
  /** Up to five different values, as text. */
  samples: string[];
  kind: FieldKind;
  /** Share of the sampled rows that have a value, 0 to 1. */
  filled: number;
}

/** One layer, sheet or table of a file. */
export interface LayerInfo {
  name: string;
  /** Rows, exact when the format records it, extrapolated from the first rows otherwise; null when unknown. */
  rowsEstimate: number | null;
  geometryType: string | null;
}

/** A coordinate reference system as the file states it: nothing is assumed or guessed. */
export interface CrsInfo {
  name: string;
  /** As `AUTHORITY:CODE`, for example `EPSG:32648`. */
  code?: string;
  wkt?: string;
}

/** What a file was found to be. */
export interface Detected {
  format: Format;
  layers: LayerInfo[];
  /** The layer that `fields` describes, and that is read when none is asked for. */
  layer: string | null;
  encoding?: string;
  delimiter?: string;
  decimalComma?: boolean;
  /** 1-based row that holds the column names; 0 when there is none. */
  headerRow?: number;
  /** The text of the rows above the header. */
  titleRows?: string[];
  fields: DetectedField[];
  /** Null when the file has none to state; undefined when the format has no place for one. */
  crs?: CrsInfo | null;
  warnings: Problem[];
}

/** Bounds that keep a hostile or broken file from taking the machine down. */
export interface Limits {
  /** Largest single row or feature, in bytes. */
  rowBytes: number;
  /** Largest number of members of a zip. */
  zipEntries: number;
  /** Largest total of unpacked bytes of a zip. */
  zipBytes: number;
  /** Largest unpacked to packed ratio of one zip member above 16 MiB. */
  zipRatio: number;
}

/** How to read a file; what is left out is detected. */
export interface ReadOptions {
  format?: Format;
  /** Layer, sheet or table name; the first one with rows when left out. */
  layer?: string;
  /** A name known to iconv-lite, such as `windows-874`. */
  encoding?: string;
  delimiter?: string;
  /** 1-based; 0 when the table has no header. */
  headerRow?: number;
  /** Called about once for every megabyte read. */
  onProgress?: (progress: { bytesRead: number; bytesTotal: number }) => void;
  signal?: AbortSignal;
  limits?: Partial<Limits>;
}

/** A file made ready for one format's reader. */
export interface OpenedFile {
  path: string;
  /** Bytes of `path`. */
  size: number;
  /** The member of a zip to read, when `path` is one and is read in place. */
  member?: string;
  options: ReadOptions;
  limits: Limits;
}

/** What a format's reader can say about a file without reading its rows. */
export interface Description {
  layers: LayerInfo[];
  layer: string | null;
  encoding?: string;
  delimiter?: string;
  headerRow?: number;
  titleRows?: string[];
  crs?: CrsInfo | null;
  warnings: Problem[];
}

/** One format's reader. Rows come in batches, so that a row costs no promise of its own. */
export interface FormatReader {
  describe(file: OpenedFile): Promise<Description>;
  rows(file: OpenedFile): AsyncGenerator<SourceRow[], void, undefined>;
}

/** The bounds used when the caller names none. */
export const defaultLimits: Limits = {
  rowBytes: 64 * 1024 * 1024,
  zipEntries: 10_000,
  zipBytes: 4 * 1024 * 1024 * 1024,
  zipRatio: 250,
};

/** Rows handed over at a time. */
export const batchSize = 256;
