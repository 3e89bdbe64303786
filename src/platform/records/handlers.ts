import type { RecordRoutes } from "../contract/record-routes.ts";
import { clearedFields, type RecordValues } from "../contract/record-type.ts";
import type { Context, Handlers } from "../http/handler.ts";
import { commonProblems, Problem } from "../kernel/problem.ts";
import { correctRecord, createRecords, differences, findingsProblem } from "./actions.ts";
import { unknownCodes } from "./codes.ts";
import type { RecordDefinition } from "./definition.ts";
import { exportRecords } from "./export.ts";
import { presentRecord } from "./presenter.ts";
import { countRecords, countRecordsBy, listRecords } from "./query.ts";
import { personNames, referencesOf } from "./references.ts";
import { findRecord, findRevisions, listRowsFor, type StoredRecord } from "./store.ts";

/** The country that a list is about, when it is about one. */
const oneCountry = (asked: string | undefined) => (asked && !asked.includes(",") ? asked : null);

/** The handlers of `recordRoutes`, the same for every record type. */
export function recordHandlers(
  definition: RecordDefinition,
  rights: { read: string; correct: string },
): Handlers<RecordRoutes> {
  const allowed = (context: Context, country?: string) =>
    context.caller.can(rights.correct, country) ? ["correct"] : [];
  const one = async (context: Context, record: StoredRecord) => {
    const presented = presentRecord(definition, record, context);
    return {
      record: presented as never,
      references: await referencesOf(context.tx, definition.type, [presented]),
      allowed: record.withdrawn ? [] : allowed(context, record.country),
    };
  };
  const find = async (context: Context, { country, id }: { country: string; id: string }) => {
    const record = await findRecord(context.tx, definition, country, id);
    if (!record) throw new Problem(commonProblems["not-found"]);
    return record;
  };
  return {
    async list(context, { query }) {
      const { claims } = context.caller;
      const limit = query.limit ?? (await listRowsFor(context.tx, oneCountry(query.country)));
      const { records, next } = await listRecords(context.tx, definition, { ...query, limit }, claims);
      const total = await countRecords(context.tx, definition, query, claims);
      const items = records.map((record) => presentRecord(definition, record, context));
      return {
        items: items as never,
        references: await referencesOf(context.tx, definition.type, items),
        total,
        next,
        allowed: allowed(context, query.country),
      };
    },
    async counts(context, { query }) {
      const rows = await countRecordsBy(context.tx, definition, query, query.by, context.caller.claims);
      const total = await countRecords(context.tx, definition, query, context.caller.claims);
      const units = query.by.flatMap((name, i) =>
        ["unit", "units", "organisation"].includes(definition.type.fields[name]?.kind ?? "")
          ? rows.map((row) => ({ [name]: row.keys[i] }))
          : [],
      );
      return { by: query.by, rows, total, references: await referencesOf(context.tx, definition.type, units) };
    },
    export: (context, { query }) => exportRecords(context, definition, query),
    get: async (context, { params }) => one(context, await find(context, params)),
    async history(context, { params }) {
      const record = await find(context, params);
      const cleared = new Set(clearedFields(definition.type, context.caller.levelFor(record.country)));
      const revisions = await findRevisions(context.tx, params.country, params.id);
      const changed = revisions.map((revision, i) => {
        const before = (revisions[i + 1]?.snapshot ?? {}) as RecordValues;
        return differences(definition, before, revision.snapshot as RecordValues).filter(({ field }) =>
          cleared.has(field),
        );
      });
      const mentioned = changed.flat().flatMap(({ field, before, after }) => [{ [field]: before }, { [field]: after }]);
      const authors = await personNames(
        context.tx,
        revisions.map(({ account_id }) => account_id),
      );
      return {
        revisions: revisions.map((revision, i) => ({
          revision: revision.revision,
          recordedAt: revision.recorded_at,
          author: authors.get(revision.account_id ?? "") ?? null,
          reason: revision.reason,
          action: revision.action,
          changes: changed[i] ?? [],
        })),
        references: await referencesOf(context.tx, definition.type, mentioned),
      };
    },
    async correct(context, { params, body }) {
      if (!context.caller.can(rights.correct, params.country)) throw new Problem(commonProblems.forbidden);
      const cleared = new Set(clearedFields(definition.type, context.caller.levelFor(params.country)));
      const hidden = Object.keys(body.changes).filter((name) => !cleared.has(name));
      if (hidden.length > 0) throw new Problem(commonProblems.forbidden, { fields: hidden });
      const record = await correctRecord(context.tx, definition, { ...params, revision: body.revision }, body.changes, {
        accountId: context.caller.account?.id ?? null,
        now: context.now,
        reason: body.reason,
      });
      return one(context, record);
    },
    async create(context, { body }) {
      if (!context.caller.can(rights.correct, body.country)) throw new Problem(commonProblems.forbidden);
      const cleared = new Set(clearedFields(definition.type, context.caller.levelFor(body.country)));
      const hidden = Object.keys(body.values).filter((name) => !cleared.has(name));
      if (hidden.length > 0) throw new Problem(commonProblems.forbidden, { fields: hidden });
      const missing = Object.entries(definition.type.fields)
        .filter(
          ([name, field]) =>
            field.required &&
            !field.derived &&
            name !== "country" &&
            name !== "code" &&
            body.values[name] === undefined,
        )
        .map(([name]) => ({ check: "required", severity: "error" as const, field: name, params: {} }));
      const findings = [
        ...missing,
        ...unknownCodes(definition.type, body.values),
        ...definition.check(body.values, context.now).filter(({ severity }) => severity === "error"),
      ];
      if (findings.length > 0) throw findingsProblem(findings);
      const [record] = await createRecords(context.tx, definition, [{ country: body.country, values: body.values }], {
        accountId: context.caller.account?.id ?? null,
        now: context.now,
        reason: null,
      });
      return one(context, record as StoredRecord);
    },
  };
}
