import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import type { Finding, Parameters, Results } from "./contract.ts";
import type { LayerName, RunState } from "./model.ts";

/** Bytes of one stored part: a backup reads a thousand rows at a time, and they must fit in memory together. */
const partSize = 65_536;
/** Parts that travel in one statement. */
const partsAtOnce = 16;

/** Where a grid lies, as `@santi/travel-time` has it. */
export interface StoredGrid {
  columns: number;
  rows: number;
  west: number;
  north: number;
  cellWidth: number;
  cellHeight: number;
  epsg?: number;
}

/** Invented ground that can be made again: which window, by which seed. */
export interface Recipe {
  window: string;
  seed: string;
}

/** A file of a terrain or a run, without its bytes. */
export interface StoredFile {
  name: string;
  fileName: string;
  mediaType: string;
  sha256: string;
  size: number;
  recordedAt: string;
}

/** A terrain as stored. */
export interface StoredTerrain {
  country: string;
  id: string;
  name: string;
  kind: "files" | "sample";
  recipe: Recipe | null;
  source: string | null;
  grid: StoredGrid | null;
  bounds: number[] | null;
  findings: Finding[];
  ready: boolean;
  sensitivity: number;
  sample: boolean;
  recordedAt: string;
  files: (StoredFile & { name: LayerName })[];
}

const terrainColumns = sql`t.country, t.id, t.name, t.kind, t.recipe, t.source, t.grid, t.bounds, t.findings, t.ready,
  t.sensitivity, t.sample, t.recorded_at as "recordedAt",
  coalesce((select jsonb_agg(jsonb_build_object('name', f.name, 'fileName', f.file_name, 'mediaType', f.media_type,
      'sha256', f.sha256, 'size', f.size, 'recordedAt', f.recorded_at) order by f.name)
    from access_to_care_file f where f.country = t.country and f.owner = t.id), '[]') as files`;

/** The terrains that the caller sees, of one country or all. */
export async function findTerrains(tx: Tx, country: string | undefined): Promise<StoredTerrain[]> {
  const { rows } = await sql<StoredTerrain>`select ${terrainColumns} from access_to_care_terrain t
    where not t.withdrawn and (${country ?? null}::text is null or t.country = ${country ?? null})
    order by t.country, t.name, t.id`.execute(tx);
  return rows;
}

/** One terrain, or null when there is none for the caller. */
export async function findTerrain(tx: Tx, country: string, id: string): Promise<StoredTerrain | null> {
  const { rows } = await sql<StoredTerrain>`select ${terrainColumns} from access_to_care_terrain t
    where t.country = ${country} and t.id = ${id} and not t.withdrawn`.execute(tx);
  return rows[0] ?? null;
}

/** Stores a new terrain. */
export async function insertTerrain(
  tx: Tx,
  t: Omit<StoredTerrain, "files" | "findings"> & { recordedBy: string | null },
): Promise<void> {
  await sql`insert into access_to_care_terrain (country, id, name, kind, recipe, source, grid, bounds, ready, sensitivity,
      sample, recorded_at, recorded_by)
    values (${t.country}, ${t.id}, ${t.name}, ${t.kind}, ${t.recipe && JSON.stringify(t.recipe)}::jsonb, ${t.source},
      ${t.grid && JSON.stringify(t.grid)}::jsonb, ${t.bounds && JSON.stringify(t.bounds)}::jsonb, ${t.ready},
      ${t.sensitivity}, ${t.sample}, ${t.recordedAt}, ${t.recordedBy})`.execute(tx);
}

/** Writes down what was found out about the files of a terrain. */
export async function updateTerrain(
  tx: Tx,
  t: Pick<StoredTerrain, "country" | "id" | "grid" | "bounds" | "findings" | "ready">,
): Promise<void> {
  await sql`update access_to_care_terrain set grid = ${t.grid && JSON.stringify(t.grid)}::jsonb,
      bounds = ${t.bounds && JSON.stringify(t.bounds)}::jsonb, findings = ${JSON.stringify(t.findings)}::jsonb, ready = ${t.ready}
    where country = ${t.country} and id = ${t.id}`.execute(tx);
}

/** Whether some run has used a terrain: its files must then stay as they are. */
export async function isTerrainUsed(tx: Tx, country: string, id: string): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`select exists (select from access_to_care_run r
      join access_to_care_analysis a on a.country = r.country and a.id = r.analysis
      where a.country = ${country} and (a.terrain = ${id} or r.inputs -> 'terrain' ->> 'id' = ${id})) as used`.execute(
    tx,
  );
  return rows[0]?.used ?? false;
}

