import type { LineString, MultiLineString, MultiPolygon, Polygon } from "geojson";
import type { Areal } from "../checks/rings.ts";
import { GeometryError } from "../problem.ts";
import { type Arrangement, arrange, cuttingLine } from "./arrangement.ts";
import { toGrid } from "./grid.ts";
import { type GridRegion, regionPolygon, regionsMultiPolygon, regionsOf, unlabelled } from "./regions.ts";
import { addRing, toCleanParts } from "./shapes.ts";

/** Polygons drawn over each other, and which polygon each part in the drawing belongs to. */
interface Drawing {
  readonly arrangement: Arrangement;
  /** For each cover (part numbers), the indices of the polygons, ascending and without repeats. */
  polygonsOf(cover: readonly number[]): readonly number[];
}

function draw(polygons: readonly Areal[], lines: readonly (readonly (readonly number[])[])[] = []): Drawing {
  const ends: number[] = [];
  const sources: number[] = [];
  const owners: number[] = [];
  polygons.forEach((polygon, index) => {
    for (const rings of toCleanParts(polygon)) {
      for (const ring of rings) addRing(ends, ring);
      while (sources.length < ends.length / 4) sources.push(owners.length);
      owners.push(index);
    }
  });
  for (const line of lines) {
    const steps = line.map(([lon = Number.NaN, lat = Number.NaN]) => {
      const point = [toGrid(lon), toGrid(lat)] as const;
      if (!point.every(Number.isSafeInteger)) {
        throw new GeometryError("partition.position-invalid", { lon: String(lon), lat: String(lat) });
      }
      return point;
    });
    steps.forEach((point, at) => {
      const before = steps[at - 1];
      if (before) {
        ends.push(...before, ...point);
        sources.push(cuttingLine);
      }
    });
  }
  // Parts are numbered in the order of the polygons, so that their owners come out ascending.
  const polygonsOf = (cover: readonly number[]) =>
    cover.map((part) => owners[part] as number).filter((owner, at, all) => owner !== all[at - 1]);
  return { arrangement: arrange({ ends, sources }), polygonsOf };
}

function totalArea(regions: readonly GridRegion[]): number {
  return regions.reduce((sum, region) => sum + region.area, 0);
}

/** Ground that two polygons both claim and that went to the one that comes first. */
export interface Overlap {
  /** Index of the polygon that has the ground. */
  readonly winner: number;
  /** Index of the other. */
  readonly loser: number;
  /** Geodesic, square metres, unrounded. Ground claimed by three polygons is in two overlaps. */
  readonly area: number;
}

/** Ground shared out among polygons so that none of it belongs to two. */
export interface Partition {
  /** The ground each polygon has, in the order given; without any part when all of it went to others. */
  readonly shares: readonly MultiPolygon[];
  /** The geodesic area of each share, square metres, unrounded. */
  readonly areas: readonly number[];
  /** Who lost ground to whom, in the order of the winner and then of the loser. */
  readonly overlaps: readonly Overlap[];
}

/**
 * Shares out ground among polygons that may overlap: every place goes to the first polygon in the list that covers it.
 * Sort the list by the rule that should hold, for example by date. Shares meet without gap or overlap, with the same
 * points on both sides of a border; together they cover exactly what the polygons cover.
 * @throws GeometryError `partition.position-invalid` for a coordinate that is not a finite number
 */
export function partition(polygons: readonly Areal[]): Partition {
  const { arrangement, polygonsOf } = draw(polygons);
  const groups: GridRegion[][] = polygons.map(() => []);
  for (const region of regionsOf(arrangement, (cover) => polygonsOf(cover)[0] ?? unlabelled)) {
    groups[region.label]?.push(region);
  }
  return {
    shares: groups.map(regionsMultiPolygon),
    areas: groups.map(totalArea),
    overlaps: overlapsOf(arrangement, polygonsOf),
  };
}

function overlapsOf(arrangement: Arrangement, polygonsOf: Drawing["polygonsOf"]): Overlap[] {
  const covers = new Map<string, { polygons: readonly number[]; label: number }>();
  const labelOf = (cover: readonly number[]) => {
    const polygons = polygonsOf(cover);
    if (polygons.length < 2) return unlabelled;
    const known = covers.get(polygons.join()) ?? { polygons, label: covers.size };
    covers.set(polygons.join(), known);
    return known.label;
  };
  const areas: number[] = [];
  for (const { label, area } of regionsOf(arrangement, labelOf)) areas[label] = (areas[label] ?? 0) + area;
  const pairs = new Map<string, Overlap>();
  for (const { polygons, label } of covers.values()) {
    const [winner = 0, ...losers] = polygons;
    for (const loser of losers) {
      const key = `${winner},${loser}`;
      pairs.set(key, { winner, loser, area: (pairs.get(key)?.area ?? 0) + (areas[label] ?? 0) });
    }
  }
  return [...pairs.values()].sort((one, two) => one.winner - two.winner || one.loser - two.loser);
}

/** The ground two lists of polygons have by a rule on who covers it, as connected regions. */
function select(polygons: readonly Areal[], isTaken: (covering: readonly number[]) => boolean): readonly GridRegion[] {
  const { arrangement, polygonsOf } = draw(polygons);
  return regionsOf(arrangement, (cover) => (isTaken(polygonsOf(cover)) ? 0 : unlabelled));
}

const isCovered = (covering: readonly number[]) => covering.length > 0;
const isBoth = (covering: readonly number[]) => covering.length === 2;

/**
 * All the ground polygons cover, as one multipolygon. The result is the same, point for point, in whatever order the
 * polygons come.
 * @throws GeometryError `partition.position-invalid`
 */
export function merge(polygons: readonly Areal[]): MultiPolygon {
  return regionsMultiPolygon(select(polygons, isCovered));
}

/**
 * Area of the ground polygons cover together, counted once: geodesic, square metres, unrounded. For many polygons
 * that change, `createBalance` keeps the same figure up to date.
 * @throws GeometryError `partition.position-invalid`
 */
export function unionArea(polygons: readonly Areal[]): number {
  return totalArea(select(polygons, isCovered));
}

/**
 * The part of a polygon that lies within another. Where they only touch, nothing is left.
 * @throws GeometryError `partition.position-invalid`
 */
export function clipTo(polygon: Areal, bounds: Areal): MultiPolygon {
  return regionsMultiPolygon(select([polygon, bounds], isBoth));
}

/**
 * The part of a polygon that none of the others covers.
 * @throws GeometryError `partition.position-invalid`
 */
export function subtract(polygon: Areal, others: readonly Areal[]): MultiPolygon {
  return regionsMultiPolygon(select([polygon, ...others], (covering) => covering.length === 1 && covering[0] === 0));
}

/**
 * Cuts a polygon along a line into its connected pieces, from west to east. A line that ends inside cuts nothing off;
 * a polygon the line does not cross comes back in its connected parts.
 * @throws GeometryError `partition.position-invalid`
 */
export function splitByLine(polygon: Areal, line: LineString | MultiLineString): Polygon[] {
  const lines = line.type === "LineString" ? [line.coordinates] : line.coordinates;
  const { arrangement } = draw([polygon], lines);
  return regionsOf(arrangement, (cover) => (cover.length > 0 ? 0 : unlabelled)).map(regionPolygon);
}
