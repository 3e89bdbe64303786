import { readFileSync } from "node:fs";
import { join } from "node:path";
import { applySuggestion, computeSurvey, type SurveyedPolygon } from "@santi/land-geometry";
import { describe, expect, test } from "vitest";
import type { Language } from "../../../../platform/contract/fields.ts";
import { createText } from "../../../../platform/i18n/I18nProvider.tsx";
import { readCatalogue, sourceRoot } from "../../../../platform/i18n/node.ts";
import { findingText, placeText, suggestionText } from "./finding-text.ts";
import { emptySurvey, pastedPoints } from "./survey-state.ts";

const words = (language: Language) => createText(language, readCatalogue(language), () => {});
const english = words("en");

const survey: SurveyedPolygon = {
  ...emptySurvey(),
  reading: { datum: "wgs-84" },
  start: { text: "16.82, 107.1" },
  north: "true",
  points: [
    { kind: "turning", bearing: "75", distance: "26.5" },
    { kind: "turning", bearing: "341", distance: "48.3" },
    { kind: "intermediate", bearing: "262", distance: "37.9" },
  ],
  closingLeg: { bearing: "187.2", distance: "57.0" },
};

describe("findings in words", () => {
  test("a slip names the side, what it comes to, and what the tap does", () => {
    const computed = computeSurvey(survey);
    const finding = computed.findings.find(({ code }) => code === "traverse.misclosure");
    if (!finding) throw new Error("no misclosure");
    expect(placeText(finding, survey, english)).toBe("TP1");
    expect(findingText(finding, computed, english)).toMatch(
      /^Closes to only 1:\d: the last side ends 36\.02 m from the start\.$/,
    );
    expect(suggestionText(finding, survey, english)).toBe("Exchange two digits to TP1: 75°, 62.5");
    expect(computeSurvey(applySuggestion(survey, finding)).traverse?.precision).toBeGreaterThan(200);
  });

  test("a coordinate that cannot be read says why, in Khmer too", () => {
    const list: SurveyedPolygon = {
      ...emptySurvey("coordinates"),
      reading: { datum: "wgs-84" },
      points: pastedPoints("13 70 00 103 00 00"),
    };
    const computed = computeSurvey(list);
    const finding = computed.findings.find(({ code }) => code === "survey.point-unreadable");
    if (!finding) throw new Error("the coordinate was read");
    expect(findingText(finding, computed, english)).toBe("Minutes are over 59: 13 70 00 103 00 00");
    expect(placeText(finding, list, english)).toBe("SP");
    expect(findingText(finding, computed, words("km"))).not.toContain("Minutes");
  });
});

/** The strings of an exported union in the types of surveys, or of all checks. */
function named(file: string, union: string): string[] {
  const text = readFileSync(join(sourceRoot, "..", "packages", "land-geometry", "src", file), "utf8");
  const body = new RegExp(`export type ${union} =([^;]*);`).exec(text)?.[1] ?? "";
  return [...body.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name);
}

describe("everything that a survey can be told has words", () => {
  test.each(["en", "km"] as const)("%s", (language) => {
    const { has } = words(language);
    const codes = [...named("survey/types.ts", "SurveyFindingCode"), ...named("checks/finding.ts", "GeometryCheck")];
    expect(codes.length).toBeGreaterThan(40);
    // These look at data sets and typed figures, never at a survey; unreadable texts have sentences of their own.
    const elsewhere = /^place\.(default-point|precision-coarse|repeated-point)$|^survey\.(point|bearing)-unreadable$/;
    const keys = [
      ...codes.filter((code) => !elsewhere.test(code)).map((code) => `land.survey.finding.${code}`),
      ...named("survey/types.ts", "SurveySuggestionReason").map((reason) => `land.survey.suggestion.${reason}`),
      ...named("problem.ts", "ProblemCode")
        .filter((code) => code.startsWith("bearing."))
        .map((code) => `land.survey.${code}`),
    ];
    expect(keys.filter((key) => !has(key))).toEqual([]);
  });
});
