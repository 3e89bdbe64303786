import { type GridRing, sideOf } from "./grid.ts";
import { gridRingArea, sideArea, sineOf } from "./side-area.ts";

/** One clean region on the grid: covered ground on the left of every side. */
export interface Region {
  /** Shell anticlockwise, holes clockwise. */
  readonly rings: readonly GridRing[];
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** No region covers the ground. */
export const nobody = -1;

/** West, south, east and north of a clean region; its shell alone decides. */
export function boundsOf([shell = []]: readonly GridRing[]): [number, number, number, number] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < shell.length; at += 2) {
    const x = shell[at] as number;
    const y = shell[at + 1] as number;
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < south) south = y;
    if (y > north) north = y;
  }
  return [west, south, east, north];
}

/** Area in square metres of a region with nobody near. */
export function lonelyArea({ rings }: Region): number {
  let area = 0;
  for (const ring of rings) area += gridRingArea(ring);
  return area;
}

/** What one neighbour does along one side: where its outline crosses just left and just right of it. */
interface Crossings {
  region: number;
  readonly left: number[];
  readonly right: number[];
  /** Pairs of places between which the outlines run along each other. */
  readonly along: number[];
}

/** The side under examination and the neighbours near it; reused from side to side to spare memory. */
class SideScan {
  private readonly pool: Crossings[] = [];
  private count = 0;
  readonly breaks: number[] = [];

  reset(): void {
    this.count = 0;
    if (this.breaks.length > 0) this.breaks.length = 0;
  }

  get isEmpty(): boolean {
    return this.count === 0;
  }

  /**
   * Adds where the outline of a region crosses the line through a side. The line is moved to its left and to its right
   * by less than anything: seen from the left copy, points on the line lie to the right of it, and the other way round.
   * Each ring crosses either copy an even number of times, whatever rounding does to the places of the crossings.
   */
  add(region: number, other: Region, ax: number, ay: number, bx: number, by: number): void {
    const ex = bx - ax;
    const ey = by - ay;
    const length = ex * ex + ey * ey;
    let entry = this.pool[this.count];
    if (entry === undefined) {
      entry = { region, left: [], right: [], along: [] };
      this.pool.push(entry);
    }
    entry.region = region;
    if (entry.left.length > 0) entry.left.length = 0;
    if (entry.right.length > 0) entry.right.length = 0;
    if (entry.along.length > 0) entry.along.length = 0;
    for (const ring of other.rings) {
      const place = (at: number) => (((ring[at] as number) - ax) * ex + ((ring[at + 1] as number) - ay) * ey) / length;
      let before = ring.length - 2;
      let sideBefore = sideOf(ax, ay, bx, by, ring[before] as number, ring[before + 1] as number);
      for (let at = 0; at < ring.length; at += 2) {
        const side = sideOf(ax, ay, bx, by, ring[at] as number, ring[at + 1] as number);
        const crossesLeft = side > 0 !== sideBefore > 0;
        const crossesRight = side < 0 !== sideBefore < 0;
        if (crossesLeft || crossesRight) {
          const from = place(before);
          const to = place(at);
          const t = side === 0 ? to : sideBefore === 0 ? from : from + ((to - from) * sideBefore) / (sideBefore - side);
          if (crossesLeft) entry.left.push(t);
          if (crossesRight) entry.right.push(t);
          if (t > 0 && t < 1) this.breaks.push(t);
        } else if (side === 0 && sideBefore === 0) {
          const from = place(before);
          const to = place(at);
          entry.along.push(Math.min(from, to), Math.max(from, to));
          if (from > 0 && from < 1) this.breaks.push(from);
          if (to > 0 && to < 1) this.breaks.push(to);
        }
        before = at;
        sideBefore = side;
      }
    }
    if (entry.left.length > 0 || entry.right.length > 0 || entry.along.length > 0) this.count++;
  }

