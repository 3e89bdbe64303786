import type { Language } from "../../platform/contract/fields.ts";
import {
  type Bilingual,
  type Block,
  type DocumentModel,
  type Rendered,
  renderPdf,
  type Words,
} from "../../platform/documents/index.ts";
import { createFormatters } from "../../platform/i18n/format.ts";
import type { Translator } from "../../platform/i18n/translator.ts";
import type { Reference } from "../../platform/records/references.ts";
import type { StoredRecord } from "../../platform/records/store.ts";
import type { FullStudy } from "./sheet.ts";

/** In which words a summary is made. */
export interface SummaryOptions {
  /** English stands beside it; `en` gives a document in English alone. */
  language: Language;
  translator(language: Language): Translator;
  /** Names of organisations by id. */
  names: Readonly<Record<string, Reference>>;
  /** `YYYY-MM-DD`: what is late is so by this day. */
  today: string;
}

const nothing = "–";

/** Writes labels, codes, dates and amounts in the language of the reader and in English. */
function writerOf({ language, translator, names }: SummaryOptions) {
  const own = translator(language);
  const english = translator("en");
  const format = createFormatters(language);
  const pair = (ownText: string, englishText: string): Bilingual => ({
    own: ownText,
    english: language === "en" || ownText === englishText ? null : englishText,
  });
  const label = (key: string, params?: Readonly<Record<string, string | number>>) =>
    pair(own.t(key, params), english.t(key, params));
  const inLanguage = (known: unknown) => {
    const all = (typeof known === "object" && known !== null ? known : {}) as Partial<Record<Language, string>>;
    return all[language] ?? all.en ?? Object.values(all)[0] ?? nothing;
  };
  return {
    label,
    inLanguage,
    /** A sentence with a date, each language with its own way to write it. */
    dated: (key: string, day: string) =>
      pair(own.t(key, { date: format.date(day) }), english.t(key, { date: createFormatters("en").date(day) })),
    code: (list: string, value: unknown): Words =>
      typeof value === "string" ? label(`code.${list}.${value}`) : nothing,
    date: (value: unknown) => (typeof value === "string" ? format.date(value) : nothing),
    number: (value: unknown) => (typeof value === "number" ? format.numberLatin(value, 0) : nothing),
    text: (value: unknown) => (typeof value === "string" && value !== "" ? value : nothing),
    called: (id: unknown, otherwise: Words): Words => {
      const known = typeof id === "string" ? names[id] : undefined;
      return known ? inLanguage(known.names) : otherwise;
    },
  };
}

type Writer = ReturnType<typeof writerOf>;
type Columns = readonly (readonly [key: string, weight: number, align?: "left" | "right"])[];

const table = (writer: Writer, columns: Columns, rows: readonly (readonly Words[])[]): Block => ({
  kind: "table",
  caption: null,
  columns: columns.map(([key, weight, align = "left"]) => ({ label: writer.label(key), weight, align })),
  rows,
  total: null,
  empty: writer.label("studies.document.none"),
});

const heading = (writer: Writer, key: string): Block => ({ kind: "heading", label: writer.label(key) });

const codes = (ids: readonly string[], records: readonly StoredRecord[]) =>
  ids
    .map((id) => records.find((record) => record.id === id)?.values.code)
    .filter((code) => typeof code === "string")
    .join(", ") || nothing;

function about({ record: { values } }: FullStudy, w: Writer): Block[] {
  const field = (name: string) => w.label(`field.studies.study.${name}`);
  return [
    {
      kind: "facts",
      items: [
        { label: field("question"), value: w.text(values.question), wide: true },
        { label: field("lead"), value: w.called(values.lead, nothing) },
        { label: field("population"), value: w.code("study-population", values.population) },
        { label: field("startedOn"), value: w.date(values.startedOn) },
        { label: field("endedOn"), value: w.date(values.endedOn) },
        { label: field("method"), value: w.text(values.method), wide: true },
        { label: field("limits"), value: w.text(values.limits), wide: true },
      ],
    },
  ];
}

