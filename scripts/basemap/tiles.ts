import { gzipSync } from "node:zlib";
import {
  type ArchiveTile,
  encodeTile,
  type GeoJsonGeometry,
  type TileLayer,
  tileBounds,
  writePmtiles,
} from "@santi/vector-tiles";
import type { Feature, GeometryObject } from "geojson";
import { type BasemapData, type Layer, layersAt, mosaic } from "./layers.ts";

/** The whole world is drawn to this zoom, the region to the last one. */
const WORLD_ZOOM = 4;
const LAST_ZOOM = 7;

/**
 * The tiles of zoom 5 that cover ASEAN. Whole tiles, so that the detailed map ends on tile borders, and with it the
 * sea that covers the coarse world below.
 */
const REGION = { fromX: 24, toX: 28, fromY: 13, toY: 16 } as const;

/** Longitude and latitude box of the detailed region: west, south, east, north. */
export const REGION_BOUNDS = [90, -11.178, 146.25, 31.952] as const;

type Box = readonly [west: number, south: number, east: number, north: number];

interface Part {
  box: Box;
  geometry: GeoJsonGeometry;
  properties: Record<string, string | number>;
}

function boxOf(coordinates: unknown): Box {
  const box: [number, number, number, number] = [180, 90, -180, -90];
  const walk = (value: unknown): void => {
    if (!Array.isArray(value)) return;
    const [x, y] = value as unknown[];
    if (typeof x === "number" && typeof y === "number") {
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    } else for (const item of value) walk(item);
  };
  walk(coordinates);
  return box;
}

/** Splits features with many parts, so that a tile reads only the parts near it. */
function partsOf({ geometry, properties }: Feature<GeometryObject, Record<string, string | number>>): Part[] {
  const part = (single: GeoJsonGeometry): Part => ({
    box: boxOf("coordinates" in single ? single.coordinates : []),
    geometry: single,
    properties,
  });
  if (geometry.type === "MultiPolygon") {
    return geometry.coordinates.map((coordinates) => part({ type: "Polygon", coordinates }));
  }
  if (geometry.type === "MultiLineString") {
    return geometry.coordinates.map((coordinates) => part({ type: "LineString", coordinates }));
  }
  return [part(geometry as GeoJsonGeometry)];
}

function joined(parts: readonly Part[]): GeoJsonGeometry {
  const [first] = parts as [Part];
  if (parts.length === 1) return first.geometry;
  const coordinates = parts.map(({ geometry }) => ("coordinates" in geometry ? (geometry.coordinates as never) : []));
  return first.geometry.type === "Polygon"
    ? { type: "MultiPolygon", coordinates }
    : { type: "MultiLineString", coordinates };
}

function overlaps(a: Box, b: Box): boolean {
  return a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
}

/** Prepares the layers of a zoom, and returns the function that cuts one tile of them. */
function tileCutter(layers: readonly Layer[], z: number): (x: number, y: number) => Uint8Array {
  const split = layers.map(({ name, features }) => ({ name, features: features.map(partsOf) }));
  return (x, y) => {
    const address = { z, x, y };
    const { west, south, east, north } = tileBounds(address);
    const box: Box = [west, south, east, north];
    const tileLayers = split.map(({ name, features }): TileLayer => {
      const near = features.flatMap((parts) => {
        const here = parts.filter((part) => overlaps(part.box, box));
        const [first] = here;
        return first ? [{ geometry: joined(here), properties: first.properties }] : [];
      });
      return { name, features: near };
    });
    if (z > WORLD_ZOOM) {
      const ring = [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ];
      tileLayers.unshift({ name: "sea", features: [{ geometry: { type: "Polygon", coordinates: [ring] } }] });
    }
    return encodeTile(address, tileLayers);
  };
}

/**
 * Cuts the basemap: the world to zoom 4, the tiles of the ASEAN region to zoom 7.
 *
 * @returns one PMTiles archive
 */
export function basemapArchive(data: BasemapData): Uint8Array {
  const shapes = mosaic(data);
  const tiles: ArchiveTile[] = [];
  for (let z = 0; z <= LAST_ZOOM; z++) {
    const cut = tileCutter(layersAt(z, shapes, data), z);
    const scale = 2 ** (z - 5);
    const world = z <= WORLD_ZOOM;
    const [fromX, toX] = world ? [0, 2 ** z - 1] : [REGION.fromX * scale, (REGION.toX + 1) * scale - 1];
    const [fromY, toY] = world ? [0, 2 ** z - 1] : [REGION.fromY * scale, (REGION.toY + 1) * scale - 1];
    let bytes = 0;
    for (let x = fromX; x <= toX; x++) {
      for (let y = fromY; y <= toY; y++) {
        const tile = cut(x, y);
        bytes += tile.length;
        tiles.push({ z, x, y, data: tile });
      }
    }
    console.log(
      `zoom ${z}: ${(toX - fromX + 1) * (toY - fromY + 1)} tiles, ${(bytes / 1024).toFixed(0)} kB before gzip`,
    );
  }
  const layerNames = [
    "sea",
    "land",
    "countries",
    "units",
    "lakes",
    "rivers",
    "boundaries",
    "country_labels",
    "unit_labels",
  ];
  return writePmtiles(tiles, {
    gzip: (bytes) => gzipSync(bytes, { level: 9 }),
    bounds: [-180, -85, 180, 85],
    center: [109, 12, 4],
    metadata: {
      name: "Santi basemap",
      attribution: "Natural Earth",
      vector_layers: layerNames.map((id) => ({ id, fields: {} })),
    },
  });
}
