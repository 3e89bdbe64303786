import type { Geometry } from "geojson";
import {
  type AreaSymbol,
  type Block,
  type MapLayer,
  type MapPoint,
  mapSvg,
  type PointSymbol,
  pointSymbols,
  swatchSvg,
} from "../../../platform/documents/index.ts";
import type { Device, ReleasedPolygon, ReleaseFacts, SurveyPoint } from "./data.ts";
import type { Writer } from "./words.ts";

/** Millimetres between the margins, and of a map that leaves room for its legend on the page. */
const size = { width: 174, height: 118 };

const products = {
  cancelled: "cancelled",
  "reduced-with-asset": "reduced",
  "reduced-without-asset": "reduced",
  cleared: "cleared",
} as const;

const symbolOf = ({ outcome }: ReleasedPolygon): AreaSymbol => ({ kind: "product", product: products[outcome] });

function keyOf(symbol: AreaSymbol): string {
  return symbol.kind === "product"
    ? `document.release.outcome.${symbol.product}`
    : `code.area-class.${symbol.areaClass}`;
}

/** The map of released land with everything on it explained; null when nothing has a place. */
export function mapFigure(
  facts: ReleaseFacts,
  outlines: readonly SurveyPoint[],
  devices: readonly Device[],
  writer: Writer,
): Block | null {
  const layers: MapLayer[] = [];
  const add = (geometry: Geometry | null, symbol: AreaSymbol, label: string | null) => {
    if (geometry && geometry.type !== "Point") layers.push({ geometry, symbol, label });
  };
  const { area } = facts;
  add(area.geometry, { kind: "area", areaClass: area.areaClass, status: "open" }, null);
  for (const product of facts.products) add(product.geometry, symbolOf(product), product.code);
  for (const { geometry, name } of facts.residual.notWorked)
    add(geometry, { kind: "product", product: "remaining" }, name);
  const points: MapPoint[] = [
    ...outlines.map(
      ({ kind, longitude, latitude, name }): MapPoint => ({
        symbol: kind,
        position: [longitude, latitude],
        label: name,
      }),
    ),
    ...devices.flatMap(({ position }): MapPoint[] =>
      position ? [{ symbol: "device", position: [position.longitude, position.latitude] }] : [],
    ),
  ];
  if (layers.length === 0 && points.length === 0) return null;
  const { svg, scale } = mapSvg({ ...size, layers, points, scaleBar: true, northArrow: true, graticule: true });
  const symbols = new Map(layers.map(({ symbol }) => [keyOf(symbol), symbol]));
  const marks = pointSymbols.filter((symbol) => points.some((point) => point.symbol === symbol));
  return {
    kind: "figure",
    svg,
    caption: writer.label("document.release.map.caption", { scale: writer.number(scale) }),
    description: writer.label("document.release.map.description", { area: area.code }).own,
    legend: [
      ...[...symbols].map(([key, symbol]) => ({ svg: swatchSvg(symbol), label: writer.label(key) })),
      ...marks.map((symbol: PointSymbol) => ({
        svg: swatchSvg(symbol),
        label: writer.label(`document.release.point.${symbol}`),
      })),
    ],
  };
}
