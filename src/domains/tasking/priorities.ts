import { readSetting } from "../../platform/administration/index.ts";
import type { Tx } from "../../platform/database/types.ts";
import { recordEvent } from "../../platform/events/index.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { taskingProblems } from "./contract.ts";
import { type CriteriaOutput, priorityProblems } from "./contract-priority.ts";
import { type CriteriaSet, type Indicator, indicators, type Option, presets, rankOptions } from "./model-priority.ts";
import {
  type AreaFacts,
  countAreas,
  findAreaFacts,
  findCriteria,
  insertCriteria,
  insertValues,
} from "./priority-store.ts";
import { criteriaSetting, monthsSetting, radiusSetting } from "./settings.ts";
import { knownAreas } from "./store.ts";

/** More areas than this are not ranked at once; a unit narrows them. */
export const mostOptions = 3000;

/** All sets of criteria of a country: what every node offers, and its own. */
export async function criteriaOf(tx: Tx, country: string): Promise<CriteriaOutput[]> {
  const inForce = await readSetting(tx, criteriaSetting, country);
  const own = await findCriteria(tx, country);
  const all = [
    ...Object.entries(presets).map(([code, definition]) => ({
      code,
      version: 0,
      names: {},
      definition: definition as CriteriaSet,
    })),
    ...own,
  ];
  return all.map((set) => ({
    ...set,
    definition: { ...set.definition, criteria: [...set.definition.criteria], classes: [...set.definition.classes] },
    inForce: set.code === inForce,
  }));
}

/** One set of criteria: the one asked for, else the one in force. @throws Problem `tasking.priority.unknown-criteria` */
export async function findSet(tx: Tx, country: string, code: string | undefined): Promise<CriteriaOutput> {
  const all = await criteriaOf(tx, country);
  const found = code === undefined ? (all.find((set) => set.inForce) ?? all[0]) : all.find((set) => set.code === code);
  if (!found) throw new Problem(priorityProblems["unknown-criteria"], { code: code ?? "" });
  return found;
}

/**
 * Stores a new version of a country's own criteria.
 * @throws Problem `tasking.priority.preset-fixed` for the code of a shipped set, `common.stale-revision`
 */
export async function saveCriteria(
  tx: Tx,
  country: string,
  set: { code: string; version: number; names: Record<string, string>; definition: CriteriaSet },
  change: { reason: string; now: Date; accountId: string | null },
): Promise<CriteriaOutput> {
  if (Object.hasOwn(presets, set.code)) throw new Problem(priorityProblems["preset-fixed"], { code: set.code });
  const found = (await findCriteria(tx, country)).find(({ code }) => code === set.code)?.version ?? 0;
  const version = set.version + 1;
  if (found !== set.version || !(await insertCriteria(tx, country, { ...set, version }, change)))
    throw new Problem(commonProblems["stale-revision"], { expected: set.version, found });
  await recordEvent(tx, {
    type: "tasking.criteria-saved",
    country,
    accountId: change.accountId,
    now: change.now,
    payload: { code: set.code, version },
  });
  return findSet(tx, country, set.code);
}

/**
 * Records what people say about an area for its priority.
 * @throws Problem `tasking.unknown-area`, `tasking.priority.not-entered` for what is computed
 */
export async function enterValues(
  tx: Tx,
  target: { country: string; area: string; source: string },
  values: readonly { indicator: Indicator; value: number | null }[],
  change: { now: Date; accountId: string | null },
): Promise<number> {
  if (!(await knownAreas(tx, target.country, [target.area])).has(target.area))
    throw new Problem(taskingProblems["unknown-area"], { areas: [target.area] });
  const computed = values.filter(({ indicator }) => indicators[indicator].source === "computed");
  if (computed.length > 0)
    throw new Problem(priorityProblems["not-entered"], { indicators: computed.map(({ indicator }) => indicator) });
  await insertValues(tx, target, values, change);
  await recordEvent(tx, {
    type: "tasking.values-entered",
    country: target.country,
    subject: { type: "land.area", id: target.area },
    accountId: change.accountId,
    now: change.now,
    payload: { indicators: values.map(({ indicator }) => indicator) },
  });
  return values.length;
}

const mines = ["ap-mine", "ap-mine-improvised", "av-mine"];
const unexploded = ["cmr", "erw-other"];

/** What is known about an area, by indicator. Contamination that is not known leaves both of its indicators open. */
export function optionOf(facts: AreaFacts): Option {
  const types = (facts.contamination ?? []).filter((type) => type !== "unknown");
  const present = (wanted: readonly string[]) =>
    types.length === 0 ? null : Number(types.some((type) => wanted.includes(type)));
  return {
    id: facts.id,
    values: {
      ...facts.entered,
      "casualties-24-months": facts.casualties,
      "area-hectares": facts.squareMetres === null ? null : facts.squareMetres / 10_000,
      "mines-present": present(mines),
      "uxo-present": present(unexploded),
    },
  };
}

/** The first day from which casualties count: so many months before a day. */
export function monthsBefore(now: Date, months: number): string {
  const day = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1));
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
  day.setUTCDate(Math.min(now.getUTCDate(), last));
  return day.toISOString().slice(0, 10);
}

/** How casualties are counted in a country. */
async function casualtyRule(tx: Tx, country: string, now: Date): Promise<{ since: string; radiusMetres: number }> {
  return {
    since: monthsBefore(now, await readSetting(tx, monthsSetting, country)),
    radiusMetres: await readSetting(tx, radiusSetting, country),
  };
}

/** The areas that wait for work with what is known about them, and how many there are in all. */
export async function areasToRank(tx: Tx, asked: { country: string; unit?: string | undefined }, now: Date) {
  const question = { ...asked, ...(await casualtyRule(tx, asked.country, now)), limit: mostOptions };
  return { ...question, facts: await findAreaFacts(tx, question), total: await countAreas(tx, question) };
}

/**
 * The score of one area under the criteria in force, for its new task. Under `min-max` it depends on all areas that
 * wait for work, as on the page of priorities.
 * @returns null when the caller sees no such area
 */
export async function scoreOf(
  tx: Tx,
  country: string,
  area: string,
  now: Date,
): Promise<{ score: number; criteria: string } | null> {
  const set = await findSet(tx, country, undefined);
  const rule = await casualtyRule(tx, country, now);
  const own = await findAreaFacts(tx, { country, areas: [area], ...rule, limit: 1 });
  if (own.length === 0) return null;
  const others =
    set.definition.method === "min-max" ? await findAreaFacts(tx, { country, ...rule, limit: mostOptions }) : [];
  const options = [...own, ...others.filter(({ id }) => id !== area)].map(optionOf);
  const found = rankOptions(options, set.definition).find(({ id }) => id === area);
  return found ? { score: found.score, criteria: `${set.code}/${set.version}` } : null;
}
