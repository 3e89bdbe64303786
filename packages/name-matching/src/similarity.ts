import { soundSimilarity } from "./phonetic.ts";
import { type NameWord, nameWords } from "./words.ts";

/** From here on two names are worth showing as possibly the same person's. */
export const defaultThreshold = 0.87;

const lightWeight = 0.25;
const weightOf = ({ light, sounds }: NameWord) => (light ? lightWeight : sounds.length === 1 ? 0.6 : 1);

function wordSimilarity(a: NameWord, b: NameWord): number {
  if (a.folded === b.folded) return 1;
  // An initial stands for a word, but says less than the word.
  const initial = a.folded.length === 1 || b.folded.length === 1;
  if (initial && a.sounds.length !== b.sounds.length && a.sounds[0] === b.sounds[0]) return 0.85;
  return soundSimilarity(a.sounds, b.sounds);
}

/** Each word with its best counterpart, the best pairs first, none twice; which name comes first changes nothing. */
function align(a: readonly NameWord[], b: readonly NameWord[]): { score: number; weight: number }[] {
  const pairs = a
    .flatMap((from, i) =>
      b.map((to, j) => ({ i, j, score: wordSimilarity(from, to), weight: Math.max(weightOf(from), weightOf(to)) })),
    )
    .sort(
      (x, y) =>
        y.score - x.score ||
        y.weight - x.weight ||
        x.i + x.j - (y.i + y.j) ||
        Math.abs(x.i - x.j) - Math.abs(y.i - y.j),
    );
  const usedA = new Set<number>();
  const usedB = new Set<number>();
  const found: { score: number; weight: number }[] = [];
  for (const { i, j, score, weight } of pairs) {
    if (usedA.has(i) || usedB.has(j)) continue;
    usedA.add(i);
    usedB.add(j);
    found.push({ score, weight });
  }
  return found;
}

const together = (words: readonly NameWord[]) => words.map(({ sounds }) => sounds).join("");

const heavyOf = (words: NameWord[]) =>
  words.some(({ light }) => !light) ? words.filter(({ light }) => !light) : words;

function compare(left: NameWord[], right: NameWord[]): number {
  if (left.length === 0 || right.length === 0) return 0;
  const pairs = align(left, right);
  const paired = pairs.reduce((sum, { weight }) => sum + weight, 0);
  const mean = pairs.reduce((sum, { score, weight }) => sum + score * weight, 0) / paired;
  const worst = Math.min(...pairs.filter(({ weight }) => weight > lightWeight).map(({ score }) => score), 1);
  const whole = Math.max(...[left, right].map((words) => words.reduce((sum, word) => sum + weightOf(word), 0)));
  const missing = Math.max(0, whole - paired) / whole;
  const aligned = (0.5 * mean + 0.5 * worst) * (1 - 0.45 * missing);
  if (left.length === right.length) return aligned;
  // One writes together what the other writes apart.
  const [one, other] = [heavyOf(left), heavyOf(right)];
  const orders = [
    soundSimilarity(together(one), together(other)),
    soundSimilarity(together([...one].reverse()), together(other)),
    soundSimilarity(together(one), together([...other].reverse())),
  ];
  return Math.max(aligned, 0.97 * Math.max(...orders));
}

/** What two names are compared by, as text: whichever of them is given first, they are compared in one order. */
const orderOf = (words: readonly NameWord[]) => words.map(({ folded }) => folded).join(" ");

/**
 * A function that says how likely another name is a spelling of this one, as `nameSimilarity` does. This name is read
 * once, so that it is compared with many in half the time.
 */
export function nameMatcher(name: string): (other: string) => number {
  const own = nameWords(name);
  const ownOrder = orderOf(own);
  return (other) => {
    const words = nameWords(other);
    const score = ownOrder <= orderOf(words) ? compare(own, words) : compare(words, own);
    return Math.round(score * 1e4) / 1e4;
  };
}

/**
 * How likely two names are spellings of one, 0 to 1, whatever the scripts and the order of family and given name. Words are
 * aligned by sound; a word that fits badly weighs more than its share, a word only one name has costs less than a
 * wrong one. Symmetric; 1 for a name and itself; 0 when one of them has no letters.
 */
export function nameSimilarity(a: string, b: string): number {
  return nameMatcher(a)(b);
}
