import type { Handlers } from "../../platform/http/handler.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { referencesById } from "../../platform/records/references.ts";
import { readAreas } from "../land/index.ts";
import { rulesOf } from "./bases.ts";
import { actorOf, demand } from "./callers.ts";
import { landProblems, type landRoutes } from "./contract-land.ts";
import { clip, isEmpty, metresOf } from "./ground.ts";
import { readHistory } from "./history.ts";
import { findOnPlot, findProducts, findStates } from "./state-store.ts";
import { findRules, insertRules } from "./store.ts";

/** What the routes about land do. */
export const landHandlers: Handlers<typeof landRoutes> = {
  async area(context, { params }) {
    const [record] = await readAreas(context.tx, params.country, [params.id]);
    if (!record) throw new Problem(commonProblems["not-found"]);
    const [state] = await findStates(context.tx, params.country, [params.id], false);
    const products = await findProducts(context.tx, params.country, [params.id]);
    const text = (name: string) => (record.values[name] as string | undefined) ?? null;
    return {
      state: state
        ? {
            id: record.id,
            code: text("code") ?? "",
            name: text("name"),
            areaClass: state.areaClass,
            status: state.status,
            openSquareMetres: state.openSquareMetres,
            closedOn: text("closedOn"),
            closureReason: text("closureReason"),
            contamination: (record.values.contamination as string[] | undefined) ?? [],
            perimeter: state.perimeter,
            ground: isEmpty(state.ground) ? null : state.ground,
          }
        : null,
      parent: state?.parent ?? null,
      products: products.map(({ area: _area, ...product }) => product),
      references: state?.parent ? await referencesById(context.tx, { "land.area": [state.parent] }) : {},
    };
  },
  async plot(context, { body }) {
    const { areas, released } = await findOnPlot(context.tx, body.country, body.geometry);
    return {
      squareMetres: metresOf(body.geometry),
      asOf: context.now.toISOString(),
      areas: areas.map(({ id, code, ground, ...rest }) => ({
        country: body.country,
        id: code === null ? null : id,
        code: code ?? "",
        ...rest,
        squareMetres: ground ? metresOf(clip(body.geometry, ground)) : 0,
      })),
      released: released.map(({ kind, geometry, depthCentimetres, effectiveOn, reportCode }) => ({
        ...{ kind, depthCentimetres, effectiveOn, reportCode },
        squareMetres: geometry ? metresOf(clip(body.geometry, geometry)) : 0,
      })),
      complete: context.caller.levelFor(body.country) !== "public",
    };
  },
  history: (context, { query }) => readHistory(context.tx, query.country, query.bbox ?? null),
  async rules(context, { params }) {
    const stored = await findRules(context.tx, params.country);
    return {
      version: stored?.version ?? 0,
      rules: rulesOutput(await rulesOf(context.tx, params.country)),
      allowed: context.caller.can("land.rules-change", params.country) ? ["change"] : [],
    };
  },
  async putRules(context, { params, body }) {
    demand(context, "land.rules-change", params.country);
    const version = body.version + 1;
    const standing = await findRules(context.tx, params.country);
    const fits = (standing?.version ?? 0) === body.version;
    if (!fits || !(await insertRules(context.tx, params.country, version, body.rules, actorOf(context))))
      throw new Problem(landProblems["rules-changed"]);
    return { version, rules: body.rules, allowed: ["change"] };
  },
};

type RulesOutput = NonNullable<(typeof landRoutes.rules.output)["shape"]["rules"]>["_output"];

function rulesOutput(rules: Awaited<ReturnType<typeof rulesOf>>): RulesOutput {
  return {
    ...rules,
    transitions: rules.transitions.map((each) => ({ ...each, status: [...each.status] })),
    confirms: [...rules.confirms],
    suspects: [...rules.suspects],
    landClasses: [...rules.landClasses],
  };
}
