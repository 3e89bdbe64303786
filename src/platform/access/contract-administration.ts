import { z } from "zod";
import { languages } from "../contract/fields.ts";
import { route } from "../contract/route.ts";
import { commonProblems } from "../kernel/problem.ts";
import { type Role, roles } from "./model.ts";
import { accessProblems } from "./problems.ts";

const timestamp = z.iso.datetime({ offset: true });
const params = z.object({ id: z.uuid() });

/** Roles that can be granted; `public` is what everybody is. */
export const grantableRoles = roles.filter((role): role is Exclude<Role, "public"> => role !== "public");

export const grantInput = z.strictObject({
  role: z.enum(grantableRoles),
  country: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullable(),
  organisation: z.uuid().nullable(),
});
export type GrantInput = z.output<typeof grantInput>;

export const grantOutput = z.object({
  id: z.uuid(),
  role: z.enum(roles),
  country: z.string().nullable(),
  organisation: z.string().nullable(),
});
export type GrantInfo = z.output<typeof grantOutput>;

export const accountOutput = z.object({
  id: z.uuid(),
  name: z.string().meta({ sensitivity: "restricted" }),
  email: z.string().meta({ sensitivity: "restricted" }),
  language: z.enum(languages).nullable(),
  disabled: z.boolean(),
  sample: z.boolean(),
  createdAt: timestamp,
  lastSeenAt: timestamp.nullable().meta({ sensitivity: "restricted" }),
  twoFactor: z.boolean(),
  passkeys: z.int(),
  /** `waiting` until the invitation is accepted. */
  state: z.enum(["active", "waiting", "disabled"]),
  invitationExpiresAt: timestamp.nullable(),
  grants: z.array(grantOutput),
  /** What the reader may do with this account. */
  allowed: z.array(z.enum(["disable", "enable", "reset-link", "grant", "revoke"])),
});
export type AccountInfo = z.output<typeof accountOutput>;

const linkOutput = z.object({
  /** To hand over by a safe way; it is never shown again. */
  link: z.string().meta({ sensitivity: "strictly-confidential" }),
  expiresAt: timestamp,
});
const one = z.object({ account: accountOutput });
const notFound = commonProblems["not-found"];
const forbidden = commonProblems.forbidden;

/** What administrators do with accounts. */
export const administrationRoutes = {
  accounts: route({
    method: "GET",
    path: "/api/accounts",
    summary: "access.routes.accounts",
    right: "access.administer",
    output: z.object({ items: z.array(accountOutput) }),
  }),
  invite: route({
    method: "POST",
    path: "/api/accounts",
    summary: "access.routes.invite",
    right: "access.administer",
    body: z.strictObject({
      name: z.string().trim().min(1).max(200),
      email: z.email().max(320),
      language: z.enum(languages).nullable().optional(),
      grants: z.array(grantInput).max(50),
    }),
    output: one.extend(linkOutput.shape),
    problems: [accessProblems["email-taken"], forbidden],
  }),
  disable: route({
    method: "POST",
    path: "/api/accounts/{id}/disable",
    summary: "access.routes.disable",
    right: "access.administer",
    params,
    output: one,
    problems: [notFound, forbidden, accessProblems["last-administrator"], accessProblems["not-own-account"]],
  }),
  enable: route({
    method: "POST",
    path: "/api/accounts/{id}/enable",
    summary: "access.routes.enable",
    right: "access.administer",
    params,
    output: one,
    problems: [notFound, forbidden],
  }),
  makeLink: route({
    method: "POST",
    path: "/api/accounts/{id}/link",
    summary: "access.routes.make-link",
    right: "access.administer",
    params,
    body: z.strictObject({ removeTwoFactor: z.boolean().default(false) }),
    output: linkOutput,
    problems: [notFound, forbidden],
  }),
  grant: route({
    method: "POST",
    path: "/api/accounts/{id}/grants",
    summary: "access.routes.grant",
    right: "access.administer",
    params,
    body: grantInput,
    output: one,
    problems: [notFound, forbidden, commonProblems.conflict],
  }),
  revoke: route({
    method: "DELETE",
    path: "/api/accounts/{id}/grants/{grant}",
    summary: "access.routes.revoke",
    right: "access.administer",
    params: params.extend({ grant: z.uuid() }),
    output: one,
    problems: [notFound, forbidden, accessProblems["last-administrator"]],
  }),
};