  /** The first of the regions added that covers the ground to one side of a place, or `nobody`. */
  cover(place: number, from: "left" | "right"): number {
    for (let at = 0; at < this.count; at++) {
      const entry = this.pool[at] as Crossings;
      let crossed = 0;
      for (const t of entry[from]) if (t < place) crossed++;
      if (crossed % 2 === 1) return entry.region;
    }
    return nobody;
  }

  /** Whether a region that comes before one runs along the side at a place. */
  isSharedWithEarlier(place: number, self: number): boolean {
    for (let at = 0; at < this.count; at++) {
      const { region, along } = this.pool[at] as Crossings;
      if (region >= self) return false;
      for (let pair = 0; pair < along.length; pair += 2) {
        if ((along[pair] as number) < place && place < (along[pair + 1] as number)) return true;
      }
    }
    return false;
  }
}

const scan = new SideScan();

function firstOf(one: number, two: number): number {
  return one === nobody ? two : two === nobody ? one : Math.min(one, two);
}

/**
 * Walks the outline of a region among regions that may cover it, and says for each stretch who has the ground to its
 * left and to its right, when every place belongs to the first region in the list that covers it. Stretches end
 * wherever another outline meets the side. A stretch along which several outlines run is visited for the first of
 * them only. Summed over all regions, with the sign for the right turned, the areas are what each region has.
 *
 * Which region covers what is decided exactly and needs no crossing to be put on a grid; rounding moves the ends of
 * stretches by parts of a step only.
 * @param regions in the order of precedence
 * @param self which of them to walk around
 * @param visit gets the area under the stretch as `sideArea` gives it, and positions in the list or `nobody`
 */
export function walkOutline(
  regions: readonly Region[],
  self: number,
  visit: (area: number, left: number, right: number) => void,
): void {
  const own = regions[self];
  if (!own) return;
  for (const ring of own.rings) {
    const last = ring.length - 2;
    let ax = ring[last] as number;
    let ay = ring[last + 1] as number;
    let sineA = sineOf(ay);
    for (let at = 0; at <= last; at += 2) {
      const bx = ring[at] as number;
      const by = ring[at + 1] as number;
      const sineB = sineOf(by);
      if (scanSide(regions, self, ax, ay, bx, by)) visitStretches(self, ax, ay, sineA, bx, by, sineB, visit);
      else visit(sideArea(ax, ay, sineA, bx, by, sineB), self, nobody);
      ax = bx;
      ay = by;
      sineA = sineB;
    }
  }
}

/** Gathers what other regions do along a side; false when none is near it. */
function scanSide(regions: readonly Region[], self: number, ax: number, ay: number, bx: number, by: number): boolean {
  scan.reset();
  const west = Math.min(ax, bx);
  const east = Math.max(ax, bx);
  const south = Math.min(ay, by);
  const north = Math.max(ay, by);
  for (let at = 0; at < regions.length; at++) {
    const other = regions[at] as Region;
    if (other.west > east || other.east < west || other.south > north || other.north < south || at === self) continue;
    scan.add(at, other, ax, ay, bx, by);
  }
  return !scan.isEmpty;
}

function visitStretches(
  self: number,
  ax: number,
  ay: number,
  sineA: number,
  bx: number,
  by: number,
  sineB: number,
  visit: (area: number, left: number, right: number) => void,
): void {
  const { breaks } = scan;
  if (breaks.length > 1) breaks.sort((one, two) => one - two);
  breaks.push(1);
  let from = 0;
  let [x, y, sine] = [ax, ay, sineA];
  for (const to of breaks) {
    if (to <= from) continue;
    const nextX = to === 1 ? bx : ax + (bx - ax) * to;
    const nextY = to === 1 ? by : ay + (by - ay) * to;
    const nextSine = to === 1 ? sineB : sineOf(nextY);
    const middle = (from + to) / 2;
    const left = firstOf(self, scan.cover(middle, "left"));
    const right = scan.cover(middle, "right");
    if (left !== right && !scan.isSharedWithEarlier(middle, self)) {
      visit(sideArea(x, y, sine, nextX, nextY, nextSine), left, right);
    }
    from = to;
    [x, y, sine] = [nextX, nextY, nextSine];
  }
}
