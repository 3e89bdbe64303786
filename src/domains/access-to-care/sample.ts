import type { Tx } from "../../platform/database/types.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { createAnalysis } from "./actions.ts";
import { parameters } from "./contract.ts";
import { insertTerrain, type StoredGrid } from "./store.ts";

/** Invented ground of the sample region as a node keeps it: how to make it, not what it is. */
export interface SampleGround {
  country: string;
  name: string;
  window: string;
  seed: string;
  grid: StoredGrid;
  /** West, south, east, north in degrees. */
  bounds: readonly number[];
}

/** Enters invented ground with one analysis that is ready to be run. Nothing is computed. */
export async function recordSampleAccess(tx: Tx, ground: SampleGround, analysis: string, now: Date): Promise<void> {
  const { country, name, window, seed, grid, bounds } = ground;
  const id = newId();
  await insertTerrain(tx, {
    ...{ country, id, name, kind: "sample" as const, recipe: { window, seed }, source: null },
    ...{ grid, bounds: [...bounds], ready: true, sensitivity: 0, sample: true },
    recordedAt: now.toISOString(),
    recordedBy: null,
  });
  const asked = parameters.parse({ services: ["physiotherapy", "prosthesis-new"], mode: "motorised", hazards: true });
  const acting = { accountId: null, now, level: () => "strictly-confidential" as const };
  await createAnalysis(tx, { country, name: analysis, terrain: id, parameters: asked, sample: true }, acting);
}
