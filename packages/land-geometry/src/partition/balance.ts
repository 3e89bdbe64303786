import type { Areal } from "../checks/rings.ts";
import { GeometryError } from "../problem.ts";
import { nobody, type Region, toRegion, walkOutline } from "./coverage.ts";
import { RegionIndex } from "./region-index.ts";
import { toCleanParts } from "./shapes.ts";

/** A polygon that takes part in a balance. */
export interface BalancePolygon {
  readonly id: string;
  /** What its ground is counted as. */
  readonly class: string;
  /** Ground claimed by several polygons goes to the one with the lowest order; among equals to the lowest id. */
  readonly order: number;
  readonly geometry: Areal;
}

/** How a balance treats ground claimed by polygons of different classes. */
export interface BalanceOptions {
  /**
   * `one-class`: every place counts once, in the class of the polygon that has it, so that classes add up to the
   * ground covered. `each-class`: every place counts once in each class that claims it. `one-class` when left out.
   */
  readonly counting?: "one-class" | "each-class";
}

/** Areas without double counting that follow every change of a polygon. */
export interface Balance {
  /** Number of polygons. */
  readonly size: number;
  /** Square metres of each class that has polygons. */
  areaByClass(): Map<string, number>;
  /** The same in whole square millimetres, in which the sums are kept: exact and independent of the order of changes. */
  squareMillimetresByClass(): Map<string, bigint>;
  /** Square metres that a polygon has after what earlier ones took; null for an unknown polygon. */
  areaOf(id: string): number | null;
  /**
   * Gives a polygon another geometry, or takes it out with null. Only the polygon and those whose boxes meet its old
   * or new one are measured again; all figures are then exactly those of a new balance of the same polygons.
   * @returns the number of polygons measured again
   * @throws GeometryError `balance.unknown-polygon`, `partition.position-invalid`; the balance stays as it was
   */
  update(id: string, geometry: Areal | null): number;
  /**
   * Adds a polygon, or puts another in the place of the one with the same id, for example with another class.
   * @returns the number of polygons measured again
   * @throws GeometryError `balance.order-not-finite`, `partition.position-invalid`; the balance stays as it was
   */
  put(polygon: BalancePolygon): number;
}

interface Member {
  readonly id: string;
  readonly class: string;
  readonly order: number;
  regions: readonly MemberRegion[];
  /** Square millimetres. */
  area: bigint;
}

/** One part of a polygon in the balance. */
interface MemberRegion extends Region {
  readonly member: Member;
  readonly part: number;
  /** What walking around this part adds to whom, in whole square millimetres. */
  entries: readonly { readonly member: Member; readonly amount: bigint }[];
}

const squareMillimetresPerSquareMetre = 1e6;

function precedes(one: MemberRegion, two: MemberRegion): number {
  if (one.member.order !== two.member.order) return one.member.order - two.member.order;
  if (one.member.id !== two.member.id) return one.member.id < two.member.id ? -1 : 1;
  return one.part - two.part;
}

/** Measures what the outline of one part adds to each polygon. It depends on the part and its neighbours only. */
function measure(own: MemberRegion, neighbours: MemberRegion[]): MemberRegion["entries"] {
  const regions = neighbours.length > 1 ? neighbours.sort(precedes) : neighbours;
  const sums = new Map<Member, number>();
  const add = (at: number, area: number) => {
    const { member } = regions[at] as MemberRegion;
    sums.set(member, (sums.get(member) ?? 0) + area);
  };
  walkOutline(regions, regions.indexOf(own), (area, left, right) => {
    // Parts of one polygon may overlap; the border between them is none.
    if (right !== nobody && regions[left]?.member === regions[right]?.member) return;
    add(left, area);
    if (right !== nobody) add(right, -area);
  });
  return [...sums].map(([member, area]) => ({
    member,
    amount: BigInt(Math.round(area * squareMillimetresPerSquareMetre)),
  }));
}

