import type { WorkCounter } from "../../platform/work/index.ts";
import { verifierMayApprove } from "./settings.ts";
import { countToJudge } from "./store.ts";

/** Reports of accidents that wait for a decision of the caller. */
export const waiting: readonly WorkCounter[] = [
  {
    kind: "accident-reports",
    rights: ["accidents.verify", "accidents.approve"],
    async count({ tx, caller }, country) {
      const count = await countToJudge(tx, country, {
        accountId: caller.account?.id ?? null,
        mayVerify: caller.can("accidents.verify", country),
        mayApprove: caller.can("accidents.approve", country),
        verifierMayApprove: await verifierMayApprove(tx, country),
      });
      return { count, late: null };
    },
  },
];
