import { z } from "zod";
import { fields } from "../../platform/contract/fields.ts";
import { positionFields } from "../../platform/contract/position.ts";
import { allowedActions, recordRoutes, references } from "../../platform/contract/record-routes.ts";
import { outputSchema, recordType } from "../../platform/contract/record-type.ts";
import { route } from "../../platform/contract/route.ts";
import { commonProblems, defineProblems } from "../../platform/kernel/problem.ts";
import { taskStatuses } from "./model.ts";

/** A team that works on tasks. Nobody is named: the leader is a role. */
export const team = recordType({
  name: "tasking.team",
  titleField: "code",
  dateField: "activeFrom",
  fields: {
    code: fields.text("public", { required: true, column: true, maxLength: 80 }),
    names: fields.names("public", { required: true, column: true }),
    kind: fields.code("public", "team-kind", { required: true, column: true, filter: true }),
    organisation: fields.organisation("public", { required: true, column: true, filter: true }),
    size: fields.integer("public", { column: true, min: 0, max: 1000 }),
    leaderRole: fields.code("public", "team-leader-role"),
    activeFrom: fields.date("public", { column: true }),
    activeTo: fields.date("public", { filter: true }),
    notes: fields.longText("restricted"),
  },
});

/** A task order: who is to do what where, until when. Its status moves by steps with a reason, never by correction. */
export const task = recordType({
  name: "tasking.task",
  titleField: "code",
  dateField: "issuedOn",
  geometryField: "geometry",
  fields: {
    code: fields.text("public", { required: true, column: true, maxLength: 80 }),
    title: fields.text("public", { column: true, maxLength: 300 }),
    kind: fields.code("public", "task-kind", { required: true, column: true, filter: true }),
    status: fields.code("public", "task-status", { derived: true, column: true, filter: true }),
    statusOn: fields.date("public", { derived: true }),
    organisation: fields.organisation("public", { column: true, filter: true }),
    team: fields.record("public", "tasking.team", { filter: true }),
    /** The main hazardous area; further ones are kept beside the task. */
    area: fields.record("restricted", "land.area", { filter: true }),
    unit: fields.unit("public", { column: true, filter: true }),
    plannedSquareMetres: fields.integer("public", { column: true, min: 0, max: 1_000_000_000 }),
    requiredDepthCentimetres: fields.integer("public", { min: 0, max: 1000 }),
    method: fields.code("public", "work-method"),
    landUse: fields.code("public", "planned-land-use"),
    issuedOn: fields.date("public", { column: true, filter: true }),
    startOn: fields.date("public"),
    deadline: fields.date("public", { column: true, filter: true }),
    project: fields.text("public", { maxLength: 80, filter: true }),
    donor: fields.text("public", { maxLength: 80, filter: true }),
    /** Score of the main area when the task was made, and the criteria that gave it. */
    priorityScore: fields.number("restricted", { derived: true }),
    priorityCriteria: fields.text("restricted", { derived: true, maxLength: 120 }),
    ...positionFields("restricted", ["Point", "Polygon", "MultiPolygon"]),
    notes: fields.longText("restricted"),
  },
});

const items = { min: 0, max: 100_000 };

/** What a team did on one day of a task by one method. Processed square metres are work, not released land. */
export const progress = recordType({
  name: "tasking.progress",
  titleField: "code",
  dateField: "day",
  fields: {
    code: fields.text("public", { required: true, column: true, maxLength: 80 }),
    day: fields.date("public", { required: true, column: true, filter: true }),
    task: fields.record("public", "tasking.task", { required: true, column: true, filter: true }),
    team: fields.record("public", "tasking.team", { required: true, column: true, filter: true }),
    /** Filled from the team when it is left out. */
    organisation: fields.organisation("public", { filter: true }),
    method: fields.code("public", "work-method", { required: true, column: true, filter: true }),
    processedSquareMetres: fields.integer("public", { required: true, column: true, min: 0, max: 100_000_000 }),
    deminers: fields.integer("public", { column: true, min: 0, max: 10_000 }),
    /** Hours that the team worked that day, not multiplied by people. */
    hours: fields.number("public", { min: 0, max: 24 }),
    apMines: fields.integer("public", items),
    apMinesImprovised: fields.integer("public", items),
    avMines: fields.integer("public", items),
    submunitions: fields.integer("public", items),
    uxo: fields.integer("public", items),
    axo: fields.integer("public", items),
    otherItems: fields.integer("public", items),
    downtimeHours: fields.number("public", { min: 0, max: 24 }),
    downtimeReason: fields.code("public", "downtime-reason", { filter: true }),
    notes: fields.longText("restricted"),
  },
});

