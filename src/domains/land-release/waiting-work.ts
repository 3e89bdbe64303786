import type { WorkCounter } from "../../platform/work/index.ts";
import { rulesOf } from "./bases.ts";
import { listReports } from "./queue-store.ts";

/** What a country's queue of reports holds for the caller. */
const queueOf = async (
  { tx, caller, now }: Parameters<WorkCounter["count"]>[0],
  country: string,
  filter: { queue: "todo" | "mine"; state?: readonly string[]; waitingDays?: number },
) =>
  listReports(
    tx,
    { country, limit: 1, offset: 0, ...filter },
    {
      accountId: caller.account?.id ?? null,
      mayVerify: caller.can("land.report-verify", country),
      mayApprove: caller.can("land.report-approve", country),
      verifierMayApprove: (await rulesOf(tx, country)).verifierMayApprove,
      now,
    },
  );

/** A report that has waited for so many days is late. */
const lateAfterDays = 14;

/** Field reports that wait for a decision, and the caller's own that were returned. */
export const waiting: readonly WorkCounter[] = [
  {
    kind: "land-reports",
    rights: ["land.report-verify", "land.report-approve"],
    async count(context, country) {
      const { queues } = await queueOf(context, country, { queue: "todo" });
      if (queues.todo === 0) return { count: 0, late: null };
      const late = await queueOf(context, country, { queue: "todo", waitingDays: lateAfterDays });
      return { count: queues.todo, late: late.queues.todo };
    },
  },
  {
    kind: "land-reports-returned",
    rights: ["land.report-enter"],
    async count(context, country) {
      const { total } = await queueOf(context, country, { queue: "mine", state: ["returned"] });
      return { count: total, late: null };
    },
  },
];
