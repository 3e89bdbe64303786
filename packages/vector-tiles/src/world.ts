/**
 * The world in units: the web-mercator square cut into 2^28 units a side, x to the east and y to the south, so that the
 * north-west corner is (0, 0). One unit is 0.149 m at the equator, one unit of a zoom 16 tile with an extent of 4096.
 * Geometry is brought to these units once and tiles of any zoom are cut from it; packed shapes keep whole units.
 */
export const WORLD_BITS = 28;
/** Units a side of the integer world. */
export const WORLD_SIZE = 2 ** WORLD_BITS;
/** The latitude, in degrees, where the web-mercator square ends: atan(sinh(pi)). */
export const MAX_LATITUDE = (Math.atan(Math.sinh(Math.PI)) * 180) / Math.PI;
/** Half the side of the web-mercator square in metres: pi times the WGS 84 semi-major axis. */
export const MERCATOR_HALF = Math.PI * 6378137;

const DEGREE = Math.PI / 180;

/** Which tile of the web-mercator pyramid: zoom, column from the west, row from the north. */
export interface TileAddress {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** Longitude in degrees to world units, not rounded, clamped to the square. */
export function worldX(longitude: number): number {
  return clamp((longitude / 360 + 0.5) * WORLD_SIZE);
}

/**
 * Latitude in degrees to world units, not rounded, clamped to the square. Spherical mercator as EPSG:3857 defines it:
 * y = ln(tan(pi/4 + phi/2)), written with sin so that one transcendental call less is needed.
 */
export function worldY(latitude: number): number {
  const sine = Math.sin(latitude * DEGREE);
  const mercator = 0.25 * Math.log((1 + sine) / (1 - sine));
  return clamp((0.5 - mercator / Math.PI) * WORLD_SIZE);
}

function clamp(value: number): number {
  return Math.min(WORLD_SIZE, Math.max(0, value));
}

/** World unit to longitude in degrees. */
export function longitudeOf(x: number): number {
  return (x / WORLD_SIZE - 0.5) * 360;
}

/** World unit to latitude in degrees. */
export function latitudeOf(y: number): number {
  return Math.atan(Math.sinh((0.5 - y / WORLD_SIZE) * 2 * Math.PI)) / DEGREE;
}

/**
 * The longitude/latitude box of a tile enlarged by its buffer: the envelope to ask a database for.
 * @param buffer the buffer in tile units, as given to `encodeTile` (default 64)
 * @param extent tile units a side (default 4096)
 * @returns west, south, east and north in degrees, within the web-mercator square
 * @throws RangeError when the address is not a tile
 */
export function tileBounds(
  tile: TileAddress,
  buffer = 64,
  extent = 4096,
): { west: number; south: number; east: number; north: number } {
  checkTile(tile);
  const side = WORLD_SIZE / 2 ** tile.z;
  // Half a tile unit more, because a point that far outside still rounds onto the edge of the buffer.
  const margin = (side * (buffer + 0.5)) / extent;
  const inside = (value: number) => Math.min(WORLD_SIZE, Math.max(0, value));
  return {
    west: longitudeOf(inside(tile.x * side - margin)),
    south: latitudeOf(inside((tile.y + 1) * side + margin)),
    east: longitudeOf(inside((tile.x + 1) * side + margin)),
    north: latitudeOf(inside(tile.y * side - margin)),
  };
}

/**
 * The smallest `tile_size` (see `packShape`) that is still drawn at a zoom: half a tile unit, in world units.
 * A line or polygon whose box is smaller than that in both directions is left out of the tile, as ST_AsMVTGeom does.
 */
export function smallestSize(z: number, extent = 4096): number {
  return WORLD_SIZE / 2 ** z / extent / 2;
}

/**
 * Refuses an address that is not a tile of the pyramid.
 * @throws RangeError when zoom, column or row is not an integer in range (zoom 0 to 24)
 */
export function checkTile(tile: TileAddress): void {
  const { z, x, y } = tile;
  const side = 2 ** z;
  if (!(Number.isInteger(z) && z >= 0 && z <= 24 && Number.isInteger(x) && Number.isInteger(y))) {
    throw new RangeError(`Not a tile address: ${z}/${x}/${y}; zoom, column and row must be integers, zoom 0 to 24`);
  }
  if (x < 0 || y < 0 || x >= side || y >= side) {
    throw new RangeError(`Not a tile address: ${z}/${x}/${y}; column and row must be from 0 to ${side - 1}`);
  }
}
