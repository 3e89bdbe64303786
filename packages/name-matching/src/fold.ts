import { burmeseSyllables, burmeseToLatin, foldBurmese, orderBurmese } from "./burmese.ts";
import { foldedTitles, prefixes } from "./honorifics.ts";
import { foldKhmer, khmerToLatin, orderKhmer } from "./khmer.ts";
import { foldLao, laoToLatin, orderLao } from "./lao.ts";
import { foldThai, orderThai, thaiToLatin } from "./thai.ts";

/** Zero-width spaces and joiners, marks of direction, soft hyphen: they get into names by typing and must not count. */
const invisible = /\u034f|[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]|[\ufe00-\ufe0f]/gu;

const runs =
  /[\u1780-\u17ff]+|[\u0e80-\u0eff]+|[\u0e00-\u0e7f]+|[\u1000-\u109f\ua9e0-\uaa7f]+|[^\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\ua9e0-\uaa7f]+/gu;

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

const ascii = /^[\0-\x7f]*$/;

/** Lower case without any marks: Vietnamese tones and vowels go with them, so that typed with and without them is one. */
function foldLatin(text: string): string {
  if (ascii.test(text)) return text.toLowerCase().replace(/['`]/g, "");
  return text
    .normalize("NFKD")
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[đðıłøæœßþ]/gu, (letter) => latinLetters[letter] ?? letter)
    .replace(/['’‘ʼ`´]/gu, "");
}

type PerScript = Readonly<Record<"khmer" | "lao" | "thai" | "burmese" | "rest", (run: string) => string>>;

function scriptOfRun(run: string): keyof PerScript {
  const code = run.charCodeAt(0);
  if (code >= 0x1780 && code <= 0x17ff) return "khmer";
  if (code >= 0x0e80 && code <= 0x0eff) return "lao";
  if (code >= 0x0e00 && code <= 0x0e7f) return "thai";
  return (code >= 0x1000 && code <= 0x109f) || (code >= 0xa9e0 && code <= 0xaa7f) ? "burmese" : "rest";
}

function perScript(text: string, known: PerScript): string {
  if (ascii.test(text)) return known.rest(text);
  return (text.match(runs) ?? []).map((run) => known[scriptOfRun(run)](run)).join("");
}

/** Folds letters only: no titles are left out, no words are cut. */
function foldLetters(text: string): string {
  if (/^[a-z]+$/.test(text)) return text;
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
const { titles, light } = foldedTitles(foldWord);

/** Leaves out a title that is written onto the name. What follows must begin a syllable, or it only looks like a title. */
function withoutPrefix(text: string): string {
  const name = text.replace(invisible, "").trimStart().normalize("NFC");
  const prefix = prefixes.find((one) => name.startsWith(one));
  if (prefix === undefined) return name;
  const rest = name.slice(prefix.length);
  return /^\s*[ก-ฮເ-ໄກ-ຮໜໝเ-ไក-អ][^\s]/u.test(rest) ? rest : name;
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
function foldedWords(name: string): string[] {
  const folded = settle(name, (text) =>
    withoutTitles(
      foldLetters(withoutPrefix(text))
        .split(" ")
        .flatMap(cut)
        .filter((word) => word !== ""),
    ).join(" "),
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
  const words = orderedWords(withoutPrefix(name)).map((word) => ({ folded: foldWord(word), latin: wordToLatin(word) }));
  const read = words.filter(({ folded, latin }) => folded !== "" && latin !== "");
  const first = read.findIndex(({ folded }, index) => index === read.length - 1 || !titles.has(folded));
  return read.slice(Math.max(0, first));
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
