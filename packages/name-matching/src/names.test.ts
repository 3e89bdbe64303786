import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  defaultThreshold,
  foldName,
  isZawgyi,
  maximumTokens,
  nameMatcher,
  nameSimilarity,
  nameTokens,
  scriptOf,
  transliterate,
  zawgyiToUnicode,
} from "./index.ts";
import { samePerson, twoPeople } from "./pairs.test-helper.ts";

const shared = (a: string, b: string) => {
  const other = new Set(nameTokens(b));
  return nameTokens(a).filter((token) => other.has(token));
};

const names = [...Object.values(samePerson), ...Object.values(twoPeople)].flat(2);
const anyName = fc.oneof(
  fc.constantFrom(...names),
  fc
    .array(fc.constantFrom(...names.flatMap((name) => name.split(" "))), { minLength: 1, maxLength: 6 })
    .map((words) => words.join(" ")),
  fc.string({
    unit: fc.constantFrom(...new Set(names.join("")), "\u200b", "\u17d2", "\u1039", "\u103a", "\u0e4c"),
    maxLength: 24,
  }),
  fc.string({ maxLength: 20 }),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);

describe("spellings of one name", () => {
  it.each(Object.entries(samePerson))(
    "%s: at least 15 pairs, all above the threshold, all with common tokens",
    (_, pairs) => {
      expect(pairs.length).toBeGreaterThanOrEqual(15);
      const missed = pairs
        .map(([a, b]) => ({ a, b, similarity: nameSimilarity(a, b), tokens: shared(a, b).length }))
        .filter(({ similarity, tokens }) => similarity < defaultThreshold || tokens === 0);
      expect(missed).toEqual([]);
    },
  );
});

describe("names of two people", () => {
  it.each(Object.entries(twoPeople))("%s: at least 15 pairs, all below the threshold", (_, pairs) => {
    expect(pairs.length).toBeGreaterThanOrEqual(15);
    const taken = pairs
      .map(([a, b]) => ({ a, b, similarity: nameSimilarity(a, b) }))
      .filter(({ similarity }) => similarity >= defaultThreshold);
    expect(taken).toEqual([]);
  });

  it("leave room for the threshold on both sides", () => {
    const of = (pairs: typeof samePerson) =>
      Object.values(pairs)
        .flat()
        .map(([a, b]) => nameSimilarity(a, b));
    expect(Math.min(...of(samePerson))).toBeGreaterThan(defaultThreshold + 0.02);
    expect(Math.max(...of(twoPeople))).toBeLessThan(defaultThreshold - 0.015);
  });
});

describe("one slip of the finger", () => {
  it("in a Latin name of two words leaves a common token, whatever the letter", () => {
    const words = samePerson["khmer in Latin letters"]?.map(([a]) => a) ?? [];
    fc.assert(
      fc.property(
        fc.constantFrom(...words),
        fc.nat(),
        fc.constantFrom(..."abcdeghiklmnoprstuvy"),
        fc.nat(2),
        (name, place, letter, kind) => {
          const at = place % name.length;
          fc.pre(/[a-z]/.test(name[at] as string));
          const slipped =
            name.slice(0, at) + (kind === 0 ? "" : kind === 1 ? letter : name[at] + letter) + name.slice(at + 1);
          expect({ name, slipped, tokens: shared(name, slipped).length }).not.toMatchObject({ tokens: 0 });
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe("properties", () => {
  it("folding a folded name changes nothing", () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const folded = foldName(name);
        expect(foldName(folded)).toBe(folded);
      }),
      { numRuns: 3_000 },
    );
  });

  it("similarity is between 0 and 1 and the same from both sides", () => {
    fc.assert(
      fc.property(anyName, anyName, (a, b) => {
        const similarity = nameSimilarity(a, b);
        expect(similarity).toBeGreaterThanOrEqual(0);
        expect(similarity).toBeLessThanOrEqual(1);
        expect(nameSimilarity(b, a)).toBe(similarity);
        expect(nameMatcher(a)(b)).toBe(similarity);
      }),
      { numRuns: 2_000 },
    );
  });

  it("a name is wholly similar to itself and to its folding, if it has letters", () => {
    for (const name of names) {
      expect(nameSimilarity(name, name)).toBe(1);
      expect({ name, similarity: nameSimilarity(name, foldName(name)) >= defaultThreshold }).toEqual({
        name,
        similarity: true,
      });
    }
    expect(nameSimilarity("", "Sok")).toBe(0);
    expect(nameSimilarity("123 ?", "Sok")).toBeLessThan(0.3);
  });

  it("tokens are bounded, all different, the same every time, and none is empty", () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const tokens = nameTokens(name);
        expect(tokens.length).toBeLessThanOrEqual(maximumTokens);
        expect(new Set(tokens).size).toBe(tokens.length);
        expect(tokens).not.toContain("");
        expect(nameTokens(name)).toEqual(tokens);
      }),
      { numRuns: 2_000 },
    );
    expect(names.every((name) => nameTokens(name).length > 0)).toBe(true);
  });

  it("the order of words changes no token of single words or pairs", () => {
    expect(shared("Sopheap Sok", "Sok Sopheap")).toEqual(expect.arrayContaining(["sk+spp", "sk", "spp"]));
  });
});

