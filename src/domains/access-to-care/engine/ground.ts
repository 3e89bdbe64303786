import {
  type BuiltFriction,
  buildFriction,
  coarserGrid,
  cornersOf,
  type Grid,
  movePeople,
  openGeoTiff,
  parseFeatures,
  placeSources,
  positionsOf,
  projectionOf,
  type Raster,
  resample,
  SPEEDS,
  type SpeedTable,
  TravelTimeProblem,
  unitsOf,
  varySpeeds,
} from "@santi/travel-time";
import type { Feature, FeatureCollection, Geometry } from "geojson";
import type { UnitShape } from "../input-store.ts";
import { type AccessGroup, accessGroups, groupLayers, type SeasonName, type TravelMode } from "../model.ts";
import type { GroundSource, Shape } from "./protocol.ts";

/** The layers of ground on one grid, as rasters and features. */
export interface GroundLayers {
  grid: Grid;
  elevation: Raster;
  landCover: Raster;
  population: Float64Array;
  /** Parts of the population that have rasters of their own. */
  groups: readonly { group: AccessGroup; people: Float64Array }[];
  roads: FeatureCollection;
  rivers: FeatureCollection;
  bridges: FeatureCollection;
}

/** Ground with its units, ready to be travelled on. */
export interface Ground extends GroundLayers {
  units: readonly UnitShape[];
  /** For each level, the number in `units` of the unit that each cell lies in; -1 in none. */
  unitAt: readonly { level: number; unit: Int32Array }[];
  bounds: [west: number, south: number, east: number, north: number];
  /** People on the ground who live in no first-level unit, as over a border; they are not counted. */
  elsewhere: number;
}

const noFeatures: FeatureCollection = { type: "FeatureCollection", features: [] };

function inDegrees({ geometry }: Feature): boolean {
  if (!geometry || geometry.type === "GeometryCollection") return true;
  for (const [lon = 0, lat = 0] of positionsOf(geometry.coordinates)) {
    if (Math.abs(lon) > 180 || Math.abs(lat) > 90) return false;
  }
  return true;
}

const bufferOf = (bytes: Uint8Array) => Uint8Array.from(bytes).buffer;

/**
 * Reads features in longitude and latitude; what is no GeoJSON collection, or in other coordinates, is refused
 * (`file-unsupported`), naming the layer.
 */
export function readFeatures(bytes: Uint8Array, layer: string): FeatureCollection {
  try {
    const collection = parseFeatures(Buffer.from(bytes).toString("utf8"));
    const wrong = collection.features.findIndex((feature) => !inDegrees(feature));
    if (wrong < 0) return collection;
    const feature = wrong + 1;
    throw new TravelTimeProblem("file-unsupported", `Feature ${feature} is not in degrees.`, { feature });
  } catch (cause) {
    if (!(cause instanceof TravelTimeProblem)) throw cause;
    throw new TravelTimeProblem(cause.code, `The layer ${layer}: ${cause.message}`, { ...cause.details, layer });
  }
}

/** Reads a raster; a file that is no GeoTIFF is refused (`file-unsupported`), naming the layer. */
export async function readRaster(bytes: Uint8Array, layer: string): Promise<Raster> {
  try {
    return await (await openGeoTiff(bufferOf(bytes))).read();
  } catch (cause) {
    if (cause instanceof TravelTimeProblem)
      throw new TravelTimeProblem(cause.code, cause.message, { ...cause.details, layer });
    throw new TravelTimeProblem("file-unsupported", `The layer ${layer} is no GeoTIFF that can be read.`, { layer });
  }
}

const flat = (grid: Grid): Raster => ({ grid, data: new Float32Array(grid.columns * grid.rows) });

/** The invented ground of a recipe. */
async function sampleLayers(source: Extract<GroundSource, { kind: "sample" }>): Promise<GroundLayers> {
  const { makeTerrain } = await import("../../../../sample-region/terrain/index.ts");
  const made = makeTerrain(source.recipe.window as Parameters<typeof makeTerrain>[0], source.recipe.seed);
  const { grid } = made;
  return {
    grid,
    elevation: { grid, data: made.elevation },
    landCover: { grid, data: Float32Array.from(made.landCover) },
    population: Float64Array.from(made.population, (people) => (people > 0 ? people : 0)),
    groups: accessGroups.flatMap((group) => {
      const people = (made.groups as Partial<Record<AccessGroup, Float32Array>>)[group];
      return people ? [{ group, people: Float64Array.from(people) }] : [];
    }),
    roads: made.roads,
    rivers: made.rivers,
    bridges: made.bridges,
  };
}

async function fileLayers(layers: Readonly<Partial<Record<string, Uint8Array>>>): Promise<GroundLayers> {
  const needed = (name: string) => {
    const bytes = layers[name];
    if (!bytes) throw new TravelTimeProblem("file-unsupported", `The layer ${name} is missing.`, { layer: name });
    return bytes;
  };
  const landCover = await readRaster(needed("land-cover"), "land-cover");
  const people = await readRaster(needed("population"), "population");
  const { grid } = landCover;
  const groups: { group: AccessGroup; people: Float64Array }[] = [];
  for (const layer of groupLayers) {
    const bytes = layers[layer];
    if (!bytes) continue;
    const { data } = await readRaster(bytes, layer);
    const group = layer.slice("population-".length) as AccessGroup;
    groups.push({ group, people: Float64Array.from(data, (count) => (count > 0 ? count : 0)) });
  }
  return {
    grid,
    groups,
    landCover,
    elevation: layers.elevation ? await readRaster(layers.elevation, "elevation") : flat(grid),
    population: Float64Array.from(people.data, (count) => (count > 0 ? count : 0)),
    roads: layers.roads ? readFeatures(layers.roads, "roads") : noFeatures,
    rivers: layers.rivers ? readFeatures(layers.rivers, "rivers") : noFeatures,
    bridges: layers.bridges ? readFeatures(layers.bridges, "bridges") : noFeatures,
  };
}

