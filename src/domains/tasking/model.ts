/** What a task order asks for. */
export const taskKinds = [
  "non-technical-survey",
  "technical-survey",
  "clearance",
  "battle-area-clearance",
  "spot-task",
  "marking",
  "post-clearance-monitoring",
] as const;
export type TaskKind = (typeof taskKinds)[number];

/** How far a task order is. */
export const taskStatuses = [
  "planned",
  "issued",
  "in-progress",
  "suspended",
  "completed",
  "handed-over",
  "cancelled",
] as const;
export type TaskStatus = (typeof taskStatuses)[number];

/** Statuses in which the deadline still runs. */
export const openStatuses: readonly TaskStatus[] = ["planned", "issued", "in-progress", "suspended"];

/** Statuses in which daily progress may be entered; a finished task still takes what comes late from the field. */
export const workedStatuses: readonly TaskStatus[] = ["issued", "in-progress", "suspended", "completed"];

export const codeLists = {
  "task-kind": taskKinds,
  "task-status": taskStatuses,
  "team-kind": [
    "survey",
    "manual-clearance",
    "battle-area-clearance",
    "mechanical",
    "animal-detection",
    "explosive-ordnance-disposal",
    "multi-task",
    "quality",
  ],
  "team-leader-role": ["team-leader", "section-leader", "site-supervisor", "platoon-commander", "other"],
  "work-method": [
    "manual",
    "mechanical",
    "animal-detection",
    "visual-search",
    "instrument-search",
    "non-technical",
    "other",
  ],
  "planned-land-use": [
    "agriculture",
    "grazing",
    "forest",
    "housing",
    "road",
    "water",
    "school-or-health",
    "infrastructure",
    "other",
    "unknown",
  ],
  "downtime-reason": [
    "weather",
    "access-denied",
    "security",
    "accident",
    "equipment",
    "medical-support-missing",
    "training",
    "holiday",
    "waiting-for-disposal",
    "other",
  ],
} as const;

/** The statuses that a task may move to from each status. */
export type Transitions = Readonly<Record<TaskStatus, readonly TaskStatus[]>>;

/**
 * The steps that count until a country sets its own. What was handed over stays so: items missed after release open a
 * new area and a new task.
 */
export const shippedTransitions: Transitions = {
  planned: ["issued", "cancelled"],
  issued: ["in-progress", "planned", "suspended", "cancelled"],
  "in-progress": ["suspended", "completed", "cancelled"],
  suspended: ["in-progress", "completed", "cancelled"],
  completed: ["handed-over", "in-progress"],
  "handed-over": [],
  cancelled: ["planned"],
};

/** Writes steps as one line, e.g. `planned>issued planned>cancelled`, the form in which a setting holds them. */
export function formatTransitions(transitions: Transitions): string {
  return taskStatuses.flatMap((from) => transitions[from].map((to) => `${from}>${to}`)).join(" ");
}

const isStatus = (text: string | undefined): text is TaskStatus => taskStatuses.some((status) => status === text);

/**
 * Reads steps from a line as `formatTransitions` writes it; spaces, commas and line ends separate them.
 * @returns the steps, or null when a part is not a step between two statuses, so that nobody works by half a table
 */
export function parseTransitions(text: string): Transitions | null {
  const found: Record<TaskStatus, TaskStatus[]> = {
    planned: [],
    issued: [],
    "in-progress": [],
    suspended: [],
    completed: [],
    "handed-over": [],
    cancelled: [],
  };
  const parts = text.split(/[\s,;]+/).filter((part) => part !== "");
  for (const part of parts) {
    const [from, to, more] = part.split(">");
    if (!isStatus(from) || !isStatus(to) || from === to || more !== undefined) return null;
    if (!found[from].includes(to)) found[from].push(to);
  }
  return parts.length === 0 ? null : found;
}

/** Whether a task may go from one status to another. */
export function mayMove(transitions: Transitions, from: TaskStatus, to: TaskStatus): boolean {
  return transitions[from].includes(to);
}

/** Whether a task is late: its deadline has passed while work on it is still open. Dates as `YYYY-MM-DD`. */
export function isOverdue(task: { status?: unknown; deadline?: unknown }, today: string): boolean {
  return (
    typeof task.deadline === "string" && task.deadline < today && openStatuses.some((status) => status === task.status)
  );
}

/** The fields of daily progress that count items, by what they count. */
export const itemFields = [
  "apMines",
  "apMinesImprovised",
  "avMines",
  "submunitions",
  "uxo",
  "axo",
  "otherItems",
] as const;

/** One day of a team on a task by one method, as charts and totals need it. */
export interface ProgressDay {
  day: string;
  method: string;
  team: string;
  squareMetres: number;
  items: number;
  deminers: number | null;
  hours: number | null;
  downtimeHours: number | null;
  downtimeReason: string | null;
}

/** What the days of a task add up to. Processed ground is not released ground. */
export interface ProgressTotals {
  squareMetres: number;
  items: number;
  /** Days on which a team was there, each team counted. */
  teamDays: number;
  /** Sum of deminers over team days; null when no day says. */
  deminerDays: number | null;
  downtimeHours: number;
  /** Processed square metres by method; ground worked by two methods is in both. */
  byMethod: Readonly<Record<string, number>>;
  lastDay: string | null;
}

/**
 * Adds daily progress up. A team that reports two methods on one day was there once: the larger number of deminers
 * counts for that day.
 */
export function progressTotals(days: readonly ProgressDay[]): ProgressTotals {
  const byMethod: Record<string, number> = {};
  const presence = new Map<string, number | null>();
  let squareMetres = 0;
  let items = 0;
  let downtimeHours = 0;
  let lastDay: string | null = null;
  for (const each of days) {
    squareMetres += each.squareMetres;
    items += each.items;
    downtimeHours += each.downtimeHours ?? 0;
    byMethod[each.method] = (byMethod[each.method] ?? 0) + each.squareMetres;
    const key = `${each.team}/${each.day}`;
    const known = presence.get(key) ?? null;
    presence.set(key, each.deminers === null ? known : Math.max(known ?? 0, each.deminers));
    if (lastDay === null || each.day > lastDay) lastDay = each.day;
  }
  const counted = [...presence.values()].filter((count) => count !== null);
  return {
    squareMetres,
    items,
    teamDays: presence.size,
    deminerDays: counted.length === 0 ? null : counted.reduce((sum, count) => sum + count, 0),
    downtimeHours,
    byMethod,
    lastDay,
  };
}
