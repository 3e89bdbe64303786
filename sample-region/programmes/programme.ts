import type { OrdnanceCategory } from "../../src/domains/ordnance/model.ts";
import type { Language } from "../../src/platform/contract/fields.ts";

/** What lies in an area; it decides the shape, the size, the items found and how accidents happen. */
export type Kind = "belt" | "minefield" | "improvised" | "strike" | "battlefield";

/** A value and how often it comes, against the other weights of its list. */
export type Weighted<T> = readonly (readonly [T, number])[];

/** A name in the country's script (when it has its own) and in Latin letters. */
export type NamePair = readonly [local: string, latin: string];

/** A first-level unit in which there is contamination. */
export interface Province {
  /** ISO 3166-2; where a code was used again, the unit of today. */
  code: string;
  /** Its share of the country's areas and, unless `accidents` says otherwise, of its accidents. */
  weight: number;
  accidents?: number;
  kinds: Weighted<Kind>;
  /** Contamination lies along the border with this country. */
  borderWith?: string;
}

/** How areas of one kind look in a country. */
export interface KindProfile {
  /** Median area in square metres, and the deviation of its logarithm. */
  median: number;
  sigma: number;
  /** How the CHA of a strike is drawn: boxes searched on a grid, or a fade-out around the items. */
  survey?: "boxes" | "fade-out";
  /** Share that was first recorded on indirect evidence. */
  suspected: number;
}

/** How fast a programme works. */
export interface Pace {
  /** Median months from confirmation to the beginning of work. */
  waiting: number;
  /** Share of confirmed areas that clearance ever takes up within the ten years. */
  takenUp: number;
  /** Share of suspected areas that non-technical survey cancels. */
  cancelled: number;
  /** Share of suspected areas that technical survey confirms. */
  confirmed: number;
  /** Share of the areas in work that stop for a time without end. */
  suspended: number;
}

/** An invented organisation. */
export interface SampleOrganisation {
  code: string;
  local: string;
  english: string;
  /** Its Khmer name where that is not the local one. */
  khmer?: string;
  type: string;
  activities: readonly string[];
  /** Years of first accreditation; absent for organisations that need none. */
  since?: number;
  suspended?: boolean;
}

/** The sentences that a programme's staff write into free text, in the language they work in. */
export interface Phrases {
  landUses: readonly string[];
  areaNotes: readonly string[];
  /** By the code of a cause or an activity that the sentence tells of. */
  accidentNotes: Readonly<Record<string, string>>;
  findNotes: { inArea: string; reported: string };
  /** By the code of an event type. */
  eventNotes: Readonly<Record<string, string>>;
  informants: readonly string[];
  sources: readonly string[];
}

/** Everything that is particular to one national programme of the sample region. */
export interface Programme {
  /** ISO 3166-1 alpha-3. */
  country: string;
  /** The country's names; `language` is the one its staff write. */
  language: Language;
  names: { en: string; local: string };
  /** Records at scale 1. */
  count: { areas: number; accidents: number; finds: number; events: number };
  provinces: readonly Province[];
  kinds: Readonly<Record<Kind, KindProfile>>;
  pace: Pace;
  /** Factor on accidents by year since 2016, the last one kept for later years. */
  accidentTrend: readonly number[];
  /** Months (1 to 12) of ploughing and planting, and the dry months in which people walk and collect scrap metal. */
  ploughing: readonly number[];
  dry: readonly number[];
  /** Amputations are counted apart from injuries. */
  countsAmputations: boolean;
  /** Models found, by category. */
  models: Readonly<Partial<Record<OrdnanceCategory, readonly string[]>>>;
  eventTypes: Weighted<string>;
  organisations: readonly SampleOrganisation[];
  /**
   * What units are called: the country in the local language, the first level by its English kind, the lower levels as
   * local and English words. `today` mends kinds of the boundary file that the country has changed since, by code.
   */
  unitKinds: {
    country: string;
    first: Readonly<Record<string, string>>;
    second: NamePair;
    third: NamePair;
    today?: Readonly<Record<string, string>>;
  };
  /** First and second parts from which village names are made up; `joint` stands between the parts in script. */
  nameParts: { first: readonly NamePair[]; second: readonly NamePair[]; joint: string };
  /** Writes a record's code from the digits of its place and a number. */
  codes: {
    area: (place: string, n: number) => string;
    accident: (place: string, year: number, n: number) => string;
    find: (place: string, year: number, n: number) => string;
    event: (place: string, year: number, n: number) => string;
  };
  phrases: Phrases;
}

/** A whole number with leading zeros. */
export function padded(n: number, width: number): string {
  return String(n).padStart(width, "0");
}
