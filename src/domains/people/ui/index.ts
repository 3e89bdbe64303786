import { later } from "../../../platform/ui/later.tsx";
import type { PageEntry } from "../../../platform/ui/page-entry.ts";
import type { RecordItem, RecordSection } from "../../../platform/ui/records/section.ts";
import { person, personRoutes, type rights } from "../contract.ts";
import { codeLists } from "../model.ts";

/** People by code: list and page, with their identity and consents below. */
export const persons: RecordSection = {
  type: person,
  routes: personRoutes,
  path: "/people/persons",
  icon: "person",
  group: "assistance",
  codeLists,
  tones: {
    identity: {
      held: { tone: "info", pattern: "solid" },
      none: { tone: "neutral", pattern: "hollow" },
      erased: { tone: "neutral", pattern: "stripes" },
    },
  },
  countBy: "identity",
  Panels: later<{ record: RecordItem }>(() => import("./PersonPanels.tsx").then((m) => m.PersonPanels)),
};

/** The record types that people offer. */
export const sections: readonly RecordSection[] = [persons];

/** The path of the page that finds people by name and enters new ones. */
export const findPath = "/people/find";

/** The other pages of people. */
export const pages: readonly PageEntry[] = [
  {
    path: findPath,
    labelKey: "people.find.title",
    icon: "search",
    group: "assistance",
    right: "people.identity" satisfies keyof typeof rights,
    nav: true,
    Page: later(() => import("./FindPage.tsx").then((m) => m.FindPage)),
  },
];
