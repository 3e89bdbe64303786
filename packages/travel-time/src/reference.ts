import { type Arrive, frictionEdges, langmuirEdges, modeEdges } from "./engine/edges.ts";
import type { Field } from "./engine/field.ts";
import { copyIn, copyOut, stepTables } from "./engine/layout.ts";
import { type Routes, traceRoutes } from "./engine/routes.ts";
import { settle } from "./engine/twin.ts";
import type { Raster } from "./raster/raster.ts";
import { type Plan, planTravel, type Source, type TravelOptions, type TravelTime } from "./travel.ts";

/** The costs of moves under a plan. */
export function edgesOf({ movement, lengths, walk }: Plan): Arrive {
  if (movement.kind === "friction") return frictionEdges(lengths);
  return movement.kind === "langmuir"
    ? langmuirEdges(lengths, walk)
    : modeEdges(lengths, movement.direction === "towards");
}

/** The rasters of a plan in the engine's order, nothing reached yet. */
export function fieldOf({ layout, movement, unreached }: Plan, friction: Raster): Field {
  const tiled = (data: Float32Array) => {
    const target = new Float32Array(layout.length).fill(Number.NaN);
    copyIn(layout, data, target);
    return target;
  };
  let mode: Uint8Array | undefined;
  if (movement.kind === "modes") {
    mode = new Uint8Array(layout.length);
    copyIn(layout, movement.mode, mode);
  }
  return {
    layout,
    tables: stepTables(layout),
    friction: tiled(friction.data),
    elevation: movement.kind === "friction" ? undefined : tiled(movement.elevation.data),
    mode,
    time: new Float64Array(layout.length).fill(unreached),
  };
}

/** Back-links and nearest sources (by the caller's list) of a finished field. */
export function routesOf(plan: Plan, field: Field): Routes {
  const { backLinks, nearest } = traceRoutes(field, plan.unreached, edgesOf(plan), plan.seeds, plan.search);
  return { backLinks, nearest: nearest.map((seed) => (seed < 0 ? -1 : (plan.sourceOf[seed] as number))) };
}

/**
 * Least travel time from any of the sources to every cell, in plain TypeScript: the twin that the compiled engine is
 * held to, bit for bit.
 *
 * Friction is NaN where nobody can pass. Refuses: `grid-invalid`, `grids-differ`, `friction-negative`,
 * `source-outside`, `value-invalid`.
 */
export function referenceTravelTime(
  friction: Raster,
  sources: readonly Source[],
  options: TravelOptions = {},
): TravelTime {
  const plan = planTravel(friction, sources, options);
  const field = fieldOf(plan, friction);
  const opened = settle(field, edgesOf(plan), plan.seeds, plan.search);
  const time = new Float64Array(friction.data.length);
  copyOut(plan.layout, field.time, time, plan.unreached);
  return { grid: plan.grid, time, stranded: plan.stranded, opened, ...(options.routes ? routesOf(plan, field) : {}) };
}
