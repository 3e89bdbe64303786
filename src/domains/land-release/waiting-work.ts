import { countedOnce, type WorkCounter } from "../../platform/work/index.ts";
import { rulesOf } from "./bases.ts";
import { countWaiting } from "./queue-store.ts";

/** A report that has waited for so many days is late. */
const lateAfterDays = 14;

const reports = countedOnce(async ({ tx, caller, now }, country) =>
  countWaiting(tx, country, lateAfterDays, {
    accountId: caller.account?.id ?? null,
    mayVerify: caller.can("land.report-verify", country),
    mayApprove: caller.can("land.report-approve", country),
    verifierMayApprove: (await rulesOf(tx, country)).verifierMayApprove,
    now,
  }),
);

/** Field reports that wait for a decision, and the caller's own that were returned. */
export const waiting: readonly WorkCounter[] = [
  {
    kind: "land-reports",
    rights: ["land.report-verify", "land.report-approve"],
    async count(context, country) {
      const { todo, late } = await reports(context, country);
      return { count: todo, late: todo === 0 ? null : late };
    },
  },
  {
    kind: "land-reports-returned",
    rights: ["land.report-enter"],
    async count(context, country) {
      return { count: (await reports(context, country)).returned, late: null };
    },
  },
];
