import { positionCodeLists } from "../../../platform/contract/position.ts";
import type { RecordSection } from "../../../platform/ui/records/section.ts";
import { event, eventRoutes, find, findRoutes } from "../contract.ts";
import { codeLists } from "../model.ts";

/** Explosive items found: list, page and map layer. */
export const finds: RecordSection = {
  type: find,
  routes: findRoutes,
  path: "/ordnance/finds",
  icon: "find",
  group: "accidents",
  codeLists: { ...positionCodeLists, ...codeLists },
  countBy: "category",
  headlines: [{ labelKey: "ordnance.headline.finds", search: {} }],
  mapLayer: (source) => ({
    id: find.name,
    kind: "points",
    source,
    shape: "diamond",
    tone: "purple",
    labelField: "code",
  }),
};

/** Events with explosive ordnance that hurt nobody: list, page and map layer. */
export const events: RecordSection = {
  type: event,
  routes: eventRoutes,
  path: "/ordnance/events",
  icon: "event",
  group: "accidents",
  codeLists: { ...positionCodeLists, ...codeLists },
  countBy: "type",
  headlines: [{ labelKey: "ordnance.headline.events", search: {} }],
  mapLayer: (source) => ({
    id: event.name,
    kind: "points",
    source,
    shape: "triangle",
    tone: "blue",
    labelField: "code",
  }),
};

/** The record types that the ordnance domain offers. */
export const sections: readonly RecordSection[] = [finds, events];
