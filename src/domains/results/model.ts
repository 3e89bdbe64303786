/** Currencies in which donors give; a programme tells its figures in one of them. */
export const giftCurrencies = [
  "USD",
  "EUR",
  "GBP",
  "AUD",
  "NZD",
  "CAD",
  "CHF",
  "JPY",
  "KRW",
  "NOK",
  "SEK",
  "DKK",
  "CNY",
  "KHR",
  "LAK",
  "THB",
  "VND",
  "MMK",
] as const;

/** How the people of an activity or a session are counted. Disability is within these. */
export const peopleGroups = ["women", "girls", "men", "boys", "unknown"] as const;
export type PeopleGroup = (typeof peopleGroups)[number];

/** What a project claims land by. */
export const coverageKinds = ["area", "task", "unit"] as const;

/** How land is used after its release. */
export const landUses = [
  "crops",
  "grazing",
  "housing",
  "road",
  "school",
  "health",
  "water",
  "forest",
  "industry",
  "other",
  "not-used",
] as const;

/**
 * Forms of risk education (IMAS 12.10): people taught face to face, media whose reach is told apart, and training of those
 * who teach others.
 */
export const sessionKinds = ["interpersonal", "mass-media", "training"] as const;

export const sessionMethods = [
  "group-session",
  "house-to-house",
  "focus-group",
  "peer-to-peer",
  "theatre",
  "safety-briefing",
  "radio",
  "television",
  "social-media",
  "print",
  "other",
] as const;

export const sessionAudiences = [
  "general",
  "school-children",
  "teachers",
  "farmers",
  "forest-users",
  "scrap-dealers",
  "displaced",
  "community-leaders",
  "health-workers",
  "workers",
  "other",
] as const;

/** Figures that an indicator may be made of, by the ids of the reports' measures. */
export const indicatorFigures = [
  "land.released",
  "land.closing",
  "areas.released",
  "areas.open",
  "casualties.people",
  "results.released",
  "results.people-direct",
  "results.people-indirect",
  "education.people",
  "education.sessions",
] as const;

export const codeLists: Readonly<Record<string, readonly string[]>> = {
  "gift-currency": giftCurrencies,
  "coverage-kind": coverageKinds,
  "result-activity": [
    "land-release",
    "risk-education",
    "victim-assistance",
    "spot-task",
    "livelihood",
    "training",
    "other",
  ],
  "released-land-use": landUses,
  "indicator-framework": ["sdg", "national", "action-plan", "programme"],
  "indicator-kind": ["count", "share"],
  "indicator-figure": indicatorFigures,
  "session-kind": sessionKinds,
  "session-method": sessionMethods,
  "session-audience": sessionAudiences,
  "people-group": peopleGroups,
};

/** What is said of people in a count, before it is stored: parts that nobody gave count nobody. */
export type PeopleCounts = Readonly<Partial<Record<PeopleGroup, number | null>>>;

/** All people of a count. */
export function peopleIn(counts: PeopleCounts): number {
  return peopleGroups.reduce((sum, group) => sum + (counts[group] ?? 0), 0);
}
