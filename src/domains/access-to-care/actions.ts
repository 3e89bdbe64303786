import { createHash } from "node:crypto";
import type { Sensitivity } from "../../platform/contract/sensitivity.ts";
import { sensitivityRank } from "../../platform/contract/sensitivity.ts";
import type { Tx } from "../../platform/database/types.ts";
import { recordEvent } from "../../platform/events/index.ts";
import { canonicalJson, type Json } from "../../platform/kernel/canonical-json.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { accessToCareProblems, type Parameters } from "./contract.ts";
import type { Inspected } from "./engine/protocol.ts";
import {
  type Bounds,
  findNeedCounts,
  findNeedGroups,
  findOpenHazards,
  findServices,
  findUnits,
  findUpgrades,
} from "./input-store.ts";
import { analysisCode, type LayerName, memoryNeed } from "./model.ts";
import { protectNeeds } from "./needs.ts";
import { memoryLimit } from "./settings.ts";
import {
  type FrozenInputs,
  findAnalyses,
  findRun,
  findTerrain,
  insertAnalysis,
  insertRun,
  insertTerrain,
  isTerrainUsed,
  nextAnalysisNumber,
  readFile,
  type StoredAnalysis,
  type StoredRun,
  type StoredTerrain,
  storeFile,
  updateAnalysis,
  updateTerrain,
} from "./store.ts";

/** Who changes something, when, and as far as they are cleared in a country. */
export interface Acting {
  accountId: string | null;
  now: Date;
  level(country: string): Sensitivity;
}

/** Runs tell of services and hazardous areas whose place is not for everybody. */
const runSensitivity = sensitivityRank("restricted");

/** The hash by which bytes are told apart. */
export const sha256 = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");

const day = (now: Date) => now.toISOString().slice(0, 10);

/** Enters ground whose files are still to come. */
export async function createTerrain(
  tx: Tx,
  input: { country: string; name: string; source?: string | null | undefined },
  acting: Acting,
): Promise<StoredTerrain> {
  const id = newId();
  const terrain = {
    ...{ country: input.country, id, name: input.name, source: input.source ?? null },
    ...{ kind: "files" as const, recipe: null, grid: null, bounds: null, ready: false, sensitivity: 0, sample: false },
    recordedAt: acting.now.toISOString(),
    recordedBy: acting.accountId,
  };
  await insertTerrain(tx, terrain);
  await recordEvent(tx, {
    ...{ type: "access-to-care.terrain-created", country: input.country, accountId: acting.accountId, now: acting.now },
    subject: { type: "access-to-care.terrain", id },
  });
  return (await findTerrain(tx, input.country, id)) as StoredTerrain;
}

/** A terrain that the caller sees. @throws Problem `common.not-found` */
export async function demandTerrain(tx: Tx, country: string, id: string): Promise<StoredTerrain> {
  const terrain = await findTerrain(tx, country, id);
  if (!terrain) throw new Problem(commonProblems["not-found"]);
  return terrain;
}

/** The bytes of the files of a terrain, by layer. */
export async function layersOf(
  tx: Tx,
  terrain: Pick<StoredTerrain, "country" | "id" | "files">,
): Promise<Record<string, Uint8Array>> {
  const layers: Record<string, Uint8Array> = {};
  for (const { name } of terrain.files) {
    const bytes = await readFile(tx, terrain.country, terrain.id, name);
    if (bytes) layers[name] = bytes;
  }
  return layers;
}

/**
 * Takes a file into a terrain, after `look` has looked at it with the others.
 * @throws Problem `access-to-care.terrain-in-use` when an analysis has used the ground already
 */
export async function takeLayer(
  tx: Tx,
  terrain: StoredTerrain,
  file: { layer: LayerName; fileName: string; bytes: Uint8Array },
  look: (layers: Record<string, Uint8Array>) => Promise<Inspected>,
  acting: Acting,
): Promise<StoredTerrain> {
  if (terrain.kind === "sample" || (await isTerrainUsed(tx, terrain.country, terrain.id)))
    throw new Problem(accessToCareProblems["terrain-in-use"]);
  const before = new Map(terrain.files.map(({ name, fileName }) => [name as string, fileName]));
  const found = await look({ ...(await layersOf(tx, terrain)), [file.layer]: file.bytes });
  const recordedAt = acting.now.toISOString();
  const changed: Record<string, Uint8Array> = { [file.layer]: file.bytes, ...found.replaced };
  for (const [name, bytes] of Object.entries(changed)) {
    const fileName = name === file.layer ? file.fileName : (before.get(name) ?? name);
    const mediaType = /^(roads|rivers|bridges)$/.test(name) ? "application/geo+json" : "image/tiff";
    await storeFile(tx, terrain, { name, fileName, mediaType, sha256: sha256(bytes), recordedAt }, bytes);
  }
  const ready = found.grid !== null && found.bounds !== null && !found.findings.some((f) => f.severity === "error");
  await updateTerrain(tx, { ...terrain, grid: found.grid, bounds: found.bounds, findings: found.findings, ready });
  await recordEvent(tx, {
    ...{ type: "access-to-care.layer-taken", country: terrain.country, accountId: acting.accountId, now: acting.now },
    subject: { type: "access-to-care.terrain", id: terrain.id },
    payload: { layer: file.layer, sha256: sha256(file.bytes) },
  });
  return demandTerrain(tx, terrain.country, terrain.id);
}

