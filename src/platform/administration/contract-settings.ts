import { z } from "zod";
import { route } from "../contract/route.ts";
import { commonProblems, defineProblems } from "../kernel/problem.ts";
import { settingKind } from "./setting.ts";

export const settingProblems = defineProblems("settings", { unknown: 404, "not-by-country": 422 });

const country = z.string().regex(/^[A-Z]{3}$/);

/** A setting with its value in force. */
export const settingOutput = z.object({
  name: z.string(),
  /** Message key after `setting.`. */
  key: z.string(),
  about: z.string().nullable(),
  kind: settingKind,
  scope: z.enum(["node", "country"]),
  value: z.unknown(),
  default: z.unknown(),
  /** Where the value in force comes from. */
  source: z.enum(["country", "node", "default"]),
  /** When the choice for exactly this place was made; null when there is none. */
  changedAt: z.string().nullable(),
  changedBy: z.string().nullable().meta({ sensitivity: "restricted" }),
  /** Whether the caller may change it here. */
  changeable: z.boolean(),
});
export type SettingOutput = z.output<typeof settingOutput>;

export const settingRoutes = {
  settings: route({
    method: "GET",
    path: "/api/settings",
    summary: "administration.routes.settings",
    right: "settings.change",
    /** Without a country: the values for all countries. */
    query: z.object({ country: country.optional() }),
    output: z.object({ items: z.array(settingOutput) }),
  }),
  settingValues: route({
    method: "GET",
    path: "/api/settings/values",
    summary: "administration.routes.setting-values",
    right: "open",
    query: z.object({ country: country.optional() }),
    output: z.object({ values: z.record(z.string(), z.unknown()) }),
  }),
  changeSetting: route({
    method: "PUT",
    path: "/api/settings/{name}",
    summary: "administration.routes.change-setting",
    right: "settings.change",
    params: z.object({ name: z.string().max(200) }),
    body: z.strictObject({
      country: country.nullable(),
      /** Null takes the choice back. */
      value: z.unknown(),
      /** `changedAt` of the choice that the new one replaces. */
      expected: z.string().nullable(),
    }),
    output: settingOutput,
    problems: [
      settingProblems.unknown,
      settingProblems["not-by-country"],
      commonProblems.forbidden,
      commonProblems["stale-revision"],
    ],
  }),
};
