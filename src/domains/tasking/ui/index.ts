import { lazy } from "react";
import { positionCodeLists } from "../../../platform/contract/position.ts";
import type { PageEntry } from "../../../platform/ui/page-entry.ts";
import type { RecordSection } from "../../../platform/ui/records/section.ts";
import { progress, progressRoutes, routes, task, taskRoutes, team, teamRoutes } from "../contract.ts";
import { priorityRoutes } from "../contract-priority.ts";
import { codeLists } from "../model.ts";
import { taskTones } from "./tones.ts";

/** Task orders: list, page and map layer. */
export const tasks: RecordSection = {
  type: task,
  routes: taskRoutes,
  path: "/tasking/tasks",
  icon: "task",
  group: "tasks",
  codeLists: { ...positionCodeLists, ...codeLists },
  tones: { status: taskTones },
  countBy: "status",
};

/** Teams: list and page. */
export const teams: RecordSection = {
  type: team,
  routes: teamRoutes,
  path: "/tasking/teams",
  icon: "people",
  group: "tasks",
  codeLists,
  countBy: "kind",
};

/** Daily progress: list and page. */
export const progressEntries: RecordSection = {
  type: progress,
  routes: progressRoutes,
  path: "/tasking/progress",
  icon: "calendar",
  group: "tasks",
  codeLists,
  countBy: "method",
};

/** The record types that tasking offers. */
export const sections: readonly RecordSection[] = [tasks, progressEntries, teams];

/** The path of a task's sheet: its progress, areas and steps. */
export const sheetPath = (task: { country: string; id: string }) => `/tasking/task/${task.country}/${task.id}`;

/** The other pages of tasking. */
export const pages: readonly PageEntry[] = [
  {
    path: "/tasking/board",
    labelKey: "tasking.board.title",
    icon: "columns",
    group: "tasks",
    right: routes.board.right,
    nav: true,
    Page: lazy(() => import("./TaskBoardPage.tsx").then((m) => ({ default: m.TaskBoardPage }))),
  },
  {
    path: "/tasking/priorities",
    labelKey: "tasking.priorities.title",
    icon: "priority",
    group: "tasks",
    right: priorityRoutes.priorities.right,
    nav: true,
    Page: lazy(() => import("./PrioritiesPage.tsx").then((m) => ({ default: m.PrioritiesPage }))),
  },
  {
    path: "/tasking/task/$country/$id",
    labelKey: "record.tasking.task",
    icon: "task",
    group: "tasks",
    right: routes.sheet.right,
    nav: false,
    Page: lazy(() => import("./TaskSheetPage.tsx").then((m) => ({ default: m.TaskSheetPage }))),
  },
  {
    path: "/tasking/tasks/new",
    labelKey: "tasking.new-task.title",
    icon: "add",
    group: "tasks",
    right: taskRoutes.create.right,
    nav: false,
    Page: lazy(() => import("./NewTaskPage.tsx").then((m) => ({ default: m.NewTaskPage }))),
  },
  {
    path: "/tasking/teams/new",
    labelKey: "tasking.new-team.title",
    icon: "add",
    group: "tasks",
    right: teamRoutes.create.right,
    nav: false,
    Page: lazy(() => import("./NewTeamPage.tsx").then((m) => ({ default: m.NewTeamPage }))),
  },
  {
    path: "/tasking/progress/new",
    labelKey: "tasking.new-progress.title",
    icon: "add",
    group: "tasks",
    right: progressRoutes.create.right,
    nav: false,
    Page: lazy(() => import("./NewProgressPage.tsx").then((m) => ({ default: m.NewProgressPage }))),
  },
];
