import { describe, expect, test } from "vitest";
import { readUnits } from "./boundaries.ts";
import { generate } from "./generate.ts";
import type { Point } from "./geometry/frame.ts";
import { polygonSquareMetres } from "./geometry/geodesic-area.ts";
import { contains, regionOf } from "./geometry/region.ts";
import { isSimple } from "./geometry/shapes.ts";
import type { SampleItem } from "./item.ts";
import { programmes } from "./programmes/index.ts";
import { lastStates, sampleTables } from "./tables.ts";

const boundaries = { units: readUnits() };
const records = [...lastStates(generate({ seed: 1, scale: 1, ...boundaries }))];
const ofType = (type: string) => records.filter((record) => record.type === type);
const areas = ofType("land.area").filter(({ values }) => (values.geometry as { type: string }).type === "Polygon");
const ringOf = ({ values }: SampleItem) => (values.geometry as { coordinates: Point[][] }).coordinates[0] as Point[];
const units = new Map(ofType("places.unit").map((unit) => [unit.id, unit]));

function boxOf(ring: readonly Point[]): [number, number, number, number] {
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

describe("at scale 1", () => {
  test("every screen has something to show", () => {
    const count = (type: string) => ofType(type).length;
    expect(count("land.area")).toBe(2500);
    expect(count("accidents.accident")).toBe(1800);
    expect(count("ordnance.find")).toBe(4000);
    expect(count("ordnance.event")).toBe(600);
    expect(count("organisations.organisation")).toBeGreaterThanOrEqual(58);
    for (const { country } of programmes) {
      const own = ofType("land.area").filter((record) => record.country === country);
      for (const status of ["open", "closed", "released"]) {
        expect(
          own.some(({ values }) => values.status === status),
          `${country} ${status}`,
        ).toBe(true);
      }
    }
  });

  test("the tables count every record and every square metre once", () => {
    const tables = sampleTables(1, 1, boundaries);
    expect(tables.reduce((sum, line) => sum + line.records, 0)).toBe(records.length);
    const squareMetres = ofType("land.area").reduce((sum, r) => sum + ((r.values.areaSquareMetres as number) ?? 0), 0);
    expect(tables.reduce((sum, line) => sum + line.squareMetres, 0)).toBe(squareMetres);
    const mined = tables.filter(
      (line) => line.country === "KHM" && line.areaClass === "cha" && line.status === "released",
    );
    expect(new Set(mined.map(({ year }) => year)).size).toBeGreaterThan(5);
  });
});

describe("areas", () => {
  test("have simple outlines of 4 to 40 turning points and the area of their geometry", () => {
    for (const area of areas) {
      const ring = ringOf(area);
      expect(ring[0]).toEqual(ring[ring.length - 1]);
      expect(isSimple(ring.slice(0, -1)), String(area.values.code)).toBe(true);
      expect(ring.length - 1).toBeLessThanOrEqual(40);
      expect(area.values.areaSquareMetres).toBe(polygonSquareMetres([ring]));
    }
  });

  test("of a country do not overlap; a few adjoin", () => {
    let adjoining = 0;
    for (const { country } of programmes) {
      const own = areas
        .filter((area) => area.country === country)
        .map((area) => ({ area, ring: ringOf(area), box: boxOf(ringOf(area)) }));
      own.sort((a, b) => a.box[0] - b.box[0]);
      own.forEach((a, i) => {
        for (let j = i + 1; j < own.length && (own[j] as typeof a).box[0] <= a.box[2]; j++) {
          const b = own[j] as typeof a;
          if (b.box[1] > a.box[3] || b.box[3] < a.box[1]) continue;
          const shared = b.ring.filter((p) => a.ring.some((q) => q[0] === p[0] && q[1] === p[1])).length;
          if (shared > 1) adjoining++;
          expect(overlap(a.ring, b.ring), `${a.area.values.code} ${b.area.values.code}`).toBe(false);
        }
      });
    }
    expect(adjoining).toBeGreaterThan(4);
  });

  test("lie in the province of their unit", () => {
    for (const { country, provinces } of programmes) {
      const regions = boundaries.units
        .units(country)
        .filter(({ code, validTo }) => !validTo && provinces.some((province) => province.code === code))
        .map(({ polygons }) => regionOf(polygons));
      for (const area of areas.filter((a) => a.country === country)) {
        const outside = ringOf(area).filter((place) => !regions.some((region) => contains(region, place)));
        expect(outside, String(area.values.code)).toEqual([]);
      }
    }
  });

  test("that are long belts lie along the border of Cambodia and Thailand", () => {
    const long = areas.filter((area) => {
      const [west, south, east, north] = boxOf(ringOf(area));
      return Math.hypot(east - west, north - south) * 111_000 > 4000;
    });
    expect(long.length).toBeGreaterThan(25);
    for (const { country, values } of long) {
      expect(["KHM", "THA"]).toContain(country);
      expect(values.contamination).toContain("ap-mine");
    }
  });

  test("move through class and status as the standards let them", () => {
    for (const { values } of ofType("land.area")) {
      const done = values.status === "closed" || values.status === "released";
      expect(values.closedOn !== undefined).toBe(done);
      expect(values.closureReason !== undefined).toBe(done);
      if (values.status === "released") expect(["cleared", "reduced"]).toContain(values.closureReason);
      if (values.status === "worked-on") expect(values.areaClass).toBe("cha");
      if (done) expect(String(values.closedOn) > String(values.identifiedOn)).toBe(true);
    }
  });
});

/** Whether the insides of two closed rings meet; a shared edge or corner is not enough. */
function overlap(a: readonly Point[], b: readonly Point[]): boolean {
  const side = (p: Point, q: Point, r: Point) => (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
  for (let i = 1; i < a.length; i++) {
    for (let j = 1; j < b.length; j++) {
      const [p, q, r, s] = [a[i - 1], a[i], b[j - 1], b[j]] as [Point, Point, Point, Point];
      if (side(p, q, r) * side(p, q, s) < 0 && side(r, s, p) * side(r, s, q) < 0) return true;
    }
  }
  const apart = (ring: readonly Point[], others: readonly Point[]) =>
    ring.filter((p) => !others.some((q) => q[0] === p[0] && q[1] === p[1]));
  return (
    apart(a, b).some((place) => contains(regionOf([[b]]), place)) ||
    apart(b, a).some((place) => contains(regionOf([[a]]), place))
  );
}

describe("units", () => {
  test("lie under their parents, with codes that begin with the parent's", () => {
    for (const { values } of units.values()) {
      if (values.level === 0) continue;
      const parent = units.get(values.parent as string);
      expect(parent?.values.level).toBe((values.level as number) - 1);
      if ((values.level as number) >= 2) expect(String(values.code).startsWith(`${parent?.values.code}-`)).toBe(true);
    }
  });

  test("of the second level lie inside their province", () => {
    // Every fourth unit, because each is compared with every segment of its province's border.
    for (const { values } of [...units.values()].filter((_, i) => i % 4 === 0)) {
      const geometry = values.geometry as { type: string; coordinates: unknown } | undefined;
      if (values.level !== 2 || geometry?.type !== "Polygon") continue;
      const parent = units.get(values.parent as string)?.values.geometry as { coordinates: Point[][][] };
      const province = regionOf(parent.coordinates);
      const [ring] = geometry.coordinates as [Point[]];
      expect(isSimple(ring.slice(0, -1))).toBe(true);
      // The middle of every edge is inside, or within a metre of the province's own border.
      const outside = ring.slice(1).filter((b, i) => {
        const a = ring[i] as Point;
        const [x, y] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
        return ![
          [0, 0],
          [1, 0],
          [-1, 0],
          [0, 1],
          [0, -1],
        ].some(([dx, dy]) => contains(province, [x + (dx as number) * 1e-5, y + (dy as number) * 1e-5]));
      });
      expect(outside.length, String(values.code)).toBe(0);
    }
  });

  test("of Viet Nam have no districts after 1 July 2025", () => {
    const own = [...units.values()].filter(({ country }) => country === "VNM");
    const today = own.filter(({ values }) => !values.validTo);
    expect(today.filter(({ values }) => values.level === 1)).toHaveLength(34);
    expect(today.every(({ values }) => (values.level as number) <= 2)).toBe(true);
    expect(own.filter(({ values }) => values.level === 3).every(({ values }) => values.validTo === "2025-06-30")).toBe(
      true,
    );
    const open = ofType("land.area").filter(({ country, values }) => country === "VNM" && !values.closedOn);
    expect(open.every(({ values }) => !units.get(values.unit as string)?.values.validTo)).toBe(true);
  });
});

describe("casualties", () => {
  test("add up to what their accident states, outcome by outcome, after every correction", () => {
    const counts = new Map<unknown, Record<string, number>>();
    for (const { values } of ofType("accidents.casualty")) {
      const of = counts.get(values.accident) ?? {};
      of[values.outcome as string] = (of[values.outcome as string] ?? 0) + 1;
      counts.set(values.accident, of);
    }
    for (const { id, values } of ofType("accidents.accident")) {
      const { killed = 0, injured = 0, amputated = 0, unknown = 0 } = counts.get(id) ?? {};
      expect([killed, injured, amputated, unknown], String(values.code)).toEqual([
        values.killed,
        values.injured,
        values.amputated ?? 0,
        values.outcomeUnknown ?? 0,
      ]);
    }
    expect(ofType("accidents.casualty").some(({ values }) => values.diedOn)).toBe(true);
  });
});

describe("accidents", () => {
  const accidents = ofType("accidents.accident");
  const inYears = (country: string, from: number, to: number) =>
    accidents.filter((a) => {
      const year = Number(String(a.values.occurredOn).slice(0, 4));
      return a.country === country && year >= from && year <= to;
    }).length;

  test("become fewer where land is released and more where it is not", () => {
    for (const country of ["KHM", "LAO", "VNM", "PHL"]) {
      expect(inYears(country, 2023, 2025), country).toBeLessThan(0.8 * inYears(country, 2017, 2019));
    }
    expect(inYears("MMR", 2023, 2025)).toBeGreaterThan(inYears("MMR", 2017, 2019));
  });

  test("while farming come in the months of ploughing", () => {
    const farming = accidents.filter(({ country, values }) => country === "KHM" && values.activity === "farming");
    const ploughing = farming.filter(({ values }) =>
      [5, 6, 7, 8].includes(Number(String(values.occurredOn).slice(5, 7))),
    );
    expect(ploughing.length / farming.length).toBeGreaterThan(0.45);
  });

  test("hurt somebody each, more injured than killed, and count amputations only where the country does", () => {
    let [killed, injured] = [0, 0];
    for (const { country, values } of accidents) {
      const counts = ["killed", "injured", "amputated", "outcomeUnknown"].map((f) => (values[f] as number) ?? 0);
      expect(counts.reduce((a, b) => a + b)).toBeGreaterThan(0);
      expect(values.amputated !== undefined).toBe(country === "KHM");
      killed += counts[0] as number;
      injured += counts[1] as number;
    }
    expect(injured).toBeGreaterThan(1.3 * killed);
  });
});

test("records name an area only after it was identified, and a village's place only where the position is the village's", () => {
  const byId = new Map(ofType("land.area").map((area) => [area.id, area]));
  const accidents = ofType("accidents.accident");
  const named = accidents.filter(({ values }) => values.area);
  expect(named.length).toBeGreaterThan(100);
  for (const { values } of named) {
    const area = byId.get(values.area as string)?.values;
    expect(String(values.occurredOn) >= String(area?.identifiedOn)).toBe(true);
    expect(String(values.occurredOn) < String(area?.closedOn ?? "9")).toBe(true);
  }
  for (const { values } of accidents) {
    const place = JSON.stringify(values.geometry);
    const village = JSON.stringify(units.get(values.unit as string)?.values.geometry);
    expect(place === village).toBe(values.fixedBy === "unit-centroid");
  }
});

test("finds in areas were made while the area was worked on, by who worked there", () => {
  const byId = new Map(ofType("land.area").map((area) => [area.id, area]));
  const finds = ofType("ordnance.find").filter(({ values }) => values.area);
  expect(finds.length).toBeGreaterThan(2000);
  for (const { values } of finds) {
    const area = byId.get(values.area as string);
    expect(values.organisation).toBe(area?.values.organisation);
    expect(String(values.foundOn) >= String(area?.values.identifiedOn)).toBe(true);
    expect(String(values.foundOn) <= String(area?.values.closedOn ?? "2026-06-30")).toBe(true);
  }
});
