import type { MultiPolygon, Polygon, Position } from "geojson";

/** A polygon or several. */
export type Areal = Polygon | MultiPolygon;

/** Two points closer than this in both axes, in degrees (a tenth of a metre), are one turning point typed twice. */
export const repeatToleranceDegrees = 1e-6;

/** A ring and where it stands in its geometry. */
export interface RingPlace {
  readonly ring: readonly Position[];
  /** Indices into `coordinates` that lead to the ring. */
  readonly path: readonly number[];
  /** Which polygon of the geometry it belongs to. */
  readonly part: number;
  readonly isHole: boolean;
}

/** The polygons of a geometry as lists of rings. */
export function partsOf(geometry: Areal): readonly (readonly (readonly Position[])[])[] {
  return geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
}

/** All rings of a geometry with their places. */
export function ringsOf(geometry: Areal): readonly RingPlace[] {
  return partsOf(geometry).flatMap((rings, part) =>
    rings.map((ring, index) => ({
      ring,
      part,
      isHole: index > 0,
      path: geometry.type === "Polygon" ? [index] : [part, index],
    })),
  );
}

/** The geometry with one ring replaced; the original stays as it is. */
export function withRing(geometry: Areal, place: RingPlace, ring: readonly Position[]): Areal {
  const index = place.path[place.path.length - 1] ?? 0;
  const replaced = (rings: readonly (readonly Position[])[]) =>
    rings.map((old, at) => (at === index ? [...ring] : [...old]));
  return geometry.type === "Polygon"
    ? { ...geometry, coordinates: replaced(geometry.coordinates) }
    : {
        ...geometry,
        coordinates: geometry.coordinates.map((rings, part) => (part === place.part ? replaced(rings) : rings)),
      };
}

/** Whether two positions agree in longitude and latitude within a tolerance in degrees; zero asks for equal numbers. */
export function samePosition(a: Position | undefined, b: Position | undefined, toleranceDegrees = 0): boolean {
  if (!a || !b) return false;
  return (
    Math.abs((a[0] ?? Number.NaN) - (b[0] ?? Number.NaN)) <= toleranceDegrees &&
    Math.abs((a[1] ?? Number.NaN) - (b[1] ?? Number.NaN)) <= toleranceDegrees
  );
}

/** A ring without its closing point, when it has one. */
export function openRing(ring: readonly Position[]): readonly Position[] {
  return ring.length > 1 && samePosition(ring[0], ring[ring.length - 1]) ? ring.slice(0, -1) : ring;
}

/** A list of turning points with the first repeated at the end, as GeoJSON wants it. */
export function closeRing(points: readonly Position[]): Position[] {
  const first = points[0];
  return first ? [...points, first] : [];
}

/** One safe repair of a ring and the index, in the ring as given, of the point it concerns. */
export interface RingRepair {
  readonly repair: "close-ring" | "drop-closing-repeat" | "drop-consecutive-duplicate" | "drop-first-pair";
  readonly index: number;
}

/** A ring after the safe repairs: which points stay, by their index in the ring as given, and what was done. */
export interface CleanRing {
  readonly points: readonly Position[];
  readonly indices: readonly number[];
  readonly repairs: readonly RingRepair[];
}

/**
 * Takes the points out of a ring that say nothing new: a point equal to the one before it, a last point that repeats
 * the first, a first pair typed again at the end. Nothing that moves the outline by more than the tolerance happens.
 * @param ring a ring, closed or not
 */
export function cleanRing(ring: readonly Position[]): CleanRing {
  const open = openRing(ring);
  const repairs: RingRepair[] = [];
  let indices = open.map((_, index) => index);
  const at = (order: number) => open[indices[order] ?? -1];

  const kept: number[] = [];
  for (const index of indices) {
    const before = kept[kept.length - 1];
    if (before !== undefined && samePosition(open[before], open[index])) {
      repairs.push({ repair: "drop-consecutive-duplicate", index });
    } else {
      kept.push(index);
    }
  }
  indices = kept;

  const endsWithFirstPair = () =>
    indices.length >= 5 &&
    samePosition(at(0), at(indices.length - 2), repeatToleranceDegrees) &&
    samePosition(at(1), at(indices.length - 1), repeatToleranceDegrees);
  const endsWithFirst = () => indices.length > 1 && samePosition(at(0), at(indices.length - 1), repeatToleranceDegrees);
  // Dropping one kind of repeat can bring the other to light.
  for (;;) {
    if (endsWithFirst()) {
      repairs.push({ repair: "drop-closing-repeat", index: indices[indices.length - 1] ?? 0 });
      indices = indices.slice(0, -1);
    } else if (endsWithFirstPair()) {
      repairs.push({ repair: "drop-first-pair", index: indices[indices.length - 2] ?? 0 });
      indices = indices.slice(0, -2);
    } else {
      break;
    }
  }
  if (
    open.length === ring.length &&
    ring.length > 0 &&
    !repairs.some(({ repair }) => repair === "drop-closing-repeat")
  ) {
    repairs.push({ repair: "close-ring", index: ring.length - 1 });
  }
  return { points: indices.map((index) => open[index] ?? []), indices, repairs };
}
