import type { Areal } from "../checks/rings.ts";
import { GeometryError } from "../problem.ts";
import { lonelyArea, nobody, type Region, walkOutline } from "./coverage.ts";
import type { GridRing } from "./grid.ts";
import { meetingBoxes } from "./meeting-boxes.ts";
import { RegionIndex } from "./region-index.ts";
import { type GridParts, toCleanParts } from "./shapes.ts";
import { zoneUnder } from "./side-area.ts";

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

/**
 * A sum of areas that loses nothing: whole square metres, and whole square millimetres on top of them, each exact up
 * to 2^53.
 */
interface AreaSum {
  metres: number;
  millimetres: number;
}

interface ClassSum extends AreaSum {
  readonly name: string;
  polygons: number;
}

interface Member extends AreaSum {
  readonly id: string;
  readonly class: ClassSum;
  readonly order: number;
  regions: readonly MemberRegion[];
}

/** One part of a polygon in the balance, and what walking around it adds to its own polygon. */
interface MemberRegion extends Region, AreaSum {
  readonly member: Member;
  readonly part: number;
  /** Areas are taken down to the parallel through the middle of the part: `zoneUnder` it. */
  readonly base: number;
  /** What walking around this part adds to other polygons. */
  entries: readonly Entry[];
}

interface Entry extends AreaSum {
  readonly member: Member;
}

const noEntries: readonly Entry[] = [];

const millimetresPerMetre = 1e6;

function inMillimetres({ metres, millimetres }: AreaSum): bigint {
  return BigInt(metres) * BigInt(millimetresPerMetre) + BigInt(millimetres);
}

function inMetres(area: AreaSum): number {
  return Number(inMillimetres(area)) / millimetresPerMetre;
}

function precedes(one: MemberRegion, two: MemberRegion): number {
  if (one.member.order !== two.member.order) return one.member.order - two.member.order;
  if (one.member.id !== two.member.id) return one.member.id < two.member.id ? -1 : 1;
  return one.part - two.part;
}

function setArea(sum: AreaSum, area: number): void {
  sum.metres = Math.trunc(area);
  sum.millimetres = Math.round((area - sum.metres) * millimetresPerMetre);
}

/** What the outline at hand adds to each region in the list, and whether it touches its ground; reused to spare memory. */
const sums: number[] = [];
const touches: boolean[] = [];
let listed: readonly MemberRegion[] = [];

function addTo(at: number, area: number, width: number): void {
  sums[at] = (sums[at] as number) + area + width * (listed[at] as MemberRegion).base;
  touches[at] = true;
}

function visitStretch(area: number, width: number, left: number, right: number): void {
  addTo(left, area, width);
  if (right !== nobody) addTo(right, -area, -width);
}

/** Measures what the outline of one part adds to each polygon. It depends on the part and its neighbours only. */
function measure(own: MemberRegion, neighbours: MemberRegion[]): void {
  own.entries = noEntries;
  if (neighbours.length === 1) {
    setArea(own, lonelyArea(own));
    return;
  }
  listed = neighbours.sort(precedes);
  for (let at = 0; at < listed.length; at++) {
    sums[at] = 0;
    touches[at] = false;
  }
  walkOutline(listed, listed.indexOf(own), visitStretch);
  let ownSum = 0;
  const entries: Entry[] = [];
  for (let at = 0; at < listed.length; ) {
    const { member } = listed[at] as MemberRegion;
    // Parts of one polygon follow each other.
    let [area, touched] = [0, false];
    for (; at < listed.length && (listed[at] as MemberRegion).member === member; at++) {
      if (!touches[at]) continue;
      area += sums[at] as number;
      touched = true;
    }
    if (!touched) continue;
    if (member === own.member) ownSum = area;
    else {
      const entry = { member, metres: 0, millimetres: 0 };
      setArea(entry, area);
      entries.push(entry);
    }
  }
  setArea(own, ownSum);
  if (entries.length > 0) own.entries = entries;
}

/** A part with its box, which its shell alone decides. */
function toRegion(rings: readonly GridRing[], member: Member, part: number): MemberRegion {
  const shell = rings[0] as GridRing;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < shell.length; at += 2) {
    const x = shell[at] as number;
    const y = shell[at + 1] as number;
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < south) south = y;
    if (y > north) north = y;
  }
  const base = zoneUnder((south + north) / 2);
  return { rings, west, south, east, north, member, part, base, metres: 0, millimetres: 0, entries: noEntries };
}

function toMember({ id, order, geometry }: BalancePolygon, group: ClassSum): Member {
  if (!Number.isFinite(order)) throw new GeometryError("balance.order-not-finite", { id, order: String(order) });
  const member: Member = { id, class: group, order, regions: [], metres: 0, millimetres: 0 };
  const parts = toCleanParts(geometry);
  const regions: MemberRegion[] = [];
  for (let part = 0; part < parts.length; part++)
    regions.push(toRegion(parts[part] as GridParts[number], member, part));
  member.regions = regions;
  return member;
}

