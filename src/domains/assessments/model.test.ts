import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCatalogue } from "../../platform/i18n/node.ts";
import {
  type Answers,
  answerProblems,
  type Instrument,
  type InstrumentCode,
  isAsked,
  optionLists,
  scales,
  scoreAnswers,
} from "./model.ts";
import { currentInstruments, findInstrument, instruments } from "./model-instruments.ts";

const of = (code: InstrumentCode) => findInstrument(code) as Instrument;
const numbered = (...values: number[]): Answers =>
  Object.fromEntries(values.map((value, index) => [String(index + 1), value]));
const functioning = (...values: number[]): Answers =>
  Object.fromEntries(of("wg-ss").items.map(({ code }, index) => [code, values[index] as number]));

describe("worked examples", () => {
  it("Washington Group: a lot of difficulty in one domain is enough, some in all six is not", () => {
    expect(scoreAnswers(of("wg-ss"), functioning(1, 2, 3, 1, 1, 1))).toMatchObject({
      status: "complete",
      positive: true,
      marked: ["walking"],
      score: null,
    });
    expect(scoreAnswers(of("wg-ss"), functioning(2, 2, 2, 2, 2, 2))).toMatchObject({
      status: "complete",
      positive: false,
      marked: [],
    });
  });

  it("PHQ-9: 2+1+2+1+1+1+2+1+0 is 11, moderate, positive, without an alert", () => {
    expect(scoreAnswers(of("phq-9"), numbered(2, 1, 2, 1, 1, 1, 2, 1, 0))).toEqual({
      status: "complete",
      missing: [],
      score: 11,
      lowest: 0,
      highest: 27,
      band: "moderate",
      positive: true,
      cutoff: 10,
      marked: [],
      urgent: [],
      alerts: [],
      scoringVersion: 1,
    });
  });

  it("PHQ-9 with 1 for item 9 is 12 and raises the alert", () => {
    expect(scoreAnswers(of("phq-9"), numbered(2, 1, 2, 1, 1, 1, 2, 1, 1))).toMatchObject({
      score: 12,
      band: "moderate",
      alerts: ["self-harm"],
    });
  });

  it("GAD-7: 3+3+2+2+1+1+1 is 13, moderate", () => {
    expect(scoreAnswers(of("gad-7"), numbered(3, 3, 2, 2, 1, 1, 1))).toMatchObject({
      score: 13,
      band: "moderate",
      positive: true,
    });
  });

  it("K6: 3+2+3+2+2+2 is 14, serious", () => {
    expect(scoreAnswers(of("k6"), numbered(3, 2, 3, 2, 2, 2))).toMatchObject({
      score: 14,
      band: "serious",
      positive: true,
    });
  });

  it("K10: ten times 2 is 20, moderate, neither positive nor negative without a country's cut-off", () => {
    const answers = numbered(2, 2, 2, 2, 2, 2, 2, 2, 2, 2);
    expect(scoreAnswers(of("k10"), answers)).toMatchObject({
      score: 20,
      band: "moderate",
      positive: null,
      cutoff: null,
    });
    expect(scoreAnswers(of("k10"), answers, 20)).toMatchObject({ positive: true, cutoff: 20 });
  });

  it.each([
    [
      "phq-9",
      [
        [4, "minimal"],
        [5, "mild"],
        [9, "mild"],
        [10, "moderate"],
        [14, "moderate"],
        [15, "moderately-severe"],
        [19, "moderately-severe"],
        [20, "severe"],
        [27, "severe"],
      ],
    ],
    [
      "gad-7",
      [
        [4, "minimal"],
        [5, "mild"],
        [10, "moderate"],
        [14, "moderate"],
        [15, "severe"],
        [21, "severe"],
      ],
    ],
    [
      "k6",
      [
        [4, "low"],
        [5, "moderate"],
        [12, "moderate"],
        [13, "serious"],
      ],
    ],
    [
      "k10",
      [
        [10, "low"],
        [15, "low"],
        [16, "moderate"],
        [21, "moderate"],
        [22, "high"],
        [29, "high"],
        [30, "very-high"],
        [50, "very-high"],
      ],
    ],
  ] as const)("the bands of %s begin and end where its source says", (code, expected) => {
    const { scoring } = of(code);
    for (const [score, band] of expected)
      expect(scoring.bands.find(({ from, to }) => score >= from && score <= to)?.code).toBe(band);
  });

  it("PHQ-2: 3 is positive, 2 is not", () => {
    expect(scoreAnswers(of("phq-2"), numbered(2, 1))).toMatchObject({ score: 3, positive: true });
    expect(scoreAnswers(of("phq-2"), numbered(1, 1))).toMatchObject({ score: 2, positive: false });
  });
});

