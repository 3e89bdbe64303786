import fc from "fast-check";
import type { MultiPolygon, Polygon, Position } from "geojson";
import { describe, expect, test } from "vitest";
import { overlapShare, planeRingArea } from "./overlap.ts";
import { checkPolygon } from "./polygon.ts";
import { closeRing } from "./rings.ts";
import { placeInRing, selfMeetings } from "./segments.ts";
import {
  checkDuplicateParts,
  checkOrientation,
  checkPartOverlap,
  checkRingRelations,
  checkSelfIntersection,
  checkVertexOrder,
} from "./topology.ts";
import { sameOutline } from "./vertices.ts";

function polygon(...rings: Position[][]): Polygon {
  return { type: "Polygon", coordinates: rings.map(closeRing) };
}

const unit = 0.001;
const at = (x: number, y: number): Position => [105 + x * unit, 15 + y * unit];
const box = (x: number, y: number, width: number, height: number): Position[] => [
  at(x, y),
  at(x + width, y),
  at(x + width, y + height),
  at(x, y + height),
];

/** Corners of a convex polygon, anticlockwise. */
const convex = fc
  .record({
    x: fc.integer({ min: -3, max: 3 }),
    y: fc.integer({ min: -3, max: 3 }),
    angles: fc.uniqueArray(fc.integer({ min: 0, max: 359 }), { minLength: 4, maxLength: 12 }),
  })
  .map(({ x, y, angles }) =>
    angles
      .toSorted((a, b) => a - b)
      .map((angle) => at(x + 4 * Math.cos((angle * Math.PI) / 180), y + 4 * Math.sin((angle * Math.PI) / 180))),
  );

describe("self-intersection", () => {
  test("a bow tie crosses once, at its middle", () => {
    expect(checkSelfIntersection(polygon([at(0, 0), at(2, 2), at(2, 0), at(0, 2)]))).toMatchObject([
      { check: "polygon.self-intersection", severity: "error", path: [0, 0], params: { kind: "cross", otherSide: 2 } },
    ]);
    const [finding] = checkSelfIntersection(polygon([at(0, 0), at(2, 2), at(2, 0), at(0, 2)]));
    expect(finding?.params.lon).toBeCloseTo(105.001, 12);
    expect(finding?.params.lat).toBeCloseTo(15.001, 12);
  });

  test("a corner on another side touches; a side along another overlaps; a side back on itself folds", () => {
    const kinds = (ring: Position[]) => checkSelfIntersection(polygon(ring)).map(({ params }) => params.kind);
    expect(
      kinds([
        [0, 0],
        [4, 0],
        [4, 4],
        [2, 0],
        [0, 4],
      ]),
    ).toContain("touch");
    expect(
      kinds([
        [0, 0],
        [4, 0],
        [4, 2],
        [3, 2],
        [3, 0],
        [1, 0],
        [1, 2],
        [0, 2],
      ]),
    ).toContain("overlap");
    expect(
      kinds([
        [0, 0],
        [4, 0],
        [4, 4],
        [8, 4],
        [4, 4.0],
        [0, 4],
      ]),
    ).toContain("overlap");
  });

  test("a difference in the last bit of a coordinate decides, as exact arithmetic demands", () => {
    const ring = (y: number): Position[] => [
      [0, 0],
      [1, 1],
      [2, 0],
      [2, 2],
      [1, y],
      [0, 2],
    ];
    expect(checkSelfIntersection(polygon(ring(1 + Number.EPSILON)))).toEqual([]);
    expect(checkSelfIntersection(polygon(ring(1)))).not.toEqual([]);
    expect(checkSelfIntersection(polygon(ring(1 - Number.EPSILON)))).not.toEqual([]);
  });

  test("a simple outline of many points is found simple, with the index as without it", () => {
    const many = Array.from({ length: 400 }, (_, index): Position => {
      const angle = (index / 400) * 2 * Math.PI;
      const radius = 3 + Math.sin(angle * 17);
      return at(radius * Math.cos(angle), radius * Math.sin(angle));
    });
    expect(selfMeetings(many)).toEqual([]);
    const swapped = [
      ...many.slice(0, 100),
      many[300] ?? [],
      ...many.slice(101, 300),
      many[100] ?? [],
      ...many.slice(301),
    ];
    expect(selfMeetings(swapped).length).toBeGreaterThan(0);
  });
});

