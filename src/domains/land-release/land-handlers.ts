import { nodeContact, readSetting } from "../../platform/administration/index.ts";
import type { Language } from "../../platform/contract/fields.ts";
import type { Context, Handlers } from "../../platform/http/handler.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { referencesById } from "../../platform/records/references.ts";
import { readAreas } from "../land/index.ts";
import { actorOf, demand } from "./callers.ts";
import { landProblems, type landRoutes, type RulesBody, type RulesOutput } from "./contract-land.ts";
import { type Areal, clip, isEmpty, metresOf } from "./ground.ts";
import { readHistory } from "./history.ts";
import { defaultRules, type NationalRules } from "./model.ts";
import { demandPlot } from "./plot.ts";
import { findOnPlot, findPublished } from "./plot-store.ts";
import { rulesAt } from "./refold.ts";
import { findProducts, findStates } from "./state-store.ts";
import { findRulesInForce, insertRules } from "./store.ts";

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
    await demandPlot(context.tx, body.country, body.geometry);
    const { areas, released } = await findOnPlot(context.tx, body.country, body.geometry);
    const complete = context.caller.levelFor(body.country) !== "public";
    const told = complete ? null : await findPublished(context.tx, body.country, body.geometry);
    const ofPlot = (geometry: Areal | null) => (geometry ? metresOf(clip(body.geometry, geometry)) : 0);
    return {
      squareMetres: metresOf(body.geometry),
      asOf: context.now.toISOString(),
      areas: areas.map(({ id, code, ground, ...rest }) => ({
        country: body.country,
        id: code === null ? null : id,
        code: code ?? "",
        ...rest,
        squareMetres: ofPlot(ground),
      })),
      released: [
        ...released.map(({ kind, geometry, depthCentimetres, effectiveOn, report, reportCode, area, areaCode }) => ({
          ...{ kind, depthCentimetres, effectiveOn, reportCode, areaCode, squareMetres: ofPlot(geometry) },
          report: reportCode === null ? null : report,
          area: areaCode === null ? null : area,
        })),
        ...(told?.released ?? []).map(({ geometry, ...rest }) => ({
          ...{ ...rest, report: null, area: null, areaCode: null, squareMetres: ofPlot(geometry) },
        })),
      ],
      published: told && {
        level: told.level,
        open: told.open,
        contact: contactOf(await readSetting(context.tx, nodeContact)),
      },
      complete,
    };
  },
  history: ({ tx, caller }, { query }) =>
    readHistory(tx, query.country, { box: query.bbox ?? null, noted: caller.levelFor(query.country) !== "public" }),
  rules: (context, { params }) => presentRules(context, params.country),
  async putRules(context, { params, body }) {
    const { country } = params;
    demand(context, "land.rules-change", country);
    const { validFrom, reason } = body;
    // Reports of the past were judged by the rules of their day; they stay judged by them.
    if (validFrom && validFrom < context.now.toISOString().slice(0, 10))
      throw new Problem(landProblems["rules-backdated"], { date: validFrom });
    const standing = (await findRulesInForce(context.tx, country)).at(-1)?.version ?? 0;
    const why = { reason, validFrom };
    const stored =
      standing === body.version &&
      (await insertRules(context.tx, country, standing + 1, body.rules, actorOf(context), why));
    if (!stored) throw new Problem(landProblems["rules-changed"]);
    return presentRules(context, country);
  },
};

const contactOf = (names: Partial<Record<Language, string>>) => (Object.keys(names).length > 0 ? names : null);

async function presentRules(context: Context, country: string): Promise<RulesOutput> {
  const versions = await findRulesInForce(context.tx, country);
  return {
    version: versions.at(-1)?.version ?? 0,
    rules: plainRules(rulesAt(versions, context.now.toISOString())),
    versions: versions
      .toReversed()
      .map(({ body, ...version }) => ({ ...version, rules: plainRules({ ...defaultRules, ...body }) })),
    allowed: context.caller.can("land.rules-change", country) ? ["change"] : [],
  };
}

/** Rules as they travel: copies that nobody shares. */
function plainRules(rules: NationalRules): RulesBody {
  return {
    ...rules,
    transitions: rules.transitions.map((each) => ({ ...each, status: [...each.status] })),
    confirms: [...rules.confirms],
    suspects: [...rules.suspects],
    landClasses: [...rules.landClasses],
  };
}
