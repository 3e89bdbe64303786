import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanText, looksLikeZawgyi, matchKey, normaliseDigits, parseBoolean, parseNumber } from "./values.ts";

const number = (text: string, options?: { decimalComma?: boolean }) => {
  const result = parseNumber(text, options);
  return "value" in result ? result.value : result.problem.code;
};

describe("normaliseDigits", () => {
  it("reads the digits of the region's scripts", () => {
    expect(normaliseDigits("១២៣៤៥៦៧៨៩០ ໑໒໓ ๑๒๓ ၁၂၃ ٣٤٥ ６７ ႑")).toBe("1234567890 123 123 123 345 67 1");
  });
});

describe("parseNumber", () => {
  it.each([
    ["1.234.567,89", 1234567.89],
    ["1,234,567.89", 1234567.89],
    ["1 234 567,89", 1234567.89],
    ["1'234'567.5", 1234567.5],
    ["12,5", 12.5],
    ["0.125", 0.125],
    ["0,125", 0.125],
    ["-12.3456", -12.3456],
    ["\u221212", -12],
    ["(12.50)", -12.5],
    ["១២,៥", 12.5],
    ["1.5e3", 1500],
    [".5", 0.5],
    ["5.", 5],
    ["1,234,567", 1234567],
    ["1234.567", 1234.567],
  ])("reads %s", (text, value) => expect(number(text)).toBe(value));

  it.each([
    ["1,234", "number.ambiguous"],
    ["1.234", "number.ambiguous"],
    ["", "number.empty"],
    ["12,34,5", "number.malformed"],
    ["1.2.3", "number.malformed"],
    ["12 m", "number.malformed"],
    ["1 23", "number.malformed"],
    ["1,23.456,7", "number.malformed"],
    ["--5", "number.malformed"],
  ])("refuses %s as %s", (text, code) => expect(number(text)).toBe(code));

  it("takes the caller's word for the decimal separator, and holds it to it", () => {
    expect(number("1,234", { decimalComma: true })).toBe(1.234);
    expect(number("1,234", { decimalComma: false })).toBe(1234);
    expect(number("12.5", { decimalComma: true })).toBe("number.malformed");
  });

  it("reads back every number written with grouping in either style", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
        const decimals = String(cents).padStart(2, "0");
        const sign = whole < 0 ? "-" : "";
        const grouped = String(Math.abs(whole)).replace(/\B(?=(\d{3})+$)/g, ",");
        const expected = Number(`${sign}${Math.abs(whole)}.${decimals}`);
        expect(number(`${sign}${grouped}.${decimals}`)).toBe(expected);
        expect(number(`${sign}${grouped.replaceAll(",", ".")},${decimals}`)).toBe(expected);
      }),
    );
  });
});

describe("parseBoolean", () => {
  it.each(["yes", "TRUE", "1", "បាទ", "ចាស", "ແມ່ນ", "ใช่", "có", "ဟုတ်", "Oui", "✓", " Ya "])("reads %s as yes", (text) =>
    expect(parseBoolean(text)).toEqual({ value: true }),
  );
  it.each(["no", "0", "ទេ", "គ្មាន", "ບໍ່", "ไม่", "ไม่ใช่", "không", "မဟုတ်ဘူး", "hindi"])("reads %s as no", (text) =>
    expect(parseBoolean(text)).toEqual({ value: false }),
  );
  it("refuses what it does not know", () => {
    expect(parseBoolean("maybe")).toMatchObject({ problem: { code: "boolean.unknown" } });
    expect(parseBoolean(" ")).toMatchObject({ problem: { code: "boolean.empty" } });
  });
});

describe("text", () => {
  it("keeps inner zero-width spaces for display and drops them for matching", () => {
    expect(cleanText("\ufeff ភូមិ\u200bថ្មី\u00a0\u200b")).toBe("ភូមិ\u200bថ្មី");
    expect(matchKey("\ufeff ភូមិ\u200bថ្មី\u00a0\u200b")).toBe("ភូមិថ្មី");
  });
  it("composes and folds what looks the same", () => {
    expect(matchKey("Hiê\u0301u  Giang ១")).toBe(matchKey("hiếu giang 1"));
  });
  it.each([
    ["កណ្ដាល", "កណ្តាល"],
    ["ភ្នំស្ដៅ", "ភ្នំស្តៅ"],
    ["ស្ដេច", "ស្តេច"],
  ])("reads the Khmer subscripts da and ta as one: %s", (da, ta) => {
    expect(da).not.toBe(ta);
    expect(matchKey(da)).toBe(matchKey(ta));
    expect(matchKey(`ខេត្ត\u200b${da}`)).toBe(matchKey(`ខេត្ត${ta}`));
  });
  it("keeps Khmer words apart that look different", () => {
    expect(matchKey("ដី")).not.toBe(matchKey("តី"));
    expect(matchKey("បន្ទាយមានជ័យ")).toBe("បន្ទាយមានជ័យ");
    expect(matchKey("កណ្ដាល")).not.toBe(matchKey("កណដាល"));
  });
  it("gives a key that is its own key", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => matchKey(matchKey(text)) === matchKey(text)));
  });
});

describe("looksLikeZawgyi", () => {
  it.each(["မြန်မာနိုင်ငံ", "ရန်ကုန်မြို့", "ကျောက်ဖြူ", "မန္တလေး", "မိုင်းအန္တရာယ်", "ဗုံး"])("leaves Unicode alone: %s", (text) =>
    expect(looksLikeZawgyi(text)).toBe(false),
  );
  it.each(["ျမန္မာႏိုင္ငံ", "ရန္ကုန္ၿမိဳ႕", "ေက်ာက္ျဖဴ", "မႏၲေလး"])("finds Zawgyi: %s", (text) =>
    expect(looksLikeZawgyi(text)).toBe(true),
  );
  it("says nothing about other scripts", () => expect(looksLikeZawgyi("ភូមិ village")).toBe(false));
});
