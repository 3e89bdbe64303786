import { areaSquareMetres, clipTo, geodesicArea, prepareRegion } from "@santi/land-geometry";
import type { MultiPolygon, Polygon } from "geojson";
import { seededRandom } from "../../platform/kernel/random.ts";

/** One box of the grid, clipped to the land. */
export interface SampleBox {
  /** Row from the south and column from the west, as in `R3C12`. */
  name: string;
  geometry: Polygon | MultiPolygon;
  /** Whole square metres of land in the box. */
  squareMetres: number;
  /** In which place the box was drawn, from 1; null when it was not. */
  drawn: number | null;
}

/** A grid over land and the boxes drawn from it. */
export interface SampleGrid {
  boxes: readonly SampleBox[];
  /** Sum over all boxes; differs from the land's own area by rounding at most. */
  squareMetres: number;
  drawnSquareMetres: number;
}

/** How to draw. The same land, size, seed and amount give the same boxes, on every machine. */
export interface DrawOptions {
  /** Side of a box, metres. */
  boxMetres: number;
  seed: number;
  /** Either so many boxes, or boxes until their land reaches this share of the whole. */
  amount: { boxes: number } | { fraction: number };
}

/** More boxes than this nobody walks to; the size is then a mistake. */
export const mostBoxes = 20_000;

const equator = 6_378_137;
const flattening = 1 / 298.257223563;

/** Metres on the ground for one degree of longitude and of latitude at a latitude, on WGS 84. */
function metresPerDegree(latitude: number): { lon: number; lat: number } {
  const e2 = flattening * (2 - flattening);
  const phi = (latitude * Math.PI) / 180;
  const w = Math.sqrt(1 - e2 * Math.sin(phi) ** 2);
  const normal = equator / w;
  const meridian = (equator * (1 - e2)) / w ** 3;
  return { lon: (normal * Math.cos(phi) * Math.PI) / 180, lat: (meridian * Math.PI) / 180 };
}

/** Sides of the land by the grid row they touch, so that a box looks at few of them. */
function sidesByRow(land: Polygon | MultiPolygon, south: number, height: number): Map<number, number[][]> {
  const rows = new Map<number, number[][]>();
  const rings = land.type === "Polygon" ? land.coordinates : land.coordinates.flat();
  for (const ring of rings) {
    ring.forEach(([x1 = 0, y1 = 0], at) => {
      const [x2 = 0, y2 = 0] = ring[(at + 1) % ring.length] ?? [];
      const from = Math.floor((Math.min(y1, y2) - south) / height) - 1;
      const to = Math.floor((Math.max(y1, y2) - south) / height) + 1;
      for (let row = from; row <= to; row++) rows.set(row, [...(rows.get(row) ?? []), [x1, y1, x2, y2]]);
    });
  }
  return rows;
}

/**
 * Lays a grid of square boxes over land, clips them to it and draws some at random, without putting back.
 * Boxes are squares to within the curvature of the earth over the extent of the land.
 * @param land WGS 84 longitude and latitude
 * @throws RangeError when the box size is not positive, or would make more than `mostBoxes` boxes
 */
export function drawSample(land: Polygon | MultiPolygon, options: DrawOptions): SampleGrid {
  const { boxMetres } = options;
  if (!(boxMetres > 0)) throw new RangeError("A box has a positive side");
  const region = prepareRegion(land);
  const [west, south, east, north] = region.bounds;
  const scale = metresPerDegree((south + north) / 2);
  const [width, height] = [boxMetres / scale.lon, boxMetres / scale.lat];
  const columns = Math.max(1, Math.ceil((east - west) / width - 1e-9));
  const rows = Math.max(1, Math.ceil((north - south) / height - 1e-9));
  // The grid of a narrow slanting strip is mostly empty, so the land's own boxes are what counts.
  if (geodesicArea(land) / boxMetres ** 2 > mostBoxes || columns * rows > mostBoxes * 50)
    throw new RangeError("The boxes are too small for this land");
  const sides = sidesByRow(land, south, height);
  const boxes: SampleBox[] = [];
  for (let row = 0; row < rows; row++) {
    const [bottom, top] = [south + row * height, south + (row + 1) * height];
    for (let column = 0; column < columns; column++) {
      const [left, right] = [west + column * width, west + (column + 1) * width];
      const square: Polygon = {
        type: "Polygon",
        coordinates: [
          [
            [left, bottom],
            [right, bottom],
            [right, top],
            [left, top],
            [left, bottom],
          ],
        ],
      };
      const crossed = (sides.get(row) ?? []).some(
        ([x1 = 0, y1 = 0, x2 = 0, y2 = 0]) =>
          Math.max(x1, x2) >= left &&
          Math.min(x1, x2) <= right &&
          Math.max(y1, y2) >= bottom &&
          Math.min(y1, y2) <= top,
      );
      const middle = region.contains((left + right) / 2, (bottom + top) / 2);
      if (!crossed && !middle) continue;
      const clipped = crossed ? clipTo(square, land) : square;
      const geometry = single(clipped);
      if (geometry === null) continue;
      const squareMetres = areaSquareMetres(geometry);
      if (squareMetres > 0) boxes.push({ name: `R${row + 1}C${column + 1}`, geometry, squareMetres, drawn: null });
    }
  }
  return choose(boxes, options);
}

function single(shape: Polygon | MultiPolygon): Polygon | MultiPolygon | null {
  if (shape.type === "Polygon") return shape;
  const [first, ...others] = shape.coordinates;
  if (!first) return null;
  return others.length === 0 ? { type: "Polygon", coordinates: first } : shape;
}

/** Draws boxes one by one (Fisher and Yates) until the amount is reached. */
function choose(boxes: readonly SampleBox[], { seed, amount }: DrawOptions): SampleGrid {
  const random = seededRandom(seed);
  const order = boxes.map((_, at) => at);
  const squareMetres = boxes.reduce((sum, box) => sum + box.squareMetres, 0);
  const drawn = new Map<number, number>();
  let drawnSquareMetres = 0;
  for (let at = 0; at < order.length; at++) {
    const enough =
      "boxes" in amount ? drawn.size >= amount.boxes : drawnSquareMetres >= amount.fraction * squareMetres - 1e-9;
    if (enough) break;
    const other = at + Math.floor(random() * (order.length - at));
    [order[at], order[other]] = [order[other] as number, order[at] as number];
    const chosen = order[at] as number;
    drawn.set(chosen, drawn.size + 1);
    drawnSquareMetres += boxes[chosen]?.squareMetres ?? 0;
  }
  return {
    boxes: boxes.map((box, at) => ({ ...box, drawn: drawn.get(at) ?? null })),
    squareMetres,
    drawnSquareMetres,
  };
}

/** The drawn boxes as GeoJSON, in the order of drawing, for receivers and maps. */
export function drawnFeatures(grid: SampleGrid): {
  type: "FeatureCollection";
  features: { type: "Feature"; geometry: Polygon | MultiPolygon; properties: Record<string, string | number> }[];
} {
  const features = grid.boxes
    .filter((box) => box.drawn !== null)
    .sort((a, b) => (a.drawn ?? 0) - (b.drawn ?? 0))
    .map(({ name, geometry, squareMetres, drawn }) => ({
      type: "Feature" as const,
      geometry,
      properties: { order: drawn ?? 0, name, squareMetres },
    }));
  return { type: "FeatureCollection", features };
}
