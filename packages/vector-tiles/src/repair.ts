import { nodeEdges } from "./noding.ts";
import { cleanRing, doubledArea, ringHolds, TileRings } from "./ring.ts";

const loops = new TileRings();

/**
 * Turns rings that touch, cross or overlap into valid polygons with the same inside by the even-odd rule: exterior
 * rings of positive area each followed by its holes of negative area, all rings simple, none crossing another.
 *
 * Method: cut all edges where they meet, with crossings rounded to whole units (`nodeEdges`); edges that occur an even
 * number of times bound nothing and vanish; the others are given the direction that has the inside on their left, and
 * are walked face by face; a walk that comes back to a corner is split there into simple loops.
 * @param rings the rings; not changed
 * @param into where the valid rings are appended
 */
export function repairRings(rings: TileRings, into: TileRings): void {
  const edges = nodeEdges(rings);
  if (edges.length < 12) return;
  const graph = buildGraph(edges);
  directEdges(graph);
  loops.clear();
  const faces: number[] = [];
  const middles: number[] = [];
  walkFaces(graph, faces, middles);
  emitPolygons(faces, middles, into);
}

interface Graph {
  /** Corner coordinates. */
  x: Int32Array;
  y: Int32Array;
  /** For edge e, half-edge 2e leaves the corner `from[2e]`, and 2e + 1 is its opposite. */
  from: Int32Array;
  /** Half-edges leaving each corner, in angular order: corner c owns `fan[fanStart[c]]` to `fan[fanStart[c + 1]]`. */
  fan: Int32Array;
  fanStart: Int32Array;
  /** Position of each half-edge in `fan`. */
  place: Int32Array;
  /** 1 when the inside is on the left (the side of positive cross product) of the half-edge. */
  inward: Uint8Array;
}

function buildGraph(edges: readonly number[]): Graph {
  const count = edges.length / 4;
  const corners = new Map<number, number>();
  const xs: number[] = [];
  const ys: number[] = [];
  const from = new Int32Array(2 * count);
  for (let h = 0; h < 2 * count; h++) {
    const x = edges[2 * h] as number;
    const y = edges[2 * h + 1] as number;
    const key = x * 0x4000000 + y;
    let corner = corners.get(key);
    if (corner === undefined) {
      corner = xs.length;
      corners.set(key, corner);
      xs.push(x);
      ys.push(y);
    }
    from[h] = corner;
  }
  const x = Int32Array.from(xs);
  const y = Int32Array.from(ys);
  const fans: number[][] = xs.map(() => []);
  for (let h = 0; h < 2 * count; h++) (fans[from[h] as number] as number[]).push(h);
  const fan = new Int32Array(2 * count);
  const fanStart = new Int32Array(xs.length + 1);
  const place = new Int32Array(2 * count);
  let at = 0;
  for (const [corner, members] of fans.entries()) {
    members.sort((g, h) => compareAngle(x, y, from, g, h));
    for (const h of members) {
      place[h] = at;
      fan[at++] = h;
    }
    fanStart[corner + 1] = at;
  }
  return { x, y, from, fan, fanStart, place, inward: new Uint8Array(2 * count) };
}

/** Orders half-edges that leave one corner by direction, from +x turning towards +y, exactly. */
function compareAngle(x: Int32Array, y: Int32Array, from: Int32Array, g: number, h: number): number {
  const c = from[g] as number;
  const gTo = from[g ^ 1] as number;
  const hTo = from[h ^ 1] as number;
  const gx = (x[gTo] as number) - (x[c] as number);
  const gy = (y[gTo] as number) - (y[c] as number);
  const hx = (x[hTo] as number) - (x[c] as number);
  const hy = (y[hTo] as number) - (y[c] as number);
  const gHalf = gy > 0 || (gy === 0 && gx > 0) ? 0 : 1;
  const hHalf = hy > 0 || (hy === 0 && hx > 0) ? 0 : 1;
  if (gHalf !== hHalf) return gHalf - hHalf;
  return gy * hx - gx * hy;
}

/**
 * Finds for every edge on which side the inside is: by a ray for one edge of each connected part, and from there by
 * going round the corners, where inside and outside alternate from edge to edge.
 */
function directEdges(graph: Graph): void {
  const { from, fan, fanStart, place, inward } = graph;
  const known = new Uint8Array(from.length);
  const stack: number[] = [];
  const settle = (h: number, left: number) => {
    known[h] = 1;
    known[h ^ 1] = 1;
    inward[h] = left;
    inward[h ^ 1] = 1 - left;
  };
  for (let seed = 0; seed < from.length; seed += 2) {
    if (known[seed] === 1) continue;
    settle(seed, insideOnLeft(graph, seed) ? 1 : 0);
    stack.push(seed, seed ^ 1);
    while (stack.length > 0) {
      const h = stack.pop() as number;
      const corner = from[h] as number;
      const start = fanStart[corner] as number;
      const end = fanStart[corner + 1] as number;
      for (let i = start; i < end; i++) {
        const g = fan[i] as number;
        if (known[g] === 1) continue;
        // An even number of edges apart means the same side of the outgoing edge is inside.
        const apart = i - (place[h] as number);
        settle(g, (apart & 1) === 0 ? (inward[h] as number) : 1 - (inward[h] as number));
        stack.push(g ^ 1);
      }
    }
  }
}

