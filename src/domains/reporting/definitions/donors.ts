import type { Column, Definition } from "../model-definition.ts";
import { chart, counts, heading, say, shareOf, table } from "./parts.ts";

/** What donors' money came to, at each height of a programme. */
const results: Column[] = [
  counts("released", "results.released"),
  counts("share", "results.share"),
  counts("direct", "results.people-direct"),
  counts("indirect", "results.people-indirect"),
  counts("contributed", "results.contributed"),
  counts("per-hectare", "results.cost-per-hectare"),
];

/**
 * Results of programmes and projects for those who paid: land and its share of the country's, people, money in several
 * currencies, land use, casualties around projects, indicators.
 */
export const donorResults: Definition = {
  id: "donor-results",
  words: say("definition.donor-results"),
  scope: "country",
  blocks: [
    heading("section.at-a-glance"),
    {
      kind: "text",
      words: say("text.donor-land"),
      cells: {
        released: { measure: "results.released" },
        share: { measure: "results.share" },
        national: { measure: "land.released" },
      },
    },
    {
      kind: "text",
      words: say("text.donor-people"),
      cells: {
        direct: { measure: "results.people-direct" },
        indirect: { measure: "results.people-indirect" },
        disability: { measure: "results.people-disability" },
      },
    },
    {
      kind: "figures",
      items: [
        { id: "released", measure: "results.released" },
        { id: "share", measure: "results.share" },
        { id: "direct", measure: "results.people-direct" },
        { id: "indirect", measure: "results.people-indirect" },
        { id: "contributed", measure: "results.contributed" },
        { id: "per-hectare", measure: "results.cost-per-hectare" },
      ],
    },
    heading("section.programmes"),
    table("programmes", "table.results-by-programme", "programme", results),
    table("phases", "table.results-by-phase", "phase", results),
    table("projects", "table.results-by-project", "donorProject", results),
    heading("section.contributions"),
    table("donors", "table.contributions-by-donor", "donor", [
      counts("contributed", "results.contributed"),
      shareOf("contributed"),
    ]),
    table("currencies", "table.contributions-by-currency", "currency", [counts("contributed", "results.contributed")]),
    heading("section.land-and-people"),
    table("years", "table.results-by-year", "year", [
      counts("released", "results.released"),
      counts("contributed", "results.contributed"),
    ]),
    chart("years", "released", "chart.results"),
    table("provinces", "table.results-by-province", "province", [
      counts("released", "results.released"),
      counts("direct", "results.people-direct"),
      counts("indirect", "results.people-indirect"),
      counts("disability", "results.people-disability"),
    ]),
    table("people", "table.results-by-group", "peopleGroup", [
      counts("direct", "results.people-direct"),
      shareOf("direct"),
      counts("indirect", "results.people-indirect"),
    ]),
    table("uses", "table.land-use", "use", [counts("land", "results.land-use"), shareOf("land")]),
    table("casualties", "table.casualties-around", "donorProject", [
      counts("before", "results.casualties-before"),
      counts("after", "results.casualties-after"),
    ]),
    heading("section.indicators"),
    table(
      "indicators",
      "table.indicators",
      "indicator",
      [
        counts("counted", "indicators.counted"),
        counts("of", "indicators.of"),
        { kind: "ratio", id: "ratio", of: "counted", by: "of", words: say("column.of-denominator") },
      ],
      { total: false },
    ),
  ],
};
