import { administers } from "../access/policy.ts";
import { recordEvent } from "../events/index.ts";
import type { Context, Handlers } from "../http/handler.ts";
import { validationProblem } from "../http/problems.ts";
import type { Json } from "../kernel/canonical-json.ts";
import { commonProblems, Problem } from "../kernel/problem.ts";
import { personNames } from "../records/references.ts";
import { type SettingOutput, settingProblems, type settingRoutes } from "./contract-settings.ts";
import { changeOf } from "./policy.ts";
import { type Setting, settingSchema } from "./setting.ts";
import { effectiveValue } from "./settings.ts";
import { deleteSetting, findSettings, lockSetting, putSetting, type StoredSetting } from "./settings-store.ts";

/** Where a setting is chosen when a page is about a country or about none; an empty text stands for the node. */
function placeOf(of: Setting, country: string | null): string {
  return of.scope === "country" && country !== null ? country : "";
}

/** The handlers of settings over the settings of all areas. */
export function settingHandlers(settings: ReadonlyMap<string, Setting>): Handlers<typeof settingRoutes> {
  const present = async (
    context: Context,
    list: readonly Setting[],
    country: string | null,
  ): Promise<SettingOutput[]> => {
    const stored = await findSettings(context.tx, country);
    const names = await personNames(
      context.tx,
      stored.map(({ changedBy }) => changedBy),
    );
    return list.map((of) => {
      const place = placeOf(of, country);
      const own = stored.find((row) => row.name === of.name && row.country === place);
      return {
        name: of.name,
        key: of.key ?? of.name,
        about: of.about ?? null,
        kind: of.kind as SettingOutput["kind"],
        scope: of.scope,
        default: of.default,
        ...effectiveValue(of, country, stored),
        changedAt: own?.changedAt ?? null,
        changedBy: own?.changedBy ? (names.get(own.changedBy) ?? null) : null,
        changeable: administers(context.caller, place === "" ? null : place),
      };
    });
  };

  return {
    async settings(context, { query }) {
      return { items: await present(context, [...settings.values()], query.country ?? null) };
    },

    async settingValues(context, { query }) {
      const country = query.country ?? null;
      const stored = await findSettings(context.tx, country);
      const open = [...settings.values()].filter((of) => of.open || context.caller.account !== null);
      return { values: Object.fromEntries(open.map((of) => [of.name, effectiveValue(of, country, stored).value])) };
    },

    async changeSetting(context, { params, body }) {
      const of = settings.get(params.name);
      if (!of) throw new Problem(settingProblems.unknown, { name: params.name });
      if (of.scope === "node" && body.country !== null)
        throw new Problem(settingProblems["not-by-country"], { name: of.name });
      if (!administers(context.caller, body.country)) throw new Problem(commonProblems.forbidden);
      const place = placeOf(of, body.country);
      const value = body.value ?? null;
      const checked = value === null ? null : settingSchema(of.kind).safeParse(value);
      if (checked && !checked.success) {
        const problem = validationProblem(checked.error);
        throw new Problem(
          commonProblems["invalid-input"],
          {},
          problem.fields.map((field) => ({
            ...field,
            path: ["value", field.path].filter((part) => part !== "").join("."),
          })),
        );
      }
      const before = await lockSetting(context.tx, place, of.name);
      if ((before?.changedAt ?? null) !== body.expected) throw new Problem(commonProblems["stale-revision"]);
      const { accountId, now } = changeOf(context);
      if (checked) {
        const row: StoredSetting = {
          name: of.name,
          country: place,
          value: checked.data as Json,
          changedAt: now.toISOString(),
          changedBy: accountId,
        };
        await putSetting(context.tx, row);
      } else await deleteSetting(context.tx, place, of.name);
      await recordEvent(context.tx, {
        type: checked ? "settings.changed" : "settings.reset",
        country: place || null,
        accountId,
        now,
        payload: { name: of.name },
      });
      return (await present(context, [of], body.country))[0] as SettingOutput;
    },
  };
}
