import type { Language } from "../../platform/contract/fields.ts";
import type { Bilingual, Block, DocumentModel, TableColumn, Words } from "../../platform/documents/index.ts";
import { createFormatters } from "../../platform/i18n/format.ts";
import type { Translator } from "../../platform/i18n/translator.ts";
import type { Reference } from "../../platform/records/references.ts";
import type { Finding, GroupResult, Results, UnitResult } from "./contract.ts";
import { legendColours } from "./engine/colours.ts";
import { methodText } from "./method.ts";
import { layerNames } from "./model.ts";
import type { StoredAnalysis, StoredRun } from "./store.ts";

/** What a report is made of; images are PNG. */
export interface ReportFacts {
  run: StoredRun & { results: Results };
  analysis: StoredAnalysis;
  references: Readonly<Record<string, Reference>>;
  images: { main: Buffer | null; open: Buffer | null };
  /** Who ran it. */
  by: string | null;
}

/** Second-level units that the report lists: those with most people outside. */
const districts = 20;

/** The study report of a run: method, maps, tables of units with gaps ranked, services, places for more, inputs, limits. */
export function studyReport(
  { run, analysis, references, images, by }: ReportFacts,
  language: Language,
  translator: (language: Language) => Translator,
): DocumentModel {
  const own = translator(language);
  const english = translator("en");
  const alone = language === "en";
  const pair = (a: string, b: string): Bilingual => ({ own: a, english: alone || a === b ? null : b });
  const label = (key: string, params?: Readonly<Record<string, string | number>>): Bilingual =>
    pair(own.t(`access-to-care.${key}`, params), english.t(`access-to-care.${key}`, params));
  const codes = (list: string, values: readonly string[]): Bilingual => {
    const said = ({ t }: Translator) => values.map((value) => t(`code.${list}.${value}`)).join(", ");
    return pair(said(own), said(english));
  };
  const [format, formatEnglish] = [createFormatters(language), createFormatters("en")];
  const number = (value: number | null, digits = 0) => (value === null ? "–" : format.numberLatin(value, digits));
  const percent = (share: number | null) => (share === null ? "–" : `${number(share * 100, 1)} %`);
  const unitName = (id: string | null): Words => {
    const reference = id === null ? undefined : references[id];
    if (!reference) return "–";
    const { names, code } = reference;
    const local = names[language] ?? names.en ?? code;
    return pair(local, names.en ?? local);
  };
  const { results, parameters } = run;
  const { total, thresholds, threshold } = results;
  const column = (key: string, weight: number, align: TableColumn["align"] = "right", params = {}): TableColumn => ({
    label: label(`report.${key}`, params),
    align,
    weight,
  });
  const fact = (key: string, value: Words, wide = false) => ({ label: label(`report.${key}`), value, wide });
  const heading = (key: string): Block => ({ kind: "heading", label: label(`report.${key}`) });
  const empty = label("report.none");

  const unitTable = (units: readonly UnitResult[], caption: Bilingual): Block => ({
    kind: "table",
    caption,
    columns: [
      column("unit", 3.2, "left"),
      column("people", 1.6),
      column("outside", 1.6, "right", { minutes: threshold }),
      column("share", 1.3),
      ...(results.total.contamination === null ? [] : [column("contamination", 1.6)]),
      ...(results.total.band === null ? [] : [column("band", 2)]),
      column("score", 1.3),
    ],
    rows: units.map((unit) => unitCells(unitName(unit.unit), unit)),
    total: null,
    empty,
  });
  const unitCells = (name: Words, unit: Omit<UnitResult, "unit" | "level">): Words[] => [
    name,
    number(unit.population),
    number(unit.outside),
    percent(unit.share),
    ...(results.total.contamination === null ? [] : [number(unit.contamination)]),
    ...(results.total.band === null || unit.band === null
      ? results.total.band === null
        ? []
        : ["–"]
      : [`${number(unit.band.low)}–${number(unit.band.high)}`]),
    number(unit.score, 2),
  ];

  const groupTable = (rows: readonly GroupResult[]): Block => ({
    kind: "table",
    caption: null,
    columns: [
      column("group", 3, "left"),
      column("people", 1.6),
      column("outside", 1.6, "right", { minutes: threshold }),
      column("share", 1.3),
      column("score", 1.3),
    ],
    rows: rows.map(({ group, population, outside, share, score }) => [
      codes("access-group", [group]),
      number(population),
      number(outside),
      percent(share),
      number(score, 2),
    ]),
    total: null,
    empty,
  });
  const groups = results.groups.filter(({ unit }) => unit === null);

  const figure = (image: Buffer | null, key: string): Block[] => {
    if (!image) return [];
    const [width, height] = [image.readUInt32BE(16), image.readUInt32BE(20)];
    // As wide as the page in the shape of a picture, so that two maps stand on one page.
    const wide = Math.max(width, Math.round(height * 1.5));
    const left = (width - wide) / 2;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="${left} 0 ${wide} ${height}" width="${wide}" height="${height}"><rect x="${left}" width="${wide}" height="${height}" fill="#f2f1ec"/><image width="${width}" height="${height}" xlink:href="data:image/png;base64,${image.toString("base64")}"/>${marks(width, height)}</svg>`;
    const colours = legendColours(thresholds.length);
    const swatch = (colour: string) =>
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 8" width="12" height="8"><rect width="12" height="8" fill="${colour}"/></svg>`;
    const caption = label(`report.map.${key}`, { minutes: threshold });
    return [
      {
        kind: "figure",
        svg,
        caption,
        description: caption.own,
        legend: colours.map((colour, i) => ({
          svg: swatch(colour),
          label:
            i < thresholds.length
              ? label("report.within", { minutes: thresholds[i] as number })
              : label("report.beyond", { minutes: thresholds.at(-1) as number }),
        })),
      },
    ];
  };
  /** Services as dots, proposed places as rings, on the projection of web maps as the image is. */
  const marks = (width: number, height: number) => {
    const [west = 0, south = 0, east = 1, north = 1] = results.bounds;
    const mercator = (latitude: number) => Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360));
    const at = (longitude: number, latitude: number) => {
      const x = ((longitude - west) / (east - west)) * width;
      const y = ((mercator(north) - mercator(latitude)) / (mercator(north) - mercator(south))) * height;
      return `cx="${x.toFixed(1)}" cy="${y.toFixed(1)}"`;
    };
    const r = Math.max(3, width / 130);
    return [
      ...results.services
        .filter(({ state }) => state === "used" || state === "snapped")
        .map(
          ({ longitude, latitude }) =>
            `<circle ${at(longitude, latitude)} r="${r}" fill="#1b2a3a" stroke="#ffffff" stroke-width="${r / 3}"/>`,
        ),
      ...results.siting.map(
        ({ longitude, latitude }) =>
          `<circle ${at(longitude, latitude)} r="${r * 1.4}" fill="none" stroke="#1d4ed8" stroke-width="${r / 1.6}"/>`,
      ),
    ].join("");
  };
  const findingText = ({ code, details }: Finding): Bilingual => {
    const layer = layerNames.find((name) => name === details.layer);
    const said = ({ t }: Translator) =>
      t(`access-to-care.finding.${code}`, layer ? { ...details, layer: t(`code.terrain-layer.${layer}`) } : details);
    return pair(said(own), said(english));
  };
  const method = methodText({ parameters, terrain: run.inputs.terrain.name, results }, own);
  const methodEnglish = methodText({ parameters, terrain: run.inputs.terrain.name, results }, english);
  const provinces = results.units.filter(({ level }) => level === 1);
  const seconds = results.units.filter(({ level, outside }) => level === 2 && outside > 0).slice(0, districts);
  const finished = run.finishedAt ?? run.recordedAt;

  return {
    title: label("report.title"),
    issuer: pair(analysis.name, analysis.name),
    number: analysis.code,
    asOf: pair(
      own.t("access-to-care.report.as-of", { date: format.date(finished) }),
      english.t("access-to-care.report.as-of", { date: formatEnglish.date(finished) }),
    ),
    page: label("report.page", { page: "{page}", pages: "{pages}" }),
    unshown: pair(own.t("document.unshown"), english.t("document.unshown")),
    banner: null,
    blocks: [
      {
        kind: "facts",
        items: [
          fact("services", codes("service", parameters.services), true),
          fact("ground", run.inputs.terrain.name),
          fact("mode", codes("travel-mode", [parameters.mode])),
          fact("season", codes("season", [parameters.season])),
          fact("threshold", label("report.minutes", { minutes: threshold })),
          fact("people-counted", number(total.population)),
          fact("people-outside", `${number(total.outside)} (${percent(total.share)})`),
          ...(total.contamination === null ? [] : [fact("people-contamination", number(total.contamination))]),
          ...(total.band === null ? [] : [fact("people-band", `${number(total.band.low)}–${number(total.band.high)}`)]),
          ...(by === null ? [] : [fact("run-by", by)]),
          fact("hash", (run.resultsSha256 ?? "").slice(0, 16)),
        ],
      },
      ...figure(images.main, parameters.hazards ? "with" : "plain"),
      ...figure(images.open, "without"),
      heading("gaps"),
      unitTable(provinces, label("report.by-province")),
      unitTable(seconds, label("report.by-district", { count: districts })),
      ...(groups.length === 0 ? [] : [heading("groups"), groupTable(groups)]),
      heading("siting"),
      {
        kind: "table",
        caption: label("report.siting-caption", { minutes: threshold }),
        columns: [
          column("rank", 0.8),
          column("unit", 3, "left"),
          column("place", 2.4, "left"),
          column("site", 1.8, "left"),
          column("cost", 1.3),
          column("gained", 1.6),
        ],
        rows: results.siting.map(({ longitude, latitude, unit, people, code, cost }, i) => [
          String(i + 1),
          unitName(unit),
          `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`,
          code ?? label("report.new-site"),
          cost === null ? "–" : number(cost),
          number(people),
        ]),
        total: null,
        empty,
      },
      ...((total.after ?? null) === null
        ? []
        : [
            {
              kind: "table" as const,
              caption: label("report.after-caption"),
              columns: [
                column("unit", 3.2, "left"),
                column("people", 1.6),
                column("today", 1.6),
                column("after", 1.6),
                column("share-after", 1.6),
              ],
              rows: provinces.map((unit) => [
                unitName(unit.unit),
                number(unit.population),
                number(unit.outside),
                number(unit.after),
                percent(unit.population > 0 ? (unit.after ?? 0) / unit.population : null),
              ]),
              total: null,
              empty,
            },
          ]),
      heading("service-list"),
      {
        kind: "table",
        caption: null,
        columns: [
          column("code", 2, "left"),
          column("place", 2.4, "left"),
          column("standing", 2.4, "left"),
          column("nearest", 1.6),
        ],
        rows: results.services
          .filter(({ state }) => state !== "outside")
          .map(({ code, longitude, latitude, state, snappedMetres, nearest }) => [
            code,
            `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`,
            label(`state.${state}`, { metres: snappedMetres ?? 0 }),
            number(nearest),
          ]),
        total: null,
        empty,
      },
      heading("method"),
      ...method.map((words, i): Block => ({ kind: "paragraph", words: pair(words, methodEnglish[i] ?? words) })),
      ...results.findings.map((finding): Block => ({ kind: "notice", words: findingText(finding) })),
      heading("inputs"),
      {
        kind: "table",
        caption: label("report.inputs-caption"),
        columns: [
          column("input", 2, "left"),
          column("version", 2.4, "left"),
          column("records", 1),
          column("sha256", 3, "left"),
        ],
        rows: run.inputs.files.map(({ name, version, records, sha256 }) => [
          label(`input.${name}`),
          version.slice(0, 24),
          number(records),
          sha256.slice(0, 24),
        ]),
        total: null,
        empty,
      },
    ],
  };
}