describe("missing answers", () => {
  it("leave a sum incomplete and named, whether they are refused, unknown or absent", () => {
    const answers = { ...numbered(3, 3, 3, 3, 3, 3, 3, 3), "8": "refused" };
    expect(scoreAnswers(of("phq-9"), answers)).toMatchObject({
      status: "incomplete",
      missing: ["8", "9"],
      score: null,
      band: null,
      positive: null,
    });
  });

  it("do not hold an alert back", () => {
    expect(scoreAnswers(of("phq-9"), { "9": 1 })).toMatchObject({ status: "incomplete", alerts: ["self-harm"] });
  });

  it("do not undo a domain with a lot of difficulty, but leave it open when there is none", () => {
    expect(scoreAnswers(of("wg-ss"), { ...functioning(1, 1, 4, 1, 1, 1), seeing: "unknown" })).toMatchObject({
      positive: true,
      status: "incomplete",
    });
    expect(scoreAnswers(of("wg-ss"), { ...functioning(1, 1, 2, 1, 1, 1), seeing: "unknown" })).toMatchObject({
      positive: null,
      missing: ["seeing"],
    });
    expect(scoreAnswers(of("wg-ss"), {})).toMatchObject({ positive: null, status: "incomplete" });
  });

  it("are filled by the mean of the others only where the rule says so, and the result says so too", () => {
    const answers = { life: 4, health: 3, strength: 4, "daily-doing": 3, self: 4, others: 3 };
    expect(scoreAnswers(of("daily-life"), answers)).toMatchObject({
      status: "prorated",
      score: 62.5,
      missing: ["money", "place"],
    });
    expect(scoreAnswers(of("daily-life"), { ...answers, others: "refused" })).toMatchObject({
      status: "incomplete",
      score: null,
    });
    expect(scoreAnswers(of("daily-life"), { ...answers, money: 1, place: 1 })).toMatchObject({
      status: "complete",
      score: 46.9,
    });
  });
});

describe("questions that are skipped", () => {
  it("K10: who is never nervous is not asked the next one, and it counts as never", () => {
    const asked = { "1": 1, "2": 1, "4": 1, "5": 3, "6": 2, "7": 1, "8": 1, "9": 1, "10": 1 };
    expect(scoreAnswers(of("k10"), asked)).toMatchObject({ status: "complete", score: 13 });
    expect(answerProblems(of("k10"), { ...asked, "3": 2 })).toEqual([{ item: "3", code: "not-asked" }]);
  });

  it("K10: without an answer that decides about it, the next one is missing too", () => {
    const asked = { "1": 1, "2": "refused", "4": 1, "5": 3, "6": 2, "7": 1, "8": 1, "9": 1, "10": 1 };
    expect(scoreAnswers(of("k10"), asked)).toMatchObject({ status: "incomplete", missing: ["2", "3"], score: null });
  });

  it("PHQ-9: how hard it makes life is asked when anything was troubling, and does not count", () => {
    const item = of("phq-9").items.at(-1);
    expect(item && isAsked(item, numbered(0, 0, 0, 0, 0, 0, 0, 0, 0))).toBe(false);
    expect(item && isAsked(item, numbered(0, 0, 0, 1, 0, 0, 0, 0, 0))).toBe(true);
    expect(scoreAnswers(of("phq-9"), { ...numbered(0, 0, 0, 1, 0, 0, 0, 0, 0), hardship: 3 })).toMatchObject({
      score: 1,
      status: "complete",
    });
  });
});

describe("answers that cannot be", () => {
  it.each<[InstrumentCode, Answers, string]>([
    ["phq-9", { "1": 4 }, "out-of-range"],
    ["phq-9", { "1": -1 }, "out-of-range"],
    ["phq-9", { "1": 1.5 }, "out-of-range"],
    ["phq-9", { "1": "2" }, "out-of-range"],
    ["phq-9", { "10": 1 }, "unknown-item"],
    ["wg-ss", { seeing: 0 }, "out-of-range"],
    ["rehabilitation-need", { products: [] }, "out-of-range"],
    ["rehabilitation-need", { products: ["none", "wheelchair"] }, "out-of-range"],
    ["rehabilitation-need", { products: ["wheelchair", "wheelchair"] }, "out-of-range"],
    ["rehabilitation-need", { "product-state": "shiny" }, "out-of-range"],
  ])("%s refuses %j", (code, answers, problem) => {
    expect(answerProblems(of(code), answers).map((one) => one.code)).toEqual([problem]);
  });
});

