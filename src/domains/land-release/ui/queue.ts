import type { ReportState } from "../model.ts";
import { type Queue, type QueueSort, queueSorts, queues } from "../model-queue.ts";

/** How long reports may have been waiting, in days, for a list of the late ones. */
export const waits = [7, 14, 30, 90] as const;

/** The list that an address asks for; without one what waits for those who judge, and their own for everybody else. */
export function queueOf(asked: string | undefined, reader: { judges: boolean; enters: boolean }): Queue {
  const known = queues.find((queue) => queue === asked);
  if (known && (known !== "todo" || reader.judges) && (known !== "mine" || reader.enters)) return known;
  if (reader.judges) return "todo";
  return reader.enters ? "mine" : "all";
}

/** The lists that a reader is offered: nobody is shown a list that is always empty for them. */
export function queuesFor(reader: { judges: boolean; enters: boolean }): readonly Queue[] {
  return queues.filter((queue) => queue === "all" || (queue === "todo" ? reader.judges : reader.enters));
}

/** An order that the address names, as long as it is one. */
export function sortOf(asked: string | undefined): QueueSort | undefined {
  return queueSorts.find((sort) => sort === asked);
}

/** Since when a report has been in its state, as far as its summary tells. */
export function waitingSince(report: {
  state: ReportState;
  enteredAt: string;
  submittedAt: string | null;
  verifiedAt: string | null;
}): string | null {
  switch (report.state) {
    case "submitted":
      return report.submittedAt;
    case "verified":
      return report.verifiedAt;
    case "draft":
      return report.enteredAt;
    case "returned":
      return report.submittedAt ?? report.enteredAt;
    default:
      return null;
  }
}
