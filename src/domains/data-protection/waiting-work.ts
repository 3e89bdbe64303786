import type { WorkCounter } from "../../platform/work/index.ts";
import { countRequests } from "./request-store.ts";

/** Requests for access, correction or erasure that are not finished. */
export const waiting: readonly WorkCounter[] = [
  {
    kind: "data-requests",
    rights: ["data-protection.oversee"],
    async count({ tx, now }, country) {
      const { open = 0, granted = 0, overdue = 0 } = await countRequests(tx, country, now.toISOString().slice(0, 10));
      return { count: open + granted, late: overdue };
    },
  },
];