/** Stores a file of a terrain or a run, in place of an earlier one of the same name. */
export async function storeFile(
  tx: Tx,
  owner: { country: string; id: string; sensitivity: number; sample: boolean },
  file: Omit<StoredFile, "size">,
  bytes: Uint8Array,
): Promise<void> {
  const { country, id } = owner;
  await sql`delete from access_to_care_part where country = ${country} and owner = ${id} and name = ${file.name}`.execute(
    tx,
  );
  await sql`delete from access_to_care_file where country = ${country} and owner = ${id} and name = ${file.name}`.execute(
    tx,
  );
  await sql`insert into access_to_care_file (country, owner, name, file_name, media_type, sha256, size, sensitivity, sample,
      recorded_at)
    values (${country}, ${id}, ${file.name}, ${file.fileName}, ${file.mediaType}, ${file.sha256}, ${bytes.length},
      ${owner.sensitivity}, ${owner.sample}, ${file.recordedAt})`.execute(tx);
  const parts = Math.ceil(bytes.length / partSize);
  for (let first = 0; first < parts; first += partsAtOnce) {
    const rows = Array.from({ length: Math.min(partsAtOnce, parts - first) }, (_, i) => {
      const part = first + i;
      const piece = Buffer.from(bytes.subarray(part * partSize, (part + 1) * partSize));
      return sql`(${country}, ${id}::uuid, ${file.name}, ${part}::integer, ${piece}::bytea)`;
    });
    await sql`insert into access_to_care_part (country, owner, name, part, bytes) values ${sql.join(rows)}`.execute(tx);
  }
}

/** The bytes of a file; null when there is none for the caller. */
export async function readFile(tx: Tx, country: string, owner: string, name: string): Promise<Buffer | null> {
  const { rows } = await sql<{ bytes: Buffer }>`select bytes from access_to_care_part
    where country = ${country} and owner = ${owner} and name = ${name} order by part`.execute(tx);
  return rows.length === 0 ? null : Buffer.concat(rows.map(({ bytes }) => bytes));
}

/** An analysis as stored: its newest version. */
export interface StoredAnalysis {
  country: string;
  id: string;
  code: string;
  name: string;
  terrain: string;
  terrainName: string;
  parameters: Parameters;
  version: number;
  sensitivity: number;
  sample: boolean;
  recordedAt: string;
  recordedBy: string | null;
}

const analysisColumns = sql`a.country, a.id, a.code, a.name, a.terrain, t.name as "terrainName", a.parameters, a.version,
  a.sensitivity, a.sample, a.recorded_at as "recordedAt", a.recorded_by as "recordedBy"`;

/** Analyses, newest first: one, those of a country, or all that the caller sees. */
export async function findAnalyses(
  tx: Tx,
  wanted: { country?: string | undefined; id?: string },
): Promise<StoredAnalysis[]> {
  const { rows } = await sql<StoredAnalysis>`select ${analysisColumns} from access_to_care_analysis a
      join access_to_care_terrain t on t.country = a.country and t.id = a.terrain
    where not a.withdrawn and (${wanted.country ?? null}::text is null or a.country = ${wanted.country ?? null})
      and (${wanted.id ?? null}::uuid is null or a.id = ${wanted.id ?? null}::uuid)
    order by a.recorded_at desc, a.id`.execute(tx);
  return rows;
}

/** Analyses of one code in a country: for the command line. */
export async function findAnalysisByCode(tx: Tx, code: string): Promise<StoredAnalysis[]> {
  const { rows } = await sql<StoredAnalysis>`select ${analysisColumns} from access_to_care_analysis a
      join access_to_care_terrain t on t.country = a.country and t.id = a.terrain
    where not a.withdrawn and (a.code = ${code} or a.id::text = ${code})`.execute(tx);
  return rows;
}

/** The next number of an analysis in a country. */
export async function nextAnalysisNumber(tx: Tx, country: string): Promise<number> {
  const { rows } = await sql<{ last: number }>`insert into code_counter (country, name, last)
    values (${country}, 'access-to-care', 1)
    on conflict (country, name) do update set last = code_counter.last + 1 returning last`.execute(tx);
  return Number(rows[0]?.last ?? 1);
}

type NewAnalysis = Omit<StoredAnalysis, "terrainName" | "version">;

/** Stores the first version of an analysis. */
export async function insertAnalysis(tx: Tx, a: NewAnalysis): Promise<void> {
  await sql`insert into access_to_care_analysis (country, id, code, name, terrain, parameters, sensitivity, sample,
      recorded_at, recorded_by)
    values (${a.country}, ${a.id}, ${a.code}, ${a.name}, ${a.terrain}, ${JSON.stringify(a.parameters)}::jsonb,
      ${a.sensitivity}, ${a.sample}, ${a.recordedAt}, ${a.recordedBy})`.execute(tx);
}

/** Stores the next version of an analysis. @returns false when somebody else changed it meanwhile */
export async function updateAnalysis(
  tx: Tx,
  a: Pick<NewAnalysis, "country" | "id" | "name" | "terrain" | "parameters" | "recordedAt" | "recordedBy">,
  version: number,
): Promise<boolean> {
  const { rows } = await sql`update access_to_care_analysis set name = ${a.name}, terrain = ${a.terrain},
      parameters = ${JSON.stringify(a.parameters)}::jsonb, version = version + 1, recorded_at = ${a.recordedAt},
      recorded_by = ${a.recordedBy}
    where country = ${a.country} and id = ${a.id} and version = ${version} returning id`.execute(tx);
  return rows.length === 1;
}

