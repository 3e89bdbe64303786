import { countedOnce, type WorkCounter } from "../../platform/work/index.ts";
import { countNonconformities } from "./nonconformity-store.ts";

const nonconformities = countedOnce(({ tx, now }, country) =>
  countNonconformities(tx, { country, today: now.toISOString().slice(0, 10) }),
);

/** Non-conformities to correct, for who corrects, and corrected ones to look at, for who inspects. */
export const waiting: readonly WorkCounter[] = [
  {
    kind: "nonconformities-open",
    rights: ["quality.respond"],
    async count(context, country) {
      const { open = 0, overdue = 0 } = await nonconformities(context, country);
      return { count: open, late: overdue };
    },
  },
  {
    kind: "nonconformities-corrected",
    rights: ["quality.inspect"],
    async count(context, country) {
      const { corrected = 0 } = await nonconformities(context, country);
      return { count: corrected, late: null };
    },
  },
];