function restsOn(study: FullStudy, w: Writer): Block[] {
  return [
    heading(w, "studies.evidence"),
    table(
      w,
      [
        ["studies.document.code", 2.1],
        ["field.studies.evidence.kind", 1.8],
        ["field.studies.evidence.title", 4],
        ["field.studies.evidence.participants", 1.2, "right"],
      ],
      study.evidence.map(({ values }) => [
        w.text(values.code),
        w.code("evidence-kind", values.kind),
        w.text(values.title),
        w.number(values.participants),
      ]),
    ),
    heading(w, "studies.findings"),
    table(
      w,
      [
        ["studies.document.code", 2.1],
        ["field.studies.finding.statement", 5],
        ["field.studies.finding.theme", 1.6],
        ["studies.evidence", 2.1],
      ],
      study.findings.map(({ record: { values }, evidence }) => [
        w.text(values.code),
        w.text(values.statement),
        w.code("study-theme", values.theme),
        codes(evidence, study.evidence),
      ]),
    ),
  ];
}

function recommends(study: FullStudy, w: Writer): Block[] {
  const findings = study.findings.map(({ record }) => record);
  return [
    heading(w, "studies.recommendations"),
    table(
      w,
      [
        ["studies.document.code", 2.1],
        ["field.studies.recommendation.wording", 4.4],
        ["field.studies.recommendation.addressee", 1.9],
        ["field.studies.recommendation.term", 1.2],
        ["studies.findings", 2.1],
        ["studies.outcome", 1.5],
      ],
      study.recommendations.map(({ record: { values }, findings: follows, outcome }) => [
        w.text(values.code),
        w.text(values.wording),
        w.called(values.addressee, w.code("study-sector", values.sector)),
        w.code("study-term", values.term),
        codes(follows, findings),
        w.code("recommendation-outcome", outcome),
      ]),
    ),
  ];
}

function consulted(study: FullStudy, w: Writer): Block[] {
  return [
    heading(w, "studies.consultations"),
    table(
      w,
      [
        ["field.studies.consultation.heldOn", 1.5],
        ["field.studies.consultation.title", 3.4],
        ["field.studies.consultation.place", 2],
        ["field.studies.consultation.participants", 1.2, "right"],
        ["field.studies.consultation.women", 1, "right"],
        ["field.studies.consultation.withDisability", 1.3, "right"],
      ],
      study.consultations.map(({ record: { values } }) => [
        w.date(values.heldOn),
        w.text(values.title),
        w.text(values.place),
        w.number(values.participants),
        w.number(values.women),
        w.number(values.withDisability),
      ]),
    ),
  ];
}

function followed(study: FullStudy, w: Writer): Block[] {
  return [
    heading(w, "studies.became"),
    table(
      w,
      [
        ["studies.recommendation", 2.1],
        ["field.studies.action.description", 3.4],
        ["field.studies.action.owner", 2],
        ["field.studies.action.dueOn", 1.4],
        ["field.studies.action.status", 1.4],
        ["field.studies.action.linkedTitle", 2.2],
      ],
      study.recommendations.flatMap(({ record: { values: of }, actions }) =>
        actions.map(({ record: { values }, late }) => [
          w.text(of.code),
          w.text(values.description),
          w.called(values.owner, w.text(values.ownerAsWritten)),
          w.date(values.dueOn),
          late ? w.label("code.recommendation-outcome.overdue") : w.code("action-status", values.status),
          w.text(values.linkedTitle),
        ]),
      ),
    ),
  ];
}

/**
 * The summary of a study as a document: what was asked, what was found and on what it rests, what is recommended, who was
 * consulted and what became of it. Only what is public is in it.
 */
export function summaryModel(study: FullStudy, options: SummaryOptions): DocumentModel {
  const w = writerOf(options);
  const { values } = study.record;
  return {
    title: { own: w.inLanguage(values.names), english: null },
    issuer: w.called(values.lead, w.label("studies.document.issuer")),
    number: w.text(values.code),
    asOf: w.dated("document.as-of", options.today),
    page: w.label("document.page", { page: "{page}", pages: "{pages}" }),
    unshown: w.label("document.unshown"),
    banner: values.publishedOn ? null : w.label("studies.document.draft"),
    blocks: [
      ...about(study, w),
      ...restsOn(study, w),
      ...recommends(study, w),
      ...consulted(study, w),
      ...followed(study, w),
    ],
  };
}

/** The summary as PDF/A; the same study on the same day gives the same bytes. @throws Problem as `renderPdf` */
export function summaryPdf(study: FullStudy, options: SummaryOptions): Promise<Rendered> {
  const model = summaryModel(study, options);
  return renderPdf("document.typ", model, {
    language: options.language,
    country: study.record.country,
    title: `${model.title.own} ${model.number}`,
    now: new Date(`${options.today}T00:00:00Z`),
  });
}
