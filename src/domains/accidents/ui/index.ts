import { positionCodeLists } from "../../../platform/contract/position.ts";
import type { RecordSection } from "../../../platform/ui/records/section.ts";
import { codeLists as ordnanceCodeLists } from "../../ordnance/model.ts";
import { accident, routes } from "../contract.ts";
import { codeLists } from "../model.ts";

/** Accidents with explosive ordnance: list, page and map layer. */
export const accidents: RecordSection = {
  type: accident,
  routes,
  path: "/accidents",
  icon: "accident",
  group: "accidents",
  codeLists: { ...positionCodeLists, ...ordnanceCodeLists, ...codeLists },
  countBy: "device",
  yearChart: true,
  headlines: [{ labelKey: "accidents.headline.all", search: {} }],
  mapLayer: (source) => ({
    id: accident.name,
    kind: "points",
    source,
    shape: "cross",
    tone: "red",
    labelField: "code",
  }),
};

/** The record types that the accidents' domain offers. */
export const sections: readonly RecordSection[] = [accidents];
