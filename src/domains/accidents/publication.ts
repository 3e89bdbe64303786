import { generalise, type Hierarchy, kAnonymity, type Row } from "@santi/safe-statistics";
import type { Tx } from "../../platform/database/types.ts";
import type { AnonymityOutput } from "./contract-statistics.ts";
import { ageBands, type Dimension, groupOfDevice, unknownKey } from "./model-statistics.ts";
import { amputatedIn, smallestClass } from "./settings.ts";
import { listFacts } from "./statistics-store.ts";

/** The highest expected share of records that somebody who knows all keys would recognise (Humanitarian Data Exchange). */
export const riskLimit = 0.03;

/** More records than this are not coarsened in one request. */
const mostRecords = 100_000;

/** What a record of a publication says. All of it can be known from elsewhere, so all of it is a key. */
export const publishedKeys = [
  "year",
  "unit",
  "sex",
  "ageBand",
  "outcome",
  "status",
  "device",
] as const satisfies readonly Dimension[];

const same = (value: string) => value;
const any = () => "*";
const groupOfBand = (band: string): string => {
  const found = ageBands.find(({ key }) => key === band);
  return found ? (found.to < 18 ? "child" : "adult") : band;
};
const fiveYears = (year: string) => {
  if (!/^\d{4}$/.test(year)) return year;
  const first = Math.floor(Number(year) / 5) * 5;
  return `${first}-${first + 4}`;
};

/** How each key may be made coarser. */
export const hierarchies: readonly Hierarchy[] = [
  { key: "year", levels: [same, fiveYears, any] },
  { key: "unit", levels: [same, any] },
  { key: "sex", levels: [same, any] },
  { key: "ageBand", levels: [same, groupOfBand, any] },
  { key: "outcome", levels: [same, any] },
  { key: "status", levels: [same, any] },
  { key: "device", levels: [same, (device) => groupOfDevice.get(device) ?? unknownKey, any] },
];

/** Records of casualties made anonymous, and what was done to them. */
export interface Publication {
  rows: readonly Row[];
  report: AnonymityOutput;
}

/** Makes records anonymous: classes of at least `k`, and the risk below its limit. Pure. */
export function anonymous(facts: readonly Row[], k: number): Publication {
  const before = kAnonymity(facts, publishedKeys, k);
  const made = generalise(facts, hierarchies, { k, risk: riskLimit });
  return {
    rows: made.rows,
    report: {
      reached: made.reached,
      records: facts.length,
      smallestClassWanted: k,
      riskLimit,
      before: { k: before.k, globalRisk: before.globalRisk },
      after: { k: made.report.k, globalRisk: made.report.globalRisk },
      keys: hierarchies.map(({ key, levels }) => ({ key, level: made.levels[key] ?? 0, levels: levels.length })),
      suppressed: made.suppressed.length,
      loss: made.loss,
    },
  };
}

/** The casualties of a country as anonymous records. Only what the caller sees is counted. */
export async function publication(
  tx: Tx,
  { country, from, to }: { country: string; from?: number | undefined; to?: number | undefined },
): Promise<Publication> {
  const within = (await amputatedIn(tx, country)) === "within-injured";
  const facts = await listFacts(
    tx,
    {
      countries: [country],
      knownBefore: null,
      from: from ?? null,
      to: to ?? null,
      withinInjured: within ? [country] : [],
      forPublication: false,
    },
    publishedKeys,
    mostRecords + 1,
  );
  const tooMany = facts.length > mostRecords;
  const made = anonymous(tooMany ? [] : facts, await smallestClass(tx, country));
  return tooMany ? { rows: [], report: { ...made.report, reached: false, records: facts.length } } : made;
}
