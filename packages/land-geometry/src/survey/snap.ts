import type { MultiPolygon, Position } from "geojson";
import { type Areal, closeRing, openRing } from "../checks/rings.ts";
import type { LonLat } from "../datums.ts";
import { merge, partition } from "../partition/overlay.ts";
import { buffer } from "./buffer.ts";
import { nearestOnSide, type Plane, type PlanePoint, planeAt, planeDistance } from "./plane.ts";

/** A polygon fitted to its neighbours. */
export interface SnappedPolygon {
  /** The polygon without what the neighbours cover; where both meet it has their points. */
  readonly geometry: MultiPolygon;
  /** The neighbours, the same ground as given, with every point of the common borders. */
  readonly neighbours: readonly MultiPolygon[];
  /** How many points of the outline were moved onto a neighbour, and by how much at most, metres. */
  readonly movedPoints: number;
  readonly largestMetres: number;
}

/** A side of a neighbour in the plane, and the points of the other polygon that were put on it. */
interface Side {
  readonly from: PlanePoint;
  readonly to: PlanePoint;
  readonly taken: { readonly along: number; readonly position: Position }[];
}

const placeOf = ([lon = Number.NaN, lat = Number.NaN]: Position): LonLat => ({ lon, lat });

/** The borders of neighbours: corners and sides, and the neighbours again with what was put on their sides. */
function bordersOf(neighbours: readonly MultiPolygon[], plane: Plane) {
  const corners = new Map<string, { readonly plane: PlanePoint; readonly position: Position }>();
  const drawn = neighbours.map(({ coordinates }) =>
    coordinates.map((part) =>
      part.map((ring) =>
        openRing(ring).map((position, index, open) => {
          const next = open[(index + 1) % open.length] ?? position;
          const side: Side = { from: plane.toPlane(placeOf(position)), to: plane.toPlane(placeOf(next)), taken: [] };
          corners.set(position.join(), { plane: side.from, position });
          return { position, side };
        }),
      ),
    ),
  );
  return {
    sides: drawn.flat(3).map(({ side }) => side),
    corners: [...corners.values()],
    withTaken: (): MultiPolygon[] =>
      drawn.map((parts) => ({
        type: "MultiPolygon",
        coordinates: parts.map((part) =>
          part.map((ring) =>
            closeRing(
              ring.flatMap(({ position, side }) => [
                position,
                ...side.taken.toSorted((one, two) => one.along - two.along).map((each) => each.position),
              ]),
            ),
          ),
        ),
      })),
  };
}

/**
 * Fits a polygon to its neighbours: corners within the distance of a neighbour's corner or side move onto it, corners
 * of neighbours within the distance of a side are taken into it, and what neighbours cover is left to them. Afterwards
 * nothing overlaps, no gap between the borders is narrower than the distance all along, pieces cut off that are nowhere
 * wider than it are dropped, and both sides of a common border have the same points.
 * @param metres how far apart two borders may be that are meant to be the same
 * @throws GeometryError `partition.position-invalid` for a coordinate that is not a finite number
 */
export function snapToNeighbours(polygon: Areal, neighbours: readonly Areal[], metres: number): SnappedPolygon {
  const clean = merge([polygon]);
  const origin = clean.coordinates[0]?.[0]?.[0];
  const cleanNeighbours = neighbours.map((each) => merge([each]));
  if (!origin || neighbours.length === 0) {
    return { geometry: clean, neighbours: cleanNeighbours, movedPoints: 0, largestMetres: 0 };
  }
  const plane = planeAt(placeOf(origin));
  const { sides, corners, withTaken } = bordersOf(cleanNeighbours, plane);
  let [movedPoints, largestMetres] = [0, 0];

  const moved = (given: Position): Position => {
    const point = plane.toPlane(placeOf(given));
    let best: { position: Position; metres: number } | null = null;
    for (const corner of corners) {
      const away = planeDistance(point, corner.plane);
      if (away <= metres && (!best || away < best.metres)) best = { position: corner.position, metres: away };
    }
    if (!best) {
      let onto: { readonly side: Side; readonly along: number } | null = null;
      for (const side of sides) {
        const near = nearestOnSide(side.from, side.to, point);
        if (near.metres > metres || (best && near.metres >= best.metres)) continue;
        const { lon, lat } = plane.toPlace(near.point);
        best = { position: [lon, lat], metres: near.metres };
        onto = { side, along: near.along };
      }
      // The neighbour gets the point too: a rounded point is never quite on the line between two others.
      if (best && onto) onto.side.taken.push({ along: onto.along, position: best.position });
    }
    if (!best) return given;
    if (best.metres > 1e-6) movedPoints++;
    largestMetres = Math.max(largestMetres, best.metres);
    return best.position;
  };

  const fitted = (ring: readonly Position[]): Position[] => {
    const points = openRing(ring).map(moved);
    return closeRing(
      points.flatMap((point, index) => {
        const next = points[(index + 1) % points.length] ?? point;
        const [from, to] = [plane.toPlane(placeOf(point)), plane.toPlane(placeOf(next))];
        const between = corners
          .map((corner) => ({ corner, ...nearestOnSide(from, to, corner.plane) }))
          .filter(
            ({ corner, along, metres: away }) =>
              away <= metres &&
              along > 0 &&
              along < 1 &&
              // Two corners of a neighbour closer together than the distance would make the side turn back.
              planeDistance(corner.plane, from) > away &&
              planeDistance(corner.plane, to) > away,
          )
          .sort((one, two) => one.along - two.along);
        for (const { metres: away } of between) largestMetres = Math.max(largestMetres, away);
        return [point, ...between.map(({ corner }) => corner.position)];
      }),
    );
  };

  const rings = clean.coordinates.map((part) => part.map(fitted));
  const drawn = withTaken();
  const { shares } = partition([...drawn, { type: "MultiPolygon", coordinates: rings }]);
  const geometry = withoutSplinters(shares[neighbours.length] ?? { type: "MultiPolygon", coordinates: [] }, metres);
  return {
    geometry,
    // One by one: what neighbours share among themselves is theirs to settle, and each keeps all of its ground.
    neighbours: drawn.map((each) => partition([each, geometry]).shares[0] ?? each),
    movedPoints,
    largestMetres,
  };
}

/** Leaves out parts that are nowhere wider than a distance; the last one stays. */
function withoutSplinters(polygon: MultiPolygon, metres: number): MultiPolygon {
  if (polygon.coordinates.length < 2) return polygon;
  const wide = polygon.coordinates.filter(
    (coordinates) => buffer({ type: "Polygon", coordinates }, -metres / 2).coordinates.length > 0,
  );
  return wide.length > 0 ? { ...polygon, coordinates: wide } : polygon;
}
