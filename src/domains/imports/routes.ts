import { PassThrough, Readable } from "node:stream";
import type { RecordType } from "../../platform/contract/record-type.ts";
import { sensitivityRank } from "../../platform/contract/sensitivity.ts";
import type { Tx } from "../../platform/database/types.ts";
import { type Detected, detect, FileProblem, type ReadOptions, readRows } from "../../platform/files/index.ts";
import { type Context, type Implementation, implement } from "../../platform/http/handler.ts";
import { eventStream } from "../../platform/jobs/event-stream.ts";
import type { Json } from "../../platform/kernel/canonical-json.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { personNames } from "../../platform/records/references.ts";
import { importProblems, routes, uploadLimit } from "./contract.ts";
import { applyFindings, dismissFindings } from "./decide.ts";
import { countFindings, findFindings } from "./finding-store.ts";
import { writeFindings } from "./findings-file.ts";
import { defineImportJob, failEarly, importJob } from "./job.ts";
import { hiddenColumns, presentFinding, presentImport } from "./presenter.ts";
import { type Profile, routesOf } from "./profile.ts";
import { importClaims } from "./run.ts";
import type { ImportsSetup } from "./setup.ts";
import { shippedProfile, shippedProfiles } from "./shipped.ts";
import { fileProblem } from "./sources.ts";
import {
  awaitImport,
  findImportById,
  insertImport,
  listImports,
  listProfiles,
  removeProfile,
  requestCancel,
  type StoredImport,
  saveProfile,
} from "./store.ts";
import { suggestMapping } from "./suggest.ts";
import { fittingProfiles } from "./suggested-profile.ts";
import { prepareRoute } from "./transform.ts";
import { undoImport } from "./undo.ts";
import { createUploads, type Upload } from "./uploads.ts";

const weekMs = 7 * 86_400_000;
const shownRows = 10;

function demand(context: Context, right: string, country: string): void {
  if (!context.caller.can(right, country)) throw new Problem(commonProblems.forbidden, { right });
}

const accountOf = (context: Context) => context.caller.account?.id ?? null;

async function find(tx: Tx, context: Context, id: string, right: string): Promise<StoredImport> {
  const entry = await findImportById(tx, id);
  if (!entry || !context.caller.can("imports.read", entry.country)) throw new Problem(commonProblems["not-found"]);
  demand(context, right, entry.country);
  return entry;
}

async function present(tx: Tx, context: Context, entries: readonly StoredImport[]) {
  const names = await personNames(
    tx,
    entries.map(({ accountId }) => accountId),
  );
  return entries.map((entry) => presentImport(entry, context.caller, names, context.now));
}

const remembered = ({ name, size, sha256 }: Upload) => ({ name, size, sha256 });

async function look(name: string, path: string, options: ReadOptions): Promise<Detected> {
  try {
    return await detect(path, options);
  } catch (cause) {
    throw cause instanceof FileProblem ? fileProblem(name, cause) : cause;
  }
}

/**
 * The routes of imports with their handlers. Long work runs as jobs; a run answers with the id of its batch, which
 * the events route follows.
 */