async function demandGround(tx: Tx, country: string, id: string): Promise<void> {
  if (!(await findTerrain(tx, country, id))) throw new Problem(accessToCareProblems["no-terrain"]);
}

/** Describes a new analysis. @throws Problem `access-to-care.no-terrain` */
export async function createAnalysis(
  tx: Tx,
  input: { country: string; name: string; terrain: string; parameters: Parameters; sample?: boolean },
  acting: Acting,
): Promise<StoredAnalysis> {
  const { country, name, terrain, parameters, sample = false } = input;
  await demandGround(tx, country, terrain);
  const id = newId();
  const code = analysisCode(country, await nextAnalysisNumber(tx, country));
  await insertAnalysis(tx, {
    ...{ country, id, code, name, terrain, parameters, sensitivity: 0, sample },
    ...{ recordedAt: acting.now.toISOString(), recordedBy: acting.accountId },
  });
  await recordEvent(tx, {
    ...{ type: "access-to-care.analysis-described", country, accountId: acting.accountId, now: acting.now },
    subject: { type: "access-to-care.analysis", id },
    payload: { code, version: 1 },
  });
  return demandAnalysis(tx, country, id);
}

/** An analysis that the caller sees. @throws Problem `common.not-found` */
export async function demandAnalysis(tx: Tx, country: string, id: string): Promise<StoredAnalysis> {
  const [analysis] = await findAnalyses(tx, { country, id });
  if (!analysis) throw new Problem(commonProblems["not-found"]);
  return analysis;
}

/** Changes an analysis; runs that there are keep what they were asked. @throws Problem `common.stale-revision` */
export async function changeAnalysis(
  tx: Tx,
  input: { country: string; id: string; name: string; terrain: string; parameters: Parameters; version: number },
  acting: Acting,
): Promise<StoredAnalysis> {
  const { version, ...changed } = input;
  await demandAnalysis(tx, input.country, input.id);
  await demandGround(tx, input.country, input.terrain);
  const by = { recordedAt: acting.now.toISOString(), recordedBy: acting.accountId };
  if (!(await updateAnalysis(tx, { ...changed, ...by }, version))) throw new Problem(commonProblems["stale-revision"]);
  await recordEvent(tx, {
    ...{ type: "access-to-care.analysis-described", country: input.country },
    ...{ accountId: acting.accountId, now: acting.now },
    subject: { type: "access-to-care.analysis", id: input.id },
    payload: { version: version + 1 },
  });
  return demandAnalysis(tx, input.country, input.id);
}

/** Refuses ground that is not complete or that memory would not hold, with the factor by which cells must be wider. */
export async function demandUsable(
  tx: Tx,
  terrain: StoredTerrain,
  coarsen: number,
): Promise<Omit<StoredTerrain, "bounds"> & { bounds: Bounds }> {
  if (!terrain.ready || !terrain.grid || !terrain.bounds)
    throw new Problem(accessToCareProblems["terrain-not-ready"], {
      findings: terrain.findings.filter(({ severity }) => severity === "error").length,
    });
  const need = memoryNeed(terrain.grid, await memoryLimit(tx), coarsen);
  if (need.megabytes > need.limit) throw new Problem(accessToCareProblems["too-large"], { ...need });
  return { ...terrain, bounds: terrain.bounds as unknown as Bounds };
}

interface Frozen {
  name: string;
  version: string;
  records: number | null;
  bytes: Buffer;
}

const frozen = (name: string, version: string, value: Json, records: number): Frozen => ({
  ...{ name, version, records },
  bytes: Buffer.from(canonicalJson(value), "utf8"),
});

