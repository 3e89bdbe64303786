const consonants: Readonly<Record<string, readonly [initial: string, final: string]>> = {
  ກ: ["k", "k"],
  ຂ: ["kh", "k"],
  ຄ: ["kh", "k"],
  ງ: ["ng", "ng"],
  ຈ: ["ch", "t"],
  ສ: ["s", "t"],
  ຊ: ["x", "t"],
  ຍ: ["nh", "y"],
  ດ: ["d", "t"],
  ຕ: ["t", "t"],
  ຖ: ["th", "t"],
  ທ: ["th", "t"],
  ນ: ["n", "n"],
  ບ: ["b", "p"],
  ປ: ["p", "p"],
  ຜ: ["ph", "p"],
  ຝ: ["f", "p"],
  ພ: ["ph", "p"],
  ຟ: ["f", "p"],
  ມ: ["m", "m"],
  ຢ: ["y", "y"],
  ຣ: ["r", "n"],
  ລ: ["l", "n"],
  ວ: ["v", "o"],
  ຫ: ["h", ""],
  ອ: ["", ""],
  ຮ: ["h", ""],
};

const signs: Readonly<Record<string, string>> = {
  ະ: "a",
  "ັ": "a",
  າ: "a",
  ຳ: "am",
  "ິ": "i",
  "ີ": "i",
  "ຶ": "ue",
  "ື": "ue",
  "ຸ": "ou",
  "ູ": "ou",
  "ົ": "o",
  "ໍ": "o",
  ຽ: "ia",
};

const before: Readonly<Record<string, string>> = { ເ: "e", ແ: "ae", ໂ: "o", ໃ: "ai", ໄ: "ai" };

/** Lao in one order: am in one piece, ligatures of ho taken apart, two signs e as one ae, no tone marks or cancellation. */
export function orderLao(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[\u0ec8-\u0ecc\u0ece]/gu, "")
    .replace(/\u0ecd\u0eb2/gu, "\u0eb3")
    .replace(/\u0ec0\u0ec0/gu, "\u0ec1")
    .replace(/\u0edc/gu, "ຫນ")
    .replace(/\u0edd/gu, "ຫມ")
    .replace(/\u0ebc/gu, "ລ");
}

const merged: Readonly<Record<string, string>> = {
  ຣ: "ລ",
  ຂ: "ຄ",
  ຖ: "ທ",
  ຜ: "ພ",
  ຝ: "ຟ",
  ຊ: "ສ",
  ຮ: "ຫ",
  ຢ: "ຍ",
  ໃ: "ໄ",
  "ີ": "ິ",
  "ື": "ິ",
  "ຶ": "ິ",
  "ູ": "ຸ",
  ຽ: "ຍ",
};

/** Ordered Lao with letters that sound alike made the same: ຣ ລ, the clusters of ho, high and low consonants, vowel length. */
export function foldLao(text: string): string {
  return orderLao(text)
    .replace(/ຫ(?=[ງຍນມລຣວ](?:[\u0eb0-\u0ebb\u0ebd\u0ecd]|[ກ-ຮ]))/gu, "")
    .replace(/ັຍ/gu, "ຍ")
    .replace(/ໄ([ກ-ຮ])ຍ/gu, "ໄ$1")
    .replace(/[\u0e81-\u0ec6]/gu, (letter) => merged[letter] ?? letter)
    .replace(/([ກ-ຮ])\1+/gu, "$1");
}

const isConsonant = (letter: string | undefined) => letter !== undefined && consonants[letter] !== undefined;
const isSign = (letter: string | undefined) => letter !== undefined && signs[letter] !== undefined;

/**
 * One Lao word in Latin letters, after the BGN/PCGN table of 1966 in the form names are written with today (ຊ as x, ຍ as
 * nh at the beginning), simplified. Lao writes all vowels, so that only clusters need rules.
 */
export function laoToLatin(word: string): string {
  const letters = [...orderLao(word)];
  let latin = "";
  let at = 0;
  const start = () => {
    const first = letters[at] as string;
    const second = letters[at + 1];
    const leads = first === "ຫ" && second !== undefined && "ງຍນມລຣວ".includes(second);
    const cluster =
      "ກຂຄປຜພຕ".includes(first) && second !== undefined && "ຣລ".includes(second) && isSign(letters[at + 2]);
    at += leads || cluster ? 2 : 1;
    return (
      (leads ? "" : (consonants[first]?.[0] ?? "")) +
      (leads || cluster ? (consonants[second as string]?.[0] ?? "") : "")
    );
  };
  const close = () => {
    const letter = letters[at];
    if (!isConsonant(letter) || isSign(letters[at + 1]) || letter === "ອ" || letter === "ຫ") return;
    // ວ and ອ after a consonant are its vowel.
    if ((letters[at + 1] === "ອ" || letters[at + 1] === "ວ") && isConsonant(letters[at + 2])) return;
    latin += consonants[letter as string]?.[1] ?? "";
    at += 1;
  };
  while (at < letters.length) {
    const letter = letters[at] as string;
    if (before[letter] !== undefined && isConsonant(letters[at + 1])) {
      at += 1;
      const begin = start();
      const rest = letters.slice(at, at + 2).join("");
      const [pattern, sound] =
        letter !== "ເ"
          ? (["", before[letter] as string] as const)
          : ((
              [
                ["ົາ", "ao"],
                ["ືອ", "uea"],
                ["ຶອ", "uea"],
                ["ັຍ", "ia"],
                ["ຍ", "ia"],
                ["ຽ", "ia"],
                ["ິ", "oe"],
                ["ີ", "oe"],
                ["ັ", "e"],
              ] as const
            ).find(([after]) => rest.startsWith(after)) ?? (["", "e"] as const));
      latin += begin + sound;
      at += pattern.length;
      if (letters[at] === "ະ") at += 1;
      if ((letter === "ໄ" || letter === "ໃ") && letters[at] === "ຍ" && !isSign(letters[at + 1])) at += 1;
      else if (letter === "ໂ" || letter === "ແ" || sound === "e" || sound === "oe" || sound === "ia" || sound === "uea")
        close();
      continue;
    }
    if (!isConsonant(letter)) {
      latin += signs[letter] ?? before[letter] ?? "";
      at += 1;
      close();
      continue;
    }
    const begin = start();
    const sign = letters[at];
    if (sign === "ົ" && letters[at + 1] === "ວ") {
      latin += `${begin}oua`;
      at += 2;
    } else if (isSign(sign)) {
      latin += begin + signs[sign as string];
      at += 1;
      if (sign !== "ຳ" && sign !== "ະ") close();
    } else if (sign === "ອ" && begin !== "") {
      latin += `${begin}o`;
      at += 1;
      close();
    } else if (sign === "ວ" && isConsonant(letters[at + 1])) {
      latin += `${begin}oua`;
      at += 1;
      close();
    } else latin += begin;
  }
  return latin;
}
