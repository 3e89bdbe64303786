export { foldName, transliterate } from "./fold.ts";
export { type Script, scriptOf } from "./script.ts";
export { defaultThreshold, nameMatcher, nameSimilarity } from "./similarity.ts";
export { maximumTokens, nameTokens } from "./tokens.ts";
export { isZawgyi, zawgyiToUnicode } from "./zawgyi.ts";
