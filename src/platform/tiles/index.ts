import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { encodeTile, splitColumn } from "@santi/vector-tiles";
import { z } from "zod";
import { listQuery } from "../contract/record-routes.ts";
import { route } from "../contract/route.ts";
import { sensitivityRank } from "../contract/sensitivity.ts";
import type { Claims } from "../database/types.ts";
import { type Implementation, implement } from "../http/handler.ts";
import type { Metrics } from "../http/metrics.ts";
import { commonProblems, Problem } from "../kernel/problem.ts";
import type { RecordDefinition } from "../records/definition.ts";
import { TileCache } from "./cache.ts";
import { changesSince, layerVersion, readTile, type TileProperty } from "./store.ts";

export type { TileProperty } from "./store.ts";

/** A record type on the map. `right` is needed to see it; properties beyond "public" are refused when it is declared. */
export interface TileLayerDefinition {
  definition: RecordDefinition;
  right: string;
  properties: readonly TileProperty[];
}

const maximumZoom = 16;

/** The route of all layers. Filters are those of the lists. */
export const routes = {
  tile: route({
    method: "GET",
    path: "/tiles/{layer}/{z}/{x}/{y}",
    summary: "routes.tile",
    right: "open",
    params: z.object({
      layer: z.string().max(80),
      z: z.coerce.number().int().min(0).max(maximumZoom),
      x: z.coerce.number().int().min(0),
      y: z
        .string()
        .regex(/^\d+\.mvt$/)
        .transform((text) => Number(text.slice(0, -4))),
    }),
    query: listQuery.omit({ limit: true, cursor: true, sort: true, bbox: true }),
    produces: "application/vnd.mapbox-vector-tile",
    problems: [commonProblems["not-found"]],
  }),
};

const compress = promisify(gzip);

/** Whether the places of a record type are open to somebody in any country; to the others its map is empty. */
function seesPlaces({ type }: RecordDefinition, claims: Claims): boolean {
  const field = type.geometryField ? type.fields[type.geometryField] : undefined;
  const level = Math.max(claims.baseLevel, 0, ...Object.values(claims.countryLevels));
  return field !== undefined && sensitivityRank(field.sensitivity) <= level;
}

/**
 * Serves record types as vector tiles: what this caller may see and nothing else, from memory when nothing changed.
 * @param layers by name; the features carry only public fields, because a tile has no presenter
 */
export function createTiles(
  layers: readonly TileLayerDefinition[],
  metrics: Metrics,
  cache = new TileCache(),
): Implementation {
  const byName = new Map(layers.map((layer) => [layer.definition.type.name, layer]));
  for (const { definition, properties } of layers) {
    for (const { field } of properties) {
      const declared = definition.type.fields[field];
      if (!declared || sensitivityRank(declared.sensitivity) > 0) {
        throw new Error(`Tiles may not carry ${definition.type.name}.${field}`);
      }
    }
  }
  return implement(routes, {
    async tile(context, { params, query }) {
      const layer = byName.get(params.layer);
      const limit = 2 ** params.z;
      if (!layer || params.x >= limit || params.y >= limit) throw new Problem(commonProblems["not-found"]);
      if (!context.caller.can(layer.right)) {
        throw new Problem(context.caller.account ? commonProblems.forbidden : commonProblems.unauthenticated);
      }
      const { claims } = context.caller;
      const name = layer.definition.type.name;
      const tile = { z: params.z, x: params.x, y: params.y };
      const { version, settled } = await layerVersion(context.tx, name);
      // While a change with a lower number may still come to light, the kept tiles stay at the version they are good for.
      if (settled && version !== cache.versionOf(name)) {
        const changes = await changesSince(context.tx, name, cache.versionOf(name));
        cache.advance(name, version, changes);
      }
      const { accountId: _, ...audience } = claims;
      const key = createHash("sha256")
        .update(JSON.stringify([audience, query, tile]))
        .digest("base64url");
      let bytes = cache.versionOf(name) === version ? cache.get(name, key) : undefined;
      if (bytes) metrics.count("tiles_cached");
      else if (!seesPlaces(layer.definition, claims)) bytes = new Uint8Array();
      else {
        const { geometry, columns } = await readTile(
          context.tx,
          layer.definition,
          layer.properties,
          tile,
          query,
          claims,
        );
        const properties = Object.fromEntries(
          Object.entries(columns).map(([property, text]) => [property, splitColumn(text)]),
        );
        const encoded =
          geometry === null ? new Uint8Array() : encodeTile(tile, [{ name, columns: { ...geometry, properties } }]);
        bytes = encoded.length === 0 ? encoded : await compress(encoded);
        metrics.count("tiles_made");
        if (settled) cache.put(name, version, key, tile, bytes);
      }
      const etag = `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
      const headers = { etag, "cache-control": "private, no-cache", vary: "cookie, authorization" };
      if (context.request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
      if (bytes.length === 0) return new Response(null, { status: 204, headers });
      return new Response(bytes as Uint8Array<ArrayBuffer>, {
        headers: { ...headers, "content-type": "application/vnd.mapbox-vector-tile", "content-encoding": "gzip" },
      });
    },
  });
}
