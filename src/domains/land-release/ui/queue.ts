import type { ReportState } from "../model.ts";

/** The lists that the queue offers; each is an address of its own. */
export const views = ["todo", "draft", "submitted", "verified", "returned", "approved", "withdrawn", "all"] as const;
export type View = (typeof views)[number];

/** Whether a text of the address names a view. */
export function isView(text: string | undefined): text is View {
  return (views as readonly (string | undefined)[]).includes(text);
}

/**
 * The states in which a report waits for somebody with these rights: what they may verify or approve, otherwise what
 * they have to finish themselves.
 */
export function statesToDo(may: (right: string) => boolean): readonly ReportState[] {
  const judged: ReportState[] = [
    ...(may("land.report-approve") ? (["verified"] as const) : []),
    ...(may("land.report-verify") ? (["submitted"] as const) : []),
  ];
  if (judged.length > 0) return judged;
  return may("land.report-enter") ? ["returned", "draft"] : [];
}

/** The states that a view shows; none stands for all. */
export function statesOf(view: View, may: (right: string) => boolean): readonly ReportState[] {
  if (view === "todo") return statesToDo(may);
  return view === "all" ? [] : [view];
}

/** How many reports a view holds. */
export function countOf(view: View, counts: Readonly<Record<string, number>>, may: (right: string) => boolean): number {
  const states = statesOf(view, may);
  if (view === "todo" && states.length === 0) return 0;
  const wanted = states.length === 0 ? Object.keys(counts) : states;
  return wanted.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
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
