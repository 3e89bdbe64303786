import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { languages } from "../contract/fields.ts";
import { latinDigits, searchForm } from "./digits.ts";
import { areaUnit, createFormatters } from "./format.ts";
import { negotiateLanguage } from "./languages.ts";
import { createTranslator } from "./translator.ts";

describe("formatters", () => {
  test.each(languages)("%s writes Gregorian years", (language) => {
    const format = createFormatters(language);
    for (const precision of ["year", "month", "day"] as const)
      expect(format.date("2024-05-17", precision)).toContain("2024");
    expect(format.dateTime("2024-05-17T03:04:00Z")).toContain("2024");
  });

  test.each(languages)("%s never writes a decimal and a thousand alike", (language) => {
    const format = createFormatters(language);
    expect(format.number(1234)).not.toBe(format.number(1.234, 3));
    expect(format.numberLatin(1234567)).toMatch(/^1\D234\D567$/);
  });

  test("Khmer, Lao and Burmese dates do not depend on what the browser knows", () => {
    expect(createFormatters("km").date("2024-05-17")).toBe("17 ឧសភា 2024");
    expect(createFormatters("lo").date("2024-05-17", "month")).toBe("ພຶດສະພາ 2024");
    expect(createFormatters("my").date("2024-05-17")).toBe("2024 မေ 17");
  });

  test("partial dates show only what is known", () => {
    const { date } = createFormatters("en");
    expect(date("2024-05-01", "month")).toBe("May 2024");
    expect(date("2024-01-01", "year")).toBe("2024");
  });

  test("spans count down to the largest whole unit", () => {
    const now = new Date("2026-06-30T12:00:00Z");
    expect(createFormatters("en").relative("2026-06-27T11:00:00Z", now)).toBe("3 days ago");
    expect(createFormatters("km").relative("2026-03-01T00:00:00Z", now)).toBe("3 ខែមុន");
    expect(createFormatters("en").relative("2026-06-30T11:59:30Z", now)).toBe("30 seconds ago");
  });

  test("lists end with the language's own and", () => {
    expect(createFormatters("km").list(["ក", "ខ", "គ"])).toBe("ក, ខ និង គ");
    expect(createFormatters("en").list(["a", "b"])).toBe("a and b");
    expect(createFormatters("km").list(["ក"])).toBe("ក");
  });

  test("areas keep their size whatever the unit", () => {
    const size = { m2: 1, ha: 10_000, km2: 1_000_000 };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), (area) => {
        const { value, unit } = areaUnit(area);
        expect(Math.round(value * size[unit])).toBe(area);
        expect(value).toBeLessThan(unit === "m2" ? 10_000 : unit === "ha" ? 100 : 1e6 + 1);
      }),
    );
  });
});

describe("digits and search", () => {
  test("digits of the region become Latin, everything else stays", () => {
    expect(latinDigits("១២៣ ໔໕໖ ๗๘๙ ၀၁၂ ３ abc")).toBe("123 456 789 012 3 abc");
  });

  test("the search form does not change when it is made again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => searchForm(searchForm(text)) === searchForm(text)),
    );
  });

  test("accents, zero-width spaces and digit forms do not matter, Khmer signs do", () => {
    expect(searchForm("Quảng  Trị")).toBe(searchForm("QUANG TRI"));
    expect(searchForm("Đồng Nai")).toBe("dong nai");
    expect(searchForm("ភូមិ\u200bថ្មី ១")).toBe(searchForm("ភូមិថ្មី 1"));
    expect(searchForm("កា")).not.toBe(searchForm("ក"));
  });
});

describe("translator", () => {
  const messages = { greet: "{count, plural, one {# record} other {# records}} of {name}" };
  test("fills messages and falls back from language to English to key, telling what was missing", () => {
    const missing: string[] = [];
    const { t, first } = createTranslator(
      "km",
      { only: "មាន" },
      { fallback: messages, onMissing: (key) => missing.push(key) },
    );
    expect(t("only")).toBe("មាន");
    expect(t("greet", { count: 1, name: "A" })).toBe("1 record of A");
    expect(t("nowhere")).toBe("nowhere");
    expect(first(["nowhere", "only"])).toBe("មាន");
    expect(missing).toEqual(["greet", "nowhere"]);
  });

  test("a parameter that was left out does not take the page down", () => {
    expect(createTranslator("en", messages).t("greet")).toBe(messages.greet);
  });

  test("the start language is the first wanted one that is spoken", () => {
    expect(negotiateLanguage(["fr-FR", "km-KH", "en"])).toBe("km");
    expect(negotiateLanguage(["fr"])).toBe("en");
  });
});