/** Whether the inside is on the left of a half-edge: counts edges that a ray from its middle crosses. */
function insideOnLeft({ x, y, from }: Graph, h: number): boolean {
  const a = from[h] as number;
  const b = from[h ^ 1] as number;
  const dx = (x[b] as number) - (x[a] as number);
  const dy = (y[b] as number) - (y[a] as number);
  // The ray runs along +x from a steep edge; for a level edge the axes are exchanged, which mirrors left and right.
  const level = dy === 0;
  const u = level ? y : x;
  const v = level ? x : y;
  const mu = (u[a] as number) + (u[b] as number);
  const mv = (v[a] as number) + (v[b] as number);
  let crossings = 0;
  for (let e = 0; e < from.length; e += 2) {
    if (e === (h & ~1)) continue;
    const c = from[e] as number;
    const d = from[e + 1] as number;
    const cv = 2 * (v[c] as number) - mv;
    const dv = 2 * (v[d] as number) - mv;
    if (cv > 0 === dv > 0) continue;
    const cu = 2 * (u[c] as number) - mu;
    const du = 2 * (u[d] as number) - mu;
    const cross = cu * dv - du * cv;
    if (cross > 0 === dv > cv) crossings++;
  }
  // The region that the ray leaves through is inside when the ray meets an odd number of edges.
  const rayInside = (crossings & 1) === 1;
  // Left of (dx, dy) is (-dy, dx): it holds the +x ray when dy < 0, and for level edges the +y ray when dx > 0.
  const rayOnLeft = level ? dx > 0 : dy < 0;
  return rayInside === rayOnLeft;
}

/** Walks every face boundary with the inside on the left and adds its simple loops to `loops`. */
function walkFaces(graph: Graph, faces: number[], middles: number[]): void {
  const { x, y, from, fan, fanStart, place, inward } = graph;
  const walked = new Uint8Array(from.length);
  const depth = new Int32Array(x.length).fill(-1);
  const trail: number[] = [];
  let face = 0;
  const addLoop = (members: readonly number[]) => {
    const start = loops.length;
    for (const h of members) loops.push(x[from[h] as number] as number, y[from[h] as number] as number);
    const h = members[0] as number;
    const a = from[h] as number;
    const b = from[h ^ 1] as number;
    loops.length = cleanRing(loops.xy, start, loops.length);
    if (loops.length === start) return;
    loops.end();
    faces.push(face);
    middles.push((x[a] as number) + (x[b] as number), (y[a] as number) + (y[b] as number));
  };
  for (let seed = 0; seed < from.length; seed++) {
    if (inward[seed] === 0 || walked[seed] === 1) continue;
    let h = seed;
    while (walked[h] === 0) {
      walked[h] = 1;
      const corner = from[h] as number;
      const seen = depth[corner] as number;
      if (seen >= 0) {
        const loop = trail.splice(seen);
        for (const g of loop) depth[from[g] as number] = -1;
        addLoop(loop);
      }
      depth[corner] = trail.length;
      trail.push(h);
      // The next edge of the same wedge: one place back in angular order from where we came.
      const back = h ^ 1;
      const to = from[back] as number;
      const at = place[back] as number;
      h = fan[at === fanStart[to] ? (fanStart[to + 1] as number) - 1 : at - 1] as number;
    }
    for (const g of trail) depth[from[g] as number] = -1;
    addLoop(trail);
    trail.length = 0;
    face++;
  }
}

/** Appends exterior loops with their holes. A hole belongs to the exterior of its walk, or to the smallest around it. */
function emitPolygons(faces: readonly number[], middles: readonly number[], into: TileRings): void {
  const areas = faces.map((_, loop) => doubledArea(loops.xy, loops.start(loop), loops.ends[loop] as number));
  const holes = new Map<number, number[]>();
  for (const [loop, area] of areas.entries()) {
    if (area > 0) continue;
    const owner = ownerOf(loop, faces, middles, areas);
    if (owner >= 0) holes.set(owner, [...(holes.get(owner) ?? []), loop]);
  }
  for (const [loop, area] of areas.entries()) {
    if (area <= 0) continue;
    appendLoop(loop, into);
    for (const hole of holes.get(loop) ?? []) appendLoop(hole, into);
  }
}

function ownerOf(hole: number, faces: readonly number[], middles: readonly number[], areas: readonly number[]): number {
  let owner = -1;
  for (const [loop, area] of areas.entries()) {
    if (area <= 0) continue;
    if (faces[loop] === faces[hole]) return loop;
    if (owner >= 0 && area >= (areas[owner] as number)) continue;
    const x2 = middles[2 * hole] as number;
    const y2 = middles[2 * hole + 1] as number;
    if (ringHolds(loops.xy, loops.start(loop), loops.ends[loop] as number, x2, y2)) owner = loop;
  }
  return owner;
}

function appendLoop(loop: number, into: TileRings): void {
  for (let i = loops.start(loop); i < (loops.ends[loop] as number); i += 2) {
    into.push(loops.xy[i] as number, loops.xy[i + 1] as number);
  }
  into.end();
}
