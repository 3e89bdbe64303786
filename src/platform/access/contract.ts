import { z } from "zod";
import { languages } from "../contract/fields.ts";
import { route } from "../contract/route.ts";
import { sensitivityLevels } from "../contract/sensitivity.ts";
import { defineProblems } from "../kernel/problem.ts";

export const accessProblems = defineProblems("access", {
  "bad-credentials": 401,
  "code-needed": 401,
  "bad-code": 401,
  locked: 423,
});

/** What kinds of people use a node; what each may do is decided by the policies, not by this list. */
export const roles = [
  "administrator",
  "information-manager",
  "data-entry",
  "operator",
  "quality-officer",
  "victim-assistance-officer",
  "service-provider",
  "regional-analyst",
  "donor",
  "public",
] as const;
export type Role = (typeof roles)[number];

/** What anybody may know about the node before signing in. */
export const systemOutput = z.object({
  version: z.string(),
  /** The records are invented. */
  sample: z.boolean(),
  database: z.string(),
  /** The countries of which the node keeps records. */
  countries: z.array(z.object({ code: z.string(), names: z.record(z.string(), z.string()) })),
  signIn: z.object({
    passkey: z.boolean(),
    oidc: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
  /** Accounts of the sample region that anybody may try. */
  sampleAccounts: z
    .array(z.object({ email: z.string(), password: z.string(), role: z.string(), country: z.string().nullable() }))
    .optional(),
});
export type SystemInfo = z.output<typeof systemOutput>;

/** Who is asking and what they may do. Without an account the rights are those of the public. */
export const sessionOutput = z.object({
  account: z
    .object({ id: z.string(), name: z.string(), email: z.string(), language: z.enum(languages).nullable() })
    .nullable(),
  roles: z.array(z.object({ role: z.string(), country: z.string().nullable(), organisation: z.string().nullable() })),
  rights: z.array(z.string()),
  clearance: z.enum(sensitivityLevels),
});
export type SessionInfo = z.output<typeof sessionOutput>;

export const routes = {
  system: route({
    method: "GET",
    path: "/api/system",
    summary: "access.routes.system",
    right: "open",
    output: systemOutput,
  }),
  session: route({
    method: "GET",
    path: "/api/session",
    summary: "access.routes.session",
    right: "open",
    output: sessionOutput,
  }),
  signIn: route({
    method: "POST",
    path: "/api/session/sign-in",
    summary: "access.routes.sign-in",
    right: "open",
    rate: "sign-in",
    body: z.strictObject({
      email: z.string().trim().min(1).max(320),
      password: z.string().min(1).max(500),
      /** The one-time code of an authenticator, when the account asks for one. */
      code: z.string().trim().max(20).optional(),
    }),
    output: sessionOutput,
    problems: [
      accessProblems["bad-credentials"],
      accessProblems["code-needed"],
      accessProblems["bad-code"],
      accessProblems.locked,
    ],
  }),
  signOut: route({
    method: "POST",
    path: "/api/session/sign-out",
    summary: "access.routes.sign-out",
    right: "open",
    output: sessionOutput,
  }),
};
