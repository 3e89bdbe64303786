import { geodesicArea } from "@santi/land-geometry";
import type { Polygon } from "geojson";
import { bodySchema, type Part, partSchema, type ReportBodyInput } from "./contract-body.ts";
import { defaultRules } from "./model.ts";
import type { ReportFacts, World } from "./state.ts";

/** A number from which ids follow, so that tests are the same each time. */
export function anId(n: number): string {
  return `00000000-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;
}

/** A box between degrees. */
export function aBox(west: number, south: number, east: number, north: number): Polygon {
  return {
    type: "Polygon",
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  };
}

/**
 * The latitude at which a strip from `south` upwards has the wanted area, to a twentieth of a square metre, so that tests
 * can make ground of any figure.
 */
export function northOf(west: number, south: number, east: number, squareMetres: number): number {
  const away = (north: number) => geodesicArea(aBox(west, south, east, north)) - squareMetres;
  // The secant through two guesses; area grows almost evenly with height, so that four rounds are plenty.
  let [last, north] = [south, south + squareMetres / (geodesicArea(aBox(west, south, east, south + 0.01)) * 100)];
  let [lastAway, northAway] = [-squareMetres, away(north)];
  for (let i = 0; i < 20 && Math.abs(northAway) > 1e-4 && northAway !== lastAway; i++) {
    const next = north - (northAway * (north - last)) / (northAway - lastAway);
    [last, lastAway, north, northAway] = [north, northAway, next, away(next)];
  }
  return north;
}

/** Strips on top of each other with the wanted areas, and their whole. */
export function strips(
  west: number,
  south: number,
  east: number,
  areas: readonly number[],
): { whole: Polygon; parts: Polygon[] } {
  const edges = [south];
  let sum = 0;
  for (const area of areas) {
    sum += area;
    edges.push(northOf(west, south, east, sum));
  }
  const at = (i: number) => edges[i] ?? south;
  return {
    whole: aBox(west, south, east, at(areas.length)),
    parts: areas.map((_area, i) => aBox(west, at(i), east, at(i + 1))),
  };
}

/** A part of a report. */
export function aPart(id: number, values: Partial<Omit<Part, "id">> & Pick<Part, "outcome">): Part {
  return partSchema.parse({ id: anId(id), ...values });
}

/** A report for the fold. */
export function aReport(
  id: number,
  values: Partial<Omit<ReportFacts, "body">> & { body: ReportBodyInput },
): ReportFacts {
  return {
    id: anId(id),
    code: `R-${id}`,
    type: "non-technical-survey",
    effectiveOn: "2024-01-01",
    area: null,
    organisation: null,
    unit: null,
    ...values,
    body: bodySchema.parse(values.body),
  };
}

/** A world without areas. */
export function aWorld(values: Partial<World> = {}): World {
  return { areas: new Map(), neighbours: [], released: [], rules: defaultRules, places: new Map(), ...values };
}
