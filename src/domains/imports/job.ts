import type { Sensitivity } from "../../platform/contract/sensitivity.ts";
import type { Tx } from "../../platform/database/types.ts";
import type { JobRun } from "../../platform/jobs/index.ts";
import type { Json } from "../../platform/kernel/canonical-json.ts";
import { Problem } from "../../platform/kernel/problem.ts";
import { profileSchema } from "./profile.ts";
import { importClaims, importFiles } from "./run.ts";
import type { ImportsSetup } from "./setup.ts";
import { claimImport, endEarly } from "./store.ts";
import type { Uploads } from "./uploads.ts";

/** The name of the job that imports files. */
export const importJob = "imports.run";

interface ImportInput {
  id: string;
  files: string[];
  profile: unknown;
  dryRun: boolean;
  resume: boolean;
  level: Sensitivity;
}

/**
 * Ends a batch that failed before its first row, so that whoever follows it learns why; a batch that has ended stays as
 * it is.
 */
export function failEarly(tx: Tx, country: string, id: string, cause: unknown, now: Date): Promise<void> {
  const problem =
    cause instanceof Problem
      ? { code: cause.code, params: { ...cause.params } }
      : { code: "common.internal", params: {} };
  return endEarly(tx, country, id, ["waiting", "running"], { status: "failed", problem, now });
}

/**
 * Declares the job behind runs and dry runs, which takes up a batch that waits. A batch that was cancelled meanwhile is
 * left alone, one whose job is cancelled before it begins is cancelled with it; files are removed once they are imported.
 */
export function defineImportJob(setup: ImportsSetup, uploads: Uploads): void {
  const { database, definitions, codeLists, labels, clock } = setup;

  const perform = async (run: JobRun, input: ImportInput, country: string): Promise<Json> => {
    const profile = profileSchema.parse(input.profile);
    const files = input.files.map((id) => uploads.find(id, run.accountId));
    const result = await importFiles(database, {
      definitions,
      codeLists,
      ...(labels ? { labels } : {}),
      paths: files.map(({ path }) => path),
      names: files.map(({ name }) => name),
      profile,
      country,
      dryRun: input.dryRun,
      keep: true,
      accountId: run.accountId,
      now: clock(),
      signal: run.signal,
      job: run.id,
      claimed: input.id,
      level: input.level,
      ...(input.resume ? { resume: input.id } : {}),
      onProgress: ({ bytes, bytesTotal }) =>
        run.progress({ done: bytes, total: bytesTotal, unit: "bytes", step: "import" }),
    });
    if (!input.dryRun && result.status === "done") for (const { id } of files) uploads.remove(id);
    const { read, stored, unchanged, refused, status } = result;
    return { import: input.id, read, stored, unchanged, refused, status };
  };

  setup.jobs.define(
    importJob,
    async (run) => {
      const input = run.input as unknown as ImportInput;
      const country = run.country as string;
      const claims = importClaims(run.accountId, country);
      const claimed = await database.transaction(claims, (tx) => claimImport(tx, country, input.id, run.id, clock()));
      if (!claimed) return { import: input.id, status: "cancelled" };
      try {
        return await perform(run, input, country);
      } catch (cause) {
        await database.transaction(claims, (tx) =>
          run.signal.aborted
            ? endEarly(tx, country, input.id, ["running"], { status: "cancelled", now: clock() })
            : failEarly(tx, country, input.id, cause, clock()),
        );
        throw cause;
      }
    },
    async ({ input, accountId, country }) => {
      const { id } = input as unknown as ImportInput;
      await database.transaction(importClaims(accountId, country as string), (tx) =>
        endEarly(tx, country as string, id, ["waiting"], { status: "cancelled", now: clock() }),
      );
    },
  );
}
