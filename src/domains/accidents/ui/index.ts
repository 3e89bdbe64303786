import { positionCodeLists } from "../../../platform/contract/position.ts";
import { later } from "../../../platform/ui/later.tsx";
import type { PageEntry } from "../../../platform/ui/page-entry.ts";
import type { RecordItem, RecordSection } from "../../../platform/ui/records/section.ts";
import { codeLists as ordnanceCodeLists } from "../../ordnance/model.ts";
import { sexes } from "../../people/model.ts";
import { accident, casualty, casualtyRoutes, type rights, routes } from "../contract.ts";
import { codeLists } from "../model.ts";
import { outcomeTones, stateTones } from "./tones.ts";

type Right = keyof typeof rights;

/** Accidents with explosive ordnance: list, page and map layer. */
export const accidents: RecordSection = {
  type: accident,
  routes,
  path: "/accidents",
  icon: "accident",
  group: "accidents",
  codeLists: { ...positionCodeLists, ...ordnanceCodeLists, ...codeLists },
  tones: { state: stateTones },
  countBy: "device",
  yearChart: true,
  headlines: [{ labelKey: "accidents.headline.all", search: { "filter.state": "approved" } }],
  waits: [{ kind: "accident-reports", search: { "filter.state": "submitted,verified" } }],
  mapLayer: (source) => ({
    id: accident.name,
    kind: "points",
    source,
    shape: "cross",
    tone: "red",
    labelField: "code",
  }),
  Panels: later<{ record: RecordItem }>(() => import("./AccidentPanels.tsx").then((m) => m.AccidentPanels)),
};

/** Casualties: list and page; they are entered on the page of their accident. */
export const casualties: RecordSection = {
  type: casualty,
  routes: casualtyRoutes,
  path: "/casualties",
  icon: "people",
  group: "accidents",
  codeLists: { ...codeLists, sex: sexes },
  tones: { outcome: outcomeTones },
  countBy: "outcome",
  Panels: later<{ record: RecordItem }>(() => import("./CasualtyPanels.tsx").then((m) => m.CasualtyPanels)),
};

/** The record types that the accidents' domain offers. */
export const sections: readonly RecordSection[] = [accidents, casualties];

/** The other pages of accidents. */
export const pages: readonly PageEntry[] = [
  {
    path: "/accidents/new",
    labelKey: "accidents.new.title",
    icon: "add",
    group: "accidents",
    right: "accidents.enter" satisfies Right,
    nav: true,
    Page: later(() => import("./NewAccidentPage.tsx").then((m) => m.NewAccidentPage)),
  },
  {
    path: "/accidents/statistics",
    labelKey: "accidents.statistics.title",
    icon: "columns",
    group: "accidents",
    right: "accidents.statistics" satisfies Right,
    nav: true,
    Page: later(() => import("./StatisticsPage.tsx").then((m) => m.StatisticsPage)),
  },
  {
    path: "/accidents/anonymous",
    labelKey: "accidents.anonymous.title",
    icon: "lock",
    group: "accidents",
    right: "accidents.publish" satisfies Right,
    nav: true,
    Page: later(() => import("./AnonymousPage.tsx").then((m) => m.AnonymousPage)),
  },
];
