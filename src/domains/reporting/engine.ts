import type { Context } from "../../platform/http/handler.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { referencesById } from "../../platform/records/references.ts";
import { type Dimension as CasualtyDimension, compareKeys } from "../accidents/contract-statistics.ts";
import { codeLists as landLists } from "../land/model.ts";
import { ordnanceCategories } from "../ordnance/model.ts";
import { codeLists as resultLists } from "../results/model.ts";
import { serviceCodes } from "../services/model.ts";
import { hashed } from "./hash.ts";
import {
  assemble,
  type NationalEntry,
  type Parameters,
  questionsOf,
  type Result,
  type Series,
  type Warning,
} from "./model.ts";
import { type Definition, faultsOf } from "./model-definition.ts";
import { type Dimension, dimensionWords } from "./model-measures.ts";
import { contactOf } from "./settings.ts";
import { answerAll } from "./sources.ts";

const casualtyOrders: Readonly<Partial<Record<Dimension, CasualtyDimension>>> = {
  outcome: "outcome",
  status: "status",
  sex: "sex",
  ageGroup: "ageGroup",
  sexAge: "sexAge",
  deviceGroup: "deviceGroup",
  activity: "activity",
};
const ownOrders: Readonly<Partial<Record<Dimension, readonly string[]>>> = {
  contamination: landLists["contamination-type"],
  category: ordnanceCategories,
  group: ["ap-mine", "av-mine", "cmr", "erw", "other"],
  service: serviceCodes,
  currency: resultLists["gift-currency"] ?? [],
  peopleGroup: resultLists["people-group"] ?? [],
  use: resultLists["released-land-use"] ?? [],
  educationMethod: resultLists["session-method"] ?? [],
  audience: resultLists["session-audience"] ?? [],
};

/** The order of the rows of a table: as the code list has it, places and organisations by their codes, what is not known last. */
function orderOf(references: Result["references"]) {
  return (by: Dimension, a: string | null, b: string | null): number => {
    if (a === b) return 0;
    if (a === null || b === null) return a === null ? 1 : -1;
    const casualties = casualtyOrders[by];
    if (casualties) return compareKeys(casualties, a, b);
    const order = ownOrders[by];
    const rank = (key: string) => {
      const at = order?.indexOf(key) ?? -1;
      return at < 0 ? (order?.length ?? 0) : at;
    };
    const name = (key: string) => references[key]?.code ?? key;
    const [one, other] = [name(a), name(b)];
    return rank(a) - rank(b) || (one < other ? -1 : one > other ? 1 : a < b ? -1 : 1);
  };
}

async function referencesIn(
  context: Context,
  of: Definition,
  series: ReadonlyMap<string, Series>,
): Promise<Result["references"]> {
  const wanted: Record<string, string[]> = {};
  const kinds = of.blocks.flatMap((block) => {
    const kind = block.kind === "table" ? dimensionWords[block.by]?.reference : undefined;
    return kind ? [kind] : [];
  });
  if (kinds.length === 0) return {};
  const ids = new Set([...series.values()].flatMap(({ rows }) => [...rows.keys()]));
  const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
  for (const kind of new Set(kinds)) wanted[kind] = [...ids].filter((id) => id !== null && uuid.test(id)) as string[];
  const found = await referencesById(context.tx, wanted);
  return Object.fromEntries(Object.entries(found).map(([id, { code, names }]) => [id, { code, names }]));
}

/** What each message of the catalogues says in every language; wrong definitions are found by it. */
export type MessageReader = (key: string) => readonly string[];

/**
 * Refuses a definition that could give a wrong number.
 * @throws Problem `common.invalid-input` with each fault at its place
 */
export function demandSound(of: Definition, message: MessageReader): void {
  const faults = faultsOf(of, message);
  if (faults.length > 0) throw new Problem(commonProblems["invalid-input"], {}, faults);
}

function demandParameters(of: Definition, { from, to, countries, form }: Parameters): void {
  const fault = (path: string, code: string) => new Problem(commonProblems["invalid-input"], {}, [{ path, code }]);
  if (from > to) throw fault("from", "check.dates-out-of-order");
  if (of.scope === "country" && countries.length !== 1) throw fault("countries", "reporting.one-country");
  if (form !== null && !of.forms?.some(({ id }) => id === form)) throw fault("form", "reporting.form-unknown");
}

/**
 * Makes a report: counts what it asks for with the caller's clearance, and puts it together. The same definition over the
 * same data for the same parameters gives the same result.
 * @param entries what the country wrote into the report by hand, by block
 * @throws Problem `common.invalid-input` for parameters that do not fit the definition
 */
export async function makeReport(
  context: Context,
  of: Definition,
  parameters: Parameters,
  entries: ReadonlyMap<string, NationalEntry>,
): Promise<Result> {
  demandParameters(of, parameters);
  const series = await answerAll(context, questionsOf(of, parameters), parameters);
  const references = await referencesIn(context, of, series);
  const asksContact = of.blocks.some(({ kind }) => kind === "contact");
  const contact = asksContact ? await contactOf(context.tx, parameters.countries[0] ?? "") : null;
  const warnings: Warning[] = [];
  if (parameters.to >= parameters.asOf) warnings.push("period-not-closed");
  if (parameters.countries.length > 1) warnings.push("several-countries");
  if (asksContact && contact === null) warnings.push("contact-missing");
  return assemble(
    of,
    hashed(of).hash,
    parameters,
    { series, entries, contact, compare: orderOf(references) },
    { references, warnings },
  );
}
