import type { Claims, Database } from "../../platform/database/types.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import type { RecordDefinition } from "../../platform/records/definition.ts";
import { hasUnitBorders, linkFormerUnits } from "../places/index.ts";
import { hasSourceKeys } from "./batch-checks.ts";
import { processChunk, type Run, remarkPlaces } from "./chunk.ts";
import { importProblems } from "./contract.ts";
import { loadKnowledge } from "./knowledge.ts";
import type { ImportOptions, ImportResult } from "./options.ts";
import { routesOf } from "./profile.ts";
import { createRowState, type IdentifiedRow } from "./row-state.ts";
import { openSources, readSources } from "./sources.ts";
import { findImport, finishImport, insertImport, noCounts, reopenImport, type StoredImport } from "./store.ts";
import { prepareRoute } from "./transform.ts";

const chunkRows = 1000;

/** Imports see every record of the country, or they would store unseen ones twice; they may change that country only. */
export function importClaims(accountId: string | null, country: string): Claims {
  return { accountId, baseLevel: 3, countryLevels: {}, organisations: [], writes: [country], administers: false };
}

async function begin(db: Database, options: ImportOptions): Promise<Run> {
  const { country, profile, now, accountId } = options;
  if (options.paths.length === 0) throw new Problem(importProblems["no-files"]);
  const claims = importClaims(accountId, country);
  const prepare = (route: Parameters<typeof prepareRoute>[0]) => prepareRoute(route, options.definitions);
  const routes = routesOf(profile).map(prepare);
  const files = await openSources(options.paths, profile, {
    ...(options.names ? { names: options.names } : {}),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const stores = !options.dryRun;
  const keeps = stores || (options.keep ?? false);
  const remembered = files.map(({ name, size, sha256 }) => ({ name, size, sha256 }));
  const id = options.resume ?? options.claimed ?? newId();
  return db.transaction(claims, async (tx) => {
    let resumed: StoredImport | null = null;
    if (options.resume) {
      resumed = await findImport(tx, country, options.resume, true);
      if (!resumed) throw new Problem(commonProblems["not-found"]);
      if (resumed.status === "done" || resumed.status === "undone" || resumed.dryRun)
        throw new Problem(importProblems["not-resumable"], { status: resumed.status });
      if (resumed.files.map((file) => file.sha256).join() !== remembered.map((file) => file.sha256).join())
        throw new Problem(importProblems["other-files"], { files: resumed.files.map(({ name }) => name) });
      if (!options.claimed) await reopenImport(tx, country, id, now, options.job ?? null);
    } else if (keeps && !options.claimed) {
      await insertImport(tx, {
        country,
        id,
        dryRun: !stores,
        profile,
        files: remembered,
        status: "running",
        accountId,
        now,
        job: options.job ?? null,
      });
    }
    const met = new Map<RecordDefinition, boolean>();
    const knowledge = await loadKnowledge(tx, {
      country,
      profile,
      routes,
      tables: new Map(options.definitions.map(({ type, table }) => [type.name, table])),
      codeLists: options.codeLists,
      labels: options.labels ?? (() => []),
      now,
    });
    return {
      options,
      id,
      claims,
      files,
      counts: resumed?.counts ?? noCounts(),
      rowsDone: resumed?.rowsDone ?? 0,
      stores,
      keeps,
      context: {
        country,
        knowledge,
        dryRun: !stores,
        // The rows of one run never meet each other this way: their keys count the rows of one content.
        metBefore: async (inner, definition) => {
          const known = met.get(definition) ?? (await hasSourceKeys(inner, definition, country, profile.id, id));
          met.set(definition, known);
          return known;
        },
        decimalComma: files.map(({ decimalComma }) => decimalComma),
        digests: new Set(remembered.map(({ sha256 }) => sha256)),
      },
      state: createRowState(profile, prepare),
      places: new Map(),
      otherPositions: new Map(),
      judges: new Map(),
      unitBorders: await hasUnitBorders(tx, country),
      first: { error: [], warning: [] },
      remarkedFiles: new Set(),
      remarked: (resumed?.counts.byCheck["no-units-loaded"] ?? 0) > 0,
    };
  });
}

/** Enters the units of before a reform; they belong to the batch, so that an undo takes them back with it. */
async function linkFormer(db: Database, run: Run): Promise<void> {
  const { definitions, country, accountId, now, sample } = run.options;
  const definition = definitions.find(({ type }) => type.name === "places.unit");
  if (!definition) return;
  const change = { accountId, now, reason: null, importId: run.id, sample: sample ?? false };
  await db.transaction(run.claims, (tx) => linkFormerUnits(tx, definition, country, change));
}

async function end(
  db: Database,
  run: Run,
  status: "done" | "cancelled" | "failed",
  problem: StoredImport["problem"] = null,
) {
  if (!run.keeps) return;
  const { country } = run.options;
  await db.transaction(run.claims, (tx) =>
    finishImport(tx, country, run.id, { status, counts: run.counts, now: new Date(), problem }),
  );
}

/**
 * Imports files as one batch: reads them in chunks of a thousand rows, each stored with its findings in one
 * transaction, so that memory stays flat and an interrupted batch goes on where it stopped. A dry run does the same and
 * stores no record.
 *
 * Every row is stored, unchanged or refused, and nothing else: `read = stored + unchanged + refused`.
 * @throws Problem for a profile that does not fit the record types, a file that cannot be read, another coordinate
 * reference system than the profile says; the batch is then `failed` and what was stored before can be undone
 */
export async function importFiles(db: Database, options: ImportOptions): Promise<ImportResult> {
  const started = performance.now();
  const run = await begin(db, options);
  const bytesTotal = run.files.reduce((sum, { size }) => sum + size, 0);
  const skip = run.rowsDone;
  let seen = 0;
  let bytes = 0;
  let cancelled = false;
  const report = () => {
    const seconds = (performance.now() - started) / 1000;
    const rowsPerSecond = Math.round((run.counts.read - (options.resume ? skip : 0)) / Math.max(seconds, 0.001));
    options.onProgress?.({
      importId: run.id,
      rows: run.counts.read,
      bytes,
      bytesTotal,
      rowsPerSecond,
      counts: run.counts,
    });
  };
  // One chunk is written while the rows of the next are read; never more, so that memory stays flat.
  let writing: Promise<void> = Promise.resolve();
  try {
    let chunk: IdentifiedRow[] = [];
    const flush = async () => {
      await writing;
      if (chunk.length === 0 || cancelled) return;
      const rows = chunk;
      chunk = [];
      writing = processChunk(db, run, rows).then((asked) => {
        cancelled = asked || (options.signal?.aborted ?? false);
        report();
      });
      // An error is thrown at the next wait; until then it must not count as unhandled.
      writing.catch(() => {});
    };
    const reading = {
      onBytes: (read: number) => {
        bytes = read;
      },
      ...(options.signal ? { signal: options.signal } : {}),
    };
    files: for await (const batch of readSources(run.files, options.profile, reading)) {
      for (const placed of batch) {
        const row = run.state.identify(placed);
        // Rows of a batch that goes on are only counted: their outcome is committed.
        if (seen++ < skip) {
          run.remarkedFiles.add(placed.file);
          continue;
        }
        // A key met in an earlier file changes a record that this chunk may be about to make.
        if (chunk.length >= chunkRows || (row.keyMet === "other-file" && chunk.length > 0)) await flush();
        if (cancelled) break files;
        chunk.push(row);
      }
    }
    await flush();
    await writing;
    bytes = cancelled ? bytes : bytesTotal;
    if (!cancelled) await remarkPlaces(db, run);
    if (!cancelled && run.stores && options.profile.succession) await linkFormer(db, run);
    await end(db, run, cancelled ? "cancelled" : "done");
    report();
  } catch (cause) {
    await writing.catch(() => {});
    if (options.signal?.aborted) {
      cancelled = true;
      await end(db, run, "cancelled");
    } else {
      const problem =
        cause instanceof Problem
          ? { code: cause.code, params: { ...cause.params } }
          : { code: "common.internal", params: {} };
      await end(db, run, "failed", problem);
      throw cause;
    }
  }
  const seconds = (performance.now() - started) / 1000;
  return {
    ...run.counts,
    importId: run.id,
    status: cancelled ? "cancelled" : "done",
    dryRun: !run.stores,
    files: run.files.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
    seconds,
    rowsPerSecond: Math.round(run.counts.read / Math.max(seconds, 0.001)),
    firstFindings: [...run.first.error, ...run.first.warning],
  };
}
