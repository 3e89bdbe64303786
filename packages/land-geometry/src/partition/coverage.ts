import { type GridRing, sideOf } from "./grid.ts";
import { blocksOf, isBeside, sidesPerBlock } from "./ring-blocks.ts";
import { gridRingArea, radiansBetween, sideArea, sineOf } from "./side-area.ts";
import { crossingPoint } from "./snap-rounding.ts";

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

/** Area in square metres of a region with nobody near. */
export function lonelyArea({ rings }: Region): number {
  let area = 0;
  for (const ring of rings) area += gridRingArea(ring);
  return area;
}

/** Larger factors by which rounding is magnified are left to exact arithmetic. */
const mostMagnified = 1e3;

/**
 * Where two sides that cross each other meet. The same two sides give the same numbers in whatever order and direction
 * they come, so that outlines seen from either side are cut at the same place. Sides that run almost along each other
 * are cut at a point of the grid found exactly.
 */
function meetingPlace(one: readonly number[], two: readonly number[]): readonly [x: number, y: number] {
  const [[ax, ay, bx, by], [cx, cy, dx, dy]] = inOrder(eastward(one), eastward(two));
  const [ux, uy, vx, vy] = [bx - ax, by - ay, dx - cx, dy - cy];
  const [wx, wy] = [cx - ax, cy - ay];
  const across = ux * vy - uy * vx;
  const along = wx * vy - wy * vx;
  const reach = Math.abs(across) * mostMagnified;
  if (Math.abs(ux * vy) + Math.abs(uy * vx) > reach || Math.abs(wx * vy) + Math.abs(wy * vx) > reach) {
    return crossingPoint(ax, ay, bx, by, cx, cy, dx, dy);
  }
  const t = along / across;
  return [ax + ux * t, ay + uy * t];
}

type SideEnds = readonly [ax: number, ay: number, bx: number, by: number];

function eastward(side: readonly number[]): SideEnds {
  const [ax, ay, bx, by] = side as SideEnds;
  return ax < bx || (ax === bx && ay < by) ? [ax, ay, bx, by] : [bx, by, ax, ay];
}

function inOrder(one: SideEnds, two: SideEnds): readonly [SideEnds, SideEnds] {
  const at = one.findIndex((value, index) => value !== two[index]);
  return at === -1 || (one[at] as number) < (two[at] as number) ? [one, two] : [two, one];
}

/** What one neighbour does along one side: where its outline crosses just left and just right of it. */
interface Crossings {
  region: number;
  readonly left: number[];
  readonly right: number[];
  /** Pairs of places between which the outlines run along each other. */
  readonly along: number[];
}

/** A place on a side, by its share of the side's length, where another outline meets it. */
interface Break {
  readonly t: number;
  readonly x: number;
  readonly y: number;
}

