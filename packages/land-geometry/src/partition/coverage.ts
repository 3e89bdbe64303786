import { sideOf } from "./grid.ts";
import { sideArea } from "./side-area.ts";

/** One clean region on the grid: rings one after the other, covered ground on the left of every side. */
export interface Region {
  readonly coordinates: Float64Array;
  /** For each ring the position in `coordinates` after its last number. */
  readonly ringEnds: readonly number[];
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** No region covers the ground. */
export const nobody = -1;

/**
 * Gathers the rings of a clean region.
 * @param rings shell anticlockwise, holes clockwise, without closing points
 */
export function toRegion(rings: readonly Float64Array[]): Region {
  const [only] = rings;
  const coordinates = rings.length === 1 && only ? only : Float64Array.from(rings.flatMap((ring) => [...ring]));
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < coordinates.length; at += 2) {
    const x = coordinates[at] as number;
    const y = coordinates[at + 1] as number;
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < south) south = y;
    if (y > north) north = y;
  }
  let end = 0;
  const ringEnds = rings.map((ring) => {
    end += ring.length;
    return end;
  });
  return { coordinates, ringEnds, west, south, east, north };
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
    this.breaks.length = 0;
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
    const { coordinates, ringEnds } = other;
    const place = (at: number) =>
      (((coordinates[at] as number) - ax) * ex + ((coordinates[at + 1] as number) - ay) * ey) / length;
    let entry = this.pool[this.count];
    if (entry === undefined) {
      entry = { region, left: [], right: [], along: [] };
      this.pool.push(entry);
    }
    entry.region = region;
    entry.left.length = 0;
    entry.right.length = 0;
    entry.along.length = 0;
    let start = 0;
    for (const end of ringEnds) {
      let before = end - 2;
      let sideBefore = sideOf(ax, ay, bx, by, coordinates[before] as number, coordinates[before + 1] as number);
      for (let at = start; at < end; at += 2) {
        const side = sideOf(ax, ay, bx, by, coordinates[at] as number, coordinates[at + 1] as number);
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
      start = end;
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
  const { coordinates, ringEnds } = own;
  let start = 0;
  for (const end of ringEnds) {
    let ax = coordinates[end - 2] as number;
    let ay = coordinates[end - 1] as number;
    for (let at = start; at < end; at += 2) {
      const bx = coordinates[at] as number;
      const by = coordinates[at + 1] as number;
      walkSide(regions, self, ax, ay, bx, by, visit);
      ax = bx;
      ay = by;
    }
    start = end;
  }
}

function walkSide(
  regions: readonly Region[],
  self: number,
  ax: number,
  ay: number,
  bx: number,
  by: number,
  visit: (area: number, left: number, right: number) => void,
): void {
  scan.reset();
  const west = Math.min(ax, bx);
  const east = Math.max(ax, bx);
  const south = Math.min(ay, by);
  const north = Math.max(ay, by);
  for (let at = 0; at < regions.length; at++) {
    const other = regions[at] as Region;
    if (at === self || other.west > east || other.east < west || other.south > north || other.north < south) continue;
    scan.add(at, other, ax, ay, bx, by);
  }
  if (scan.isEmpty) {
    visit(sideArea(ax, ay, bx, by), self, nobody);
    return;
  }
  const { breaks } = scan;
  if (breaks.length > 1) breaks.sort((one, two) => one - two);
  breaks.push(1);
  let from = 0;
  let [x, y] = [ax, ay];
  for (const to of breaks) {
    if (to <= from) continue;
    const nextX = to === 1 ? bx : ax + (bx - ax) * to;
    const nextY = to === 1 ? by : ay + (by - ay) * to;
    const middle = (from + to) / 2;
    const left = firstOf(self, scan.cover(middle, "left"));
    const right = scan.cover(middle, "right");
    if (left !== right && !scan.isSharedWithEarlier(middle, self)) visit(sideArea(x, y, nextX, nextY), left, right);
    from = to;
    x = nextX;
    y = nextY;
  }
}
