import type { MultiPolygon, Polygon, Position } from "geojson";
import { type BalancePolygon, merge } from "../../packages/land-geometry/src/index.ts";

/** A seeded generator of numbers from 0 up to 1 (xorshift with 32 bits). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}

const CLASSES = ["suspected", "confirmed", "cancelled", "reduced", "cleared"];

function closed(corners: readonly Position[]): Polygon {
  return { type: "Polygon", coordinates: [[...corners, [...(corners[0] as Position)]]] };
}

/** A star around a place; `reach` in metres. Coordinates have nine decimals, as many instruments write them. */
function star(lon: number, lat: number, corners: number, reach: number, random: () => number): Position[] {
  const turn = random();
  const round = (degrees: number) => Math.round(degrees * 1e9) / 1e9;
  return Array.from({ length: corners }, (_, at): Position => {
    const angle = ((at + turn) / corners) * 2 * Math.PI;
    const metres = reach * (0.6 + 0.8 * random());
    return [
      round(lon + (metres * Math.cos(angle)) / (111_320 * Math.cos((lat * Math.PI) / 180))),
      round(lat + (metres * Math.sin(angle)) / 111_320),
    ];
  });
}

/** A polygon of which two corners changed places, as the repair leaves it: what lies inside an odd number of its loops. */
function mended([first, second, ...rest]: readonly Position[]): Polygon | MultiPolygon {
  const { coordinates } = merge([closed([second as Position, first as Position, ...rest])]);
  return coordinates.length === 1
    ? { type: "Polygon", coordinates: coordinates[0] ?? [] }
    : { type: "MultiPolygon", coordinates };
}

/**
 * Star polygons of 8 to 31 corners in five classes, in clusters over 800 by 1,000 km, about one in five square metres
 * claimed twice. Every twentieth star is cut in two through its centre: a tenth of the polygons share a border exactly.
 * In one of a hundred, two corners have changed places, so that it crossed itself before it was repaired.
 */
export function landPolygons(count: number): BalancePolygon[] {
  const random = seeded(20261123);
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  // As many clusters for each polygon whatever the count, so that density stays the same.
  const centres = Array.from({ length: Math.max(1, Math.round(count / 400)) }, () => {
    return [99.5 + 7.5 * random(), 10 + 9 * random(), 0.03 + 0.12 * random()] as const;
  });
  const polygons: BalancePolygon[] = [];
  const add = (corners: readonly Position[]) => {
    const name = CLASSES[Math.floor(random() * CLASSES.length)] as string;
    const id = `area-${polygons.length}`;
    const order = Math.floor(random() * 1000);
    const geometry = polygons.length % 100 === 99 ? mended(corners) : closed(corners);
    polygons.push({ id, class: name, order, geometry });
  };
  while (polygons.length < count) {
    const [x, y, spread] = centres[Math.floor(random() * centres.length)] as readonly [number, number, number];
    const [lon, lat] = [x + spread * gauss(), y + spread * gauss()];
    const corners = star(lon, lat, 8 + Math.floor(random() * 24), 90 * Math.exp(0.6 * gauss()), random);
    if (random() < 0.05 && polygons.length + 1 < count) {
      const middle: Position = [Math.round(lon * 1e9) / 1e9, Math.round(lat * 1e9) / 1e9];
      const half = corners.length >> 1;
      add([...corners.slice(0, half + 1), middle]);
      add([...corners.slice(half), corners[0] as Position, middle]);
    } else {
      add(corners);
    }
  }
  return polygons;
}

/** A polygon as someone mends it: all corners moved together by up to 30 m, and one of them by some metres more. */
export function moved(geometry: Polygon | MultiPolygon, random: () => number): Polygon | MultiPolygon {
  const [east, north] = [(random() - 0.5) * 6e-4, (random() - 0.5) * 6e-4];
  const along = (ring: readonly Position[]) => ring.map(([x = 0, y = 0]): Position => [x + east, y + north]);
  if (geometry.type === "MultiPolygon")
    return { type: "MultiPolygon", coordinates: geometry.coordinates.map((rings) => rings.map(along)) };
  const [shell = [], ...holes] = geometry.coordinates;
  const corners = along(shell.slice(0, -1));
  const at = Math.floor(random() * corners.length);
  const [x = 0, y = 0] = corners[at] ?? [];
  corners[at] = [x + (random() - 0.5) * 1e-4, y + (random() - 0.5) * 1e-4];
  return { type: "Polygon", coordinates: [...closed(corners).coordinates, ...holes.map(along)] };
}
