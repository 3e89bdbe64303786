import { z } from "zod";
import { languages } from "../contract/fields.ts";
import { route } from "../contract/route.ts";
import { sensitivityLevels } from "../contract/sensitivity.ts";
import { commonProblems } from "../kernel/problem.ts";
import { administrationRoutes } from "./contract-administration.ts";
import { credentialResponse, ownAccountRoutes } from "./contract-own-account.ts";
import { accessProblems } from "./problems.ts";

export { type Role, roles } from "./model.ts";
export { accessProblems } from "./problems.ts";
export { rights } from "./rights.ts";

/** What anybody may know about the node before signing in. */
export const systemOutput = z.object({
  version: z.string(),
  /** The records are invented. */
  sample: z.boolean(),
  database: z.string(),
  /** Who runs the node and how to reach them, as they say it in each language; empty until somebody does. */
  node: z.object({ name: z.record(z.string(), z.string()), contact: z.record(z.string(), z.string()) }),
  /** How many records a list shows at once, where a country has not chosen otherwise. */
  listRows: z.int(),
  /** The countries of which the node keeps records. */
  countries: z.array(z.object({ code: z.string(), names: z.record(z.string(), z.string()) })),
  signIn: z.object({
    passkey: z.boolean(),
    /** Other places to sign in, each started by opening `/api/session/oidc/<id>`. */
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
    .object({
      id: z.string(),
      name: z.string().meta({ sensitivity: "restricted" }),
      email: z.string().meta({ sensitivity: "restricted" }),
      language: z.enum(languages).nullable(),
    })
    .nullable(),
  roles: z.array(z.object({ role: z.string(), country: z.string().nullable(), organisation: z.string().nullable() })),
  rights: z.array(z.string()),
  /** The level of records and fields that is open to the caller in every country. */
  clearance: z.enum(sensitivityLevels),
  /** The same where a country opens more. */
  clearances: z.record(z.string(), z.enum(sensitivityLevels)),
});
export type SessionInfo = z.output<typeof sessionOutput>;

/** Signing in with a passkey: ask for a challenge, hand back its answer. */
export const passkeyRoutes = {
  options: route({
    method: "POST",
    path: "/api/session/passkey/options",
    summary: "access.routes.passkey-sign-in-options",
    right: "open",
    rate: "sign-in",
    output: z.looseObject({ challenge: z.string() }),
  }),
  verify: route({
    method: "POST",
    path: "/api/session/passkey",
    summary: "access.routes.passkey-sign-in",
    right: "open",
    rate: "sign-in",
    body: z.strictObject({ credential: credentialResponse }),
    output: sessionOutput,
    problems: [accessProblems["bad-passkey"]],
  }),
};

/** The secret of a link. One that is missing or damaged is no link that works, which is all that a sender is told. */
const linkSecret = z.string().max(200).catch("");

const sessionRoutes = {
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
    // A session's token is replaced here once an hour.
    writes: true,
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
      /** The one-time code of an authenticator, or a backup code, when the account asks for one. */
      code: z.string().trim().max(40).optional(),
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
  lookAtLink: route({
    method: "POST",
    path: "/api/session/link",
    summary: "access.routes.look-at-link",
    right: "open",
    rate: "sign-in",
    body: z.strictObject({ token: linkSecret }),
    output: z.object({
      purpose: z.enum(["invitation", "reset"]),
      name: z.string().meta({ sensitivity: "restricted" }),
      email: z.string().meta({ sensitivity: "restricted" }),
      expiresAt: z.iso.datetime({ offset: true }),
    }),
    problems: [accessProblems["link-unusable"]],
  }),
  acceptLink: route({
    method: "POST",
    path: "/api/session/link/accept",
    summary: "access.routes.accept-link",
    right: "open",
    rate: "sign-in",
    body: z.strictObject({
      token: linkSecret,
      password: z.string().max(500),
      name: z.string().trim().min(1).max(200).optional(),
      language: z.enum(languages).optional(),
    }),
    output: z.object({ email: z.string().meta({ sensitivity: "restricted" }) }),
    problems: [accessProblems["link-unusable"], commonProblems["invalid-input"]],
  }),
};

export const routes = {
  ...sessionRoutes,
  passkeySignInOptions: passkeyRoutes.options,
  passkeySignIn: passkeyRoutes.verify,
  ...ownAccountRoutes,
  ...administrationRoutes,
};