/** What went into a run: the ground, and frozen files by name. */
export interface FrozenInputs {
  terrain: { id: string; name: string; recipe: Recipe | null };
  files: { name: string; version: string; sha256: string; size: number; records: number | null }[];
  /** What to know about the inputs themselves, as that small counts are left out. */
  findings: Finding[];
}

/** A run as stored. */
export interface StoredRun {
  country: string;
  id: string;
  analysis: string;
  version: number;
  repeats: string | null;
  parameters: Parameters;
  inputs: FrozenInputs;
  state: RunState;
  job: string | null;
  results: Results | null;
  resultsSha256: string | null;
  problem: { code: string; params: Record<string, unknown> } | null;
  sensitivity: number;
  sample: boolean;
  recordedAt: string;
  recordedBy: string | null;
  finishedAt: string | null;
}

/** Whether the job behind a run ended without the run: the node was stopped meanwhile. */
const leftBehind = sql`(r.finished_at is null and exists (select from job j where j.id = r.job
  and j.state in ('interrupted', 'failed', 'cancelled')))`;
const stateNow = sql`case when ${leftBehind} then 'failed' else r.state end as state,
  case when ${leftBehind} then '{"code":"access-to-care.interrupted","params":{}}'::jsonb else r.problem end as problem`;

const runColumns = sql`r.country, r.id, r.analysis, r.version, r.repeats, r.parameters, r.inputs, ${stateNow}, r.job, r.results,
  r.results_sha256 as "resultsSha256", r.sensitivity, r.sample, r.recorded_at as "recordedAt",
  r.recorded_by as "recordedBy", r.finished_at as "finishedAt"`;

/** One run, or null when there is none for the caller. */
export async function findRun(tx: Tx, country: string, id: string): Promise<StoredRun | null> {
  const { rows } = await sql<StoredRun>`select ${runColumns} from access_to_care_run r
    where r.country = ${country} and r.id = ${id}`.execute(tx);
  return rows[0] ?? null;
}

/** The runs of some analyses, newest first, without what is large. */
export async function findRuns(
  tx: Tx,
  analyses: readonly string[],
): Promise<Omit<StoredRun, "parameters" | "inputs" | "results">[]> {
  if (analyses.length === 0) return [];
  const { rows } = await sql<StoredRun>`select r.country, r.id, r.analysis, r.version, r.repeats, ${stateNow}, r.job,
      r.results_sha256 as "resultsSha256", r.sensitivity, r.sample, r.recorded_at as "recordedAt",
      r.recorded_by as "recordedBy", r.finished_at as "finishedAt"
    from access_to_care_run r where r.analysis = any (${[...analyses]}::uuid[])
    order by r.recorded_at desc, r.id`.execute(tx);
  return rows;
}

/** Stores a run that waits for its job. */
export async function insertRun(
  tx: Tx,
  r: Omit<StoredRun, "state" | "job" | "results" | "resultsSha256" | "problem" | "finishedAt">,
): Promise<void> {
  await sql`insert into access_to_care_run (country, id, analysis, version, repeats, parameters, inputs, state, sensitivity,
      sample, recorded_at, recorded_by)
    values (${r.country}, ${r.id}, ${r.analysis}, ${r.version}, ${r.repeats}, ${JSON.stringify(r.parameters)}::jsonb,
      ${JSON.stringify(r.inputs)}::jsonb, 'waiting', ${r.sensitivity}, ${r.sample}, ${r.recordedAt}, ${r.recordedBy})`.execute(
    tx,
  );
}

/** Takes up a run that waits. @returns false when it does not wait any more */
export async function claimRun(tx: Tx, country: string, id: string, job: string | null): Promise<boolean> {
  const { rows } = await sql`update access_to_care_run set state = 'running', job = ${job}
    where country = ${country} and id = ${id} and state = 'waiting' returning id`.execute(tx);
  return rows.length === 1;
}

/** Names the job behind a run, so that its progress can be followed before it begins. */
export async function nameJob(tx: Tx, country: string, id: string, job: string): Promise<void> {
  await sql`update access_to_care_run set job = ${job}
    where country = ${country} and id = ${id} and state = 'waiting'`.execute(tx);
}

/** Ends a run, once. */
export async function finishRun(
  tx: Tx,
  run: { country: string; id: string },
  end:
    | { state: "done"; results: Results; resultsText: string; sha256: string; now: string }
    | { state: "failed" | "cancelled"; problem: StoredRun["problem"]; now: string },
): Promise<void> {
  const done = end.state === "done";
  await sql`update access_to_care_run set state = ${end.state}, finished_at = ${end.now},
      results = ${done ? end.resultsText : null}::jsonb, results_sha256 = ${done ? end.sha256 : null},
      problem = ${!done && end.problem ? JSON.stringify(end.problem) : null}::jsonb
    where country = ${run.country} and id = ${run.id} and state in ('waiting', 'running')`.execute(tx);
}
