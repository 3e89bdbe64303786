/** Letters of a consonant at the beginning and at the end of a syllable, after the Royal Thai General System. */
const consonants: Readonly<Record<string, readonly [initial: string, final: string]>> = {
  ก: ["k", "k"],
  ข: ["kh", "k"],
  ฃ: ["kh", "k"],
  ค: ["kh", "k"],
  ฅ: ["kh", "k"],
  ฆ: ["kh", "k"],
  ง: ["ng", "ng"],
  จ: ["ch", "t"],
  ฉ: ["ch", "t"],
  ช: ["ch", "t"],
  ซ: ["s", "t"],
  ฌ: ["ch", "t"],
  ญ: ["y", "n"],
  ฎ: ["d", "t"],
  ฏ: ["t", "t"],
  ฐ: ["th", "t"],
  ฑ: ["th", "t"],
  ฒ: ["th", "t"],
  ณ: ["n", "n"],
  ด: ["d", "t"],
  ต: ["t", "t"],
  ถ: ["th", "t"],
  ท: ["th", "t"],
  ธ: ["th", "t"],
  น: ["n", "n"],
  บ: ["b", "p"],
  ป: ["p", "p"],
  ผ: ["ph", "p"],
  ฝ: ["f", "p"],
  พ: ["ph", "p"],
  ฟ: ["f", "p"],
  ภ: ["ph", "p"],
  ม: ["m", "m"],
  ย: ["y", "i"],
  ร: ["r", "n"],
  ล: ["l", "n"],
  ว: ["w", "o"],
  ศ: ["s", "t"],
  ษ: ["s", "t"],
  ส: ["s", "t"],
  ห: ["h", ""],
  ฬ: ["l", "n"],
  อ: ["", ""],
  ฮ: ["h", ""],
};

const signs: Readonly<Record<string, string>> = {
  ะ: "a",
  "ั": "a",
  า: "a",
  ำ: "am",
  "ิ": "i",
  "ี": "i",
  "ึ": "ue",
  "ื": "ue",
  "ุ": "u",
  "ู": "u",
  ๅ: "a",
};

const before: Readonly<Record<string, string>> = { เ: "e", แ: "ae", โ: "o", ใ: "ai", ไ: "ai" };

/**
 * Thai as typed by anyone: sara am in one piece, sara ae not as two sara e, no tone marks or shortening sign, and no
 * letters that a thanthakhat silences (with their vowel, and with the ท or ต before a silent ร).
 */
export function orderThai(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[\u0e48-\u0e4b]/gu, "")
    .replace(/\u0e4d\u0e32/gu, "\u0e33")
    .replace(/\u0e40\u0e40/gu, "\u0e41")
    .replace(/[ทต]ร์/gu, "")
    .replace(/[ก-ฮ][ิุ]?\u0e4c/gu, "")
    .replace(/[\u0e47\u0e4c-\u0e4f\u0e3a]/gu, "");
}

const merged: Readonly<Record<string, string>> = {
  ศ: "ส",
  ษ: "ส",
  ร: "ล",
  ฬ: "ล",
  ณ: "น",
  ภ: "พ",
  ธ: "ท",
  ฐ: "ท",
  ถ: "ท",
  ฑ: "ท",
  ฒ: "ท",
  ฎ: "ด",
  ฏ: "ต",
  ฆ: "ค",
  ข: "ค",
  ฃ: "ค",
  ฅ: "ค",
  ฌ: "ช",
  ฉ: "ช",
  ผ: "พ",
  ฤ: "ลิ",
  ฦ: "ลิ",
  ใ: "ไ",
  "ี": "ิ",
  "ื": "ิ",
  "ึ": "ิ",
  "ู": "ุ",
  ๅ: "า",
  ญ: "ย",
};

/**
 * Ordered Thai with letters that sound alike made the same: ศ ษ ส, ร ล, the Indic letters by their common ones, and
 * long and short vowels.
 */
export function foldThai(text: string): string {
  return orderThai(text)
    .replace(/รร(?=[ก-ฮ](?![ะ-ู]))/gu, "ั")
    .replace(/รร/gu, "ัน")
    .replace(/ศร|สร/gu, "ส")
    .replace(/ไ([ก-ฮ])ย/gu, "ไ$1")
    .replace(/ัย/gu, "ย")
    .replace(/[\u0e01-\u0e45]/gu, (letter) => merged[letter] ?? letter)
    .replace(/([ก-ฮ])\1+/gu, "$1");
}

const isConsonant = (letter: string | undefined) => letter !== undefined && consonants[letter] !== undefined;
const isSign = (letter: string | undefined) => letter !== undefined && signs[letter] !== undefined;

/** Consonants in a row from `at` that carry no vowel sign of their own. */
function bareRun(letters: readonly string[], at: number): number {
  let end = at;
  while (isConsonant(letters[end]) && !isSign(letters[end + 1])) end += 1;
  return end - at;
}

