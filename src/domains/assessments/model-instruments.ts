import type { AlertRule, Band, Instrument, InstrumentCode, Item, ScoringRule } from "./model.ts";

const numbered = (count: number, answers: string): Item[] =>
  Array.from({ length: count }, (_, index) => ({ code: String(index + 1), kind: "one", answers, scored: true }));

const coded = (codes: readonly string[], answers: string): Item[] =>
  codes.map((code) => ({ code, kind: "one", answers, scored: true }));

const bands = (...list: readonly (readonly [code: string, from: number, to: number])[]): Band[] =>
  list.map(([code, from, to]) => ({ code, from, to }));

const counting = (rule: Partial<ScoringRule> & Pick<ScoringRule, "kind" | "citations">): ScoringRule => ({
  version: 1,
  bands: [],
  cutoff: null,
  mostMissing: 0,
  alerts: [],
  ...rule,
});

/** Any thought of being better off dead or of hurting oneself, however rare. */
const selfHarm: AlertRule = { code: "self-harm", item: "9", atLeast: 1 };

const depression = bands(
  ["minimal", 0, 4],
  ["mild", 5, 9],
  ["moderate", 10, 14],
  ["moderately-severe", 15, 19],
  ["severe", 20, 27],
);

/** Every version of every instrument. Published ones are never edited: add a version. */
export const instruments: readonly Instrument[] = [
  {
    code: "wg-ss",
    version: 1,
    group: "functioning",
    items: coded(["seeing", "hearing", "walking", "remembering", "self-care", "communicating"], "difficulty"),
    scoring: counting({ kind: "any", cutoff: 3, citations: ["wg-ss"] }),
    youngest: 5,
    established: ["en"],
  },
  {
    code: "phq-9",
    version: 1,
    group: "mental-health",
    items: [
      ...numbered(9, "days-of-two-weeks"),
      {
        code: "hardship",
        kind: "one",
        answers: "hardship",
        when: { anyOf: ["1", "2", "3", "4", "5", "6", "7", "8", "9"], atLeast: 1 },
        scored: false,
      },
    ],
    scoring: counting({ kind: "sum", bands: depression, cutoff: 10, alerts: [selfHarm], citations: ["phq-9"] }),
    youngest: 12,
    established: ["en"],
  },
  {
    code: "phq-2",
    version: 1,
    group: "mental-health",
    items: numbered(2, "days-of-two-weeks"),
    scoring: counting({ kind: "sum", cutoff: 3, citations: ["phq-2"] }),
    youngest: 12,
    established: ["en"],
  },
  {
    code: "gad-7",
    version: 1,
    group: "mental-health",
    items: numbered(7, "days-of-two-weeks"),
    scoring: counting({
      kind: "sum",
      bands: bands(["minimal", 0, 4], ["mild", 5, 9], ["moderate", 10, 14], ["severe", 15, 21]),
      cutoff: 10,
      citations: ["gad-7"],
    }),
    youngest: 12,
    established: ["en"],
  },
  {
    code: "k6",
    version: 1,
    group: "mental-health",
    items: numbered(6, "time-from-0"),
    scoring: counting({
      kind: "sum",
      bands: bands(["low", 0, 4], ["moderate", 5, 12], ["serious", 13, 24]),
      cutoff: 13,
      citations: ["k6", "k6-moderate"],
    }),
    youngest: 12,
    established: ["en"],
  },
  {
    code: "k10",
    version: 1,
    group: "mental-health",
    items: numbered(10, "time-from-1").map((item) => {
      // Who is never nervous is not asked whether nothing could calm them; it counts as never. The same for restless.
      const after = { "3": "2", "6": "5" }[item.code];
      return after ? { ...item, when: { anyOf: [after], atLeast: 2 }, otherwise: 1 } : item;
    }),
    scoring: counting({
      kind: "sum",
      bands: bands(["low", 10, 15], ["moderate", 16, 21], ["high", 22, 29], ["very-high", 30, 50]),
      citations: ["k10"],
    }),
    youngest: 12,
    established: ["en"],
  },
  {
    code: "rehabilitation-need",
    version: 1,
    group: "needs",
    items: [
      { code: "products", kind: "many", answers: "product", scored: false },
      { code: "product-state", kind: "choice", answers: "product-state", scored: false },
      { code: "barriers", kind: "many", answers: "barrier", scored: false },
      ...coded(
        [
          "new-product",
          "repair",
          "walking-training",
          "strength-and-movement",
          "daily-activities",
          "pain",
          "wound-or-stump",
          "home-adaptation",
          "carer-training",
          "transport",
        ],
        "need",
      ),
    ],
    scoring: counting({ kind: "needs", need: { some: 1, urgent: 2 }, citations: ["own"] }),
    youngest: 0,
    established: ["en"],
  },
  {
    code: "socio-economic-need",
    version: 1,
    group: "needs",
    items: [
      { code: "living-place", kind: "choice", answers: "living-place", scored: false },
      ...coded(
        [
          "food",
          "water",
          "housing",
          "income",
          "debt",
          "school",
          "training",
          "health-cost",
          "identity-papers",
          "benefits",
          "legal-help",
          "land",
          "safety",
          "taking-part",
        ],
        "need",
      ),
    ],
    scoring: counting({ kind: "needs", need: { some: 1, urgent: 2 }, citations: ["own"] }),
    youngest: 0,
    established: ["en"],
  },
  {
    code: "daily-life",
    version: 1,
    group: "quality-of-life",
    items: coded(["life", "health", "strength", "daily-doing", "self", "others", "money", "place"], "satisfaction"),
    scoring: counting({ kind: "mean", mostMissing: 2, citations: ["own-follow-up"] }),
    youngest: 12,
    established: ["en"],
  },
];

/** A version of an instrument, the newest when none is named; undefined when there is none. */
export function findInstrument(code: string, version?: number): Instrument | undefined {
  return instruments
    .filter((one) => one.code === code && (version === undefined || one.version === version))
    .sort((a, b) => b.version - a.version)[0];
}

/** The newest version of each instrument, in the order in which they are offered. */
export const currentInstruments: readonly Instrument[] = [...new Set(instruments.map(({ code }) => code))].map(
  (code: InstrumentCode) => findInstrument(code) as Instrument,
);
