import { z } from "zod";
import { route } from "../contract/route.ts";
import { commonProblems } from "../kernel/problem.ts";

export const jobStates = ["waiting", "running", "done", "failed", "cancelled", "interrupted"] as const;
export type JobState = (typeof jobStates)[number];

/** How far a job is: done of total in a unit whose name is a message key (`job.unit.<unit>`), total null when unknown. */
export const jobProgress = z.object({
  done: z.number().optional(),
  total: z.number().nullable().optional(),
  unit: z.string().optional(),
  /** The step, as a message key `job.step.<step>`. */
  step: z.string().optional(),
});
export type JobProgress = z.output<typeof jobProgress>;

export const jobOutput = z.object({
  id: z.uuid(),
  name: z.string(),
  country: z.string().nullable(),
  state: z.enum(jobStates),
  progress: jobProgress,
  result: z.unknown(),
  problem: z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) }).nullable(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
});
export type JobOutput = z.output<typeof jobOutput>;

const params = z.object({ id: z.uuid() });

export const rights = { "jobs.read": "everyone" } as const;

export const routes = {
  list: route({
    method: "GET",
    path: "/api/jobs",
    summary: "jobs.routes.list",
    right: "jobs.read",
    query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
    output: z.object({ items: z.array(jobOutput) }),
  }),
  get: route({
    method: "GET",
    path: "/api/jobs/{id}",
    summary: "jobs.routes.get",
    right: "jobs.read",
    params,
    output: jobOutput,
    problems: [commonProblems["not-found"]],
  }),
  /** Server-sent events: one `job` event with the job's state at every change, until it ends. */
  events: route({
    method: "GET",
    path: "/api/jobs/{id}/events",
    summary: "jobs.routes.events",
    right: "jobs.read",
    params,
    produces: "text/event-stream",
    problems: [commonProblems["not-found"]],
  }),
  cancel: route({
    method: "POST",
    path: "/api/jobs/{id}/cancel",
    summary: "jobs.routes.cancel",
    right: "jobs.read",
    params,
    output: jobOutput,
    problems: [commonProblems["not-found"]],
  }),
};