describe("needs", () => {
  it("are listed, urgent ones apart, and never summed", () => {
    const result = scoreAnswers(of("socio-economic-need"), { "living-place": "shelter", food: 2, water: 0, income: 1 });
    expect(result).toMatchObject({ score: null, marked: ["food", "income"], urgent: ["food"], status: "incomplete" });
  });
});

describe("every instrument", () => {
  it.each(instruments.map((one) => [`${one.code} ${one.version}`, one] as const))(
    "%s is sound: codes, scales, bands without gaps",
    (_, one) => {
      const codes = one.items.map(({ code }) => code);
      expect(new Set(codes).size).toBe(codes.length);
      for (const item of one.items)
        for (const code of item.when?.anyOf ?? []) expect(codes.indexOf(code)).toBeLessThan(codes.indexOf(item.code));
      for (const { item } of one.scoring.alerts) expect(codes).toContain(item);
      const whole = scoreAnswers(
        one,
        Object.fromEntries(
          one.items
            .filter(({ scored }) => scored)
            .map(({ code, answers }) => [code, scales[answers]?.at(-1) as number]),
        ),
      );
      expect(whole.status).toBe("complete");
      if (one.scoring.kind === "sum") expect(whole.score).toBe(whole.highest);
      one.scoring.bands.forEach((band, at) => {
        expect(band.from).toBe(at === 0 ? whole.lowest : (one.scoring.bands[at - 1]?.to as number) + 1);
        if (at === one.scoring.bands.length - 1) expect(band.to).toBe(whole.highest);
      });
      expect(JSON.parse(JSON.stringify(one))).toEqual(one);
    },
  );

  it("of a kind is offered in its newest version", () => {
    expect(currentInstruments.map(({ code }) => code)).toEqual([...new Set(instruments.map(({ code }) => code))]);
  });

  it("counts each answer once, and gives no score while one is missing and the rule fills nothing", () => {
    const sums = instruments.filter(({ scoring }) => scoring.kind === "sum");
    fc.assert(
      fc.property(
        fc.constantFrom(...sums),
        fc.infiniteStream(fc.nat()),
        fc.nat(),
        fc.boolean(),
        (one, stream, which, leave) => {
          const answers: Record<string, number> = {};
          let expected = 0;
          for (const item of one.items.filter(({ scored }) => scored)) {
            if (!isAsked(item, answers)) {
              expected += item.otherwise as number;
              continue;
            }
            const scale = scales[item.answers] as readonly number[];
            const value = scale[(stream.next().value as number) % scale.length] as number;
            answers[item.code] = value;
            expected += value;
          }
          expect(answerProblems(one, answers)).toEqual([]);
          expect(scoreAnswers(one, answers)).toMatchObject({ score: expected, status: "complete" });
          if (!leave) return;
          // The last question is no condition of another.
          const codes = Object.keys(answers).filter(
            (code) =>
              !one.items.some(
                ({ when }) =>
                  when?.anyOf.includes(code) && one.items.some(({ scored, when: own }) => scored && own === when),
              ),
          );
          delete answers[codes[which % codes.length] as string];
          expect(scoreAnswers(one, answers)).toMatchObject({
            score: null,
            status: "incomplete",
            band: null,
            positive: null,
          });
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("words", () => {
  const keys = (one: Instrument) => [
    `code.assessment-instrument.${one.code}`,
    `code.assessment-group.${one.group}`,
    `assessments.lead.${one.code}`,
    ...one.items.flatMap(({ code, kind, answers }) => [
      `assessments.item.${one.code}.${code}`,
      ...(kind === "one"
        ? (scales[answers] ?? [undefined]).map((value) => `assessments.scale.${answers}.${value}`)
        : (optionLists[answers] ?? [undefined]).map((option) => `assessments.option.${answers}.${option}`)),
    ]),
    ...one.scoring.bands.map(({ code }) => `assessments.band.${one.code}.${code}`),
    ...one.scoring.citations.map((name) => `assessments.citation.${name}`),
    ...one.scoring.alerts.flatMap(({ code }) => [`assessments.alert.${code}`, `assessments.alert.${code}.text`]),
  ];

  it.each(["en", "km"] as const)("of every question, answer, band and source are there in %s", (language) => {
    const known = readCatalogue(language);
    expect([...new Set(instruments.flatMap(keys))].filter((key) => !known[key])).toEqual([]);
  });
});
