/** A consonant's Latin letters and its series; the series decides how a vowel sign sounds. */
const consonants: Readonly<Record<string, readonly [latin: string, series: 0 | 1]>> = {
  ក: ["k", 0],
  ខ: ["kh", 0],
  គ: ["k", 1],
  ឃ: ["kh", 1],
  ង: ["ng", 1],
  ច: ["ch", 0],
  ឆ: ["chh", 0],
  ជ: ["ch", 1],
  ឈ: ["chh", 1],
  ញ: ["nh", 1],
  ដ: ["d", 0],
  ឋ: ["th", 0],
  ឌ: ["d", 1],
  ឍ: ["th", 1],
  ណ: ["n", 0],
  ត: ["t", 0],
  ថ: ["th", 0],
  ទ: ["t", 1],
  ធ: ["th", 1],
  ន: ["n", 1],
  ប: ["b", 0],
  ផ: ["ph", 0],
  ព: ["p", 1],
  ភ: ["ph", 1],
  ម: ["m", 1],
  យ: ["y", 1],
  រ: ["r", 1],
  ល: ["l", 1],
  វ: ["v", 1],
  ឝ: ["s", 0],
  ឞ: ["s", 0],
  ស: ["s", 0],
  ហ: ["h", 0],
  ឡ: ["l", 0],
  អ: ["", 0],
};

/** Vowel signs, after a consonant of the first and of the second series. */
const vowels: Readonly<Record<string, readonly [string, string]>> = {
  "ា": ["a", "ea"],
  "ិ": ["e", "i"],
  "ី": ["ei", "i"],
  "ឹ": ["oe", "ue"],
  "ឺ": ["eu", "eu"],
  "ុ": ["o", "u"],
  "ូ": ["ou", "u"],
  "ួ": ["uo", "uo"],
  "ើ": ["aeu", "eu"],
  "ឿ": ["eua", "eua"],
  "ៀ": ["ie", "ie"],
  "េ": ["e", "e"],
  "ែ": ["ae", "e"],
  "ៃ": ["ai", "ey"],
  "ោ": ["ao", "o"],
  "ៅ": ["au", "ov"],
  "ុំ": ["om", "um"],
  "ំ": ["am", "um"],
  "ាំ": ["am", "oam"],
  "ះ": ["ah", "eah"],
  "ុះ": ["oh", "uh"],
  "េះ": ["eh", "eh"],
  "ោះ": ["aoh", "uoh"],
  "ៈ": ["a", "ea"],
  "័": ["a", "oa"],
};

const independent: Readonly<Record<string, string>> = {
  ឣ: "a",
  ឤ: "a",
  ឥ: "e",
  ឦ: "ei",
  ឧ: "o",
  ឨ: "ok",
  ឩ: "u",
  ឪ: "ov",
  ឫ: "rue",
  ឬ: "rue",
  ឭ: "lue",
  ឮ: "lue",
  ឯ: "ae",
  ឰ: "ai",
  ឱ: "ao",
  ឲ: "ao",
  ឳ: "au",
};

const coeng = "\u17d2";

/** How a consonant that closes a syllable is written; the others as at the beginning. */
const finals: Readonly<Record<string, string>> = {
  b: "p",
  d: "t",
  th: "t",
  kh: "k",
  ph: "p",
  chh: "ch",
  s: "s",
  r: "r",
};

/**
 * Khmer in one order: without invisible characters, a subscript ro after the other subscripts of its consonant,
 * register signs before vowels, and vowels that were typed in two pieces put together.
 */
export function orderKhmer(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[\u17b4\u17b5]/gu, "")
    .replace(/\u17c1\u17b8/gu, "\u17be")
    .replace(/\u17c1\u17b6/gu, "\u17c4")
    .replace(/\u17c6([\u17bb\u17b6])/gu, "$1\u17c6")
    .replace(/([\u17b6-\u17d1\u17dd]+)((?:\u17d2[\u1780-\u17a2])+)/gu, "$2$1")
    .replace(/((?:\u17d2[\u1780-\u17a2])+)/gu, (subscripts) =>
      (subscripts.match(/\u17d2./gu) ?? [])
        .sort((a, b) => Number(a.endsWith("\u179a")) - Number(b.endsWith("\u179a")))
        .join(""),
    )
    .replace(/([\u17b6-\u17c8]+)([\u17c9\u17ca])/gu, "$2$1");
}

const merged: Readonly<Record<string, string>> = {
  ឌ: "ដ",
  ឋ: "ថ",
  ឍ: "ធ",
  ណ: "ន",
  ឝ: "ស",
  ឞ: "ស",
  ឡ: "ល",
  ឨ: "ឧ",
  ឩ: "ឧ",
  ឲ: "ឱ",
  ឬ: "ឫ",
  ឮ: "ឭ",
  "ឹ": "ិ",
  "ឺ": "ី",
  "ើ": "េ",
};

