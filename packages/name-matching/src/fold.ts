import { burmeseSyllables, burmeseToLatin, foldBurmese, orderBurmese } from "./burmese.ts";
import { foldedTitles } from "./honorifics.ts";
import { foldKhmer, khmerToLatin, orderKhmer } from "./khmer.ts";
import { foldLao, laoToLatin, orderLao } from "./lao.ts";
import { scriptOf } from "./script.ts";
import { foldThai, orderThai, thaiToLatin } from "./thai.ts";

/** Zero-width spaces and joiners, marks of direction, soft hyphen: they get into names by typing and must not count. */
const invisible = /\u034f|[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe00-\ufe0f]/gu;

const runs =
  /[\u1780-\u17ff]+|[\u0e80-\u0eff]+|[\u0e00-\u0e7f]+|[\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f]+|[^\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f]+/gu;

const latinLetters: Readonly<Record<string, string>> = {
  đ: "d",
  ð: "d",
  ı: "i",
  ł: "l",
  ø: "o",
  æ: "ae",
  œ: "oe",
  ß: "ss",
  þ: "th",
};

/** Lower case without any marks: Vietnamese tones and vowels go with them, so that typed with and without them is one. */
function foldLatin(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[đðıłøæœßþ]/gu, (letter) => latinLetters[letter] ?? letter)
    .replace(/['’‘ʼ`´]/gu, "");
}

function perScript(
  text: string,
  known: Readonly<Record<"khmer" | "lao" | "thai" | "burmese" | "rest", (run: string) => string>>,
): string {
  return (text.match(runs) ?? [])
    .map((run) => {
      const script = scriptOf(run);
      return script === "khmer" || script === "lao" || script === "thai" || script === "burmese"
        ? known[script](run)
        : known.rest(run);
    })
    .join("");
}

/** Folds letters only: no titles are left out, no words are cut. */
function foldLetters(text: string): string {
  const folded = perScript(text.replace(invisible, ""), {
    khmer: foldKhmer,
    lao: foldLao,
    thai: foldThai,
    burmese: foldBurmese,
    rest: foldLatin,
  });
  return folded.replace(/[^\p{L}\p{M}\p{N}]+/gu, " ").trim();
}

/** Folding once may bring letters together that fold further; twice is enough for names, and the bound keeps it finite. */
function settle(text: string, once: (text: string) => string): string {
  let folded = once(text);
  for (let round = 0; round < 8; round += 1) {
    const again = once(folded);
    if (again === folded) break;
    folded = again;
  }
  return folded;
}

const foldWord = (word: string) => settle(word, foldLetters);
const { titles, prefixes, light } = foldedTitles(foldWord);

function withoutPrefix(word: string): string {
  const prefix = prefixes.find((one) => word.startsWith(one) && [...word].length >= [...one].length + 3);
  // What follows must begin a syllable: a sign would belong to the last letter of what only looks like a title.
  return prefix !== undefined && /^[ก-ฮເ-ໄກ-ຮเ-ไក-អ]/u.test(word.slice(prefix.length))
    ? word.slice(prefix.length)
    : word;
}

/** Burmese is cut into syllables, because the spaces in it are free; other scripts are cut where they are. */
function cut(word: string): string[] {
  return /[\u1000-\u1021]/u.test(word) ? burmeseSyllables(word) : [word];
}

function withoutTitles(words: readonly string[]): string[] {
  let rest = [...words];
  while (rest.length > 1 && titles.has(rest[0] as string)) rest = rest.slice(1);
  return rest;
}

/**
 * The folded words of a name, titles left out. Burmese words are single syllables (or several joined by a stacked consonant).
 */
export function foldedWords(name: string): string[] {
  const folded = settle(name, (text) =>
    withoutTitles(
      foldLetters(text)
        .split(" ")
        .flatMap(cut)
        .filter((word) => word !== ""),
    )
      .map((word, index) => (index === 0 ? foldWord(withoutPrefix(word)) : word))
      .join(" "),
  );
  return folded === "" ? [] : folded.split(" ");
}

/**
 * A name in the form in which spelling variants of one script are equal where the script's own rules say so: encodings
 * (NFC, NFD, Zawgyi), invisible characters, orders of marks, tone marks, silenced letters, letters that sound alike,
 * case, titles. Folding a folded name changes nothing. Not for display.
 */
export function foldName(name: string): string {
  return foldedWords(name).join(" ");
}

/** Whether a folded word is a title for some and a name for others, or nearly everyone's: it tells people apart badly. */
export function isLightWord(word: string): boolean {
  return light.has(word);
}

/** A name in the order its script prescribes but with all its letters, cut at spaces and, in Burmese, into syllables. */
function orderedWords(name: string): string[] {
  return perScript(name.replace(invisible, ""), {
    khmer: orderKhmer,
    lao: orderLao,
    thai: orderThai,
    burmese: orderBurmese,
    rest: foldLatin,
  })
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .flatMap(cut)
    .filter((word) => word !== "");
}

function wordToLatin(word: string): string {
  return perScript(word, {
    khmer: khmerToLatin,
    lao: laoToLatin,
    thai: thaiToLatin,
    burmese: burmeseToLatin,
    rest: (run) => run,
  });
}

/** The words of a name with titles left out, each folded and in lower-case Latin letters. */
export function readWords(name: string): { folded: string; latin: string }[] {
  const words = orderedWords(name).map((word) => ({ folded: foldWord(word), latin: wordToLatin(word) }));
  let rest = words.filter(({ folded, latin }) => folded !== "" && latin !== "");
  while (rest.length > 1 && titles.has(rest[0]?.folded as string)) rest = rest.slice(1);
  const first = rest[0];
  if (first === undefined) return [];
  const shorter = withoutPrefix(first.folded);
  if (shorter === first.folded) return rest;
  return [{ folded: foldWord(shorter), latin: wordToLatin(shorter) }, ...rest.slice(1)];
}

/**
 * A name in plain Latin letters, words with capitals: Khmer after UNGEGN, Lao after BGN/PCGN, Thai after the Royal Thai
 * General System, Burmese after the usage of passports, Vietnamese and other Latin without marks, all simplified. An
 * aid to find and to read names by, not a person's official spelling. Text of unknown scripts stays as it is.
 */
export function transliterate(name: string): string {
  return orderedWords(name)
    .map(wordToLatin)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(" ");
}
