import { findCrossings, type Grid, projectionOf } from "@santi/travel-time";
import type { Feature, FeatureCollection, LineString, Point, Position } from "geojson";
import { Random } from "../random.ts";
import { groupPeople } from "./groups.ts";
import { coverLand } from "./land-cover.ts";
import { bend, middleOf, type Spot } from "./lines.ts";
import { fractalNoise } from "./noise.ts";
import { findRivers, makeRelief } from "./relief.ts";
import { buildRoads, type Road, type Stop } from "./roads.ts";
import { distanceTo, populate, settle, steepnessOf } from "./settle.ts";
import type { CrossingClass, RiverClass, RoadClass, TerrainLayers, TerrainWindow, TerrainWindowName } from "./types.ts";
import { type WindowPlan, windowPlans } from "./windows.ts";

interface Line<C> {
  readonly class: C;
  readonly spots: readonly Spot[];
}

/** Lines in the coordinates of the grid, for what is computed on it. */
const planeLines = <C extends string>(lines: readonly Line<C>[]): FeatureCollection<LineString, { class: C }> => ({
  type: "FeatureCollection",
  features: lines.map(({ class: name, spots }) => ({
    type: "Feature",
    properties: { class: name },
    geometry: { type: "LineString", coordinates: spots.map(([x, y]) => [x, y]) },
  })),
});

/** Longitude and latitude to a millionth of a degree (a tenth of a metre). */
function onEarth(grid: Grid): (spot: Position) => Position {
  const { toWgs84 } = projectionOf(grid);
  const rounded = (degrees: number) => Math.round(degrees * 1e6) / 1e6;
  return ([x = 0, y = 0]) => {
    const [lon, lat] = toWgs84(x, y);
    return [rounded(lon), rounded(lat)];
  };
}

/** How likely a road has a bridge or a ford where it meets a river; the rest has nothing. */
const CHANCES: Readonly<Record<RoadClass, readonly [bridge: number, ford: number]>> = {
  primary: [1, 0],
  secondary: [1, 0],
  tertiary: [0.7, 0.27],
  track: [0.15, 0.65],
};

function crossRivers(
  grid: Grid,
  roads: FeatureCollection<LineString, { class: RoadClass }>,
  rivers: FeatureCollection<LineString, { class: RiverClass }>,
  seed: string,
): Feature<Point, { class: CrossingClass }>[] {
  return findCrossings(grid, roads, rivers, "grid").flatMap(({ x, y, road, river }, index) => {
    const chance = new Random(`${seed}/crossing/${index}`).float();
    const [bridge, ford] = CHANCES[roads.features[road]?.properties.class ?? "track"];
    // Every class of road has at least a ford through a stream.
    const least = rivers.features[river]?.properties.class === "stream" ? 1 : bridge + ford;
    if (chance >= least) return [];
    const name: CrossingClass = chance < bridge ? "bridge" : "ford";
    return [
      {
        type: "Feature",
        properties: { class: name },
        geometry: { type: "Point", coordinates: [x, y] },
      } satisfies Feature<Point, { class: CrossingClass }>,
    ];
  });
}

function stopsOf(plan: WindowPlan, towns: ReturnType<typeof settle>, seed: string): Stop[] {
  const side = plan.grid.columns;
  const random = new Random(`${seed}/stops`);
  const exits = plan.exits.map(([u, v]): Stop => {
    const inside = (share: number) => Math.min(side - 1, Math.max(0, Math.floor(share * side)));
    return { cell: inside(v) * side + inside(u), class: "primary", ring: false };
  });
  const of = (rank: 1 | 2 | 3) => towns.filter((town) => town.rank === rank);
  return [
    ...of(1).map(({ cell }): Stop => ({ cell, class: "primary", ring: false })),
    ...exits,
    ...of(2).map(({ cell }): Stop => ({ cell, class: "secondary", ring: random.chance(0.45) })),
    ...of(3).map(
      ({ cell }): Stop => ({
        cell,
        class: random.chance(0.5) ? "tertiary" : "track",
        ring: random.chance(0.12),
      }),
    ),
  ];
}

/** What is fixed of a window, without making its ground. */
export function terrainWindow(name: TerrainWindowName): TerrainWindow {
  const { countries, grid, people } = windowPlans[name];
  return { name, countries, grid, people };
}

/**
 * Makes the invented ground of a window in about a second: hills between fixed heights, rivers that follow them, towns on
 * even ground, roads that join the towns, people along them, land cover after all of these. The same seed gives the same
 * rasters to the bit and the same features to a millionth of a degree.
 */
export function makeTerrain(name: TerrainWindowName, seed = "1"): TerrainLayers {
  const plan = windowPlans[name];
  const { grid } = plan;
  const side = grid.columns;
  const source = `${seed}/terrain/${name}`;
  const relief = makeRelief(plan, source);
  const steep = steepnessOf(plan, relief);
  const reaches = findRivers(plan, relief);
  const rivers = reaches.map(({ class: kind, cells }, index): Line<RiverClass> => {
    const spots = cells.map((cell) => middleOf(grid, cell));
    return { class: kind, spots: bend(spots, 2, grid.cellWidth * 0.35, new Random(`${source}/river/${index}`)) };
  });
  const towns = settle(plan, relief, steep, source);
  const roads: Road[] = buildRoads(grid, relief, stopsOf(plan, towns, source), source);

  const mark = (lines: readonly { spots: readonly Spot[] }[]) => {
    const marked = new Uint8Array(side * side);
    for (const { spots } of lines) {
      for (const [x, y] of spots) {
        const column = Math.min(side - 1, Math.max(0, Math.floor((x - grid.west) / grid.cellWidth)));
        const row = Math.min(side - 1, Math.max(0, Math.floor((grid.north - y) / grid.cellHeight)));
        marked[row * side + column] = 1;
      }
    }
    return distanceTo(side, marked);
  };
  const [toRoad, toRiver] = [mark(roads), mark(rivers)];
  const patches = fractalNoise(side, 28, 4, new Random(`${source}/patches`));
  const population = populate(plan, relief, { towns, steep, toRoad, toRiver, patches }, source);
  const landCover = coverLand(plan, relief, steep, population, toRiver, source);

  const place = onEarth(grid);
  const placed = <C extends string>(layer: FeatureCollection<LineString, { class: C }>) => ({
    ...layer,
    features: layer.features.map((feature) => ({
      ...feature,
      geometry: { ...feature.geometry, coordinates: feature.geometry.coordinates.map(place) },
    })),
  });
  const planeRoads = planeLines(roads);
  const planeRivers = planeLines(rivers);
  const bridges = crossRivers(grid, planeRoads, planeRivers, source).map((feature) => ({
    ...feature,
    geometry: { ...feature.geometry, coordinates: place(feature.geometry.coordinates) },
  }));
  return {
    window: terrainWindow(name),
    grid,
    elevation: relief.elevation,
    landCover,
    population,
    groups: groupPeople(plan, population, toRoad, source),
    roads: placed(planeRoads),
    rivers: placed(planeRivers),
    bridges: { type: "FeatureCollection", features: bridges },
    towns: {
      type: "FeatureCollection",
      features: towns.map(({ cell, rank }) => ({
        type: "Feature",
        properties: { rank },
        geometry: { type: "Point", coordinates: place([...middleOf(grid, cell)]) },
      })),
    },
  };
}