describe("scripts and encodings", () => {
  it.each([
    ["សុខ សុភាព", "khmer"],
    ["ບຸນມີ", "lao"],
    ["สมชาย", "thai"],
    ["ကျော်ဇော်", "burmese"],
    ["Nguyễn", "vietnamese"],
    ["Đang", "vietnamese"],
    ["Nguyễn".normalize("NFD"), "vietnamese"],
    ["Sok Sopheap", "latin"],
    ["José", "latin"],
    ["Σωκράτης", "other"],
    ["", "other"],
  ])("%s is %s", (text, script) => expect(scriptOf(text)).toBe(script));

  it("knows Zawgyi by what only Zawgyi has, and converts it", () => {
    expect(isZawgyi("ေဒၚေအာင္ဆန္းစုၾကည္")).toBe(true);
    expect(zawgyiToUnicode("ေဒၚေအာင္ဆန္းစုၾကည္")).toBe("ဒေါ်အောင်ဆန်းစုကြည်");
    for (const name of samePerson.burmese?.map(([unicode]) => unicode) ?? []) expect(isZawgyi(name), name).toBe(false);
    expect(isZawgyi("ကို")).toBe(false);
    expect(isZawgyi("Sok")).toBe(false);
  });

  it("leaves out titles, but never the whole name", () => {
    expect(foldName("လောက")).not.toBe("");
    expect(foldName("ဦး")).toBe("ဥ");
    expect(foldName("Daw Khin")).toBe("khin");
    expect(foldName("Mr. U Thant")).toBe("thant");
    expect(foldName("นายสมชาย")).toBe(foldName("สมชาย"));
    expect(foldName("นา ยศ")).not.toBe(foldName("ยศ"));
  });
});

describe("transliteration", () => {
  it.each([
    ["សុខ សុភាព", "Sok Sopheap"],
    ["ចាន់ ដារ៉ា", "Chan Dara"],
    ["សុវណ្ណ", "Sovon"],
    ["สมชาย ใจดี", "Somchai Chaidi"],
    ["วรรณา จันทร์แก้ว", "Wanna Chankaeo"],
    ["สุรศักดิ์ ทองคำ", "Surasak Thongkham"],
    ["ณรงค์", "Narong"],
    ["ສົມພອນ ແກ້ວມະນີ", "Somphon Kaeomani"],
    ["ບຸນມີ ວົງສາ", "Bounmi Vongsa"],
    ["ໜູແດງ", "Noudaeng"],
    ["ကျော်ဇော်", "Kyaw Zaw"],
    ["ဒေါ်အောင်ဆန်းစုကြည်", "Daw Aung Hsan Su Kyi"],
    ["ေမာင္ျမင့္", "Maung Myin"],
    ["Đặng Văn Hưng", "Dang Van Hung"],
    ["Σωκράτης", "Σωκρατης"],
  ])("%s is read %s", (name, latin) => expect(transliterate(name)).toBe(latin));
});
