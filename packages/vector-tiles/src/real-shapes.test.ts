import { createRequire } from "node:module";
import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import { feature as toGeoJson } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { describe, expect, it } from "vitest";
import { encodeTile } from "./encode-tile.ts";
import type { GeoJsonGeometry } from "./geojson.ts";
import { packShape } from "./packed-shape.ts";
import { type Corner, expectValid } from "./valid-rings.ts";

const require = createRequire(import.meta.url);
const topology = require("world-atlas/countries-110m.json") as Topology<{
  countries: GeometryCollection<{ name: string }>;
}>;
const countries = toGeoJson(topology, topology.objects.countries).features.map(({ geometry, properties }, index) => ({
  id: index + 1,
  geometry: geometry as GeoJsonGeometry,
  properties: { name: properties.name },
}));

describe("the countries of the world (Natural Earth 1:110m)", () => {
  it("are valid in every tile from zoom 0 to 3, drawn from geometry and from levels", () => {
    const packed = countries.map(({ geometry }) => packShape(geometry));
    const seen = new Set<string>();
    for (let z = 0; z <= 3; z++) {
      const columns = {
        levels: packed.map(({ levels }) => levels[z]).join(""),
        properties: { name: countries.map(({ properties }) => properties.name) },
      };
      for (let x = 0; x < 2 ** z; x++) {
        for (let y = 0; y < 2 ** z; y++) {
          const layer = { name: "countries", extent: 4096 };
          for (const source of [{ features: countries }, { columns }]) {
            const bytes = encodeTile({ z, x, y }, [{ ...layer, ...source }]);
            const decoded = new VectorTile(new PbfReader(bytes)).layers.countries;
            for (let i = 0; i < (decoded?.length ?? 0); i++) {
              const country = decoded?.feature(i);
              const parts = country?.loadGeometry() ?? [];
              expectValid(parts.map((ring) => ring.slice(0, -1).map((corner): Corner => [corner.x, corner.y])));
              seen.add(String(country?.properties.name));
            }
          }
        }
      }
    }
    for (const { properties } of countries) expect(seen).toContain(properties.name);
  });
});
