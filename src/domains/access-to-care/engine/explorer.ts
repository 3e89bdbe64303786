import type { BuiltFriction } from "@santi/travel-time";
import { longestSeconds } from "../model.ts";
import { frictionFindings, placementFindings } from "./analyse.ts";
import { frictionOf, type Ground, groundOf, place } from "./ground.ts";
import type { Explore, Explored, LoadGround, Shape, Suggest, Suggested } from "./protocol.ts";
import { propose, wideGround } from "./siting.ts";
import { binImage, histograms, lesserOf, timesTo, totalBins } from "./travel.ts";
import { type Warp, warpOf } from "./warp.ts";

/** Metres over which the explorer moves a service that stands on a barrier. */
const snapMetres = 2000;

/** A map that forgets what was used longest ago. */
function remembering<V>(most: number) {
  const kept = new Map<string, V>();
  return {
    get(key: string): V | undefined {
      const value = kept.get(key);
      if (value !== undefined) {
        kept.delete(key);
        kept.set(key, value);
      }
      return value;
    },
    set(key: string, value: V): V {
      kept.set(key, value);
      if (kept.size > most) kept.delete(kept.keys().next().value as string);
      return value;
    },
  };
}

interface Loaded {
  ground: Ground;
  warp: Warp;
  frictions: ReturnType<typeof remembering<BuiltFriction>>;
  times: ReturnType<typeof remembering<Float64Array>>;
  dropped: ReturnType<typeof remembering<Float64Array>>;
  /** The same ground in wider cells, for trying many places at once; made when it is first needed. */
  wide: Ground | null;
}

/** What the explorer keeps in memory between requests, and its answers. */
export interface Explorer {
  load(request: LoadGround): Promise<Ground>;
  explore(request: Explore): Explored;
  suggest(request: Suggest): Suggested;
}

/** Makes an explorer that holds the two grounds that were used last. */
export function createExplorer(): Explorer {
  const grounds = remembering<Loaded>(2);
  const hazards = remembering<readonly Shape[]>(4);

  const frictionOn = (ground: Ground, { mode, season, hazards: closed }: Explore["travel"]) =>
    frictionOf(ground, {
      ...{ mode, season, speeds: null, factor: 1 },
      hazards: closed === null ? null : (hazards.get(closed) ?? []),
    });

  function prepare(request: Explore | Suggest) {
    const { travel, services, proposals } = request;
    const loaded = grounds.get(request.ground);
    if (!loaded) throw new Error("The ground is not loaded");
    if (travel.hazards !== null && request.hazards) hazards.set(travel.hazards, request.hazards);
    const { ground } = loaded;
    const key = JSON.stringify([travel.mode, travel.season, travel.hazards]);
    const built = loaded.frictions.get(key) ?? loaded.frictions.set(key, frictionOn(ground, travel));
    const placed = place(built.friction, services, snapMetres);
    const cells = [...new Set(placed.flatMap(({ cell }) => (cell >= 0 ? [cell] : [])))].sort((a, b) => a - b);
    const timesKey = `${key} ${cells.join()}`;
    let time = loaded.times.get(timesKey) ?? loaded.times.set(timesKey, timesTo(ground, built, cells, longestSeconds));
    const added = place(built.friction, proposals, snapMetres);
    for (const { cell } of added) {
      if (cell < 0) continue;
      const dropKey = `${key} ${cell}`;
      const dropped =
        loaded.dropped.get(dropKey) ?? loaded.dropped.set(dropKey, timesTo(ground, built, [cell], longestSeconds));
      time = lesserOf(time, dropped);
    }
    return { loaded, ground, built, placed, added, time };
  }

  return {
    async load({ key, source, units, coarsen }) {
      const ground = await groundOf(source, units, coarsen);
      grounds.set(key, {
        ground,
        warp: warpOf(ground.grid),
        frictions: remembering(6),
        times: remembering(8),
        dropped: remembering(12),
        wide: null,
      });
      return ground;
    },
    explore(request) {
      const { loaded, ground, built, placed, added, time } = prepare(request);
      const { units, total } = histograms(ground, ground.population, time);
      const { columns, rows, bounds } = loaded.warp;
      const image = binImage(loaded.warp, time, built.friction.data);
      const people = (bins: readonly number[]) => bins.map((count) => Math.round(count * 10) / 10);
      return {
        units: units.map(({ unit, level, bins }) => ({
          unit: ground.units[unit]?.unit ?? null,
          level,
          bins: people(bins),
        })),
        total: people(total),
        groups: ground.groups.map(({ group, people: some }) => ({
          group,
          bins: people(totalBins(some, time)),
        })),
        raster: { columns, rows, bounds: [...bounds], bins: Buffer.from(image).toString("base64") },
        services: placed.map(({ state, snappedMetres }) => ({ state, snappedMetres })),
        proposals: added.map(({ state, snappedMetres }, i) => ({
          longitude: request.proposals[i]?.longitude ?? 0,
          latitude: request.proposals[i]?.latitude ?? 0,
          state,
          snappedMetres,
        })),
        findings: [
          ...frictionFindings(built),
          ...placementFindings(placed),
          ...(ground.elsewhere > 0
            ? [
                {
                  code: "people-elsewhere",
                  severity: "info" as const,
                  details: { people: Math.round(ground.elsewhere) },
                },
              ]
            : []),
        ],
      };
    },
    suggest(request) {
      const { loaded, ground, built, time } = prepare(request);
      const { thresholdSeconds, count, travel } = request;
      loaded.wide ??= wideGround(ground);
      const { places, candidates } = propose(ground, built, time, {
        ...{ thresholdSeconds, count, snapMetres, wide: loaded.wide },
        standing: [...request.services, ...request.proposals],
        frictionOf: (on) => frictionOn(on, travel),
      });
      return { places, candidates };
    },
  };
}
