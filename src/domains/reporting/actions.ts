import { recordEvent } from "../../platform/events/index.ts";
import type { Context } from "../../platform/http/handler.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { type EditionOutput, type ReportAsked, reportingProblems } from "./contract.ts";
import { shippedDefinitions } from "./definitions/index.ts";
import { demandSound, type MessageReader, makeReport } from "./engine.ts";
import { hashed } from "./hash.ts";
import type { NationalEntry, Parameters, Result } from "./model.ts";
import type { Definition } from "./model-definition.ts";
import { narrowedTo } from "./model-narrow.ts";
import {
  type Edition,
  findDefinitions,
  findEdition,
  findEntriesOf,
  insertDefinition,
  insertEdition,
  insertEntry,
} from "./store.ts";

/** A definition by its id: one that ships, else the newest that was kept for the country. @throws Problem `common.not-found` */
export async function definitionOf(context: Context, country: string, id: string): Promise<Definition> {
  const shipped = shippedDefinitions.find((each) => each.id === id);
  if (shipped) return shipped;
  const [kept] = await findDefinitions(context.tx, country, id);
  if (!kept) throw new Problem(commonProblems["not-found"]);
  return kept.body;
}

/**
 * What the country wrote into each block for a year. A text that was last written for an earlier year stands unchanged.
 */
export async function entriesFor(
  context: Context,
  country: string,
  definition: string,
  year: number,
): Promise<Map<string, NationalEntry>> {
  const found = await findEntriesOf(context.tx, country, definition, year);
  return new Map(
    found.map(({ block, flag, ...entry }) => [
      block,
      {
        ...{ texts: entry.texts, numbers: entry.numbers, year: entry.year },
        flag: entry.year < year && flag === "changed" ? ("unchanged" as const) : flag,
      },
    ]),
  );
}

const today = ({ now }: Context) => now.toISOString().slice(0, 10);

/** Makes the report that was asked for. @throws Problem `common.not-found`, `common.invalid-input` */
export async function runReport(context: Context, asked: ReportAsked, message: MessageReader): Promise<Result> {
  const [first = ""] = asked.country;
  const found = await definitionOf(context, first, asked.definition);
  const definition = asked.project ? narrowedTo(found, "donorProject", asked.project) : found;
  demandSound(definition, message);
  const parameters: Parameters = {
    ...{
      countries: asked.country,
      from: asked.from,
      to: asked.to,
      knownOn: asked.knownOn ?? null,
      asOf: today(context),
    },
    ...{ areaUnit: asked.in, audience: asked.audience, form: asked.form ?? definition.forms?.[0]?.id ?? null },
  };
  const entries = await entriesFor(context, first, definition.id, Number(asked.to.slice(0, 4)));
  return makeReport(context, definition, parameters, entries);
}

/** An edition as it leaves. */
export function presentEdition(of: Edition): EditionOutput {
  const { country, id, definition, words, number, audience, from, to, hash, note, publishedAt } = of;
  return { country, id, definition, words, number, audience, from, to, hash, note, publishedAt };
}

/**
 * Freezes a report as an edition. A public one is made with what anybody may see, whoever publishes it.
 * @throws Problem `reporting.period-not-closed` for a period that is not over, and as `runReport`
 */
export async function publishReport(
  context: Context,
  asked: ReportAsked & { note: string | null },
  message: MessageReader,
): Promise<EditionOutput> {
  const [country = "", ...others] = asked.country;
  if (others.length > 0) throw new Problem(reportingProblems["one-country"]);
  if (asked.to >= today(context)) throw new Problem(reportingProblems["period-not-closed"], { to: asked.to });
  const result = await runReport(context, asked, message);
  const { text, hash } = hashed(result);
  const edition = {
    ...{ country, id: newId(), definition: asked.definition, words: result.definition.words, audience: asked.audience },
    ...{ from: asked.from, to: asked.to, hash, note: asked.note, publishedAt: context.now.toISOString() },
  };
  const accountId = context.caller.account?.id ?? null;
  const number = await insertEdition(context.tx, { ...edition, body: text, publishedBy: accountId });
  await recordEvent(context.tx, {
    ...{ type: "reporting.published", country, subject: { type: "reporting.edition", id: edition.id } },
    ...{
      accountId,
      now: context.now,
      payload: { definition: asked.definition, number, hash, audience: asked.audience },
    },
  });
  return presentEdition({ ...edition, number });
}

