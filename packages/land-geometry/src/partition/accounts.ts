import type { MultiPolygon, Polygon } from "geojson";
import { apportion } from "../apportion.ts";
import type { Areal } from "../checks/rings.ts";
import { GeometryError } from "../problem.ts";
import { arrange } from "./arrangement.ts";
import { type GridRegion, regionsMultiPolygon, regionsOf, unlabelled } from "./regions.ts";
import { addRing, type GridParts, toCleanParts } from "./shapes.ts";
import { gridRingArea } from "./side-area.ts";

/** Ground that a report says was cancelled, reduced, cleared or otherwise released. */
export interface Product {
  readonly id: string;
  /** ISO date from which it counts; where two products claim the same ground the earlier has it. */
  readonly date: string;
  readonly geometry: Areal;
}

/** What one product takes, in whole square metres. */
export interface ProductAccount {
  readonly id: string;
  /** Ground within the area. */
  readonly inside: number;
  /** Ground beyond the border of the area, which raises the area by as much. */
  readonly outside: number;
  /** `inside` and `outside` together: the figure to book for the product. */
  readonly total: number;
  /** The ground counted, inside and outside; without any part when earlier products have all of it. */
  readonly ground: MultiPolygon;
}

/** Ground that two products claim. */
export interface ProductOverlap {
  /** The product that has it. */
  readonly winner: string;
  readonly loser: string;
  /** Whole square metres. Ground claimed by three products is in two overlaps. */
  readonly squareMetres: number;
}