function toMember({ id, class: name, order, geometry }: BalancePolygon): Member {
  if (!Number.isFinite(order)) throw new GeometryError("balance.order-not-finite", { id, order: String(order) });
  const member: Member = { id, class: name, order, regions: [], area: 0n };
  member.regions = toCleanParts(geometry).map((rings, part) => ({ ...toRegion(rings), member, part, entries: [] }));
  return member;
}

/**
 * Sets up a balance: the ground covered by each class of polygons, no place counted twice although polygons overlap.
 * Areas are geodesic on WGS 84; sides are parted wherever outlines meet, as they are when polygons are united. Invalid
 * polygons are read as `toCleanParts` reads them.
 * @throws GeometryError `balance.id-repeated`, `balance.order-not-finite`, `partition.position-invalid`
 */
export function createBalance(polygons: readonly BalancePolygon[], options: BalanceOptions = {}): Balance {
  const acrossClasses = options.counting !== "each-class";
  const members = new Map<string, Member>();
  for (const polygon of polygons) {
    if (members.has(polygon.id)) throw new GeometryError("balance.id-repeated", { id: polygon.id });
    members.set(polygon.id, toMember(polygon));
  }
  const classes = new Map<string, { polygons: number; area: bigint }>();
  const classOf = (name: string) => {
    const known = classes.get(name);
    if (known) return known;
    const created = { polygons: 0, area: 0n };
    classes.set(name, created);
    return created;
  };
  const index = new RegionIndex<MemberRegion>([...members.values()].flatMap(({ regions }) => regions));

  const book = (region: MemberRegion, sign: 1n | -1n) => {
    for (const { member, amount } of region.entries) {
      member.area += sign * amount;
      classOf(member.class).area += sign * amount;
    }
  };
  const neighboursOf = (region: MemberRegion) =>
    index.search(region, (other) => acrossClasses || other.member.class === region.member.class);
  const enter = (region: MemberRegion) => {
    region.entries = measure(region, neighboursOf(region));
    book(region, 1n);
  };

  for (const member of members.values()) {
    classOf(member.class).polygons++;
    for (const region of member.regions) enter(region);
  }

  const replace = (old: Member | undefined, next: Member | null): number => {
    const touched = new Set<MemberRegion>();
    for (const region of old?.regions ?? []) for (const near of neighboursOf(region)) touched.add(near);
    for (const region of old?.regions ?? []) {
      index.remove(region);
      book(region, -1n);
      touched.delete(region);
    }
    for (const region of next?.regions ?? []) index.add(region);
    for (const region of next?.regions ?? []) for (const near of neighboursOf(region)) touched.add(near);
    const fresh = new Set(next?.regions ?? []);
    for (const region of touched) if (!fresh.has(region)) book(region, -1n);
    if (old) {
      members.delete(old.id);
      const group = classOf(old.class);
      group.polygons--;
      if (group.polygons === 0 && next?.class !== old.class) classes.delete(old.class);
    }
    if (next) {
      members.set(next.id, next);
      classOf(next.class).polygons++;
    }
    for (const region of touched) enter(region);
    return new Set([...touched].map(({ member }) => member)).size;
  };

  return {
    get size() {
      return members.size;
    },
    areaByClass: () =>
      new Map([...classes].map(([name, { area }]) => [name, Number(area) / squareMillimetresPerSquareMetre])),
    squareMillimetresByClass: () => new Map([...classes].map(([name, { area }]) => [name, area])),
    areaOf: (id) => {
      const member = members.get(id);
      return member ? Number(member.area) / squareMillimetresPerSquareMetre : null;
    },
    update: (id, geometry) => {
      const old = members.get(id);
      if (!old) throw new GeometryError("balance.unknown-polygon", { id });
      return replace(old, geometry ? toMember({ ...old, geometry }) : null);
    },
    put: (polygon) => replace(members.get(polygon.id), toMember(polygon)),
  };
}
