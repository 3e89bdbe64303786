import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { geodesicArea } from "../area.ts";
import { GeometryError } from "../problem.ts";
import { type Balance, type BalancePolygon, createBalance } from "./balance.ts";
import { partition, unionArea } from "./overlay.ts";
import { anyPolygon, box, polygon, starPolygon } from "./samples.test-helper.ts";

const classes = ["cancelled", "reduced", "cleared"];

const member = fc.record({
  class: fc.constantFrom(...classes),
  order: fc.integer({ min: 0, max: 3 }),
  geometry: anyPolygon,
});

const members = fc
  .array(member, { minLength: 1, maxLength: 9 })
  .map((list) => list.map((one, at): BalancePolygon => ({ ...one, id: `area-${at}` })));

const counting = fc.constantFrom("one-class" as const, "each-class" as const);

const change = fc.record({ at: fc.nat(), geometry: fc.option(anyPolygon), member });

function figures(balance: Balance, ids: readonly string[]) {
  return {
    classes: [...balance.squareMillimetresByClass()].sort(([a], [b]) => a.localeCompare(b)),
    polygons: ids.map((id) => balance.areaOf(id)),
    size: balance.size,
  };
}

const inOrder = (polygons: readonly BalancePolygon[]) =>
  polygons.toSorted((one, two) => one.order - two.order || (one.id < two.id ? -1 : 1));

