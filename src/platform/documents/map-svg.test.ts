import { destination } from "@santi/land-geometry";
import { DOMParser } from "@xmldom/xmldom";
import fc from "fast-check";
import type { Polygon } from "geojson";
import { describe, expect, it } from "vitest";
import { AREA_FILL, STATUS_OUTLINE } from "../map/palette.ts";
import { type MapOptions, mapSvg } from "./map-svg.ts";
import { type AreaSymbol, drawingOf, pointSymbols, swatchSvg } from "./map-symbols.ts";

const cha: AreaSymbol = { kind: "area", areaClass: "cha", status: "open" };
const centre = { lon: 102.88, lat: 13.16 };

function square(metres: number, at = centre): Polygon {
  const half = Math.SQRT1_2 * metres;
  const ring = [45, 135, 225, 315].map((bearing) => destination(at, bearing, half)).map(({ lon, lat }) => [lon, lat]);
  return { type: "Polygon", coordinates: [[...ring, ring[0] as number[]]] };
}

const options: MapOptions = {
  layers: [{ symbol: cha, geometry: square(100) }],
  width: 174,
  height: 118,
  scaleBar: true,
  northArrow: true,
  graticule: true,
};

/** Reads the drawing as XML; fails when it is not well formed. */
function read(svg: string) {
  return new DOMParser({
    onError: (_level, message) => {
      throw new Error(message);
    },
  }).parseFromString(svg, "image/svg+xml");
}

/** The corners of the first path of the map's own geometries, in millimetres. */
function corners(svg: string): [number, number][] {
  const path = /<g clip-path[^>]*><path d="M([^"]+)Z"/.exec(svg)?.[1] ?? "";
  return path.split("L").map((pair) => pair.split(" ").map(Number) as [number, number]);
}

describe("a map", () => {
  it("is as large as its scale says, north up", () => {
    const { svg, scale } = mapSvg(options);
    const [ne, se, sw] = corners(svg) as [[number, number], [number, number], [number, number]];
    const side = Math.hypot(ne[0] - se[0], ne[1] - se[1]);
    expect((side * scale) / 1000).toBeCloseTo(100, 1);
    expect(ne[1]).toBeLessThan(se[1]);
    expect(sw[0]).toBeLessThan(se[0]);
    expect(ne[0]).toBeCloseTo(se[0], 2);
  });

  it("keeps distances within four parts in ten thousand ten kilometres from its middle", () => {
    const geometry = square(14_000);
    const { svg, scale } = mapSvg({ ...options, layers: [{ symbol: cha, geometry }] });
    const [a, b, c] = corners(svg) as [[number, number], [number, number], [number, number]];
    for (const [from, to] of [
      [a, b],
      [b, c],
    ] as const) {
      const metres = (Math.hypot(from[0] - to[0], from[1] - to[1]) * scale) / 1000;
      expect(Math.abs(metres / 14_000 - 1)).toBeLessThan(4e-4);
    }
  });

  it("has the same colours and hatches as the screen", () => {
    const { svg } = mapSvg(options);
    expect(svg).toContain(AREA_FILL.cha);
    expect(svg).toContain(STATUS_OUTLINE.light.open);
    expect(svg).toContain('id="hatch-cha"');
    expect(drawingOf({ kind: "area", areaClass: "sha", status: "released" })).toMatchObject({
      fill: AREA_FILL.sha,
      opacity: 0.15,
      hatch: null,
      outline: STATUS_OUTLINE.light.closed,
    });
  });

  it("tells every symbol from every other without colour", () => {
    const statuses = ["open", "worked-on", "suspended", "closed"] as const;
    const classes = ["sha", "cha", "indication"] as const;
    const products = ["cancelled", "reduced", "cleared", "remaining"] as const;
    const symbols: AreaSymbol[] = [
      ...classes.flatMap((areaClass) =>
        statuses.slice(0, 3).map((status) => ({ kind: "area" as const, areaClass, status })),
      ),
      ...products.map((product) => ({ kind: "product" as const, product })),
    ];
    const plain = symbols.map((symbol) => {
      const { hatch, dash } = drawingOf(symbol);
      return `${hatch} ${dash.join()}`;
    });
    expect(new Set(plain).size).toBe(symbols.length);
  });

  it("has well-formed swatches for all symbols", () => {
    for (const symbol of [...pointSymbols, cha]) expect(() => read(swatchSvg(symbol))).not.toThrow();
  });

  it("with any names is well formed and holds nothing but what was drawn", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (label) => {
        const { svg } = mapSvg({
          ...options,
          layers: [{ symbol: cha, geometry: square(100), label }],
          points: [{ symbol: "turning", position: [centre.lon, centre.lat], label }],
        });
        const names = [...read(svg).getElementsByTagName("*")].map(({ localName }) => localName);
        const drawn = ["svg", "defs", "pattern", "path", "clipPath", "rect", "g", "text", "circle"];
        expect(names.filter((name) => !drawn.includes(name ?? ""))).toEqual([]);
      }),
      { numRuns: 300 },
    );
    const hostile = mapSvg({
      ...options,
      layers: [{ symbol: cha, geometry: square(9), label: '</text><image href="file:///etc/passwd"/>' }],
    });
    expect(read(hostile.svg).getElementsByTagName("image").length).toBe(0);
  });

  it("of one point, of nothing and of a far extent still has a scale", () => {
    const one = mapSvg({ ...options, layers: [], points: [{ symbol: "benchmark", position: [102, 13], label: "BM" }] });
    expect(one.scale).toBe(200);
    expect(mapSvg({ ...options, layers: [] }).scale).toBe(200);
    expect(mapSvg({ ...options, extent: [100, 10, 108, 20] }).scale).toBeGreaterThan(5_000_000);
  });

  it("writes names where they are free, and a shared corner's once", () => {
    const at = (i: number) => [centre.lon + i * 1e-7, centre.lat] as const;
    const points = Array.from({ length: 30 }, (_, i) => ({
      symbol: "turning" as const,
      position: at(i),
      label: `TP${i}`,
    }));
    const named = (svg: string) => new Set([...svg.matchAll(/>(TP\d+)</g)].map(([, name]) => name)).size;
    const crowded = named(mapSvg({ ...options, points }).svg);
    expect(crowded).toBeGreaterThan(0);
    expect(crowded).toBeLessThan(30);
    const twice = points.slice(0, 2).map((point) => ({ ...point, label: "TP1" }));
    expect([...mapSvg({ ...options, points: twice }).svg.matchAll(/>TP1</g)].length).toBe(2); // Edge and letters of one.
  });
});
