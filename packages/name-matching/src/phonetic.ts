/**
 * What a Latin word sounds like, roughly: one character for each sound, in a scheme that is the same whichever of the
 * region's spelling habits it was written after. Consonants b c d f g h j k l m n N p r s t w y z, vowels a e i o u.
 */
export type Sounds = string;

type Rule = readonly [letters: RegExp, sound: string];

// Longer spellings stand before shorter ones. The end of the word or a consonant after it is told by lookahead.
const consonantRules: readonly Rule[] = [
  [/^(?:tch|chh|tsch|ch|dj)/, "c"],
  [/^(?:khy|ky|gy)(?=[aeiouw])/, "c"],
  [/^(?:kh|gh|hk|ck|q)/, "k"],
  [/^(?:ngh?)(?=[^aeiouywg]|$)/, "N"],
  [/^ngh?/, "N"],
  [/^(?:hny|nhy|ny(?=[aeiouw])|nh|hn|gn)/, "n"],
  [/^n[td](?=$|[^aeiouyhrw])/, "n"],
  [/^n[td]h?$/, "n"],
  [/^(?:ph|hp)/, "p"],
  [/^bh/, "b"],
  [/^(?:tth|th|ht|dth)/, "t"],
  [/^dh/, "d"],
  [/^(?:sh|hs|x|sr(?=i))/, "s"],
  [/^(?:hl|lh)/, "l"],
  [/^hm/, "m"],
  [/^(?:hw|wh)/, "w"],
  [/^rh/, "r"],
  [/^c/, "k"],
  [/^z/, "z"],
  [/^j/, "j"],
  [/^v(?=[aeiouy])/, "w"],
  [/^[bdfghklmnprstw]/, "$"],
];

const vowelRules: readonly Rule[] = [
  [/^(?:aeu|aoe)/, "u"],
  [/^(?:a[ou]|eo|(?:ae|[aeo])[vw](?![aeiouy]))/, "o"],
  [/^(?:ai|ae|ei|[ae]y(?![aeiou]))/, "e"],
  [/^(?:ea|i[aeou]?|ee|y)/, "i"],
  [/^(?:oo|ou|u[aeio]?|eu|oe|w)/, "u"],
  [/^o/, "o"],
  [/^a/, "a"],
  [/^e/, "e"],
];

const isVowel = (sound: string) => "aeiou".includes(sound);

/** The sounds of one Latin word (lower case, without marks); what is no letter is left out. */
export function soundsOf(latin: string): Sounds {
  const text = latin
    .replace(/[^a-z]/g, "")
    .replace(/([bcdfghjklmnpqrstvwxz])\1+/g, "$1")
    // As in Phone and Htike: an e at the end after a consonant only says how the vowel before it sounds.
    .replace(/([aeiou][bcdfghjklmnpqrstvxz]+)e$/, "$1")
    .replace(/([ae])ye$/, "$1y");
  let sounds = "";
  let at = 0;
  const put = (sound: string) => {
    if (!sounds.endsWith(sound)) sounds += sound;
  };
  while (at < text.length) {
    const rest = text.slice(at);
    const last = sounds.slice(-1);
    const glide = /^[wyv]/.test(rest) && (last === "" || isVowel(last)) && /^.[aeiouy]/.test(rest);
    if (glide) {
      put(rest[0] === "y" ? "y" : "w");
      at += 1;
      continue;
    }
    // After a consonant a glide before a vowel colours it and is heard by some and not by others.
    if (/^[wy][aeiou]/.test(rest) && last !== "") {
      at += 1;
      continue;
    }
    const vowel = /^[aeiouyw]/.test(rest) ? vowelRules.find(([letters]) => letters.test(rest)) : undefined;
    if (vowel) {
      const length = (vowel[0].exec(rest) as RegExpExecArray)[0].length;
      at += length;
      // Of a run of vowels the first sound stands for all; a written glide or v at its end goes with it.
      const tail = /^[aeiouywv]*/.exec(text.slice(at))?.[0] ?? "";
      const keeps = /[wyv]$/.test(tail) && /[aeiouy]/.test(text[at + tail.length] ?? "") ? 1 : 0;
      const inner = /[wyv][aeiou]/.exec(tail);
      at += inner ? inner.index : tail.length - keeps;
      put(vowel[1]);
      continue;
    }
    const consonant = consonantRules.find(([letters]) => letters.test(rest));
    if (!consonant) {
      at += 1;
      continue;
    }
    const spelled = (consonant[0].exec(rest) as RegExpExecArray)[0];
    const sound = consonant[1] === "$" ? spelled : consonant[1];
    const next = text[at + spelled.length] ?? "";
    at += spelled.length;
    if (sound === "h" && (!/[aeiouyw]/.test(next) || (last !== "" && !isVowel(last)))) continue;
    if (sound === "r" && isVowel(last) && !/[aeiouy]/.test(next)) continue;
    put(sound);
  }
  return sounds;
}

