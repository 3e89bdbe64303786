import { sensitivityRank } from "../../platform/contract/sensitivity.ts";
import type { Context, Handlers } from "../../platform/http/handler.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import {
  editionOf,
  entriesFor,
  keepDefinition,
  opened,
  presentEdition,
  publishReport,
  runReport,
  writeEntry,
} from "./actions.ts";
import { findGaps, findUnit } from "./completion-store.ts";
import { listedMeasures, type ReportAsked, type routes } from "./contract.ts";
import { shippedDefinitions } from "./definitions/index.ts";
import { explain } from "./differences.ts";
import { embedPage } from "./embed-page.ts";
import { type MessageReader, makeReport } from "./engine.ts";
import { mapOutlines, reportFile, type Translators } from "./files.ts";
import { hashed } from "./hash.ts";
import type { Result } from "./model.ts";
import type { Where } from "./model-definition.ts";
import { measureOf, narrowedBy } from "./model-measures.ts";
import type { RecordsAsked } from "./model-records.ts";
import { recordsBehind, unitBehind } from "./records.ts";
import { embedOrigins, publicPageOf } from "./settings.ts";
import { findDefinitions, findEditionBefore, findEditions, findEntriesOf } from "./store.ts";

function demand(context: Context, right: string, countries: readonly string[]): void {
  for (const country of countries) if (!context.caller.can(right, country)) throw new Problem(commonProblems.forbidden);
}

/** Of several countries one must be the caller's; of the others the sources tell what anybody may see. */
function demandOne(context: Context, right: string, countries: readonly string[]): void {
  if (!countries.some((country) => context.caller.can(right, country))) throw new Problem(commonProblems.forbidden);
}

const nextDay = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString();
/** The moment up to which a published report was known. */
const knownUntil = (result: Result, publishedAt: string) =>
  result.parameters.knownOn === null ? publishedAt : nextDay(result.parameters.knownOn);

