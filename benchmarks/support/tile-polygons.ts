import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { packShape, type TileAddress, WORLD_BITS, worldX, worldY } from "../../packages/vector-tiles/src/index.ts";

/** A seeded generator of numbers from 0 up to 1 (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const STATUSES = ["suspected", "confirmed", "in-progress", "cleared", "cancelled"];

interface StarPolygon {
  id: number;
  code: string;
  status: string;
  longitude: number;
  latitude: number;
  wkb: Buffer;
}

/** Star polygons of 8 to 31 corners, about 125 m in radius, in 250 clusters over 800 by 1,000 km. */
function* starPolygons(count: number): Generator<StarPolygon> {
  const random = seeded(20261123);
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const centres = Array.from({ length: 250 }, () => [99.5 + 7.5 * random(), 10 + 9 * random(), 0.05 + 0.2 * random()]);
  for (let id = 1; id <= count; id++) {
    const [x, y, spread] = centres[Math.floor(random() * centres.length)] as [number, number, number];
    const longitude = x + spread * gauss();
    const latitude = y + spread * gauss();
    const corners = 8 + Math.floor(random() * 24);
    const radius = (90 * Math.exp(0.6 * gauss())) / 111_320;
    const wkb = Buffer.alloc(13 + 16 * (corners + 1));
    wkb.writeUInt8(1, 0);
    wkb.writeUInt32LE(3, 1);
    wkb.writeUInt32LE(1, 5);
    wkb.writeUInt32LE(corners + 1, 9);
    const turn = random();
    for (let i = 0; i < corners; i++) {
      const angle = ((i + turn) / corners) * 2 * Math.PI;
      const reach = radius * (0.6 + 0.8 * random());
      wkb.writeDoubleLE(longitude + (reach * Math.cos(angle)) / Math.cos((latitude * Math.PI) / 180), 13 + 16 * i);
      wkb.writeDoubleLE(latitude + reach * Math.sin(angle), 21 + 16 * i);
    }
    wkb.copy(wkb, 13 + 16 * corners, 13, 29);
    const code = `KHM-${String(id).padStart(6, "0")}`;
    const status = STATUSES[Math.floor(random() * STATUSES.length)] as string;
    yield { id, code, status, longitude, latitude, wkb };
  }
}

/**
 * Fills the tables `area` (EPSG:4326 with packed shapes) and `peer_area` (EPSG:3857) with the same polygons, indexed
 * and analysed, replacing what was there.
 * @returns the centre of each polygon in degrees
 */
export async function loadPolygons(client: pg.Client, count: number): Promise<[number, number][]> {
  await client.query(`
    CREATE EXTENSION IF NOT EXISTS postgis;
    DROP TABLE IF EXISTS area, peer_area;
    CREATE TABLE area (id bigint PRIMARY KEY, code text, status text, geom geometry(Polygon, 4326) NOT NULL,
      tile_shape text NOT NULL, tile_size integer NOT NULL, tile_levels text[] NOT NULL)`);
  const centres: [number, number][] = [];
  function* lines(): Generator<string> {
    for (const { id, code, status, longitude, latitude, wkb } of starPolygons(count)) {
      centres.push([longitude, latitude]);
      const { shape, size, levels } = packShape(wkb);
      const fields = [id, code, status, wkb.toString("hex"), shape, size, arrayLiteral(levels)];
      yield `${fields.map((field) => String(field).replaceAll("\\", "\\\\")).join("\t")}\n`;
    }
  }
  await pipeline(Readable.from(lines()), client.query(copyFrom("COPY area FROM STDIN")));
  await client.query(`
    CREATE TABLE peer_area AS
      SELECT id, code, status, ST_Transform(geom, 3857)::geometry(Polygon, 3857) AS geom FROM area ORDER BY id;
    ALTER TABLE peer_area ADD PRIMARY KEY (id);
    CREATE INDEX ON area USING gist (geom);
    CREATE INDEX ON peer_area USING gist (geom)`);
  await client.query("VACUUM ANALYZE area");
  await client.query("VACUUM ANALYZE peer_area");
  return centres;
}

function arrayLiteral(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`).join(",")}}`;
}

/** Different tiles of a zoom that hold polygons, drawn at random: up to 12 at zoom 6 and 7, up to 40 above. */
export function pickTiles(centres: readonly [number, number][], zoom: number): TileAddress[] {
  const random = seeded(zoom);
  const wanted = zoom < 8 ? 12 : 40;
  const chosen = new Map<string, TileAddress>();
  for (let tries = 0; tries < 10_000 && chosen.size < wanted; tries++) {
    const [longitude, latitude] = centres[Math.floor(random() * centres.length)] as [number, number];
    const x = Math.floor(worldX(longitude) / 2 ** (WORLD_BITS - zoom));
    const y = Math.floor(worldY(latitude) / 2 ** (WORLD_BITS - zoom));
    chosen.set(`${x}/${y}`, { z: zoom, x, y });
  }
  return [...chosen.values()];
}