function bookTo(member: Member, { metres, millimetres }: AreaSum, sign: 1 | -1): void {
  member.metres += sign * metres;
  member.millimetres += sign * millimetres;
  member.class.metres += sign * metres;
  member.class.millimetres += sign * millimetres;
}

function book(region: MemberRegion, sign: 1 | -1): void {
  bookTo(region.member, region, sign);
  for (const entry of region.entries) bookTo(entry.member, entry, sign);
}

/** Measures all regions of one scope for the first time. */
function enterAll(regions: readonly MemberRegion[]): void {
  const meetings = meetingBoxes(regions);
  const index = meetings ? null : new RegionIndex(regions);
  regions.forEach((region, at) => {
    const neighbours = index ? index.search(region) : [region];
    if (meetings) {
      const end = meetings.starts[at + 1] as number;
      for (let k = meetings.starts[at] as number; k < end; k++) {
        neighbours.push(regions[meetings.others[k] as number] as MemberRegion);
      }
    }
    measure(region, neighbours);
    book(region, 1);
  });
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
  const classes = new Map<string, ClassSum>();
  const toNewMember = (polygon: BalancePolygon) =>
    toMember(polygon, classes.get(polygon.class) ?? { name: polygon.class, polygons: 0, metres: 0, millimetres: 0 });
  const admit = (member: Member) => {
    members.set(member.id, member);
    if (member.class.polygons === 0) classes.set(member.class.name, member.class);
    member.class.polygons++;
  };
  const dismiss = (member: Member) => {
    members.delete(member.id);
    member.class.polygons--;
    if (member.class.polygons === 0) classes.delete(member.class.name);
  };
  for (const polygon of polygons) {
    if (members.has(polygon.id)) throw new GeometryError("balance.id-repeated", { id: polygon.id });
    admit(toNewMember(polygon));
  }
  // Only regions under the same name can take ground from each other.
  const scopeOf = ({ class: group }: Member) => (acrossClasses ? "" : group.name);
  const groups = new Map<string, MemberRegion[]>();
  for (const member of members.values()) {
    const group = groups.get(scopeOf(member));
    if (group) group.push(...member.regions);
    else groups.set(scopeOf(member), [...member.regions]);
  }
  for (const regions of groups.values()) enterAll(regions);
  // Made for the first change: who only wants the figures once has no use for them.
  let indexes: Map<string, RegionIndex<MemberRegion>> | null = null;
  const indexOf = ({ member }: MemberRegion): RegionIndex<MemberRegion> => {
    indexes ??= new Map(Array.from(groups, ([scope, regions]) => [scope, new RegionIndex(regions)]));
    const known = indexes.get(scopeOf(member));
    if (known) return known;
    const created = new RegionIndex<MemberRegion>([]);
    indexes.set(scopeOf(member), created);
    return created;
  };
  const neighboursOf = (region: MemberRegion) => indexOf(region).search(region);
  const enter = (region: MemberRegion) => {
    measure(region, neighboursOf(region));
    book(region, 1);
  };

  const replace = (old: Member | undefined, next: Member | null): number => {
    const touched = new Set<MemberRegion>();
    for (const region of old?.regions ?? []) for (const near of neighboursOf(region)) touched.add(near);
    for (const region of touched) book(region, -1);
    for (const region of old?.regions ?? []) {
      touched.delete(region);
      indexOf(region).remove(region);
    }
    if (old) dismiss(old);
    if (next) admit(next);
    for (const region of next?.regions ?? []) indexOf(region).add(region);
    for (const region of next?.regions ?? []) {
      for (const near of neighboursOf(region)) {
        // Regions of the new polygon have nothing booked yet, and those near the old one have nothing any more.
        if (!touched.has(near)) book(near, -1);
        touched.add(near);
      }
    }
    for (const region of touched) enter(region);
    return new Set([...touched].map(({ member }) => member)).size;
  };

  return {
    get size() {
      return members.size;
    },
    areaByClass: () => new Map([...classes].map(([name, sum]) => [name, inMetres(sum)])),
    squareMillimetresByClass: () => new Map([...classes].map(([name, sum]) => [name, inMillimetres(sum)])),
    areaOf: (id) => {
      const member = members.get(id);
      return member ? inMetres(member) : null;
    },
    update: (id, geometry) => {
      const old = members.get(id);
      if (!old) throw new GeometryError("balance.unknown-polygon", { id });
      return replace(
        old,
        geometry ? toMember({ id, class: old.class.name, order: old.order, geometry }, old.class) : null,
      );
    },
    put: (polygon) => replace(members.get(polygon.id), toNewMember(polygon)),
  };
}
