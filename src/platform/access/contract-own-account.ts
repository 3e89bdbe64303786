import { z } from "zod";
import { languages } from "../contract/fields.ts";
import { route } from "../contract/route.ts";
import { commonProblems } from "../kernel/problem.ts";
import { accessProblems } from "./problems.ts";

/** What a browser hands back from an authenticator; its inside is checked by the ceremony itself. */
export const credentialResponse = z.record(z.string(), z.unknown());

const done = z.object({ done: z.literal(true) });
const timestamp = z.iso.datetime({ offset: true });
const id = z.object({ id: z.uuid() });
const currentPassword = z.string().min(1).max(500);
const ownName = z.string().trim().min(1).max(60);

export const tokenOutput = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Its first characters, to tell tokens apart. */
  start: z.string(),
  scopes: z.array(z.string()),
  madeAt: timestamp,
  expiresAt: timestamp,
  lastUsedAt: timestamp.nullable(),
});
export type TokenInfo = z.output<typeof tokenOutput>;

export const passkeyOutput = z.object({
  id: z.uuid(),
  name: z.string().nullable(),
  madeAt: timestamp.nullable(),
  /** Copied by its maker to the person's other devices. */
  synchronised: z.boolean(),
});
export type PasskeyInfo = z.output<typeof passkeyOutput>;

export const ownSessionOutput = z.object({
  id: z.uuid(),
  current: z.boolean(),
  startedAt: timestamp,
  lastSeenAt: timestamp,
  endsAt: timestamp,
  userAgent: z.string().nullable().meta({ sensitivity: "restricted" }),
});
export type OwnSessionInfo = z.output<typeof ownSessionOutput>;

const guarded = [accessProblems["session-needed"], accessProblems["wrong-password"], accessProblems.locked];

/** What a person does with the own account. A program's token opens none of it. */
export const ownAccountRoutes = {
  changePassword: route({
    method: "POST",
    path: "/api/session/password",
    summary: "access.routes.change-password",
    right: "signed-in",
    rate: "sign-in",
    body: z.strictObject({ current: currentPassword, next: z.string().max(500) }),
    output: done,
    problems: [...guarded, commonProblems["invalid-input"]],
  }),
  changeProfile: route({
    method: "PATCH",
    path: "/api/session/profile",
    summary: "access.routes.change-profile",
    right: "signed-in",
    body: z.strictObject({
      name: z.string().trim().min(1).max(200).optional(),
      language: z.enum(languages).nullable().optional(),
    }),
    output: z.object({
      name: z.string().meta({ sensitivity: "restricted" }),
      language: z.enum(languages).nullable(),
    }),
    problems: [accessProblems["session-needed"]],
  }),
  twoFactor: route({
    method: "GET",
    path: "/api/session/two-factor",
    summary: "access.routes.two-factor",
    right: "signed-in",
    output: z.object({ on: z.boolean(), hasPassword: z.boolean() }),
    problems: [accessProblems["session-needed"]],
  }),
  startTwoFactor: route({
    method: "POST",
    path: "/api/session/two-factor/start",
    summary: "access.routes.start-two-factor",
    right: "signed-in",
    rate: "sign-in",
    body: z.strictObject({ password: currentPassword }),
    /** `uri` is for an authenticator's camera; it and the codes are never shown again. */
    output: z.object({
      uri: z.string().meta({ sensitivity: "strictly-confidential" }),
      backupCodes: z.array(z.string()).meta({ sensitivity: "strictly-confidential" }),
    }),
    problems: [...guarded, accessProblems["two-factor-on"]],
  }),
  confirmTwoFactor: route({
    method: "POST",
    path: "/api/session/two-factor/confirm",
    summary: "access.routes.confirm-two-factor",
    right: "signed-in",
    rate: "sign-in",
    body: z.strictObject({ code: z.string().trim().min(6).max(10) }),
    output: done,
    problems: [
      accessProblems["session-needed"],
      accessProblems["bad-code"],
      accessProblems["two-factor-off"],
      accessProblems.locked,
    ],
  }),
  disableTwoFactor: route({
    method: "POST",
    path: "/api/session/two-factor/disable",
    summary: "access.routes.disable-two-factor",
    right: "signed-in",
    rate: "sign-in",
    body: z.strictObject({ password: currentPassword }),
    output: done,
    problems: [...guarded, accessProblems["two-factor-off"]],
  }),
  newBackupCodes: route({
    method: "POST",
    path: "/api/session/two-factor/backup-codes",
    summary: "access.routes.new-backup-codes",
    right: "signed-in",
    rate: "sign-in",
    body: z.strictObject({ password: currentPassword }),
    output: z.object({ backupCodes: z.array(z.string()).meta({ sensitivity: "strictly-confidential" }) }),
    problems: [...guarded, accessProblems["two-factor-off"]],
  }),
  passkeys: route({
    method: "GET",
    path: "/api/session/passkeys",
    summary: "access.routes.passkeys",
    right: "signed-in",
    output: z.object({ items: z.array(passkeyOutput) }),
    problems: [accessProblems["session-needed"]],
  }),
  passkeyOptions: route({
    method: "POST",
    path: "/api/session/passkeys/options",
    summary: "access.routes.passkey-options",
    right: "signed-in",
    output: z.looseObject({ challenge: z.string() }),
    problems: [accessProblems["session-needed"]],
  }),
  addPasskey: route({
    method: "POST",
    path: "/api/session/passkeys",
    summary: "access.routes.add-passkey",
    right: "signed-in",
    body: z.strictObject({
      name: ownName,
      credential: credentialResponse,
    }),
    output: passkeyOutput,
    problems: [accessProblems["session-needed"], accessProblems["bad-passkey"]],
  }),
  removePasskey: route({
    method: "DELETE",
    path: "/api/session/passkeys/{id}",
    summary: "access.routes.remove-passkey",
    right: "signed-in",
    params: id,
    output: done,
    problems: [accessProblems["session-needed"], commonProblems["not-found"]],
  }),
  tokens: route({
    method: "GET",
    path: "/api/session/tokens",
    summary: "access.routes.tokens",
    right: "signed-in",
    output: z.object({ items: z.array(tokenOutput) }),
    problems: [accessProblems["session-needed"]],
  }),
  createToken: route({
    method: "POST",
    path: "/api/session/tokens",
    summary: "access.routes.create-token",
    right: "signed-in",
    body: z.strictObject({
      name: ownName,
      /** Names of rights that the account holds. */
      scopes: z.array(z.string().max(100)).min(1).max(200),
      days: z.int().min(1).max(366),
    }),
    output: z.object({
      /** The token itself; it is never shown again. */
      secret: z.string().meta({ sensitivity: "strictly-confidential" }),
      token: tokenOutput,
    }),
    problems: [accessProblems["session-needed"], accessProblems["scope-not-held"]],
  }),
  revokeToken: route({
    method: "DELETE",
    path: "/api/session/tokens/{id}",
    summary: "access.routes.revoke-token",
    right: "signed-in",
    params: id,
    output: done,
    problems: [accessProblems["session-needed"], commonProblems["not-found"]],
  }),
  sessions: route({
    method: "GET",
    path: "/api/session/sessions",
    summary: "access.routes.sessions",
    right: "signed-in",
    output: z.object({ items: z.array(ownSessionOutput) }),
    problems: [accessProblems["session-needed"]],
  }),
  revokeSession: route({
    method: "DELETE",
    path: "/api/session/sessions/{id}",
    summary: "access.routes.revoke-session",
    right: "signed-in",
    params: id,
    output: done,
    problems: [accessProblems["session-needed"], commonProblems["not-found"]],
  }),
};
