import type { z } from "zod";
import { sensitivityRank } from "../../platform/contract/sensitivity.ts";
import type { Context, Handlers } from "../../platform/http/handler.ts";
import { canonicalJson, type Json } from "../../platform/kernel/canonical-json.ts";
import { type Reference, referencesById } from "../../platform/records/references.ts";
import { demandTerrain, demandUsable, layersOf, sha256 } from "./actions.ts";
import { type ExploreBody, explorerOutput, type explorerRoutes, suggestOutput } from "./contract-explorer.ts";
import type { Explore, LoadGround } from "./engine/protocol.ts";
import type { EngineThread } from "./engine/thread.ts";
import { findOpenHazards, findServices, findUnits, type ServicePoint } from "./input-store.ts";

/**
 * Answers with a value that is computed after the request's transaction has ended: it may take seconds, and the embedded
 * database has one session. What goes wrong meanwhile is still answered as a problem.
 */
function answerLater<S extends z.ZodType>(context: Context, schema: S, make: () => Promise<z.input<S>>): Response {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>(undefined, undefined, {
    highWaterMark: 1,
  });
  context.afterCommit(async () => {
    const bytes = new TextEncoder().encode(JSON.stringify(schema.parse(await make())));
    const writer = writable.getWriter();
    // The reader comes when the answer leaves, after this has ended.
    writer.write(bytes).catch(() => {});
    writer.close().catch(() => {});
  });
  return new Response(readable, {
    headers: { "content-type": "application/json", "cache-control": "private, no-store" },
  });
}

interface Prepared {
  load: LoadGround | null;
  explore: Omit<Explore, "kind" | "hazards"> & { hazards: Explore["hazards"] | null };
  services: ServicePoint[];
  units: Record<string, Reference>;
  maySeeHazards: boolean;
}

/** The handlers of the explorer, over a thread that keeps ground in memory. */
export function explorerHandlers(thread: EngineThread): Handlers<typeof explorerRoutes> {
  /** What the thread holds: grounds by key with the ids of their units. */
  let held = { generation: -1, grounds: new Map<string, string[]>() };
  const remember = () => {
    if (held.generation !== thread.generation()) held = { generation: thread.generation(), grounds: new Map() };
    return held;
  };

  async function prepare(context: Context, body: ExploreBody): Promise<Prepared> {
    const { tx, caller, now } = context;
    const { country } = body;
    const terrain = await demandUsable(tx, await demandTerrain(tx, country, body.terrain), 1);
    const today = now.toISOString().slice(0, 10);
    const files = terrain.files.map(({ name, sha256: hash }) => `${name} ${hash}`);
    const key = `${terrain.id} ${today} ${terrain.recipe ? canonicalJson({ ...terrain.recipe }) : sha256(files.join("\n"))}`;
    const known = remember().grounds.get(key);
    let load: LoadGround | null = null;
    let units = known;
    if (!known) {
      const shapes = await findUnits(tx, country, terrain.bounds, today);
      units = shapes.map(({ unit }) => unit);
      const source: LoadGround["source"] = terrain.recipe
        ? { kind: "sample", recipe: terrain.recipe }
        : { kind: "files", layers: await layersOf(tx, terrain) };
      load = { kind: "load", key, source, units: shapes, coarsen: 1 };
    }
    const maySeeHazards = sensitivityRank(caller.levelFor(country)) >= sensitivityRank("restricted");
    const hazards = body.hazards && maySeeHazards ? await findOpenHazards(tx, country, terrain.bounds) : null;
    const services = await findServices(tx, country, body.services, today);
    const { mode, season, proposals } = body;
    return {
      load,
      services,
      maySeeHazards,
      explore: {
        ground: key,
        travel: { mode, season, hazards: hazards && sha256(canonicalJson(hazards as unknown as Json)) },
        hazards,
        services,
        proposals,
      },
      units: await referencesById(tx, { unit: units ?? [] }),
    };
  }

  /** Makes sure that the thread holds what a request needs, and says what of it still has to be sent along. */
  async function ready({ load, explore }: Prepared): Promise<Omit<Explore, "kind">> {
    const { hazards, ...rest } = explore;
    if (load && !remember().grounds.has(load.key)) {
      await thread.ask(load);
      // Two grounds are kept in the thread; what it forgot is sent again when it is asked for.
      const { grounds } = remember();
      grounds.set(
        load.key,
        load.units.map(({ unit }) => unit),
      );
      if (grounds.size > 2) grounds.delete(grounds.keys().next().value as string);
    }
    return hazards ? { ...rest, hazards } : rest;
  }

  return {
    async explore(context, { body }) {
      const started = performance.now();
      const prepared = await prepare(context, body);
      return answerLater(context, explorerOutput, async () => {
        const found = await thread.ask({ kind: "explore" as const, ...(await ready(prepared)) });
        return {
          ...found,
          services: prepared.services.map(({ point, code, names, longitude, latitude }, i) => ({
            ...{ point, code, names, longitude, latitude },
            state: found.services[i]?.state ?? "outside",
            snappedMetres: found.services[i]?.snappedMetres ?? null,
          })),
          references: prepared.units,
          hazardousAreas: prepared.explore.hazards?.length ?? null,
          maySeeHazards: prepared.maySeeHazards,
          milliseconds: Math.round(performance.now() - started),
        };
      });
    },
    async suggest(context, { body }) {
      const started = performance.now();
      const { threshold, count, ...asked } = body;
      const prepared = await prepare(context, asked);
      return answerLater(context, suggestOutput, async () => {
        const request = {
          kind: "suggest" as const,
          thresholdSeconds: threshold * 60,
          count,
          ...(await ready(prepared)),
        };
        const found = await thread.ask(request);
        return { ...found, references: prepared.units, milliseconds: Math.round(performance.now() - started) };
      });
    },
  };
}