export function createImports(setup: ImportsSetup): Implementation {
  const { definitions, jobs } = setup;
  const uploads = createUploads(setup.directory);
  uploads.purge(weekMs, setup.clock());
  defineImportJob(setup, uploads);

  const check = (profile: Profile) => {
    for (const each of routesOf(profile)) prepareRoute(each, definitions);
  };
  const typeOf = (name: string): RecordType => {
    const definition = definitions.find(({ type }) => type.name === name);
    if (!definition) throw new Problem(importProblems["unknown-record-type"], { recordType: name });
    return definition.type;
  };
  const start = async (
    context: Context,
    body: { country: string; files: string[]; profile: Profile; resume?: string | undefined },
    dryRun: boolean,
  ) => {
    demand(context, "imports.run", body.country);
    check(body.profile);
    const accountId = accountOf(context);
    const files = body.files.map((file) => uploads.find(file, accountId)).map(remembered);
    const id = body.resume ?? newId();
    const { country, profile } = body;
    // The batch is there, waiting, before the answer leaves: whoever follows it finds it at once.
    const { tx, now } = context;
    if (body.resume) await awaitImport(tx, country, id, now);
    else await insertImport(tx, { country, id, dryRun, profile, files, status: "waiting", accountId, now });
    const input = {
      ...{ id, files: body.files, profile, dryRun, resume: body.resume !== undefined },
      level: context.caller.levelFor(country),
    };
    // The job is entered after the commit: the embedded database has one session, which this request holds.
    context.afterCommit(async () => {
      try {
        await jobs.enter({ name: importJob, input: input as unknown as Json, accountId, country });
      } catch (cause) {
        await setup.database.transaction(importClaims(accountId, country), (own) =>
          failEarly(own, country, id, cause, setup.clock()),
        );
        throw cause;
      }
    });
    return { id };
  };

  return implement(routes, {
    async upload(context, { query }) {
      const stream = context.request.body;
      if (!stream) throw new Problem(importProblems["upload-empty"], { file: query.name });
      const body = stream as unknown as AsyncIterable<Uint8Array>;
      const { id, name, size, sha256 } = await uploads.save(query.name, body, uploadLimit, accountOf(context));
      return { id, name, size, sha256 };
    },
    async detect(context, { params, query }) {
      const file = uploads.find(params.id, accountOf(context));
      const options = Object.fromEntries(
        Object.entries(query).filter(([, value]) => value !== undefined),
      ) as ReadOptions;
      const detected = await look(file.name, file.path, options);
      const rows: Record<string, string | number | boolean | null>[] = [];
      for await (const row of readRows(file.path, {
        ...options,
        ...(detected.layer ? { layer: detected.layer } : {}),
      })) {
        rows.push(row.fields);
        if (rows.length >= shownRows) break;
      }
      return {
        file,
        detected: {
          ...detected,
          warnings: detected.warnings.map(({ code, params: p }) => ({ code, params: { ...p } })),
        },
        rows,
      };
    },
    async removeFile(context, { params }) {
      uploads.remove(uploads.find(params.id, accountOf(context)).id);
      return undefined;
    },
    async profiles(context, { query }) {
      demand(context, "imports.read", query.country);
      const saved = await listProfiles(context.tx, query.country);
      const shipped = shippedProfiles().filter(({ country }) => !country || country === query.country);
      return {
        items: [
          ...saved.map((profile) => ({ profile, shipped: false })),
          ...shipped.map((profile) => ({ profile, shipped: true })),
        ],
      };
    },
    async saveProfile(context, { body }) {
      demand(context, "imports.run", body.country);
      if (shippedProfile(body.profile.id))
        throw new Problem(importProblems["profile-shipped"], { profile: body.profile.id });
      check(body.profile);
      await saveProfile(context.tx, body.country, body.profile, accountOf(context), context.now);
      return { profile: body.profile };
    },
    async removeProfile(context, { params }) {
      demand(context, "imports.run", params.country);
      if (shippedProfile(params.profile))
        throw new Problem(importProblems["profile-shipped"], { profile: params.profile });
      if (!(await removeProfile(context.tx, params.country, params.profile)))
        throw new Problem(commonProblems["not-found"]);
      return undefined;
    },
    async suggest(context, { params, query }) {
      demand(context, "imports.run", query.country);
      const file = uploads.find(params.id, accountOf(context));
      const detected = await look(file.name, file.path, {});
      const suggestion = suggestMapping(detected, typeOf(query.recordType), setup.fieldLabels);
      const known = [...(await listProfiles(context.tx, query.country)), ...shippedProfiles()];
      const fits = fittingProfiles(
        detected,
        known.filter(({ country }) => !country || country === query.country),
      );
      return { ...suggestion, position: suggestion.position ? { ...suggestion.position } : null, fits };
    },
    dryRun: async (context, { body }) => start(context, body, true),
    async run(context, { body }) {
      const { resume, profile } = body;
      if (!resume) {
        if (!profile)
          throw new Problem(commonProblems["invalid-input"], {}, [{ path: "profile", code: "field.invalid-type" }]);
        return start(context, { country: body.country, files: body.files, profile }, false);
      }
      const entry = await find(context.tx, context, resume, "imports.run");
      const [shown] = await present(context.tx, context, [entry]);
      if (entry.country !== body.country || !shown?.allowed.includes("resume"))
        throw new Problem(importProblems["not-resumable"], { status: entry.status });
      const sent = body.files.map((file) => uploads.find(file, accountOf(context)).sha256);
      if (entry.files.map(({ sha256 }) => sha256).join() !== sent.join())
        throw new Problem(importProblems["other-files"], { files: entry.files.map(({ name }) => name) });
      return start(context, { country: body.country, files: body.files, profile: entry.profile, resume }, false);
    },
    async list(context, { query }) {
      demand(context, "imports.read", query.country);
      const entries = await listImports(context.tx, query.country, query);
      return {
        items: await present(context.tx, context, entries),
        allowed: context.caller.can("imports.run", query.country) ? ["run"] : [],
      };
    },
    async get(context, { params }) {
      const entry = await find(context.tx, context, params.id, "imports.read");
      const [shown] = await present(context.tx, context, [entry]);
      return shown as NonNullable<typeof shown>;
    },
    async events(context, { params }) {
      await find(context.tx, context, params.id, "imports.read");
      // The stream begins inside the request's transaction; each look is a short one of its own, once that has ended.
      const ended = new Promise<void>((resolve) => context.afterCommit(resolve));
      const read = async () => {
        await ended;
        return setup.database.transaction(
          context.caller.claims,
          async (tx) => {
            const entry = await find(tx, context, params.id, "imports.read");
            return (await present(tx, { ...context, now: setup.clock() }, [entry]))[0];
          },
          { readOnly: true },
        );
      };
      const subscribe = (changed: () => void) => {
        const timer = setInterval(changed, 700);
        return () => clearInterval(timer);
      };
      return eventStream(
        "import",
        read,
        subscribe,
        (value) => !["waiting", "running"].includes(value?.status ?? ""),
        context.request.signal,
      );
    },
    async findings(context, { params, query }) {
      const { tx } = context;
      const entry = await find(tx, context, params.id, "imports.read");
      const { after, limit, ...filter } = query;
      const page = await findFindings(tx, entry.country, entry.id, filter, { after, limit });
      const level = sensitivityRank(context.caller.levelFor(entry.country));
      const hidden = hiddenColumns(entry.profile, definitions, level);
      return {
        items: page.map((finding) => presentFinding(finding, entry, definitions, level, hidden)),
        counts: await countFindings(tx, entry.country, entry.id),
        next: page.length === limit ? (page.at(-1)?.id ?? null) : null,
      };
    },
    async findingsFile(context, { params, query }) {
      const entry = await find(context.tx, context, params.id, "imports.read");
      const { format, language, ...filter } = query;
      const level = sensitivityRank(context.caller.levelFor(entry.country));
      const hidden = hiddenColumns(entry.profile, definitions, level);
      const stream = new PassThrough({ highWaterMark: 1 << 18 });
      const presentOne = (finding: Awaited<ReturnType<typeof findFindings>>[number]) => ({
        ...finding,
        ...presentFinding(finding, entry, definitions, level, hidden),
        file: finding.file,
        row: finding.row,
        geometry: level >= 1 ? finding.geometry : null,
      });
      // Begins after this request's transaction is over, for the reading has transactions of its own.
      context.afterCommit(() => {
        const reading = { database: setup.database, claims: context.caller.claims, present: presentOne };
        writeFindings(reading, entry, filter, setup.translator(language), { format, stream }).catch((cause: Error) =>
          stream.destroy(cause),
        );
      });
      const type =
        format === "csv"
          ? "text/csv; charset=utf-8"
          : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
      return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
        headers: {
          "content-type": type,
          "content-disposition": `attachment; filename="findings-${entry.id}.${format}"`,
        },
      });
    },
    async apply(context, { params, body }) {
      const entry = await find(context.tx, context, params.id, "imports.run");
      return applyFindings(context.tx, definitions, { country: entry.country, importId: entry.id }, body.which, {
        accountId: accountOf(context),
        now: context.now,
        reason: body.reason,
      });
    },
    async dismiss(context, { params, body }) {
      const entry = await find(context.tx, context, params.id, "imports.run");
      const decision = { accountId: accountOf(context), now: context.now };
      return {
        dismissed: await dismissFindings(
          context.tx,
          { country: entry.country, importId: entry.id },
          body.which,
          decision,
        ),
      };
    },
    async cancel(context, { params }) {
      const entry = await find(context.tx, context, params.id, "imports.run");
      await requestCancel(context.tx, entry.country, entry.id, context.now);
      return undefined;
    },
    async undo(context, { params, body }) {
      const entry = await find(context.tx, context, params.id, "imports.undo");
      await undoImport(context.tx, definitions, entry, {
        accountId: accountOf(context),
        now: context.now,
        reason: body.reason,
        signal: context.signal,
      });
      const [shown] = await present(context.tx, context, [await find(context.tx, context, params.id, "imports.undo")]);
      return shown as NonNullable<typeof shown>;
    },
  });
}
