import type { Language } from "../../platform/contract/fields.ts";
import { pdfResponse } from "../../platform/documents/index.ts";
import { tableResponse } from "../../platform/files/table-response.ts";
import type { Context, Handlers } from "../../platform/http/handler.ts";
import type { Translator } from "../../platform/i18n/translator.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { presentRecord } from "../../platform/records/presenter.ts";
import { personNames, referencesById, referencesOf } from "../../platform/records/references.ts";
import { findRecord, type StoredRecord } from "../../platform/records/store.ts";
import {
  type Change,
  lockRecord,
  publishStudy,
  saveAction,
  saveConsultation,
  saveEvidence,
  saveFinding,
  saveRecommendation,
  withdrawPart,
} from "./actions.ts";
import { boardOf } from "./board.ts";
import { boardColumns, boardLines } from "./board-file.ts";
import { findProgrammes } from "./board-store.ts";
import { action, consultation, evidence, finding, recommendation, study } from "./contract.ts";
import type { BoardRow, boardRoutes } from "./contract-board.ts";
import type { Sheet, workRoutes } from "./contract-work.ts";
import { commentOn, decide } from "./decisions.ts";
import {
  actionDefinition,
  consultationDefinition,
  evidenceDefinition,
  findingDefinition,
  recommendationDefinition,
  studyDefinition,
} from "./definitions.ts";
import { decisionsAfter, type RecommendationState } from "./model.ts";
import { readStudy } from "./sheet.ts";
import { summaryPdf } from "./summary.ts";

type One = { country: string; id: string };

const today = (context: Context) => context.now.toISOString().slice(0, 10);

const changeOf = (context: Context, country: string, reason: string | null = null): Change => ({
  accountId: context.caller.account?.id ?? null,
  now: context.now,
  reason,
  clearance: context.caller.levelFor(country),
});

/** @throws Problem `common.forbidden` unless the caller has the right in that country */
function demand(context: Context, right: string, country: string): void {
  if (!context.caller.can(right, country)) throw new Problem(commonProblems.forbidden);
}

/** A study, locked, for somebody who may write it. */
async function studyToChange(context: Context, { country, id }: One, right = "studies.write"): Promise<StoredRecord> {
  demand(context, right, country);
  return lockRecord(context.tx, studyDefinition, country, id);
}

async function studyToRead(context: Context, { country, id }: One): Promise<StoredRecord> {
  const record = await findRecord(context.tx, studyDefinition, country, id);
  if (!record || record.withdrawn) throw new Problem(commonProblems["not-found"]);
  return record;
}

const allowedFor = (context: Context, country?: string): string[] => [
  ...(context.caller.can("studies.write", country) ? ["write"] : []),
  ...(context.caller.can("studies.publish", country) ? ["publish"] : []),
];

/** The names behind everything that a sheet mentions. */
async function namesOf(context: Context, sheet: Omit<Sheet, "references" | "allowed">) {
  const { tx } = context;
  return {
    ...(await referencesOf(tx, study, [sheet.record])),
    ...(await referencesOf(tx, evidence, sheet.evidence)),
    ...(await referencesOf(
      tx,
      finding,
      sheet.findings.map(({ record }) => record),
    )),
    ...(await referencesOf(
      tx,
      recommendation,
      sheet.recommendations.map(({ record }) => record),
    )),
    ...(await referencesOf(
      tx,
      consultation,
      sheet.consultations.map(({ record }) => record),
    )),
    ...(await referencesOf(
      tx,
      action,
      sheet.recommendations.flatMap(({ actions }) => actions.map(({ record }) => record)),
    )),
  };
}