describe("order of points", () => {
  test("points of a convex outline entered in any order come back as that outline", () => {
    fc.assert(
      fc.property(convex, fc.infiniteStream(fc.nat()), (ring, numbers) => {
        const shuffled = ring
          .map((point) => ({ point, key: numbers.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ point }) => point);
        const [finding] = checkVertexOrder(polygon(shuffled));
        if (selfMeetings(shuffled).every(({ kind }) => kind !== "cross")) {
          expect(finding).toBeUndefined();
          return;
        }
        const suggested = finding?.suggestion?.geometry;
        if (suggested?.type !== "Polygon") throw new Error("no suggestion");
        const points = suggested.coordinates[0]?.slice(0, -1) ?? [];
        expect(sameOutline(points, ring)).toBe(true);
        expect(points[0]).toEqual(shuffled[0]);
        expect(planeRingArea(points)).toBeGreaterThan(0);
      }),
    );
  });

  describe("of an outline with a bay, after one slip", () => {
    const outlines: Record<string, Position[]> = {
      // Of few points so many outlines are one slip away that none is offered; of more, the true one stands alone.
      corner: [at(0, 0), at(4, 0), at(4, 1), at(1, 1), at(1, 4), at(0, 4)],
      horseshoe: [at(0, 0), at(5, 0), at(5, 5), at(4, 5), at(4, 1), at(1, 1), at(1, 5), at(0, 5)],
      lane: [at(0, 0), at(10, 0.5), at(20, 0), at(20, 2), at(10, 2.4), at(0, 2)],
      comb: [
        [0, 0],
        [9, 0],
        [9, 6],
        [8, 1],
        [7, 6],
        [6, 1],
        [5, 6],
        [4, 1],
        [3, 6],
        [2, 1],
        [0, 6],
      ].map(([x = 0, y = 0]) => at(x, y)),
    };
    test.each([
      ["corner", 0],
      ["lane", 0],
      ["horseshoe", 11],
      ["comb", 17],
    ])("%s: two exchanged points give the true outline %i times, and never a wrong one", (name, times) => {
      const outline = outlines[name] ?? [];
      let suggested = 0;
      for (let one = 0; one < outline.length; one++) {
        for (let two = 0; two < one; two++) {
          const tangled = outline.map(
            (point, index) => outline[index === one ? two : index === two ? one : index] ?? point,
          );
          const geometry = checkVertexOrder(polygon(tangled))[0]?.suggestion?.geometry;
          if (geometry?.type !== "Polygon") continue;
          expect(sameOutline(geometry.coordinates[0]?.slice(0, -1) ?? [], outline)).toBe(true);
          suggested++;
        }
      }
      expect(suggested).toBe(times);
    });
  });

  test("where several outlines are possible none is suggested", () => {
    // A pentagram with a point in its middle region: turning one run round leaves other crossings.
    const star = [0, 2, 4, 1, 3].map((corner) => at(3 * Math.cos(corner * 1.2566), 3 * Math.sin(corner * 1.2566)));
    expect(checkVertexOrder(polygon([...star, at(0.1, 0.05)]))).toEqual([]);
  });
});

describe("holes and directions", () => {
  test("a hole inside, or touching in one point, passes", () => {
    expect(checkRingRelations(polygon(box(0, 0, 9, 9), box(1, 1, 2, 2).reverse(), box(5, 5, 2, 2).reverse()))).toEqual(
      [],
    );
    expect(checkRingRelations(polygon(box(0, 0, 9, 9), [at(0, 0), at(2, 3), at(3, 2)]))).toEqual([]);
  });

  test("holes that cut the shell or each other, and holes outside, are errors", () => {
    expect(checkRingRelations(polygon(box(0, 0, 9, 9), box(8, 8, 3, 3)))).toMatchObject([
      { check: "polygon.rings-cross", path: [1], params: { otherRing: 0 } },
    ]);
    expect(checkRingRelations(polygon(box(0, 0, 9, 9), box(1, 1, 3, 3), box(2, 2, 3, 3)))).toMatchObject([
      { check: "polygon.rings-cross", path: [2], params: { otherRing: 1 } },
    ]);
    expect(checkRingRelations(polygon(box(0, 0, 9, 9), box(20, 20, 1, 1)))).toMatchObject([
      { check: "polygon.hole-outside", path: [1] },
    ]);
  });

  test("a clockwise shell is turned round and keeps its first point", () => {
    const [finding] = checkOrientation(polygon(box(0, 0, 2, 2).reverse(), box(0.5, 0.5, 1, 1).reverse()));
    expect(finding).toMatchObject({ check: "polygon.orientation", severity: "warning", path: [0] });
    expect(finding?.suggestion?.geometry).toMatchObject({
      coordinates: [[at(0, 2), at(0, 0), at(2, 0), at(2, 2), at(0, 2)], {}],
    });
    expect(checkOrientation(polygon(box(0, 0, 2, 2), box(0.5, 0.5, 1, 1).reverse()))).toEqual([]);
  });
});

