import { isZawgyi, zawgyiToUnicode } from "./zawgyi.ts";

const consonants: Readonly<Record<string, string>> = {
  က: "k",
  ခ: "kh",
  ဂ: "g",
  ဃ: "g",
  င: "ng",
  စ: "s",
  ဆ: "hs",
  ဇ: "z",
  ဈ: "z",
  ဉ: "ny",
  ည: "ny",
  ဋ: "t",
  ဌ: "ht",
  ဍ: "d",
  ဎ: "d",
  ဏ: "n",
  တ: "t",
  ထ: "ht",
  ဒ: "d",
  ဓ: "d",
  န: "n",
  ပ: "p",
  ဖ: "ph",
  ဗ: "b",
  ဘ: "b",
  မ: "m",
  ယ: "y",
  ရ: "y",
  လ: "l",
  ဝ: "w",
  သ: "th",
  ဟ: "h",
  ဠ: "l",
  အ: "",
  ဿ: "th",
};

/** Rhymes of vowel signs alone. */
const open: Readonly<Record<string, string>> = {
  "": "a",
  "ာ": "a",
  "ိ": "i",
  "ီ": "i",
  "ု": "u",
  "ူ": "u",
  "ေ": "e",
  "ဲ": "e",
  "ော": "aw",
  "ို": "o",
  "ံ": "an",
  "ိံ": "ein",
  "ုံ": "on",
};

/** Rhymes of vowel signs and a killed consonant. */
const closed: Readonly<Record<string, string>> = {
  က: "et",
  "ောက": "auk",
  "ိုက": "aik",
  င: "in",
  "ောင": "aung",
  "ိုင": "aing",
  စ: "it",
  ည: "i",
  ဉ: "in",
  တ: "at",
  ပ: "at",
  "ိတ": "eik",
  "ိပ": "eik",
  "ုတ": "ok",
  "ုပ": "ok",
  န: "an",
  မ: "an",
  ဏ: "an",
  "ိန": "ein",
  "ိမ": "ein",
  "ုန": "on",
  "ုမ": "on",
  "ုဏ": "on",
  ယ: "e",
  "ော": "aw",
};

const independent: Readonly<Record<string, string>> = { ဣ: "i", ဤ: "i", ဥ: "u", ဦ: "u", ဧ: "e", ဩ: "aw", ဪ: "aw" };

/** Shan and Karen letters by the Burmese ones that sound alike, so that names of the east find one another. */
const neighbours: Readonly<Record<string, string>> = {
  ၵ: "က",
  ၶ: "ခ",
  ၷ: "ဂ",
  ၸ: "စ",
  ၹ: "ဇ",
  ၺ: "ည",
  ၻ: "ဒ",
  ၼ: "န",
  ၽ: "ဖ",
  ၾ: "ဖ",
  ၿ: "ဗ",
  ႀ: "သ",
  ႁ: "ဟ",
  "ႂ": "ွ",
  "ႃ": "ာ",
  "ႄ": "ေ",
  "ႅ": "ေ",
  "ႆ": "ယ်",
  "ၢ": "ာ",
  ၡ: "ရှ",
  ၥ: "သ",
  ၦ: "ပ",
  ၚ: "င",
  ၛ: "ဗ",
};

const rank = "ျြွှေိီုူဲာံ်";

/**
 * Burmese in Unicode (Zawgyi converted), its marks in the order of the standard: medials, e, vowels above and below, aa,
 * anusvara, asat. Tone marks go, the tall aa becomes the round one, digits between letters become the letters meant.
 */
export function orderBurmese(text: string): string {
  return (isZawgyi(text) ? zawgyiToUnicode(text) : text)
    .normalize("NFC")
    .replace(/(^|[^\u1000-\u1021\u103b-\u103e])\u1031([\u1000-\u1021][\u103b-\u103e]*)(?!\u1031)/gu, "$1$2\u1031")
    .replace(/[\u105a-\u1086\uaa60-\uaa7f]/gu, (letter) => neighbours[letter] ?? "")
    .replace(/[\u1037\u1038\u1086-\u108f\u109a-\u109d\u1060-\u1074\u1033\u1034]/gu, "")
    .replace(/\u102b/gu, "\u102c")
    .replace(/\u1025\u102e/gu, "\u1026")
    .replace(/\u1025(?=\u103a)/gu, "\u1009")
    .replace(/\u101e\u103c\u1031\u102c\u103a?/gu, "\u1029")
    .replace(/(?<=[\u1000-\u103f])\u1040|\u1040(?=[\u102b-\u103e])/gu, "\u101d")
    .replace(/(?<=[\u1000-\u103f])\u1047|\u1047(?=[\u102b-\u103e])/gu, "\u101b")
    .replace(/[\u102b-\u1032\u1036\u103a-\u103e]{2,}(?!\u1039)/gu, (marks) =>
      [...new Set(marks)].sort((a, b) => rank.indexOf(a) - rank.indexOf(b)).join(""),
    );
}

