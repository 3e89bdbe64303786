import type { SourceUnit, UnitSource } from "./boundaries.ts";
import type { Point } from "./geometry/frame.ts";
import { programmes } from "./programmes/index.ts";

/** A square of half a degree with a vertex in the middle of each side, closed, counter-clockwise. */
function square([west, south]: Point): Point[] {
  const corners: Point[] = [
    [0, 0],
    [0.25, 0],
    [0.5, 0],
    [0.5, 0.25],
    [0.5, 0.5],
    [0.25, 0.5],
    [0, 0.5],
    [0, 0.25],
    [0, 0],
  ];
  return corners.map(([x, y]) => [west + x, south + y]);
}

function unit(country: string, code: string, corner: Point, more: Partial<SourceUnit> = {}): SourceUnit {
  return {
    key: code,
    code,
    country,
    name: `Square ${code}`,
    kind: "province",
    point: [corner[0] + 0.25, corner[1] + 0.25],
    polygons: [[square(corner)]],
    ...more,
  };
}

/**
 * Squares in place of the real provinces of all programmes, a row to a country and Thailand right above Cambodia, so
 * that tests of the generator do not depend on the boundary file. Viet Nam's squares existed before under the same codes.
 */
export function squareUnits(): UnitSource {
  const rows = ["KHM", "THA", "LAO", "VNM", "MMR", "PHL"];
  const units = new Map<string, SourceUnit[]>();
  for (const { country, provinces } of programmes) {
    const south = 10 + rows.indexOf(country) * 0.5;
    const list = provinces.flatMap(({ code }, i): SourceUnit[] => {
      const corner: Point = [100 + i * 0.5, south];
      if (country !== "VNM") return [unit(country, code, corner)];
      return [
        unit(country, code, corner, { validTo: "2025-06-30" }),
        unit(country, code, corner, { key: `${code}@2025`, validFrom: "2025-07-01" }),
      ];
    });
    list.push(unit(country, `${country}-none`, [110, south]));
    units.set(country, list);
  }
  return { units: (country) => units.get(country) ?? [], citation: "Squares" };
}
