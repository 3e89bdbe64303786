import { z } from "zod";
import { route } from "../contract/route.ts";

export const rights = { "work.read": "everyone" } as const;

/** So many things of one kind wait for the caller. */
export const waitingOutput = z.object({
  /** What waits; its sentence is the message `work.<kind>`. */
  kind: z.string(),
  count: z.number().int(),
  /** How many of them are past their time; null where there is none. */
  late: z.number().int().nullable(),
  /** The countries in which they are. */
  countries: z.array(z.string()),
});
export type WaitingOutput = z.output<typeof waitingOutput>;

export const routes = {
  waiting: route({
    method: "GET",
    path: "/api/work",
    summary: "work.routes.waiting",
    right: "work.read",
    query: z.object({ country: z.string().length(3).optional() }),
    output: z.object({ items: z.array(waitingOutput) }),
  }),
};
