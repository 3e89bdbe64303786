import { type Database, programClaims } from "../../platform/database/types.ts";
import { recordEvent } from "../../platform/events/index.ts";
import type { JobRun, Jobs } from "../../platform/jobs/index.ts";
import { canonicalJson, type Json } from "../../platform/kernel/canonical-json.ts";
import type { Clock } from "../../platform/kernel/clock.ts";
import { Problem } from "../../platform/kernel/problem.ts";
import { sha256 } from "./actions.ts";
import { accessToCareProblems, type Results } from "./contract.ts";
import type { Analyse, GroundSource, Shape } from "./engine/protocol.ts";
import { createEngineThread, type Progress } from "./engine/thread.ts";
import type { ServicePoint, UnitShape } from "./input-store.ts";
import type { GroupNeed } from "./needs.ts";
import { claimRun, findRun, finishRun, readFile, type StoredRun, storeFile } from "./store.ts";

/** The name of the job that runs analyses. */
export const analysisJob = "access-to-care.run";

interface At {
  country: string;
  id: string;
}

/** Reads everything that a run computes with: its frozen inputs and the files of its ground. */
async function requestOf(database: Database, run: StoredRun): Promise<Analyse> {
  return database.transaction(
    programClaims,
    async (tx) => {
      const { country, id, inputs, parameters } = run;
      const read = async <T>(name: string): Promise<T | null> => {
        const bytes = await readFile(tx, country, id, `input-${name}`);
        return bytes ? (JSON.parse(bytes.toString("utf8")) as T) : null;
      };
      let source: GroundSource;
      if (inputs.terrain.recipe) source = { kind: "sample", recipe: inputs.terrain.recipe };
      else {
        const layers: Record<string, Uint8Array> = {};
        for (const { name, sha256: hash } of inputs.files) {
          if (!name.startsWith("layer-")) continue;
          const layer = name.slice("layer-".length);
          const bytes = await readFile(tx, country, inputs.terrain.id, layer);
          // The ground of a run is never changed; were it, its results would not be those of its inputs.
          if (!bytes || sha256(bytes) !== hash) throw new Problem(accessToCareProblems["terrain-in-use"]);
          layers[layer] = bytes;
        }
        source = { kind: "files", layers };
      }
      return {
        ...{ kind: "analyse" as const, source, parameters },
        services: (await read<ServicePoint[]>("services")) ?? [],
        units: (await read<UnitShape[]>("units")) ?? [],
        hazards: await read<Shape[]>("hazards"),
        needs: await read<{ unit: string; people: number }[]>("needs"),
        needGroups: (await read<GroupNeed[]>("need-groups")) ?? [],
        upgrades: (await read<ServicePoint[]>("upgrades")) ?? [],
      };
    },
    { readOnly: true },
  );
}

/**
 * Computes a run that waits, in a thread of its own, and stores its results; the same inputs give the same bytes. A run
 * that fails or is cancelled ends as such, and the cause is thrown on.
 * @returns the hash of the results; null when the run did not wait any more
 */
export async function performRun(
  database: Database,
  at: At,
  options: { clock: Clock; signal: AbortSignal; job?: string; progress?: Progress },
): Promise<string | null> {
  const { clock, signal, job = null, progress } = options;
  const claimed = await database.transaction(programClaims, (tx) => claimRun(tx, at.country, at.id, job));
  if (!claimed) return null;
  const thread = createEngineThread();
  try {
    const run = await database.transaction(programClaims, (tx) => findRun(tx, at.country, at.id), { readOnly: true });
    if (!run) return null;
    const request = await requestOf(database, run);
    const { results, files } = await thread.ask(request, { signal, ...(progress ? { progress } : {}) });
    const full: Results = {
      ...results,
      findings: [...run.inputs.findings, ...results.findings],
      files: Object.fromEntries(files.map(({ name, bytes }) => [name, sha256(bytes)])),
    };
    const text = canonicalJson(full as unknown as Json);
    const hash = sha256(text);
    await database.transaction(programClaims, async (tx) => {
      const now = clock();
      for (const { bytes, ...file } of files)
        await storeFile(tx, run, { ...file, sha256: sha256(bytes), recordedAt: now.toISOString() }, bytes);
      await finishRun(tx, at, {
        ...{ state: "done", results: full, resultsText: text, sha256: hash, now: now.toISOString() },
      });
      await recordEvent(tx, {
        ...{ type: "access-to-care.run-finished", country: at.country, accountId: run.recordedBy, now },
        subject: { type: "access-to-care.analysis", id: run.analysis },
        payload: { run: run.id, sha256: hash },
      });
    });
    return hash;
  } catch (cause) {
    const problem =
      cause instanceof Problem
        ? { code: cause.code, params: { ...cause.params } }
        : { code: "common.internal", params: {} };
    const state = signal.aborted ? "cancelled" : "failed";
    await database.transaction(programClaims, (tx) =>
      finishRun(tx, at, { state, problem: signal.aborted ? null : problem, now: clock().toISOString() }),
    );
    throw cause;
  } finally {
    await thread.close();
  }
}

/** Declares the job behind runs; one that is cancelled while it waits ends its run too. */
export function defineAnalysisJob(setup: { jobs: Pick<Jobs, "define">; database: Database; clock: Clock }): void {
  const { jobs, database, clock } = setup;
  jobs.define(
    analysisJob,
    async (run: JobRun) => {
      const at = run.input as unknown as At;
      const hash = await performRun(database, at, {
        ...{ clock, signal: run.signal, job: run.id },
        progress: ({ step, done, total }) => run.progress({ done, total, unit: "steps", step: `access-${step}` }),
      });
      return { run: at.id, sha256: hash };
    },
    (job) =>
      database.transaction(programClaims, (tx) =>
        finishRun(tx, job.input as unknown as At, { state: "cancelled", problem: null, now: clock().toISOString() }),
      ),
  );
}
