import type { Block, Definition, Where } from "../model-definition.ts";
import { counts, heading, national, otherItems, outcomes, released, remaining, say, shareOf, table } from "./parts.ts";

const antiPersonnel: Where = { contamination: ["ap-mine", "ap-mine-improvised"] };
const clusterMunitions: Where = { contamination: ["cmr"] };

const victims: Block[] = [
  heading("section.victims", "victims"),
  national("victims", "national.victims"),
  table("casualties", "table.casualties-by-year", "year", outcomes, { yearsBefore: 4 }),
  table("survivors", "table.casualties-by-sex-age", "sexAge", [
    counts("people", "casualties.people"),
    shareOf("people"),
  ]),
  table("services", "table.services", "service", [
    counts("services", "assistance.services"),
    counts("assisted", "assistance.people"),
  ]),
];

const written = (section: string, voluntary = false): Block[] => [
  heading(`section.${section}`, section),
  national(section, `national.${section}`, voluntary),
];

/** How people are warned: what the country says of it, and what was counted, by province and by whom it reached. */
const warning: Block[] = [
  ...written("warning"),
  table("education", "table.education", "province", [
    counts("sessions", "education.sessions"),
    counts("taught", "education.people"),
    counts("first-time", "education.first-time"),
    counts("disability", "education.disability"),
    counts("reach", "education.reach"),
  ]),
  table("education-people", "table.education-people", "peopleGroup", [
    counts("taught", "education.people"),
    shareOf("taught"),
  ]),
];

/** What a treaty asks of contaminated areas: what remains, by province, and what was released. */
const areas = (where: Where, kind: "ap" | "cm"): Block[] => [
  heading("section.areas", "areas"),
  {
    kind: "text",
    words: say("text.remaining"),
    cells: {
      areas: { measure: "areas.open", where },
      remaining: { measure: "land.closing", where },
      confirmed: { measure: "land.confirmed", where },
      suspected: { measure: "land.suspected", where },
    },
  },
  remaining("remaining", `table.remaining-${kind}`, where),
  table("progress", `table.progress-${kind}`, "province", [...released, counts("areas-released", "areas.released")], {
    where,
  }),
];

/**
 * Article 7 of the Anti-Personnel Mine Ban Convention. Sections are keyed by what they hold; the letter comes from the
 * edition of the form, which have changed over the years.
 */
export const apmbcArticle7: Definition = {
  id: "apmbc-article-7",
  words: say("definition.apmbc-article-7"),
  scope: "country",
  cover: true,
  forms: [
    {
      id: "current",
      words: say("form.apmbc-current"),
      letters: {
        ...{
          measures: "A",
          stockpiles: "B",
          retained: "C",
          areas: "D",
          technical: "E",
          conversion: "F",
          destroyed: "G",
        },
        ...{ warning: "H", victims: "I", cooperation: "J" },
      },
    },
    {
      id: "earlier",
      words: say("form.apmbc-earlier"),
      letters: {
        ...{
          measures: "A",
          stockpiles: "B",
          areas: "C",
          retained: "D",
          conversion: "E",
          programmes: "F",
          destroyed: "G",
        },
        ...{ technical: "H", warning: "I", cooperation: "J", victims: "J" },
      },
    },
  ],
  blocks: [
    ...written("measures"),
    ...written("stockpiles"),
    ...written("retained"),
    ...areas(antiPersonnel, "ap"),
    table("items", "table.items", "province", [
      counts("ap-mines", "ordnance.destroyed", { group: ["ap-mine"] }, "column.ap-mines"),
      counts("other-items", "ordnance.destroyed", otherItems, "column.other-items"),
    ]),
    table("by-year", "table.progress-years", "year", released, { where: antiPersonnel, yearsBefore: 4 }),
    national("areas", "national.areas", true),
    ...written("technical"),
    ...written("conversion"),
    ...written("programmes"),
    heading("section.destroyed", "destroyed"),
    table(
      "mines-destroyed",
      "table.destroyed",
      "category",
      [counts("found", "ordnance.found"), counts("destroyed", "ordnance.destroyed")],
      { where: { group: ["ap-mine"] } },
    ),
    national("destroyed", "national.destroyed"),
    ...warning,
    ...victims,
    ...written("cooperation", true),
  ],
};

/** Article 7 of the Convention on Cluster Munitions, forms A to J with what changed on the cover sheet. */
export const ccmArticle7: Definition = {
  id: "ccm-article-7",
  words: say("definition.ccm-article-7"),
  scope: "country",
  cover: true,
  forms: [
    {
      id: "current",
      words: say("form.ccm"),
      letters: {
        ...{
          measures: "A",
          "cm-stockpiles": "B",
          technical: "C",
          retained: "D",
          conversion: "E",
          areas: "F",
          warning: "G",
        },
        ...{ victims: "H", cooperation: "I", other: "J" },
      },
    },
  ],
  blocks: [
    ...written("measures"),
    ...written("cm-stockpiles"),
    ...written("technical"),
    ...written("retained"),
    ...written("conversion"),
    ...areas(clusterMunitions, "cm"),
    table("items", "table.items", "province", [
      counts("cm", "ordnance.destroyed", { group: ["cmr"] }, "column.cluster-munitions"),
      counts(
        "other-items",
        "ordnance.destroyed",
        { group: ["ap-mine", "av-mine", "erw", "other"] },
        "column.other-items",
      ),
    ]),
    national("areas", "national.areas", true),
    ...warning,
    ...victims,
    ...written("cooperation", true),
    ...written("other", true),
  ],
};

/** The year table of a request to extend the deadline of Article 5: what was aimed at, and what was reached. */
export const extensionRequest: Definition = {
  id: "extension-request",
  words: say("definition.extension-request"),
  scope: "country",
  blocks: [
    {
      kind: "text",
      words: say("text.remaining"),
      cells: {
        areas: { measure: "areas.open" },
        remaining: { measure: "land.closing" },
        confirmed: { measure: "land.confirmed" },
        suspected: { measure: "land.suspected" },
      },
    },
    { kind: "numbers", id: "targets", words: say("numbers.targets"), by: "year" },
    table("targets-achieved", "table.targets", "year", [
      { kind: "input", id: "target", input: "targets", unit: "m2", words: say("column.target") },
      counts("achieved", "land.released", undefined, "column.achieved"),
      { kind: "ratio", id: "achieved-of-target", of: "achieved", by: "target", words: say("column.of-target") },
      counts("ap", "land.released", { contamination: ["ap-mine", "ap-mine-improvised"] }, "column.ap-land"),
      { kind: "ratio", id: "ap-of-target", of: "ap", by: "target", words: say("column.ap-of-target") },
      counts("av", "land.released", { contamination: ["av-mine"] }, "column.av-land"),
      counts("erw", "land.released", { contamination: ["cmr", "erw-other"] }, "column.erw-land"),
    ]),
    heading("section.work-plan"),
    national("work-plan", "national.work-plan"),
    national("circumstances", "national.circumstances"),
    heading("section.areas"),
    remaining("remaining", "table.remaining"),
  ],
};
