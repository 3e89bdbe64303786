import type { RecordRoutes } from "../../platform/contract/record-routes.ts";
import { clearedFields, type RecordValues } from "../../platform/contract/record-type.ts";
import type { Context, Handlers } from "../../platform/http/handler.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { createRecords, findingsProblem, reviseRecords } from "../../platform/records/actions.ts";
import { searchable } from "../../platform/records/definition.ts";
import { recordHandlers } from "../../platform/records/handlers.ts";
import { presentRecord } from "../../platform/records/presenter.ts";
import { referencesById, referencesOf } from "../../platform/records/references.ts";
import { findRecord } from "../../platform/records/store.ts";
import { type DirectoryEntry, point, type routes } from "./contract.ts";
import { offerDefinition, pointDefinition } from "./definitions.ts";
import { isStale, servicesFor } from "./model.ts";
import { staleAfter } from "./settings.ts";
import { findEntries, findPointSpan, type StoredEntry } from "./store.ts";

const needed = { read: "services.read", correct: "services.write" };
const points = recordHandlers(pointDefinition, needed);
const offers = recordHandlers(offerDefinition, needed);
/** The level of a point whose place must not be known to everybody. */
const guarded = 1;

const changeOf = ({ caller, now }: Context, reason: string | null = null) => ({
  accountId: caller.account?.id ?? null,
  now,
  reason,
});

/** @throws Problem `common.forbidden` without the right, or for fields above the caller's level */
function demandFields(context: Context, country: string, values: RecordValues): void {
  if (!context.caller.can("services.write", country)) throw new Problem(commonProblems.forbidden);
  const cleared = new Set(clearedFields(point, context.caller.levelFor(country)));
  const hidden = Object.keys(values).filter((name) => !cleared.has(name));
  if (hidden.length > 0) throw new Problem(commonProblems.forbidden, { fields: hidden });
}

/** The handlers of points as records. A point of sensitive location is itself above the public level from its first moment. */
export const pointHandlers: Handlers<RecordRoutes> = {
  ...points,
  async create(context, inputs) {
    const { country, values } = inputs.body;
    if (values.sensitiveLocation !== true) return points.create(context, inputs);
    demandFields(context, country, values);
    const missing = ["names", "organisation", "validFrom"]
      .filter((field) => (values[field] ?? null) === null)
      .map((field) => ({ check: "required", severity: "error" as const, field, params: {} }));
    const errors = [
      ...missing,
      ...pointDefinition.check(values, context.now).filter(({ severity }) => severity === "error"),
    ];
    if (errors.length > 0) throw findingsProblem(errors);
    const [made] = await createRecords(
      context.tx,
      pointDefinition,
      [{ country, values, sensitivity: guarded }],
      changeOf(context),
    );
    return points.get(context, { params: { country, id: made?.id ?? "" }, query: undefined, body: undefined });
  },
  async correct(context, inputs) {
    const { country, id } = inputs.params;
    const { changes, reason } = inputs.body;
    const marked = changes.sensitiveLocation;
    const before = await findRecord(context.tx, pointDefinition, country, id, true);
    const sensitivity = marked === true ? Math.max(before?.sensitivity ?? 0, guarded) : 0;
    if (!before || marked === undefined || (marked === true) === (before.values.sensitiveLocation === true))
      return points.correct(context, inputs);
    demandFields(context, country, changes);
    if (before.withdrawn) return points.correct(context, inputs);
    if (before.revision !== inputs.body.revision)
      throw new Problem(commonProblems["stale-revision"], { expected: inputs.body.revision, found: before.revision });
    const values = { ...before.values, ...changes };
    const errors = pointDefinition.check(values, context.now).filter(({ severity }) => severity === "error");
    if (errors.length > 0) throw findingsProblem(errors);
    await reviseRecords(
      context.tx,
      pointDefinition,
      [{ record: before, values, sensitivity }],
      changeOf(context, reason),
    );
    return points.get(context, { params: { country, id }, query: undefined, body: undefined });
  },
};

/** @throws Problem `common.invalid-input` for an offer of no point, or outside the days of its point */
async function demandPoint(context: Context, country: string, values: RecordValues): Promise<void> {
  if (typeof values.point !== "string") return;
  const span = await findPointSpan(context.tx, country, values.point);
  const at = (field: string, check: string) => findingsProblem([{ check, severity: "error", field, params: {} }]);
  if (!span) throw at("point", "point-unknown");
  const { validFrom, validUntil } = values as { validFrom?: string; validUntil?: string };
  if (validFrom && validFrom < span.validFrom) throw at("validFrom", "point-closed");
  if (validFrom && span.validUntil && validFrom > span.validUntil) throw at("validFrom", "point-closed");
  if (validUntil && span.validUntil && validUntil > span.validUntil) throw at("validUntil", "point-closed");
}

/** The handlers of offers as records; an offer lies within the days of its point. */
export const offerHandlers: Handlers<RecordRoutes> = {
  ...offers,
  async create(context, inputs) {
    if (context.caller.can("services.write", inputs.body.country))
      await demandPoint(context, inputs.body.country, inputs.body.values);
    return offers.create(context, inputs);
  },
  async correct(context, inputs) {
    const { country, id } = inputs.params;
    if (context.caller.can("services.write", country)) {
      const before = await findRecord(context.tx, offerDefinition, country, id);
      if (before) await demandPoint(context, country, { ...before.values, ...inputs.body.changes });
    }
    return offers.correct(context, inputs);
  },
};

async function presentEntries(
  context: Context,
  items: readonly StoredEntry[],
  today: string,
): Promise<DirectoryEntry[]> {
  const months = new Map<string, number>();
  for (const { country } of items) if (!months.has(country)) months.set(country, await staleAfter(context.tx, country));
  return items.map((entry) => ({ ...entry, stale: isStale(entry.verifiedOn, today, months.get(entry.country) ?? 12) }));
}

const namesOf = ({ tx }: Context, items: readonly StoredEntry[]) =>
  referencesById(tx, {
    organisation: items.map(({ organisation }) => organisation),
    unit: items.flatMap(({ unit, catchmentUnits }) => [...(unit === null ? [] : [unit]), ...catchmentUnits]),
  });

/** The handlers of the directory. */
export const directoryHandlers: Handlers<typeof routes> = {
  async directory(context, { query }) {
    const { need, limit, services, q, ...rest } = query;
    const today = context.now.toISOString().slice(0, 10);
    const on = query.on ?? today;
    const asked = services?.length ? services : undefined;
    const wanted = need ? servicesFor[need].filter((code) => asked?.includes(code) ?? true) : asked;
    const filter = { ...rest, on, services: wanted, ...(q ? { q: searchable(q) } : {}) };
    const { items, total } = await findEntries(context.tx, filter, limit);
    return { items: await presentEntries(context, items, today), total, on, references: await namesOf(context, items) };
  },
  async entry(context, { params }) {
    const { country, id } = params;
    const today = context.now.toISOString().slice(0, 10);
    const record = await findRecord(context.tx, pointDefinition, country, id);
    const { items } = await findEntries(context.tx, { country, id, on: today }, 1);
    const [entry] = await presentEntries(context, items, today);
    if (!record || !entry) throw new Problem(commonProblems["not-found"]);
    const presented = presentRecord(pointDefinition, record, context);
    return {
      entry,
      record: presented as never,
      references: { ...(await namesOf(context, items)), ...(await referencesOf(context.tx, point, [presented])) },
      allowed: context.caller.can("services.write", country) ? ["correct"] : [],
    };
  },
};