/** Handlers of a study's work: the sheet, what is entered, decided and published. */
export function workHandlers(translator: (language: Language) => Translator): Handlers<typeof workRoutes> {
  return {
    async sheet(context, { params }) {
      const full = await readStudy(context.tx, await studyToRead(context, params), today(context));
      const writes = context.caller.can("studies.write", params.country);
      const cleared = context.caller.levelFor(params.country) !== "public";
      const authors = await personNames(
        context.tx,
        cleared ? full.recommendations.flatMap(({ wordings }) => wordings.map(({ recordedBy }) => recordedBy)) : [],
      );
      const sheet = {
        record: presentRecord(studyDefinition, full.record, context) as never,
        evidence: full.evidence.map((record) => presentRecord(evidenceDefinition, record, context) as never),
        findings: full.findings.map((each) => ({
          record: presentRecord(findingDefinition, each.record, context) as never,
          evidence: each.evidence,
        })),
        recommendations: full.recommendations.map((each) => ({
          record: presentRecord(recommendationDefinition, each.record, context) as never,
          outcome: each.outcome,
          findings: each.findings,
          version: each.version,
          wordings: each.wordings.map(({ version, state, wording, consultation, reason, recordedAt, recordedBy }) => ({
            ...{ version, state, wording, consultation, reason, recordedAt },
            author: authors.get(recordedBy ?? "") ?? null,
          })),
          comments: each.comments as Sheet["recommendations"][number]["comments"],
          actions: each.actions.map(({ record, late }) => ({
            record: presentRecord(actionDefinition, record, context) as never,
            late,
          })),
          decisions: writes ? [...decisionsAfter(each.record.values.state as RecommendationState)] : [],
        })),
        consultations: full.consultations.map(({ record, participants }) => ({
          record: presentRecord(consultationDefinition, record, context) as never,
          participants: participants as Sheet["consultations"][number]["participants"],
        })),
        lacks: cleared ? full.lacks : [],
      };
      return { ...sheet, references: await namesOf(context, sheet), allowed: allowedFor(context, params.country) };
    },
    async saveEvidence(context, { params, body }) {
      const of = await studyToChange(context, params);
      const entry = { changed: body.changed ?? null, values: body.values };
      const { id } = await saveEvidence(context.tx, of, entry, changeOf(context, params.country));
      return { id };
    },
    async saveFinding(context, { params, body }) {
      const of = await studyToChange(context, params);
      const entry = { changed: body.changed ?? null, values: body.values, evidence: body.evidence };
      const { id } = await saveFinding(context.tx, of, entry, changeOf(context, params.country));
      return { id };
    },
    async saveRecommendation(context, { params, body }) {
      const of = await studyToChange(context, params);
      const { changed = null, values, findings, wording } = body;
      const entry = { changed, values, findings, wording };
      const { id } = await saveRecommendation(context.tx, of, entry, changeOf(context, params.country));
      return { id };
    },
    async saveConsultation(context, { params, body }) {
      const of = await studyToChange(context, params);
      const entry = { changed: body.changed ?? null, values: body.values, participants: body.participants };
      const { id } = await saveConsultation(context.tx, of, entry, changeOf(context, params.country));
      return { id };
    },
    async saveAction(context, { params, body }) {
      const of = await studyToChange(context, params);
      const entry = { changed: body.changed ?? null, values: body.values, recommendation: body.recommendation };
      const { id } = await saveAction(context.tx, of, entry, changeOf(context, params.country));
      return { id };
    },
    async comment(context, { params, body }) {
      const of = await studyToChange(context, params);
      return { id: await commentOn(context.tx, of, body, changeOf(context, params.country)) };
    },
    async decide(context, { params, body }) {
      const of = await studyToChange(context, params);
      return { version: await decide(context.tx, of, body, changeOf(context, params.country)) };
    },
    async withdraw(context, { params, body }) {
      const of = await studyToChange(context, params);
      await withdrawPart(context.tx, of, body, changeOf(context, params.country, body.reason));
      return { id: body.item };
    },
    async publish(context, { params, body }) {
      const of = await studyToChange(context, params, "studies.publish");
      const { lacks } = await readStudy(context.tx, of, today(context));
      const lacking = lacks.filter(({ severity }) => severity === "error").length;
      const change = changeOf(context, params.country, body.reason);
      const { values } = await publishStudy(context.tx, of, { ...body, lacking }, change);
      return { publishedOn: (values.publishedOn as string | undefined) ?? null };
    },
    async summary(context, { params, query }) {
      const full = await readStudy(context.tx, await studyToRead(context, params), today(context));
      const names = await referencesById(context.tx, {
        organisation: full.recommendations
          .flatMap(({ record, actions }) => [
            record.values.addressee,
            ...actions.map((each) => each.record.values.owner),
          ])
          .concat(full.record.values.lead)
          .filter((id) => typeof id === "string"),
      });
      const options = { language: query.language, translator, names, today: today(context) };
      return pdfResponse(context, String(full.record.values.code), () => summaryPdf(full, options));
    },
  };
}

async function boardNames(context: Context, rows: readonly BoardRow[]) {
  const organisation = rows
    .flatMap(({ addressee, actions }) => [addressee, ...actions.map(({ owner }) => owner)])
    .filter((id) => id !== null);
  return referencesById(context.tx, { organisation });
}

type BoardQuery = Parameters<Handlers<typeof boardRoutes>["board"]>[1]["query"];

const filterOf = (query: Omit<BoardQuery, "limit" | "offset">) => ({
  countries: query.country?.split(","),
  study: query.study,
  programme: query.programme,
  term: query.term,
  sector: query.sector,
  addressee: query.addressee,
  outcome: query.outcome,
});

/** Handlers of the board, which everybody may read as far as studies are published. */
export function boardHandlers(translator: (language: Language) => Translator): Handlers<typeof boardRoutes> {
  return {
    async board(context, { query }) {
      const { rows, counts } = await boardOf(context.tx, filterOf(query), today(context));
      const items = rows.slice(query.offset, query.offset + query.limit);
      return {
        items,
        counts,
        total: rows.length,
        programmes: await findProgrammes(context.tx, query.country?.split(",")),
        references: await boardNames(context, items),
        allowed: allowedFor(context),
      };
    },
    async boardFile(context, { query }) {
      const { rows } = await boardOf(context.tx, filterOf(query), today(context));
      const names = await boardNames(context, rows);
      return tableResponse(boardLines(rows, names, translator(query.language), query.language), {
        name: "recommendations",
        format: query.format,
        fields: boardColumns,
        signal: context.signal,
      });
    },
  };
}
