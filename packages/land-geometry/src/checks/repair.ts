import type { Position } from "geojson";
import { planeRingArea } from "./overlap.ts";
import { type Areal, cleanRing, closeRing, partsOf, type RingRepair, ringsOf } from "./rings.ts";
import { checkDuplicateParts } from "./topology.ts";

/** One thing `repairPolygon` did. */
export interface Repair {
  readonly repair: RingRepair["repair"] | "drop-duplicate-part" | "rewind";
  /** Indices into the `coordinates` of the geometry as it was given. */
  readonly path: readonly number[];
}

/** A repaired geometry and everything that was done to it. */
export interface RepairedPolygon<T extends Areal> {
  readonly geometry: T;
  readonly repairs: readonly Repair[];
}

/**
 * Does the repairs that need no judgement: closes rings, drops points that repeat the one before, a last point that
 * repeats the first, a first pair typed again, and parts that repeat an earlier part; turns shells anticlockwise and
 * holes clockwise. Crossings, spikes and anything else that would change the ground covered are left for a person.
 *
 * Repairing twice is the same as repairing once. The given geometry stays as it is.
 */
export function repairPolygon<T extends Areal>(geometry: T): RepairedPolygon<T> {
  const repairs: Repair[] = [];
  const rings = new Map<string, Position[]>();
  for (const place of ringsOf(geometry)) {
    const clean = cleanRing(place.ring);
    for (const { repair, index } of clean.repairs) repairs.push({ repair, path: [...place.path, index] });
    const area = planeRingArea(clean.points);
    const [first, ...others] = clean.points;
    const rewound = closeRing(first ? [first, ...others.reverse()] : []);
    // A tangled ring can, turned round, seem to repeat its first pair; such a ring is left as it runs.
    const rewinds = area !== 0 && area > 0 === place.isHole && cleanRing(rewound).repairs.length === 0;
    if (rewinds) repairs.push({ repair: "rewind", path: place.path });
    rings.set(place.path.join(), rewinds ? rewound : closeRing(clean.points));
  }
  const ringAt = (...path: number[]) => rings.get(path.join()) ?? [];
  if (geometry.type === "Polygon") {
    return { geometry: { ...geometry, coordinates: geometry.coordinates.map((_, ring) => ringAt(ring)) }, repairs };
  }
  const coordinates = partsOf(geometry).map((part, index) => part.map((_, ring) => ringAt(index, ring)));
  const duplicates = new Set(checkDuplicateParts({ type: "MultiPolygon", coordinates }).map(({ path }) => path[0]));
  for (const index of duplicates) repairs.push({ repair: "drop-duplicate-part", path: [index ?? 0] });
  return {
    geometry: { ...geometry, coordinates: coordinates.filter((_, index) => !duplicates.has(index)) },
    repairs,
  };
}
