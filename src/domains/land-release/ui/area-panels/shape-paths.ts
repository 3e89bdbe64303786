import type { MultiPolygon, Polygon, Position } from "geojson";

const polygonsOf = (shape: Polygon | MultiPolygon): Position[][][] =>
  shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates;

/**
 * Shapes as paths of a drawing, all to one scale and centred, north up. Degrees of longitude are shortened by the cosine
 * of the latitude, so that a square is square.
 * @param size of the drawing in pixels, with a margin of two pixels
 * @returns one path for each shape, in their order; none when no shape has a corner
 */
export function shapePaths(
  shapes: readonly (Polygon | MultiPolygon)[],
  size: { width: number; height: number },
): string[] {
  const corners = shapes.flatMap((shape) => polygonsOf(shape).flatMap((rings) => rings.flat()));
  if (corners.length === 0) return [];
  const lats = corners.map(([, lat = 0]) => lat);
  const middle = (Math.min(...lats) + Math.max(...lats)) / 2;
  const shrink = Math.cos((middle * Math.PI) / 180);
  const xs = corners.map(([lon = 0]) => lon * shrink);
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...lats), Math.max(...lats)];
  const room = { width: size.width - 4, height: size.height - 4 };
  const scale = Math.min(room.width / (east - west || 1e-9), room.height / (north - south || 1e-9));
  const left = (size.width - (east - west) * scale) / 2;
  const top = (size.height - (north - south) * scale) / 2;
  const place = ([lon = 0, lat = 0]: Position) =>
    `${(left + (lon * shrink - west) * scale).toFixed(1)} ${(top + (north - lat) * scale).toFixed(1)}`;
  return shapes.map((shape) =>
    polygonsOf(shape)
      .flat()
      .map((ring) => `M${ring.map(place).join("L")}Z`)
      .join(""),
  );
}
