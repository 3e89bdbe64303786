import { lazy } from "react";
import { positionCodeLists } from "../../../platform/contract/position.ts";
import { later } from "../../../platform/ui/later.tsx";
import type { PageEntry } from "../../../platform/ui/page-entry.ts";
import type { RecordSection } from "../../../platform/ui/records/section.ts";
import { codeLists as ordnanceCodeLists } from "../../ordnance/model.ts";
import { area, routes } from "../contract.ts";
import { codeLists } from "../model.ts";
import type { PolygonEditorProps } from "./polygon-editor/PolygonEditor.tsx";
import type { SurveySummaryProps } from "./polygon-editor/SurveySummary.tsx";

const notReleased = "open,worked-on,suspended";

/** Hazardous areas: list, page and map layer. Colours follow TN 07.11/01. */
export const areas: RecordSection = {
  type: area,
  routes,
  path: "/land/areas",
  icon: "area",
  group: "land",
  codeLists: { ...positionCodeLists, "area-type": ordnanceCodeLists["area-type"], ...codeLists },
  tones: {
    areaClass: {
      cha: { tone: "bad", pattern: "solid" },
      sha: { tone: "warn", pattern: "stripes" },
      indication: { tone: "neutral", pattern: "dots" },
    },
    status: {
      open: { tone: "bad", pattern: "hollow" },
      "worked-on": { tone: "warn", pattern: "half" },
      suspended: { tone: "neutral", pattern: "dots" },
      closed: { tone: "good", pattern: "solid" },
      released: { tone: "good", pattern: "stripes" },
    },
  },
  countBy: "status",
  yearChart: true,
  headlines: [
    { labelKey: "land.headline.confirmed", search: { "filter.areaClass": "cha", "filter.status": notReleased } },
    { labelKey: "land.headline.suspected", search: { "filter.areaClass": "sha", "filter.status": notReleased } },
    { labelKey: "land.headline.closed", search: { "filter.status": "closed,released" } },
  ],
  mapLayer: (source) => ({ id: area.name, kind: "hazard-areas", source, labelField: "code" }),
};

/** The editor of surveyed polygons, loaded where one is entered. */
export const PolygonEditor = later<PolygonEditorProps>(() =>
  import("./polygon-editor/PolygonEditor.tsx").then((m) => m.PolygonEditor),
);

/** A survey for whoever reviews it: what was typed and how it closes. */
export const SurveySummary = later<SurveySummaryProps>(() =>
  import("./polygon-editor/SurveySummary.tsx").then((m) => m.SurveySummary),
);

export { emptySurvey } from "./polygon-editor/survey-state.ts";

/** The record types that land work offers. */
export const sections: readonly RecordSection[] = [areas];

/** The other pages of land work. Plotting an outline needs no account: nothing of it leaves the browser. */
export const pages: readonly PageEntry[] = [
  {
    path: "/tools/polygon",
    labelKey: "land.survey.title",
    icon: "area",
    group: "land",
    nav: true,
    Page: lazy(() => import("./PolygonToolPage.tsx").then((m) => ({ default: m.PolygonToolPage }))),
  },
];
