import type { Life } from "./area-life.ts";
import { civil, type Day, isoDate } from "./calendar.ts";
import { type Context, revisions, stream } from "./context.ts";
import type { SampleItem } from "./item.ts";
import { padded } from "./programmes/programme.ts";
import type { Random } from "./random.ts";

/** Task orders are kept from this long before the last day; older ones are on paper. */
const taskYears = 3;
/** Days of progress that are entered for a task that goes on. */
const progressDays = 8;

const teamKinds = [
  ["clearance", "manual-clearance"],
  ["battle-area-clearance", "battle-area-clearance"],
  ["technical-survey", "survey"],
  ["explosive-ordnance-disposal", "explosive-ordnance-disposal"],
] as const;

/** The teams of a country's operators: one for each kind of work that they are there for, two where they are large. */
export function* generateTeams(context: Context): Generator<SampleItem> {
  for (const { code, activities, type } of context.programme.organisations) {
    const organisation = context.organisations.get(code);
    if (!organisation || type === "authority") continue;
    const random = stream(context, "teams", code);
    let serial = 0;
    for (const [activity, kind] of teamKinds) {
      if (!activities.includes(activity)) continue;
      for (let n = random.integer(1, 2); n > 0; n--) {
        const name = padded(++serial, 2);
        const values = {
          code: `${code}-T${name}`,
          names: { en: `${code} team ${name}` },
          kind,
          organisation,
          size: kind === "survey" ? random.integer(4, 6) : random.integer(10, 24),
          leaderRole: "team-leader",
          activeFrom: isoDate(context.start + random.integer(0, 700)),
        };
        const { id, items } = revisions(context, "tasking.team", [{ day: context.start, values, reason: "" }], random);
        const teams = context.teams.get(organisation) ?? [];
        teams.push(id);
        context.teams.set(organisation, teams);
        yield* items;
      }
    }
  }
}

/** An area as its task orders and visits see it. */
export interface WorkedArea {
  id: string;
  code: string;
  unit: string;
  isStrike: boolean;
  squareMetres: number;
  polygon: unknown;
  life: Life;
}

const taskStatus = (life: Life, work: NonNullable<Life["work"]>, until: Day) => {
  if (life.states.some(({ values }) => values.status === "released")) return "handed-over";
  if (life.closed !== undefined) return "completed";
  return life.states.some(({ values }) => values.status === "suspended") || work.to < until
    ? "suspended"
    : "in-progress";
};

/** What was ordered for an area in the last years, what was done of late, and what inspections said. */
export function* generateFieldWork(context: Context, area: WorkedArea): Generator<SampleItem> {
  const { work } = area.life;
  const { until } = context;
  const random = stream(context, "field work", area.id);
  const last = area.life.states.at(-1)?.values ?? {};
  if (work) {
    if (work.to < until - taskYears * 365) return;
    const status = taskStatus(area.life, work, until);
    const teams = context.teams.get(work.operator) ?? [];
    const team = teams.length > 0 ? random.pick(teams) : undefined;
    const order = { organisation: work.operator, team, issued: work.from - random.integer(5, 30), from: work.from };
    const deadline = status === "in-progress" ? until + random.integer(-40, 200) : work.to + random.integer(-20, 60);
    const statusOn = status === "in-progress" ? work.from : work.to;
    const { id, items } = taskOf(context, area, { ...order, deadline, status, statusOn }, random);
    yield* items;
    if (status === "in-progress" && team) yield* progressOf(context, area, { task: id, team }, work, random);
    yield* visitsTo(context, area, id, work, random);
  } else if (area.life.closed === undefined && last.areaClass !== "indication" && random.chance(0.08)) {
    const operators = [...context.teams.keys()];
    if (operators.length === 0) return;
    const organisation = random.pick(operators);
    const team = random.pick(context.teams.get(organisation) as string[]);
    const from = until + random.integer(10, 90);
    const issued = random.chance(0.5) ? until - random.integer(0, 20) : undefined;
    const status = issued === undefined ? "planned" : "issued";
    const deadline = from + random.integer(60, 240);
    const statusOn = issued ?? until - 3;
    yield* taskOf(context, area, { organisation, team, issued, from, deadline, status, statusOn }, random).items;
  }
}

interface Order {
  organisation: string;
  team: string | undefined;
  issued: Day | undefined;
  from: Day;
  deadline: Day;
  status: string;
  statusOn: Day;
}

