import type { Geometry, Position } from "geojson";

/** A geometry that has coordinates of its own. */
export type SimpleGeometry = Exclude<Geometry, { type: "GeometryCollection" }>;

/** A position and the indices into `coordinates` that lead to it. */
export interface PlacedPosition {
  readonly position: Position;
  readonly path: readonly number[];
}

/** All positions of a geometry in order, the closing point of a ring left out. */
export function positionsOf(geometry: SimpleGeometry): readonly PlacedPosition[] {
  const line = (positions: readonly Position[], path: readonly number[]) =>
    positions.map((position, index) => ({ position, path: [...path, index] }));
  const ring = (positions: readonly Position[], path: readonly number[]) => {
    const placed = line(positions, path);
    const [first, last] = [positions[0], positions[positions.length - 1]];
    return positions.length > 1 && first?.[0] === last?.[0] && first?.[1] === last?.[1] ? placed.slice(0, -1) : placed;
  };
  switch (geometry.type) {
    case "Point":
      return geometry.coordinates.length > 0 ? [{ position: geometry.coordinates, path: [] }] : [];
    case "MultiPoint":
    case "LineString":
      return line(geometry.coordinates, []);
    case "MultiLineString":
      return geometry.coordinates.flatMap((positions, index) => line(positions, [index]));
    case "Polygon":
      return geometry.coordinates.flatMap((positions, index) => ring(positions, [index]));
    case "MultiPolygon":
      return geometry.coordinates.flatMap((rings, part) =>
        rings.flatMap((positions, index) => ring(positions, [part, index])),
      );
  }
}

/** The geometry with every position changed by a function; ordinates after the second are kept. */
export function mapPositions<T extends SimpleGeometry>(geometry: T, change: (position: Position) => Position): T {
  const changed = (node: Position | Position[] | Position[][] | Position[][][]): unknown =>
    typeof node[0] === "number"
      ? change(node as Position)
      : (node as readonly (Position | Position[] | Position[][])[]).map(changed);
  return { ...geometry, coordinates: changed(geometry.coordinates) } as T;
}
