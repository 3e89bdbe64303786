import type { Json } from "../../platform/kernel/canonical-json.ts";
import { Problem } from "../../platform/kernel/problem.ts";
import { profileSchema } from "./profile.ts";
import type { ImportsSetup } from "./routes.ts";
import { importClaims, importFiles } from "./run.ts";
import { findImportById, finishImport, insertImport, noCounts } from "./store.ts";
import type { Uploads } from "./uploads.ts";

/** The name of the job that imports files. */
export const importJob = "imports.run";

interface ImportInput {
  id: string;
  files: string[];
  profile: unknown;
  dryRun: boolean;
  resume: boolean;
}

/**
 * Declares the job behind runs and dry runs. A run that fails before its first row leaves a failed batch, so that
 * whoever follows it learns why; files are removed once they are imported.
 */
export function defineImportJob(setup: ImportsSetup, uploads: Uploads): void {
  const { database, definitions, codeLists, labels, clock } = setup;
  setup.jobs.define(importJob, async (run): Promise<Json> => {
    const input = run.input as unknown as ImportInput;
    const profile = profileSchema.parse(input.profile);
    const country = run.country as string;
    const files = input.files.map((id) => uploads.find(id, run.accountId));
    try {
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
        ...(input.resume ? { resume: input.id } : { importId: input.id }),
        onProgress: ({ bytes, bytesTotal }) =>
          run.progress({ done: bytes, total: bytesTotal, unit: "bytes", step: "import" }),
      });
      if (!input.dryRun && result.status === "done") for (const { id } of files) uploads.remove(id);
      const { read, stored, unchanged, refused, status } = result;
      return { import: input.id, read, stored, unchanged, refused, status };
    } catch (cause) {
      const problem =
        cause instanceof Problem
          ? { code: cause.code, params: { ...cause.params } }
          : { code: "common.internal", params: {} };
      await database.transaction(importClaims(run.accountId, country), async (tx) => {
        if (await findImportById(tx, input.id)) return;
        const remembered = files.map(({ name, size, sha256 }) => ({ name, size, sha256 }));
        const now = clock();
        await insertImport(tx, {
          country,
          id: input.id,
          dryRun: input.dryRun,
          profile,
          files: remembered,
          accountId: run.accountId,
          now,
          job: run.id,
        });
        await finishImport(tx, country, input.id, { status: "failed", counts: noCounts(), now, problem });
      });
      throw cause;
    }
  });
}