describe("balance", () => {
  test("an update gives exactly the figures of a new balance", () => {
    fc.assert(
      fc.property(members, fc.array(change, { minLength: 1, maxLength: 6 }), counting, (start, changes, how) => {
        const balance = createBalance(start, { counting: how });
        const current = new Map(start.map((polygon) => [polygon.id, polygon]));
        const ids = start.map(({ id }) => id);
        for (const { at, geometry, member: other } of changes) {
          const id = ids[at % ids.length] ?? "";
          const known = current.get(id);
          if (known && geometry) {
            balance.update(id, geometry);
            current.set(id, { ...known, geometry });
          } else if (known) {
            balance.update(id, null);
            current.delete(id);
          } else {
            balance.put({ ...other, id });
            current.set(id, { ...other, id });
          }
          const anew = createBalance([...current.values()].toReversed(), { counting: how });
          expect(figures(balance, ids)).toEqual(figures(anew, ids));
        }
      }),
      { numRuns: 100 },
    );
  });

  test("each polygon has what the drawn partition gives it", () => {
    fc.assert(
      fc.property(members, (polygons) => {
        const balance = createBalance(polygons);
        const ordered = inOrder(polygons);
        const { areas } = partition(ordered.map(({ geometry }) => geometry));
        ordered.forEach(({ id }, at) => {
          const area = areas[at] ?? Number.NaN;
          expect(Math.abs((balance.areaOf(id) ?? Number.NaN) - area)).toBeLessThan(1e-9 * area + 1e-3);
        });
      }),
      { numRuns: 150 },
    );
  });

  test("borders that almost coincide, far from the equator, gain and lose nothing", () => {
    // Corners typed on the same slanting border from different ends, with noise in the last decimals.
    const along = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: -3, max: 3 }));
    const strip = fc
      .tuple(along, along, fc.integer({ min: -20, max: 20 }))
      .filter(([[from], [to], height]) => Math.abs(from - to) > 1 && height !== 0);
    const place = ([t, noise]: readonly [number, number]): [number, number] => [
      103 + t / 4e4,
      13 + (t * 7) / 2e5 + noise * 1e-12,
    ];
    fc.assert(
      fc.property(fc.array(strip, { minLength: 2, maxLength: 7 }), (strips) => {
        const geometries = strips.map(([from, to, height]) => {
          const [a, b] = [place(from), place(to)];
          return polygon([a, b, [(a[0] + b[0]) / 2 + height / 1e4, (a[1] + b[1]) / 2 - height / 1e4]]);
        });
        const polygons = geometries.map((geometry, at) => ({ id: `${at}`, class: "cleared", order: at, geometry }));
        const area = createBalance(polygons).areaByClass().get("cleared") ?? Number.NaN;
        const union = unionArea(geometries);
        // Sides measured in pieces differ by up to 0.2 m² each here; a border that does not close by square kilometres.
        expect(Math.abs(area - union)).toBeLessThan(1);
      }),
      { numRuns: 300 },
    );
  });

  test("classes counted once add up to the ground covered", () => {
    fc.assert(
      fc.property(members, (polygons) => {
        const areas = [...createBalance(polygons).areaByClass().values()];
        const union = unionArea(polygons.map(({ geometry }) => geometry));
        expect(Math.abs(areas.reduce((sum, area) => sum + area, 0) - union)).toBeLessThan(1e-9 * union + 1e-3);
      }),
      { numRuns: 100 },
    );
  });

  test("classes counted each have the ground their polygons cover", () => {
    fc.assert(
      fc.property(members, (polygons) => {
        for (const [name, area] of createBalance(polygons, { counting: "each-class" }).areaByClass()) {
          const union = unionArea(polygons.filter((one) => one.class === name).map(({ geometry }) => geometry));
          expect(Math.abs(area - union)).toBeLessThan(1e-9 * union + 1e-3);
        }
      }),
      { numRuns: 100 },
    );
  });

  test("a polygon alone has its geodesic area to the square centimetre", () => {
    fc.assert(
      fc.property(starPolygon, (geometry) => {
        const balance = createBalance([{ id: "a", class: "cleared", order: 0, geometry }]);
        expect(Math.abs((balance.areaOf("a") ?? 0) - geodesicArea(geometry))).toBeLessThan(1e-3);
      }),
    );
  });

  test("the index keeps up with many more changes than polygons", () => {
    const place = (at: number) => box(103 + (at % 40) / 1000, 0, 103.0015 + (at % 40) / 1000, 0.001);
    const balance = createBalance([]);
    for (let at = 0; at < 30; at++) balance.put({ id: `${at}`, class: "cleared", order: at, geometry: place(at) });
    for (let round = 0; round < 1500; round++) balance.update(`${round % 30}`, place((round * 7) % 40));
    const last = Array.from({ length: 30 }, (_, id): BalancePolygon => {
      const round = 1500 - 30 + id;
      return { id: `${id}`, class: "cleared", order: id, geometry: place((round * 7) % 40) };
    });
    expect(figures(balance, ["0", "7", "29"])).toEqual(figures(createBalance(last), ["0", "7", "29"]));
  });

  test("a change far away is not looked at", () => {
    const polygons = Array.from({ length: 50 }, (_, at): BalancePolygon => {
      return {
        id: `${at}`,
        class: "cleared",
        order: at,
        geometry: box(103 + at / 100, 13, 103.005 + at / 100, 13.005),
      };
    });
    const balance = createBalance(polygons);
    expect(balance.update("7", box(103.07, 13, 103.082, 13.005))).toBe(2);
    expect(balance.update("7", null)).toBe(1);
  });

  test("reclassifying moves ground from one class to another and changes no total", () => {
    // Reclassification of 0.30 km² from suspected to confirmed: −0.30, +0.30, together 0.
    const suspected: BalancePolygon = { id: "sha", class: "suspected", order: 1, geometry: box(103, 0, 103.01, 0.01) };
    const confirmed: BalancePolygon = {
      ...suspected,
      id: "cha",
      class: "confirmed",
      geometry: box(103.02, 0, 103.03, 0.01),
    };
    const moved: BalancePolygon = { ...suspected, id: "part", order: 0, geometry: box(103, 0, 103.01, 0.002) };
    const balance = createBalance([suspected, confirmed, moved]);
    const before = balance.squareMillimetresByClass();
    balance.put({ ...moved, class: "confirmed" });
    const after = balance.squareMillimetresByClass();
    const gained = (after.get("confirmed") ?? 0n) - (before.get("confirmed") ?? 0n);
    expect(gained).toBe((before.get("suspected") ?? 0n) - (after.get("suspected") ?? 0n));
    expect(Number(gained) / 1e6).toBeCloseTo(balance.areaOf("part") ?? 0, 6);
    expect(Number(gained)).toBeGreaterThan(2e11);
  });

  test("refuses what it cannot place, and stays as it was", () => {
    const polygon: BalancePolygon = { id: "a", class: "cleared", order: 0, geometry: box(103, 13, 103.01, 13.01) };
    expect(() => createBalance([polygon, polygon])).toThrow(GeometryError);
    expect(() => createBalance([{ ...polygon, order: Number.NaN }])).toThrow(/balance.order-not-finite/);
    const balance = createBalance([polygon]);
    const before = figures(balance, ["a"]);
    expect(() => balance.update("b", null)).toThrow(/balance.unknown-polygon/);
    expect(() => balance.update("a", box(103, Number.NaN, 104, 14))).toThrow(/partition.position-invalid/);
    expect(figures(balance, ["a"])).toEqual(before);
    balance.update("a", null);
    expect([balance.size, balance.areaByClass().size, balance.areaOf("a")]).toEqual([0, 0, null]);
  });
});