/**
 * One syllable: consonant (with what is stacked under it), medials, vowel signs, a killed consonant with or without the
 * asat written before its tone. A letter that stands over another ends the syllable and begins the next within the word.
 */
const syllable =
  /(?:([\u1000-\u1021\u103f])([\u103b-\u103e]*)([\u102b-\u1032\u1036]*)(\u103a?)|([\u1023-\u102a]))((?:[\u1000-\u1021]\u103a\u1039?|[\u1000-\u1021]\u1039|(?:[\u1000-\u1021]\u103a)+)?)/gu;

/** The words of ordered Burmese: syllables, those joined by a stacked consonant together. */
export function burmeseSyllables(word: string): string[] {
  const found: string[] = [];
  let joined = false;
  for (const [text] of word.matchAll(syllable)) {
    if (joined) found[found.length - 1] += text;
    else found.push(text);
    joined = text.endsWith("\u1039");
  }
  return found;
}

const merged: Readonly<Record<string, string>> = {
  ဃ: "ဂ",
  ဈ: "ဇ",
  ဋ: "တ",
  ဌ: "ထ",
  ဍ: "ဒ",
  ဎ: "ဒ",
  ဏ: "န",
  ဓ: "ဒ",
  ဘ: "ဗ",
  ဠ: "လ",
  ရ: "ယ",
  "ြ": "ျ",
  "ီ": "ိ",
  "ူ": "ု",
  ဤ: "ဣ",
  ဦ: "ဥ",
  ဪ: "ဩ",
};

/** Ordered Burmese with spellings that sound alike made the same, without stray marks; syllables keep their order. */
export function foldBurmese(text: string): string {
  return orderBurmese(text).replace(/[\u1000-\u103f]+/gu, (word) =>
    burmeseSyllables(word)
      .join("")
      .replace(/\u1039$/u, "")
      .replace(/[\u1000-\u103f]/gu, (letter) => merged[letter] ?? letter),
  );
}

function medialSound(base: string, medials: string): string {
  let latin = consonants[base] ?? "";
  const y = medials.includes("ျ") || medials.includes("ြ");
  if (base === "ရ" && medials.includes("ှ")) latin = "sh";
  else if (base === "သ" && y && medials.includes("ှ")) latin = "sh";
  else if (base === "လ" && y && medials.includes("ှ")) latin = "sh";
  else {
    if (y) latin = base === "ခ" ? "ch" : `${latin}y`;
    if (medials.includes("ှ")) latin = `h${latin}`;
  }
  return medials.includes("ွ") ? `${latin}w` : latin;
}

/**
 * One Burmese word, given as `burmeseSyllables` cuts it, in Latin letters after the usage of Burmese passports (the
 * conventional transcription, not ALA-LC): killed consonants sound with their vowel, tones are not written.
 */
export function burmeseToLatin(word: string): string {
  let latin = "";
  for (const [, base, medials = "", vowel = "", asat = "", alone, killed = ""] of word.matchAll(syllable)) {
    const final = killed.replace(/[\u1039\u103a]/gu, "").slice(0, 1);
    const marks = asat === "" ? vowel : vowel.replace(/\u103a/u, "");
    const start = alone === undefined ? medialSound(base as string, medials) : (independent[alone] ?? "");
    if (alone !== undefined) latin += final === "" ? start : start + (closed[final] ?? "").slice(-1);
    else if (final === "") latin += start + (open[marks] ?? open[marks.slice(0, 1)] ?? "a");
    else {
      const rhyme = closed[marks + final] ?? (open[marks] ?? "a") + (closed[final] ?? "").slice(-1);
      // Medial wa before in, an and at is heard as u, but for the in of Win and Khwin.
      latin +=
        start.endsWith("w") && (rhyme === "an" || rhyme === "at")
          ? start.slice(0, -1) + rhyme.replace("a", "u")
          : start + rhyme;
    }
  }
  return latin;
}
