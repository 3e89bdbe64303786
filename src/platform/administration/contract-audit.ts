import { z } from "zod";
import { route } from "../contract/route.ts";
import { commonProblems, defineProblems } from "../kernel/problem.ts";

export const auditProblems = defineProblems("audit", { "bad-cursor": 400 });

/** The name under which the check of the chain runs. */
export const verifyJob = "audit.verify";

/** One event as the log shows it. */
export const auditEvent = z.object({
  id: z.uuid(),
  type: z.string(),
  occurredAt: z.iso.datetime({ offset: true }),
  country: z.string().nullable(),
  /** What it happened to. The code is the one that the record had then; many records at once have none. */
  subject: z
    .object({
      type: z.string(),
      id: z.uuid(),
      code: z.string().nullable(),
      /** The name of the person when it is an account. */
      name: z.string().nullable().meta({ sensitivity: "restricted" }),
    })
    .nullable(),
  /** Null for what the program did by itself. The name is missing when the account is gone. */
  account: z.object({ id: z.string(), name: z.string().nullable().meta({ sensitivity: "restricted" }) }).nullable(),
  /** Place in the chain; null until it is sealed, within a second. */
  position: z.int().nullable(),
  details: z.record(z.string(), z.unknown()),
});
export type AuditEvent = z.output<typeof auditEvent>;

/** A check of the whole chain. */
export const verification = z.object({
  verifiedAt: z.iso.datetime({ offset: true }),
  by: z.string().nullable().meta({ sensitivity: "restricted" }),
  sealed: z.int(),
  unsealed: z.int(),
  head: z.string(),
  /** The first hundred, and how many there are in all. */
  problems: z.array(z.object({ kind: z.string(), position: z.int().nullable(), eventId: z.string().nullable() })),
  problemCount: z.int(),
});

export const auditRoutes = {
  auditEvents: route({
    method: "GET",
    path: "/api/audit/events",
    summary: "administration.routes.audit-events",
    right: "audit.read",
    query: z.object({
      /** A type, or an area with a dot at its end for all of its types. */
      type: z.string().max(100).optional(),
      country: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .optional(),
      account: z.string().max(100).optional(),
      /** The id or the code of a record. */
      subject: z.string().trim().min(1).max(200).optional(),
      /** First and last day, in UTC. */
      from: z.iso.date().optional(),
      to: z.iso.date().optional(),
      cursor: z.string().max(100).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    output: z.object({ items: z.array(auditEvent), next: z.string().nullable() }),
    problems: [auditProblems["bad-cursor"]],
  }),
  auditChoices: route({
    method: "GET",
    path: "/api/audit/choices",
    summary: "administration.routes.audit-choices",
    right: "audit.read",
    output: z.object({
      types: z.array(z.string()),
      accounts: z.array(z.object({ id: z.string(), name: z.string().meta({ sensitivity: "restricted" }) })),
    }),
  }),
  auditState: route({
    method: "GET",
    path: "/api/audit/state",
    summary: "administration.routes.audit-state",
    right: "audit.read",
    output: z.object({
      sealed: z.int(),
      unsealed: z.int(),
      /** Hash of the last sealed event; noted elsewhere, it proves that nothing was cut off. */
      head: z.string(),
      last: verification.nullable(),
      /** The job of a check that is under way. */
      running: z.uuid().nullable(),
    }),
  }),
  verifyAudit: route({
    method: "POST",
    path: "/api/audit/verify",
    summary: "administration.routes.audit-verify",
    right: "audit.read",
    rate: "heavy",
    output: z.object({ job: z.uuid() }),
    problems: [commonProblems.forbidden],
  }),
};
