import { type Language, languages } from "../../platform/contract/fields.ts";
import { programClaims } from "../../platform/database/types.ts";
import { pdfResponse, renderPdf } from "../../platform/documents/index.ts";
import type { Context, Handlers } from "../../platform/http/handler.ts";
import type { Translator } from "../../platform/i18n/translator.ts";
import type { Jobs } from "../../platform/jobs/index.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { personNames, type Reference, referencesById } from "../../platform/records/references.ts";
import {
  type Acting,
  changeAnalysis,
  createAnalysis,
  createTerrain,
  demandAnalysis,
  demandTerrain,
  enterRun,
  takeLayer,
} from "./actions.ts";
import { accessToCareProblems, type Results, type routes } from "./contract.ts";
import { downloadRun } from "./downloads.ts";
import type { EngineThread } from "./engine/thread.ts";
import { methodText } from "./method.ts";
import { presentAnalysis, presentRun, presentTerrain } from "./presenter.ts";
import { studyReport } from "./report.ts";
import { analysisJob } from "./run-job.ts";
import { memoryLimit } from "./settings.ts";
import { findAnalyses, findRun, findRuns, findTerrains, nameJob, readFile, type StoredRun } from "./store.ts";

/** Largest file of a layer, in bytes. */
const layerLimit = 256_000_000;

/** What the handlers need beside a request. */
export interface HandlerSetup {
  jobs: Pick<Jobs, "enter">;
  thread: EngineThread;
  translator(language: Language): Translator;
}

const acting = ({ caller, now }: Context): Acting => ({
  accountId: caller.account?.id ?? null,
  now,
  level: (country) => caller.levelFor(country),
});

function demand({ caller }: Context, right: string, country: string): void {
  if (!caller.can(right, country)) throw new Problem(commonProblems.forbidden, { right });
}

const allowed = ({ caller }: Context, country: string | undefined) =>
  caller.can("access-to-care.run", country) ? ["run"] : [];

const languageOf = (text: string): Language => languages.find((language) => language === text) ?? "en";

/** The units that results name. */
export const unitsOfResults = (results: Results | null): string[] => [
  ...new Set(
    [...(results?.units ?? []), ...(results?.siting ?? [])].flatMap(({ unit }) => (unit === null ? [] : [unit])),
  ),
];

async function demandRun(context: Context, country: string, id: string): Promise<StoredRun> {
  const run = await findRun(context.tx, country, id);
  if (!run) throw new Problem(commonProblems["not-found"]);
  return run;
}

/** A run whose results are there, with the names of its units. */
async function demandResults(
  context: Context,
  country: string,
  id: string,
): Promise<{ run: StoredRun & { results: Results }; references: Record<string, Reference> }> {
  const run = await demandRun(context, country, id);
  const { results } = run;
  if (!results) throw new Problem(accessToCareProblems["not-finished"]);
  return { run: { ...run, results }, references: await referencesById(context.tx, { unit: unitsOfResults(results) }) };
}

async function bodyOf(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > layerLimit) throw new Problem(commonProblems["too-large"], { limit: layerLimit });
    chunks.push(chunk);
  }
  if (size === 0) throw new Problem(accessToCareProblems["layer-unreadable"], { layer: "" });
  return Buffer.concat(chunks);
}

