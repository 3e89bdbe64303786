import type { Block, Column, Definition } from "../model-definition.ts";
import {
  chart,
  counts,
  heading,
  map,
  national,
  otherItems,
  outcomes,
  released,
  remaining,
  say,
  shareOf,
  table,
} from "./parts.ts";

const people = (id: string, words: string, by: "status" | "sexAge" | "deviceGroup" | "activity" | "province"): Block =>
  table(id, words, by, [counts("people", "casualties.people"), shareOf("people")]);

/** Casualties as the Landmine Monitor tables them: shares are among what is known. */
export const casualtyTables: Definition = {
  id: "casualty-tables",
  words: say("definition.casualty-tables"),
  scope: "country",
  blocks: [
    {
      kind: "text",
      words: say("text.casualties"),
      cells: {
        people: { measure: "casualties.people" },
        killed: { measure: "casualties.people", where: { outcome: ["killed"] } },
        injured: { measure: "casualties.people", where: { outcome: ["injured", "amputated"] } },
        unknown: { measure: "casualties.people", where: { outcome: ["unknown"] } },
      },
    },
    table(
      "years",
      "table.casualties-by-year",
      "year",
      [...outcomes, { kind: "change", id: "change", of: "people" }, counts("accidents", "casualties.accidents")],
      { yearsBefore: 9 },
    ),
    chart("years", "people", "chart.casualties"),
    people("status", "table.casualties-by-status", "status"),
    people("sex-age", "table.casualties-by-sex-age", "sexAge"),
    people("devices", "table.casualties-by-device", "deviceGroup"),
    people("activities", "table.casualties-by-activity", "activity"),
    people("provinces", "table.casualties-by-province", "province"),
  ],
};

const apMines: Column = counts("ap-mines", "ordnance.destroyed", { group: ["ap-mine"] }, "column.ap-mines");
const others: Column = counts("other-items", "ordnance.destroyed", otherItems, "column.other-items");
const spot: Column = counts(
  "spot-mines",
  "ordnance.destroyed",
  { group: ["ap-mine"], context: ["spot-task"] },
  "column.spot-mines",
);

/** What each operator surveyed and cleared in a year. */
export const operatorTables: Definition = {
  id: "operator-tables",
  words: say("definition.operator-tables"),
  scope: "country",
  blocks: [
    table("survey", "table.survey-by-operator", "organisation", [
      counts("identified", "land.identified"),
      counts("cancelled", "land.cancelled"),
    ]),
    table("technical-survey", "table.technical-by-operator", "organisation", [counts("reduced", "land.reduced")]),
    table("clearance", "table.clearance-by-operator", "organisation", [
      counts("cleared", "land.cleared"),
      apMines,
      others,
    ]),
    table("release", "table.release-by-operator", "organisation", released),
    chart("release", "released", "chart.release-by-operator"),
    table("years", "table.release-years", "year", [...released, apMines, spot], { yearsBefore: 4 }),
  ],
};

/** One page for the press: every number in it is a cell. */
export const factSheet: Definition = {
  id: "fact-sheet",
  words: say("definition.fact-sheet"),
  scope: "country",
  blocks: [
    {
      kind: "text",
      words: say("text.fact-release"),
      cells: {
        released: { measure: "land.released" },
        cancelled: { measure: "land.cancelled" },
        reduced: { measure: "land.reduced" },
        cleared: { measure: "land.cleared" },
      },
    },
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
    {
      kind: "text",
      words: say("text.casualties"),
      cells: {
        people: { measure: "casualties.people" },
        killed: { measure: "casualties.people", where: { outcome: ["killed"] } },
        injured: { measure: "casualties.people", where: { outcome: ["injured", "amputated"] } },
        unknown: { measure: "casualties.people", where: { outcome: ["unknown"] } },
      },
    },
    {
      kind: "text",
      words: say("text.fact-items"),
      cells: {
        mines: { measure: "ordnance.destroyed", where: { group: ["ap-mine"] } },
        others: { measure: "ordnance.destroyed", where: otherItems },
      },
    },
    table("years", "table.release-years", "year", released, { yearsBefore: 4, total: false }),
    chart("years", "released", "chart.release"),
    heading("section.contact"),
    { kind: "contact" },
  ],
};

/** A country on a few pages. */
export const countryProfile: Definition = {
  id: "country-profile",
  words: say("definition.country-profile"),
  scope: "country",
  blocks: [
    heading("section.at-a-glance"),
    {
      kind: "figures",
      items: [
        { id: "remaining", measure: "land.closing" },
        { id: "areas", measure: "areas.open" },
        { id: "released", measure: "land.released" },
        { id: "people", measure: "casualties.people" },
        { id: "accidents", measure: "casualties.accidents" },
        { id: "items", measure: "ordnance.destroyed" },
      ],
    },
    heading("section.areas"),
    national("context", "national.context", true),
    remaining("remaining", "table.remaining"),
    map("remaining", "remaining", "map.remaining"),
    table("contamination", "table.by-contamination", "contamination", [
      counts("remaining", "land.closing"),
      shareOf("remaining"),
      counts("released", "land.released"),
    ]),
    heading("section.release"),
    table(
      "balance",
      "table.balance",
      "year",
      [
        counts("opening", "land.opening"),
        counts("identified", "land.identified"),
        counts("boundary-increase", "land.boundary-increase"),
        counts("boundary-decrease", "land.boundary-decrease"),
        counts("administrative", "land.administrative"),
        ...released,
        counts("closing", "land.closing"),
      ],
      { yearsBefore: 4, total: false },
    ),
    chart("balance", "released", "chart.release"),
    heading("section.casualties"),
    table("casualties", "table.casualties-by-year", "year", outcomes, { yearsBefore: 4 }),
    chart("casualties", "people", "chart.casualties"),
    people("sex-age", "table.casualties-by-sex-age", "sexAge"),
  ],
};

/** Countries beside each other, each by its own definitions. */
export const regionalOverview: Definition = {
  id: "regional-overview",
  words: say("definition.regional-overview"),
  scope: "region",
  blocks: [
    { kind: "text", words: say("text.region"), cells: {} },
    table("land", "table.region-land", "country", [
      counts("areas", "areas.open"),
      counts("remaining", "land.closing"),
      ...released,
    ]),
    table("casualties", "table.region-casualties", "country", [
      ...outcomes,
      counts("accidents", "casualties.accidents"),
    ]),
    table("items", "table.region-items", "country", [apMines, others]),
    chart("land", "remaining", "chart.remaining"),
  ],
};

/** How well and how fast reports come in, by operator and by unit. */
export const dataQuality: Definition = {
  id: "data-quality",
  words: say("definition.data-quality"),
  scope: "country",
  blocks: [
    table("operators", "table.quality-by-operator", "organisation", [
      counts("approved", "reports.approved"),
      counts("waiting", "reports.waiting"),
      counts("returned", "reports.returned"),
      counts("corrected", "reports.corrected"),
      counts("days", "reports.days"),
    ]),
    table("units", "table.quality-by-unit", "province", [
      counts("approved", "reports.approved"),
      counts("waiting", "reports.waiting"),
      counts("returned", "reports.returned"),
      counts("corrected", "reports.corrected"),
      counts("days", "reports.days"),
    ]),
    table("visits", "table.visits-by-operator", "organisation", [
      counts("visits", "visits.made"),
      counts("rejected", "visits.rejected"),
      { kind: "ratio", id: "rejected-share", of: "rejected", by: "visits", words: say("column.rejected-share") },
      counts("critical", "visits.critical"),
    ]),
  ],
};