export const rights = {
  "tasking.read": "everyone",
  "tasking.manage": "managers",
  "tasking.report": "reporters",
} as const;

export const taskingProblems = defineProblems("tasking", {
  "step-not-allowed": 409,
  "date-before-last-step": 422,
  "task-not-open": 409,
  "day-before-issue": 422,
  "progress-exists": 409,
  "other-organisation": 403,
  "organisation-differs": 422,
  "unknown-area": 422,
});

const managed = { read: "tasking.read", correct: "tasking.manage" };

export const teamRoutes = recordRoutes(team, "/api/tasking/teams", managed);
export const taskRoutes = recordRoutes(task, "/api/tasking/tasks", managed);
export const progressRoutes = recordRoutes(progress, "/api/tasking/progress", {
  read: "tasking.read",
  correct: "tasking.report",
});

const country = z.string().regex(/^[A-Z]{3}$/);
const one = z.object({ country, id: z.uuid() });
const status = z.enum(taskStatuses);
const taskOutput = outputSchema(task);
/** The reason of a change; it stands in the history. */
export const reason = z.string().trim().min(3).max(2000);

/** A task as a card: the record, how far it is, and where it may go. */
export const cardOutput = z.object({
  record: taskOutput,
  processedSquareMetres: z.int(),
  lastDay: z.iso.date().nullable(),
  overdue: z.boolean(),
  moves: z.array(status),
});

const dayOutput = z.object({
  id: z.uuid(),
  day: z.iso.date(),
  method: z.string(),
  team: z.uuid(),
  squareMetres: z.int(),
  items: z.int(),
  deminers: z.int().nullable(),
  hours: z.number().nullable(),
  downtimeHours: z.number().nullable(),
  downtimeReason: z.string().nullable(),
});

export const routes = {
  board: route({
    method: "GET",
    path: "/api/tasking/board",
    summary: "tasking.routes.board",
    right: "tasking.read",
    query: z.object({
      country: country.optional(),
      organisation: z.uuid().optional(),
      unit: z.uuid().optional(),
      overdue: z.stringbool().default(false),
    }),
    output: z.object({
      columns: z.array(z.object({ status, total: z.int(), cards: z.array(cardOutput) })),
      references,
      allowed: allowedActions,
    }),
  }),
  sheet: route({
    method: "GET",
    path: "/api/tasking/tasks/{country}/{id}/sheet",
    summary: "tasking.routes.sheet",
    right: "tasking.read",
    params: one,
    output: z.object({
      card: cardOutput,
      furtherAreas: z.array(z.uuid()),
      days: z.array(dayOutput),
      totals: z.object({
        squareMetres: z.int(),
        items: z.int(),
        teamDays: z.int(),
        deminerDays: z.int().nullable(),
        downtimeHours: z.number(),
        byMethod: z.record(z.string(), z.int()),
        lastDay: z.iso.date().nullable(),
      }),
      references,
      allowed: allowedActions,
    }),
    problems: [commonProblems["not-found"]],
  }),
  move: route({
    method: "POST",
    path: "/api/tasking/tasks/{country}/{id}/status",
    summary: "tasking.routes.move",
    right: "tasking.manage",
    params: one,
    body: z.strictObject({
      revision: z.int().min(1),
      status,
      reason,
      /** The day on which it happened; today when left out. */
      on: z.iso.date().optional(),
    }),
    output: cardOutput,
    problems: [
      commonProblems["not-found"],
      commonProblems["stale-revision"],
      taskingProblems["step-not-allowed"],
      taskingProblems["date-before-last-step"],
    ],
  }),
  furtherAreas: route({
    method: "POST",
    path: "/api/tasking/tasks/{country}/{id}/areas",
    summary: "tasking.routes.further-areas",
    right: "tasking.manage",
    params: one,
    body: z.strictObject({ areas: z.array(z.uuid()).max(200), reason }),
    output: z.object({ furtherAreas: z.array(z.uuid()) }),
    problems: [commonProblems["not-found"], taskingProblems["unknown-area"]],
  }),
};
