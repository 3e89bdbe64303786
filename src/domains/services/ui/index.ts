import { positionCodeLists } from "../../../platform/contract/position.ts";
import { later } from "../../../platform/ui/later.tsx";
import type { PageEntry } from "../../../platform/ui/page-entry.ts";
import type { RecordSection } from "../../../platform/ui/records/section.ts";
import { offer, offerRoutes, point, pointRoutes, type rights } from "../contract.ts";
import { codeLists } from "../model.ts";

type Right = keyof typeof rights;

/** Points of service: list, page and map layer. */
export const points: RecordSection = {
  type: point,
  routes: pointRoutes,
  path: "/services/points",
  icon: "care",
  group: "assistance",
  codeLists: { ...positionCodeLists, ...codeLists },
  countBy: "cost",
  headlines: [{ labelKey: "services.headline.points", search: {} }],
  mapLayer: (source) => ({ id: point.name, kind: "points", source, shape: "circle", tone: "blue", labelField: "name" }),
};

/** What points offer: list and page. */
export const offers: RecordSection = {
  type: offer,
  routes: offerRoutes,
  path: "/services/offers",
  icon: "care",
  group: "assistance",
  codeLists,
  countBy: "service",
};

/** The record types of the directory. */
export const sections: readonly RecordSection[] = [points, offers];

/** Where everybody finds help. */
export const directoryPath = "/services";
/** The page of one point. */
export const entryPath = (entry: { country: string; id: string }) => `/services/at/${entry.country}/${entry.id}`;

/** The other pages of the directory. */
export const pages: readonly PageEntry[] = [
  {
    path: directoryPath,
    labelKey: "services.directory.title",
    icon: "search",
    group: "assistance",
    right: "services.read" satisfies Right,
    nav: true,
    Page: later(() => import("./DirectoryPage.tsx").then((m) => m.DirectoryPage)),
  },
  {
    path: "/services/at/$country/$id",
    labelKey: "record.services.point",
    icon: "care",
    group: "assistance",
    right: "services.read" satisfies Right,
    nav: false,
    Page: later(() => import("./EntryPage.tsx").then((m) => m.EntryPage)),
  },
];
export { nameOf, type References } from "./client.ts";