/** The handlers of ground, analyses and runs. */
export function accessHandlers({ jobs, thread, translator }: HandlerSetup): Handlers<typeof routes> {
  return {
    async terrains(context, { query }) {
      const limit = await memoryLimit(context.tx);
      const found = await findTerrains(context.tx, query.country);
      return {
        items: found.map((terrain) => presentTerrain(terrain, limit)),
        allowed: allowed(context, query.country),
      };
    },
    async createTerrain(context, { body }) {
      demand(context, "access-to-care.run", body.country);
      return presentTerrain(await createTerrain(context.tx, body, acting(context)), await memoryLimit(context.tx));
    },
    async uploadLayer(context, { params, query }) {
      demand(context, "access-to-care.run", params.country);
      const terrain = await demandTerrain(context.tx, params.country, params.id);
      const bytes = await bodyOf(context.request);
      const taken = await takeLayer(
        context.tx,
        terrain,
        { layer: params.layer, fileName: query.name, bytes },
        (layers) => thread.ask({ kind: "inspect" as const, layers, resample: query.resample }),
        acting(context),
      );
      return presentTerrain(taken, await memoryLimit(context.tx));
    },
    async analyses(context, { query }) {
      const found = await findAnalyses(context.tx, query);
      const runs = await findRuns(
        context.tx,
        found.map(({ id }) => id),
      );
      const names = await personNames(
        context.tx,
        [...found, ...runs].map(({ recordedBy }) => recordedBy),
      );
      return {
        items: found.map((analysis) => presentAnalysis(analysis, runs, names)),
        allowed: allowed(context, query.country),
      };
    },
    async analysis(context, { params }) {
      const analysis = await demandAnalysis(context.tx, params.country, params.id);
      const runs = await findRuns(context.tx, [analysis.id]);
      const names = await personNames(
        context.tx,
        [analysis, ...runs].map(({ recordedBy }) => recordedBy),
      );
      return { ...presentAnalysis(analysis, runs, names), allowed: allowed(context, params.country) };
    },
    async createAnalysis(context, { body }) {
      demand(context, "access-to-care.run", body.country);
      return presentAnalysis(await createAnalysis(context.tx, body, acting(context)), [], new Map());
    },
    async changeAnalysis(context, { params, body }) {
      demand(context, "access-to-care.run", params.country);
      const changed = await changeAnalysis(context.tx, { ...params, ...body }, acting(context));
      return presentAnalysis(changed, await findRuns(context.tx, [changed.id]), new Map());
    },
    async run(context, { params, body }) {
      const { country } = params;
      demand(context, "access-to-care.run", country);
      const analysis = await demandAnalysis(context.tx, country, params.id);
      const run = await enterRun(context.tx, analysis, body.repeat, acting(context));
      const output = presentRun(run, new Map());
      context.afterCommit(async () => {
        const input = { country, id: run.id };
        const job = await jobs.enter({
          name: analysisJob,
          input,
          country,
          accountId: context.caller.account?.id ?? null,
        });
        await context.database.transaction(programClaims, (tx) => nameJob(tx, country, run.id, job));
        output.job = job;
      });
      return output;
    },
    async getRun(context, { params, query }) {
      const run = await demandRun(context, params.country, params.id);
      const { parameters, inputs, results } = run;
      const facts = { parameters, terrain: inputs.terrain.name, results };
      return {
        run: presentRun(run, await personNames(context.tx, [run.recordedBy])),
        references: await referencesById(context.tx, { unit: unitsOfResults(results) }),
        method: methodText(facts, translator(languageOf(query.language))),
        allowed: allowed(context, params.country),
      };
    },
    async download(context, { params, query }) {
      const { run, references } = await demandResults(context, params.country, params.id);
      const analysis = await demandAnalysis(context.tx, run.country, run.analysis);
      const read = (name: string) => readFile(context.tx, run.country, run.id, name);
      return downloadRun({ run, analysis, references, read, signal: context.signal }, query);
    },
    async report(context, { params, query }) {
      const { run, references } = await demandResults(context, params.country, params.id);
      const analysis = await demandAnalysis(context.tx, run.country, run.analysis);
      const names = await personNames(context.tx, [run.recordedBy]);
      const language = languageOf(query.language);
      const images = {
        main: await readFile(context.tx, run.country, run.id, "map"),
        open: await readFile(context.tx, run.country, run.id, "map-open"),
      };
      const by = run.recordedBy ? (names.get(run.recordedBy) ?? null) : null;
      const model = studyReport({ run, analysis, references, images, by }, language, translator);
      return pdfResponse(context, analysis.code, () =>
        renderPdf("document.typ", model, {
          ...{ language, country: run.country, title: model.title.own },
          // The report of a run is the same whenever it is asked for.
          now: new Date(run.finishedAt ?? run.recordedAt),
        }),
      );
    },
  };
}
