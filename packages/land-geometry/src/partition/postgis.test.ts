import fc from "fast-check";
import type { MultiPolygon, Polygon } from "geojson";
import { describe, expect, test } from "vitest";
import { postgisDatabase, postgisServer } from "../postgis.test-helper.ts";
import { writeWkbHex } from "../wkb.ts";
import { createBalance } from "./balance.ts";
import { intersectionArea } from "./common-area.ts";
import { clipTo, merge, partition, subtract, unionArea } from "./overlay.ts";
import { meshPolygon, polygon, starPolygon } from "./samples.test-helper.ts";
import { fastGeodesicArea } from "./side-area.ts";

if (!postgisServer) console.warn("SANTI_TEST_DATABASE_URL is not set; the comparison with PostGIS is skipped");

type Case = readonly (Polygon | MultiPolygon)[];

/** Quadrilaterals on the equator whose sides cross, as when two points change places; PostGIS calls them invalid. */
const figureOfEight = fc
  .record({
    x: fc.integer({ min: 0, max: 5000 }),
    y: fc.integer({ min: -3000, max: 3000 }),
    tilt: fc.integer({ max: 900 }),
  })
  .map(({ x, y, tilt }) => {
    const [west, south] = [103 + x / 1e6, y / 1e6];
    return polygon([
      [west, south],
      [west + 0.002, south + 0.002],
      [west + 0.002, south + (tilt % 900) / 1e6],
      [west, south + 0.002],
    ]);
  });

const kinds: Readonly<Record<string, fc.Arbitrary<Case>>> = {
  "stars that overlap": fc.array(starPolygon, { minLength: 2, maxLength: 8 }),
  "polygons on a mesh with shared borders, invalid ones repaired": fc.array(
    meshPolygon.map((one) => merge([one])).filter(({ coordinates }) => coordinates.length > 0),
    { minLength: 2, maxLength: 8 },
  ),
  "figures of eight, repaired on each side by its own means": fc.array(figureOfEight, { minLength: 2, maxLength: 5 }),
};

interface PeerRow {
  united: number;
  common: number;
  rest: number;
  valid: boolean;
  apart: number;
}

/** PostGIS's figures in square metres, and its opinion of our geometry. */
const SQL = `
  WITH given AS (
    SELECT ST_MakeValid(ST_GeomFromWKB(decode(hex, 'hex'), 4326)) AS geom, place
    FROM unnest($1::text[]) WITH ORDINALITY AS input (hex, place)
  ), ours AS (
    SELECT ST_GeomFromWKB(decode($2, 'hex'), 4326) AS united
  ), pair AS (
    SELECT one.geom AS one, two.geom AS two FROM given AS one, given AS two WHERE one.place = 1 AND two.place = 2
  ), whole AS (
    SELECT ST_Union(geom) AS united FROM given
  )
  SELECT ST_Area(whole.united::geography) AS united,
    ST_Area(ST_CollectionExtract(ST_Intersection(one, two), 3)::geography) AS common,
    ST_Area(ST_CollectionExtract(ST_Difference(one, two), 3)::geography) AS rest,
    ST_IsValid(ours.united) AND (SELECT bool_and(ST_IsValid(ST_GeomFromWKB(decode(hex, 'hex'), 4326)))
      FROM unnest($3::text[]) AS shares (hex)) AS valid,
    ST_Area(ST_SymDifference(whole.united, ours.united)) AS apart
  FROM whole, ours, pair`;

describe.runIf(postgisServer)("figures of PostGIS", () => {
  const client = postgisDatabase(postgisServer ?? "");

  const isNear = (ours: number, theirs: number) => {
    // GeographicLib rounds areas to about 1e-4 m² a ring.
    expect(Math.abs(ours - theirs)).toBeLessThan(1e-9 * theirs + 1e-3);
  };

  test.each(Object.entries(kinds))("are ours within 1e-9: %s", async (_, kind) => {
    await fc.assert(
      fc.asyncProperty(kind, async (polygons) => {
        const [one, two] = polygons as [Polygon, Polygon];
        const united = merge(polygons);
        const { shares, areas } = partition(polygons);
        const drawn = [...shares, clipTo(one, two), subtract(one, [two])];
        const { rows } = await client.query<PeerRow>(SQL, [
          polygons.map((each) => writeWkbHex(each)),
          writeWkbHex(united),
          drawn.map((each) => writeWkbHex(each)),
        ]);
        const peer = rows[0] as PeerRow;
        expect(peer.valid).toBe(true);
        // Square degrees; so many are about 12 cm².
        expect(peer.apart).toBeLessThan(1e-13);
        isNear(unionArea(polygons), peer.united);
        isNear(intersectionArea(one, two), peer.common);
        isNear(fastGeodesicArea(subtract(one, [two])), peer.rest);
        isNear(
          areas.reduce((sum, area) => sum + area, 0),
          peer.united,
        );
        const members = polygons.map((geometry, at) => ({ id: `${at}`, class: `${at % 2}`, order: at, geometry }));
        const classes = [...createBalance(members).areaByClass().values()];
        isNear(
          classes.reduce((sum, area) => sum + area, 0),
          peer.united,
        );
      }),
      { numRuns: 60 },
    );
  });
});
