export {
  type Extent,
  escapeXml,
  type MapFigure,
  type MapLayer,
  type MapOptions,
  type MapPoint,
  mapSvg,
} from "./map-svg.ts";
export { type AreaSymbol, type PointSymbol, pointSymbols, swatchSvg } from "./map-symbols.ts";
export type { Bilingual, Block, DocumentModel, Signatory, TableColumn, Words } from "./model.ts";
export {
  createRenderer,
  type DocumentRenderer,
  documentProblems,
  type Rendered,
  type RenderOptions,
  renderPdf,
} from "./render.ts";
export { pdfResponse } from "./response.ts";
