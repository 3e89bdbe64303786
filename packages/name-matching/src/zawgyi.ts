import myanmarTools from "myanmar-tools";

const { ZawgyiConverter, ZawgyiDetector } = myanmarTools;

let tools:
  | { detector: InstanceType<typeof ZawgyiDetector>; converter: InstanceType<typeof ZawgyiConverter> }
  | undefined;

/** The model is 40 kB of numbers: it is read when a Burmese text first asks for it. */
function zawgyiTools() {
  tools ??= { detector: new ZawgyiDetector(), converter: new ZawgyiConverter() };
  return tools;
}

/**
 * What a text in Zawgyi shows and one in Unicode cannot: the vowel e or the medial ra before its consonant, a virama
 * without a consonant after it, an asat before a vowel sign, or letters of neighbouring languages that Zawgyi
 * fonts draw as Burmese ones. Without any of these both encodings are written alike, and there is nothing to convert.
 */
const sign =
  /(^|[^\u1000-\u1021\u103b-\u103e\u1025\u1027\u1029\u103f\u1075-\u1082])\u1031|(^|[^\u1000-\u1021\u1025\u103f])\u103b|\u1039(?![\u1000-\u1021\u103f])|\u103a[\u102b-\u1032]|[\u1033\u1034\u105a\u1060-\u1097]/u;

/** How sure the detector must be. Short names are often written alike in both encodings and stay below. */
const certain = 0.95;

/**
 * Whether a Burmese text is in the Zawgyi encoding rather than in Unicode.
 * Decided by the Markov model of Google's myanmar-tools together with a sign that only Zawgyi has.
 */
export function isZawgyi(text: string): boolean {
  return sign.test(text) && zawgyiTools().detector.getZawgyiProbability(text) > certain;
}

/** Converts a text from Zawgyi to Unicode. A text already in Unicode would be spoilt: ask `isZawgyi` first. */
export function zawgyiToUnicode(text: string): string {
  return zawgyiTools().converter.zawgyiToUnicode(text);
}