/**
 * Ordered Khmer with spellings that sound alike made the same: no register signs, bantoc, robat or samyok sannya, no
 * silenced consonants, dental for retroflex letters, one letter for each pair that only the series tells apart.
 */
export function foldKhmer(text: string): string {
  let folded = orderKhmer(text)
    .replace(/[\u1780-\u17a2](?:\u17d2[\u1780-\u17a2])*[\u17b7\u17bb]?\u17cd/gu, "")
    .replace(/[\u17c8-\u17cd\u17ce-\u17d1\u17dd]/gu, "")
    .replace(/\u17d2ត/gu, "\u17d2ដ")
    .replace(/[\u1780-\u17b3\u17b6-\u17c5]/gu, (letter) => merged[letter] ?? letter);
  // A doubled consonant sounds as one, and subscripts without a consonant to stand under are slips.
  for (let before = ""; before !== folded; ) {
    before = folded;
    folded = folded
      .replace(/([\u1780-\u17a2])\u17d2\1/gu, "$1")
      .replace(/(^|[^\u1780-\u17a2])\u17d2(?![\u1780-\u17a2])/gu, "$1");
  }
  return folded;
}

interface Unit {
  letters: string[];
  vowel: string;
  shift: 0 | 1 | undefined;
  independent: string;
}

function units(text: string): Unit[] {
  const found: Unit[] = [];
  const pattern =
    /([\u1780-\u17a2](?:\u17d2[\u1780-\u17a2])*)([\u17c9\u17ca]?)([\u17b6-\u17c8\u17d0]*)([\u17cb-\u17d1\u17dd]*)|([\u17a3-\u17b3])/gu;
  for (const [, cluster, register, vowel = "", signs = "", alone] of text.matchAll(pattern)) {
    if (alone !== undefined)
      found.push({ letters: [], vowel: "", shift: undefined, independent: independent[alone] ?? "" });
    else if (cluster !== undefined && !signs.includes("\u17cd"))
      found.push({
        letters: cluster.split(coeng).filter((letter) => letter !== ""),
        vowel,
        shift: register === "\u17c9" ? 0 : register === "\u17ca" ? 1 : undefined,
        independent: "",
      });
  }
  return found;
}

const weak = new Set("ងញណនមយរលវ");

function soundOf({ letters, vowel, shift }: Unit, from: number): string {
  const onset = letters.slice(from);
  const strong = [...onset].reverse().find((letter) => !weak.has(letter)) ?? onset[onset.length - 1] ?? "អ";
  const series = shift ?? consonants[strong]?.[1] ?? 0;
  const latin = onset.map((letter) => consonants[letter]?.[0] ?? "").join("");
  // ប with the sign of the first series is p, not b.
  const start = shift === 0 && onset[0] === "ប" ? latin.replace(/^b/, "p") : latin;
  const whole = vowels[vowel]?.[series] ?? [...vowel].map((sign) => vowels[sign]?.[series] ?? "").join("");
  return start + (vowel === "" ? (series === 0 ? "a" : "o") : whole);
}

/**
 * One Khmer word in Latin letters, after the UNGEGN table of 2007 without its diacritics: the series of the consonant
 * decides the vowel, clusters at the end keep their first consonant, a short vowel under a final cluster is silent.
 */
export function khmerToLatin(word: string): string {
  const parts = units(orderKhmer(word));
  let latin = "";
  let open = false;
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at] as Unit;
    if (part.independent !== "") {
      latin += part.independent;
      open = true;
      continue;
    }
    const first = consonants[part.letters[0] ?? ""]?.[0] ?? "";
    const last = at === parts.length - 1;
    const closes = (finals[first] ?? first) as string;
    const silentEnd = last && part.letters.length > 1 && (part.vowel === "ិ" || part.vowel === "ុ");
    if (open && (part.vowel === "" || silentEnd)) {
      let bare = at;
      while (bare < parts.length && parts[bare]?.vowel === "" && parts[bare]?.independent === "") bare += 1;
      if (silentEnd || (bare - at) % 2 === 1) {
        latin += closes;
        open = false;
        // A cluster in the middle closes one syllable and begins the next.
        if (part.letters.length > 1 && !last) {
          latin += soundOf(part, 1);
          open = true;
        }
        continue;
      }
    }
    const split = open && part.letters.length > 1 ? 1 : 0;
    latin += (split === 1 ? closes : "") + soundOf(part, split);
    open = !/ំ$/u.test(part.vowel) && !/ះ$/u.test(part.vowel);
  }
  return latin;
}