describe("overlap of parts", () => {
  test("of boxes is what their sides say", () => {
    const size = fc.integer({ min: 1, max: 9 });
    const corner = fc.integer({ min: -9, max: 9 });
    fc.assert(
      fc.property(corner, corner, size, size, corner, corner, size, size, (x, y, w, h, x2, y2, w2, h2) => {
        const width = Math.max(0, Math.min(x + w, x2 + w2) - Math.max(x, x2));
        const height = Math.max(0, Math.min(y + h, y2 + h2) - Math.max(y, y2));
        const expected = (width * height) / Math.min(w * h, w2 * h2);
        const one = [box(x, y, w, h)];
        const two = [box(x2, y2, w2, h2).reverse()];
        expect(overlapShare(one, two)).toBeCloseTo(expected, 6);
        expect(overlapShare(two, one)).toBeCloseTo(expected, 6);
      }),
    );
  });

  test("of convex outlines is what cutting one by the sides of the other leaves", () => {
    fc.assert(
      fc.property(convex, convex, (one, two) => {
        const expected = planeRingArea(cutBy(one, two)) / Math.min(planeRingArea(one), planeRingArea(two));
        fc.pre(Math.min(planeRingArea(one), planeRingArea(two)) > 1e-9);
        expect(overlapShare([one], [two])).toBeCloseTo(expected, 5);
      }),
    );
  });

  test("leaves holes out", () => {
    expect(overlapShare([box(0, 0, 9, 9), box(2, 2, 4, 4)], [box(3, 3, 2, 2)])).toBe(0);
    expect(overlapShare([box(0, 0, 9, 9), box(2, 2, 4, 4)], [box(3, 3, 4, 2)])).toBeCloseTo(0.25, 6);
  });

  test("above 0.9 % of the smaller part is reported, shared borders are not", () => {
    const parts = (dx: number): MultiPolygon => ({
      type: "MultiPolygon",
      coordinates: [[closeRing(box(0, 0, 10, 10))], [closeRing(box(10 - dx, 0, 10, 10))]],
    });
    expect(checkPartOverlap(parts(0))).toEqual([]);
    expect(checkPartOverlap(parts(0.089))).toEqual([]);
    expect(checkPartOverlap(parts(0.091))).toMatchObject([
      { check: "multipolygon.parts-overlap", path: [1], params: { otherPart: 0, limitShare: 0.009 } },
    ]);
  });

  test("a part given twice is reported once, as a duplicate, whatever point it starts from", () => {
    const [a = [], ...others] = box(0, 0, 5, 5);
    const twice: MultiPolygon = {
      type: "MultiPolygon",
      coordinates: [[closeRing([a, ...others])], [closeRing(box(20, 0, 5, 5))], [closeRing([...others, a].reverse())]],
    };
    expect(checkPartOverlap(twice)).toEqual([]);
    const [finding] = checkDuplicateParts(twice);
    expect(finding).toMatchObject({ check: "multipolygon.duplicate-part", path: [2], params: { otherPart: 0 } });
    expect(finding?.suggestion?.geometry).toMatchObject({ coordinates: twice.coordinates.slice(0, 2) });
  });
});

test("the place of a point in a ring is the same whichever way the ring runs and wherever it starts", () => {
  fc.assert(
    fc.property(
      convex,
      fc.nat(),
      fc.integer({ min: -80, max: 80 }),
      fc.integer({ min: -80, max: 80 }),
      (ring, turn, x, y) => {
        const point = at(x / 10, y / 10);
        const shift = turn % ring.length;
        const turned = [...ring.slice(shift), ...ring.slice(0, shift)];
        expect(placeInRing(turned, point)).toBe(placeInRing(ring, point));
        expect(placeInRing(ring.toReversed(), point)).toBe(placeInRing(ring, point));
      },
    ),
  );
});

test("a sound polygon passes every check", () => {
  fc.assert(
    fc.property(convex, (ring) => {
      // Corners a degree of arc apart are fine; only the checks of form are asked here.
      expect(checkPolygon(polygon(ring)).filter(({ severity }) => severity === "error")).toEqual([]);
    }),
  );
});

/** Cuts a convex outline by each side of another in turn. */
function cutBy(one: readonly Position[], two: readonly Position[]): Position[] {
  let left = [...one];
  two.forEach(([ax = 0, ay = 0], index) => {
    const [bx = 0, by = 0] = two[(index + 1) % two.length] ?? [];
    const side = ([x = 0, y = 0]: Position) => (bx - ax) * (y - ay) - (by - ay) * (x - ax);
    left = left.flatMap((point, order) => {
      const before = left[(order + left.length - 1) % left.length] ?? point;
      const [from, to] = [side(before), side(point)];
      const t = from / (from - to);
      const crossing: Position = [0, 1].map(
        (axis) => (before[axis] ?? 0) + t * ((point[axis] ?? 0) - (before[axis] ?? 0)),
      );
      if (from >= 0 !== to >= 0) return to >= 0 ? [crossing, point] : [crossing];
      return to >= 0 ? [point] : [];
    });
  });
  return left;
}
