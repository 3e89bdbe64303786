import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Feature, FeatureCollection, MultiPolygon, Point, Position } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { describe, expect, it } from "vitest";

const BOUNDARIES = new URL("../../../assets/boundaries/", import.meta.url);

interface Unit {
  code: string;
  country: string;
  name: string;
  localName?: string;
  point: [number, number];
  validFrom?: string;
  validTo?: string;
  boundary: string;
}

function read<P extends object>(file: string, object: string): Feature<MultiPolygon | Point, P>[] {
  const topology = JSON.parse(gunzipSync(readFileSync(new URL(file, BOUNDARIES))).toString("utf8")) as Topology;
  const collection = feature(topology, topology.objects[object] as GeometryCollection);
  return (collection as FeatureCollection<MultiPolygon | Point, P>).features;
}

function inRing([x = 0, y = 0]: Position, ring: Position[]): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax = 0, ay = 0] = ring[i] as Position;
    const [bx = 0, by = 0] = ring[j] as Position;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

function contains(geometry: MultiPolygon | Point, point: Position): boolean {
  if (geometry.type === "Point") return false;
  const polygons = geometry.type === "MultiPolygon" ? geometry.coordinates : [geometry as never];
  return polygons.some(([outer = [], ...holes]) => inRing(point, outer) && !holes.some((hole) => inRing(point, hole)));
}

const countries = read<{ numeric: string | null; name: string; detail: string; point: [number, number] }>(
  "countries.json.gz",
  "countries",
);
const units = read<Unit>("asean-admin1.json.gz", "units");

const of = (country: string) => units.filter((unit) => unit.properties.country === country);

describe("the countries of the world", () => {
  it("lists the 249 entries of ISO 3166-1 once each, and Kosovo without a numeric code", () => {
    expect(new Set(countries.map(({ id }) => id)).size).toBe(250);
    expect(countries.filter(({ properties }) => /^\d{3}$/.test(properties.numeric ?? ""))).toHaveLength(249);
    expect(countries.find(({ id }) => id === "XKX")?.properties.numeric).toBeNull();
  });

  it.each([
    ["KHM", 104.92, 11.56],
    ["KHM", 102.61, 12.85],
    ["LAO", 102.6, 17.97],
    ["THA", 100.5, 13.75],
    ["VNM", 107.1, 16.82],
    ["MMR", 96.08, 19.76],
    ["MYS", 101.69, 3.14],
    ["SGP", 103.82, 1.35],
    ["IDN", 106.83, -6.2],
    ["BRN", 114.94, 4.89],
    ["PHL", 124.29, 8.0],
    ["TLS", 125.57, -8.57],
    ["UKR", 34.1, 44.95],
    ["COL", -75.57, 6.24],
    ["GUF", -52.9, 4.2],
  ])("puts a town of %s (%f, %f) there and nowhere else", (id, lon, lat) => {
    expect(countries.filter(({ geometry }) => contains(geometry, [lon, lat])).map((country) => country.id)).toEqual([
      id,
    ]);
  });

  it("places every label point inside its country", () => {
    const outside = countries.filter(({ geometry, properties }) => !contains(geometry, properties.point));
    // Tiny islands can be smaller than the grid of a label point.
    expect(outside.filter(({ properties }) => properties.detail === "full").map(({ id }) => id)).toEqual([]);
    expect(outside.length).toBeLessThan(5);
  });
});

describe("the first-level units of ASEAN", () => {
  it("has unique ids, and as many units as the countries have", () => {
    expect(new Set(units.map(({ id }) => id)).size).toBe(units.length);
    expect([of("KHM").length, of("LAO").length, of("THA").length, of("MMR").length]).toEqual([25, 18, 77, 15]);
  });

  it("names every unit of Cambodia, Lao PDR, Thailand and Myanmar in the country's own script", () => {
    const scripts = { KHM: /^\p{Script=Khmer}+$/u, LAO: /^\p{Script=Lao}+$/u, THA: /^\p{Script=Thai}+$/u } as const;
    for (const [country, script] of Object.entries({ ...scripts, MMR: /^\p{Script=Myanmar}+$/u })) {
      for (const { properties } of of(country)) expect(properties.localName, properties.code).toMatch(script);
    }
  });

  it("writes names in composed Unicode", () => {
    for (const { properties } of units) expect(properties.name).toBe(properties.name.normalize("NFC"));
  });

  it("shows units whose border is unknown as points, inside the polygon they were part of", () => {
    const missing = units.filter(({ properties }) => properties.boundary === "none");
    expect(missing.map(({ id }) => id)).toEqual(expect.arrayContaining(["KH-25", "LA-XS", "MM-18"]));
    for (const { geometry, properties } of missing) {
      expect(geometry.type).toBe("Point");
      expect((geometry as Point).coordinates.map((degrees) => Math.round(degrees * 1e3) / 1e3)).toEqual(
        properties.point,
      );
      const around = units.filter((unit) => contains(unit.geometry, properties.point));
      expect(
        around.map((unit) => unit.properties.boundary),
        properties.code,
      ).toContain("former");
    }
  });

  it("covers Viet Nam once before and once after the merger of 1 July 2025", () => {
    const old = of("VNM").filter(({ properties }) => properties.validTo === "2025-06-30");
    const now = of("VNM").filter(({ properties }) => properties.validFrom === "2025-07-01");
    expect([old.length, now.length]).toEqual([63, 34]);
    for (const { properties } of old) {
      expect(
        now.filter(({ geometry }) => contains(geometry, properties.point)),
        properties.name,
      ).toHaveLength(1);
    }
    const dongHoi: Position = [106.6, 17.45];
    expect(old.find(({ geometry }) => contains(geometry, dongHoi))?.properties.name).toBe("Quảng Bình");
    expect(now.find(({ geometry }) => contains(geometry, dongHoi))?.properties.name).toBe("Quảng Trị");
  });

  it("shares the outer border with the country exactly", () => {
    const points = (geometry: MultiPolygon | Point): string[] =>
      geometry.type === "MultiPolygon"
        ? geometry.coordinates.flat(2).map((p) => p.map((c) => c.toFixed(4)).join())
        : [];
    const country = countries.find(({ id }) => id === "KHM") as Feature<MultiPolygon>;
    const inner = new Set(of("KHM").flatMap(({ geometry }) => points(geometry)));
    expect(points(country.geometry).filter((point) => !inner.has(point))).toEqual([]);
  });
});

describe("the crosswalk of Viet Nam's units", () => {
  it("sends each of the 63 former units to exactly one of the 34", () => {
    const crosswalk = JSON.parse(readFileSync(new URL("viet-nam-2025.json", BOUNDARIES), "utf8")) as {
      units: { id: string; formedFrom: string[] }[];
    };
    const former = crosswalk.units.flatMap((unit) => unit.formedFrom);
    expect(crosswalk.units).toHaveLength(34);
    expect(former).toHaveLength(63);
    expect(new Set(former)).toEqual(
      new Set(of("VNM").flatMap(({ properties }) => (properties.validTo ? [properties.code] : []))),
    );
  });
});