/** The initial consonants of a syllable: one, or a true cluster, or a leading ห that only sets the tone. */
function onset(letters: readonly string[], at: number): { latin: string; length: number } {
  const first = letters[at] as string;
  const second = letters[at + 1];
  const latin = consonants[first]?.[0] ?? "";
  if (first === "ห" && second !== undefined && "งญนมยรลวณ".includes(second))
    return { latin: consonants[second]?.[0] ?? "", length: 2 };
  if ("กขคตปผพ".includes(first) && second !== undefined && "รลว".includes(second))
    return { latin: latin + (consonants[second]?.[0] ?? ""), length: 2 };
  if ("สศ".includes(first) && second === "ร") return { latin: "s", length: 2 };
  if (at === 0 && first === "ท" && second === "ร") return { latin: "s", length: 2 };
  return { latin, length: 1 };
}

/**
 * One Thai word in Latin letters, after the Royal Thai General System of Transcription, simplified: syllables are found
 * by rules, not by a dictionary, so that an unwritten vowel may be guessed wrong.
 */
export function thaiToLatin(word: string): string {
  const letters = [
    ...orderThai(word)
      .replace(/ฤ/gu, "ริ")
      .replace(/รร(?=[ก-ฮ](?![ะ-ู]))/gu, "ั")
      .replace(/รร/gu, "ัน"),
  ];
  let latin = "";
  let at = 0;
  /** Takes a closing consonant when the letters that follow leave one over. */
  const close = () => {
    const run = bareRun(letters, at);
    const letter = letters[at];
    if (run === 0 || letter === undefined) return;
    const restStarts = letter === "ร" && letters[at + 1] !== undefined;
    if (run % 2 === 1 && !restStarts && letter !== "อ") {
      latin += consonants[letter]?.[1] ?? "";
      at += 1;
    }
  };
  while (at < letters.length) {
    const letter = letters[at] as string;
    if (before[letter] !== undefined && isConsonant(letters[at + 1])) {
      const after = letters[at + 3];
      // A cluster needs a letter after it that it begins; at the end its second letter closes the syllable.
      const begins = letter === "ไ" || letter === "ใ" || (after !== undefined && before[after] === undefined);
      const single = { latin: consonants[letters[at + 1] as string]?.[0] ?? "", length: 1 };
      const cluster = begins && !isSign(letters[at + 2]) ? onset(letters, at + 1) : single;
      const { latin: start, length } = cluster;
      at += 1 + length;
      const rest = letters.slice(at, at + 2).join("");
      const [pattern, sound] =
        letter !== "เ"
          ? (["", before[letter] as string] as const)
          : ((
              [
                ["ีย", "ia"],
                ["ือ", "uea"],
                ["าะ", "o"],
                ["า", "ao"],
                ["ิ", "oe"],
                ["อ", "oe"],
                ["ย", "oei"],
              ] as const
            ).find(([signsAfter]) => rest.startsWith(signsAfter)) ?? (["", "e"] as const));
      latin += start + sound;
      at += pattern.length;
      if (letters[at] === "ะ") at += 1;
      if ((letter === "ไ" || letter === "ใ") && letters[at] === "ย" && !isSign(letters[at + 1])) at += 1;
      else if (sound !== "ao" && sound !== "oei") close();
      continue;
    }
    if (!isConsonant(letter)) {
      latin += signs[letter] ?? before[letter] ?? "";
      at += 1;
      close();
      continue;
    }
    const cluster = onset(letters, at);
    const bare = bareRun(letters, at);
    const { latin: start, length } =
      cluster.length === 2 && (bare === 1 || bare > 2 || isSign(letters[at + 2]))
        ? cluster
        : { latin: consonants[letter]?.[0] ?? "", length: 1 };
    at += length;
    const sign = letters[at];
    if (isSign(sign)) {
      at += 1;
      if (sign === "ั" && letters[at] === "ว") {
        latin += `${start}ua`;
        at += 1;
      } else latin += start + signs[sign as string];
      if (sign !== "ำ" && sign !== "ะ") close();
      if (letters[at] === "ะ") at += 1;
    } else if (letters[at] === "อ" && !isSign(letters[at + 1]) && start !== "") {
      latin += `${start}o`;
      at += 1;
      close();
    } else if (letters[at] === "ว" && isConsonant(letters[at + 1]) && bareRun(letters, at) >= 2) {
      latin += `${start}ua`;
      at += 1;
      close();
    } else {
      const run = bareRun(letters, at);
      const final = letters[at];
      if (run % 2 === 1 && final !== undefined) {
        latin += `${start}o${consonants[final]?.[1] ?? ""}`;
        at += 1;
      } else latin += `${start}a`;
    }
  }
  return latin;
}
