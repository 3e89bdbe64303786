/** The writing systems that this package knows. Vietnamese is Latin with its own letters or tone marks. */
export type Script = "khmer" | "lao" | "thai" | "burmese" | "vietnamese" | "latin" | "other";

const ranges: readonly (readonly [Script, RegExp])[] = [
  ["khmer", /[\u1780-\u17ff]/gu],
  ["lao", /[\u0e80-\u0eff]/gu],
  ["thai", /[\u0e00-\u0e7f]/gu],
  ["burmese", /[\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f]/gu],
  ["latin", /\p{Script=Latin}/gu],
];

// What Vietnamese has and the Latin of its neighbours has not. An acute, grave or tilde alone may be anyone's.
const vietnamese =
  /[\u0110\u0111\u01a0\u01a1\u01af\u01b0]|[aeiouy][\u0302\u0306\u031b]?[\u0309\u0323]|[aeo]\u0302|a\u0306|[ou]\u031b/iu;

/**
 * The script most of a text's letters are in; `vietnamese` when Latin letters carry Vietnamese marks, `other` for a
 * text without letters of a script that is known here.
 */
export function scriptOf(text: string): Script {
  let best: Script = "other";
  let most = 0;
  for (const [script, letters] of ranges) {
    const count = text.match(letters)?.length ?? 0;
    if (count > most) [best, most] = [script, count];
  }
  return best === "latin" && vietnamese.test(text.normalize("NFD")) ? "vietnamese" : best;
}
