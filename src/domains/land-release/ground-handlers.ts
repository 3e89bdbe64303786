import type { Language } from "../../platform/contract/fields.ts";
import { pdfResponse } from "../../platform/documents/index.ts";
import type { Context, Handlers } from "../../platform/http/handler.ts";
import type { Translator } from "../../platform/i18n/translator.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { referencesById } from "../../platform/records/references.ts";
import type { Reason } from "../quality/index.ts";
import { readGround } from "./bases.ts";
import { demand } from "./callers.ts";
import { groundProblems, type groundRoutes, type ScreeningOutput } from "./contract-surroundings.ts";
import { completionData, handoverData } from "./documents/gather.ts";
import { completionReportPdf, handoverCertificatePdf } from "./documents/index.ts";
import { isEmpty } from "./ground.ts";
import { findOpenAreas, findReleasedLand, findTask } from "./link-store.ts";
import { type Screening, screenDays, yearBefore } from "./screening.ts";
import { findReport } from "./store.ts";

const mostAround = 300;
const mostNamed = 50;

const today = (context: Context) => context.now.toISOString().slice(0, 10);

async function screeningOutput(
  context: Context,
  screening: Screening,
  reasons: readonly Reason[],
  rest: Pick<ScreeningOutput, "from" | "to" | "total">,
): Promise<ScreeningOutput> {
  const items = reasons.map(({ rule, numbers, reports }) => ({
    rule,
    numbers: { ...numbers },
    count: reports.length,
    reports: reports.slice(0, mostNamed).flatMap((id) => {
      const report = screening.reports.get(id);
      if (!report) return [];
      const { country, code, type, state, effectiveOn, organisation } = report;
      return [{ country, id, code, type, state, effectiveOn, organisation }];
    }),
  }));
  const organisations = items.flatMap(({ reports }) => reports.flatMap(({ organisation }) => organisation ?? []));
  return {
    ...rest,
    items,
    looked: screening.reports.size,
    truncated: screening.truncated,
    references: await referencesById(context.tx, { organisation: organisations }),
  };
}

/**
 * What the routes about a report's ground, papers and plausibility do.
 * @param translator the words of a language, for the papers
 */
export const groundHandlers = (translator: (language: Language) => Translator): Handlers<typeof groundRoutes> => ({
  async document(context, { params, query }) {
    const report = await findReport(context.tx, params.country, params.id);
    if (!report) throw new Problem(commonProblems["not-found"]);
    const language = query.language;
    const options = { language, country: params.country, translator };
    if (report.body.voids) throw new Problem(groundProblems["no-document"]);
    const completion = report.type === "completion" ? await completionData(context.tx, report, context.now) : null;
    if (completion) return pdfResponse(context, report.code, () => completionReportPdf(completion, options));
    const handover = report.type === "handover" ? await handoverData(context.tx, report, context.now) : null;
    if (handover) return pdfResponse(context, report.code, () => handoverCertificatePdf(handover, options));
    throw new Problem(groundProblems["no-document"]);
  },
  async surroundings(context, { query }) {
    const { tx } = context;
    const { country, bbox } = query;
    const cleared = context.caller.levelFor(country) !== "public";
    const ground = query.area && cleared ? await readGround(tx, country, [query.area]) : null;
    const state = ground?.now.get(query.area ?? "");
    const task = query.task && cleared ? await findTask(tx, country, query.task) : null;
    const areas = await findOpenAreas(tx, country, bbox, { noted: cleared, limit: mostAround + 1 });
    const released = await findReleasedLand(tx, country, bbox, mostAround + 1);
    return {
      area: state
        ? {
            ...{ id: state.id, code: state.code, areaClass: state.areaClass, status: state.status },
            ...{ carried: state.carried, openSquareMetres: state.openSquareMetres, perimeter: state.perimeter },
            ground: isEmpty(state.ground) ? null : state.ground,
          }
        : null,
      task: task
        ? { id: task.id, code: task.code, status: task.status, areas: task.areas, geometry: task.geometry }
        : null,
      areas: areas.slice(0, mostAround).filter(({ id }) => id !== query.area),
      released: released.slice(0, mostAround),
      truncated: areas.length > mostAround || released.length > mostAround,
    };
  },
  async screening(context, { query }) {
    const { country, organisation, rule, limit, offset } = query;
    demand(context, "land.report-verify", country);
    const to = query.to ?? today(context);
    const from = query.from ?? yearBefore(to);
    if (from > to)
      throw new Problem(commonProblems["invalid-input"], {}, [{ path: "from", code: "check.dates-out-of-order" }]);
    const found = await screenDays(context.tx, country, { from, to });
    const of = (id: string) => found.reports.get(id)?.organisation;
    const reasons = found.reasons.filter(
      (reason) =>
        (!rule || reason.rule === rule) && (!organisation || reason.reports.some((id) => of(id) === organisation)),
    );
    const page = reasons.slice(offset, offset + limit);
    return screeningOutput(context, found, page, { from, to, total: reasons.length });
  },
  async reportScreening(context, { params }) {
    demand(context, "land.report-verify", params.country);
    const report = await findReport(context.tx, params.country, params.id);
    if (!report) throw new Problem(commonProblems["not-found"]);
    const day = report.effectiveOn ?? today(context);
    // What came after it may have been copied from it, so the days around it count.
    const to = day > today(context) ? day : today(context);
    const from = yearBefore(day);
    const found = await screenDays(context.tx, params.country, { from, to });
    const reasons = found.reasons.filter(({ reports }) => reports.includes(params.id));
    return screeningOutput(context, found, reasons, { from, to, total: reasons.length });
  },
});