/**
 * An edition and what it says, proven to be what was published.
 * @throws Problem `common.not-found`; Error when what is kept is not what the hash is of
 */
export async function editionOf(
  context: Context,
  country: string,
  id: string,
): Promise<{ edition: Edition; result: Result; text: string }> {
  const found = await findEdition(context.tx, country, id);
  if (!found) throw new Problem(commonProblems["not-found"]);
  return opened(found);
}

/** What a stored edition says. @throws Error when what is kept is not what the hash is of */
export function opened({ body, ...edition }: Edition & { body: string }): {
  edition: Edition;
  result: Result;
  text: string;
} {
  const result = JSON.parse(body) as Result;
  if (hashed(result).hash !== edition.hash) throw new Error(`Edition ${edition.id} is not what was published`);
  return { edition, result, text: body };
}

/** What somebody wrote into a block of a report. */
export interface EntryInput extends Pick<NationalEntry, "flag" | "texts" | "numbers"> {
  country: string;
  definition: string;
  block: string;
  year: number;
  version: number;
}

/**
 * Keeps what a country writes into a block, as the next version for its year.
 * @throws Problem `common.not-found` for a block that takes nothing, `common.stale-revision` when somebody else wrote,
 * `reporting.entry-incomplete` for a changed block with nothing in it
 */
export async function writeEntry(context: Context, input: EntryInput): Promise<number> {
  const { blocks } = await definitionOf(context, input.country, input.definition);
  const block = blocks.find((each) => (each.kind === "national" || each.kind === "numbers") && each.id === input.block);
  if (!block) throw new Problem(commonProblems["not-found"]);
  const said = Object.keys(block.kind === "national" ? input.texts : input.numbers).length > 0;
  if (input.flag === "changed" && !said) throw new Problem(reportingProblems["entry-incomplete"]);
  const before = await findEntriesOf(context.tx, input.country, input.definition, input.year);
  const current = before.find((each) => each.block === input.block && each.year === input.year)?.version ?? 0;
  if (current !== input.version) throw new Problem(commonProblems["stale-revision"]);
  const accountId = context.caller.account?.id ?? null;
  const version = input.version + 1;
  const stored = await insertEntry(context.tx, { ...input, version }, { now: context.now, accountId });
  if (!stored) throw new Problem(commonProblems["stale-revision"]);
  await recordEvent(context.tx, {
    ...{ type: "reporting.entry-written", country: input.country, accountId, now: context.now },
    payload: { definition: input.definition, block: input.block, year: input.year },
  });
  return version;
}

/**
 * Keeps a definition that somebody made. Only who made a definition may keep a new version of it.
 * @throws Problem `common.invalid-input` when it could give a wrong number, `common.conflict` when its id is taken
 */
export async function keepDefinition(
  context: Context,
  of: { country: string; definition: Definition; shared: boolean },
  message: MessageReader,
): Promise<{ id: string; hash: string }> {
  const { country, definition, shared } = of;
  demandSound(definition, message);
  const accountId = context.caller.account?.id ?? "";
  const [kept] = await findDefinitions(context.tx, country, definition.id);
  const taken = shippedDefinitions.some(({ id }) => id === definition.id) || (kept && kept.recordedBy !== accountId);
  if (taken) throw new Problem(commonProblems.conflict);
  const { hash } = hashed(definition);
  await insertDefinition(context.tx, { country, hash, body: definition, shared }, { now: context.now, accountId });
  return { id: definition.id, hash };
}
