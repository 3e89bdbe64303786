export { type DownloadFormat, fileResponse, intoFile } from "./file-response.ts";
export { readWkb, writeWkb } from "./geometry.ts";
export { FileProblem } from "./problem.ts";
export { detect, readBatches, readRows } from "./reader.ts";
export { tableResponse } from "./table-response.ts";
export type {
  CrsInfo,
  Detected,
  DetectedField,
  FieldKind,
  Format,
  LayerInfo,
  Limits,
  Problem,
  ReadOptions,
  Scalar,
  SourceRow,
} from "./types.ts";
export {
  type BooleanResult,
  cleanText,
  type DateResult,
  looksLikeZawgyi,
  matchKey,
  type NumberResult,
  normaliseDigits,
  parseBoolean,
  parseDate,
  parseNumber,
} from "./values.ts";
export type { RowSource, WriteField, WriteOptions, WriteRow } from "./write.ts";
export { neutraliseFormula, type WriteCsvOptions, writeCsv } from "./write-csv.ts";
export { writeFlatGeobuf } from "./write-flatgeobuf.ts";
export { type WriteGeoJsonOptions, writeGeoJson } from "./write-geojson.ts";
export { type WriteGpkgOptions, writeGpkg } from "./write-gpkg.ts";
export { type WriteXlsxOptions, type WriteXlsxResult, writeXlsx } from "./write-xlsx.ts";
