import { skeletonOf } from "./phonetic.ts";
import { type NameWord, nameWords } from "./words.ts";

/** The most tokens of one name. */
export const maximumTokens = 24;

/** A skeleton with each one character left out: two words one slip apart share one of them or the other's skeleton. */
function deletions(skeleton: string): string[] {
  if (skeleton.length < 3) return [];
  return [...new Set([...skeleton].map((_, at) => skeleton.slice(0, at) + skeleton.slice(at + 1)))];
}

const pairOf = (a: string, b: string) => (a < b ? `${a}+${b}` : `${b}+${a}`);

/** Neighbours first, then the two ends, then all others: what a name of many words is asked for by. */
function pairsOf(words: readonly NameWord[]): [NameWord, NameWord][] {
  const indexes = words.map((_, index) => index);
  return indexes
    .flatMap((a) => indexes.filter((b) => b > a).map((b) => [a, b] as const))
    .sort(([a, b], [c, d]) => Number(b - a !== 1) - Number(d - c !== 1) || d - c - (b - a))
    .map(([a, b]) => [words[a] as NameWord, words[b] as NameWord]);
}

/**
 * The tokens under which a name is kept in an index and under which it is looked for, most selective first, at most
 * `maximumTokens`. Names that are spelling variants of one another, in whichever script and order, share at least
 * one, mostly several; unrelated names seldom share any but those of a single common word. Keyed with a secret they make a
 * blind index. Pairs of words (`a+b`), all words together, single words (`a`), and single slips of each.
 */
export function nameTokens(name: string): string[] {
  const all = nameWords(name);
  const heavy = all.filter(({ light }) => !light);
  const words = heavy.length > 0 ? heavy : all;
  const tokens = new Set<string>();
  const add = (token: string) => {
    if (token !== "" && tokens.size < maximumTokens) tokens.add(token);
  };
  const pairs = pairsOf(words);
  for (const [a, b] of pairs.slice(0, 6)) add(pairOf(a.skeleton, b.skeleton));
  for (const { skeleton } of words.slice(0, 6)) add(skeleton);
  const joined = words.length > 1 ? skeletonOf(words.map(({ sounds }) => sounds).join("")) : "";
  add(joined);
  if (words.length === 2)
    add(
      skeletonOf(
        [...words]
          .reverse()
          .map(({ sounds }) => sounds)
          .join(""),
      ),
    );
  // Words written together by one and apart by another: neighbours as one word.
  if (words.length > 2)
    for (let at = 0; at + 1 < words.length; at += 1)
      add(skeletonOf(`${words[at]?.sounds ?? ""}${words[at + 1]?.sounds ?? ""}`));
  for (const { skeleton } of words)
    for (const slip of deletions(skeleton)) if (slip.length > 2 || words.length === 1) add(slip);
  for (const [a, b] of pairs.slice(0, 3)) {
    for (const slip of deletions(a.skeleton)) add(pairOf(slip, b.skeleton));
    for (const slip of deletions(b.skeleton)) add(pairOf(a.skeleton, slip));
  }
  return [...tokens];
}