/** The handlers of reports. */
export function reportingHandlers(translators: Translators, message: MessageReader): Handlers<typeof routes> {
  return {
    async definitions(context, { query }) {
      const { country } = query;
      const kept = country ? await findDefinitions(context.tx, country) : [];
      const accountId = context.caller.account?.id;
      const may = (right: string) => (country ? context.caller.can(right, country) : false);
      return {
        items: [
          ...shippedDefinitions.map((definition) => ({
            ...{ definition, hash: hashed(definition).hash, own: false, shipped: true },
          })),
          ...kept.map(({ body, hash, recordedBy }) => ({
            ...{ definition: body, hash, own: recordedBy === accountId, shipped: false },
          })),
        ],
        allowed: ["write", "publish", "schedule"].filter((what) => may(`reports.${what}`)),
      };
    },
    async measures() {
      return { items: listedMeasures };
    },
    async run(context, { query }) {
      demandOne(context, "reports.read", query.country);
      const result = await runReport(context, query, message);
      return { result, hash: hashed(result).hash };
    },
    async file(context, { query }) {
      demandOne(context, "reports.read", query.country);
      const { format, language, ...asked } = query;
      const result = await runReport(context, asked, message);
      const at = new Date(`${result.parameters.asOf}T00:00:00Z`);
      return reportFile(context, { result, format, language, number: null, at }, translators);
    },
    async records(context, { query }) {
      const { country, measure, from, to, knownOn = null, by = null, key = null, limit, offset, ...filters } = query;
      demand(context, "reports.read", [country]);
      const counted = measureOf(measure);
      if (!counted) throw new Problem(commonProblems["not-found"]);
      const where = Object.fromEntries(Object.entries(filters).filter(([, values]) => values !== undefined)) as Where;
      const cuts: readonly string[] = counted.dimensions;
      const filtered: readonly string[] = narrowedBy(counted);
      // A filter that a measure does not know would be passed over, and other records shown than the figure counts.
      const wrong = Object.keys(where).filter((name) => !filtered.includes(name));
      const isYear = by !== "year" || key === null || /^[1-9]\d{3}$/.test(key);
      if (by && by !== "country" && !(cuts.includes(by) && isYear)) wrong.push(by);
      if (wrong.length > 0)
        throw new Problem(
          commonProblems["invalid-input"],
          {},
          wrong.map((dimension) => ({
            path: dimension,
            code: "reporting.cut-not-possible",
            params: { measure, dimension },
          })),
        );
      const asked: RecordsAsked = { country, measure, from, to, knownOn, by: by === "country" ? null : by, key, where };
      return { ...(await recordsBehind(context, asked, { limit, offset })), unit: unitBehind(measure) };
    },
    async entries(context, { query }) {
      const { country, definition, year } = query;
      demand(context, "reports.read", [country]);
      const found = await findEntriesOf(context.tx, country, definition, year);
      const counted = await entriesFor(context, country, definition, year);
      return {
        items: found.map((entry) => ({ ...entry, flag: counted.get(entry.block)?.flag ?? entry.flag })),
        allowed: context.caller.can("reports.write", country) ? ["write"] : [],
      };
    },
    async saveEntry(context, { body }) {
      demand(context, "reports.write", [body.country]);
      const texts = Object.fromEntries(Object.entries(body.texts).filter(([, text]) => text !== undefined)) as Record<
        string,
        string
      >;
      return { version: await writeEntry(context, { ...body, texts }) };
    },
    async saveDefinition(context, { body }) {
      demand(context, "reports.write", [body.country]);
      return keepDefinition(context, body, message);
    },
    async outlines(context, { params }) {
      const { country } = params;
      return { items: [...(await mapOutlines(context, country))].map(([id, geometry]) => ({ id, geometry })) };
    },
    async editions(context, { query }) {
      const { country, definition } = query;
      const found = await findEditions(context.tx, country, { definition });
      return {
        items: found.map(presentEdition),
        allowed: context.caller.can("reports.publish", country) ? ["publish"] : [],
      };
    },
    async edition(context, { params }) {
      const { edition, result } = await editionOf(context, params.country, params.id);
      const embed = edition.audience === "public" ? await embedOrigins(context.tx, params.country) : [];
      return { edition: presentEdition(edition), result, embed };
    },
    async embed(context, { params, query }) {
      const { edition, result } = await editionOf(context, params.country, params.id);
      // What is not for everybody is on no other site's page, whoever looks at it.
      if (edition.audience !== "public") throw new Problem(commonProblems["not-found"]);
      return embedPage(context, { edition, result, ...query }, translators);
    },
    async editionFile(context, { params, query }) {
      const { edition, result } = await editionOf(context, params.country, params.id);
      const number = `${edition.definition}-${edition.country}-${edition.to.slice(0, 4)}-${edition.number}`;
      return reportFile(context, { result, ...query, number, at: new Date(edition.publishedAt) }, translators);
    },
    async differences(context, { params, query }) {
      demand(context, "reports.read", [params.country]);
      const { edition, result } = await editionOf(context, params.country, params.id);
      const again = async (of: Result, knownOn: string | null) => {
        const entries = await entriesFor(
          context,
          edition.country,
          of.definition.id,
          Number(of.parameters.to.slice(0, 4)),
        );
        return makeReport(context, of.definition, { ...of.parameters, knownOn }, entries);
      };
      if (query.with === "now") {
        const until = null;
        const between = { after: knownUntil(result, edition.publishedAt), until };
        return { against: null, differences: await explain(context, result, await again(result, null), between) };
      }
      const before = await findEditionBefore(context.tx, edition);
      if (!before) return { against: null, differences: null };
      const earlier = opened(before);
      const between = {
        after: knownUntil(earlier.result, earlier.edition.publishedAt),
        until: knownUntil(result, edition.publishedAt),
      };
      const samePeriod = earlier.edition.from === edition.from && earlier.edition.to === edition.to;
      // Of another period, the earlier edition is made anew as it was known when the later one was made.
      const after = samePeriod
        ? result
        : await again(earlier.result, result.parameters.knownOn ?? edition.publishedAt.slice(0, 10));
      return {
        against: presentEdition(earlier.edition),
        differences: await explain(context, earlier.result, after, between),
      };
    },
    async publish(context, { body }) {
      demand(context, "reports.publish", [body.country]);
      const { country, knownOn, form, note, ...asked } = body;
      const report: ReportAsked = {
        ...{ ...asked, country: [country] },
        ...(knownOn ? { knownOn } : {}),
        ...(form ? { form } : {}),
      };
      return publishReport(context, { ...report, note: note ?? null }, message);
    },
    async completion(context, { query }) {
      const { country, unit: id } = query;
      demand(context, "reports.read", [country]);
      // Who sees only some records would find reasons missing and call a unit complete.
      if (sensitivityRank(context.caller.levelFor(country)) < sensitivityRank("restricted"))
        throw new Problem(commonProblems.forbidden);
      const unit = await findUnit(context.tx, country, id);
      if (!unit) throw new Problem(commonProblems["not-found"]);
      const gaps = await findGaps(context.tx, country, id);
      return { unit, asOf: context.now.toISOString().slice(0, 10), complete: gaps.length === 0, gaps };
    },
    async publicPage(context, { params }) {
      const { country } = params;
      const { shown, methods, contact, map } = await publicPageOf(context.tx, country);
      if (!shown) throw new Problem(commonProblems["not-found"]);
      const editions = await findEditions(context.tx, country, { audience: "public" });
      const texts = (names: Partial<Record<string, string>>) =>
        Object.fromEntries(Object.entries(names).filter(([, text]) => text !== undefined)) as Record<string, string>;
      return { country, methods: texts(methods), contact: texts(contact), map, editions: editions.map(presentEdition) };
    },
  };
}
