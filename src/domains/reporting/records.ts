import { readSetting, type Setting } from "../../platform/administration/index.ts";
import { sensitivityRank } from "../../platform/contract/sensitivity.ts";
import type { Context } from "../../platform/http/handler.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { settings as accidentSettings } from "../accidents/index.ts";
import { findEntries } from "../ledger/index.ts";
import type { Account } from "../ledger/model.ts";
import {
  type AreaMeasure,
  accidentsBehind,
  areasBehind,
  itemsBehind,
  type RecordsBehind,
  type VisitMeasure,
  visitsBehind,
  type WorkMeasure,
  workBehind,
} from "./facts-store.ts";
import type { Where } from "./model-definition.ts";
import { measureOf, type Unit } from "./model-measures.ts";
import type { RecordsAsked } from "./model-records.ts";
import {
  contributionsBehind,
  type HurtMeasure,
  hurtBehind,
  projectLandBehind,
  type ReachMeasure,
  reachedBehind,
  type SessionMeasure,
  sessionsBehind,
  usesBehind,
} from "./results-store.ts";
import { ledgerFilter } from "./sources.ts";

interface LandFigure {
  accounts: readonly Account[];
  /** Sources are posted as negative amounts; the figure is positive. */
  sign: 1 | -1;
  stock?: "opening" | "closing";
}
const stock: readonly Account[] = ["suspected", "confirmed"];
const reduced: readonly Account[] = ["reduced-with-asset", "reduced-without-asset"];
const landFigures: Readonly<Record<string, LandFigure>> = {
  "land.opening": { accounts: stock, sign: 1, stock: "opening" },
  "land.identified": { accounts: ["identified"], sign: -1 },
  "land.boundary-increase": { accounts: ["boundary-increase"], sign: -1 },
  "land.boundary-decrease": { accounts: ["boundary-decrease"], sign: 1 },
  "land.administrative": { accounts: ["administrative"], sign: 1 },
  "land.cancelled": { accounts: ["cancelled"], sign: 1 },
  "land.reduced": { accounts: reduced, sign: 1 },
  "land.cleared": { accounts: ["cleared"], sign: 1 },
  "land.released": { accounts: ["cancelled", ...reduced, "cleared"], sign: 1 },
  "land.closing": { accounts: stock, sign: 1, stock: "closing" },
  "land.suspected": { accounts: ["suspected"], sign: 1, stock: "closing" },
  "land.confirmed": { accounts: ["confirmed"], sign: 1, stock: "closing" },
};

const dayBefore = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

/** The question of one row: its key becomes a filter, a year narrows the period. */
function narrowedToRow(asked: RecordsAsked): RecordsAsked {
  const { by, key, where } = asked;
  if (by === null || key === null) return asked;
  if (by !== "year") return { ...asked, where: { ...where, [by]: [key] } };
  const [first, last] = [`${key}-01-01`, `${key}-12-31`];
  return { ...asked, from: first > asked.from ? first : asked.from, to: last < asked.to ? last : asked.to };
}

interface Page {
  limit: number;
  offset: number;
}

async function landBehind({ tx }: Context, asked: RecordsAsked, page: Page): Promise<RecordsBehind> {
  const figure = landFigures[asked.measure];
  if (!figure) throw new Problem(commonProblems["not-found"]);
  const { from, to, where: narrowed } = narrowedToRow(asked);
  const { country, knownOn, by, key, where } = asked;
  const filter = ledgerFilter({ country, from, to, knownOn }, by === "contamination" ? where : narrowed);
  const period =
    figure.stock === undefined
      ? { from, to }
      : { from: undefined, to: figure.stock === "opening" ? dayBefore(from) : to };
  const found = await findEntries(tx, {
    ...{ ...filter, ...period, ...page, account: figure.accounts },
    ...(by === "contamination" && key !== null ? { contaminationOnly: [key] } : {}),
  });
  return {
    total: found.total,
    value: figure.sign * found.squareMetres || 0,
    items: found.items.map(({ about, reportCode, squareMetres, effectiveOn }) => ({
      ...{ type: "land.report", id: about, code: reportCode, on: effectiveOn },
      value: figure.sign * Number(squareMetres),
    })),
  };
}

/** The unit of the records behind a figure: behind a share stands what it is a share of. */
export function unitBehind(measure: string): Unit {
  return measure === "results.share" ? "m2" : (measureOf(measure)?.unit ?? "items");
}

/** What stands behind figures of projects; behind a share or a cost, what is divided. */
function resultsBehind({ tx }: Context, asked: RecordsAsked, where: Where, page: Page): Promise<RecordsBehind> {
  const { measure } = asked;
  switch (measure) {
    case "results.released":
    case "results.share":
      return projectLandBehind(tx, asked, where, page);
    case "results.contributed":
    case "results.cost-per-hectare":
      return contributionsBehind(tx, asked, where, page);
    case "results.land-use":
      return usesBehind(tx, asked, where, page);
    case "results.casualties-before":
    case "results.casualties-after":
      return hurtBehind(tx, asked, where, measure satisfies HurtMeasure, page);
    default:
      return reachedBehind(tx, asked, where, measure as ReachMeasure, page);
  }
}

function demandCleared({ caller }: Context, country: string): void {
  if (sensitivityRank(caller.levelFor(country)) < sensitivityRank("restricted"))
    throw new Problem(commonProblems.forbidden);
}

const limbs: Setting | undefined = (accidentSettings as readonly Setting[]).find(
  ({ name }) => name === "accidents.amputated",
);

/**
 * The records that a figure counts, newest first, with what they come to together: the figure itself.
 * @throws Problem `common.forbidden` when the caller may not see such records, `common.not-found` for a figure that has none
 */
export async function recordsBehind(context: Context, asked: RecordsAsked, page: Page): Promise<RecordsBehind> {
  const { tx } = context;
  const source = measureOf(asked.measure)?.source;
  if (source === "ledger") return landBehind(context, asked, page);
  const of = narrowedToRow(asked);
  if (source === "areas") return areasBehind(tx, of, of.where, of.measure as AreaMeasure, page);
  demandCleared(context, of.country);
  switch (source) {
    case "casualties": {
      const withinInjured = limbs ? (await readSetting(tx, limbs, of.country)) === "within-injured" : false;
      const counts = of.measure === "casualties.people" ? "people" : "accidents";
      return accidentsBehind(tx, of, of.where, counts, { ...page, withinInjured });
    }
    case "ordnance":
      return itemsBehind(tx, of, of.where, of.measure === "ordnance.destroyed", page);
    case "reports":
      if (of.measure === "reports.days") return workBehind(tx, of, of.where, "reports.approved", page);
      return workBehind(tx, of, of.where, of.measure as WorkMeasure, page);
    case "visits":
      return visitsBehind(tx, of, of.where, of.measure as VisitMeasure, page);
    case "results":
      return resultsBehind(context, of, of.where, page);
    case "education":
      return sessionsBehind(tx, of, of.where, of.measure as SessionMeasure, page);
    default:
      throw new Problem(commonProblems["not-found"]);
  }
}