function taskOf(context: Context, area: WorkedArea, order: Order, random: Random) {
  const { year } = civil(order.issued ?? order.from);
  const n = (context.numbers.get(`task ${year}`) ?? 0) + 1;
  context.numbers.set(`task ${year}`, n);
  const values = {
    code: `TO-${context.programme.country}-${year}-${padded(n, 3)}`,
    title: area.code,
    kind: area.isStrike ? "battle-area-clearance" : "clearance",
    status: order.status,
    statusOn: isoDate(Math.min(order.statusOn, context.until)),
    organisation: order.organisation,
    ...(order.team && { team: order.team }),
    area: area.id,
    unit: area.unit,
    plannedSquareMetres: area.squareMetres,
    requiredDepthCentimetres: area.isStrike ? 25 : 20,
    method: area.isStrike ? "instrument-search" : "manual",
    landUse: random.weighted([
      ["agriculture", 6],
      ["grazing", 2],
      ["housing", 1],
      ["school-or-health", 0.5],
    ]),
    ...(order.issued !== undefined && { issuedOn: isoDate(order.issued) }),
    startOn: isoDate(order.from),
    deadline: isoDate(Math.max(order.deadline, order.from + 20)),
    geometry: area.polygon,
  };
  const day = Math.min(context.until, order.issued ?? context.until - 3);
  return revisions(context, "tasking.task", [{ day, values, reason: "", delay: 2 }], random);
}

function* progressOf(
  context: Context,
  area: WorkedArea,
  by: { task: string; team: string },
  work: NonNullable<Life["work"]>,
  random: Random,
): Generator<SampleItem> {
  const deminers = random.integer(8, 16);
  let day = context.until - random.integer(0, 2);
  for (let n = 0; n < progressDays && day > work.from; n++, day -= n % 5 === 4 ? 3 : 1) {
    const isWet = random.chance(0.12);
    const each = area.isStrike ? random.integer(110, 260) : random.integer(14, 46);
    const found = random.chance(area.isStrike ? 0.3 : 0.22) ? random.integer(1, 3) : 0;
    const values = {
      code: `PRG-${context.programme.country}-${area.code}-${isoDate(day)}`,
      day: isoDate(day),
      ...by,
      organisation: work.operator,
      method: area.isStrike ? "instrument-search" : "manual",
      processedSquareMetres: isWet ? 0 : each * deminers,
      deminers,
      hours: isWet ? 2 : 6,
      ...(found > 0 && !isWet && (area.isStrike ? { submunitions: found } : { apMines: found })),
      ...(isWet && { downtimeHours: 4, downtimeReason: "weather" }),
    };
    yield* revisions(context, "tasking.progress", [{ day, values, reason: "", delay: 1 }], random).items;
  }
}

function* visitsTo(
  context: Context,
  area: WorkedArea,
  task: string,
  work: NonNullable<Life["work"]>,
  random: Random,
): Generator<SampleItem> {
  const authority = context.programme.organisations.find(({ type }) => type === "authority");
  const inspecting = authority && context.organisations.get(authority.code);
  const finished = area.life.closed;
  if (!random.chance(finished === undefined ? 0.85 : 0.5)) return;
  const day = finished === undefined ? work.from + random.integer(5, 60) : finished - random.integer(1, 12);
  if (day > context.until) return;
  const n = (context.numbers.get("visit") ?? 0) + 1;
  context.numbers.set("visit", n);
  const result = random.weighted([
    ["accepted", 8],
    ["accepted-with-conditions", finished === undefined ? 3 : 0],
    ["rejected", finished === undefined ? 1 : 0],
  ]);
  const values = {
    code: `QV-${context.programme.country}-${padded(n, 4)}`,
    visitedOn: isoDate(day),
    kind: finished === undefined ? "qa-external" : "qc",
    organisation: work.operator,
    ...(inspecting && { inspectingOrganisation: inspecting }),
    ...{ task, area: area.id, unit: area.unit, result },
    ...(result === "accepted-with-conditions" && { conditions: "Marking at the eastern side to be put back" }),
    ...(finished !== undefined && {
      sampledSquareMetres: Math.round(area.squareMetres * random.between(0.02, 0.08)),
      itemsFoundInSample: 0,
    }),
  };
  yield* revisions(context, "quality.visit", [{ day, values, reason: "", delay: 3 }], random).items;
}
