import { type Context, type Implementation, implement } from "../../platform/http/handler.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { addVariant, retireVariant } from "./actions.ts";
import { rights, routes } from "./contract.ts";
import type { CodeLists } from "./model.ts";
import { findVariants } from "./store.ts";

const changeOf = (context: Context) => ({ accountId: context.caller.account?.id ?? null, now: context.now });

function demand(context: Context, country: string): void {
  if (!context.caller.can("codes.change", country)) throw new Problem(commonProblems.forbidden);
}

/**
 * The routes of code lists with their handlers.
 * @param lists the code lists of all domains of the program
 */
export function createCodes(lists: CodeLists): Implementation {
  return implement(routes, {
    async lists(context, { query }) {
      const variants = await findVariants(context.tx, query.country);
      const items = Object.entries(lists)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([list, values]) => ({
          list,
          values: [...values],
          variants: variants.filter((each) => each.list === list),
        }));
      return { items, allowed: context.caller.can("codes.change", query.country) ? ["change"] : [] };
    },
    addVariant(context, { params, body }) {
      demand(context, body.country);
      return addVariant(
        context.tx,
        lists,
        { ...body, list: params.list, labels: { ...body.labels } },
        changeOf(context),
      );
    },
    retireVariant(context, { params, body }) {
      demand(context, params.country);
      return retireVariant(context.tx, { ...params, ...body }, changeOf(context));
    },
  });
}

export { addVariant, retireVariant } from "./actions.ts";
export { type CodeLists, joinCodeLists } from "./model.ts";
export { findVariants, type StoredVariant, validVariants } from "./store.ts";
export { rights };