const coarseOf: Readonly<Record<string, string>> = { g: "k", d: "t", b: "p", f: "p", z: "s", j: "c", N: "n", r: "l" };
const vowelClass: Readonly<Record<string, string>> = { a: "a", e: "i", i: "i", o: "u", u: "u" };

/**
 * The skeleton by which a word is found: its consonants in few classes, without vowels but for a mark that it begins
 * with one. A word with a single consonant keeps the class of its vowel, or half a country would share it.
 */
export function skeletonOf(sounds: Sounds): string {
  let skeleton = "";
  [...sounds].forEach((sound, index) => {
    if (isVowel(sound)) {
      if (index === 0) skeleton += "a";
      return;
    }
    const closing = !isVowel(sounds[index + 1] ?? "t");
    const kind = closing && (sound === "c" || sound === "j") ? "t" : (coarseOf[sound] ?? sound);
    // Only neighbours melt into one: with a vowel between them they are two.
    if (index > 0 && !isVowel(sounds[index - 1] as string) && skeleton.endsWith(kind)) return;
    skeleton += kind;
  });
  const vowel = [...sounds].find(isVowel);
  return skeleton.length <= 1 && vowel !== undefined
    ? `${skeleton}${(vowelClass[vowel] as string).toUpperCase()}`
    : skeleton;
}

const alike: readonly (readonly [string, number])[] = [
  ["kg", 0.25],
  ["td", 0.25],
  ["pb", 0.25],
  ["pf", 0.2],
  ["bf", 0.4],
  ["sz", 0.2],
  ["cj", 0.15],
  ["cs", 0.4],
  ["ck", 0.5],
  ["cz", 0.4],
  ["jz", 0.4],
  ["ct", 0.4],
  ["jt", 0.4],
  ["nN", 0.25],
  ["lr", 0.3],
  ["nl", 0.5],
  ["nm", 0.6],
  ["wb", 0.6],
  ["yn", 0.4],
  ["st", 0.6],
  ["yj", 0.5],
  ["ae", 0.2],
  ["ao", 0.2],
  ["ei", 0.15],
  ["ou", 0.15],
  ["iu", 0.35],
  ["eo", 0.35],
  ["ai", 0.35],
  ["au", 0.35],
  ["eu", 0.3],
  ["io", 0.4],
];
const costs = new Map(
  alike.flatMap(([[a, b] = "", cost]) => [[`${a}${b}`, cost] as const, [`${b}${a}`, cost] as const]),
);

const weightOf = (sound: string) => (isVowel(sound) ? 0.5 : sound === "h" || sound === "w" || sound === "y" ? 0.6 : 1);

/** How much of two words' sounds is the same, 0 to 1: an edit distance in which sounds that are confused cost little. */
export function soundSimilarity(a: Sounds, b: Sounds): number {
  if (a === b) return 1;
  const [from, to] = [[...a], [...b]];
  let row = [0];
  for (const sound of to) row.push((row.at(-1) as number) + weightOf(sound));
  const whole = row.at(-1) as number;
  let own = 0;
  for (const sound of from) {
    own += weightOf(sound);
    const next = [own];
    to.forEach((other, at) => {
      const swap = sound === other ? 0 : (costs.get(sound + other) ?? Math.max(weightOf(sound), weightOf(other)));
      next.push(
        Math.min(
          (row[at] as number) + swap,
          (row[at + 1] as number) + weightOf(sound),
          (next[at] as number) + weightOf(other),
        ),
      );
    });
    row = next;
  }
  return Math.max(0, 1 - (row.at(-1) as number) / Math.max(own, whole, 1));
}