/** The side under examination and the neighbours near it; reused from side to side to spare memory. */
class SideScan {
  private readonly pool: Crossings[] = [];
  private count = 0;
  readonly breaks: Break[] = [];

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
      let ux = ring[ring.length - 2] as number;
      let uy = ring[ring.length - 1] as number;
      let before = sideOf(ax, ay, bx, by, ux, uy);
      const blocks = blocksOf(ring);
      for (let at = 0; at < ring.length; at += 2) {
        if (blocks && at % (2 * sidesPerBlock) === 0) {
          const start = at;
          while (at < ring.length && isBeside(blocks, at / (2 * sidesPerBlock), ax, ay, bx, by))
            at += 2 * sidesPerBlock;
          if (at >= ring.length) break;
          if (at > start) {
            ux = ring[at - 2] as number;
            uy = ring[at - 1] as number;
            before = sideOf(ax, ay, bx, by, ux, uy);
          }
        }
        const vx = ring[at] as number;
        const vy = ring[at + 1] as number;
        const after = sideOf(ax, ay, bx, by, vx, vy);
        const crossesLeft = after > 0 !== before > 0;
        const crossesRight = after < 0 !== before < 0;
        if (crossesLeft || crossesRight) {
          const t =
            after === 0
              ? this.breakAt(ax, ay, bx, by, vx, vy)
              : before === 0
                ? this.breakAt(ax, ay, bx, by, ux, uy)
                : this.breakAcross(ax, ay, bx, by, ux, uy, before, vx, vy, after);
          if (crossesLeft) entry.left.push(t);
          if (crossesRight) entry.right.push(t);
        } else if (after === 0 && before === 0) {
          const from = this.breakAt(ax, ay, bx, by, ux, uy);
          const to = this.breakAt(ax, ay, bx, by, vx, vy);
          entry.along.push(Math.min(from, to), Math.max(from, to));
        }
        ux = vx;
        uy = vy;
        before = after;
      }
    }
    if (entry.left.length > 0 || entry.right.length > 0 || entry.along.length > 0) this.count++;
  }

  /** Cuts the side at a point that lies on its line, when the point is between its ends; gives the place. */
  private breakAt(ax: number, ay: number, bx: number, by: number, x: number, y: number): number {
    const t = share(ax, ay, bx, by, x, y);
    if (t > 0 && t < 1) this.breaks.push({ t, x, y });
    return t;
  }

  /**
   * Cuts the side where a side from u to v crosses its line, when that is between its ends, which is decided exactly;
   * gives the place, which is beyond the ends otherwise.
   */
  private breakAcross(
    ax: number,
    ay: number,
    bx: number,
    by: number,
    ux: number,
    uy: number,
    before: number,
    vx: number,
    vy: number,
    after: number,
  ): number {
    const a = sideOf(ux, uy, vx, vy, ax, ay);
    if (a === 0) return 0;
    const b = sideOf(ux, uy, vx, vy, bx, by);
    if (b === 0) return 1;
    if (a > 0 === b > 0) {
      const from = share(ax, ay, bx, by, ux, uy);
      const t = from + ((share(ax, ay, bx, by, vx, vy) - from) * before) / (before - after);
      return t <= 0 || t >= 1 ? t : t < 0.5 ? 0 : 1;
    }
    const [x, y] = meetingPlace([ax, ay, bx, by], [ux, uy, vx, vy]);
    const t = Math.min(nearlyOne, Math.max(nearlyZero, share(ax, ay, bx, by, x, y)));
    this.breaks.push({ t, x, y });
    return t;
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

const nearlyZero = 2 ** -52;
const nearlyOne = 1 - nearlyZero;

/** How far along the side from a to b a point lies, as a share of its length. */
function share(ax: number, ay: number, bx: number, by: number, x: number, y: number): number {
  const [dx, dy] = [bx - ax, by - ay];
  return ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy);
}

const scan = new SideScan();

type Visit = (area: number, width: number, left: number, right: number) => void;

function firstOf(one: number, two: number): number {
  return one === nobody ? two : two === nobody ? one : Math.min(one, two);
}

/**
 * Walks the outline of a region among regions that may cover it, and says for each stretch who has the ground to its
 * left and to its right, when every place belongs to the first region in the list that covers it. Stretches end
 * wherever another outline meets the side. A stretch along which several outlines run is visited for the first of
 * them only.
 *
 * Summed over all regions, each stretch for the region on its left and with the opposite sign for the one on its right,
 * areas are what each region has. As the stretches around a region's ground close, areas may be taken down to any
 * parallel instead of to the equator; one close by makes what rounding does as small as can be.
 *
 * Which region covers what is decided exactly and needs no crossing to be put on a grid.
 * @param regions in the order of precedence
 * @param self which of them to walk around
 * @param visit gets the area under the stretch as `sideArea` gives it, the radians of longitude from its start to its
 * end, and positions in the list or `nobody`
 */
export function walkOutline(regions: readonly Region[], self: number, visit: Visit): void {
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
      else visit(sideArea(ax, ay, sineA, bx, by, sineB), radiansBetween(ax, bx), self, nobody);
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
  visit: Visit,
): void {
  const { breaks } = scan;
  if (breaks.length > 1) breaks.sort((one, two) => one.t - two.t);
  breaks.push({ t: 1, x: bx, y: by });
  let from = 0;
  let [x, y, sine] = [ax, ay, sineA];
  for (const to of breaks) {
    if (to.t <= from) continue;
    const nextSine = to.t === 1 ? sineB : sineOf(to.y);
    const middle = (from + to.t) / 2;
    const left = firstOf(self, scan.cover(middle, "left"));
    const right = scan.cover(middle, "right");
    if (left !== right && !scan.isSharedWithEarlier(middle, self)) {
      visit(sideArea(x, y, sine, to.x, to.y, nextSine), radiansBetween(x, to.x), left, right);
    }
    from = to.t;
    [x, y, sine] = [to.x, to.y, nextSine];
  }
}