/** Reads what an analysis computes with, as the caller sees it on the day, in forms that give the same bytes for the same facts. */
async function gather(
  tx: Tx,
  analysis: StoredAnalysis,
  bounds: Bounds,
  acting: Acting,
): Promise<{ files: Frozen[]; findings: Json[] }> {
  const { country, parameters } = analysis;
  const today = day(acting.now);
  const services = await findServices(tx, country, parameters.services, today);
  const units = await findUnits(tx, country, bounds, today);
  const files = [
    frozen("input-services", today, services as unknown as Json, services.length),
    frozen("input-units", today, units as unknown as Json, units.length),
  ];
  const findings: Json[] = [];
  if (parameters.siting > 0 && parameters.sitingKind !== "new") {
    const sites = await findUpgrades(tx, country, parameters.services, today);
    files.push(frozen("input-upgrades", today, sites as unknown as Json, sites.length));
  }
  if (parameters.hazards) {
    if (sensitivityRank(acting.level(country)) < sensitivityRank("restricted"))
      throw new Problem(commonProblems.forbidden, { right: "land.read" });
    const hazards = await findOpenHazards(tx, country, bounds);
    files.push(frozen("input-hazards", today, hazards as unknown as Json, hazards.length));
  }
  if (parameters.demand === "needs") {
    if (acting.level(country) !== "strictly-confidential") throw new Problem(accessToCareProblems["needs-not-yours"]);
    const by = await findNeedGroups(tx, country, parameters.needs, acting.now.getUTCFullYear());
    const { shown, hidden, groups } = protectNeeds(await findNeedCounts(tx, country, parameters.needs), by);
    files.push(frozen("input-needs", today, shown as unknown as Json, shown.length));
    files.push(frozen("input-need-groups", today, groups as unknown as Json, groups.length));
    if (hidden > 0) findings.push({ code: "needs-hidden", severity: "info", details: { units: hidden } });
  }
  return { files, findings };
}

/**
 * Enters a run of an analysis with its inputs frozen: as they are today, or those of an earlier run.
 * @throws Problem `access-to-care.terrain-not-ready`, `too-large`, `needs-not-yours`, `not-finished`; `common.not-found`
 */
export async function enterRun(
  tx: Tx,
  analysis: StoredAnalysis,
  repeat: string | undefined,
  acting: Acting,
): Promise<StoredRun> {
  const { country, sample } = analysis;
  const id = newId();
  const recordedAt = acting.now.toISOString();
  const base = { country, id, analysis: analysis.id, sample, recordedAt, recordedBy: acting.accountId };
  const owner = { country, id, sensitivity: runSensitivity, sample };
  const store = (name: string, bytes: Uint8Array) =>
    storeFile(
      tx,
      owner,
      { name, fileName: `${name}.json`, mediaType: "application/json", sha256: sha256(bytes), recordedAt },
      bytes,
    );
  if (repeat !== undefined) {
    const earlier = await findRun(tx, country, repeat);
    if (earlier?.analysis !== analysis.id) throw new Problem(commonProblems["not-found"]);
    if (earlier.state !== "done") throw new Problem(accessToCareProblems["not-finished"]);
    const { version, parameters, inputs, sensitivity } = earlier;
    await insertRun(tx, { ...base, version, repeats: repeat, parameters, inputs, sensitivity });
    for (const { name } of inputs.files) {
      const bytes = name.startsWith("input-") ? await readFile(tx, country, repeat, name) : null;
      if (bytes) await store(name, bytes);
    }
  } else {
    const terrain = await demandTerrain(tx, country, analysis.terrain);
    const usable = await demandUsable(tx, terrain, analysis.parameters.coarsen);
    const { files, findings } = await gather(tx, analysis, usable.bounds, acting);
    const ground = terrain.recipe
      ? [groundOfRecipe(terrain.recipe)]
      : terrain.files.map(({ name, sha256: hash, size, recordedAt: version }) => ({
          ...{ name: `layer-${name}`, version, sha256: hash, size, records: null },
        }));
    const inputs: FrozenInputs = {
      terrain: { id: terrain.id, name: terrain.name, recipe: terrain.recipe },
      files: [
        ...ground,
        ...files.map(({ name, version, records, bytes }) => ({
          ...{ name, version, records, sha256: sha256(bytes), size: bytes.length },
        })),
      ],
      findings: findings as unknown as FrozenInputs["findings"],
    };
    const { version, parameters } = analysis;
    await insertRun(tx, { ...base, version, repeats: null, parameters, inputs, sensitivity: runSensitivity });
    for (const { name, bytes } of files) await store(name, bytes);
  }
  await recordEvent(tx, {
    ...{ type: "access-to-care.run-entered", country, accountId: acting.accountId, now: acting.now },
    subject: { type: "access-to-care.analysis", id: analysis.id },
    payload: { run: id, ...(repeat === undefined ? {} : { repeats: repeat }) },
  });
  return (await findRun(tx, country, id)) as StoredRun;
}

const groundOfRecipe = (recipe: { window: string; seed: string }) => {
  const text = canonicalJson({ ...recipe });
  return {
    ...{ name: "ground", version: `${recipe.window}, ${recipe.seed}`, sha256: sha256(text), size: text.length },
    records: null,
  };
};
