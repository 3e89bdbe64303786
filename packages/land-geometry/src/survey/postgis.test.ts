import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { geodesicArea } from "../area.ts";
import { starPolygon } from "../partition/samples.test-helper.ts";
import { postgisDatabase, postgisServer } from "../postgis.test-helper.ts";
import { writeWkbHex } from "../wkb.ts";
import { buffer } from "./buffer.ts";

if (!postgisServer)
  console.warn("SANTI_TEST_DATABASE_URL is not set; the comparison of buffers with PostGIS is skipped");

interface PeerRow {
  area: number;
  apart: number;
  valid: boolean;
}

/** PostGIS's buffer on geography, 64 chords a quarter circle, and how much ground is in one buffer only. */
const SQL = `
  WITH given AS (
    SELECT ST_GeomFromWKB(decode($1, 'hex'), 4326) AS geom, ST_GeomFromWKB(decode($2, 'hex'), 4326) AS ours
  ), peer AS (
    SELECT ours, ST_Buffer(geom::geography, $3::float8, 'quad_segs=64')::geometry AS theirs FROM given
  )
  SELECT ST_Area(theirs::geography) AS area, ST_IsValid(ours) AS valid,
    ST_Area(ST_CollectionExtract(ST_SymDifference(ours, theirs), 3)::geography) AS apart
  FROM peer`;

describe.runIf(postgisServer)("the fade-out of PostGIS", () => {
  const client = postgisDatabase(postgisServer ?? "");

  test.each([
    ["outward", fc.double({ min: 2, max: 150, noNaN: true })],
    ["inward", fc.double({ min: -30, max: -2, noNaN: true })],
  ])(
    "%s is ours within what its flat map may be off: a thousandth of the width along the border",
    async (_, widths) => {
      await fc.assert(
        fc.asyncProperty(starPolygon, widths, async (star, metres) => {
          const ours = buffer(star, metres, { chordErrorMetres: Math.abs(metres) * 1e-4 });
          const { rows } = await client.query<PeerRow>(SQL, [writeWkbHex(star), writeWkbHex(ours), metres]);
          const peer = rows[0] as PeerRow;
          if (ours.coordinates.length === 0) {
            expect(peer.area).toBeLessThan(1);
            return;
          }
          expect(peer.valid).toBe(true);
          const perimeter = 14 * 400 + 2 * Math.PI * Math.abs(metres);
          expect(peer.apart).toBeLessThan(perimeter * Math.abs(metres) * 1e-3);
          expect(Math.abs(geodesicArea(ours) - peer.area)).toBeLessThan(perimeter * Math.abs(metres) * 1e-3);
        }),
        { numRuns: 60 },
      );
    },
  );
});
