import { isLightWord, readWords } from "./fold.ts";
import { type Sounds, skeletonOf, soundsOf } from "./phonetic.ts";

/** One word of a name, ready to be compared. */
export interface NameWord {
  folded: string;
  sounds: Sounds;
  skeleton: string;
  /** A title for some and a name for others, or nearly everyone's. */
  light: boolean;
}

/** More words than this are no name: the rest of a pasted sentence is left out, which bounds all that follows. */
const most = 8;

/** The words of a name with titles left out, at most eight. */
export function nameWords(name: string): NameWord[] {
  return readWords(name)
    .slice(0, most)
    .map(({ folded, latin }) => {
      const sounds = soundsOf(latin);
      // Letters of a script not known here have no sounds: the folded word stands for itself.
      return sounds === ""
        ? { folded, sounds: folded, skeleton: folded, light: false }
        : { folded, sounds, skeleton: skeletonOf(sounds), light: isLightWord(folded) || isLightWord(latin) };
    });
}