/** The same ground in wider cells: nobody is lost, heights are means, the class in the middle counts. */
function coarser(layers: GroundLayers, factor: number): GroundLayers {
  if (factor === 1) return layers;
  const grid = coarserGrid(layers.grid, factor);
  return {
    ...layers,
    grid,
    elevation: resample(layers.elevation, grid, "bilinear"),
    landCover: resample(layers.landCover, grid, "nearest"),
    population: movePeople({ grid: layers.grid, data: layers.population }, grid).people.data,
    groups: layers.groups.map(({ group, people }) => {
      return { group, people: movePeople({ grid: layers.grid, data: people }, grid).people.data };
    }),
  };
}

/** West, south, east, north of a grid in degrees. */
export function boundsOf(grid: Grid): [number, number, number, number] {
  const corners = cornersOf(grid);
  const lons = corners.map(([lon]) => lon);
  const lats = corners.map(([, lat]) => lat);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

const featureOf = (geometry: Shape): Feature => ({
  type: "Feature",
  properties: {},
  geometry: geometry as unknown as Geometry,
});

/** Makes ground of its source. @param units whose people are counted, of the first levels below the country */
export async function groundOf(source: GroundSource, units: readonly UnitShape[], coarsen: number): Promise<Ground> {
  const read = source.kind === "sample" ? await sampleLayers(source) : await fileLayers(source.layers);
  const layers = coarser(read, coarsen);
  const unitAt = [1, 2].map((level) => {
    const numbers = units.flatMap((unit, number) => (unit.level === level ? [number] : []));
    const found = unitsOf(
      layers.grid,
      numbers.map((number) => featureOf((units[number] as UnitShape).geometry)),
    );
    return { level, unit: found.map((at) => (at < 0 ? -1 : (numbers[at] as number))) };
  });
  const ground = { ...layers, units, unitAt, bounds: boundsOf(layers.grid), elsewhere: 0 };
  const first = unitAt[0]?.unit;
  if (!first || !units.some(({ level }) => level === 1)) return ground;
  ground.population = layers.population.map((people, cell) => {
    if ((first[cell] as number) >= 0) return people;
    ground.elsewhere += people;
    return 0;
  });
  ground.groups = layers.groups.map(({ group, people }) => {
    return { group, people: people.map((count, cell) => ((first[cell] as number) >= 0 ? count : 0)) };
  });
  return ground;
}

/** The same ground in cells `factor` times as wide, with the units that its cells lie in. */
export function coarserGround(ground: Ground, factor: number): Ground {
  const layers = coarser(ground, factor);
  const at = (cell: number) => {
    const { columns } = layers.grid;
    const row = Math.min(ground.grid.rows - 1, Math.floor(cell / columns) * factor + (factor >> 1));
    const column = Math.min(ground.grid.columns - 1, (cell % columns) * factor + (factor >> 1));
    return row * ground.grid.columns + column;
  };
  const unitAt = ground.unitAt.map(({ level, unit }) => ({
    level,
    unit: Int32Array.from({ length: layers.population.length }, (_, cell) => unit[at(cell)] as number),
  }));
  return { ...ground, ...layers, unitAt };
}

/** How friction is wanted. */
export interface FrictionAsked {
  mode: TravelMode;
  season: SeasonName;
  hazards: readonly Shape[] | null;
  speeds: SpeedTable | null;
  /** All speeds times this; 1 as they are. */
  factor: number;
}

/** Friction of ground, with open hazardous areas closed when they are given. */
export function frictionOf(ground: GroundLayers, asked: FrictionAsked): BuiltFriction {
  const table = asked.speeds ?? SPEEDS[asked.mode];
  return buildFriction(
    {
      landCover: ground.landCover,
      roads: ground.roads,
      rivers: ground.rivers,
      bridges: ground.bridges,
      elevation: ground.elevation,
      ...(asked.hazards ? { hazards: { type: "FeatureCollection", features: asked.hazards.map(featureOf) } } : {}),
    },
    { speeds: asked.factor === 1 ? table : varySpeeds(table, asked.factor), season: asked.season },
  );
}

/** Where a service came to stand on the grid. */
export interface Placed {
  /** The cell; -1 when it is outside or stays on a barrier. */
  cell: number;
  state: "used" | "snapped" | "outside" | "barrier";
  snappedMetres: number | null;
}

/** Puts places on the grid; one on a barrier goes to the nearest passable cell within `snapMetres`, with the distance told. */
export function place(
  friction: Raster,
  places: readonly { longitude: number; latitude: number }[],
  snapMetres: number,
): Placed[] {
  const { toGrid } = projectionOf(friction.grid);
  const points = places.map(({ longitude, latitude }) => {
    const [x, y] = toGrid(longitude, latitude);
    return { x, y };
  });
  return placeSources(friction, points, snapMetres).map((placed): Placed => {
    if (placed.refused !== undefined)
      return { cell: -1, state: placed.refused === "outside" ? "outside" : "barrier", snappedMetres: null };
    if (placed.moved === 0) return { cell: placed.cell, state: "used", snappedMetres: null };
    return { cell: placed.cell, state: "snapped", snappedMetres: Math.round(placed.moved) };
  });
}
