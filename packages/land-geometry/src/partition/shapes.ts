import type { Position } from "geojson";
import { repairPolygon } from "../checks/repair.ts";
import { type Areal, partsOf } from "../checks/rings.ts";
import { arrange } from "./arrangement.ts";
import { type GridRing, isAnticlockwise, isSimpleRing, reversedRing, toGridRing } from "./grid.ts";
import { regionsOf, unlabelled } from "./regions.ts";

/** A polygon on the grid as parts, each a shell with its holes. */
export type GridParts = readonly (readonly GridRing[])[];

/**
 * The rings of one part on the grid. A ring that crosses or touches itself first gets the repairs that need no
 * judgement; the others are taken as they are, because those repairs also join points a tenth of a metre apart.
 */
function ringsOfPart(part: readonly (readonly Position[])[]): { rings: GridRing[]; areSimple: boolean } {
  const rings: GridRing[] = [];
  let areSimple = true;
  for (const positions of part) {
    const ring = toGridRing(positions);
    if (ring === null) continue;
    if (isSimpleRing(ring)) {
      rings.push(ring);
      continue;
    }
    areSimple = false;
    const repaired = repairPolygon({ type: "Polygon", coordinates: [[...positions]] }).geometry.coordinates[0];
    const clean = toGridRing(repaired ?? []);
    if (clean !== null) rings.push(clean);
  }
  return { rings, areSimple };
}

/**
 * Puts a polygon on the grid as clean regions: rings that neither cross nor touch along a line, shells anticlockwise
 * and holes clockwise, so that the covered ground is always on the left.
 *
 * A ring that crosses or touches itself first gets the repairs that need no judgement (`repairPolygon`). What lies
 * inside an odd number of a part's rings is covered, so that a figure of eight covers both its loops. Parts of a
 * multipolygon may overlap; they stay regions of their own.
 * @throws GeometryError `partition.position-invalid` for a coordinate that is not a finite number
 */
export function toCleanParts(geometry: Areal): GridParts {
  if (geometry.type === "Polygon" && geometry.coordinates.length === 1) {
    // By far the most polygons, and so without any detour.
    const ring = toGridRing(geometry.coordinates[0] ?? []);
    if (ring === null) return [];
    if (isSimpleRing(ring)) return [[toAnticlockwise(ring)]];
  }
  return partsOf(geometry).flatMap((part): GridParts => {
    const { rings, areSimple } = ringsOfPart(part);
    const [only] = rings;
    if (rings.length === 1 && only && areSimple) return [[toAnticlockwise(only)]];
    const ends: number[] = [];
    for (const ring of rings) addRing(ends, ring);
    const drawing = arrange({ ends, sources: new Array<number>(ends.length / 4).fill(0) });
    return regionsOf(drawing, (cover) => (cover.length > 0 ? 0 : unlabelled)).map((region) => region.rings);
  });
}

function toAnticlockwise(ring: GridRing): GridRing {
  return isAnticlockwise(ring) ? ring : reversedRing(ring);
}

/** Adds the sides of a ring to a list of ends, four numbers a side. */
export function addRing(ends: number[], ring: GridRing): void {
  const last = ring.length - 2;
  let x = ring[last] as number;
  let y = ring[last + 1] as number;
  for (let at = 0; at <= last; at += 2) {
    const nextX = ring[at] as number;
    const nextY = ring[at + 1] as number;
    ends.push(x, y, nextX, nextY);
    x = nextX;
    y = nextY;
  }
}
