export { makeTerrain, terrainWindow } from "./generate.ts";
export {
  type CrossingClass,
  type RiverClass,
  type RoadClass,
  type TerrainLayers,
  type TerrainWindow,
  type TerrainWindowName,
  terrainWindowNames,
} from "./types.ts";
