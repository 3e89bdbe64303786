import type { AnalysisOutput, RunOutput, TerrainOutput } from "./contract.ts";
import { memoryNeed } from "./model.ts";
import type { StoredAnalysis, StoredRun, StoredTerrain } from "./store.ts";

/** A terrain as it leaves. @param limit megabytes that one computation may take */
export function presentTerrain(terrain: StoredTerrain, limit: number): TerrainOutput {
  const { country, id, name, kind, source, grid, bounds, ready, findings, recordedAt } = terrain;
  return {
    ...{ country, id, name, kind, source, grid, bounds, ready, findings, recordedAt },
    layers: terrain.files.map((file) => ({
      ...{ layer: file.name, fileName: file.fileName, sha256: file.sha256, size: file.size },
      recordedAt: file.recordedAt,
    })),
    memory: grid && memoryNeed(grid, limit),
  };
}

/** A run as a line of a list. */
export function presentRunLine(
  run: Omit<StoredRun, "parameters" | "inputs" | "results">,
  names: ReadonlyMap<string, string>,
): AnalysisOutput["runs"][number] {
  const { country, id, analysis, version, repeats, state, job, resultsSha256, problem, recordedAt, finishedAt } = run;
  return {
    ...{ country, id, analysis, version, repeats, state, job, resultsSha256, problem, recordedAt, finishedAt },
    recordedBy: run.recordedBy && (names.get(run.recordedBy) ?? null),
  };
}

/** A run with everything that went in and came out. */
export function presentRun(run: StoredRun, names: ReadonlyMap<string, string>): RunOutput {
  const { parameters, inputs, results } = run;
  return { ...presentRunLine(run, names), parameters, inputs: inputs.files, results };
}

/** An analysis with its runs. */
export function presentAnalysis(
  analysis: StoredAnalysis,
  runs: readonly Omit<StoredRun, "parameters" | "inputs" | "results">[],
  names: ReadonlyMap<string, string>,
): AnalysisOutput {
  const { country, id, code, name, terrain, terrainName, parameters, version, recordedAt } = analysis;
  return {
    ...{ country, id, code, name, terrain, terrainName, parameters, version, recordedAt },
    recordedBy: analysis.recordedBy && (names.get(analysis.recordedBy) ?? null),
    runs: runs.filter((run) => run.analysis === id).map((run) => presentRunLine(run, names)),
  };
}
