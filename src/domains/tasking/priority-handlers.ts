import { Writable } from "node:stream";
import { type Scalar, writeCsv } from "../../platform/files/index.ts";
import type { Context, Handlers } from "../../platform/http/handler.ts";
import { Problem } from "../../platform/kernel/problem.ts";
import { referencesOf } from "../../platform/records/references.ts";
import { task } from "./contract.ts";
import { priorityProblems, type priorityRoutes } from "./contract-priority.ts";
import { changeOf, demand } from "./handlers.ts";
import { rankOptions } from "./model-priority.ts";
import { areasToRank, criteriaOf, enterValues, findSet, optionOf, saveCriteria } from "./priorities.ts";

/** Casualties and positions stand behind the values, so who may not see those does not see the ranking. */
function demandLevel(context: Context, country: string): void {
  if (context.caller.levelFor(country) === "public") throw new Problem(priorityProblems.withheld);
}

/** A CSV as one text, byte order mark and all. */
async function csvText(rows: Record<string, Scalar>[], names: readonly string[], numeric: ReadonlySet<string>) {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer | string, _encoding, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  const fields = names.map((name) => ({ name, kind: numeric.has(name) ? ("number" as const) : ("text" as const) }));
  await writeCsv(
    rows.map((row) => ({ fields: row })),
    stream,
    { fields },
  );
  return Buffer.concat(chunks);
}

/** Handlers of criteria and priorities. */
export const priorityHandlers: Handlers<typeof priorityRoutes> = {
  async criteria(context, { query }) {
    return {
      items: await criteriaOf(context.tx, query.country),
      allowed: context.caller.can("tasking.manage", query.country) ? ["manage"] : [],
    };
  },
  async saveCriteria(context, { body }) {
    demand(context, "tasking.manage", body.country);
    const { country, reason, ...set } = body;
    return saveCriteria(context.tx, country, { ...set, names: { ...set.names } }, changeOf(context, reason));
  },
  async values(context, { body }) {
    demand(context, "tasking.manage", body.country);
    return { stored: await enterValues(context.tx, body, body.values, changeOf(context, body.source)) };
  },
  async priorities(context, { query }) {
    const { country, unit } = query;
    demandLevel(context, country);
    const set = await findSet(context.tx, country, query.criteria);
    const { facts, total, radiusMetres, since } = await areasToRank(context.tx, { country, unit }, context.now);
    const options = facts.map((each) => ({
      ...optionOf(each),
      code: each.code,
      name: each.name,
      unit: each.unit,
      status: each.status,
      tasks: each.tasks,
    }));
    return {
      set,
      options,
      total,
      radiusMetres,
      since,
      references: await referencesOf(
        context.tx,
        task,
        options.map(({ unit }) => ({ unit })),
      ),
      allowed: context.caller.can("tasking.manage", country) ? ["manage"] : [],
    };
  },
  async prioritiesFile(context, { query }) {
    const { country, unit, weights } = query;
    demandLevel(context, country);
    const set = await findSet(context.tx, country, query.criteria);
    const { facts } = await areasToRank(context.tx, { country, unit }, context.now);
    const byId = new Map(facts.map((each) => [each.id, each]));
    const names = set.definition.criteria.map(({ indicator }) => indicator);
    const ranked = rankOptions(facts.map(optionOf), set.definition, weights);
    const rows = ranked.map((each) => {
      const of = byId.get(each.id);
      const values = of ? optionOf(of).values : {};
      return {
        rank: each.rank,
        code: of?.code ?? "",
        name: of?.name ?? null,
        status: of?.status ?? "",
        score: each.score,
        score_if_unknown_is_highest: each.upTo,
        class: each.class,
        score_per_cost: each.valueForMoney,
        ...Object.fromEntries(names.map((name) => [name, values[name] ?? null])),
        tasks: of?.tasks.map(({ code }) => code).join("; ") ?? "",
      };
    });
    const text = new Set(["code", "name", "status", "class", "tasks"]);
    const columns = [
      "rank",
      "code",
      "name",
      "status",
      "score",
      "score_if_unknown_is_highest",
      "class",
      "score_per_cost",
      ...names,
      "tasks",
    ];
    const file = await csvText(rows, columns, new Set(columns.filter((name) => !text.has(name))));
    return new Response(new Uint8Array(file), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="priorities-${country}-${context.now.toISOString().slice(0, 10)}.csv"`,
        "cache-control": "no-store",
      },
    });
  },
};