/** An area taken apart into what its products account for and what remains. */
export interface AreaAccounts {
  /** The area as recorded, whole square metres: the sum of `inside` over all products and of `remaining`. */
  readonly area: number;
  /** In the order in which they were given. */
  readonly products: readonly ProductAccount[];
  /** Ground of the area that no product claims, whole square metres. */
  readonly remaining: number;
  readonly remainingGround: MultiPolygon;
  /** The sum of `outside` over all products. */
  readonly boundaryIncrease: number;
  /** In the order of the winner and then of the loser, earlier products first; those under half a metre are left out. */
  readonly overlaps: readonly ProductOverlap[];
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function partsArea(parts: GridParts): number {
  return sumOf(parts.flatMap((rings) => rings.map(gridRingArea)));
}

/**
 * Whole square metres of an area and its products that close: every place inside counts once, for the earliest product
 * that covers it (equal dates: the lower id) or as remaining, and the shares, rounded by largest remainders, add up to
 * the area's whole square metres. Ground of products beyond the border is kept apart as a boundary increase, so that
 * `area + boundaryIncrease` equals all totals and `remaining`.
 *
 * The area's own figure is its geodesic area on WGS 84 as recorded; products do not change it.
 * @param area the recorded area; invalid polygons, here and in products, are read as `toCleanParts` reads them
 * @throws GeometryError `accounts.id-repeated`, `accounts.date-invalid`, `partition.position-invalid`
 */
export function accountsOf(area: Polygon | MultiPolygon, products: readonly Product[]): AreaAccounts {
  const ids = new Set<string>();
  for (const { id, date } of products) {
    if (ids.has(id)) throw new GeometryError("accounts.id-repeated", { id });
    if (!/^\d{4}-\d{2}-\d{2}/.test(date)) throw new GeometryError("accounts.date-invalid", { id, date });
    ids.add(id);
  }
  const ordered = products.toSorted((one, two) => compare(one.date, two.date) || compare(one.id, two.id));
  const areaParts = toCleanParts(area);
  const drawing = drawAccounts(areaParts, ordered);

  const inside: GridRegion[][] = ordered.map(() => []);
  const outside: GridRegion[][] = ordered.map(() => []);
  const remaining: GridRegion[] = [];
  const overlapping = new Map<string, { order: readonly number[]; area: number }>();
  for (const region of drawing.regions) {
    const { isInside, covering } = drawing.covers[region.label] as Cover;
    const [first] = covering;
    if (first === undefined) remaining.push(region);
    else (isInside ? inside : outside)[first]?.push(region);
    for (const loser of covering.slice(1)) {
      const key = `${first},${loser}`;
      const known = overlapping.get(key)?.area ?? 0;
      overlapping.set(key, { order: [first ?? 0, loser], area: known + region.area });
    }
  }
  const areaOf = (regions: readonly GridRegion[]) => Math.max(0, sumOf(regions.map((region) => region.area)));

  const total = Math.round(partsArea(areaParts));
  const shares = apportionOrNothing(total, [...inside.map(areaOf), areaOf(remaining)]);
  const outsideAreas = outside.map(areaOf);
  const boundaryIncrease = Math.round(sumOf(outsideAreas));
  const outsideShares = apportionOrNothing(boundaryIncrease, outsideAreas);
  const place = new Map(ordered.map(({ id }, at) => [id, at]));
  return {
    area: total,
    products: products.map(({ id }) => {
      const at = place.get(id) ?? 0;
      const [within = 0, beyond = 0] = [shares[at], outsideShares[at]];
      const ground = drawing.groundOf(at);
      return { id, inside: within, outside: beyond, total: within + beyond, ground };
    }),
    remaining: shares[ordered.length] ?? 0,
    remainingGround: regionsMultiPolygon(remaining),
    boundaryIncrease,
    overlaps: [...overlapping.values()]
      .sort((one, two) => (one.order[0] ?? 0) - (two.order[0] ?? 0) || (one.order[1] ?? 0) - (two.order[1] ?? 0))
      .map(({ order: [winner = 0, loser = 0], area: size }) => ({
        winner: ordered[winner]?.id ?? "",
        loser: ordered[loser]?.id ?? "",
        squareMetres: Math.round(size),
      }))
      .filter(({ squareMetres }) => squareMetres > 0),
  };
}

function compare(one: string, two: string): number {
  return one < two ? -1 : one > two ? 1 : 0;
}

function apportionOrNothing(total: number, parts: readonly number[]): number[] {
  return total === 0 ? parts.map(() => 0) : apportion(total, parts);
}

interface Cover {
  readonly isInside: boolean;
  /** Products in their order. */
  readonly covering: readonly number[];
}

function drawAccounts(areaParts: GridParts, ordered: readonly Product[]) {
  const ends: number[] = [];
  const sources: number[] = [];
  // Part numbers below zero would be cutting lines; the area's parts come first, then those of each product.
  const owners: number[] = [];
  const addParts = (parts: GridParts, owner: number) => {
    for (const rings of parts) {
      for (const ring of rings) addRing(ends, ring);
      while (sources.length < ends.length / 4) sources.push(owners.length);
      owners.push(owner);
    }
  };
  const theArea = -1;
  addParts(areaParts, theArea);
  ordered.forEach(({ geometry }, at) => {
    addParts(toCleanParts(geometry), at);
  });
  const arrangement = arrange({ ends, sources });
  const covers: Cover[] = [];
  const labels = new Map<string, number>();
  const labelOf = (cover: readonly number[]): number => {
    if (cover.length === 0) return unlabelled;
    const by = [...new Set(cover.map((part) => owners[part] ?? 0))];
    const known = labels.get(by.join());
    if (known !== undefined) return known;
    labels.set(by.join(), covers.length);
    covers.push({ isInside: by.includes(theArea), covering: by.filter((owner) => owner !== theArea) });
    return covers.length - 1;
  };
  const regions = regionsOf(arrangement, labelOf);
  const firstProduct = (cover: readonly number[]) =>
    cover.map((part) => owners[part] ?? theArea).find((owner) => owner !== theArea) ?? unlabelled;
  const grounds = regionsOf(arrangement, firstProduct);
  return {
    regions,
    covers,
    groundOf: (product: number) => regionsMultiPolygon(grounds.filter(({ label }) => label === product)),
  };
}
